"""What becomes of stories when an article arrives, when one changes, and when one is taken out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.model import NO_ARTICLE, ArticleId, Move, Neighbour, Placing, StoryId, TermCounts
from bot.stories.copies import copies_of
from bot.stories.grouping import Group, group
from bot.stories.likeness import UNSEEN, WINDOW, Likeness

JOIN = 0.18
"""The likeness from which on articles tell of one event."""
_CAUTION = 0.65
"""How much more is asked for while the store is empty, and nobody knows what is common. Where it is full
the likeness of two reports of one event is smaller, as the words of their affair are known: so JOIN is
lower than a young store's week would have it."""
_NEAR = 0.75
"""The part of that likeness from which on a story may be touched by an article's arrival."""
_PARTED = 0.8
"""The part of it below which what was one story is told apart again, when an article is taken out."""

_STORIES_AT_MOST = 6
_ARTICLES_AT_MOST = 40
"""How much is grouped anew when an article arrives: a bound on its cost."""


def choose(new: Neighbour, neighbours: Sequence[Neighbour], counts: TermCounts) -> Placing:
    """The story that `new` joins, and which stored articles its arrival moves.

    new: its id is NO_ARTICLE.
    neighbours: whole stories, as far as they were published within 72 hours of `new`. Those that are
    near it are grouped together with it as if all of them had just come, so that the order of arrival
    hardly matters: two stories that it shows to be one become one, and an article that only stood with
    others for want of better goes to the better ones.
    """
    asked = _asked(counts)
    near = [one for one in neighbours if abs(one.published - new.published) <= WINDOW]
    if not near:
        return Placing(None)
    articles = [new, *near]
    likeness = Likeness(articles, counts)
    alike = likeness.to(0).tolist()
    likely = [place for place in range(1, len(articles)) if alike[place] >= asked * _NEAR]
    copies = [likely[each] for each in copies_of(new, [articles[place] for place in likely])]
    for place in copies:
        alike[place] = 1.0
    region = _region(articles, alike, asked * _NEAR)
    if not region:
        return Placing(None)
    region = sorted([0, *region], key=lambda place: articles[place].id)
    groups = group([articles[place] for place in region], likeness.among(region), asked)
    return _placing(groups, min((articles[place].id for place in copies), default=None))


def mend(members: Sequence[Neighbour], counts: TermCounts) -> Sequence[Sequence[ArticleId]]:
    """The articles of a story that one was taken out of, or that one changed in, by the events that they
    tell of: one group where it is one story still. The group that stays comes first."""
    members = sorted(members, key=lambda one: one.id)
    alike = Likeness(members, counts).among(range(len(members)))
    groups = group(members, alike, _asked(counts) * _PARTED)
    ordered = sorted(groups, key=lambda one: (-len(one), min(each.id for each in one)))
    return [[one.id for one in each] for each in ordered]


def _asked(counts: TermCounts) -> float:
    """The likeness from which on articles tell of one event."""
    return JOIN * (1.0 + _CAUTION * UNSEEN / (counts.articles + UNSEEN))


def _region(articles: Sequence[Neighbour], alike: Sequence[float], least: float) -> list[int]:
    """The places of the articles of the stories that the first one, the new one, may touch.

    alike: how much each is like it. The nearest stories come first.
    """
    stories: defaultdict[StoryId, list[int]] = defaultdict(list)
    for place, one in enumerate(articles[1:], 1):
        stories[one.story].append(place)
    reach = {story: max(alike[place] for place in held) for story, held in stories.items()}
    nearest = sorted((s for s in stories if reach[s] >= least), key=lambda s: (-reach[s], s))
    region: list[int] = []
    for story in nearest[:_STORIES_AT_MOST]:
        if len(region) + len(stories[story]) <= _ARTICLES_AT_MOST:
            region += stories[story]
    return region


def _placing(groups: Sequence[Group], copy_of: ArticleId | None) -> Placing:
    """Each group keeps the number of the story that most of its articles come from."""
    numbers = dict(_numbers(groups))
    story: StoryId | None = None
    companions: tuple[ArticleId, ...] = ()
    moves: list[Move] = []
    for place, members in enumerate(groups):
        number = numbers.get(place)
        moved = tuple(one.id for one in members if one.id != NO_ARTICLE and one.story != number)
        if any(one.id == NO_ARTICLE for one in members):
            story, companions = number, moved
        elif moved:
            moves.append(Move(moved, number))
    return Placing(story, companions, tuple(moves), copy_of)


def _numbers(groups: Sequence[Group]) -> Iterator[tuple[int, StoryId]]:
    """Which group keeps which story's number: most articles first, then the older story."""
    claims = [
        (-count, story, place)
        for place, members in enumerate(groups)
        for story, count in Counter(one.story for one in members if one.id != NO_ARTICLE).items()
    ]
    given: set[StoryId] = set()
    named: set[int] = set()
    for _, story, place in sorted(claims):
        if story not in given and place not in named:
            given.add(story)
            named.add(place)
            yield place, story

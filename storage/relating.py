"""Stories that a reader of one may want next: of the same affair.

Looked at are those around it in time that share its rare terms; a rule of likeness says which of them
are of its affair. They must share a topic with it, too, where both have any: a painting and a diamond
are auctioned in the same words. A story without any shows what else there is of a topic that hardly
anything is about; for other topics alone nothing is shown, as a reader of a week's news found a quarter
of that to be related.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from bot.model import Neighbour, NumberedTerms, RelateStories, Story, StoryId, TermCounts
from storage import neighbours, terms, vocabulary
from storage.database import Reading
from storage.memory import Postings
from storage.neighbours import NeighbourCache
from storage.packing import packed_numbers, unpacked_numbers
from storage.values import from_json, stamp

_TOLD_BY = 8
"""Articles of the story, the newest, that others are compared with."""
_HEAD = 40
"""Terms of each of them, the heaviest, by which others are looked for: the rarest of all its terms stand
in few others or for little in them, and left a twelfth of a week's related stories unfound."""
_COMPARED = 30
"""Articles of each window that share most of their rare terms, the story's own among them."""
_WINDOWS = (0, -2 * terms.WINDOW, 2 * terms.WINDOW)
"""How far from the story the middles of the windows are that are looked through, so that they reach nine
days before and after it: an affair goes on after the reports of one event have ended."""

_RARE = 8
"""Articles that a rare topic has at most, this story's among them."""
_FEW = 2
"""Stories that are shown for their topics alone."""

_OWN = "SELECT recency FROM articles WHERE story = :story ORDER BY recency DESC LIMIT :limit"

_NUMBERS = "SELECT name, value FROM numbers"

_NEWEST_ABOUT = """
    SELECT recency, story FROM article_topics WHERE topic = :topic ORDER BY recency DESC LIMIT :limit
"""

_TOPICS = "SELECT story, topics FROM articles WHERE story IN :stories"


async def related(reading: Reading, story: Story, rule: RelateStories, limit: int) -> Sequence[StoryId]:
    """The ids of other stories of the same affair, the nearest first. rule: says which these are."""
    found = await _of_the_affair(reading, story, rule)
    own = {topic for article in story.articles for topic in article.topics}
    about = await _topics(reading, found) if own else {}
    near = [one for one in found if not about.get(one) or not own.isdisjoint(about[one])][:limit]
    return near or await _of_a_rare_topic(reading, story, own)


async def _of_the_affair(reading: Reading, story: Story, rule: RelateStories) -> Sequence[StoryId]:
    cache = NeighbourCache()  # its own: the one that writers use is of another thread
    keys = await reading.fetch_all(_OWN, {"story": story.id, "limit": _TOLD_BY})
    own = (await neighbours.read(reading, [row["recency"] for row in keys], cache)).values()
    numbers = {row["name"]: row["value"] for row in await reading.fetch_all(_NUMBERS)}
    known = await vocabulary.vocabulary(reading, numbers, [])
    await vocabulary.learn(reading, known, (one.fingerprint for one in own))
    rarest = known.rarest(_shared_terms(own, known.counts()), terms.ASKED_TERMS)
    published = stamp(story.newest.published)
    postings, unwritten = Postings(), terms.Unwritten()
    near = [
        await terms.near(reading, published + far, rarest, postings, unwritten, most=_COMPARED)
        for far in _WINDOWS
    ]
    found = (await neighbours.read(reading, list(chain(*near)), cache)).values()
    others = [one for one in found if one.story != story.id]
    await vocabulary.learn(reading, known, (one.fingerprint for one in others))
    return rule(list(own), others, known.counts())


def _shared_terms(own: Iterable[Neighbour], counts: TermCounts) -> NumberedTerms:
    """The heaviest terms of each of them that others hold, too, each once; without their weights."""
    told = [unpacked_numbers(one.fingerprint.numbers).tolist() for one in own]
    held = Counter(chain(*told))
    heads = dict.fromkeys(chain(*(numbers[:_HEAD] for numbers in told)))
    return NumberedTerms(packed_numbers([n for n in heads if counts.holding[n] > held[n]]))


async def _of_a_rare_topic(reading: Reading, story: Story, topics: Collection[str]) -> Sequence[StoryId]:
    """What shares a rare topic with the story, and half of its topics or another one with it: a country
    alone makes a match and a manoeuvre no kin. What shares most comes first, then the newest."""
    newest: dict[StoryId, int] = {}
    for topic in topics:
        rows = await reading.fetch_all(_NEWEST_ABOUT, {"topic": topic, "limit": _RARE + 1})
        for row in reversed(rows if len(rows) <= _RARE else ()):
            newest[row["story"]] = max(row["recency"], newest.get(row["story"], 0))
    newest.pop(story.id, None)
    about = await _topics(reading, list(newest))
    shared = {other: len(about[other].intersection(topics)) for other in newest}
    kin = [
        other
        for other in newest
        if shared[other] > 1 or 2 * shared[other] >= len(about[other].union(topics))
    ]
    return sorted(kin, key=lambda other: (-shared[other], -newest[other]))[:_FEW]


async def _topics(reading: Reading, stories: Sequence[StoryId]) -> dict[StoryId, set[str]]:
    """What the articles of each story are about."""
    about: defaultdict[StoryId, set[str]] = defaultdict(set)
    for row in await reading.fetch_all(_TOPICS, {"stories": stories}) if stories else ():
        about[row["story"]].update(from_json(row["topics"]))
    return about

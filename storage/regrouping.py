"""Articles that go from one story to another, and stories that are looked at anew.

Which articles go where is decided by the rules that are handed in (bot.model.Placing, MendStory). What
repeats a story's number in the rows of its articles goes with them by triggers (schema 0011); the rest
is settled here: lists of stories, shelves, and numbers of stories that are no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.model import ArticleId, ChooseStory, MendStory, Neighbour, Placing, StoryId
from storage import neighbours, terms, vocabulary
from storage.database import Row, Transaction
from storage.memory import Postings
from storage.neighbours import NeighbourCache
from storage.values import moment, recency_range
from storage.vocabulary import Vocabulary

WHOLE_STORIES = 6
"""Stories, those that share most terms first, all of whose articles a new one is compared with: no more
than a rule would touch."""
ARTICLES_A_STORY = 16
"""Of each, the newest: one that a flood of copies made large costs no more than others."""
MENDED_AT_MOST = 40

_PART = """
    SELECT recency, story, words_digest FROM (
        SELECT recency, story, words_digest FROM articles
        WHERE story = :story{place} AND recency BETWEEN :first AND :last
        ORDER BY recency DESC LIMIT {rows}
    ) AS part{place}
"""

_MEMBERS = " UNION ALL ".join(
    _PART.format(place=place, rows=ARTICLES_A_STORY) for place in range(WHOLE_STORIES)
)

_STORY = "SELECT recency FROM articles WHERE story = :story ORDER BY recency DESC LIMIT :limit"

_STORIES_OF = "SELECT DISTINCT story FROM articles WHERE id IN :articles AND story <> :to"

_MOVE = "UPDATE articles SET story = :to WHERE id IN :articles"

_NUMBERS = "SELECT name, value FROM numbers"

_NEXT_ID = "UPDATE numbers SET value = value + 1 WHERE name = 'id' RETURNING value"

_ORIGINAL = "SELECT COALESCE(copy_of, id) AS original FROM articles WHERE id = :id"

_SET_COPY = "UPDATE articles SET copy_of = :original WHERE id = :id"

# in this order: a story that is no more leaves its number and its readers to the one it went into
_IS_EMPTY = "SELECT 1 AS empty WHERE NOT EXISTS (SELECT 1 FROM articles WHERE story = :old)"
_SETTLE = (
    "INSERT INTO former_stories (id, story) SELECT id, :to FROM stories WHERE id = :old",
    "UPDATE former_stories SET story = :to WHERE story = :old",
    """
    INSERT INTO saved (chat, story, saved) SELECT chat, :to, saved FROM saved WHERE story = :old
    ON CONFLICT (chat, story) DO NOTHING
    """,
    "DELETE FROM saved WHERE story = :old",
    "DELETE FROM stories WHERE id = :old",
)

_RENEW = """
    INSERT INTO stories (id, newest) SELECT story, MAX(recency) FROM articles WHERE story = :story
    GROUP BY story
    ON CONFLICT (id) DO UPDATE SET newest = excluded.newest
"""

# an article that is gone, or has other words now, leaves its copies to the oldest of them
_LEAVE_COPIES = """
    UPDATE articles SET copy_of = NULLIF((SELECT MIN(id) FROM articles WHERE copy_of = :id), id)
    WHERE copy_of = :id
"""
_NO_COPY = "UPDATE articles SET copy_of = NULL WHERE id = :id"


@dataclass(slots=True)
class Moved:
    """What moved in a transaction and is still to be settled."""

    left: dict[StoryId, StoryId] = field(default_factory=dict)
    """Stories that articles left, and where the last ones went."""
    joined: set[StoryId] = field(default_factory=set)
    """Stories that articles went to."""
    story: dict[ArticleId, StoryId] = field(default_factory=dict)
    """The articles that moved, and where they are."""

    async def move(self, transaction: Transaction, articles: Sequence[ArticleId], to: StoryId) -> None:
        """Puts stored articles into a story; `settle` must follow before the transaction's end."""
        if not articles:
            return
        values = {"articles": articles, "to": to}
        for row in await transaction.fetch_all(_STORIES_OF, values):
            # the last one that is left stands last: it may be where an earlier one went
            self.left.pop(StoryId(row["story"]), None)
            self.left[StoryId(row["story"])] = to
        self.joined.add(to)
        await transaction.execute(_MOVE, values)
        self.story |= dict.fromkeys(articles, to)

    async def settle(self, transaction: Transaction) -> None:
        """Brings lists, shelves and former numbers in line with where the articles are now."""
        for old, to in self.left.items():
            values = {"old": old, "to": to}
            is_empty = await transaction.fetch_one(_IS_EMPTY, values) is not None
            for sql in _SETTLE if is_empty else ():
                await transaction.execute(sql, values)
        for story in {*self.left, *self.joined}:
            await transaction.execute(_RENEW, {"story": story})


async def members(
    transaction: Transaction, stories: Sequence[StoryId], published: int
) -> dict[int, neighbours.Place]:
    """The articles of some stories, at most WHOLE_STORIES, around that stamp, by their keys."""
    if not stories:
        return {}
    first, last = recency_range(published - terms.WINDOW, published + terms.WINDOW)
    # no story has the id 0: it fills the places
    values = {f"story{place}": 0 for place in range(WHOLE_STORIES)}
    values |= {f"story{place}": story for place, story in enumerate(stories[:WHOLE_STORIES])}
    rows = await transaction.fetch_all(_MEMBERS, {**values, "first": first, "last": last})
    return neighbours.by_key(rows)


def nearest_stories(
    keys: Sequence[int], near: Mapping[int, neighbours.Place], *more: StoryId
) -> list[StoryId]:
    """The first stories of the articles with these keys, nearest first; WHOLE_STORIES at most."""
    stories = (near[key].story for key in keys if key in near)
    return list(dict.fromkeys([*more, *stories]))[:WHOLE_STORIES]


def check(placing: Placing, near: Sequence[Neighbour], *own: StoryId) -> None:
    """Raises ValueError where a rule speaks of what it was not shown.

    own: the story that an article whose place is looked for is in now.
    """
    stories, articles = {None, *own, *(one.story for one in near)}, {None, *(one.id for one in near)}
    for story in (placing.story, *(move.to for move in placing.moves)):
        if story not in stories:
            raise ValueError(f"story {story} is none of the neighbours'")
    moved = chain.from_iterable(move.articles for move in placing.moves)
    for article in (*placing.companions, *moved, placing.copy_of):
        if article not in articles:
            raise ValueError(f"article {article} is none of the neighbours")


async def next_id(transaction: Transaction) -> StoryId:
    row = await transaction.fetch_one(_NEXT_ID)
    assert row is not None
    return StoryId(row["value"])


async def set_copy(transaction: Transaction, article: ArticleId, of: ArticleId) -> None:
    """Remembers a near-copy; that of a copy is one of the same original."""
    row = await transaction.fetch_one(_ORIGINAL, {"id": of})
    if row is not None and row["original"] != article:
        await transaction.execute(_SET_COPY, {"id": article, "original": row["original"]})


async def forget_copies(transaction: Transaction, article: int) -> None:
    """Before an article is taken out, or when it has other words."""
    for sql in (_LEAVE_COPIES, _NO_COPY):
        await transaction.execute(sql, {"id": article})


async def mend(transaction: Transaction, story: StoryId, rule: MendStory, cache: NeighbourCache) -> None:
    """Parts a story into those that its articles tell of, where that is more than one."""
    rows = await transaction.fetch_all(_STORY, {"story": story, "limit": MENDED_AT_MOST})
    if len(rows) < 2:
        return
    held = (await neighbours.read(transaction, [row["recency"] for row in rows], cache)).values()
    numbers = {row["name"]: row["value"] for row in await transaction.fetch_all(_NUMBERS)}
    known = await vocabulary.vocabulary(transaction, numbers, [])
    await vocabulary.learn(transaction, known, (one.fingerprint for one in held))
    groups = rule(list(held), known.counts())
    if sorted(chain.from_iterable(groups)) != sorted(one.id for one in held):
        raise ValueError("a story was parted into others than its articles")
    moved = Moved()
    for group in groups[1:]:
        await moved.move(transaction, group, await next_id(transaction))
    await moved.settle(transaction)


async def place_again(
    transaction: Transaction,
    row: Row,
    one: Neighbour,
    choose: ChooseStory,
    cache: NeighbourCache,
    words: Vocabulary,
) -> None:
    """Chooses for a stored article whose words changed, as if it came now; its row tells where it is.

    Where it joins no other story it stays, unless its story's other articles tell of another event.
    """
    article, here = ArticleId(row["id"]), StoryId(row["story"])
    one = replace(one, published=moment(row["published"]))
    found = await _around(transaction, row, one, cache, words)
    await vocabulary.learn(transaction, words, (each.fingerprint for each in found))
    chosen = choose(one, found, words.counts())
    placing = chosen if isinstance(chosen, Placing) else Placing(chosen)
    check(placing, found, here)
    story = placing.story
    if story is None:
        is_alone = all(each.story != here for each in found)
        story = here if is_alone else await next_id(transaction)
    moved = Moved()
    await moved.move(transaction, [article, *placing.companions], story)
    for move in placing.moves:
        to = await next_id(transaction) if move.to is None else move.to
        await moved.move(transaction, move.articles, to)
    await moved.settle(transaction)
    if placing.copy_of is not None:
        await set_copy(transaction, article, placing.copy_of)


async def _around(
    transaction: Transaction,
    row: Row,
    one: Neighbour,
    cache: NeighbourCache,
    words: Vocabulary,
) -> list[Neighbour]:
    """Whole stories around an article, its own among them, without itself."""
    rarest = words.rarest(one.fingerprint, terms.ASKED_TERMS)
    keys = await terms.near(transaction, row["published"], rarest, Postings(), terms.Unwritten())
    near = await neighbours.places(transaction, keys)
    stories = nearest_stories(keys, near, StoryId(row["story"]))
    whole = await neighbours.at(
        transaction, await members(transaction, stories, row["published"]), cache
    )
    return [each for key, each in whole.items() if key != row["recency"]]

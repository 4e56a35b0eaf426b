"""Which stories match a selection, newest first: the choice of the index that is walked for it.

Topics alone and a source are walked in their own indexes, which hold the story beside the key; words,
and topics with words, in the full text (sqlite_search.py). Either way a walk goes backwards in time and
ends as soon as a page is full. How stories are read stands in articles.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from bot.model import Selection, TopicId
from storage import sqlite_search as search
from storage.database import Reading, Row
from storage.values import from_json

_AFTER_ALL = (1 << 63) - 1

_BATCH_AT_LEAST = 8
"""Rows of a first look. Where words seldom meet each row is dear: hardly more than a page needs."""
_BATCH_AT_MOST = 4_096
_WALKS_AT_MOST = 64
"""Walks that are merged into one; what would need more (two large groups) the full text merges."""

_FEW = 500
"""Articles of two topics that are looked at one by one; more are left to the full text."""

_ABOUT = "SELECT recency, story, topics FROM articles WHERE recency IN :keys ORDER BY recency DESC"

_OF_SOURCE = """
    SELECT recency, story FROM articles
    WHERE source = :source AND source <> '' AND recency < :before ORDER BY recency DESC LIMIT :limit
"""

Walked = tuple[TopicId, TopicId]
"""What one walk goes along: two topics in the order of their names, or the same one twice."""

_ALONE = "SELECT recency, story FROM article_topics WHERE topic = :first{n} AND recency < :before"

_PAIR = """
    SELECT recency, story FROM article_topic_pairs
    WHERE first = :first{n} AND second = :second{n} AND recency < :before
"""


async def matching_stories(database: Reading, selection: Selection, wanted: int) -> dict[int, int]:
    """The ids of the first `wanted` stories with a match, by their newest matching article, each with
    that article's key."""
    if selection.query is None and len(selection.topics) > 2:
        scarce = await _among_few(database, selection.topics)
        if scarce is not None:
            return _first(scarce, wanted)
    found: dict[int, int] = {}
    before, batch = _AFTER_ALL, max(_BATCH_AT_LEAST, wanted + wanted // 2)
    while len(found) < wanted:
        rows = await _walk(database, selection, before, batch)
        for row in rows:
            found.setdefault(row["story"], row["recency"])
        if len(rows) < batch:
            break
        before, batch = rows[-1]["recency"], min(2 * batch, _BATCH_AT_MOST)
    return _first(found, wanted)


def _first(found: dict[int, int], wanted: int) -> dict[int, int]:
    return dict(islice(found.items(), wanted))


async def _walk(database: Reading, selection: Selection, before: int, limit: int) -> Sequence[Row]:
    """The next `limit` matching articles older than `before`; fewer only where no more follow.

    One that meets a selection in two ways may come twice.
    """
    if selection.source is not None:
        values = {"source": selection.source, "before": before, "limit": limit}
        return await database.fetch_all(_OF_SOURCE, values)
    walks = topic_walks(selection)
    if walks is not None and len(walks) <= _WALKS_AT_MOST:
        return await _walk_topics(database, walks, before, limit)
    match = search.match_expression(selection)
    if not match:
        return ()
    return await search.walk(database, match, before, limit)


async def _among_few(database: Reading, topics: Sequence[frozenset[TopicId]]) -> dict[int, int] | None:
    """All stories about three sets of topics and more, where two of the sets meet seldom: the articles
    of those two are looked at one by one. None where any two meet often."""
    for pair in combinations(topics, 2):
        walks = topic_walks(Selection(pair)) or ()
        if len(walks) > _WALKS_AT_MOST:
            continue
        rows = await _walk_topics(database, walks, _AFTER_ALL, _FEW)
        if len(rows) < _FEW:
            about = await database.fetch_all(_ABOUT, {"keys": {row["recency"] for row in rows}})
            found: dict[int, int] = {}
            for row in about:
                if _meets(row, topics):
                    found.setdefault(row["story"], row["recency"])
            return found
    return None


def _meets(row: Row, topics: Sequence[frozenset[TopicId]]) -> bool:
    return not any(anyof.isdisjoint(from_json(row["topics"])) for anyof in topics)


def topic_walks(selection: Selection) -> Sequence[Walked] | None:
    """The walks that together give a selection of one or two sets of topics; None for any other."""
    if selection.query is not None or not 1 <= len(selection.topics) <= 2:
        return None
    if len(selection.topics) == 1:
        return [(topic, topic) for topic in sorted(selection.topics[0])]
    return sorted({(min(pair), max(pair)) for pair in product(*selection.topics)})


async def _walk_topics(
    database: Reading, walks: Sequence[Walked], before: int, limit: int
) -> Sequence[Row]:
    alone = [pair for pair in walks if pair[0] == pair[1]]
    pairs = [pair for pair in walks if pair[0] != pair[1]]
    values: dict[str, int | str] = {"before": before, "limit": limit}
    for number, (first, second) in enumerate((*alone, *pairs)):
        values |= {f"first{number}": first, f"second{number}": second}
    return await database.fetch_all(statement(len(alone), len(pairs)), values) if walks else ()


@lru_cache(maxsize=128)
def statement(alone: int, pairs: int) -> str:
    """A walk for each topic and pair; the engine merges them as it goes, as each is in order already."""
    parts = [(_ALONE if n < alone else _PAIR).format(n=n) for n in range(alone + pairs)]
    return f"{' UNION ALL '.join(parts)} ORDER BY recency DESC LIMIT :limit"

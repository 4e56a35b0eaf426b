"""Which stories match a selection, newest first: the choice of the index that is walked for it.

Topics alone and a source are walked in their own indexes, which hold the story beside the key; words,
and topics with words, in the full text (sqlite_search.py). Either way a walk goes backwards in time and
ends as soon as a page is full. How stories are read stands in articles.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from bot.model import Selection, TopicId
from storage import sqlite_search as search
from storage.database import Reading, Row
from storage.values import from_json

_WALKS_AT_MOST = 64
"""Walks that are merged into one; what would need more (two large groups) the full text merges."""

_FEW = 500
"""Articles of two topics that are looked at one by one; more are left to the full text."""

_ABOUT = "SELECT recency, story, topics FROM articles WHERE recency IN :keys ORDER BY recency DESC"

_OF_SOURCE = """
    SELECT recency, story FROM articles
    WHERE source = :source AND source <> '' ORDER BY recency DESC
"""

Walked = tuple[TopicId, TopicId]
"""What one walk goes along: two topics in the order of their names, or the same one twice."""

_ALONE = "SELECT recency, story FROM article_topics WHERE topic = :first{n}"

_PAIR = """
    SELECT recency, story FROM article_topic_pairs
    WHERE first = :first{n} AND second = :second{n}
"""


async def matching_stories(database: Reading, selection: Selection, wanted: int) -> dict[int, int]:
    """The ids of the first `wanted` stories with a match, by their newest matching article, each with
    that article's key."""
    if selection.query is None and len(selection.topics) > 2:
        scarce = await _among_few(database, selection.topics)
        if scarce is not None:
            return _newest(scarce, wanted)
    return _newest(await _walk(database, selection, wanted), wanted)


def _newest(rows: Iterable[Row], wanted: int) -> dict[int, int]:
    """rows: the newest first."""
    found: dict[int, int] = {}
    for row in rows:
        found.setdefault(row["story"], row["recency"])
    return dict(islice(found.items(), wanted))


async def _walk(database: Reading, selection: Selection, wanted: int) -> Sequence[Row]:
    """The newest matching article of each of the first `wanted` stories."""
    if selection.source is not None:
        return await database.fetch_first(_OF_SOURCE, {"source": selection.source}, "story", wanted)
    walks = topic_walks(selection)
    if walks is not None and len(walks) <= _WALKS_AT_MOST:
        sql, values = _along(walks)
        return await database.fetch_first(sql, values, "story", wanted) if walks else ()
    match = search.match_expression(selection)
    return await search.walk(database, match, wanted) if match else ()


async def _among_few(database: Reading, topics: Sequence[frozenset[TopicId]]) -> Sequence[Row] | None:
    """All articles about three sets of topics and more, where two of the sets meet seldom: the articles
    of those two are looked at one by one. None where any two meet often."""
    for pair in combinations(topics, 2):
        walks = topic_walks(Selection(pair)) or ()
        if len(walks) > _WALKS_AT_MOST:
            continue
        sql, values = _along(walks)
        rows = await database.fetch_all(f"{sql} LIMIT {_FEW}", values) if walks else []
        if len(rows) < _FEW:
            about = await database.fetch_all(_ABOUT, {"keys": {row["recency"] for row in rows}})
            return [row for row in about if _meets(row, topics)]
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


def _along(walks: Sequence[Walked]) -> tuple[str, Mapping[str, str]]:
    """The statement that walks so, and its values."""
    alone = [pair for pair in walks if pair[0] == pair[1]]
    pairs = [pair for pair in walks if pair[0] != pair[1]]
    values: dict[str, str] = {}
    for number, (first, second) in enumerate((*alone, *pairs)):
        values |= {f"first{number}": first, f"second{number}": second}
    return statement(len(alone), len(pairs)), values


@lru_cache(maxsize=128)
def statement(alone: int, pairs: int) -> str:
    """A walk for each topic and pair; the engine merges them as it goes, as each is in order already."""
    parts = [(_ALONE if n < alone else _PAIR).format(n=n) for n in range(alone + pairs)]
    return f"{' UNION ALL '.join(parts)} ORDER BY recency DESC"

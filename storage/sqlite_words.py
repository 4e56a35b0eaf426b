"""Which of given articles hold a word or a phrase, asked of the full text: each engine's own.

What is found newest first stands in sqlite_search.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from bot.model import ArticleId, SearchQuery, Selection, StoredArticle
from storage import sqlite_search as search
from storage.database import Reading
from storage.values import recency, stamp

Phrase = Sequence[str]
"""Search terms that stand one after the other."""

_MORE, _AT_LEAST = 4, 500
"""Matches that are walked through, in all and for each article that is asked for: where a word is so
common and the articles so far apart that more would be needed, their terms are read instead."""
_AT_ONCE = 500
"""Articles whose terms are held in memory."""

_MATCHING = """
    SELECT rowid AS recency FROM article_search
    WHERE article_search MATCH :match AND rowid >= :first AND rowid <= :last
    ORDER BY rowid DESC LIMIT :limit
"""

_TERMS = "SELECT rowid AS recency, title, body FROM article_search WHERE rowid IN :keys"


async def holding(
    database: Reading, phrases: Sequence[Phrase], articles: Iterable[StoredArticle]
) -> frozenset[ArticleId]:
    """Which of the articles hold any of the phrases in their titles or bodies."""
    ids = {recency(stamp(article.published), article.id): article.id for article in articles}
    phrases = [phrase for phrase in phrases if phrase]
    if not ids or not phrases:
        return frozenset()
    limit = _MORE * len(ids) + _AT_LEAST
    found = await _matching(database, phrases, min(ids), max(ids), limit)
    if len(found) == limit:
        beyond = [key for key in ids if key < found[-1]]
        found += await _by_their_terms(database, phrases, beyond)
    return frozenset(ids[key] for key in found if key in ids)


async def _matching(
    database: Reading, phrases: Sequence[Phrase], first: int, last: int, limit: int
) -> list[int]:
    """The keys of the newest `limit` articles between two keys that hold any of the phrases."""
    any_of = " OR ".join(filter(None, map(_expression, phrases)))
    values = {"match": any_of, "first": first, "last": last, "limit": limit}
    rows = await database.fetch_all(_MATCHING, values) if any_of else []
    return [row["recency"] for row in rows]


def _expression(phrase: Phrase) -> str:
    return search.match_expression(Selection(query=SearchQuery((tuple(phrase),)))) or search.NOTHING


async def _by_their_terms(
    database: Reading, phrases: Sequence[Phrase], keys: Iterable[int]
) -> list[int]:
    wanted = [f" {' '.join(phrase)} " for phrase in phrases]
    found: list[int] = []
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        rows = await database.fetch_all(_TERMS, {"keys": some})
        holding = (row for row in rows if _holds(row["title"], wanted) or _holds(row["body"], wanted))
        found += [row["recency"] for row in holding]
    return found


def _holds(terms: str, wanted: Collection[str]) -> bool:
    text = f" {terms} "
    return any(phrase in text for phrase in wanted)

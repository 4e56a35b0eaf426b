"""Full text and topics over SQLite's FTS5: the one part of storage that each engine does in its own way.

Matches come newest first by walking the index backwards (its row id is `articles.recency`), never by
sorting: the commonest word over a million articles costs what a rare one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from bot.model import NewArticle, SearchQuery, Selection
from storage.common_pairs import as_pairs, pairs
from storage.database import Reading, Row, Transaction

NOTHING = ""
"""The expression of a selection that cannot match."""

_WALK = """
    SELECT s.rowid AS recency, a.story
    FROM article_search AS s CROSS JOIN articles AS a ON a.recency = s.rowid
    WHERE s.article_search MATCH :match ORDER BY s.rowid DESC
"""

_KEYS = """
    SELECT rowid AS recency FROM article_search
    WHERE article_search MATCH :match ORDER BY rowid DESC LIMIT :limit
"""

_INSERT = """
    INSERT INTO article_search (rowid, title, body, topics, pairs)
    VALUES (:recency, :title, :body, :topics, :pairs)
"""

_DELETE = "DELETE FROM article_search WHERE rowid = :recency"


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article for the index."""

    recency: int
    new: NewArticle


def match_expression(selection: Selection) -> str | None:
    """The selection in FTS5's language, every term quoted; None for all news, NOTHING for none."""
    if selection.query is None and not selection.topics:
        return None
    wanted = [_topics(sorted(anyof)) for anyof in selection.topics]
    excluded: list[str] = []
    if selection.query is not None:
        words, excluded = _words(selection.query)
        wanted.append(words)
    if NOTHING in wanted:
        return NOTHING
    # an exclusion is taken from the whole, so that the words and topics before it bind first
    return reduce(lambda left, out: f"({left}) NOT ({out})", _in_turn(excluded), " AND ".join(wanted))


def _in_turn(excluded: Sequence[str]) -> Sequence[str]:
    """Exclusions one after the other, the last ones joined: each looks at what the ones before it left
    alone, which halves the time where they leave little. FTS5 nests 256 deep at most."""
    last = " OR ".join(excluded[_TAKEN_IN_TURN:])
    return [*excluded[:_TAKEN_IN_TURN], *([last] if last else [])]


_TAKEN_IN_TURN = 8


def _words(query: SearchQuery) -> tuple[str, list[str]]:
    phrases = _phrases(query.phrases)
    texts = " AND ".join(map(_in_texts, phrases))
    return (f"({texts})" if phrases else NOTHING), [_in_texts(one) for one in _phrases(query.excluded)]


def _in_texts(phrase: str) -> str:
    """Kept off the topics, where that is needed: columns make a walk of many matches half as dear again.

    No topic's id holds an Arabic letter, and none looks like a pair of common words.
    """
    return phrase if _IN_NO_TOPIC.search(phrase) else f"({{title body}} : {phrase})"


_IN_NO_TOPIC = re.compile("[\u0621-\u064a]|[0-9]_[0-9]")


def _topics(topics: Iterable[str]) -> str:
    names = _phrases((topic,) for topic in topics)
    return f"({{topics}} : ({' OR '.join(names)}))" if names else NOTHING


def _phrases(phrases: Iterable[Sequence[str]]) -> list[str]:
    """Each phrase as one quoted string: in it only the quotation mark means anything to FTS5."""
    texts = (" ".join(" ".join(as_pairs(phrase)).replace("\0", " ").split()) for phrase in phrases)
    return [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in dict.fromkeys(texts) if text]


async def walk(database: Reading, match: str, stories: int) -> Sequence[Row]:
    """`recency` and `story` of the newest matching article of the first so many stories."""
    return await database.fetch_first(_WALK, {"match": match}, "story", stories)


async def keys(database: Reading, match: str, limit: int) -> Sequence[int]:
    """The keys of the newest matching articles."""
    rows = await database.fetch_all(_KEYS, {"match": match, "limit": limit})
    return [row["recency"] for row in rows]


async def index(transaction: Transaction, articles: Iterable[Indexed]) -> None:
    """Makes articles findable.

    In the order of their keys: FTS5 writes out a segment whenever a row id goes back.
    """
    rows = [
        {
            "recency": article.recency,
            "title": article.new.analysis.search_title,
            "body": article.new.analysis.search_body,
            "topics": " ".join(weight.topic for weight in article.new.analysis.topics),
            # the bar between them is no word: no phrase goes from the title into the body
            "pairs": pairs(f"{article.new.analysis.search_title} | {article.new.analysis.search_body}"),
        }
        for article in sorted(articles, key=lambda article: article.recency)
    ]
    await transaction.execute_many(_INSERT, rows)


async def remove(transaction: Transaction, recency: int) -> None:
    await transaction.execute(_DELETE, {"recency": recency})

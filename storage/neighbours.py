"""The stored articles that a new one is compared with: from memory, as far as they were met before.

Which ones they are stands in terms.py, which story an article joins is decided by the `choose` that
adding.py is handed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.model import (
    NO_ARTICLE,
    NO_STORY,
    ArticleId,
    Neighbour,
    NewArticle,
    NumberedTerms,
    StoryId,
)
from storage.database import Reading, Row
from storage.values import moment

REMEMBERED = 20_000
"""Neighbours that are kept in memory, some 1.5 kB each: those of an ordinary instance's window."""

_PLACES = "SELECT recency, story, words_digest FROM articles WHERE recency IN :keys"

_ROWS = """
    SELECT a.recency, a.id, a.story, a.source, a.published, a.words_digest, f.terms, f.weights, f.sketch
    FROM articles AS a JOIN fingerprints AS f ON f.article = a.id WHERE a.recency IN :keys
"""


class Place(NamedTuple):
    """What may change of a stored article, as far as neighbours are concerned."""

    story: StoryId
    words_digest: str


class NeighbourCache:
    """Neighbours that were read before; a story's reports come together, so most are met many times.

    Only what the same words always give is trusted, under their digest; the story is told anew each
    time. So nothing that this or another process stores, revises or deletes makes it wrong, nor does a
    transaction that fails.
    """

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._by_key: OrderedDict[int, Neighbour] = OrderedDict()

    def find(self, key: int, place: Place) -> Neighbour | None:
        kept = self._by_key.get(key)
        if kept is None or kept.words_digest != place.words_digest or not place.words_digest:
            return None
        if kept.story != place.story:
            self._by_key[key] = kept = replace(kept, story=place.story)
        self._by_key.move_to_end(key)
        return kept

    def keep(self, key: int, one: Neighbour) -> None:
        self._by_key[key] = one
        if len(self._by_key) > self._size:
            self._by_key.popitem(last=False)

    def drop(self, key: int) -> None:
        self._by_key.pop(key, None)

    def __len__(self) -> int:
        return len(self._by_key)


async def places(reading: Reading, keys: Sequence[int]) -> dict[int, Place]:
    """Where the articles with these keys are, by key."""
    return by_key(await reading.fetch_all(_PLACES, {"keys": keys}) if keys else [])


def by_key(rows: Iterable[Row]) -> dict[int, Place]:
    """rows: with recency, story and words_digest."""
    return {row["recency"]: Place(StoryId(row["story"]), row["words_digest"]) for row in rows}


async def at(
    reading: Reading, places: Mapping[int, Place], cache: NeighbourCache
) -> dict[int, Neighbour]:
    """The stored articles at these places, by key."""
    found: dict[int, Neighbour] = {}
    missing: list[int] = []
    for key, place in places.items():
        kept = cache.find(key, place)
        if kept is None:
            missing.append(key)
        else:
            found[key] = kept
    for row in await reading.fetch_all(_ROWS, {"keys": missing}) if missing else ():
        found[row["recency"]] = one = _neighbour(row)
        cache.keep(row["recency"], one)
    return found


async def read(reading: Reading, keys: Sequence[int], cache: NeighbourCache) -> Mapping[int, Neighbour]:
    """The stored articles with these keys, by key."""
    return await at(reading, await places(reading, keys), cache)


def as_neighbour(new: NewArticle, terms: NumberedTerms) -> Neighbour:
    """What the rules see of a new article; also what it is to the next ones, when it has its numbers."""
    return Neighbour(
        id=NO_ARTICLE,
        story=NO_STORY,
        source=new.article.source,
        published=new.article.published,
        fingerprint=terms,
        words_digest=new.analysis.words_digest,
        sketch=new.analysis.sketch,
    )


def _neighbour(row: Row) -> Neighbour:
    return Neighbour(
        id=ArticleId(row["id"]),
        story=StoryId(row["story"]),
        source=row["source"],
        published=moment(row["published"]),
        fingerprint=NumberedTerms(row["terms"], row["weights"]),
        words_digest=row["words_digest"],
        sketch=row["sketch"],
    )

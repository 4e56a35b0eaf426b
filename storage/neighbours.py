"""The stored articles that a new one is compared with: their rows, and their fingerprints from memory.

Which ones they are stands in terms.py, which story an article joins is decided by the `choose` that
adding.py is handed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from bot.model import ArticleId, Fingerprint, Neighbour, NewArticle, StoryId
from storage.database import Row, Transaction
from storage.values import from_json, moment

REMEMBERED = 20_000
"""Fingerprints that are kept in memory, some 2 kB each: those of an ordinary instance's window."""

_ROWS = """
    SELECT id, story, source, published, words_digest, recency FROM articles WHERE recency IN :keys
"""

_STORIES = "SELECT recency, story FROM articles WHERE recency IN :keys"

_FINGERPRINTS = "SELECT article, fingerprint, sketch FROM article_texts WHERE article IN :articles"

_Told = tuple[Fingerprint, bytes]
"""What the same words always give: the fingerprint and the sketch."""

_Kept = tuple[str, Fingerprint, bytes]
"""Words digest, fingerprint, sketch."""


class NeighbourCache:
    """Fingerprints that were read before; a story's reports come together, so most are met many times.

    Only what the same words always give is kept, under their digest, and the rest of a neighbour is read
    anew each time. So nothing that this or another process stores, revises or deletes makes it wrong,
    nor does a transaction that fails.
    """

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._by_key: OrderedDict[int, _Kept] = OrderedDict()
        # equal terms as one object: they meet in thousands of articles
        self._terms: dict[str, str] = {}

    def find(self, key: int, words_digest: str) -> _Told | None:
        kept = self._by_key.get(key)
        if kept is None or kept[0] != words_digest or not words_digest:
            return None
        self._by_key.move_to_end(key)
        return kept[1], kept[2]

    def keep(self, key: int, words_digest: str, fingerprint: Fingerprint, sketch: bytes) -> None:
        terms = tuple(map(self._terms.setdefault, fingerprint.terms, fingerprint.terms))
        self._by_key[key] = (words_digest, Fingerprint(terms, fingerprint.weights), sketch)
        if len(self._by_key) > self._size:
            self._by_key.popitem(last=False)
        if len(self._terms) > 10 * self._size + 1_000:  # words of articles that are long forgotten
            self._terms.clear()

    def drop(self, key: int) -> None:
        self._by_key.pop(key, None)

    def __len__(self) -> int:
        return len(self._by_key)


async def stories(transaction: Transaction, keys: Sequence[int]) -> dict[int, StoryId]:
    """The stories that the articles with these keys are in, by key."""
    rows = await transaction.fetch_all(_STORIES, {"keys": keys}) if keys else []
    return {row["recency"]: StoryId(row["story"]) for row in rows}


async def read(
    transaction: Transaction, keys: Sequence[int], cache: NeighbourCache
) -> Mapping[int, Neighbour]:
    """The stored articles with these keys, by key."""
    rows = await transaction.fetch_all(_ROWS, {"keys": keys}) if keys else []
    found: dict[int, _Told] = {}
    missing: dict[int, Row] = {}
    for row in rows:
        told = cache.find(row["recency"], row["words_digest"])
        if told is None:
            missing[row["id"]] = row
        else:
            found[row["recency"]] = told
    if missing:
        for text in await transaction.fetch_all(_FINGERPRINTS, {"articles": list(missing)}):
            row = missing[text["article"]]
            told = parsed(text["fingerprint"]), text["sketch"]
            found[row["recency"]] = told
            cache.keep(row["recency"], row["words_digest"], *told)
    return {
        row["recency"]: _neighbour(row, found[row["recency"]]) for row in rows if row["recency"] in found
    }


def parsed(text: str) -> Fingerprint:
    """A fingerprint as it stands in the database."""
    return Fingerprint.of(from_json(text))


def as_neighbour(article: ArticleId, story: StoryId, new: NewArticle) -> Neighbour:
    """What a new article will be to the next ones."""
    return Neighbour(
        id=article,
        story=story,
        source=new.article.source,
        published=new.article.published,
        fingerprint=new.analysis.fingerprint,
        words_digest=new.analysis.words_digest,
        sketch=new.analysis.sketch,
    )


def _neighbour(row: Row, told: _Told) -> Neighbour:
    return Neighbour(
        id=ArticleId(row["id"]),
        story=StoryId(row["story"]),
        source=row["source"],
        published=moment(row["published"]),
        fingerprint=told[0],
        words_digest=row["words_digest"],
        sketch=told[1],
    )

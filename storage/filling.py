"""Fills a new database with many articles whose stories are known beforehand: for measurements.

Writes what adding.py writes, into every table, but compares nothing: articles come in the order of
their publishing, none is known already, and whoever calls says which earlier one each belongs to. The
bot never stores so.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from bot.model import ArticleId, NewArticle, StoryId
from storage import neighbours, terms, vocabulary
from storage.database import Database, Transaction
from storage.neighbours import NeighbourCache
from storage.values import recency, stamp
from storage.writing import INSERT_ARTICLE, Batch, article_row, finish

_NUMBERS = "UPDATE numbers SET value = value RETURNING name, value"


class Filling:
    """One run of filling, from an empty database on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stories = array("q")
        """Of each article that was stored, in their order."""

    async def add(self, batch: Sequence[tuple[NewArticle, int | None]]) -> None:
        """Stores articles that are newer than all before them, in one transaction.

        With each comes the place, from 0, of an earlier article of its story; None: a new story.
        """
        async with self._database.transaction() as transaction:
            await self._add(transaction, batch)

    async def _add(
        self, transaction: Transaction, batch: Sequence[tuple[NewArticle, int | None]]
    ) -> None:
        numbers = {row["name"]: row["value"] for row in await transaction.fetch_all(_NUMBERS)}
        fingerprints = [new.analysis.fingerprint for new, _ in batch]
        words = await vocabulary.vocabulary(transaction, numbers, fingerprints)
        pending = Batch(_nobody, NeighbourCache(0), words, numbers["id"])
        rows = []
        for new, joined in batch:
            story = StoryId(pending.next_id() if joined is None else self._stories[joined])
            self._stories.append(story)
            article = ArticleId(pending.next_id())
            key = recency(stamp(new.article.published), article)
            rows.append({**article_row(new, story), "id": article, "recency": key})
            told_by = words.numbered(new.analysis.fingerprint)
            one = replace(neighbours.as_neighbour(new, told_by), id=article, story=story)
            pending.stored[key] = (new, one)
            words.take_in(told_by)
            terms.index(key, stamp(new.article.published), told_by, pending.unwritten)
        await transaction.execute_many(INSERT_ARTICLE, rows)
        await finish(transaction, pending)


def _nobody(*_: object) -> None:
    """Nothing is chosen here."""

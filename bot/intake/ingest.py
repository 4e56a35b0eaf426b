"""Taking articles in: drafts → cleaned → worked out in worker processes → stored, batch by batch.

What an article is and what is worked out of it is decided elsewhere, purely; this module only sees to
it that no record stops another, that readers are answered meanwhile, and that the order is kept.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import bot.stories as stories
from bot.arabic.words import search_terms
from bot.errors import MojazError, WorkerFailed
from bot.intake.clean import article
from bot.intake.documents import Document, all_records, open_document
from bot.intake.links import same_page
from bot.model import (
    Added,
    AddedStatus,
    Analysis,
    Article,
    Attachment,
    Draft,
    NewArticle,
    Refusal,
    RefusalReason,
)
from bot.ports import Articles, Clock, Workers
from bot.summaries.summarise import summarise
from bot.topics.about import about
from bot.topics.lexicon import load

Record = Draft | Refusal
Prepared = NewArticle | Refusal
Progress = Callable[[int, int], Awaitable[None]]
"""Is told how many records are done, and of how many."""

BATCH = 50
"""Records of one piece of work and of one transaction: some 0.2 s of either, so that a reader's
command never waits long behind them."""
BATCH_CHARACTERS = 400_000
"""A batch of long texts ends earlier."""
IN_FLIGHT = 3
"""Batches that are read ahead: one for each process and one for it to go on with."""
PARSING_DEADLINE = 15.0
"""Seconds for a page or a feed: with a batch's deadline and a record's, an answer comes within 45."""
MOST_RECORDS = 10_000
MOST_SECONDS = 30.0
"""Of what a message brings, so that the answer comes within 45 s. What is beyond them is refused in one
line: it can be sent again, or in parts. The command line knows neither."""
WAITING = 15.0
"""Seconds of them that markup may wait for a worker process."""
BATCH_DEADLINE = 15.0
RECORD_DEADLINE = 8.0
"""Seconds. A batch of news takes a tenth of one; a text of 1 MB in 200,000 lines was seen to need
4 s for its cleaning."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What became of one record of a document."""

    line: int
    result: Added | Refusal


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the records of one intake, each list in the order of the document."""

    stored: tuple[Added, ...] = ()
    known: tuple[Added, ...] = ()
    refused: tuple[Refusal, ...] = ()
    records: tuple[RecordOutcome, ...] = ()
    """All of them."""

    @classmethod
    def of(cls, records: Sequence[RecordOutcome]) -> IngestReport:
        results = [record.result for record in records]
        added = [result for result in results if isinstance(result, Added)]
        return cls(
            stored=tuple(one for one in added if one.status is AddedStatus.STORED),
            known=tuple(one for one in added if one.status is AddedStatus.KNOWN),
            refused=tuple(result for result in results if isinstance(result, Refusal)),
            records=tuple(records),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """A batch that a worker process has."""

    batch: list[Record]
    task: asyncio.Task[list[Prepared]]


def analyse(new: Article) -> Analysis:
    """All that is worked out of an article once; for a worker process."""
    return Analysis(
        summary=summarise(new.body, title=new.title),
        topics=about(new.title, new.body, load()),
        fingerprint=stories.fingerprint(new.title, new.body),
        words_digest=stories.words_digest(new.title, new.body),
        sketch=stories.sketch(new.title, new.body),
        search_title=" ".join(search_terms(new.title)),
        search_body=" ".join(search_terms(new.body)),
    )


def prepare(batch: Sequence[Draft], now: datetime) -> list[Prepared]:
    """Drafts, cleaned and worked out, or refused; for a worker process."""
    prepared: list[Prepared] = []
    for draft in batch:
        cleaned = article(draft, now)
        prepared.append(
            cleaned
            if isinstance(cleaned, Refusal)
            else NewArticle(cleaned, analyse(cleaned), _names(cleaned, draft))
        )
    return prepared


def _names(cleaned: Article, draft: Draft) -> tuple[str, ...]:
    page = same_page(cleaned.url) if cleaned.url else ""
    return tuple(dict.fromkeys(filter(None, (page, draft.post))))


class Ingest:
    """The one way of articles into storage."""

    def __init__(self, articles: Articles, workers: Workers, clock: Clock) -> None:
        self._articles = articles
        self._workers = workers
        self._clock = clock

    async def text(self, attachment: Attachment) -> IngestReport:
        """Takes one article in from a message: typed, replied to or forwarded."""
        draft = Draft(
            text=attachment.text,
            url=attachment.url,
            source=attachment.source,
            published=attachment.published,
        )
        return await self.drafts([draft], MOST_SECONDS)

    async def revise(self, name: str, draft: Draft) -> bool:
        """Replaces the words of the stored article known by `name`; False where there is none.

        What holds no article any more is refused, and what is stored stays.
        """
        [prepared] = await self._prepared([draft])
        return isinstance(prepared, Refusal) or await self._articles.revise(
            name, prepared, stories.choose, stories.mend
        )

    async def document(
        self, name: str, content: bytes, progress: Progress | None = None
    ) -> IngestReport:
        """Takes in what a document of a message holds, up to MOST_RECORDS and for MOST_SECONDS.

        Raises UnreadableDocument where it cannot be read, Busy where no worker process is free for it.
        """
        ends = self._clock.monotonic() + MOST_SECONDS
        document = await asyncio.to_thread(open_document, name, content)
        total = await asyncio.to_thread(document.count, MOST_RECORDS) if progress else 0
        records: list[RecordOutcome] = []
        source = _first(await self._records(document, WAITING), MOST_RECORDS)
        async for batch in self._batches(source, ends):
            records += batch
            if progress:
                await progress(len(records), max(total, len(records)))
        return IngestReport.of(records)

    async def drafts(self, drafts: Sequence[Record], within: float = math.inf) -> IngestReport:
        """Takes drafts in, for so many seconds; refusals among them are reported in their places."""
        batches = self._batches(iter(drafts), self._clock.monotonic() + within)
        return IngestReport.of([outcome async for batch in batches for outcome in batch])

    async def stream(self, records: Document | Iterator[Record]) -> AsyncIterator[RecordOutcome]:
        """What becomes of each record, in order, as soon as it is stored."""
        source = await self._records(records) if isinstance(records, Document) else records
        async for batch in self._batches(source):
            for outcome in batch:
                yield outcome

    async def _records(self, document: Document, patience: float | None = None) -> Iterator[Record]:
        """The records; markup, which can be made to cost any time, is read in a worker process."""
        if not document.is_markup:
            return document.records()
        found = await self._workers.run(
            all_records, document, deadline=PARSING_DEADLINE, patience=patience
        )
        return iter(found)

    async def _batches(
        self, source: Iterator[Record], ends: float = math.inf
    ) -> AsyncIterator[list[RecordOutcome]]:
        """Works on some batches at once, stores them one after the other in the order of reading.

        ends: the monotonic time after which nothing is begun and what is not worked out yet is left.
        """
        pending: deque[_Work] = deque()
        try:
            while True:
                while len(pending) < IN_FLIGHT and (batch := await self._next(source, ends)):
                    pending.append(_Work(batch, asyncio.create_task(self._prepared(batch))))
                work = pending.popleft() if pending else None
                if work is None or not await self._in_time(work, ends):
                    following = work.batch[0] if work else next(source, None)
                    if following is not None:
                        yield [_left_out(following)]
                    return
                results = await self._stored(work.task.result())
                lines = (record.line for record in work.batch)
                yield [RecordOutcome(*pair) for pair in zip(lines, results, strict=True)]
        finally:
            for work in pending:
                work.task.cancel()
            await asyncio.gather(*(work.task for work in pending), return_exceptions=True)

    async def _next(self, source: Iterator[Record], ends: float) -> list[Record]:
        if self._clock.monotonic() > ends:
            return []
        return await asyncio.to_thread(_take, source)

    async def _in_time(self, work: _Work, ends: float) -> bool:
        """Whether it was worked out; where time ran out meanwhile, it is given up."""
        left = None if ends == math.inf else max(0.0, ends - self._clock.monotonic())
        done, _ = await asyncio.wait({work.task}, timeout=left)
        if not done:
            work.task.cancel()
            await asyncio.gather(work.task, return_exceptions=True)
        return bool(done)

    async def _prepared(self, batch: Sequence[Record]) -> list[Prepared]:
        now = self._clock.now()
        drafts = [record for record in batch if isinstance(record, Draft)]
        try:
            prepared = await self._workers.run(prepare, drafts, now, deadline=BATCH_DEADLINE)
        except Exception as error:
            if isinstance(error, MojazError) and not isinstance(error, WorkerFailed):
                raise
            _log.warning("a batch of %d records failed: %r", len(drafts), error)
            prepared = await self._prepared_one_by_one(drafts, now)
        results = iter(prepared)
        return [record if isinstance(record, Refusal) else next(results) for record in batch]

    async def _prepared_one_by_one(self, drafts: Sequence[Draft], now: datetime) -> list[Prepared]:
        """For a batch that failed: finds the poisonous record, so that the others go on.

        Raises the fault where it is ours and not a record's: no record comes through.
        """
        prepared: list[Prepared] = []
        faults: list[Exception] = []
        for draft in drafts:
            try:
                prepared += await self._workers.run(prepare, [draft], now, deadline=RECORD_DEADLINE)
            except WorkerFailed as error:
                prepared.append(Refusal(draft.line, RefusalReason.TOO_SLOW, error.cause))
            except Exception as error:
                faults.append(error)
                prepared.append(Refusal(draft.line, RefusalReason.TOO_SLOW, type(error).__name__))
        if len(faults) == len(drafts):
            raise faults[0]
        for fault in faults[:1]:
            _log.error("%d records could not be worked out", len(faults), exc_info=fault)
        return prepared

    async def _stored(self, prepared: Sequence[Prepared]) -> list[Added | Refusal]:
        # it arrives now: a digest that went out while it was worked on has not seen it
        now = self._clock.now()
        new = [_arrived(one, now) for one in prepared if isinstance(one, NewArticle)]
        added = iter(await self._articles.add(new, stories.choose) if new else ())
        return [one if isinstance(one, Refusal) else next(added) for one in prepared]


def _arrived(new: NewArticle, now: datetime) -> NewArticle:
    """With `now` as its time of arrival, and of publishing where it had none of its own."""
    before = new.article
    published = now if before.published == before.received else before.published
    return replace(new, article=replace(before, published=published, received=now))


def _first(source: Iterator[Record], most: int) -> Iterator[Record]:
    """The first records; where there are more, the next one refused in the name of all of them."""
    yield from islice(source, most)
    following = next(source, None)
    if following is not None:
        yield Refusal(following.line, RefusalReason.TOO_MANY, str(most))


def _left_out(following: Record) -> RecordOutcome:
    """The first record that there was no time for, in the name of all that follow it."""
    return RecordOutcome(following.line, Refusal(following.line, RefusalReason.NO_TIME))


def _take(source: Iterator[Record]) -> list[Record]:
    """The next batch; empty at the end. Runs in a thread: reading a large document takes a while."""
    batch: list[Record] = []
    characters = 0
    while len(batch) < BATCH and characters < BATCH_CHARACTERS:
        record = next(source, None)
        if record is None:
            break
        batch.append(record)
        characters += len(record.text) if isinstance(record, Draft) else 0
    return batch

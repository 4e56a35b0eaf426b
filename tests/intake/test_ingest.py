"""From drafts into a real database: order, known ones, refusals, poison, progress."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from bot.clock import SystemClock
from bot.errors import UnreadableDocument, WorkerFailed
from bot.intake.documents import open_document
from bot.intake.ingest import BATCH, Ingest, analyse
from bot.model import Added, AddedStatus, Article, Attachment, Draft, Refusal, RefusalReason, Selection
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

T = TypeVar("T")
PLACES = [
    "الميناء",
    "المطار",
    "الجامعة",
    "المصنع",
    "المتحف",
    "الملعب",
    "السوق",
    "المسرح",
    "السد",
    "الجسر",
]


class HereWorkers:
    """Does the work in this process; with `poison` in a text it never ends, with `fault` it fails."""

    async def run(
        self,
        function: Callable[..., T],
        *arguments: object,
        deadline: float = 30.0,
        patience: float | None = None,
    ) -> T:
        words = " ".join(draft.text for draft in arguments[0])  # type: ignore[attr-defined]
        if "poison" in words:
            raise WorkerFailed("no result in time")
        if "fault" in words:
            raise ZeroDivisionError
        return function(*arguments)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", lambda: datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture
def ingest(storage: Storage) -> Ingest:
    return Ingest(storage.articles, HereWorkers(), SystemClock())


def news(number: int) -> dict[str, object]:
    place = PLACES[number % len(PLACES)]
    return {
        "title": f"افتتاح {place} رقم {number}",
        "text": f"افتتح الوزير {place} رقم {number} في حفل.\nوقال إن العمل فيه دام {number} شهرا كاملا.",
        "url": f"https://example.org/{number}",
        "published": "2018-05-17T10:00:00Z",
    }


def jsonl(records: Sequence[object]) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


async def test_a_text_is_stored_with_what_is_known_of_where_it_came_from(
    ingest: Ingest, storage: Storage
) -> None:
    moment = datetime(2020, 1, 2, tzinfo=UTC)
    text = "افتتح الوزير الجسر الجديد في حفل كبير. وقال إن العمل فيه دام عامين."
    report = await ingest.text(Attachment(text=text, source="قناة المدينة", published=moment))
    (added,) = report.stored
    (stored,) = await storage.articles.articles(Selection(), None)
    assert (stored.id, stored.source, stored.published) == (added.id, "قناة المدينة", moment)
    assert stored.title == "افتتح الوزير الجسر الجديد في حفل كبير."
    assert stored.summary
    assert all(sentence in text for sentence in stored.summary)


async def test_records_of_a_document_are_reported_in_its_order(ingest: Ingest) -> None:
    records = [news(1), 5, news(2), {"title": 7}, news(1), {"text": "!"}]
    report = await ingest.document("news.jsonl", jsonl(records))
    results = [
        outcome.result.status if isinstance(outcome.result, Added) else outcome.result.reason
        for outcome in report.records
    ]
    assert results == [
        AddedStatus.STORED,
        RefusalReason.NOT_AN_OBJECT,
        AddedStatus.STORED,
        RefusalReason.WRONG_TYPE,
        AddedStatus.KNOWN,
        RefusalReason.NO_WORDS,
    ]
    assert [outcome.line for outcome in report.records] == [1, 2, 3, 4, 5, 6]
    assert report.known[0].id == report.stored[0].id


async def test_the_same_document_again_stores_nothing(ingest: Ingest) -> None:
    content = jsonl([news(number) for number in range(BATCH + 10)])
    assert len((await ingest.document("news.jsonl", content)).stored) == BATCH + 10
    again = await ingest.document("news.jsonl", content)
    assert (len(again.stored), len(again.known)) == (0, BATCH + 10)


async def test_a_poisonous_record_is_refused_and_the_others_go_on(ingest: Ingest) -> None:
    records = [news(1), {"text": "poison كلمات"}, news(2)]
    report = await ingest.document("news.jsonl", jsonl(records))
    assert [refusal.reason for refusal in report.refused] == [RefusalReason.TOO_SLOW]
    assert report.refused[0].line == 2
    assert len(report.stored) == 2


async def test_a_fault_on_one_record_stops_no_other_and_is_logged(
    ingest: Ingest, caplog: pytest.LogCaptureFixture
) -> None:
    report = await ingest.document("news.jsonl", jsonl([news(1), {"text": "fault كلمات"}, news(2)]))
    assert [refusal.detail for refusal in report.refused] == ["ZeroDivisionError"]
    assert len(report.stored) == 2
    assert "could not be worked out" in caplog.text


async def test_a_fault_on_every_record_is_no_record_s_fault(ingest: Ingest) -> None:
    with pytest.raises(ZeroDivisionError):
        await ingest.document("news.jsonl", jsonl([{"text": f"fault كلمات {n}"} for n in range(3)]))


async def test_progress_is_told_after_each_batch(ingest: Ingest) -> None:
    told: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        told.append((done, total))

    count = 2 * BATCH + 5
    await ingest.document("news.jsonl", jsonl([news(n) for n in range(count)]), progress)
    assert told == [(BATCH, count), (2 * BATCH, count), (count, count)]


async def test_outcomes_come_while_the_rest_is_still_unread(ingest: Ingest, storage: Storage) -> None:
    document = open_document("news.jsonl", jsonl([news(number) for number in range(6 * BATCH)]))
    stream = ingest.stream(document)
    first = await anext(stream)
    stored_so_far = len(await storage.articles.articles(Selection(), None))
    await stream.aclose()  # type: ignore[attr-defined]
    assert first.line == 1
    assert stored_so_far < 6 * BATCH


async def test_a_document_that_cannot_be_read_is_told_as_a_whole(ingest: Ingest) -> None:
    with pytest.raises(UnreadableDocument):
        await ingest.document("scan.pdf", b"%PDF-1.4")


async def test_drafts_and_refusals_are_taken_together(ingest: Ingest) -> None:
    refusal = Refusal(1, RefusalReason.BAD_DATE)
    report = await ingest.drafts([refusal, Draft(title="افتتاح الجسر الجديد", line=2)])
    assert report.refused == (refusal,)
    assert [added.title for added in report.stored] == ["افتتاح الجسر الجديد"]


def test_an_analysis_is_the_same_in_every_process() -> None:
    now = datetime(2018, 5, 17, tzinfo=UTC)
    record = news(3)
    article = Article(str(record["title"]), str(record["text"]), now, now)
    assert analyse(article) == analyse(article)
    assert analyse(article).search_title


async def test_real_processes_do_the_work_and_the_loop_answers_meanwhile(storage: Storage) -> None:
    async with ProcessWorkers(preload=["bot.intake.ingest"]) as workers:
        ingest = Ingest(storage.articles, workers, SystemClock())
        work = asyncio.create_task(ingest.document("n.jsonl", jsonl([news(n) for n in range(200)])))
        slowest = 0.0
        while not work.done():
            began = time.monotonic()
            await storage.articles.articles(Selection(), 10)
            slowest = max(slowest, time.monotonic() - began)
            await asyncio.sleep(0.01)
        assert len(work.result().stored) == 200
    assert slowest < 1


@pytest.mark.news
@pytest.mark.slow
async def test_the_week_is_taken_in_within_a_minute(storage: Storage, shared: Path) -> None:
    content = (shared / "arabic-news-week.jsonl").read_bytes()
    began = time.monotonic()
    async with ProcessWorkers(preload=["bot.intake.ingest"]) as workers:
        ingest = Ingest(storage.articles, workers, SystemClock())
        first = await ingest.document("week.jsonl", content)
        again = await ingest.document("week.jsonl", content)
    assert time.monotonic() - began < 120
    assert len(first.records) == len(first.stored) + len(first.known) == 1191
    assert len(again.known) == 1191

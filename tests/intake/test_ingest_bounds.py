"""What a document in a chat may cost: so many records, so much time, and one line about the rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from bot.clock import SystemClock
from bot.errors import WorkerFailed
from bot.intake import ingest as module
from bot.intake.documents import open_document
from bot.intake.ingest import MOST_RECORDS, Ingest
from bot.model import Attachment, Refusal, RefusalReason
from storage import Storage, opened_storage

T = TypeVar("T")


class SlowWorkers:
    """Takes `seconds` for each piece of work, up to its deadline."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    async def run(
        self,
        function: Callable[..., T],
        *arguments: object,
        deadline: float = 30.0,
        patience: float | None = None,
    ) -> T:
        await asyncio.sleep(min(self.seconds, deadline))
        if self.seconds > deadline:
            raise WorkerFailed("no result in time")
        return function(*arguments)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", lambda: datetime.now(UTC)) as opened:
        yield opened


def table(rows: int) -> bytes:
    return ("title\n" + "".join(f"افتتاح الجسر رقم {number}\n" for number in range(rows))).encode()


async def test_records_beyond_the_cap_are_refused_in_one_line(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 120)
    told: list[tuple[int, int]] = []

    async def progress(done: int, total: int) -> None:
        told.append((done, total))

    ingest = Ingest(storage.articles, SlowWorkers(), SystemClock())
    report = await ingest.document("n.csv", table(5_000), progress)
    assert len(report.stored) == 120
    assert report.refused == (Refusal(122, RefusalReason.TOO_MANY, "120"),)
    assert told[-1] == (121, 121)


async def test_a_document_of_just_so_many_records_is_taken_in_whole(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 120)
    report = await Ingest(storage.articles, SlowWorkers(), SystemClock()).document("n.csv", table(120))
    assert (len(report.stored), report.refused) == (120, ())


async def test_the_command_line_has_no_cap(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RECORDS", 10)
    ingest = Ingest(storage.articles, SlowWorkers(), SystemClock())
    outcomes = [one async for one in ingest.stream(open_document("n.csv", table(60)))]
    assert len(outcomes) == 60


@pytest.mark.parametrize("seconds", [0.1, 60.0])
async def test_when_time_runs_out_the_rest_is_refused_in_one_line_and_may_be_sent_again(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 0.5)
    began = time.monotonic()
    report = await Ingest(storage.articles, SlowWorkers(seconds), SystemClock()).document(
        "n.csv", table(5_000)
    )
    assert time.monotonic() - began < 5
    done = len(report.stored)
    assert report.refused == (Refusal(done + 2, RefusalReason.NO_TIME),)
    assert done < 5_000
    assert (await storage.articles.counts()).articles == done


async def test_three_million_tiny_records_are_answered_for_soon(storage: Storage) -> None:
    content = b"title\n" + b"1\n" * 3_000_000
    began = time.monotonic()
    ingest = Ingest(storage.articles, SlowWorkers(), SystemClock())

    async def progress(_done: int, _total: int) -> None:
        pass

    report = await ingest.document("n.csv", content, progress)
    assert time.monotonic() - began < 20
    assert len(report.records) == MOST_RECORDS + 1
    assert report.records[-1].result == Refusal(10_002, RefusalReason.TOO_MANY, "10000")


async def test_a_text_that_waits_too_long_for_a_process_is_refused(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 0.2)
    report = await Ingest(storage.articles, SlowWorkers(60.0), SystemClock()).text(
        Attachment("خبر جديد")
    )
    assert report.refused == (Refusal(1, RefusalReason.NO_TIME),)

"""A million subscribers, of whom three hundred thousand are due in one minute.

The measured part runs as a process of its own, so that its memory is its own: this file, called with
the database's path.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import samples
from bot.digests.produce import Produce
from bot.intake.ingest import Ingest
from bot.model import Language
from bot.speaking import Speaking
from bot.texts.catalogue import Catalogue
from bot.topics import lexicon
from storage import opened_storage

NOW = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)
"""Half a minute after 08:00 in Cairo."""

SUBSCRIBERS, DUE = 1_000_000, 300_000
EIGHT = 8 * 60

ROOT = Path(__file__).parents[2]

# choices as readers make them: many take everything, the others one or two of a dozen topics
CHATS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :subscribers)
    INSERT INTO chats (id, kind, state, language, times, topics, active, last_digest)
    SELECT n * 7919 + 100000, 'private', 'active', CASE n % 10 WHEN 0 THEN 'en' END,
           CASE WHEN n % 10 < 3 THEN '[480]' ELSE '[' || (n % 1440) || ']' END,
           CASE n % 3 WHEN 0 THEN '["' || (n % 13) || '"]' ELSE '[]' END, 1,
           CASE n % 50 WHEN 0 THEN NULL ELSE :yesterday END
    FROM number
"""

DUE_TIMES = """
    INSERT INTO due_times (chat, minute, due)
    SELECT id, json_extract(times, '$[0]'),
           CASE WHEN times = '[480]' THEN :due ELSE :due + 3600000000 + id % 72000000000 END
    FROM chats
"""


class Clock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Here:
    """Work done in this process, as there is little of it."""

    async def run(self, function: Callable[..., Any], *arguments: object, deadline: float = 30) -> Any:
        return function(*arguments)


async def fill(path: Path) -> None:
    async with opened_storage(f"sqlite:///{path}", Clock().now) as storage:
        ingest = Ingest(storage.articles, Here(), Clock())
        await ingest.document("samples.jsonl", samples.document(NOW))
    due = int((NOW - timedelta(seconds=30)).timestamp()) * 1_000_000
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        values = {"subscribers": SUBSCRIBERS, "yesterday": due - 86_400_000_000, "due": due}
        database.execute(CHATS, values)
        database.execute(DUE_TIMES, values)


@pytest.mark.slow
async def test_three_hundred_thousand_digests_of_a_million_subscribers_are_queued_in_seconds(
    tmp_path: Path,
) -> None:
    path = tmp_path / "million.db"
    await fill(path)
    measured = subprocess.run(
        [sys.executable, __file__, str(path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    figures = json.loads(measured.stdout.splitlines()[-1])
    print(figures)
    assert figures["queued"] == DUE
    assert figures["seconds"] < 10
    assert figures["megabytes"] < 300
    assert figures["longest block, ms"] < 100
    assert figures["idle tick, ms"] < 5


async def measure(path: Path) -> dict[str, float]:
    speaking = Speaking(Catalogue.load(), lexicon.load(), "Africa/Cairo", Language.AR)
    async with opened_storage(f"sqlite:///{path}", Clock().now) as storage:
        produce = Produce(
            storage.chats,
            storage.articles,
            speaking.digest_renderer("mojaz_bot"),
            Clock(),
            zone="Africa/Cairo",
            language=Language.AR,
            wake=lambda: None,
        )
        blocks: list[float] = []
        watching = asyncio.create_task(watch(blocks))
        start, begun = time.perf_counter(), time.process_time()
        queued = await produce.due_digests()
        seconds = time.perf_counter() - start
        processor = time.process_time() - begun
        watching.cancel()
        ticks = [await timed(produce) for _ in range(100)]
        longest = len((await storage.outbox.claimable(NOW, (), 1))[0].message.text)
    return {
        "queued": queued,
        "seconds": round(seconds, 2),
        "of it processor time": round(processor, 2),
        "megabytes": peak_megabytes(),
        "longest block, ms": round(max(blocks) * 1000, 1),
        "idle tick, ms": round(max(ticks) * 1000, 2),
        "characters": longest,
    }


def peak_megabytes() -> int:
    """The most memory that this process held. Not `ru_maxrss`: that keeps, across exec, the peak of the
    process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


async def watch(blocks: list[float]) -> None:
    """How much longer than asked for the loop let a task sleep."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        blocks.append(time.perf_counter() - start - 0.001)


async def timed(produce: Produce) -> float:
    start = time.perf_counter()
    assert await produce.due_digests() == 0
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1])))))

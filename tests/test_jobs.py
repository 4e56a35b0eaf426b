"""Ticks: they keep to the clock, go on after a fault and never overlap."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot import jobs as jobs_module
from bot.jobs import Jobs


@pytest.fixture
async def jobs() -> AsyncIterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()
    await made.finish(1)


async def test_a_tick_that_fails_comes_again(jobs: Jobs) -> None:
    calls = asyncio.Queue[int]()

    async def tick() -> None:
        calls.put_nowait(1)
        raise ValueError("once more")

    jobs.add("failing", 0.05, tick)
    jobs.start()
    for _ in range(3):
        await asyncio.wait_for(calls.get(), 5)


async def test_a_long_tick_is_not_started_twice_and_nobody_is_warned(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    running, most = 0, 0

    async def tick() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1

    jobs.add("long", 0.05, tick)
    jobs.start()
    await asyncio.sleep(0.6)
    assert most == 1
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_ticks_come_at_the_start_and_then_on_whole_multiples(jobs: Jobs) -> None:
    moments: list[float] = []

    async def tick() -> None:
        moments.append(time.time())

    jobs.add("steady", 0.25, tick)
    started = time.time()
    jobs.start()
    await asyncio.sleep(1.1)
    assert moments[0] - started < 0.1
    assert len(moments) >= 4
    # with a load on the machine they come late, but lateness does not add up
    assert all(moment % 0.25 < 0.2 for moment in moments[1:])


async def test_after_days_of_sleep_one_tick_catches_up_at_once(jobs: Jobs) -> None:
    calls: list[datetime] = []

    async def tick() -> None:
        calls.append(datetime.now(UTC))

    jobs.add("asleep", 0.2, tick)
    jobs.start()
    await asyncio.sleep(0.3)
    before = len(calls)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=300), tick=True):
        started = time.perf_counter()
        await asyncio.sleep(0.5)
        assert time.perf_counter() - started < 1.5
        assert before < len(calls) <= before + 5


async def test_a_clock_that_is_set_back_does_not_stop_the_ticks(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "_WATCH", 0.1)
    calls: list[int] = []

    async def tick() -> None:
        calls.append(1)

    jobs.add("set back", 0.1, tick)
    jobs.start()
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=True):
        await asyncio.sleep(0.3)
        before = len(calls)
        await asyncio.sleep(0.4)
        assert len(calls) > before


async def test_a_running_tick_is_let_end_and_cancelled_where_it_does_not() -> None:
    jobs, ended = Jobs(), []

    async def tick(seconds: float, name: str) -> None:
        await asyncio.sleep(seconds)
        ended.append(name)

    jobs.add("short", 60, lambda: tick(0.2, "short"))
    jobs.add("endless", 60, lambda: tick(60, "endless"))
    jobs.start()
    await asyncio.sleep(0.1)
    jobs.stop()
    await jobs.finish(0.5)
    assert ended == ["short"]

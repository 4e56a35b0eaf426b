"""Ticks: they go on after a fault and never overlap."""

from __future__ import annotations

import asyncio

from bot.jobs import Jobs


async def test_a_tick_that_fails_comes_again() -> None:
    jobs, calls = Jobs(), asyncio.Queue[int]()

    async def tick() -> None:
        calls.put_nowait(1)
        raise ValueError("once more")

    jobs.add("failing", 0.05, tick)
    jobs.start()
    for _ in range(3):
        await asyncio.wait_for(calls.get(), 5)
    jobs.stop()


async def test_a_long_tick_is_not_started_twice() -> None:
    jobs, running, most = Jobs(), 0, 0

    async def tick() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1

    jobs.add("long", 0.05, tick)
    jobs.start()
    await asyncio.sleep(0.6)
    jobs.stop()
    assert most == 1

"""The program's timetable: a few fixed ticks, never a job per reader.

The only place that knows APScheduler. What a tick does is handed in; which digests are due is read
from an index of due times, so that a late tick misses none and the number of readers costs nothing.
A kill in a tick leaves what its transactions had finished; the first tick after the start goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

_log = structlog.get_logger(__name__)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_WATCH = 5.0
"""Seconds, on a clock that nobody sets, between two looks at whether the wall clock was set back."""

Tick = Callable[[], Awaitable[object]]


class _Aligned(BaseTrigger):  # type: ignore[misc] # APScheduler ships no types
    """Fires at whole multiples of its period, so that 08:00:00 is such a moment and nothing drifts.

    APScheduler's own interval counts every fire time that a sleeping machine missed (a day of seconds:
    86,400 of them, in one go on the loop); this one goes straight to the next that lies ahead.
    """

    def __init__(self, seconds: float) -> None:
        self.period = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The first multiple after now and after the previous one."""
        latest = max(now, previous) if previous else now
        return _EPOCH + ((latest - _EPOCH) // self.period + 1) * self.period


@dataclass(slots=True)
class _Guarded:
    """A tick that is logged where it fails, and that does not start while it still runs."""

    name: str
    tick: Tick
    running: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        # A task of its own: APScheduler would warn of every tick that a long wave lets pass, and
        # cancel the wave when it is shut down.
        if self.running is None or self.running.done():
            self.running = asyncio.create_task(self._run(), name=f"tick {self.name}")

    async def _run(self) -> None:
        try:
            await self.tick()
        except Exception:
            # the next tick tries again
            _log.exception("tick_failed", tick=self.name)


class Jobs:
    """Fixed ticks on the running loop."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # late ticks are caught up by one; one that still runs is not started a second time
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._guarded: list[_Guarded] = []
        self._watch: asyncio.TimerHandle | None = None

    def add(self, name: str, seconds: float, tick: Tick) -> None:
        """Runs `tick` at the start and then every so many seconds, at whole multiples of them in UTC."""
        guarded = _Guarded(name, tick)
        self._guarded.append(guarded)
        # APScheduler takes nothing but a plain coroutine function onto the loop
        self._scheduler.add_job(
            _starter(guarded),
            _Aligned(seconds),
            id=name,
            name=name,
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        """Starts the ticks; needs a running loop."""
        self._scheduler.start()
        self._watch_clock()

    def stop(self) -> None:
        """No further tick starts; a running one is left to its task, `finish` waits for it."""
        if self._watch:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def finish(self, seconds: float) -> None:
        """After `stop`: lets running ticks end for so long, then cancels them."""
        running = [one.running for one in self._guarded if one.running and not one.running.done()]
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _watch_clock(self) -> None:
        """Where the wall clock was set back, ticks would wait for it to catch up with the old one."""
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            if job.next_run_time - now > job.trigger.period:
                _log.warning("clock_set_back", tick=job.name)
                job.modify(next_run_time=now)
        self._watch = asyncio.get_running_loop().call_later(_WATCH, self._watch_clock)


def _starter(guarded: _Guarded) -> Callable[[], Awaitable[None]]:
    async def start() -> None:
        await guarded()

    return start

"""The program's timetable: a few fixed ticks, never a job per reader.

The only place that knows APScheduler. What a tick does is handed in; which digests are due is read
from an index of due times, so that a late tick misses none and the number of readers costs nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

_log = structlog.get_logger(__name__)

Tick = Callable[[], Awaitable[object]]


class Jobs:
    """Fixed ticks on the running loop."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # late ticks are caught up by one; one that still runs is not started a second time
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def add(self, name: str, seconds: float, tick: Tick) -> None:
        """Runs `tick` every so many seconds, for the first time after as many."""

        async def guarded() -> None:
            try:
                await tick()
            except Exception:
                # the next tick tries again
                _log.exception("tick_failed", tick=name)

        self._scheduler.add_job(guarded, IntervalTrigger(seconds=seconds), id=name, name=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """No further tick starts; a running one is left to its task."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

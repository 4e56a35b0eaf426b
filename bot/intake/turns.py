"""Turns at a host: so many requests at once, and some time between the starts of two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports import Clock

MOST_HOSTS = 1000
"""Hosts that are remembered; beyond it those are forgotten that nobody waits for."""


class _Queue:
    def __init__(self, at_once: int) -> None:
        self.seats = asyncio.Semaphore(at_once)
        self.door = asyncio.Lock()
        self.free_at = float("-inf")
        self.users = 0


class Turns:
    """spacing: seconds between two starts at one host. at_once: requests that it answers together."""

    def __init__(self, clock: Clock, spacing: float, at_once: int) -> None:
        self._clock, self._spacing, self._at_once = clock, spacing, at_once
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Waits for a turn, first come first served; one who gives up waiting leaves no gap."""
        queue = self._queue(host)
        queue.users += 1
        try:
            async with queue.seats:
                await self._wait(queue)
                yield
        finally:
            queue.users -= 1

    async def _wait(self, queue: _Queue) -> None:
        async with queue.door:
            pause = queue.free_at - self._clock.monotonic()
            if pause > 0:
                await self._clock.sleep(pause)
            queue.free_at = self._clock.monotonic() + self._spacing

    def _queue(self, host: str) -> _Queue:
        if host not in self._queues:
            if len(self._queues) >= MOST_HOSTS:
                self._forget()
            self._queues[host] = _Queue(self._at_once)
        return self._queues[host]

    def _forget(self) -> None:
        now = self._clock.monotonic()
        self._queues = {
            host: queue for host, queue in self._queues.items() if queue.users or queue.free_at > now
        }

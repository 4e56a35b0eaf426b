"""How much is written in one transaction: slices by time, with gaps between them for other writers.

A file has one writer at a time. Whoever stores tens of thousands of articles would else keep a reader's
command waiting, in this program or another one on the same file.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

MOST_SECONDS = 0.1
"""Of one transaction, as far as it can be foreseen."""
GAP_SECONDS = 0.006
"""Between two of them; who waits for the file asks every 3 ms (sqlite.py)."""
MOST_PIECES = 200
FIRST_PIECES = 10


class Slicing:
    """Measures how long pieces of work take, and says how many make a slice."""

    def __init__(
        self,
        most: float = MOST_SECONDS,
        gap: float = GAP_SECONDS,
        first: int = FIRST_PIECES,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._most = most
        self._gap = gap
        self._monotonic = monotonic
        self._sleep = sleep
        self._pieces = first
        self._began = self._ended = monotonic() - gap

    @property
    def pieces(self) -> int:
        """How many the next slice should hold, by how long the last ones took."""
        return self._pieces

    @property
    def is_over(self) -> bool:
        """Whether the running slice has had its time: it ends early where pieces grew heavier."""
        return self._monotonic() - self._began > self._most

    def begin(self) -> None:
        self._began = self._monotonic()

    def end(self, pieces: int) -> None:
        """pieces: how many were done since `begin`. A slice at most doubles the one before."""
        self._ended = self._monotonic()
        seconds = max(self._ended - self._began, 1e-6)
        fitting = int(pieces * self._most / seconds)
        self._pieces = max(1, min(fitting, 2 * self._pieces, MOST_PIECES))

    async def gap(self) -> None:
        """Waits until the last slice ended long enough ago for others to have come in."""
        left = self._ended + self._gap - self._monotonic()
        if left > 0:
            await self._sleep(left)

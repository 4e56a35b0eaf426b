"""Room for so many at once; the others wait in line, as long as they have patience.

What the room is for is its owner's: processes of bot/workers.py, answers of handlers/turns.py.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import Busy


class Seats:
    """First come first served.

    Unlike asyncio's semaphore it is bound to no loop, as the processes that it may stand for are not.
    """

    def __init__(self, number: int) -> None:
        self._free = number
        self._line: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def one(self, patience: float | None = None) -> AsyncIterator[None]:
        """A seat, from when it is free; raises as `take` does."""
        await self.take(patience)
        try:
            yield
        finally:
            self.give_back()

    async def take(self, patience: float | None = None) -> None:
        """patience: seconds in line, after which Busy is raised; None waits as long as it takes."""
        called = asyncio.get_running_loop().create_future()
        self._line.append(called)
        self._call()
        try:
            async with asyncio.timeout(patience):
                await called
        except BaseException as error:
            self._leave(called)
            if isinstance(error, TimeoutError):
                raise Busy(f"no room within {patience:g} s") from error
            raise

    def give_back(self) -> None:
        self._free += 1
        self._call()

    def _leave(self, called: asyncio.Future[None]) -> None:
        """Whoever gives up hands on what came at that very moment."""
        if called in self._line:
            self._line.remove(called)
        elif not called.cancelled():
            self.give_back()

    def _call(self) -> None:
        while self._free and self._line:
            called = self._line.popleft()
            if not called.done():
                self._free -= 1
                called.set_result(None)

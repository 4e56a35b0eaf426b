"""A bell: many wait, one rings. Simpler than a condition, as ringing needs no lock and no await."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes all who wait each time it rings. All on one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Waits until `true()` holds, at most so many seconds; whether it holds at the end."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not true():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            await asyncio.wait({future}, timeout=left)
            self._waiting.discard(future)
        return True

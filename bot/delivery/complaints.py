"""Admins hear of what went wrong for good, and are not flooded by it.

A wave of digests that Telegram refuses would else bring each admin as many words as there are readers,
and one reader whose message fails every time one for each message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.ports import Clock

SPAN = 600.0
"""Seconds between two such words."""

T = TypeVar("T")


class Complaints(Generic[T]):
    """Tells of the first failure at once, of those that follow soon as a number.

    tell: (what failed, why, how many others there were since the last word).
    """

    def __init__(self, tell: Callable[[T, str, int], Awaitable[None]], clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._next = clock.monotonic()
        self._held: list[tuple[T, str]] = []
        self._others = 0

    async def add(self, failed: T, cause: str) -> None:
        """One more failure."""
        # of those that are held only the newest is shown, the others are counted
        self._others += len(self._held)
        self._held = [(failed, cause)]
        await self.flush()

    async def flush(self) -> None:
        """Tells what is held, once its time has come."""
        now = self._clock.monotonic()
        if not self._held or now < self._next:
            return
        [(failed, cause)], others = self._held, self._others
        self._held, self._others, self._next = [], 0, now + SPAN
        await self._tell(failed, cause, others)

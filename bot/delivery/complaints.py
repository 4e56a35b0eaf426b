"""Admins hear of messages that will never arrive, and are not flooded by them.

A wave of digests that Telegram refuses would else bring each admin as many words as there are readers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.model import OutboxRow
from bot.ports import Clock

SPAN = 600.0
"""Seconds between two such words."""

Tell = Callable[[OutboxRow, str, int], Awaitable[None]]
"""(a message that will never arrive, why, how many others there were since the last word)."""


class Complaints:
    """Tells of the first dead letter at once, of those that follow soon as a number."""

    def __init__(self, tell: Tell, clock: Clock) -> None:
        self._tell = tell
        self._clock = clock
        self._next = clock.monotonic()
        self._held: list[tuple[OutboxRow, str]] = []
        self._others = 0

    async def add(self, row: OutboxRow, cause: str) -> None:
        """One more dead letter."""
        # of those that are held only the newest is shown, the others are counted
        self._others += len(self._held)
        self._held = [(row, cause)]
        await self.flush()

    async def flush(self) -> None:
        """Tells what is held, once its time has come."""
        now = self._clock.monotonic()
        if not self._held or now < self._next:
            return
        [(row, cause)], others = self._held, self._others
        self._held, self._others, self._next = [], 0, now + SPAN
        await self._tell(row, cause, others)

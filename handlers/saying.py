"""Long work says how far it is: one message that is edited, through the outbox like all others."""

from __future__ import annotations

from collections.abc import Callable

from bot.model import OutboxId, OutboxMessage, Reply
from bot.ports import Clock, Outbox

BETWEEN = 2.0
"""Seconds between two edits: a chat takes one message a second, and the answer is to come too."""


class Saying:
    """A Say (bot.ports) for one question.

    put: makes a message of a reply; the row, where there is one, is edited by it.
    """

    def __init__(
        self,
        outbox: Outbox,
        clock: Clock,
        put: Callable[[Reply, OutboxId | None], OutboxMessage],
        wake: Callable[[], None],
        row: OutboxId | None = None,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._put = put
        self._wake = wake
        self.row = row
        self._last = float("-inf")

    async def __call__(self, reply: Reply) -> None:
        """Queues it, or leaves it out where the one before is too young: the answer follows anyway."""
        now = self._clock.monotonic()
        if now - self._last < BETWEEN:
            return
        self._last = now
        rows = await self._outbox.queue([self._put(reply, self.row)])
        self.row = self.row or rows[0]
        self._wake()

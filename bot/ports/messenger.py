"""The way to Telegram."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.model import MessageId, OutboxMessage, Outcome, Reply

Say = Callable[[Reply], Awaitable[None]]
"""Says how long work goes on: the first call sends a message, later ones and the answer edit it."""


class Messenger(Protocol):
    """The way to Telegram."""

    async def send(self, message: OutboxMessage, edits: MessageId | None) -> Outcome:
        """Sends or edits one message; never raises for what Telegram or the network does.

        edits: the message to edit, resolved; None sends a new one.
        """
        ...

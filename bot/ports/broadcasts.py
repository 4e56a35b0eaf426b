"""What storage does for messages to every subscriber."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.model import Audience, Broadcast, ChatId


class Broadcasts(Protocol):
    """Messages to every subscriber."""

    async def ask(self, text: str) -> int:
        """Keeps it until it is confirmed; its number."""
        ...

    async def begin(self, number: int) -> Broadcast | None:
        """From now on it is queued; one that goes or is done already stays as it is."""
        ...

    async def get(self, number: int) -> Broadcast | None: ...

    async def cancel(self, number: int) -> bool:
        """False for one that goes or is done, and for none."""
        ...

    async def subscribers(self) -> int:
        """Active chats with an active subscription."""
        ...

    async def audience(self, number: int, limit: int) -> Audience | None:
        """Whom a broadcast has not reached yet; None where it does not go (any more)."""
        ...

    async def queue(self, number: int, audience: Audience, quiet: Collection[ChatId]) -> None:
        """Queues it for them and moves on, at once; for nobody: it is done.

        quiet: the chats that get it without a sound. Where it has moved on from `audience.after`
        already, nothing happens.
        """
        ...

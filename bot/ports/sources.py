"""What storage does for channels whose posts are articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.model import ChannelSource, ChatId


class ChannelSources(Protocol):
    """Channels whose posts are stored as articles."""

    async def add(self, chat: ChatId, title: str, username: str) -> None:
        """Makes the channel a source, or renews its title and username."""
        ...

    async def remove(self, chat: ChatId) -> bool:
        """False where it was none."""
        ...

    async def holds(self, chat: ChatId) -> bool: ...

    async def all(self) -> Sequence[ChannelSource]:
        """Oldest first."""
        ...

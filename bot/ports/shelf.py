"""What storage does for stories that chats keep."""

from __future__ import annotations

from typing import Protocol

from bot.model import ChatId, Kept, ShelfPage, StoryId


class Shelf(Protocol):
    """Stories that chats keep for later."""

    async def keep(self, chat: ChatId, story: StoryId) -> Kept:
        """Keeps it; one that is kept already stays where it is."""
        ...

    async def drop(self, chat: ChatId, story: StoryId) -> bool:
        """False where it was not kept."""
        ...

    async def holds(self, chat: ChatId, story: StoryId) -> bool: ...

    async def page(self, chat: ChatId, offset: int, limit: int) -> ShelfPage:
        """What the chat keeps, the one kept last first."""
        ...

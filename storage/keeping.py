"""Stories that chats keep for later (bot.ports.Shelf).

A story's end takes it off every shelf (articles.py); a group's move takes its shelf along
(chat_rows.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.model import ChatId, Kept, ShelfPage, StoryId
from storage.database import Database
from storage.values import stamp

MOST_KEPT = 500
"""Stories of one chat: a hundred pages, far beyond what anyone reads again."""

_IS_KEPT = "SELECT saved FROM saved WHERE chat = :chat AND story = :story"

_COUNT = "SELECT COUNT(*) AS kept FROM saved WHERE chat = :chat"

_KEEP = """
    INSERT INTO saved (chat, story, saved) SELECT :chat, id, :now FROM stories WHERE id = :story
    RETURNING story
"""

_DROP = "DELETE FROM saved WHERE chat = :chat AND story = :story RETURNING story"

_PAGE = """
    SELECT story FROM saved WHERE chat = :chat
    ORDER BY saved DESC, story DESC LIMIT :limit OFFSET :offset
"""


class SqlShelf:
    """bot.ports.Shelf over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, chat: ChatId, story: StoryId) -> Kept:
        values = {"chat": chat, "story": story, "now": stamp(self._clock())}
        async with self._database.transaction() as transaction:
            if await transaction.fetch_one(_IS_KEPT, values):
                return Kept.ALREADY
            row = await transaction.fetch_one(_COUNT, values)
            if row is not None and row["kept"] >= MOST_KEPT:
                return Kept.FULL
            return Kept.NEW if await transaction.fetch_all(_KEEP, values) else Kept.GONE

    async def drop(self, chat: ChatId, story: StoryId) -> bool:
        return bool(await self._database.change(_DROP, {"chat": chat, "story": story}))

    async def holds(self, chat: ChatId, story: StoryId) -> bool:
        return await self._database.fetch_one(_IS_KEPT, {"chat": chat, "story": story}) is not None

    async def page(self, chat: ChatId, offset: int, limit: int) -> ShelfPage:
        values = {"chat": chat, "offset": offset, "limit": limit}
        rows = await self._database.fetch_all(_PAGE, values)
        count = await self._database.fetch_one(_COUNT, values)
        return ShelfPage(tuple(StoryId(row["story"]) for row in rows), count["kept"] if count else 0)

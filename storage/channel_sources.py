"""Channels whose posts are stored as articles (bot.ports.ChannelSources)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.model import ChannelSource, ChatId
from storage.database import Database, Row
from storage.values import stamp

_ADD = """
    INSERT INTO channel_sources (chat, title, username, since) VALUES (:chat, :title, :username, :since)
    ON CONFLICT (chat) DO UPDATE SET title = excluded.title, username = excluded.username
"""

_REMOVE = "DELETE FROM channel_sources WHERE chat = :chat RETURNING chat"

# the names of a channel's posts begin with `tg:CHAT/`, and "0" is the sign that follows "/"
_COLUMNS = """
    chat, title, username, (
        SELECT COUNT(DISTINCT article) FROM article_names
        WHERE name >= 'tg:' || chat || '/' AND name < 'tg:' || chat || '0'
    ) AS articles
"""

_ALL = f"SELECT {_COLUMNS} FROM channel_sources ORDER BY since, chat"  # noqa: S608 - made of constants

_HOLDS = "SELECT chat FROM channel_sources WHERE chat = :chat"


class SqlChannelSources:
    """bot.ports.ChannelSources over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, chat: ChatId, title: str, username: str) -> None:
        values = {"chat": chat, "title": title, "username": username, "since": stamp(self._clock())}
        await self._database.change(_ADD, values)

    async def remove(self, chat: ChatId) -> bool:
        return bool(await self._database.change(_REMOVE, {"chat": chat}))

    async def holds(self, chat: ChatId) -> bool:
        return await self._database.fetch_one(_HOLDS, {"chat": chat}) is not None

    async def all(self) -> Sequence[ChannelSource]:
        return [_channel(row) for row in await self._database.fetch_all(_ALL)]


def _channel(row: Row) -> ChannelSource:
    return ChannelSource(ChatId(row["chat"]), row["title"], row["username"], row["articles"])

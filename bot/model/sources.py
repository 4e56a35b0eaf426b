"""Where articles come from, as readers and admins see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ChatId


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source with what came from it."""

    name: str
    articles: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class ChannelSource:
    """A Telegram channel whose posts are stored as articles."""

    chat: ChatId
    title: str
    username: str
    """Without @; empty where the channel is private."""
    articles: int
    """That came from it and are still stored."""

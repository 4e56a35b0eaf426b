"""What the operator asks for: figures, and copies of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.ids import TopicId


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures for /stats."""

    articles: int
    stories: int
    sources: int
    chats: int
    subscribers: int
    sent: int
    queued: int
    dead: int
    by_topic: Mapping[TopicId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """A copy of the whole database: its content, or where the file lies that is too large for one."""

    name: str
    path: str
    size: int
    """Bytes."""
    content: bytes | None
    kept: int = 0
    """How many such files stay where it lies, the newest ones."""

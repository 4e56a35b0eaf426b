"""What comes in from Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import UpdateId


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update as Telegram sent it."""

    id: UpdateId
    payload: str
    """JSON."""
    received: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a command: the text or document that it answers, or its own document."""

    text: str = ""
    source: str = ""
    """Where a forwarded message came from: a channel's title."""
    url: str = ""
    published: datetime | None = None
    file_name: str = ""
    content: bytes | None = None
    """The document's bytes; None where there is no document."""

"""What goes out: answers, messages, their buttons and documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.ids import ChatId, MessageId, OutboxId


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: it opens `url`, or sends `action` back (at most 64 bytes)."""

    label: str
    action: str = ""
    url: str = ""


ButtonRows = tuple[tuple[Button, ...], ...]
"""Rows in the order in which Telegram shows them, left to right."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a message, whose text is then its caption (1,024 units at most)."""

    name: str
    content: bytes
    """Never empty."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer says: one message in Telegram's HTML, its buttons, and a toast.

    For a pressed button the message is edited in place; an empty text leaves it as it is, and
    `toast` is shown either way.
    """

    text: str = ""
    buttons: ButtonRows = ()
    toast: str = ""
    alert: bool = False
    """Show the toast as a window that must be closed."""
    preview: bool = False
    """Whether Telegram may preview the first link."""
    document: Document | None = None
    """Comes as a new message; for a pressed button beside the message that has it, which stays."""


class Lane(StrEnum):
    """What is sent first: the order here is the order of sending."""

    REPLY = "reply"
    ALERT = "alert"
    DIGEST = "digest"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message that is to be sent, or an edit of one that was."""

    chat: ChatId
    text: str
    lane: Lane
    buttons: ButtonRows = ()
    preview: bool = False
    silent: bool = False
    reply_to: MessageId | None = None
    thread: int | None = None
    """A forum's topic."""
    edits: MessageId | None = None
    """Edit this message of the bot's instead of sending a new one."""
    edits_row: OutboxId | None = None
    """Edit what that row sent; where it was never sent, send a new message."""
    document: Document | None = None
    """Sent as a new message, whatever was to be edited."""

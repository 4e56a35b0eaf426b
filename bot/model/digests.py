"""Digests: when they are due, the ledger of those that were made, and one that is ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.model.chats import Chat
from bot.model.ids import ChatId
from bot.model.messages import OutboxMessage


@dataclass(frozen=True, slots=True)
class DueTime:
    """When one of a chat's digest times comes next."""

    at: time
    due: datetime


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest that is due now or overdue."""

    chat: Chat
    at: time
    due: datetime
    previous: datetime | None = None
    """From which moment it was moved on to `due`; None where it was not moved since it was chosen."""


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """The ledger's line of one digest: unique by chat, local date and chosen time."""

    chat: ChatId
    local_date: date
    at: time
    covers_until: datetime
    stories: int


@dataclass(frozen=True, slots=True)
class MadeDigest:
    """A digest that is ready: its line in the ledger, its message, and when it comes next."""

    record: DigestRecord
    message: OutboxMessage
    next_due: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A digest time that moves on without a digest."""

    chat: ChatId
    at: time
    next_due: datetime

"""Messages in the queue, and how the sending of one ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.chats import ChatState
from bot.model.ids import ChatId, MessageId, OutboxId
from bot.model.messages import OutboxMessage


class OutboxState(StrEnum):
    QUEUED = "queued"
    IN_FLIGHT = "in-flight"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message with its place in the queue."""

    id: OutboxId
    message: OutboxMessage
    attempts: int
    """How often it was already tried."""


@dataclass(frozen=True, slots=True)
class Recent:
    """What a former run did that the next one must mind."""

    groups: tuple[tuple[ChatId, datetime], ...] = ()
    """The groups that got messages, with the moments, oldest first."""
    held_until: datetime | None = None
    """Until when nothing may go to anyone."""


@dataclass(frozen=True, slots=True)
class Sent:
    message: MessageId


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Telegram said 429: nothing may go to this chat before `seconds` are over."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ChatLost:
    """The chat cannot be reached: blocked by its user (BLOCKED) or not there any more (GONE)."""

    state: ChatState
    cause: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with a new id."""

    to: ChatId


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message: a dead letter."""

    cause: str


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """Nobody knows whether it arrived, or Telegram is ill (5xx): try again later."""

    cause: str


Outcome = Sent | RetryAfter | ChatLost | Migrated | Refused | NetworkFault
"""How the sending of one message ended (handlers/messenger.py tells them apart, once)."""

"""Chats and their subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.model.ids import ChatId, TopicId
from bot.model.preferences import NO_PREFERENCES, Language, Preferences


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatState(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"
    """The reader blocked the bot, or the bot was put out of the chat: settings are kept."""
    GONE = "gone"
    """The chat does not exist any more, or its user is deactivated."""


EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
"""Weekdays as date.weekday() counts them: 0 is Monday."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What digests a chat asked for."""

    times: tuple[time, ...]
    """Local times of day, to the minute, sorted."""
    topics: tuple[TopicId, ...] = ()
    """Empty: all news."""
    active: bool = True
    """False after /unsubscribe, which one tap undoes."""
    days: tuple[int, ...] = EVERY_DAY
    """The weekdays on which digests come, sorted; never empty."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and what it chose. No names, no texts: the least that is needed."""

    id: ChatId
    kind: ChatKind
    state: ChatState = ChatState.ACTIVE
    language: Language | None = None
    """What was chosen for the chat."""
    heard: Language | None = None
    """What its reader's Telegram speaks: where none was chosen, digests are in it as answers are."""
    zone: str | None = None
    """IANA name; None: the operator's TIMEZONE."""
    follows: tuple[TopicId, ...] = ()
    subscription: Subscription | None = None
    last_digest: datetime | None = None
    """Up to when the chat's last digest covered the news."""
    preferences: Preferences = NO_PREFERENCES

"""What storage does for chats, their subscriptions and their digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from bot.model import (
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    DigestRecord,
    DueDigest,
    DueTime,
    Language,
    MadeDigest,
    Moved,
    OutboxMessage,
    Subscription,
    TopicId,
)


class Chats(Protocol):
    """Chats, their subscriptions, and the ledger of digests."""

    async def seen(self, chat: ChatId, kind: ChatKind, heard: Language | None = None) -> Chat:
        """The chat as it is known, stored now where it is new.

        heard: its reader's language; None leaves what was heard before.

        A lost chat that writes is active again.
        """
        ...

    async def get(self, chat: ChatId) -> Chat | None: ...

    async def subscribe(self, chat: ChatId, subscription: Subscription, due: Sequence[DueTime]) -> None:
        """Sets the chat's subscription and when each of its times comes next."""
        ...

    async def unsubscribe(self, chat: ChatId) -> Subscription | None:
        """Ends it at once and keeps it inactive for an undo; None where none was active."""
        ...

    async def follow(self, chat: ChatId, topics: Sequence[TopicId]) -> None:
        """Sets the topics that lead the chat's digests."""
        ...

    async def choose(self, chat: Chat, due: Sequence[DueTime]) -> None:
        """Stores the chat's language, zone and preferences, and moves its digest times to `due`.

        due: needed where the zone changed; empty leaves the times where they are.
        """
        ...

    async def set_state(self, chat: ChatId, state: ChatState) -> None:
        """Marks a chat as lost or back. A lost chat's queued messages are dead letters."""
        ...

    async def migrate(self, old: ChatId, new: ChatId) -> None:
        """Moves all that is kept of a group to its new id: settings, subscription, ledger, queue."""
        ...

    async def due(
        self, now: datetime, limit: int, after: DueDigest | None = None
    ) -> Sequence[DueDigest]:
        """Digests of active chats that are due at `now`, longest overdue first.

        after: only those that stand behind it in this order.
        """
        ...

    async def astray(self, furthest: datetime, limit: int) -> Sequence[DueDigest]:
        """Digests of active chats that are due after `furthest` only, the latest first."""
        ...

    async def bring_back(self, moved: Sequence[Moved], now: datetime) -> None:
        """Moves due times to where they belong, all at once, and takes back what was noted of their
        chats in days to come: lines of the ledger, and up to when their digests cover the news."""
        ...

    async def digests_on(self, chat: ChatId, local_date: date) -> Sequence[time]:
        """The chosen times whose digest the ledger has for that local date."""
        ...

    async def record_digest(
        self, record: DigestRecord, messages: Sequence[OutboxMessage], next_due: datetime
    ) -> bool:
        """The ledger's line, the outbox rows and the next due time, at once.

        False where the ledger already had that line: nothing is queued, only the due time moves.
        """
        ...

    async def record_digests(self, made: Sequence[MadeDigest]) -> int:
        """As record_digest for each of them, all at once; how many were queued."""
        ...

    async def move_on(self, moved: Sequence[Moved]) -> None:
        """Moves due times on without a digest, all at once."""
        ...

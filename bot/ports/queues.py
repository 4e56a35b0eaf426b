"""The queues in storage: updates that wait for their answer, messages that are to be sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import (
    ChatId,
    MessageId,
    OutboxId,
    OutboxMessage,
    OutboxRow,
    Outcome,
    Recent,
    StoredUpdate,
    UpdateId,
)


class Inbox(Protocol):
    """Updates that Telegram handed over and that are not yet answered."""

    async def record(self, updates: Sequence[StoredUpdate]) -> Sequence[StoredUpdate]:
        """Stores updates before they are confirmed to Telegram; gives back those that are new."""
        ...

    async def pending(self) -> Sequence[StoredUpdate]:
        """What a former run left unanswered, in order."""
        ...

    async def done(self, update: UpdateId) -> None:
        """Nothing is to be said to this update."""
        ...

    async def failed(self, update: UpdateId, cause: str) -> int:
        """Counts a failed try and gives the number of tries so far."""
        ...

    async def set_aside(self, update: UpdateId, cause: str) -> None:
        """Puts a poisonous update away, with its cause, so that it is not tried again."""
        ...


class Outbox(Protocol):
    """Messages that are to be sent."""

    async def reply(
        self, update: UpdateId | None, messages: Sequence[OutboxMessage]
    ) -> Sequence[OutboxId]:
        """Queues the answer and marks the update as done, at once.

        Where the update is already done nothing is queued: it was answered before.
        """
        ...

    async def queue(self, messages: Sequence[OutboxMessage]) -> Sequence[OutboxId]: ...

    async def claimable(
        self, now: datetime, busy: Collection[ChatId], limit: int
    ) -> Sequence[OutboxRow]:
        """Queued rows that may be sent now: by lane, then oldest; the oldest one of each chat alone.

        Rows of chats in `busy` and rows put off beyond `now` are left out. Marks nothing.
        """
        ...

    async def mark_in_flight(self, row: OutboxId) -> bool:
        """Before the call, so that a kill during it is seen at the next start.

        False where the row does not wait any more: it was taken back since it was claimed.
        """
        ...

    async def settle(self, row: OutboxRow, outcome: Outcome, retry_at: datetime | None) -> None:
        """Closes a try.

        Sent, Refused: done. ChatLost: the chat is marked, its queued rows are dead letters.
        Migrated: all that is kept of the chat moves, the row is queued again. RetryAfter and
        NetworkFault: queued again, not before `retry_at`; None makes it a dead letter.
        """
        ...

    async def recover(self) -> int:
        """At the start: rows in flight when the program died are queued again; how many."""
        ...

    async def recent(self, since: datetime, soonest: datetime) -> Recent:
        """At the start: what a former run left to be minded.

        since: messages that groups got after then are told. soonest: a chat that is held back no longer
        than until then was held back by a short 429, which holds back everything.
        """
        ...

    async def sent_message(self, row: OutboxId) -> MessageId | None:
        """The message that a row became; None where it was never sent."""
        ...

    async def next_retry(self) -> datetime | None:
        """When the earliest row that is put off may be tried; None where there is none."""
        ...

    async def sweep(self, before: datetime) -> int:
        """Forgets what was sent, answered or set aside before then; how many rows."""
        ...

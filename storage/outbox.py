"""Messages on their way out (bot.ports.Outbox).

A row is queued, in flight while its call runs, then sent or dead. Only the oldest open row of a chat
in a lane is at the front and may be sent (queue_rows.py); how fast is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from bot.model import (
    ChatId,
    ChatLost,
    MessageId,
    Migrated,
    NetworkFault,
    OutboxId,
    OutboxMessage,
    OutboxRow,
    Outcome,
    Recent,
    Refused,
    RetryAfter,
    Sent,
    UpdateId,
)
from storage import chat_rows, inbox, queue_rows
from storage.database import Database, Parameters
from storage.values import moment, stamp

Change = tuple[str, Parameters]
"""A statement and its values."""

_SLICE = 2_000
"""Rows that sweeping takes at a time, so that writers get their turn in between."""

_LEDGER_DAYS = 3
"""The ledger is asked about today's and yesterday's dates of any zone alone."""

# A chat waits while one of its rows is in flight, or holds it back after a 429 (whichever lane that row
# is in); an edit waits until the row that it edits is sent or dead.
_MAY_GO = """
    o.chat NOT IN :busy
    AND NOT EXISTS (SELECT 1 FROM outbox AS f WHERE f.chat = o.chat AND f.state = 'in-flight')
    AND NOT EXISTS (SELECT 1 FROM outbox AS h
                    WHERE h.chat = o.chat AND h.holds_chat = 1 AND h.not_before > :now)
    AND NOT EXISTS (SELECT 1 FROM outbox AS e
                    WHERE e.id = o.edits_row AND e.state IN ('queued', 'in-flight'))
"""

_COLUMNS = """
    o.id, o.chat, o.lane, o.attempts, o.preview, o.silent, o.reply_to, o.thread, o.edits, o.edits_row,
    COALESCE((SELECT t.text FROM shared_texts AS t WHERE t.id = o.shared), o.text) AS text,
    COALESCE((SELECT t.buttons FROM shared_texts AS t WHERE t.id = o.shared), o.buttons) AS buttons,
    (SELECT d.name FROM outbox_files AS d WHERE d.id = o.id) AS file,
    (SELECT d.content FROM outbox_files AS d WHERE d.id = o.id) AS content
"""

_READY = f"""
    SELECT {_COLUMNS} FROM outbox AS o
    WHERE o.state = 'queued' AND o.front = 1 AND o.not_before = 0 AND {_MAY_GO}
    ORDER BY o.lane, o.id LIMIT :limit
"""  # noqa: S608 - made of constants

_PUT_OFF_UNTIL_NOW = f"""
    SELECT {_COLUMNS} FROM outbox AS o
    WHERE o.state = 'queued' AND o.front = 1 AND o.not_before > 0 AND o.not_before <= :now AND {_MAY_GO}
    ORDER BY o.not_before, o.id LIMIT :limit
"""  # noqa: S608 - made of constants

_MARK = (
    "UPDATE outbox SET state = 'in-flight', attempts = attempts + 1"
    " WHERE id = :id AND state = 'queued' RETURNING id"
)

# what was sent keeps its place for edits and the figures, not its words
_CLOSE = """
    UPDATE outbox SET state = :state, front = 0, holds_chat = 0, shared = NULL,
                      text = '', buttons = '[]', message = :message, cause = :cause, closed = :now
    WHERE id = :id AND state IN ('queued', 'in-flight')
"""

# before the row is closed: one that is closed already counts no second time
_COUNT = """
    UPDATE numbers SET value = value + 1
    WHERE name = :state AND EXISTS (
        SELECT 1 FROM outbox WHERE id = :id AND state IN ('queued', 'in-flight')
    )
"""

_NEXT_TO_FRONT = """
    UPDATE outbox SET front = 1 WHERE id = (
        SELECT MIN(n.id) FROM outbox AS n JOIN outbox AS closed ON closed.id = :id
        WHERE n.chat = closed.chat AND n.lane = closed.lane AND n.state IN ('queued', 'in-flight')
    )
"""

_DROP_FILE = "DELETE FROM outbox_files WHERE id = :id"

_CLOSING = (_COUNT, _CLOSE, _DROP_FILE, _NEXT_TO_FRONT)

_AGAIN = """
    UPDATE outbox SET state = 'queued', not_before = :not_before, holds_chat = :holds_chat,
                      cause = :cause
    WHERE id = :id AND state IN ('queued', 'in-flight')
"""

_RECOVER = "UPDATE outbox SET state = 'queued' WHERE state = 'in-flight' RETURNING id"

_TO_GROUPS = """
    SELECT chat, closed FROM outbox WHERE state IN ('sent', 'dead') AND closed > :since AND chat < 0
    ORDER BY closed LIMIT :limit
"""

_HELD_UNTIL = (
    "SELECT MAX(not_before) AS until FROM outbox WHERE holds_chat = 1 AND not_before <= :soonest"
)

_MOST_REMEMBERED = 60_000
"""Messages to groups of the last minute: as many as go out in one at the highest rate."""

_SENT_MESSAGE = "SELECT message FROM outbox WHERE id = :id AND state = 'sent'"

# `> 0` says nothing new, but lets SQLite see that its partial index will do
_NEXT_RETRY = """
    SELECT not_before AS at FROM outbox
    WHERE state = 'queued' AND front = 1 AND not_before > 0 AND not_before > :now
    ORDER BY not_before LIMIT 1
"""

_SWEEPS = (
    """
    DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE state IN ('sent', 'dead') AND closed < :before LIMIT :slice
    ) RETURNING id
    """,
    """
    DELETE FROM inbox WHERE id IN (
        SELECT id FROM inbox WHERE state IN ('done', 'aside') AND closed < :before LIMIT :slice
    ) RETURNING id
    """,
    """
    DELETE FROM shared_texts WHERE id IN (
        SELECT id FROM shared_texts WHERE queued < :before AND id NOT IN (
            SELECT shared FROM outbox WHERE state IN ('queued', 'in-flight') AND shared IS NOT NULL
        ) LIMIT :slice
    ) RETURNING id
    """,
    """
    DELETE FROM digests WHERE (chat, local_date, minute) IN (
        SELECT chat, local_date, minute FROM digests
        WHERE local_date < :first_kept LIMIT :slice
    ) RETURNING chat
    """,
)


class SqlOutbox:
    """bot.ports.Outbox over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def reply(
        self, update: UpdateId | None, messages: Sequence[OutboxMessage]
    ) -> Sequence[OutboxId]:
        async with self._database.transaction() as transaction:
            now = stamp(self._clock())
            if update is not None and not await inbox.close(transaction, update, now):
                return []
            return await queue_rows.put(transaction, messages)

    async def queue(self, messages: Sequence[OutboxMessage]) -> Sequence[OutboxId]:
        if not messages:
            return []
        async with self._database.transaction() as transaction:
            return await queue_rows.put(transaction, messages)

    async def claimable(
        self, now: datetime, busy: Collection[ChatId], limit: int
    ) -> Sequence[OutboxRow]:
        """May give fewer than `limit` while there are more: a chat's rows of several lanes count."""
        values = {"now": stamp(now), "busy": list(busy), "limit": limit}
        rows = await self._database.fetch_all(_READY, values)
        rows += await self._database.fetch_all(_PUT_OFF_UNTIL_NOW, values)
        rows.sort(key=lambda row: (row["lane"], row["id"]))
        first_of_chat = {row["chat"]: row for row in reversed(rows)}
        return [queue_rows.outbox_row(row) for row in rows if first_of_chat[row["chat"]] is row][:limit]

    async def mark_in_flight(self, row: OutboxId) -> bool:
        return bool(await self._database.change(_MARK, {"id": row}))

    async def settle(self, row: OutboxRow, outcome: Outcome, retry_at: datetime | None) -> None:
        now = stamp(self._clock())
        match outcome:
            case Sent(message):
                await self._database.change_all(_closed(row.id, now, "sent", message=message))
            case Refused(cause):
                await self._database.change_all(_closed(row.id, now, "dead", cause=cause))
            case RetryAfter() | NetworkFault():
                await self._database.change_all(_put_off(row.id, outcome, retry_at, now))
            case ChatLost(state, cause):
                async with self._database.transaction() as transaction:
                    for sql, values in _closed(row.id, now, "dead", cause=cause):
                        await transaction.execute(sql, values)
                    await chat_rows.set_state(transaction, row.message.chat, state, now, cause)
            case Migrated(to):
                async with self._database.transaction() as transaction:
                    await transaction.execute(*_again(row.id, 0, cause=f"moved to {to}"))
                    await chat_rows.move(transaction, row.message.chat, to)
            case _:
                assert_never(outcome)

    async def recover(self) -> int:
        return len(await self._database.change(_RECOVER))

    async def recent(self, since: datetime, soonest: datetime) -> Recent:
        rows = await self._database.fetch_all(
            _TO_GROUPS, {"since": stamp(since), "limit": _MOST_REMEMBERED}
        )
        held = await self._database.fetch_one(_HELD_UNTIL, {"soonest": stamp(soonest)})
        until = None if held is None or held["until"] is None else moment(held["until"])
        return Recent(tuple((ChatId(row["chat"]), moment(row["closed"])) for row in rows), until)

    async def sent_message(self, row: OutboxId) -> MessageId | None:
        found = await self._database.fetch_one(_SENT_MESSAGE, {"id": row})
        return None if found is None else MessageId(found["message"])

    async def next_retry(self) -> datetime | None:
        """A row whose time has come is not put off any more."""
        row = await self._database.fetch_one(_NEXT_RETRY, {"now": stamp(self._clock())})
        return None if row is None else moment(row["at"])

    async def sweep(self, before: datetime) -> int:
        """Also the ledger of digests of days that nobody asks about any more."""
        first_kept = (before - timedelta(days=_LEDGER_DAYS)).date().isoformat()
        values = {"before": stamp(before), "first_kept": first_kept, "slice": _SLICE}
        swept = 0
        for sql in _SWEEPS:
            while rows := await self._database.change(sql, values):
                swept += len(rows)
        return swept


def _closed(
    row: OutboxId, now: int, state: str, *, message: MessageId | None = None, cause: str = ""
) -> list[Change]:
    """Ends a row as `sent` or `dead` and lets the next of its chat and lane come to the front."""
    values = {"id": row, "state": state, "message": message, "cause": cause, "now": now}
    return [(sql, values) for sql in _CLOSING]


def _put_off(
    row: OutboxId, outcome: RetryAfter | NetworkFault, retry_at: datetime | None, now: int
) -> list[Change]:
    limited = isinstance(outcome, RetryAfter)
    cause = f"retry after {outcome.seconds:g} s" if isinstance(outcome, RetryAfter) else outcome.cause
    if retry_at is None:
        return _closed(row, now, "dead", cause=cause)
    return [_again(row, stamp(retry_at), cause=cause, holds_chat=limited)]


def _again(row: OutboxId, not_before: int, *, cause: str, holds_chat: bool = False) -> Change:
    return _AGAIN, {"id": row, "not_before": not_before, "holds_chat": int(holds_chat), "cause": cause}

"""All that is stored of one chat: shown to it, and taken out (bot.ports.Traces).

Every table with a column that names a chat stands here; tests/storage/test_forgetting.py compares this
with the schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.model import ChatId
from storage import chat_rows
from storage.database import Database, Reading, Row, Transaction
from storage.queue_rows import LANES, OF_CHAT
from storage.values import from_json, moment, moment_or_none, stamp, time_of

NAMING = ("chats", "due_times", "digests", "outbox", "saved", "forgetting")
"""The tables that name chats in a column; the inbox names them inside of its payloads."""

_CHAT = f"SELECT {chat_rows.COLUMNS} FROM chats AS c WHERE c.id = :chat"  # noqa: S608 - made of constants

_DUE = "SELECT minute, due, held FROM due_times WHERE chat = :chat ORDER BY minute"

_LEDGER = """
    SELECT local_date, minute, covers_until, stories FROM digests WHERE chat = :chat
    ORDER BY local_date, minute
"""

_SAVED = """
    SELECT s.story, s.saved, (
        SELECT a.title FROM articles AS a WHERE a.story = s.story ORDER BY a.recency DESC LIMIT 1
    ) AS title
    FROM saved AS s WHERE s.chat = :chat ORDER BY s.saved DESC, s.story DESC
"""

_MESSAGES = f"""
    SELECT id, lane, state, message, attempts, cause, closed, not_before,
           COALESCE((SELECT t.text FROM shared_texts AS t WHERE t.id = outbox.shared), text) AS text
    FROM outbox WHERE {OF_CHAT} ORDER BY id
"""  # noqa: S608 - made of constants

# each state apart, so that SQLite sees that its partial indexes will do
_MENTIONED = """
    SELECT id, state, payload, received, tries, cause FROM inbox
    WHERE id IN (
        SELECT id FROM inbox WHERE state = 'waiting' UNION ALL SELECT id FROM inbox WHERE state = 'aside'
    ) AND (payload LIKE :like OR cause LIKE :like) ORDER BY id
"""

_FORGET_FILES = f"""
    DELETE FROM outbox_files WHERE id IN (SELECT id FROM outbox WHERE {OF_CHAT})
"""  # noqa: S608 - made of constants

_FORGET_QUEUE = f"DELETE FROM outbox WHERE {OF_CHAT}"  # noqa: S608 - made of constants

# a chat that is gone is passed over by a broadcast whether it begins before it or behind it
_ERASE = (
    "DELETE FROM due_times WHERE chat = :chat",
    "DELETE FROM digests WHERE chat = :chat",
    "DELETE FROM saved WHERE chat = :chat",
    _FORGET_FILES,
    _FORGET_QUEUE,
    "UPDATE broadcasts SET reached = reached - 1 WHERE reached = :chat",
    "DELETE FROM chats WHERE id = :chat",
)

_ERASE_CLOSED = "DELETE FROM outbox WHERE chat = :chat AND state IN ('sent', 'dead')"

_ERASE_UPDATE = "DELETE FROM inbox WHERE id = :id AND state = 'aside'"

_MARK = """
    INSERT INTO forgetting (chat, due) VALUES (:chat, :due)
    ON CONFLICT (chat) DO UPDATE SET due = excluded.due
"""

_MARKED = "SELECT chat FROM forgetting WHERE due <= :now ORDER BY due"

_IS_MARKED = "SELECT chat FROM forgetting WHERE chat = :chat AND due <= :now"

_UNMARK = "DELETE FROM forgetting WHERE chat = :chat"

_PUT_OFF = "UPDATE forgetting SET due = :until WHERE due < :until RETURNING chat"


class SqlTraces:
    """bot.ports.Traces over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def of(self, chat: ChatId) -> Mapping[str, object]:
        async def every(sql: str) -> list[Row]:
            return await self._database.fetch_all(sql, {"chat": chat})

        updates = await _mentioned(self._database, chat)
        return {
            "chat": next((chat_rows.chat(row) for row in await every(_CHAT)), None),
            "digest_times": [_due(row) for row in await every(_DUE)],
            "digests": [_digest(row) for row in await every(_LEDGER)],
            "saved": [_saved(row) for row in await every(_SAVED)],
            "messages": [_message(row) for row in await every(_MESSAGES)],
            "updates": [_update(row) for row in updates],
        }

    async def forget(self, chat: ChatId, until: datetime) -> None:
        async with self._database.transaction() as transaction:
            await _erase(transaction, chat)
            await transaction.execute(_MARK, {"chat": chat, "due": stamp(until)})

    async def finish(self, now: datetime) -> int:
        rows = await self._database.fetch_all(_MARKED, {"now": stamp(now)})
        for row in rows:
            await self._finish(ChatId(row["chat"]), stamp(now))
        return len(rows)

    async def _finish(self, chat: ChatId, now: int) -> None:
        values = {"chat": chat, "now": now}
        async with self._database.transaction() as transaction:
            if not await transaction.fetch_one(_IS_MARKED, values):
                return  # the chat was forgotten once more meanwhile: its turn comes
            if await transaction.fetch_one(_CHAT, values):
                # somebody has written there since: what came of that is new and stays
                await transaction.execute(_ERASE_CLOSED, values)
                await _erase_asides(transaction, chat)
            else:
                await _erase(transaction, chat)
            await transaction.execute(_UNMARK, values)

    async def put_off(self, until: datetime) -> int:
        return len(await self._database.change(_PUT_OFF, {"until": stamp(until)}))


async def _erase(transaction: Transaction, chat: ChatId) -> None:
    for sql in _ERASE:
        await transaction.execute(sql, {"chat": chat})
    await _erase_asides(transaction, chat)


async def _erase_asides(transaction: Transaction, chat: ChatId) -> None:
    """What waits to be answered stays: an update that was accepted is not lost, and names nobody once
    it is answered."""
    for row in await _mentioned(transaction, chat):
        await transaction.execute(_ERASE_UPDATE, {"id": row["id"]})


async def _mentioned(database: Reading, chat: ChatId) -> list[Row]:
    """The updates that name the chat, by whatever field: as a chat, a writer, a forward's origin."""
    whole = re.compile(rf"(?<![0-9-]){chat}(?![0-9])")
    rows = await database.fetch_all(_MENTIONED, {"like": f"%{chat}%"})
    return [row for row in rows if whole.search(row["payload"]) or whole.search(row["cause"])]


# --- as it is shown -------------------------------------------------------------------------------


def _due(row: Row) -> dict[str, Any]:
    return {"at": time_of(row["minute"]), "due": moment(row["due"]), "held": bool(row["held"])}


def _digest(row: Row) -> dict[str, Any]:
    return {
        "date": row["local_date"],
        "at": time_of(row["minute"]),
        "covers_until": moment(row["covers_until"]),
        "stories": row["stories"],
    }


def _saved(row: Row) -> dict[str, Any]:
    return {"story": row["story"], "title": row["title"], "saved": moment(row["saved"])}


def _message(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "kind": LANES[row["lane"]],
        "state": row["state"],
        "text": row["text"],
        "message": row["message"],
        "tries": row["attempts"],
        "cause": row["cause"],
        "not_before": moment(row["not_before"]) if row["not_before"] else None,
        "closed": moment_or_none(row["closed"]),
    }


def _update(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "state": row["state"],
        "received": moment(row["received"]),
        "tries": row["tries"],
        "cause": row["cause"],
        "update": from_json(row["payload"]),
    }

"""The rows of the outbox as several methods touch them: putting in, burying, the front of each lane.

Steps inside a transaction that chats.py or outbox.py opens.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import (
    Button,
    ButtonRows,
    ChatId,
    Document,
    Lane,
    MessageId,
    OutboxId,
    OutboxMessage,
    OutboxRow,
)
from storage.database import Row, Transaction
from storage.values import from_json, to_json

LANES = tuple(Lane)
"""In the database a lane is its place here: the order of sending."""

OF_CHAT = """
    ((chat = :chat AND state IN ('queued', 'in-flight')) OR (chat = :chat AND state IN ('sent', 'dead')))
"""
"""All rows of a chat. Naming the states says nothing new, but SQLite sees by it that its partial
indexes will do: one of all rows by their chat would cost each delivery more."""

_PUT = """
    INSERT INTO outbox (chat, lane, state, front, text, buttons, preview, silent, reply_to, thread,
                        edits, edits_row)
    VALUES (:chat, :lane, 'queued',
            CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE chat = :chat AND lane = :lane
                              AND state IN ('queued', 'in-flight')) THEN 0 ELSE 1 END,
            :text, :buttons, :preview, :silent, :reply_to, :thread, :edits, :edits_row)
"""

_PUT_FILE = "INSERT INTO outbox_files (id, name, content) VALUES (:id, :name, :content)"

_BURY_FILES = """
    DELETE FROM outbox_files WHERE NOT EXISTS (
        SELECT 1 FROM outbox AS o WHERE o.id = outbox_files.id AND o.state IN ('queued', 'in-flight')
    )
"""

# one statement for all chats that get the same words
_PUT_SHARED = """
    INSERT INTO outbox (chat, lane, state, front, text, buttons, preview, silent, shared)
    SELECT c.id, :lane, 'queued',
           CASE WHEN EXISTS (SELECT 1 FROM outbox AS o WHERE o.chat = c.id AND o.lane = :lane
                             AND o.state IN ('queued', 'in-flight')) THEN 0 ELSE 1 END,
           '', '[]', :preview, :silent, :shared
    FROM chats AS c WHERE c.id IN :chats ORDER BY c.id
"""

_SHARE = """
    INSERT INTO shared_texts (text, buttons, queued) VALUES (:text, :buttons, :now) RETURNING id
"""

# a dead row keeps what the figures and the operator need, not the words
_BURY = """
    UPDATE outbox SET state = 'dead', front = 0, holds_chat = 0, shared = NULL,
                      text = '', buttons = '[]', cause = :cause, closed = :now
    WHERE chat = :chat AND state IN ('queued', 'in-flight')
    RETURNING id
"""

# the second word on the state says nothing new, but lets SQLite see that its partial index will do
_WITHDRAW = """
    DELETE FROM outbox
    WHERE chat = :chat AND lane IN :lanes AND state = 'queued' AND state IN ('queued', 'in-flight')
    RETURNING id
"""

_CLEAR_FRONTS = "UPDATE outbox SET front = 0 WHERE chat = :chat AND state IN ('queued', 'in-flight')"

_SET_FRONTS = """
    UPDATE outbox SET front = 1 WHERE id IN (
        SELECT MIN(id) FROM outbox WHERE chat = :chat AND state IN ('queued', 'in-flight') GROUP BY lane
    )
"""

_COUNT = "UPDATE numbers SET value = value + :by WHERE name = :name"


async def put(transaction: Transaction, messages: Sequence[OutboxMessage]) -> list[OutboxId]:
    """Queues messages in their order; their ids."""
    ids = []
    for message in messages:
        row = await transaction.fetch_one(f"{_PUT} RETURNING id", _values(message))
        assert row is not None
        ids.append(OutboxId(row["id"]))
        if message.document is not None:
            file = {"name": message.document.name, "content": message.document.content}
            await transaction.execute(_PUT_FILE, {"id": row["id"], **file})
    return ids


async def put_many(transaction: Transaction, messages: Sequence[OutboxMessage], now: int) -> None:
    """Queues messages to known chats, those of each chat in their order; words that several have
    stand once."""
    alike: dict[tuple[object, ...], list[OutboxMessage]] = {}
    rest: list[OutboxMessage] = []
    served: set[ChatId] = set()
    for message in messages:
        # a second message to a chat comes after its first, whatever words they have
        if message.chat in served or not _is_plain(message):
            rest.append(message)
            continue
        served.add(message.chat)
        alike.setdefault(_words(message), []).append(message)
    for same in alike.values():
        if len(same) > 1:
            await _put_shared(transaction, same, now)
        else:
            rest = [*same, *rest]
    await transaction.execute_many(_PUT, [_values(message) for message in rest])


def _is_plain(message: OutboxMessage) -> bool:
    """Whether it stands in no thread and answers or edits nothing."""
    ties = (message.reply_to, message.thread, message.edits, message.edits_row)
    return ties == (None, None, None, None)


def _words(message: OutboxMessage) -> tuple[object, ...]:
    """What tells a message's words from others', among messages that are held in memory: comparing the
    buttons themselves would cost more than writing them."""
    return message.text, id(message.buttons), message.lane, message.preview, message.silent


async def _put_shared(transaction: Transaction, same: Sequence[OutboxMessage], now: int) -> None:
    """Queues messages with the same words, each to another chat."""
    one = same[0]
    words = {"text": one.text, "buttons": _buttons_json(one.buttons), "now": now}
    row = await transaction.fetch_one(_SHARE, words)
    assert row is not None
    values = {
        "lane": LANES.index(one.lane),
        "preview": int(one.preview),
        "silent": int(one.silent),
        "shared": row["id"],
        "chats": [message.chat for message in same],
    }
    await transaction.execute(_PUT_SHARED, values)


async def bury(transaction: Transaction, chat: ChatId, cause: str, now: int) -> None:
    """All that waits for a chat becomes a dead letter."""
    rows = await transaction.fetch_all(_BURY, {"chat": chat, "cause": cause, "now": now})
    await transaction.execute(_BURY_FILES)
    await count(transaction, "dead", len(rows))


async def withdraw(transaction: Transaction, chat: ChatId) -> None:
    """Takes back what waits for a chat as a subscriber; answers to its reader still go."""
    lanes = [place for place, lane in enumerate(LANES) if lane is not Lane.REPLY]
    if await transaction.fetch_all(_WITHDRAW, {"chat": chat, "lanes": lanes}):
        await renew_fronts(transaction, chat)


async def renew_fronts(transaction: Transaction, chat: ChatId) -> None:
    """Puts the oldest open row of each lane of a chat at its front."""
    await transaction.execute(_CLEAR_FRONTS, {"chat": chat})
    await transaction.execute(_SET_FRONTS, {"chat": chat})


async def count(transaction: Transaction, name: str, by: int) -> None:
    """Counts what /stats shows; the rows themselves are swept away."""
    if by:
        await transaction.execute(_COUNT, {"name": name, "by": by})


def outbox_row(row: Row) -> OutboxRow:
    message = OutboxMessage(
        chat=ChatId(row["chat"]),
        text=row["text"],
        lane=LANES[row["lane"]],
        buttons=_buttons(row["buttons"]),
        preview=bool(row["preview"]),
        silent=bool(row["silent"]),
        reply_to=None if row["reply_to"] is None else MessageId(row["reply_to"]),
        thread=row["thread"],
        edits=None if row["edits"] is None else MessageId(row["edits"]),
        edits_row=None if row["edits_row"] is None else OutboxId(row["edits_row"]),
        document=None if row["file"] is None else Document(row["file"], row["content"]),
    )
    return OutboxRow(OutboxId(row["id"]), message, row["attempts"])


def _values(message: OutboxMessage) -> dict[str, object]:
    return {
        "chat": message.chat,
        "lane": LANES.index(message.lane),
        "text": message.text,
        "buttons": _buttons_json(message.buttons),
        "preview": int(message.preview),
        "silent": int(message.silent),
        "reply_to": message.reply_to,
        "thread": message.thread,
        "edits": message.edits,
        "edits_row": message.edits_row,
    }


def _buttons_json(buttons: ButtonRows) -> str:
    if not buttons:
        return "[]"
    return to_json([[[b.label, b.action, b.url] for b in row] for row in buttons])


def _buttons(text: str) -> ButtonRows:
    rows = from_json(text)
    return tuple(tuple(Button(label, action, url) for label, action, url in row) for row in rows)

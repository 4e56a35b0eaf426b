"""The rows of the outbox as several methods touch them: putting in, burying, the front of each lane.

Steps inside a transaction that chats.py or outbox.py opens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.model import Button, ButtonRows, ChatId, Lane, MessageId, OutboxId, OutboxMessage, OutboxRow
from storage.database import Row, Transaction
from storage.values import from_json, to_json

LANES = tuple(Lane)
"""In the database a lane is its place here: the order of sending."""

_PUT = """
    INSERT INTO outbox (chat, lane, state, front, text, buttons, preview, silent, reply_to, thread,
                        edits, edits_row, shared)
    VALUES (:chat, :lane, 'queued',
            CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE chat = :chat AND lane = :lane
                              AND state IN ('queued', 'in-flight')) THEN 0 ELSE 1 END,
            :text, :buttons, :preview, :silent, :reply_to, :thread, :edits, :edits_row, :shared)
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

_WITHDRAW = "DELETE FROM outbox WHERE chat = :chat AND lane IN :lanes AND state = 'queued' RETURNING id"

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
    return ids


async def put_many(transaction: Transaction, messages: Sequence[OutboxMessage], now: int) -> None:
    """Queues messages in their order; words that several of them have stand once."""
    shared = await _shared(transaction, messages, now)
    places = [shared.get(_words(message)) for message in messages]
    rows = [_values(message, place) for message, place in zip(messages, places, strict=True)]
    await transaction.execute_many(_PUT, rows)


async def _shared(
    transaction: Transaction, messages: Sequence[OutboxMessage], now: int
) -> dict[tuple[str, int], int]:
    """The words that more than one of the messages has, and where they stand."""
    counts = Counter(map(_words, messages))
    places: dict[tuple[str, int], int] = {}
    for message in messages:
        words = _words(message)
        if counts[words] > 1 and words not in places:
            values = {"text": message.text, "buttons": _buttons_json(message.buttons), "now": now}
            row = await transaction.fetch_one(_SHARE, values)
            assert row is not None
            places[words] = int(row["id"])
    return places


def _words(message: OutboxMessage) -> tuple[str, int]:
    """What tells a message's words from others', among messages that are held in memory: comparing the
    buttons themselves would cost more than writing them."""
    return message.text, id(message.buttons)


async def bury(transaction: Transaction, chat: ChatId, cause: str, now: int) -> None:
    """All that waits for a chat becomes a dead letter."""
    rows = await transaction.fetch_all(_BURY, {"chat": chat, "cause": cause, "now": now})
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
    )
    return OutboxRow(OutboxId(row["id"]), message, row["attempts"])


def _values(message: OutboxMessage, shared: int | None = None) -> dict[str, object]:
    """shared: where its words stand, if not in the row itself."""
    return {
        "chat": message.chat,
        "lane": LANES.index(message.lane),
        "text": message.text if shared is None else "",
        "buttons": _buttons_json(message.buttons if shared is None else ()),
        "preview": int(message.preview),
        "silent": int(message.silent),
        "reply_to": message.reply_to,
        "thread": message.thread,
        "edits": message.edits,
        "edits_row": message.edits_row,
        "shared": shared,
    }


def _buttons_json(buttons: ButtonRows) -> str:
    if not buttons:
        return "[]"
    return to_json([[[b.label, b.action, b.url] for b in row] for row in buttons])


def _buttons(text: str) -> ButtonRows:
    rows = from_json(text)
    return tuple(tuple(Button(label, action, url) for label, action, url in row) for row in rows)

"""Chats, their subscriptions, when their digests are due, and the ledger (bot.ports.Chats)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.errors import StorageError
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
from storage import chat_rows, queue_rows
from storage.database import Database, Reading, Transaction
from storage.values import minute_of, moment, moment_or_none, stamp, time_of, to_json

_GET = f"SELECT {chat_rows.COLUMNS} FROM chats AS c WHERE c.id = :chat"  # noqa: S608 - made of constants

_SEEN = """
    INSERT INTO chats (id, kind, state, heard) VALUES (:chat, :kind, 'active', :heard)
    ON CONFLICT (id) DO UPDATE SET
        kind = excluded.kind, state = 'active', heard = COALESCE(excluded.heard, chats.heard)
"""

_RELEASE = "UPDATE due_times SET held = 0 WHERE chat = :chat"

_SUBSCRIBE = """
    UPDATE chats SET times = :times, topics = :topics, active = :active, days = :days
    WHERE id = :chat RETURNING state
"""

_END = "UPDATE chats SET active = 0 WHERE id = :chat"

_FOLLOW = "UPDATE chats SET follows = :follows WHERE id = :chat RETURNING id"

_CHOOSE = """
    UPDATE chats SET language = :language, zone = :zone, preferences = :preferences
    WHERE id = :chat RETURNING state
"""

_CLEAR_DUE = "DELETE FROM due_times WHERE chat = :chat"

_SET_DUE = """
    INSERT INTO due_times (chat, minute, due, held) VALUES (:chat, :minute, :due, :held)
    ON CONFLICT (chat, minute) DO UPDATE SET due = excluded.due, held = excluded.held
"""

_EVER = -(1 << 63)
"""Earlier than any stamp."""

_DUE = f"""
    SELECT d.minute, d.due, {chat_rows.COLUMNS}
    FROM due_times AS d JOIN chats AS c ON c.id = d.chat
    WHERE d.held = 0 AND d.due <= :now AND (d.due, d.chat, d.minute) > (:due, :chat, :minute)
    ORDER BY d.due, d.chat, d.minute LIMIT :limit
"""  # noqa: S608 - made of constants

_ASTRAY = f"""
    SELECT d.minute, d.due, d.previous, {chat_rows.COLUMNS}
    FROM due_times AS d JOIN chats AS c ON c.id = d.chat
    WHERE d.held = 0 AND d.due > :furthest
    ORDER BY d.due DESC, d.chat DESC, d.minute DESC LIMIT :limit
"""  # noqa: S608 - made of constants

_MOVE_ON = """
    UPDATE due_times SET previous = due, due = :due WHERE chat = :chat AND minute = :minute
"""

_DIGESTS_ON = (
    "SELECT minute FROM digests WHERE chat = :chat AND local_date = :local_date ORDER BY minute"
)

# nothing is written for a chat that was lost or has unsubscribed while its digest was made
_RECORD = """
    INSERT INTO digests (chat, local_date, minute, covers_until, stories)
    SELECT id, :local_date, :minute, :covers_until, :stories FROM chats
    WHERE id = :chat AND state = 'active' AND COALESCE(active, 1) = 1
    ON CONFLICT (chat, local_date, minute) DO NOTHING
    RETURNING chat
"""

_RECORDABLE = """
    SELECT id FROM chats WHERE id IN :chats AND state = 'active' AND COALESCE(active, 1) = 1
"""

_IN_LEDGER = """
    SELECT chat, local_date, minute FROM digests WHERE chat IN :chats AND local_date IN :dates
"""

_ADD_ALL_TO_LEDGER = """
    INSERT INTO digests (chat, local_date, minute, covers_until, stories)
    SELECT id, :local_date, :minute, :covers_until, :stories FROM chats WHERE id IN :chats
"""

# for many at once: in a wave nearly all have the same minute and the same news
_MOVE_ALL_ON = """
    UPDATE due_times SET previous = due, due = :due WHERE minute = :minute AND chat IN :chats
"""
_ALL_COVERED = "UPDATE chats SET last_digest = :covers_until WHERE id IN :chats"

# no zone is a day ahead of UTC
_FORGET_AHEAD = "DELETE FROM digests WHERE chat IN :chats AND local_date > :tomorrow"
_COVERED_IN_TRUTH = """
    UPDATE chats SET last_digest = COALESCE(
        (SELECT MAX(covers_until) FROM digests WHERE chat = chats.id AND covers_until <= :now),
        last_digest
    )
    WHERE id IN :chats AND last_digest > :now
"""

_COVERED = "UPDATE chats SET last_digest = :covers_until WHERE id = :chat"


class SqlChats:
    """bot.ports.Chats over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def seen(self, chat: ChatId, kind: ChatKind, heard: Language | None = None) -> Chat:
        known = await self.get(chat)
        if known is not None and _is_as_known(known, kind, heard):
            return known
        async with self._database.transaction() as transaction:
            await transaction.execute(_SEEN, {"chat": chat, "kind": kind, "heard": heard})
            await transaction.execute(_RELEASE, {"chat": chat})
            known = await _get(transaction, chat)
        assert known is not None
        return known

    async def get(self, chat: ChatId) -> Chat | None:
        return await _get(self._database, chat)

    async def subscribe(self, chat: ChatId, subscription: Subscription, due: Sequence[DueTime]) -> None:
        """StorageError where the chat was never seen."""
        async with self._database.transaction() as transaction:
            row = await transaction.fetch_one(_SUBSCRIBE, _subscription(chat, subscription))
            if row is None:
                raise StorageError(f"chat {chat} is not known")
            await transaction.execute(_CLEAR_DUE, {"chat": chat})
            held = int(row["state"] != ChatState.ACTIVE)
            await transaction.execute_many(
                _SET_DUE,
                [
                    {"chat": chat, "minute": minute_of(one.at), "due": stamp(one.due), "held": held}
                    for one in due
                    if subscription.active
                ],
            )

    async def unsubscribe(self, chat: ChatId) -> Subscription | None:
        """Gives back what was ended, as it stands now: inactive. Waiting digests are taken back."""
        async with self._database.transaction() as transaction:
            known = await _get(transaction, chat)
            if known is None or known.subscription is None or not known.subscription.active:
                return None
            await transaction.execute(_END, {"chat": chat})
            await transaction.execute(_CLEAR_DUE, {"chat": chat})
            await queue_rows.withdraw(transaction, chat)
        return replace(known.subscription, active=False)

    async def follow(self, chat: ChatId, topics: Sequence[TopicId]) -> None:
        """StorageError where the chat was never seen."""
        if not await self._database.change(_FOLLOW, {"chat": chat, "follows": to_json(list(topics))}):
            raise StorageError(f"chat {chat} is not known")

    async def choose(self, chat: Chat, due: Sequence[DueTime]) -> None:
        """StorageError where the chat was never seen."""
        values = {
            "chat": chat.id,
            "language": chat.language,
            "zone": chat.zone,
            "preferences": chat_rows.preferences_text(chat.preferences),
        }
        async with self._database.transaction() as transaction:
            if await transaction.fetch_one(_CHOOSE, values) is None:
                raise StorageError(f"chat {chat.id} is not known")
            for one in due:
                await transaction.execute(
                    _MOVE_ON, {"chat": chat.id, "minute": minute_of(one.at), "due": stamp(one.due)}
                )

    async def set_state(self, chat: ChatId, state: ChatState) -> None:
        async with self._database.transaction() as transaction:
            await chat_rows.set_state(
                transaction, chat, state, stamp(self._clock()), f"the chat is {state}"
            )

    async def migrate(self, old: ChatId, new: ChatId) -> None:
        """Where the new id is known already, what it chose itself stands."""
        async with self._database.transaction() as transaction:
            await chat_rows.move(transaction, old, new)

    async def due(
        self, now: datetime, limit: int, after: DueDigest | None = None
    ) -> Sequence[DueDigest]:
        values = {"now": stamp(now), "limit": limit, "due": _EVER, "chat": 0, "minute": 0}
        if after is not None:
            values |= {"due": stamp(after.due), "chat": after.chat.id, "minute": minute_of(after.at)}
        rows = await self._database.fetch_all(_DUE, values)
        return [
            DueDigest(chat_rows.chat(row), time_of(row["minute"]), moment(row["due"])) for row in rows
        ]

    async def astray(self, furthest: datetime, limit: int) -> Sequence[DueDigest]:
        values = {"furthest": stamp(furthest), "limit": limit}
        return [
            DueDigest(
                chat_rows.chat(row),
                time_of(row["minute"]),
                moment(row["due"]),
                moment_or_none(row["previous"]),
            )
            for row in await self._database.fetch_all(_ASTRAY, values)
        ]

    async def bring_back(self, moved: Sequence[Moved], now: datetime) -> None:
        chats = [one.chat for one in moved]
        tomorrow = (now + timedelta(days=1)).date().isoformat()
        async with self._database.transaction() as transaction:
            await _for_all(transaction, _MOVE_ALL_ON, _lines(moved), "minute", "due")
            await transaction.execute(_FORGET_AHEAD, {"chats": chats, "tomorrow": tomorrow})
            await transaction.execute(_COVERED_IN_TRUTH, {"chats": chats, "now": stamp(now)})

    async def digests_on(self, chat: ChatId, local_date: date) -> Sequence[time]:
        values = {"chat": chat, "local_date": local_date.isoformat()}
        return [time_of(row["minute"]) for row in await self._database.fetch_all(_DIGESTS_ON, values)]

    async def record_digest(
        self, record: DigestRecord, messages: Sequence[OutboxMessage], next_due: datetime
    ) -> bool:
        """False too for a chat that was lost or unsubscribed since its digest was due."""
        async with self._database.transaction() as transaction:
            values = _record(record, next_due)
            await transaction.execute(_MOVE_ON, values)
            if not await transaction.fetch_all(_RECORD, values):
                return False
            await transaction.execute(_COVERED, values)
            await queue_rows.put(transaction, messages)
        return True

    async def record_digests(self, made: Sequence[MadeDigest]) -> int:
        """One transaction for all: a wave of many would else spend its time on committing."""
        async with self._database.transaction() as transaction:
            lines = [_record(one.record, one.next_due) for one in made]
            await _for_all(transaction, _MOVE_ALL_ON, lines, "minute", "due")
            places = await _new_in_ledger(transaction, lines)
            new = [lines[place] for place in places]
            await _for_all(
                transaction,
                _ADD_ALL_TO_LEDGER,
                new,
                "local_date",
                "minute",
                "covers_until",
                "stories",
            )
            await _for_all(transaction, _ALL_COVERED, new, "covers_until")
            messages = [made[place].message for place in places]
            await queue_rows.put_many(transaction, messages, stamp(self._clock()))
        return len(places)

    async def move_on(self, moved: Sequence[Moved]) -> None:
        if not moved:
            return
        async with self._database.transaction() as transaction:
            await _for_all(transaction, _MOVE_ALL_ON, _lines(moved), "minute", "due")


def _is_as_known(known: Chat, kind: ChatKind, heard: Language | None) -> bool:
    same = known.state is ChatState.ACTIVE and known.kind is kind
    return same and heard in (None, known.heard)


async def _get(database: Reading | Transaction, chat: ChatId) -> Chat | None:
    row = await database.fetch_one(_GET, {"chat": chat})
    return None if row is None else chat_rows.chat(row)


async def _for_all(
    transaction: Transaction, sql: str, lines: Sequence[Mapping[str, object]], *names: str
) -> None:
    """One statement for all chats whose lines are alike in these names."""
    alike: dict[tuple[object, ...], list[object]] = {}
    for line in lines:
        alike.setdefault(tuple(line[name] for name in names), []).append(line["chat"])
    for values, chats in alike.items():
        await transaction.execute(sql, {**dict(zip(names, values, strict=True)), "chats": chats})


async def _new_in_ledger(transaction: Transaction, lines: Sequence[Mapping[str, object]]) -> list[int]:
    """The places of the lines that the ledger lacks, of chats that still want a digest."""
    chats = {"chats": [line["chat"] for line in lines]}
    wanting = {row["id"] for row in await transaction.fetch_all(_RECORDABLE, chats)}
    dates = {"dates": {line["local_date"] for line in lines}}
    rows = await transaction.fetch_all(_IN_LEDGER, chats | dates)
    known = {(row["chat"], row["local_date"], row["minute"]) for row in rows}
    found = []
    for place, line in enumerate(lines):
        key = line["chat"], line["local_date"], line["minute"]
        if line["chat"] in wanting and key not in known:
            known.add(key)
            found.append(place)
    return found


def _subscription(chat: ChatId, subscription: Subscription) -> dict[str, object]:
    return {
        "chat": chat,
        "times": to_json([minute_of(at) for at in subscription.times]),
        "topics": to_json(list(subscription.topics)),
        "active": int(subscription.active),
        "days": chat_rows.day_bits(subscription.days),
    }


def _lines(moved: Sequence[Moved]) -> list[dict[str, object]]:
    return [{"chat": one.chat, "minute": minute_of(one.at), "due": stamp(one.next_due)} for one in moved]


def _record(record: DigestRecord, next_due: datetime) -> dict[str, object]:
    return {
        "chat": record.chat,
        "local_date": record.local_date.isoformat(),
        "minute": minute_of(record.at),
        "covers_until": stamp(record.covers_until),
        "stories": record.stories,
        "due": stamp(next_due),
    }

"""Broadcasts: asked for, then queued for the subscribers a slice at a time (bot.ports.Broadcasts).

A slice is one transaction that moves `reached` on: after a kill, and where two admins press at once,
each chat is queued for once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bot.model import Audience, Broadcast, BroadcastState, ChatId, Lane
from storage import chat_rows
from storage.database import Database, Row, Transaction
from storage.queue_rows import LANES
from storage.values import stamp

_BEFORE_ALL = -(1 << 63)

_COLUMNS = "id, state, text, queued"

_ASK = """
    INSERT INTO broadcasts (state, text, asked, reached) VALUES ('asked', :text, :now, :reached)
    RETURNING id
"""

_GET = f"SELECT {_COLUMNS} FROM broadcasts WHERE id = :id"  # noqa: S608 - made of constants

_BEGIN = "UPDATE broadcasts SET state = 'going' WHERE id = :id AND state = 'asked'"

_CANCEL = "DELETE FROM broadcasts WHERE id = :id AND state = 'asked' RETURNING id"

_SUBSCRIBERS = "SELECT COUNT(*) AS chats FROM chats WHERE active = 1 AND state = 'active'"

_REACHED = "SELECT reached FROM broadcasts WHERE id = :id AND state = 'going'"

_AUDIENCE = f"""
    SELECT {chat_rows.COLUMNS} FROM chats AS c
    WHERE c.active = 1 AND c.state = 'active' AND c.id > :reached ORDER BY c.id LIMIT :limit
"""  # noqa: S608 - made of constants

_MOVE_ON = """
    UPDATE broadcasts SET reached = :last
    WHERE id = :id AND state = 'going' AND reached = :reached RETURNING text
"""

_SHARE = "INSERT INTO shared_texts (text, buttons, queued) VALUES (:text, '[]', :now) RETURNING id"

# who unsubscribed or was lost since the slice was read is left out
_PUT = """
    INSERT INTO outbox (chat, lane, state, front, not_before, text, buttons, preview, silent, shared)
    SELECT c.id, :lane, 'queued',
           CASE WHEN EXISTS (SELECT 1 FROM outbox AS o WHERE o.chat = c.id AND o.lane = :lane
                             AND o.state IN ('queued', 'in-flight')) THEN 0 ELSE 1 END,
           0, '', '[]', 0, CASE WHEN c.id IN :quiet THEN 1 ELSE 0 END, :shared
    FROM chats AS c WHERE c.id IN :chats AND c.active = 1 AND c.state = 'active' ORDER BY c.id
    RETURNING id
"""

_COUNT = "UPDATE broadcasts SET queued = queued + :count WHERE id = :id"

_END = f"""
    UPDATE broadcasts SET state = 'done', text = '', reached = {_BEFORE_ALL}
    WHERE id = :id AND state = 'going' AND reached = :reached RETURNING id
"""  # noqa: S608 - made of constants

_SWEEP = "DELETE FROM broadcasts WHERE state <> 'going' AND asked < :before RETURNING id"


class SqlBroadcasts:
    """bot.ports.Broadcasts over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, text: str) -> int:
        values = {"text": text, "now": stamp(self._clock()), "reached": _BEFORE_ALL}
        return int((await self._database.change(_ASK, values))[0]["id"])

    async def begin(self, number: int) -> Broadcast | None:
        await self._database.change(_BEGIN, {"id": number})
        return await self.get(number)

    async def get(self, number: int) -> Broadcast | None:
        row = await self._database.fetch_one(_GET, {"id": number})
        return None if row is None else _broadcast(row)

    async def cancel(self, number: int) -> bool:
        return bool(await self._database.change(_CANCEL, {"id": number}))

    async def subscribers(self) -> int:
        row = await self._database.fetch_one(_SUBSCRIBERS)
        return int(row["chats"]) if row else 0

    async def audience(self, number: int, limit: int) -> Audience | None:
        row = await self._database.fetch_one(_REACHED, {"id": number})
        if row is None:
            return None
        values = {"reached": row["reached"], "limit": limit}
        rows = await self._database.fetch_all(_AUDIENCE, values)
        return Audience(row["reached"], tuple(chat_rows.chat(each) for each in rows))

    async def queue(self, number: int, audience: Audience, quiet: Collection[ChatId]) -> None:
        if not audience.chats:
            await self._database.change(_END, {"id": number, "reached": audience.after})
            return
        values = {"id": number, "reached": audience.after, "last": audience.chats[-1].id}
        async with self._database.transaction() as transaction:
            row = await transaction.fetch_one(_MOVE_ON, values)
            if row is None:
                return  # somebody else's press has queued this slice
            shared = await self._share(transaction, row["text"])
            queued = await _put(transaction, shared, audience, quiet)
            await transaction.execute(_COUNT, {"id": number, "count": queued})

    async def _share(self, transaction: Transaction, text: str) -> int:
        row = await transaction.fetch_one(_SHARE, {"text": text, "now": stamp(self._clock())})
        assert row is not None
        return int(row["id"])

    async def sweep(self, before: datetime) -> int:
        return len(await self._database.change(_SWEEP, {"before": stamp(before)}))


async def _put(
    transaction: Transaction, shared: int, audience: Audience, quiet: Collection[ChatId]
) -> int:
    values = {
        "lane": LANES.index(Lane.BROADCAST),
        "shared": shared,
        "chats": [chat.id for chat in audience.chats],
        "quiet": list(quiet),
    }
    return len(await transaction.fetch_all(_PUT, values))


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(row["id"], BroadcastState(row["state"]), row["text"], row["queued"])

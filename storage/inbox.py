"""Updates that came in and are not yet answered (bot.ports.Inbox)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.model import StoredUpdate, UpdateId
from storage.database import Database, Row, Transaction
from storage.values import moment, stamp

_KNOWN = "SELECT id FROM inbox WHERE id IN :ids"

_RECORD = """
    INSERT INTO inbox (id, state, payload, received, tries)
    VALUES (:id, 'waiting', :payload, :received, :tries)
"""

_PENDING = """
    SELECT id, payload, received, tries FROM inbox WHERE state = 'waiting' ORDER BY received, id
"""

# An update that was never recorded is closed as well, so that its answer cannot be queued twice.
# The payload goes: of what is answered only the number is needed, to know it when it comes again.
_CLOSE = """
    INSERT INTO inbox (id, state, payload, received, closed) VALUES (:id, 'done', '', :now, :now)
    ON CONFLICT (id) DO UPDATE SET state = 'done', payload = '', closed = :now
        WHERE inbox.state = 'waiting'
    RETURNING id
"""

_FAILED = """
    UPDATE inbox SET tries = tries + 1, cause = :cause WHERE id = :id RETURNING tries
"""

_SET_ASIDE = """
    UPDATE inbox SET state = 'aside', cause = :cause, closed = :now WHERE id = :id AND state = 'waiting'
"""


class SqlInbox:
    """bot.ports.Inbox over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def record(self, updates: Sequence[StoredUpdate]) -> Sequence[StoredUpdate]:
        by_id = {update.id: update for update in reversed(updates)}
        async with self._database.transaction() as transaction:
            known = {row["id"] for row in await transaction.fetch_all(_KNOWN, {"ids": list(by_id)})}
            new = [update for update in updates if by_id[update.id] is update and update.id not in known]
            await transaction.execute_many(_RECORD, [_values(update) for update in new])
        return new

    async def pending(self) -> Sequence[StoredUpdate]:
        return [_update(row) for row in await self._database.fetch_all(_PENDING)]

    async def done(self, update: UpdateId) -> None:
        await self._database.change(_CLOSE, {"id": update, "now": stamp(self._clock())})

    async def failed(self, update: UpdateId, cause: str) -> int:
        """0 for an update that is not known."""
        rows = await self._database.change(_FAILED, {"id": update, "cause": cause})
        return rows[0]["tries"] if rows else 0

    async def set_aside(self, update: UpdateId, cause: str) -> None:
        """Its payload stays until it is swept: it is what the fault will be found by."""
        values = {"id": update, "cause": cause, "now": stamp(self._clock())}
        await self._database.change(_SET_ASIDE, values)


async def close(transaction: Transaction, update: UpdateId, now: int) -> bool:
    """Marks an update as answered, inside another's transaction; False where it was already."""
    return bool(await transaction.fetch_all(_CLOSE, {"id": update, "now": now}))


def _values(update: StoredUpdate) -> dict[str, object]:
    return {
        "id": update.id,
        "payload": update.payload,
        "received": stamp(update.received),
        "tries": update.tries,
    }


def _update(row: Row) -> StoredUpdate:
    return StoredUpdate(UpdateId(row["id"]), row["payload"], moment(row["received"]), row["tries"])

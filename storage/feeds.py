"""Feeds, when they are asked next, and which of their entries were seen (bot.ports.Feeds).

When that is, and what counts as new, is decided in bot/intake. A feed's articles are those with a name
that begins with `feed:ID/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.model import (
    Feed,
    FeedAdded,
    FeedId,
    FeedState,
    FeedVisit,
    NewFeed,
    OutboxMessage,
    SeenEntry,
)
from storage import queue_rows
from storage.database import Database, Row, Transaction
from storage.values import DAY, moment_or_none, stamp

OFFERED_FOR = DAY
REMOVED_FOR = 30 * DAY
ABSENT_FOR = 90 * DAY

_SLICE = 2_000
"""Rows that sweeping takes at a time, so that writers get their turn in between."""

# "0" is the sign that follows "/"; an article comes from one entry of one feed
_COLUMNS = """
    f.id, f.url, f.title, f.category, f.state, f.etag, f.last_modified, f.next_check, f.checked,
    f.answered, f.changed, f.gap, f.failures, f.failing_since, f.error, (
        SELECT COUNT(*) FROM article_names AS n
        WHERE n.name >= 'feed:' || f.id || '/' AND n.name < 'feed:' || f.id || '0'
    ) AS articles
"""

_FIND = f"SELECT {_COLUMNS} FROM feeds AS f WHERE f.id = :id"  # noqa: S608 - made of constants

_ALL = f"""
    SELECT {_COLUMNS} FROM feeds AS f WHERE f.state IN ('active', 'failing', 'gone') ORDER BY f.id
"""  # noqa: S608 - made of constants

# `IS NOT NULL` says nothing new, but lets SQLite see that its partial index will do
_DUE = f"""
    SELECT {_COLUMNS} FROM feeds AS f
    WHERE f.next_check IS NOT NULL AND f.next_check <= :now AND f.claimed <= :now
    ORDER BY f.next_check, f.id LIMIT :limit
"""  # noqa: S608 - made of constants

_ASTRAY = "SELECT id FROM feeds WHERE next_check IS NOT NULL AND next_check > :furthest LIMIT 1"

_BRING_BACK = """
    UPDATE feeds SET next_check = :now, claimed = CASE WHEN claimed > :furthest THEN 0 ELSE claimed END
    WHERE next_check IS NOT NULL AND next_check > :furthest RETURNING id
"""

_HELD = "SELECT id, state, url FROM feeds WHERE url = :url"

_ADD = """
    INSERT INTO feeds (url, title, category, state, next_check, since)
    VALUES (:url, :title, :category, :state, :next_check, :now) RETURNING id
"""

_OFFER_AGAIN = """
    UPDATE feeds SET since = :now, title = CASE WHEN :title = '' THEN title ELSE :title END
    WHERE id = :id AND state = 'offered'
"""

# what a page called an offer was to choose by; its articles' source is named by the feed itself
_BACK = """
    UPDATE feeds SET state = 'active', next_check = :now, failures = 0, failing_since = NULL, error = '',
                     since = :now,
                     title = CASE WHEN :title <> '' THEN :title
                                  WHEN state = 'offered' THEN '' ELSE title END,
                     category = CASE WHEN :category = '' THEN category ELSE :category END
    WHERE id = :id AND state <> 'active'
"""

_REMOVE = """
    UPDATE feeds SET state = 'removed', next_check = NULL, since = :now
    WHERE id = :id AND state IN ('active', 'failing', 'gone') RETURNING id
"""

_CLAIM = """
    UPDATE feeds SET claimed = :until, claimed_by = :owner, next_check = :until
    WHERE id = :id AND claimed <= :now AND state IN ('active', 'failing') RETURNING id
"""

_LET_GO = "UPDATE feeds SET claimed = 0, claimed_by = '' WHERE id = :id"

# one that is not asked any more has no next_check
_RELEASE = """
    UPDATE feeds SET claimed = 0, claimed_by = '',
                     next_check = CASE WHEN next_check > :now THEN :now ELSE next_check END
    WHERE claimed_by = :owner RETURNING id
"""

_STATE = "SELECT state FROM feeds WHERE id = :id"

_CLOSE = """
    UPDATE feeds SET
        url = CASE WHEN EXISTS (SELECT 1 FROM feeds AS o WHERE o.url = :url AND o.id <> :id)
                   THEN url ELSE :url END,
        title = :title, category = :category, state = :state, etag = :etag,
        last_modified = :last_modified, next_check = :next_check, claimed = 0, claimed_by = '',
        checked = :checked, answered = :answered, changed = :changed, gap = :gap,
        failures = :failures, failing_since = :failing_since, error = :error
    WHERE id = :id
"""

# an offer is no feed that anybody asks: it gives way
_TAKE_OVER_OFFER = "DELETE FROM feeds WHERE url = :url AND id <> :id AND state = 'offered'"

_SET_SINCE = "UPDATE feeds SET since = :now WHERE id = :id AND state = 'removed'"

_SET_READ = 'UPDATE feeds SET "read" = :now WHERE id = :id'

_SEEN = "SELECT identity, digest FROM feed_entries WHERE feed = :feed AND identity IN :identities"

_NAMED = "SELECT name FROM article_names WHERE name IN :names"

_NOTE = """
    INSERT INTO feed_entries (feed, identity, digest, last_seen)
    VALUES (:feed, :identity, :digest, :now)
    ON CONFLICT (feed, identity) DO UPDATE SET digest = excluded.digest, last_seen = excluded.last_seen
"""

# most entries stand in a feed for a day at least: most visits write nothing here
_STILL_THERE = """
    UPDATE feed_entries SET last_seen = :now
    WHERE feed = :feed AND identity IN :identities AND last_seen < :yesterday
"""

_FORGET_OFFERS = """
    DELETE FROM feeds WHERE state = 'offered' AND since < :offered_before RETURNING id
"""

_LONG_REMOVED = "SELECT id FROM feeds WHERE state = 'removed' AND since < :removed_before"

_FORGET_REMOVED = """
    DELETE FROM feeds WHERE id = :id AND state = 'removed' AND since < :removed_before RETURNING id
"""

_FORGET_ENTRIES = """
    DELETE FROM feed_entries WHERE feed = :id AND identity IN (
        SELECT identity FROM feed_entries WHERE feed = :id LIMIT :slice
    ) RETURNING identity
"""

# What was there when its feed was last read is there still, however long ago that was: a feed that
# answers 304, or fails, holds what it held. A day more than is asked for, since the day alone is noted.
_ABSENT = """
    SELECT e.feed, e.identity FROM feed_entries AS e JOIN feeds AS f ON f.id = e.feed
    WHERE e.last_seen < :absent_before AND e.last_seen < f."read" - :day
    ORDER BY e.last_seen LIMIT :slice
"""

_FORGET_ENTRY = "DELETE FROM feed_entries WHERE feed = :feed AND identity = :identity"


class SqlFeeds:
    """bot.ports.Feeds over a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def add(
        self, feeds: Sequence[NewFeed], now: datetime, *, offered: bool = False
    ) -> Sequence[tuple[Feed, FeedAdded]]:
        """now: also when they are asked first."""
        add = _offer if offered else _take_in
        async with self._database.transaction() as transaction:
            added = [await add(transaction, feed, stamp(now)) for feed in feeds]
            return [(await _found(transaction, number), became) for number, became in added]

    async def all(self) -> Sequence[Feed]:
        return [_feed(row) for row in await self._database.fetch_all(_ALL)]

    async def find(self, feed: FeedId) -> Feed | None:
        row = await self._database.fetch_one(_FIND, {"id": feed})
        return None if row is None else _feed(row)

    async def remove(self, feed: FeedId) -> Feed | None:
        if not await self._database.change(_REMOVE, {"id": feed, "now": stamp(self._clock())}):
            return None
        return await self.find(feed)

    async def restore(self, feed: FeedId, now: datetime) -> Feed | None:
        """One that is asked already stays as it is. now: also when it is asked first."""
        await self._database.change(_BACK, {"id": feed, "now": stamp(now), "title": "", "category": ""})
        return await self.find(feed)

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        rows = await self._database.fetch_all(_DUE, {"now": stamp(now), "limit": limit})
        return [_feed(row) for row in rows]

    async def bring_back(self, furthest: datetime, now: datetime) -> int:
        """Asked every few seconds, so it only reads where there are none."""
        values = {"furthest": stamp(furthest), "now": stamp(now)}
        if await self._database.fetch_one(_ASTRAY, values) is None:
            return 0
        return len(await self._database.change(_BRING_BACK, values))

    async def claim(self, feed: FeedId, now: datetime, until: datetime, owner: str = "") -> Feed | None:
        values = {"id": feed, "now": stamp(now), "until": stamp(until), "owner": owner}
        if not await self._database.change(_CLAIM, values):
            return None
        return await self.find(feed)

    async def release(self, owner: str, now: datetime) -> int:
        return len(await self._database.change(_RELEASE, {"owner": owner, "now": stamp(now)}))

    async def seen(self, feed: FeedId, identities: Sequence[str]) -> Mapping[str, SeenEntry]:
        values = {"feed": feed, "identities": identities}
        rows = await self._database.fetch_all(_SEEN, values)
        return {row["identity"]: SeenEntry(row["identity"], row["digest"]) for row in rows}

    async def held(self, names: Sequence[str]) -> Collection[str]:
        rows = await self._database.fetch_all(_NAMED, {"names": names})
        return {row["name"] for row in rows}

    async def record(self, visit: FeedVisit, messages: Sequence[OutboxMessage]) -> Feed:
        async with self._database.transaction() as transaction:
            row = await transaction.fetch_one(_STATE, {"id": visit.feed.id})
            if row is None:
                return visit.feed
            now = stamp(self._clock())
            if row["state"] == FeedState.REMOVED:
                await transaction.execute(_LET_GO, {"id": visit.feed.id})
            else:
                await transaction.execute(_TAKE_OVER_OFFER, {"id": visit.feed.id, "url": visit.feed.url})
                await transaction.execute(_CLOSE, _values(visit.feed))
                await transaction.execute(_SET_SINCE, {"id": visit.feed.id, "now": now})
                await queue_rows.put(transaction, messages)
            await _note_entries(transaction, visit, now)
            return await _found(transaction, visit.feed.id)

    async def sweep(self, now: datetime) -> int:
        at = stamp(now)
        offers = await self._database.change(_FORGET_OFFERS, {"offered_before": at - OFFERED_FOR})
        return len(offers) + await self._sweep_removed(at) + await self._sweep_entries(at)

    async def _sweep_removed(self, now: int) -> int:
        """Their entries too, a slice at a time; one that came back meanwhile stays."""
        before = {"removed_before": now - REMOVED_FOR}
        swept = 0
        for row in await self._database.fetch_all(_LONG_REMOVED, before):
            values = {"id": row["id"], **before}
            if not await self._database.change(_FORGET_REMOVED, values):
                continue
            swept += 1
            while rows := await self._database.change(
                _FORGET_ENTRIES, {"id": row["id"], "slice": _SLICE}
            ):
                swept += len(rows)
        return swept

    async def _sweep_entries(self, now: int) -> int:
        values = {"absent_before": now - ABSENT_FOR - DAY, "day": DAY, "slice": _SLICE}
        swept = 0
        while rows := await self._database.fetch_all(_ABSENT, values):
            gone = [{"feed": row["feed"], "identity": row["identity"]} for row in rows]
            async with self._database.transaction() as transaction:
                await transaction.execute_many(_FORGET_ENTRY, gone)
            swept += len(rows)
        return swept


async def _take_in(transaction: Transaction, feed: NewFeed, now: int) -> tuple[FeedId, FeedAdded]:
    values = {"url": feed.url, "title": feed.title, "category": feed.category, "now": now}
    held = await transaction.fetch_one(_HELD, {"url": feed.url})
    if held is None:
        return await _insert(transaction, values, FeedState.ACTIVE, now), FeedAdded.NEW
    number = FeedId(held["id"])
    if held["state"] in (FeedState.ACTIVE, FeedState.FAILING):
        return number, FeedAdded.KNOWN
    await transaction.execute(_BACK, {**values, "id": number})
    return number, FeedAdded.BACK


async def _offer(transaction: Transaction, feed: NewFeed, now: int) -> tuple[FeedId, FeedAdded]:
    values = {"url": feed.url, "title": feed.title, "category": feed.category, "now": now}
    held = await transaction.fetch_one(_HELD, {"url": feed.url})
    if held is None:
        return await _insert(transaction, values, FeedState.OFFERED, None), FeedAdded.NEW
    again = {"id": held["id"], "title": feed.title, "now": now}
    await transaction.execute(_OFFER_AGAIN, again)
    return FeedId(held["id"]), FeedAdded.KNOWN


async def _insert(
    transaction: Transaction, values: Mapping[str, Any], state: FeedState, next_check: int | None
) -> FeedId:
    row = await transaction.fetch_one(_ADD, {**values, "state": state.value, "next_check": next_check})
    assert row is not None
    return FeedId(row["id"])


async def _found(transaction: Transaction, feed: FeedId) -> Feed:
    row = await transaction.fetch_one(_FIND, {"id": feed})
    assert row is not None
    return _feed(row)


async def _note_entries(transaction: Transaction, visit: FeedVisit, now: int) -> None:
    feed = visit.feed.id
    rows = [{"feed": feed, "identity": e.identity, "digest": e.digest, "now": now} for e in visit.seen]
    await transaction.execute_many(_NOTE, rows)
    if visit.present:
        values = {"feed": feed, "identities": visit.present, "now": now, "yesterday": now - DAY}
        await transaction.execute(_STILL_THERE, values)
        await transaction.execute(_SET_READ, {"id": feed, "now": now})


def _values(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "category": feed.category,
        "state": feed.state.value,
        "etag": feed.etag,
        "last_modified": feed.last_modified,
        "next_check": _stamp(feed.next_check),
        "checked": _stamp(feed.checked),
        "answered": _stamp(feed.answered),
        "changed": _stamp(feed.changed),
        "gap": feed.gap,
        "failures": feed.failures,
        "failing_since": _stamp(feed.failing_since),
        "error": feed.error,
    }


def _stamp(moment: datetime | None) -> int | None:
    return None if moment is None else stamp(moment)


def _feed(row: Row) -> Feed:
    return Feed(
        id=FeedId(row["id"]),
        url=row["url"],
        title=row["title"],
        category=row["category"],
        state=FeedState(row["state"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        next_check=moment_or_none(row["next_check"]),
        checked=moment_or_none(row["checked"]),
        answered=moment_or_none(row["answered"]),
        changed=moment_or_none(row["changed"]),
        gap=row["gap"],
        failures=row["failures"],
        failing_since=moment_or_none(row["failing_since"]),
        error=row["error"],
        articles=row["articles"],
    )

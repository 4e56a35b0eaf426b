"""Due digests become outbox rows: a bounded slice at a time, equal work done once.

What a kill leaves, step by step:

- before anything is written: the digest is still due at the next start;
- the ledger lines, the outbox rows and the next due times of a slice are one transaction
  (`record_digests`): all of it is there or nothing. A line is unique by chat, local date and time, so
  a digest that is asked for twice is queued once;
- between two slices of a wave: those that are written are no longer due, the others still are;
- after an article is stored and before a digest that should hold it: the digest's window begins at the
  newest arrival that the last one saw, so the article is in the next one.

Every digest that `Chats.due` gives moves on: recorded, passed over, or put off after a fault. So a wave
ends, and one chat's fault neither stops the others nor comes back every second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.digests import compose, timetable
from bot.digests.compose import DigestPlan, Window
from bot.digests.timetable import Verdict
from bot.model import (
    Chat,
    DigestRecord,
    DueDigest,
    Lane,
    Language,
    MadeDigest,
    OutboxMessage,
    Reply,
    Story,
    Subscription,
)
from bot.ports import Articles, Chats, Clock

SLICE = 500
"""Due chats that are held in memory at once."""

KEPT = 200
"""Distinct windows, renderings and decisions that a wave keeps."""

RETRY = timedelta(minutes=5)
"""When a digest that failed is tried again; given up once it is too late (bot.digests.timetable)."""

_NOTHING_CHOSEN = Subscription(())

_log = structlog.get_logger(__name__)

Render = Callable[[Chat, DigestPlan, Language, datetime, bool], Reply]
"""(chat, plan, language, the present on the chat's clock, late) → the digest's message.

Of the chat only its kind and whether it had a digest before may matter: chats that are alike in these
share one rendering."""


@dataclass(slots=True)
class _Wave:
    """What the digests of one moment have in common, worked out once."""

    now: datetime
    arrivals: dict[Window, _Arrivals] = field(default_factory=dict)
    replies: dict[tuple[object, ...], _Rendered] = field(default_factory=dict)
    decisions: dict[tuple[object, ...], tuple[Verdict, datetime]] = field(default_factory=dict)

    def decide(
        self, at: time, zone: str, times: tuple[time, ...], days: tuple[int, ...]
    ) -> tuple[Verdict, datetime]:
        """The verdict on a digest of `at`, and when it comes next."""
        key = (at, zone, times, days)
        if key not in self.decisions:
            if len(self.decisions) >= KEPT:
                self.decisions.clear()
            next_due = timetable.next_due(at, zone, self.now, days)
            self.decisions[key] = timetable.verdict(at, zone, self.now, times, days), next_due
        return self.decisions[key]

    def forget(self) -> None:
        """Starts anew where chats have too little in common, so that memory stays bounded."""
        if len(self.replies) >= KEPT or len(self.arrivals) >= KEPT:
            self.arrivals.clear()
            self.replies.clear()


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """What arrived in a window, and up to when that covers the news."""

    stories: Sequence[Story]
    until: datetime


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A digest's words, for all chats with equal choices."""

    reply: Reply
    stories: int
    covers_until: datetime


class Produce:
    """Makes the digests that are due."""

    def __init__(
        self,
        chats: Chats,
        articles: Articles,
        render: Render,
        clock: Clock,
        *,
        zone: str,
        language: Language,
        wake: Callable[[], None],
    ) -> None:
        self._chats = chats
        self._articles = articles
        self._render = render
        self._clock = clock
        self._zone = zone
        self._language = language
        self._wake = wake

    async def due_digests(self) -> int:
        """Queues or passes over everything that is due now; how many digests were queued."""
        wave = _Wave(self._clock.now())
        queued = 0
        while due := await self._chats.due(wave.now, SLICE):
            made = [(digest, one) for digest in due if (one := await self._make(wave, digest))]
            queued += await self._record(made)
            self._wake()
        return queued

    async def _make(self, wave: _Wave, due: DueDigest) -> MadeDigest | None:
        """None where nothing is to be recorded: it was passed over or put off."""
        try:
            return await self._make_or_pass(wave, due)
        except Exception:
            # one chat's fault must not keep the others waiting
            await self._put_off(due)
            return None

    async def _make_or_pass(self, wave: _Wave, due: DueDigest) -> MadeDigest | None:
        chat, zone = due.chat, self._zone_of(due.chat)
        wanted = chat.subscription or _NOTHING_CHOSEN
        verdict, next_due = wave.decide(due.at, zone, wanted.times, wanted.days)
        if not verdict.send:
            await self._chats.skip_digest(chat.id, due.at, next_due)
            _log.info("digest_skipped", chat=chat.id, due=due.due.isoformat())
            return None
        told = await self._rendered(wave, chat, zone, verdict.late)
        reply = told.reply
        return MadeDigest(
            DigestRecord(chat.id, verdict.slot.local_date, due.at, told.covers_until, told.stories),
            OutboxMessage(chat.id, reply.text, Lane.DIGEST, reply.buttons, reply.preview),
            next_due,
        )

    async def _record(self, made: Sequence[tuple[DueDigest, MadeDigest]]) -> int:
        """All of a slice at once; where that fails one by one. How many were queued."""
        try:
            return await self._chats.record_digests([digest for _, digest in made])
        except Exception:
            _log.exception("slice_failed", digests=len(made))
        return sum([await self._record_one(due, digest) for due, digest in made])

    async def _record_one(self, due: DueDigest, digest: MadeDigest) -> bool:
        """One that cannot be written is put off."""
        try:
            return await self._chats.record_digest(digest.record, [digest.message], digest.next_due)
        except Exception:
            await self._put_off(due)
            return False

    async def _put_off(self, due: DueDigest) -> None:
        """Tries again later. Where not even that can be written, the tick fails and comes again."""
        _log.exception("digest_failed", chat=due.chat.id, at=due.at.isoformat())
        await self._chats.skip_digest(due.chat.id, due.at, self._clock.now() + RETRY)

    def _zone_of(self, chat: Chat) -> str:
        """The chat's zone; the operator's where the machine does not know it (any more)."""
        if chat.zone is None:
            return self._zone
        try:
            ZoneInfo(chat.zone)
        except (ValueError, OSError, LookupError):
            _log.warning("unknown_zone", chat=chat.id, zone=chat.zone)
            return self._zone
        return chat.zone

    async def _rendered(self, wave: _Wave, chat: Chat, zone: str, late: bool) -> _Rendered:
        """The digest's words; chats with equal choices share them."""
        covers = compose.window(chat.last_digest, wave.now)
        language = chat.language or chat.heard or self._language
        wanted = chat.subscription.topics if chat.subscription else ()
        first = chat.last_digest is None
        key = (covers, wanted, chat.follows, language, zone, late, first, chat.kind, chat.preferences)
        if key not in wave.replies:
            wave.forget()
            arrivals = await self._arrived(wave, covers)
            plan = compose.digest(chat, arrivals.stories, covers)
            local_now = wave.now.astimezone(ZoneInfo(zone))
            reply = self._render(chat, plan, language, local_now, late)
            wave.replies[key] = _Rendered(reply, len(plan.stories), arrivals.until)
            await asyncio.sleep(0)  # many different choices in a row must not hold the loop
        return wave.replies[key]

    async def _arrived(self, wave: _Wave, covers: Window) -> _Arrivals:
        if covers not in wave.arrivals:
            stories = await self._articles.arrived(covers.after, covers.until, covers.published_after)
            wave.arrivals[covers] = _Arrivals(stories, compose.covered_until(stories, covers))
        return wave.arrivals[covers]

    async def preview(self, chat: Chat, now: datetime) -> DigestPlan:
        """The chat's digest as it would come now; nothing is recorded."""
        covers = compose.window(chat.last_digest, now)
        arrived = await self._articles.arrived(covers.after, covers.until, covers.published_after)
        return compose.digest(chat, arrived, covers)

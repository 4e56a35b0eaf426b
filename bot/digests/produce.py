"""Due digests become outbox rows: a bounded slice at a time, equal work done once.

What a kill leaves, step by step:

- before anything is written: the digest is still due at the next start;
- the ledger lines, the outbox rows and the next due times of a slice are one transaction
  (`record_digests`): all of it is there or nothing. A line is unique by chat, local date and time, so
  a digest that is asked for twice is queued once;
- between two slices of a wave: those that are written are no longer due, the others still are;
- after an article is stored and before a digest that should hold it: the digest's window begins at the
  newest arrival that the last one saw, so the article is in the next one.

Every digest that `Chats.due` gives moves on: recorded, passed over, or put off after a fault. A wave
goes once through what is due in its order, so it ends, and one chat's fault neither stops the others
nor comes back every second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.digests import compose, gather, timetable
from bot.digests.compose import DigestPlan, Window
from bot.digests.timetable import Verdict
from bot.model import (
    NO_PREFERENCES,
    Chat,
    DigestRecord,
    DueDigest,
    Lane,
    Language,
    MadeDigest,
    Moved,
    OutboxMessage,
    Reply,
    Story,
    Subscription,
)
from bot.ports import Articles, Chats, Clock

SLICE = 500
"""Due chats that are held in memory at once."""

MOST_ASTRAY = 2_000
"""Digests that a tick brings back; a hundred thousand are back within a minute."""

LASTING = 3600.0
"""Seconds after which a clock that is behind has been put right: what still lies far ahead then was put
there by one that was wrong for several digests."""

YIELD = 25
"""Digests after which the loop is let go."""

KEPT = 200
"""Distinct windows, renderings and decisions that a wave keeps."""

RETRY = timedelta(minutes=5)
"""When a digest that failed is tried again; given up once it is too late (bot.digests.timetable)."""

_NOTHING_CHOSEN = Subscription(())

_log = structlog.get_logger(__name__)

Render = Callable[[Chat, DigestPlan, Language, datetime, bool], Reply]
"""(chat, plan, language, the present on the chat's clock, late) → the digest's message.

Of the chat only its kind, its preferences and whether it had a digest before may matter: chats that are
alike in these share one rendering."""


@dataclass(slots=True)
class _Wave:
    """What the digests of one moment have in common, worked out once."""

    now: datetime
    windows: dict[datetime | None, Window] = field(default_factory=dict)
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

    def window(self, last_digest: datetime | None) -> Window:
        """What the digest of a chat covers that had its last one then."""
        found = self.windows.get(last_digest)
        if found is None:
            if len(self.windows) >= KEPT:
                self.windows.clear()
            found = self.windows[last_digest] = compose.window(last_digest, self.now)
        return found

    def forget(self) -> None:
        """Starts anew where chats have too little in common, so that memory stays bounded."""
        if len(self.replies) >= KEPT or len(self.arrivals) >= KEPT:
            self.arrivals.clear()
            self.replies.clear()


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """What arrived in a window, and up to when that covers the news; None where nothing did."""

    stories: Sequence[Story]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A digest's words, for all chats with equal choices."""

    reply: Reply
    stories: int
    covers_until: datetime | None


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
        self._unclear_since: float | None = None

    async def due_digests(self) -> int:
        """Queues or passes over everything that is due now; how many digests were queued."""
        wave = _Wave(self._clock.now())
        await self._bring_back(wave.now)
        queued, last = 0, None
        writing: asyncio.Task[int] | None = None
        try:
            while due := await self._chats.due(wave.now, SLICE, last):
                made = await self._made(wave, due)
                last = due[-1]
                queued += await writing if writing else 0
                # the next slice is made while this one is written: the writer has a thread of its own
                writing = asyncio.create_task(self._record(made))
                self._wake()
            return queued + (await writing if writing else 0)
        finally:
            await self._finish(writing)

    async def _bring_back(self, now: datetime) -> None:
        """Digests that a clock which was wrong for a moment put years ahead; the latest first."""
        astray = await self._chats.astray(now + timetable.FURTHEST, MOST_ASTRAY)
        before = [(one, _before_a_leap(one, now)) for one in astray]
        back = [Moved(one.chat.id, one.at, due) for one, due in before if due is not None]
        if back:
            _log.warning("digests_brought_back", digests=len(back))
            await self._chats.bring_back(back, now)
        unclear = [one for one, due in before if due is None]
        if not self._lasts(unclear):
            unclear = [one for one in unclear if one.previous is None]
        await self._chats.move_on(
            [Moved(one.chat.id, one.at, await self._by_timetable(one, now)) for one in unclear]
        )

    def _lasts(self, unclear: Sequence[DueDigest]) -> bool:
        """Whether some have been unclear for long: a usual step leads far ahead where the clock is
        behind now, which soon passes, or where it was ahead for several digests."""
        if not unclear:
            self._unclear_since = None
            return False
        moment = self._clock.monotonic()
        if self._unclear_since is None:
            self._unclear_since = moment
        return moment - self._unclear_since >= LASTING

    async def _by_timetable(self, astray: DueDigest, now: datetime) -> datetime:
        """When it is due by what the chat chose and what the ledger says came today."""
        chat, zone = astray.chat, self._zone_of(astray.chat)
        wanted = chat.subscription or _NOTHING_CHOSEN
        came = await self._chats.digests_on(chat.id, now.astimezone(ZoneInfo(zone)).date())
        return timetable.first_due(
            astray.at, zone, now, came, previous=wanted.times, chosen=wanted.times, days=wanted.days
        )

    async def _made(self, wave: _Wave, due: Sequence[DueDigest]) -> list[tuple[DueDigest, MadeDigest]]:
        made, passed = [], []
        for place, digest in enumerate(due):
            match await self._make(wave, digest):
                case MadeDigest() as one:
                    made.append((digest, one))
                case Moved() as over:
                    passed.append(over)
            if place % YIELD == 0:
                await asyncio.sleep(0)  # the writing of the slice before goes on, and readers are heard
        await self._chats.move_on(passed)
        return made

    async def _finish(self, writing: asyncio.Task[int] | None) -> None:
        """Where the wave is broken off: the slice in hand is written whole or not at all."""
        if writing is not None and not writing.done():
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
        self._wake()

    async def _make(self, wave: _Wave, due: DueDigest) -> MadeDigest | Moved | None:
        """Moved where it is passed over, None where it was put off."""
        try:
            return await self._make_or_pass(wave, due)
        except Exception:
            # one chat's fault must not keep the others waiting
            await self._put_off(due)
            return None

    async def _make_or_pass(self, wave: _Wave, due: DueDigest) -> MadeDigest | Moved:
        chat, zone = due.chat, self._zone_of(due.chat)
        wanted = chat.subscription or _NOTHING_CHOSEN
        verdict, next_due = wave.decide(due.at, zone, wanted.times, wanted.days)
        if not verdict.send:
            _log.info("digest_skipped", chat=chat.id, due=due.due.isoformat())
            return Moved(chat.id, due.at, next_due)
        told = await self._rendered(wave, chat, zone, verdict.late)
        reply = told.reply
        # one that saw nothing covers no more than the one before
        until = told.covers_until or chat.last_digest or wave.window(None).after
        return MadeDigest(
            DigestRecord(chat.id, verdict.slot.local_date, due.at, until, told.stories),
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
        await self._chats.move_on([Moved(due.chat.id, due.at, self._clock.now() + RETRY)])

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
        covers = wave.window(chat.last_digest)
        language = chat.language or chat.heard or self._language
        wanted = chat.subscription.topics if chat.subscription else ()
        first = chat.last_digest is None
        # comparing preferences costs, and most chats have the same
        own = None if chat.preferences is NO_PREFERENCES else chat.preferences
        key = (covers, wanted, chat.follows, language, zone, late, first, chat.kind, own)
        if key not in wave.replies:
            wave.forget()
            arrivals = await self._arrived(wave, covers)
            held = await gather.held(self._articles, arrivals.stories, chat.preferences)
            plan = compose.digest(chat, arrivals.stories, covers, held)
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
        return await gather.planned(self._articles, chat, compose.window(chat.last_digest, now))


def _before_a_leap(astray: DueDigest, now: datetime) -> datetime | None:
    """Where a digest stood before one step that is longer than any timetable's: it goes back there, so
    that what was missed comes, and what had come does not come again. None where there was no such step.
    """
    if astray.previous is None or astray.previous > now + timetable.FURTHEST:
        return None
    return astray.previous if astray.due - astray.previous > timetable.FURTHEST else None

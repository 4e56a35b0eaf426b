"""Due digests become outbox rows: a bounded slice at a time, equal work done once.

What a kill leaves: `Chats.record_digest` writes the ledger's line, the rows to send and the next due
time in one transaction. Killed before it, the digest is still due at the next start; killed after it,
the rows are in the outbox. The ledger's line is unique by chat, local date and time, so a digest that
is asked for twice is queued once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.digests import compose, timetable
from bot.digests.compose import DigestPlan, Window
from bot.model import Chat, DigestRecord, DueDigest, Lane, Language, OutboxMessage, Reply, Story
from bot.ports import Articles, Chats, Clock

SLICE = 500
"""Due chats that are held in memory at once."""

KEPT = 200
"""Distinct windows and renderings that a wave keeps."""

_log = structlog.get_logger(__name__)

Render = Callable[[Chat, DigestPlan, Language, datetime, bool], Reply]
"""(chat, plan, language, the present on the chat's clock, late) → the digest's message.

Of the chat only its kind and whether it had a digest before may matter: chats that are alike in these
share one rendering."""


@dataclass(slots=True)
class _Wave:
    """What the digests of one moment have in common, worked out once."""

    now: datetime
    stories: dict[Window, Sequence[Story]] = field(default_factory=dict)
    replies: dict[tuple[object, ...], tuple[Reply, int]] = field(default_factory=dict)

    def forget(self) -> None:
        """Starts anew where chats have too little in common, so that memory stays bounded."""
        if len(self.replies) >= KEPT or len(self.stories) >= KEPT:
            self.stories.clear()
            self.replies.clear()


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
            moved = [await self._one(wave, digest) for digest in due]
            queued += moved.count(True)
            self._wake()
            if moved.count(None) == len(due):
                # none could be moved on: asking again would give the same ones
                break
        return queued

    async def _one(self, wave: _Wave, due: DueDigest) -> bool | None:
        """Whether it was queued; None where it failed and is still due."""
        try:
            return await self._queue_or_pass(wave, due)
        except Exception:
            # one chat's fault must not keep the others waiting
            _log.exception("digest_failed", chat=due.chat.id, at=due.at.isoformat())
            await asyncio.sleep(0)
            return None

    async def _queue_or_pass(self, wave: _Wave, due: DueDigest) -> bool:
        zone = due.chat.zone or self._zone
        verdict = timetable.verdict(due.due, due.at, zone, wave.now)
        next_due = timetable.next_due(due.at, zone, wave.now)
        if not verdict.send:
            await self._chats.skip_digest(due.chat.id, due.at, next_due)
            _log.info("digest_skipped", chat=due.chat.id, due=due.due.isoformat())
            return False
        reply, stories = await self._reply(wave, due.chat, zone, verdict.late)
        record = DigestRecord(due.chat.id, verdict.slot.local_date, due.at, wave.now, stories)
        message = OutboxMessage(due.chat.id, reply.text, Lane.DIGEST, reply.buttons, reply.preview)
        return await self._chats.record_digest(record, [message], next_due)

    async def _reply(self, wave: _Wave, chat: Chat, zone: str, late: bool) -> tuple[Reply, int]:
        """The digest's message and its number of stories; chats with equal choices share both."""
        covers = compose.window(chat.last_digest, wave.now)
        language = chat.language or self._language
        wanted = chat.subscription.topics if chat.subscription else ()
        first = chat.last_digest is None
        key = (covers, wanted, chat.follows, language, zone, late, first, chat.kind)
        if key not in wave.replies:
            wave.forget()
            plan = compose.digest(chat, await self._arrived(wave, covers), covers)
            local_now = wave.now.astimezone(ZoneInfo(zone))
            reply = self._render(chat, plan, language, local_now, late)
            wave.replies[key] = reply, len(plan.stories)
        return wave.replies[key]

    async def _arrived(self, wave: _Wave, covers: Window) -> Sequence[Story]:
        if covers not in wave.stories:
            wave.stories[covers] = await self._articles.arrived(
                covers.after, covers.until, covers.published_after
            )
        return wave.stories[covers]

    async def preview(self, chat: Chat, now: datetime) -> DigestPlan:
        """The chat's digest as it would come now; nothing is recorded."""
        covers = compose.window(chat.last_digest, now)
        arrived = await self._articles.arrived(covers.after, covers.until, covers.published_after)
        return compose.digest(chat, arrived, covers)

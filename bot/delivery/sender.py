"""The one door out: takes messages from the outbox, in its order and at the pacer's speed.

A message is marked in flight before its call and settled right after it, so that a kill between the
two repeats it and a kill anywhere else does nothing. No chat has two messages in flight. Digests that
wait cost no memory: a small slice of the outbox is looked at, and given up when a reply comes.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.delivery.pacing import GROUP_MINUTE, LONGEST_PAUSE_FOR_ALL, Pacer, Slot, retry_delay
from bot.model import (
    ChatId,
    ChatLost,
    MessageId,
    NetworkFault,
    OutboxRow,
    Outcome,
    Refused,
    RetryAfter,
    Sent,
)
from bot.ports import Clock, Messenger, Outbox

log = structlog.get_logger("mojaz.sender")

GRACE = 8.0
"""Seconds that calls in hand get to end when the program stops."""

_IDLE = 1.0
"""Seconds between two looks at an outbox that nobody said anything about."""

_SHORTEST_IDLE = 0.02

_STORAGE_PAUSE = 1.0
"""Seconds before storage that failed is tried again."""

_LAST_TRIES = 3
"""Tries at storage that fails while the program stops."""

T = TypeVar("T")


class Sender:
    """Sends what the outbox holds until it is told to stop.

    rate: messages a second overall.
    on_dead: told of each message that will never arrive because Telegram refused what it holds, or
    that was given up after too many tries, with the cause.
    """

    def __init__(
        self,
        outbox: Outbox,
        messenger: Messenger,
        clock: Clock,
        rate: float,
        *,
        on_dead: Callable[[OutboxRow, str], Awaitable[None]] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._pacer = Pacer(rate, clock.monotonic())
        self._on_dead = on_dead
        self._chance = chance
        self._most_calls = min(max(math.ceil(rate / 2), 4), 200)
        self._ahead = max(1, int(rate / 100))
        self._slice = max(8, int(rate / 4))
        self._rows: deque[OutboxRow] = deque()
        self._in_hand: set[ChatId] = set()
        self._marking: asyncio.Task[list[OutboxRow]] | None = None
        self._calls: dict[ChatId, asyncio.Task[None]] = {}
        self._stirred = asyncio.Event()
        self._news = False
        self._stop = asyncio.Event()
        self._fatal: BaseException | None = None
        self.outcomes: Counter[str] = Counter()
        """How many calls ended in which way, by the outcome's name."""

    def wake(self) -> None:
        """Something was queued: what waits is looked at anew, replies first."""
        self._news = True
        self._stirred.set()

    async def run(self, stop: asyncio.Event, *, grace: float = GRACE) -> None:
        """Sends until `stop`; calls in hand then get `grace` seconds to end.

        Raises whatever the messenger raises: with a refused token nothing can be sent any more.
        """
        self._stop = stop
        watch = asyncio.create_task(self._stir_at(stop))
        try:
            await self._recover()
            while not self._over:
                await self._step()
        finally:
            watch.cancel()
            with suppress(Exception):
                await self._give_back()
            await self._finish(grace)
        if self._fatal is not None:
            raise self._fatal

    @property
    def _over(self) -> bool:
        return self._stop.is_set() or self._fatal is not None

    async def _stir_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stirred.set()

    async def _recover(self) -> None:
        """What was in flight when the program died goes again; its chats may have got it just now."""
        recovered = await self._stored(self._outbox.recover)
        await self._remember()
        if recovered:
            log.info("recovered", rows=recovered)
            self._pacer.pause(1.0, self._clock.monotonic())

    async def _remember(self) -> None:
        """Limits do not end with the program: what a 429 held back, and a group's twenty a minute."""
        now, here = self._clock.now(), self._clock.monotonic()
        since = now - timedelta(seconds=GROUP_MINUTE)
        soonest = now + timedelta(seconds=LONGEST_PAUSE_FOR_ALL)
        recent = await self._stored(lambda: self._outbox.recent(since, soonest))
        if recent is None:
            return
        for chat, at in recent.groups:
            self._pacer.remember(chat, (now - at).total_seconds(), here)
        if recent.held_until is not None and recent.held_until > now:
            self._pacer.pause((recent.held_until - now).total_seconds(), here)

    async def _finish(self, grace: float) -> None:
        if not self._calls:
            return
        _, late = await asyncio.wait(self._calls.values(), timeout=grace)
        for call in late:
            call.cancel()
        if late:
            log.warning("cut_off", calls=len(late))
            await asyncio.gather(*late, return_exceptions=True)

    # --- choosing ---------------------------------------------------------------------------------

    async def _step(self) -> None:
        """Lets the next few marked messages go, each at its moment."""
        try:
            rows = await self._next_marked()
            if not rows:
                await self._rest()
                return
        except Exception:
            log.exception("outbox_failed")
            await self._pause(_STORAGE_PAUSE)
            return
        if self._ahead > 1:
            # at a high rate the next ones are marked meanwhile, or storage's time would be lost
            self._marking = asyncio.create_task(self._mark_next())
        for row in rows:
            await self._launch(row)

    async def _next_marked(self) -> list[OutboxRow]:
        marking, self._marking = self._marking, None
        return await (marking or self._mark_next())

    async def _mark_next(self) -> list[OutboxRow]:
        room = self._most_calls - len(self._calls) - len(self._in_hand)
        if room <= 0:
            return []
        if self._news or not self._rows:
            await self._claim()
        count = min(room, self._ahead, len(self._rows))
        rows = [self._rows.popleft() for _ in range(count)]
        self._in_hand |= {row.message.chat for row in rows}
        marked = await asyncio.gather(*(self._mark(row) for row in rows))
        return [row for row, is_marked in zip(rows, marked, strict=True) if is_marked]

    async def _give_back(self) -> None:
        """What was marked ahead when the program stops waits in the outbox for the next start."""
        if self._marking is not None:
            for row in await self._next_marked():
                await self._launch(row)

    async def _claim(self) -> None:
        """Looks at the front of the outbox anew; nothing is marked yet, so nothing is given back."""
        self._news = False
        self._rows.clear()
        self._stirred.clear()
        busy = {*self._calls, *self._in_hand, *self._pacer.resting(self._clock.monotonic())}
        self._rows.extend(await self._outbox.claimable(self._clock.now(), busy, self._slice))

    async def _mark(self, row: OutboxRow) -> bool:
        try:
            if await self._outbox.mark_in_flight(row.id):
                return True
            # taken back since it was claimed: its reader said /stop, or had all forgotten
            self._stirred.set()
        except Exception:
            # whether it is marked is not known: it stays so until the next start, or is claimed again
            log.exception("not_marked", row=row.id)
        self._in_hand.discard(row.message.chat)
        return False

    async def _rest(self) -> None:
        """Waits for a message, for a call to end, for a chat to be free, or for a row's time."""
        if len(self._calls) >= self._most_calls:
            spans = [_IDLE]
        else:
            rested = self._pacer.next_end(self._clock.monotonic())
            retry = await self._outbox.next_retry()
            spans = [_IDLE, *([] if rested is None else [rested])]
            if retry is not None:
                spans.append((retry - self._clock.now()).total_seconds())
        await self._pause(max(min(spans), _SHORTEST_IDLE))

    async def _pause(self, seconds: float) -> None:
        """Waits so long, or until something stirs."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        # a stir that no claim follows has been heard: without this a failing storage spins
        if not self._over:
            self._stirred.clear()

    # --- sending ----------------------------------------------------------------------------------

    async def _launch(self, row: OutboxRow) -> None:
        """Waits for the message's moment and starts its call."""
        chat = row.message.chat
        if not await self._is_its_turn():
            # not sent, so it is no fault: it waits in the outbox for the next start
            await self._settle(row, NetworkFault("not sent: the program stopped"), self._clock.now())
            self._in_hand.discard(chat)
            return
        slot = self._pacer.take(self._clock.monotonic())
        call = asyncio.create_task(self._call(row, slot))
        self._calls[chat] = call
        self._in_hand.discard(chat)
        call.add_done_callback(lambda _: self._ended(chat))

    async def _is_its_turn(self) -> bool:
        while not self._over:
            wait = self._pacer.wait(self._clock.monotonic())
            if wait <= 0:
                return True
            # long pauses in steps, so that a stop is seen in time
            await self._clock.sleep(min(wait, 0.25))
        return False

    def _ended(self, chat: ChatId) -> None:
        self._calls.pop(chat, None)
        self._stirred.set()

    async def _call(self, row: OutboxRow, slot: Slot) -> None:
        outcome = await self._outcome(row)
        now = self._clock.monotonic()
        self._pacer.answered(slot, now)
        self._pacer.ended(row.message.chat, outcome, now)
        self.outcomes[type(outcome).__name__] += 1
        delay = None
        if isinstance(outcome, RetryAfter | NetworkFault):
            delay = retry_delay(outcome, row.attempts + 1, self._chance())
        retry_at = None if delay is None else self._clock.now() + timedelta(seconds=delay)
        await self._settle(row, outcome, retry_at)
        await self._tell(row, outcome, retry_at is not None)

    async def _outcome(self, row: OutboxRow) -> Outcome:
        try:
            return await self._messenger.send(row.message, await self._edited(row))
        except Exception as error:
            # the messenger knows every fault of Telegram's; what it lets through ends the sending
            self._fatal = error
            return NetworkFault(f"not sent: {type(error).__name__}")

    async def _edited(self, row: OutboxRow) -> MessageId | None:
        message = row.message
        if message.edits is not None or message.edits_row is None:
            return message.edits
        edited = message.edits_row
        return await self._stored(lambda: self._outbox.sent_message(edited))

    async def _settle(self, row: OutboxRow, outcome: Outcome, retry_at: datetime | None) -> None:
        await self._stored(lambda: self._outbox.settle(row, outcome, retry_at))

    async def _stored(self, step: Callable[[], Awaitable[T]]) -> T | None:
        """Does one step in storage, again and again where storage fails.

        A row that is not settled would be sent again at the next start, so this gives up only where
        the program ends.
        """
        left = _LAST_TRIES
        while left:
            try:
                return await step()
            except Exception:
                log.exception("outbox_failed")
            left -= self._over
            await self._clock.sleep(_STORAGE_PAUSE)
        return None

    async def _tell(self, row: OutboxRow, outcome: Outcome, again: bool) -> None:
        chat, lane = row.message.chat, row.message.lane
        match outcome:
            case Sent():
                log.debug("sent", row=row.id, chat=chat, lane=lane)
            case RetryAfter(seconds):
                log.warning("limited", row=row.id, chat=chat, seconds=seconds)
            case ChatLost(state, cause):
                log.info("chat_lost", chat=chat, state=state, cause=cause)
            case NetworkFault(cause) if again:
                log.warning("send_again", row=row.id, chat=chat, tries=row.attempts + 1, cause=cause)
            case Refused(cause) | NetworkFault(cause):
                log.error("dead_letter", row=row.id, chat=chat, lane=lane, cause=cause)
                await self._tell_dead(row, cause)

    async def _tell_dead(self, row: OutboxRow, cause: str) -> None:
        if self._on_dead is None:
            return
        try:
            await self._on_dead(row, cause)
        except Exception:
            log.exception("dead_letter_untold", row=row.id)

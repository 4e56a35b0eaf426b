"""Stored updates find their handler: at once across chats, in order within one.

A handler that fails is called again; an update that fails every time is set aside with its cause, so
that it stops no other. What an update means is not known here; how many are handled at once stands in
turns.py.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import structlog

from bot.errors import ConfigurationError
from bot.model import StoredUpdate, UpdateId
from bot.ports import Clock, Inbox
from handlers.connection import refused_token, unless
from handlers.transport import TokenRefused
from handlers.turns import Turn, Turns

log = structlog.get_logger("mojaz.dispatch")

MOST_TRIES = 3

RETRY_AFTER = (0.2, 1.0)
"""Seconds before the second and the third try."""

DEADLINE = 600.0
"""Seconds that one update may be handled: a large ingestion takes minutes, nothing takes longer."""

SHARE = 8
"""Updates of one chat that wait in memory. Of those behind them only the numbers do: they are read from
the inbox again in their turn, so that a chat that sends hundreds holds up nobody else's."""

GRACE = 6.0
"""Seconds that updates in hand get when the program stops."""


class Handler(Protocol):
    async def handle(self, update: StoredUpdate, turn: Turn) -> None:
        """Answers one update and marks it as done."""
        ...

    async def give_up(self, update: StoredUpdate, cause: str) -> None:
        """Says that an update could not be answered."""
        ...


@dataclass(slots=True)
class Queue:
    """What one chat asked, in its order."""

    whole: deque[StoredUpdate] = field(default_factory=deque)
    numbers: deque[UpdateId] = field(default_factory=deque)
    """What comes behind those, and stands in the inbox alone."""

    def add(self, update: StoredUpdate) -> None:
        if self.numbers or len(self.whole) >= SHARE:
            self.numbers.append(update.id)
        else:
            self.whole.append(update)


class Dispatch:
    """Queues of updates, one a chat, forgotten when they are empty.

    most: chats that have one; `put` waits beyond that, and so does the intake.
    turns: how many updates are handled at the same time.
    """

    def __init__(
        self,
        inbox: Inbox,
        handler: Handler,
        clock: Clock,
        *,
        most: int = 500,
        turns: Turns | None = None,
    ) -> None:
        self._inbox = inbox
        self._handler = handler
        self._clock = clock
        self._room = asyncio.Semaphore(most)
        self._turns = turns or Turns()
        self._queues: dict[object, Queue] = {}
        self._recalling = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._fatal: asyncio.Future[None] | None = None

    @property
    def is_full(self) -> bool:
        return self._room.locked()

    @property
    def chats_known(self) -> int:
        return len(self._queues)

    async def put(self, update: StoredUpdate) -> None:
        """Hands an update on, behind those of its chat; waits while too many chats are served."""
        key = chat_of(update)
        if key not in self._queues:
            await self._room.acquire()
            if key in self._queues:  # another one of this chat waited too
                self._room.release()
            else:
                self._begin(key)
        self._queues[key].add(update)

    def _begin(self, key: object) -> None:
        self._queues[key] = Queue()
        task = asyncio.create_task(self._work_off(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run(self, stop: asyncio.Event, *, grace: float = GRACE) -> None:
        """Until `stop`; updates in hand then get `grace` seconds, the others stay in the inbox.

        Raises ConfigurationError where Telegram refused the token meanwhile.
        """
        self._fatal = asyncio.get_running_loop().create_future()
        try:
            await unless(stop, self._fatal)
        finally:
            await self._close(grace)

    async def _close(self, grace: float) -> None:
        self._closing = True
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            log.warning("cut_off", updates=len(late))
            await asyncio.gather(*late, return_exceptions=True)

    async def _work_off(self, key: object) -> None:
        try:
            while (update := await self._next(self._queues[key])) is not None:
                await self._answer(update)
        finally:
            del self._queues[key]
            self._room.release()

    async def _next(self, queue: Queue) -> StoredUpdate | None:
        """The update whose turn it is; None at the end, at once, so that none comes in between."""
        while not self._closing and queue.numbers and not queue.whole:
            await self._recall(queue)
        return queue.whole.popleft() if queue.whole and not self._closing else None

    async def _recall(self, queue: Queue) -> None:
        """Reads from the inbox what comes next, for all chats at once that wait for it."""
        async with self._recalling:
            if queue.whole:
                return
            # what is put meanwhile may be missing in what is read
            empty = [each for each in self._queues.values() if not each.whole]
            asked = [(each, list(islice(each.numbers, SHARE))) for each in empty]
            try:
                found = {update.id: update for update in await self._inbox.pending()}
            except Exception:
                log.exception("inbox_failed")
                await self._clock.sleep(1.0)
                return
            for each, numbers in asked:
                for number in numbers:
                    each.numbers.popleft()
                    if number in found:  # else its chat was forgotten meanwhile
                        each.whole.append(found[number])

    async def _answer(self, update: StoredUpdate) -> None:
        """Tries until it is handled or set aside. Whatever happens, the next update gets its turn."""
        while True:
            try:
                async with self._turns.one() as turn, asyncio.timeout(DEADLINE):
                    await self._handler.handle(update, turn)
                return
            except (TokenRefused, ConfigurationError) as error:
                self._end_program(error)
                return
            except Exception as error:
                # from here to the next try the turn is another's
                log.exception("update_failed", update=update.id)
                tries = await self._failed(update, _cause(error))
            if tries >= MOST_TRIES or self._closing:
                return
            await self._clock.sleep(RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1])

    async def _failed(self, update: StoredUpdate, cause: str) -> int:
        """Counts the failure; after the last one the update is given up and set aside."""
        try:
            tries = max(1, await self._inbox.failed(update.id, cause))
            if tries < MOST_TRIES:
                return tries
            log.error("update_set_aside", update=update.id, cause=cause)
            # told before it is put away: killed in between, it is told twice rather than never
            await self._handler.give_up(update, cause)
            await self._inbox.set_aside(update.id, cause)
        except Exception:
            # storage itself fails: the update stays in the inbox for the next start
            log.exception("inbox_failed", update=update.id)
        return MOST_TRIES

    def _end_program(self, error: Exception) -> None:
        fault = refused_token() if isinstance(error, TokenRefused) else error
        if self._fatal is not None and not self._fatal.done():
            self._fatal.set_exception(fault)


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def chat_of(update: StoredUpdate) -> object:
    """What keeps its order: the chat, else the user; an update of another shape stands alone."""
    try:
        content = json.loads(update.payload)
        found = _chat_in(content)
    except (ValueError, TypeError, AttributeError, KeyError):
        found = None
    return ("update", update.id) if found is None else found


def _chat_in(update: dict[str, Any]) -> int | None:
    for kind in ("message", "channel_post", "edited_channel_post", "my_chat_member"):
        if kind in update:
            return int(update[kind]["chat"]["id"])
    pressed = update.get("callback_query")
    if pressed is None:
        return None
    message = pressed.get("message")
    return int(message["chat"]["id"] if message else pressed["from"]["id"])

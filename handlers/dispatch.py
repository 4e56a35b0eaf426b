"""Stored updates find their handler: at once across chats, in order within one.

A handler that fails is called again; an update that fails every time is set aside with its cause, so
that it stops no other. What an update means is not known here; how many are handled at once stands in
turns.py.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any, Protocol

import structlog

from bot.errors import ConfigurationError
from bot.model import StoredUpdate
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

GRACE = 6.0
"""Seconds that updates in hand get when the program stops."""


class Handler(Protocol):
    async def handle(self, update: StoredUpdate, turn: Turn) -> None:
        """Answers one update and marks it as done."""
        ...

    async def give_up(self, update: StoredUpdate, cause: str) -> None:
        """Says that an update could not be answered."""
        ...


class Dispatch:
    """Queues of updates, one a chat, forgotten when they are empty.

    most: updates that wait in memory; `put` waits beyond that, and so does the intake.
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
        self._queues: dict[object, deque[StoredUpdate]] = {}
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
        """Hands an update on, behind those of its chat; waits while too many are in hand."""
        await self._room.acquire()
        key = chat_of(update)
        queue = self._queues.get(key)
        if queue is not None:
            queue.append(update)
            return
        self._queues[key] = deque([update])
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
        queue = self._queues[key]
        while queue and not self._closing:
            update = queue.popleft()
            try:
                await self._answer(update)
            finally:
                self._room.release()
        del self._queues[key]

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

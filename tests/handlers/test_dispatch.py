"""Updates find their handler: order within a chat, no order across, poison set aside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.errors import ConfigurationError
from bot.model import StoredUpdate, UpdateId
from handlers.dispatch import Dispatch, chat_of
from handlers.transport import TokenRefused
from handlers.turns import Slow, Turn, Turns

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def update(number: int, chat: int = 7) -> StoredUpdate:
    payload = {"update_id": number, "message": {"chat": {"id": chat}}}
    return StoredUpdate(UpdateId(number), json.dumps(payload), NOW)


class Shelf:
    """The part of an inbox that a dispatch needs."""

    def __init__(self) -> None:
        self.tries: dict[int, int] = {}
        self.aside: dict[int, str] = {}
        self.waiting: list[StoredUpdate] = []
        self.faults = 0

    async def failed(self, number: UpdateId, cause: str) -> int:
        self.tries[number] = self.tries.get(number, 0) + 1
        return self.tries[number]

    async def set_aside(self, number: UpdateId, cause: str) -> None:
        self.aside[number] = cause

    async def record(self, updates: Sequence[StoredUpdate]) -> Sequence[StoredUpdate]:
        raise NotImplementedError

    async def pending(self) -> Sequence[StoredUpdate]:
        waiting = list(self.waiting)
        await asyncio.sleep(0.001)
        if self.faults:
            self.faults -= 1
            raise OSError("locked")
        return waiting

    async def done(self, number: UpdateId) -> None:
        raise NotImplementedError


class Handling:
    def __init__(self, work: Callable[[StoredUpdate], Awaitable[None]]) -> None:
        self.work = work
        self.slow: Collection[int] = ()
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.given_up: list[tuple[int, str]] = []

    async def handle(self, update: StoredUpdate, turn: Turn) -> None:
        self.begun.append(update.id)
        async with turn.aside(Slow.QUESTION if update.id in self.slow else None):
            await self.work(update)
        self.ended.append(update.id)

    async def give_up(self, update: StoredUpdate, cause: str) -> None:
        self.given_up.append((update.id, cause))


class FastClock(SystemClock):
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


@asynccontextmanager
async def running(
    handling: Handling, shelf: Shelf | None = None, **more: Any
) -> AsyncIterator[Dispatch]:
    dispatch, stop = Dispatch(shelf or Shelf(), handling, FastClock(), **more), asyncio.Event()
    task = asyncio.create_task(dispatch.run(stop, grace=1.0))
    await asyncio.sleep(0)
    try:
        yield dispatch
    finally:
        stop.set()
        await asyncio.wait_for(task, 3)


async def settle() -> None:
    await asyncio.sleep(0.05)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_slow_chat_holds_up_itself_alone() -> None:
    gate = asyncio.Event()

    async def work(update: StoredUpdate) -> None:
        if update.id == 1:
            await gate.wait()

    handling = Handling(work)
    async with running(handling) as dispatch:
        for each in (update(1, 7), update(2, 7), update(3, 8)):
            await dispatch.put(each)
        await settle()
        assert handling.ended == [3]
        gate.set()
        await settle()
    assert handling.ended == [3, 1, 2]
    assert dispatch.chats_known == 0


async def test_slow_work_of_many_chats_leaves_quick_answers_their_places() -> None:
    gate = asyncio.Event()

    async def work(update: StoredUpdate) -> None:
        if update.id in handling.slow:
            await gate.wait()

    handling = Handling(work)
    handling.slow = range(1, 41)
    async with running(handling) as dispatch:
        for number in range(1, 42):
            await dispatch.put(update(number, chat=number))
        await until(lambda: handling.ended == [41])
        gate.set()
        await until(lambda: not dispatch.chats_known)
    assert sorted(handling.ended) == [*range(1, 42)]


async def test_an_answer_that_becomes_slow_goes_on_without_its_place() -> None:
    gate = asyncio.Event()

    async def work(update: StoredUpdate) -> None:
        if update.id == 1:
            await gate.wait()

    handling = Handling(work)
    async with running(handling, turns=Turns(at_once=1, longest=0.02)) as dispatch:
        for number in (1, 2, 3):
            await dispatch.put(update(number, chat=number))
        await until(lambda: handling.ended == [2, 3])
        gate.set()
        await until(lambda: handling.ended == [2, 3, 1])


async def test_between_two_tries_the_place_is_anothers() -> None:
    waits = asyncio.Event()

    class Waiting(SystemClock):
        async def sleep(self, seconds: float) -> None:
            await waits.wait()

    async def work(update: StoredUpdate) -> None:
        if handling.begun == [1]:
            raise KeyError("at first")

    handling, stop = Handling(work), asyncio.Event()
    dispatch = Dispatch(Shelf(), handling, Waiting(), turns=Turns(at_once=1))
    task = asyncio.create_task(dispatch.run(stop))
    await dispatch.put(update(1, chat=1))
    await dispatch.put(update(2, chat=2))
    await until(lambda: handling.ended == [2])
    waits.set()
    await until(lambda: handling.ended == [2, 1])
    stop.set()
    await asyncio.wait_for(task, 3)


async def test_a_poisonous_update_is_tried_three_times_and_set_aside() -> None:
    async def work(update: StoredUpdate) -> None:
        if update.id == 1:
            raise KeyError("no such field")

    handling, shelf = Handling(work), Shelf()
    async with running(handling, shelf) as dispatch:
        await dispatch.put(update(1))
        await dispatch.put(update(2))
        await settle()
    assert handling.begun == [1, 1, 1, 2]
    assert shelf.aside == {1: "KeyError: 'no such field'"}
    assert handling.given_up == [(1, "KeyError: 'no such field'")]


async def test_intake_waits_while_too_much_is_in_hand() -> None:
    gate = asyncio.Event()

    async def work(update: StoredUpdate) -> None:
        await gate.wait()

    async with running(Handling(work), most=2) as dispatch:
        await dispatch.put(update(1, 1))
        await dispatch.put(update(2, 2))
        assert dispatch.is_full
        third = asyncio.create_task(dispatch.put(update(3, 3)))
        await settle()
        assert not third.done()
        gate.set()
        await asyncio.wait_for(third, 1)


async def test_a_chat_that_sends_hundreds_holds_up_no_other() -> None:
    gate = asyncio.Event()

    async def work(update: StoredUpdate) -> None:
        if update.id == 1:
            await gate.wait()

    handling, shelf = Handling(work), Shelf()
    async with running(handling, shelf) as dispatch:
        for number in range(1, 601):
            shelf.waiting.append(update(number))
            await asyncio.wait_for(dispatch.put(shelf.waiting[-1]), 5)
        await asyncio.wait_for(dispatch.put(update(601, chat=8)), 5)
        await until(lambda: handling.ended == [601])
        gate.set()
        await until(lambda: not dispatch.chats_known)
    assert handling.ended == [601, *range(1, 601)]


async def test_what_is_put_while_others_are_read_again_keeps_its_place() -> None:
    async def work(update: StoredUpdate) -> None:
        await asyncio.sleep(0)

    handling, shelf = Handling(work), Shelf()
    shelf.faults = 1
    async with running(handling, shelf) as dispatch:
        for number in range(1, 401):
            for chat in (7, 8):
                shelf.waiting.append(update(2 * number + chat % 2, chat))
                await dispatch.put(shelf.waiting[-1])
            if number % 5 == 0:
                await asyncio.sleep(0.0005)
        await until(lambda: not dispatch.chats_known)
    for rest in (0, 1):
        ended = [number for number in handling.ended if number % 2 == rest]
        assert ended == sorted(ended)
    assert len(handling.ended) == 800


async def test_what_was_forgotten_meanwhile_is_not_answered() -> None:
    async def work(update: StoredUpdate) -> None:
        shelf.waiting.clear()

    handling, shelf = Handling(work), Shelf()
    async with running(handling, shelf) as dispatch:
        for number in range(1, 21):
            shelf.waiting.append(update(number))
            await dispatch.put(shelf.waiting[-1])
        await until(lambda: not dispatch.chats_known)
    assert handling.ended == [*range(1, 9)]


async def test_a_stop_ends_what_is_in_hand_and_begins_no_more() -> None:
    async def work(update: StoredUpdate) -> None:
        await asyncio.sleep(0.2)

    handling = Handling(work)
    async with running(handling) as dispatch:
        await dispatch.put(update(1))
        await dispatch.put(update(2))
        await settle()
    assert (handling.begun, handling.ended) == ([1], [1])


async def test_a_refused_token_ends_the_program_in_one_line() -> None:
    async def work(update: StoredUpdate) -> None:
        raise TokenRefused("401")

    dispatch = Dispatch(Shelf(), Handling(work), FastClock())
    task = asyncio.create_task(dispatch.run(asyncio.Event()))
    await asyncio.sleep(0)
    await dispatch.put(update(1))
    with pytest.raises(ConfigurationError, match="BOT_TOKEN: "):
        await asyncio.wait_for(task, 2)


def test_the_chat_is_found_in_every_kind_of_update() -> None:
    def of(**content: object) -> object:
        return chat_of(StoredUpdate(UpdateId(1), json.dumps({"update_id": 1, **content}), NOW))

    assert of(message={"chat": {"id": 7}}) == 7
    assert of(callback_query={"from": {"id": 5}, "message": {"chat": {"id": -9}}}) == -9
    assert of(callback_query={"from": {"id": 5}}) == 5
    assert of(message="nonsense") == ("update", 1)
    assert chat_of(StoredUpdate(UpdateId(2), "no json", NOW)) == ("update", 2)

"""The sender: order, one call a chat, faults, stopping; over a tiny outbox in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import SystemClock
from bot.delivery.sender import Sender
from bot.model import (
    ChatId,
    Lane,
    MessageId,
    NetworkFault,
    OutboxId,
    OutboxMessage,
    OutboxRow,
    Outcome,
    Recent,
    Refused,
    RetryAfter,
    Sent,
    UpdateId,
)


class Box:
    """Rows in a list; what storage does, without storage."""

    def __init__(self) -> None:
        self.waiting: list[tuple[OutboxRow, datetime | None]] = []
        self.in_flight: list[OutboxId] = []
        self.settled: list[tuple[OutboxId, Outcome]] = []
        self.sent: dict[OutboxId, MessageId] = {}
        self.failures = 0
        self.former = Recent()
        self.withdrawn: set[OutboxId] = set()
        self.count = 0

    def put(self, chat: int, text: str = "خبر", lane: Lane = Lane.DIGEST, **more: object) -> OutboxId:
        self.count += 1
        message = replace(OutboxMessage(ChatId(chat), text, lane), **more)  # type: ignore[arg-type]
        self.waiting.append((OutboxRow(OutboxId(self.count), message, 0), None))
        return OutboxId(self.count)

    async def claimable(
        self, now: datetime, busy: Collection[ChatId], limit: int
    ) -> Sequence[OutboxRow]:
        if self.failures:
            self.failures -= 1
            raise OSError("no disk")
        seen, found = set(busy), []
        lanes = list(Lane)
        for row, at in sorted(self.waiting, key=lambda each: lanes.index(each[0].message.lane)):
            if row.message.chat not in seen and (at is None or at <= now):
                found.append(row)
            seen.add(row.message.chat)
        return found[:limit]

    async def mark_in_flight(self, row: OutboxId) -> bool:
        if row in self.withdrawn:
            self.waiting = [each for each in self.waiting if each[0].id != row]
            return False
        self.in_flight.append(row)
        return True

    async def settle(self, row: OutboxRow, outcome: Outcome, retry_at: datetime | None) -> None:
        self.settled.append((row.id, outcome))
        self.in_flight.remove(row.id)
        self.waiting = [each for each in self.waiting if each[0].id != row.id]
        if isinstance(outcome, Sent):
            self.sent[row.id] = outcome.message
        elif retry_at is not None:
            self.waiting.append((replace(row, attempts=row.attempts + 1), retry_at))

    async def recover(self) -> int:
        return 0

    async def recent(self, since: datetime, soonest: datetime) -> Recent:
        return self.former

    async def sent_message(self, row: OutboxId) -> MessageId | None:
        return self.sent.get(row)

    async def next_retry(self) -> datetime | None:
        return min((at for _, at in self.waiting if at is not None), default=None)

    async def reply(
        self, update: UpdateId | None, messages: Sequence[OutboxMessage]
    ) -> Sequence[OutboxId]:
        raise NotImplementedError

    async def queue(self, messages: Sequence[OutboxMessage]) -> Sequence[OutboxId]:
        raise NotImplementedError

    async def sweep(self, before: datetime) -> int:
        raise NotImplementedError


Answer = Callable[[OutboxMessage], Awaitable[Outcome]]


class Telegram:
    """Remembers what was sent and answers as it is told."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.calls: list[tuple[float, OutboxMessage, MessageId | None]] = []
        self.answer = answer
        self.open: list[ChatId] = []
        self.most_open_a_chat = 0

    async def send(self, message: OutboxMessage, edits: MessageId | None) -> Outcome:
        self.calls.append((asyncio.get_running_loop().time(), message, edits))
        self.open.append(message.chat)
        self.most_open_a_chat = max(self.most_open_a_chat, self.open.count(message.chat))
        try:
            return await self.answer(message) if self.answer else Sent(MessageId(len(self.calls)))
        finally:
            self.open.remove(message.chat)

    @property
    def texts(self) -> list[str]:
        return [message.text for _, message, _ in self.calls]


@asynccontextmanager
async def running(box: Box, telegram: Telegram, rate: float = 1000) -> AsyncIterator[Sender]:
    sender, stop = Sender(box, telegram, SystemClock(), rate, chance=lambda: 0.0), asyncio.Event()
    task = asyncio.create_task(sender.run(stop, grace=2.0))
    try:
        yield sender
    finally:
        stop.set()
        await asyncio.wait_for(task, 3)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_everything_queued_is_sent_and_settled_once() -> None:
    box, telegram = Box(), Telegram()
    for chat in range(1, 101):
        box.put(chat)
    async with running(box, telegram) as sender:
        await until(lambda: len(box.settled) == 100)
    assert (len(telegram.calls), sender.outcomes["Sent"], box.in_flight) == (100, 100, [])


async def test_a_reply_in_the_middle_of_a_wave_goes_next() -> None:
    box, telegram = Box(), Telegram()
    for chat in range(1, 200):
        box.put(chat)
    async with running(box, telegram, rate=50) as sender:
        await until(lambda: len(telegram.calls) == 5)
        box.put(1000, "جواب", Lane.REPLY)
        sender.wake()
        await until(lambda: "جواب" in telegram.texts)
    assert telegram.texts.index("جواب") <= 7


async def test_a_chat_has_one_call_at_a_time_and_rests_after_it() -> None:
    async def slow(message: OutboxMessage) -> Outcome:
        await asyncio.sleep(0.1)
        return Sent(MessageId(1))

    box, telegram = Box(), Telegram(slow)
    box.put(1, "أول")
    box.put(1, "ثان")
    async with running(box, telegram):
        await until(lambda: len(box.settled) == 2)
    assert telegram.most_open_a_chat == 1
    assert telegram.texts == ["أول", "ثان"]
    assert telegram.calls[1][0] - telegram.calls[0][0] >= 1.09


async def test_slow_answers_do_not_slow_the_rate() -> None:
    async def slow(message: OutboxMessage) -> Outcome:
        await asyncio.sleep(0.1)
        return Sent(MessageId(1))

    box, telegram = Box(), Telegram(slow)
    for chat in range(1, 61):
        box.put(chat)
    async with running(box, telegram, rate=30):
        await until(lambda: len(box.settled) == 60)
    times = [at for at, _, _ in telegram.calls]
    assert 59 / (times[-1] - times[0]) > 0.97 * 30


async def test_after_a_429_nothing_goes_to_anyone_before_its_end() -> None:
    answers: list[Outcome] = [RetryAfter(0.5)]

    async def once(message: OutboxMessage) -> Outcome:
        return answers.pop() if answers else Sent(MessageId(1))

    box, telegram = Box(), Telegram(once)
    for chat in range(1, 6):
        box.put(chat)
    async with running(box, telegram, rate=20):
        await until(lambda: len(box.sent) == 5)
    times = [at for at, _, _ in telegram.calls]
    assert times[1] - times[0] >= 0.5


async def test_a_fault_is_tried_again_and_a_refusal_is_not() -> None:
    faults: list[Outcome] = [NetworkFault("502")]

    async def answer(message: OutboxMessage) -> Outcome:
        if message.chat == 2:
            return Refused("message is too long")
        return faults.pop() if faults else Sent(MessageId(1))

    box, telegram = Box(), Telegram(answer)
    first, second = box.put(1), box.put(2)
    async with running(box, telegram):
        await until(lambda: first in box.sent)
    assert [outcome for row, outcome in box.settled if row == second] == [Refused("message is too long")]
    assert len(telegram.calls) == 3


async def test_an_edit_of_a_row_edits_the_message_that_it_became() -> None:
    box, telegram = Box(), Telegram()
    box.sent[OutboxId(77)] = MessageId(555)
    box.put(1, edits_row=OutboxId(77))
    box.put(2, edits_row=OutboxId(78))
    async with running(box, telegram):
        await until(lambda: len(box.settled) == 2)
    assert [edits for _, _, edits in telegram.calls] == [MessageId(555), None]


async def test_storage_that_fails_stops_nothing() -> None:
    box, telegram = Box(), Telegram()
    box.failures = 1
    box.put(1)
    async with running(box, telegram):
        await until(lambda: len(box.sent) == 1)


async def test_a_stop_lets_the_call_in_hand_end_and_sends_no_more() -> None:
    async def slow(message: OutboxMessage) -> Outcome:
        await asyncio.sleep(0.3)
        return Sent(MessageId(1))

    box, telegram = Box(), Telegram(slow)
    for chat in range(1, 100):
        box.put(chat)
    async with running(box, telegram, rate=5):
        await until(lambda: len(telegram.calls) == 1)
    assert len(box.sent) == len(telegram.calls) <= 2
    assert box.in_flight == []


async def test_what_the_messenger_lets_through_ends_the_sending() -> None:
    async def revoked(message: OutboxMessage) -> Outcome:
        raise PermissionError("401")

    box = Box()
    row = box.put(1)
    sender = Sender(box, Telegram(revoked), SystemClock(), 30)
    try:
        await asyncio.wait_for(sender.run(asyncio.Event()), 3)
    except PermissionError:
        assert (row, NetworkFault("not sent: PermissionError")) in box.settled
    else:
        raise AssertionError("it went on")


async def test_dead_letters_are_told() -> None:
    told: list[tuple[OutboxId, str]] = []

    async def refuse(message: OutboxMessage) -> Outcome:
        return Refused("too long")

    async def tell(row: OutboxRow, cause: str) -> None:
        told.append((row.id, cause))

    box, stop = Box(), asyncio.Event()
    row = box.put(1)
    sender = Sender(box, Telegram(refuse), SystemClock(), 30, on_dead=tell)
    task = asyncio.create_task(sender.run(stop))
    await until(lambda: bool(told))
    stop.set()
    await task
    assert told == [(row, "too long")]


async def test_a_pause_for_all_outlives_the_program() -> None:
    box, telegram = Box(), Telegram()
    box.former = Recent(held_until=SystemClock().now() + timedelta(seconds=0.6))
    box.put(1)
    begun = asyncio.get_running_loop().time()
    async with running(box, telegram):
        await until(lambda: bool(telegram.calls))
    assert telegram.calls[0][0] - begun >= 0.55


async def test_a_groups_twenty_a_minute_outlive_the_program() -> None:
    box, telegram = Box(), Telegram()
    now = SystemClock().now()
    box.former = Recent(groups=((ChatId(-5), now - timedelta(seconds=30)),) * 20)
    box.put(-5)
    box.put(6)
    async with running(box, telegram):
        await until(lambda: bool(telegram.calls))
        await asyncio.sleep(0.3)
    assert [message.chat for _, message, _ in telegram.calls] == [6]


async def test_what_was_taken_back_after_it_was_claimed_is_not_sent() -> None:
    box, telegram = Box(), Telegram()
    box.withdrawn.add(box.put(1))
    box.put(2)
    async with running(box, telegram):
        await until(lambda: bool(telegram.calls))
    assert [message.chat for _, message, _ in telegram.calls] == [2]

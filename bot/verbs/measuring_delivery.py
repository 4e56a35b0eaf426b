"""`mojaz bench delivery`: the sender over a real database, against a Bot API with Telegram's limits.

The Bot API is the sandbox's, in a process of its own; nothing leaves this machine.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot import telemetry
from bot.clock import SystemClock
from bot.delivery.sender import Sender
from bot.errors import MojazError
from bot.model import ChatId, Lane, MessageId, OutboxMessage, Outcome, Sent
from bot.sandbox.emulator import Emulator
from bot.sandbox.limits import Limits
from bot.verbs.beside import beside
from handlers.connection import opened_bot
from handlers.messenger import TelegramMessenger
from storage import Storage, opened_storage

TOKEN = "1:" + "bench"
FIRST_CHAT = 1_000_000
FIRST_READER = 100_000

WORDS = "موجز الصباح. " + "جملة من خبر كما وردت في نصها. " * 60
"""About as long as a digest is."""

REPLY_EVERY = 0.25
"""Seconds between two readers who ask while the wave goes out."""

LONGEST = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """A wave of messages to as many chats, and what was measured of it."""

    messages: int
    rate: float
    round_trip: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    delivered: int
    limited: int
    seconds: float
    """From the first message's arrival to the last one's."""
    replies: Sequence[float]
    """Seconds from queueing a reply to the answer of its call."""


async def delivery(messages: int = 900, fast: int = 10_000, round_trip: float = 0.05) -> int:
    """Prints a table of two waves: `messages` at 30 a second, `fast` at 1000 a second with
    `round_trip` seconds between the call and its answer. 0 where all arrived and none was refused."""
    # the operator's level, not the one of a program that nobody configured
    telemetry.configure("warning", "auto", [TOKEN])
    runs = [Run(messages, 30.0), Run(fast, 1000.0, round_trip)]
    table = Table(
        "wave", "rate asked", "round trip", "delivered", "429", "a second", "of the rate", "reply p50",
        "p99", title="Delivery: real outbox, sender and HTTP, Telegram's limits",
    )  # fmt: skip
    complete = True
    for run in runs:
        result = await measure(run)
        complete &= result.delivered == run.messages and not result.limited
        table.add_row(*_cells(run, result))
    Console().print(table)
    return 0 if complete else 1


def _cells(run: Run, result: Result) -> list[str]:
    # n messages have n - 1 spans between them
    rate = (result.delivered - 1 + len(result.replies)) / result.seconds
    return [
        f"{run.messages:,}",
        f"{run.rate:g}",
        f"{run.round_trip * 1000:g} ms",
        f"{result.delivered:,}",
        str(result.limited),
        f"{rate:.1f}",
        f"{rate / run.rate:.1%}",
        _percentile(result.replies, 0.5),
        _percentile(result.replies, 0.99),
    ]


def _percentile(values: Sequence[float], part: float) -> str:
    if not values:
        return "-"
    return f"{sorted(values)[min(len(values) - 1, int(len(values) * part))]:.3f} s"


async def measure(run: Run) -> Result:
    """Sends one wave. Raises MojazError where it does not end in time."""
    replies = int(run.messages / run.rate / REPLY_EVERY)
    async with beside(_serve, run, replies) as emulator:
        with tempfile.TemporaryDirectory(prefix="mojaz-bench-") as folder:
            clock = SystemClock()
            database = f"sqlite:///{Path(folder) / 'bench.db'}"
            async with (
                opened_storage(database, clock.now) as storage,
                opened_bot(TOKEN, emulator.first) as bot,
            ):
                timed = _Timed(TelegramMessenger(bot))
                sender = Sender(storage.outbox, timed, clock, run.rate)
                await _wave(run, storage, sender, timed, replies)
        delivered, limited, seconds = await asyncio.to_thread(_ask, emulator.pipe)
    spans = [timed.ended[chat] - begun for chat, begun in timed.asked.items() if chat in timed.ended]
    return Result(delivered, limited, seconds, spans)


class _Timed:
    """A messenger that notes when readers' replies were sent."""

    def __init__(self, messenger: TelegramMessenger) -> None:
        self._messenger = messenger
        self.asked: dict[ChatId, float] = {}
        self.ended: dict[ChatId, float] = {}
        self.sent = 0

    async def send(self, message: OutboxMessage, edits: MessageId | None) -> Outcome:
        outcome = await self._messenger.send(message, edits)
        if isinstance(outcome, Sent):
            self.sent += 1
            if message.lane is Lane.REPLY:
                self.ended[message.chat] = time.monotonic()
        return outcome


async def _wave(run: Run, storage: Storage, sender: Sender, timed: _Timed, replies: int) -> None:
    wave = [
        OutboxMessage(ChatId(FIRST_CHAT + number), WORDS, Lane.DIGEST) for number in range(run.messages)
    ]
    await storage.outbox.queue(wave)
    stop = asyncio.Event()
    sending = asyncio.create_task(sender.run(stop))
    asking = asyncio.create_task(_ask_meanwhile(storage, sender, timed, replies))
    try:
        async with asyncio.timeout(LONGEST):
            while timed.sent < run.messages + replies and not sending.done():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise MojazError(f"only {timed.sent} messages went out within {LONGEST:g} s") from None
    finally:
        asking.cancel()
        stop.set()
        await sending


async def _ask_meanwhile(storage: Storage, sender: Sender, timed: _Timed, replies: int) -> None:
    for number in range(replies):
        await asyncio.sleep(REPLY_EVERY)
        chat = ChatId(FIRST_READER + number)
        timed.asked[chat] = time.monotonic()
        await storage.outbox.reply(None, [OutboxMessage(chat, WORDS, Lane.REPLY)])
        sender.wake()


# --- the Bot API in its own process ---------------------------------------------------------------


def _ask(emulator: Connection) -> tuple[int, int, float]:
    """How many messages arrived in the wave, how many calls got a 429, the seconds that it took."""
    emulator.send("count")
    found: tuple[int, int, float] = emulator.recv()
    return found


def _serve(pipe: Connection, run: Run, replies: int) -> None:
    # what is remembered grows with every call: collecting it would halt the clock of the limits
    gc.disable()
    asyncio.run(_serving(pipe, run, replies))


async def _serving(pipe: Connection, run: Run, replies: int) -> None:
    emulator = Emulator(TOKEN, limits=Limits(overall=int(run.rate), chat_burst=1))
    for number in range(run.messages):
        emulator.add_private(FIRST_CHAT + number)
    for number in range(replies):
        emulator.add_private(FIRST_READER + number)
    emulator.delay = run.round_trip
    emulator.transcript.calls = deque()
    async with emulator.serve() as url:
        pipe.send(url)
        try:
            while await asyncio.to_thread(pipe.recv):
                pipe.send(_count(emulator))
        except EOFError:
            return


def _count(emulator: Emulator) -> tuple[int, int, float]:
    calls = emulator.transcript.of("sendMessage")
    sent = [call for call in calls if call.status == 200]
    wave = sum(int(call.given["chat_id"]) >= FIRST_CHAT for call in sent)
    limited = sum(call.status == 429 for call in calls)
    times = [call.at for call in sent]
    return wave, limited, max(times) - min(times) if times else 0.0

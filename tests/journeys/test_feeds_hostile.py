"""Feeds made to do harm, in the running bot: readers are answered as ever, and each ends as a fault.

Every feed is at a loopback address of its own, so that they are read side by side.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import NewFeed
from bot.sandbox.emulator import Emulator
from storage import opened_storage

MOST_MEMORY = 100
ENDS_WITHIN = 75.0
"""Seconds: a drip has 30, a document 10 of a worker's, one after the other."""

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
HEAD = b"<rss version='2.0'><channel><item><title>x</title>"


def says(answer: bytes) -> Conversation:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    return talk


def holds(body: bytes) -> Conversation:
    return says(OK + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)


async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(OK + b"\r\n")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.5)


def laughs() -> bytes:
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    return b"<!DOCTYPE rss [" + entities + b"]>" + HEAD + b"&a11;</item></channel></rss>"


HOSTILE: list[Conversation] = [
    drips,
    says(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nConnection: close\r\n\r\n"),
    # a port that is none of the web's: the guard forbids it, so that nothing is connected to
    says(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:25/\r\nConnection: close\r\n\r\n"),
    holds(laughs()),
    holds(HEAD + b"<a>" * 100_000),
    holds(HEAD + b"&" * 4_000_000),
    holds(b"<" * 4_000_000),
    holds(b"x" * 6_000_000),
    says(b"\x16\x03\x01 garbage"),
]


@pytest.fixture
async def feeds() -> AsyncIterator[list[str]]:
    """The addresses of the hostile servers."""
    talks: set[asyncio.Task[None]] = set()

    def greets(talk: Conversation) -> Callable[..., None]:
        def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.add(asyncio.create_task(whole(talk, reader, writer)))

        return greet

    async with contextlib.AsyncExitStack() as stack:
        urls = []
        for number, talk in enumerate(HOSTILE, start=1):
            server = await asyncio.start_server(greets(talk), f"127.0.1.{number}", 0)
            stack.callback(server.close)
            urls.append(f"http://127.0.1.{number}:{server.sockets[0].getsockname()[1]}/rss")
        yield urls
    for talk_ in talks:
        talk_.cancel()
    await asyncio.gather(*talks, return_exceptions=True)


async def whole(talk: Conversation, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await talk(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()


def process_and_workers(number: int) -> list[int]:
    below = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [number, *map(int, below)]


def memory(number: int, field: str) -> float:
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)
    return 0.0


@pytest.mark.slow
async def test_readers_are_answered_within_a_second_while_hostile_feeds_are_read(
    emulator: Emulator, news, tmp_path: Path, start, feeds: list[str]
) -> None:
    await news.stop()
    program = await start(FETCH_ALLOW_PRIVATE="1")
    reader = emulator.private("reader")
    await reader.ask("/latest")
    number = program.process.pid
    before = memory(number, "VmRSS")
    (Path("/proc") / str(number) / "clear_refs").write_text("5")
    now = datetime.now(UTC)
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", lambda: datetime.now(UTC)) as storage:
        await storage.feeds.add([NewFeed(url) for url in feeds], now)
        waits, begun = [], time.monotonic()
        while any(feed.checked is None for feed in await storage.feeds.all()):
            assert time.monotonic() - begun < ENDS_WITHIN
            asked = time.monotonic()
            await reader.ask("/latest")
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(1.0)
        found = await storage.feeds.all()
    assert [feed.url for feed in found if not feed.error] == []
    # one answer in ten may meet what else goes on on a machine
    assert sorted(waits)[int(0.9 * len(waits))] < 1.0, waits
    assert memory(number, "VmHWM") - before < MOST_MEMORY
    workers = process_and_workers(number)[1:]
    assert all(memory(one, "VmRSS") < 400 for one in workers)


async def test_the_bot_stops_in_time_while_a_feed_drips_and_asks_it_again_at_the_next_start(
    program, tmp_path: Path, start, feeds: list[str]
) -> None:
    await program.stop()
    program = await start(FETCH_ALLOW_PRIVATE="1")
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", lambda: datetime.now(UTC)) as storage:
        await storage.feeds.add([NewFeed(feeds[0])], datetime.now(UTC))
        async with asyncio.timeout(20):
            while await storage.feeds.due(datetime.now(UTC), 1):
                await asyncio.sleep(0.1)
        begun = time.monotonic()
        assert await program.stop() == 0
        assert time.monotonic() - begun < 10
        [feed] = await storage.feeds.due(datetime.now(UTC), 1)
        assert (feed.url, feed.failures, feed.checked) == (feeds[0], 0, None)

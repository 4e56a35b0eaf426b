"""`mojaz bench feeds`: many feeds polled, each at a host of its own, over real HTTP and a real database.

The feeds are served by one process on 127.0.0.1, to which the bench's own resolver leads every name: no
request leaves this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from itertools import accumulate
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import NewFeed
from bot.verbs.beside import beside
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

FEEDS, ENTRIES = 500, 10
TIME, MEMORY = 10.0, 150.0
"""What a round of answers without news may take: seconds, and MB by which the bot's processes grow."""

_HOST = "feed-{number}.example"
_SEED = 20180515
_WORDS = 20_000
_LETTERS = "ابتجحخدرزسشصضطعغفقكلمنهوي"
_SAMPLED = 0.5
_LATER = timedelta(hours=7)
"""By then every feed is due again."""


@dataclass(frozen=True, slots=True)
class Round:
    """One poll of all feeds."""

    name: str
    visited: int
    articles: int
    faults: int
    seconds: float
    grown: float
    """MB by which the program and its workers were larger at most than before."""


async def feeds(number: int = FEEDS, entries: int = ENTRIES) -> int:
    """Prints a table of the first read and of a round of 304. 0 where the latter keeps its bounds."""
    rounds = await measure(number, entries)
    table = Table(
        "round", "feeds", "articles", "faults", "seconds", "feeds a second", "MB grown",
        title=f"Polling {number} feeds of {entries} entries, each at a host of its own",
    )  # fmt: skip
    for one in rounds:
        table.add_row(
            one.name, str(one.visited), str(one.articles), str(one.faults), f"{one.seconds:.2f}",
            f"{one.visited / one.seconds:,.0f}", f"{one.grown:.0f}",
        )  # fmt: skip
    Console().print(table)
    quiet = rounds[-1]
    return 0 if not quiet.faults and quiet.seconds < TIME and quiet.grown < MEMORY else 1


async def measure(number: int, entries: int) -> list[Round]:
    """The first read of all, and a round in which nothing is new."""
    clock = _Ahead()
    with tempfile.TemporaryDirectory(prefix="mojaz-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        async with (
            beside(_serve, number, entries) as server,
            _polling(url, clock) as (storage, polling),
        ):
            new = [NewFeed(f"http://{_HOST.format(number=n)}:{server.first}/rss") for n in range(number)]
            await storage.feeds.add(new, clock.now())
            first = await _round("first read", storage, polling, clock, server.process)
            clock.ahead = _LATER
            return [first, await _round("nothing new", storage, polling, clock, server.process)]


@asynccontextmanager
async def _polling(url: str, clock: _Ahead) -> AsyncIterator[tuple[Storage, Polling]]:
    async with (
        opened_storage(url, clock.now) as storage,
        ProcessWorkers(preload=["bot.intake.feed_visits"]) as workers,
        WebFetcher(allow_private=True, resolver=_Here()) as fetcher,
    ):
        # the processes stand before anything is measured, as they do in a bot that runs
        await asyncio.gather(*(workers.run(time.sleep, 1.0) for _ in range(2)))
        intake = Ingest(storage.articles, workers, clock)
        yield storage, Polling(storage.feeds, fetcher, workers, intake, clock, lambda *_given: ())


async def _round(name: str, storage: Storage, polling: Polling, clock: _Ahead, besides: int) -> Round:
    async with _watched(besides) as memory:
        begun = time.monotonic()
        visited = await polling.poll(clock.now())
        seconds = time.monotonic() - begun
    held = await storage.feeds.all()
    return Round(
        name=name,
        visited=visited,
        articles=sum(feed.articles for feed in held),
        faults=sum(bool(feed.error) or feed.checked is None for feed in held),
        seconds=seconds,
        grown=max(memory) - memory[0],
    )


class _Ahead(SystemClock):
    """The machine's clock, some time ahead."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class _Here(AbstractResolver):
    """Every name leads to this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        pass


# --- memory ---------------------------------------------------------------------------------------


@asynccontextmanager
async def _watched(besides: int) -> AsyncIterator[list[float]]:
    """The memory of the program in MB: before, and every now and then while the block runs."""
    samples = [await asyncio.to_thread(_megabytes, besides)]

    async def watch() -> None:
        while True:
            await asyncio.sleep(_SAMPLED)
            samples.append(await asyncio.to_thread(_megabytes, besides))

    watching = asyncio.create_task(watch())
    try:
        yield samples
    finally:
        watching.cancel()
        samples.append(await asyncio.to_thread(_megabytes, besides))


def _megabytes(besides: int) -> float:
    """What this process and those below it hold, besides one; pages that they share count once."""
    return sum(map(_of_process, _family(os.getpid(), besides)))


def _family(head: int, besides: int) -> list[int]:
    family = [head]
    for member in family:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{member}/task").iterdir():
                below = map(int, (thread / "children").read_text().split())
                family += [child for child in below if child != besides]
    return family


def _of_process(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


# --- the feeds in a process of their own ----------------------------------------------------------


def _serve(pipe: Connection, feeds: int, entries: int) -> None:
    asyncio.run(_serving(pipe, documents(feeds, entries, datetime.now(UTC))))


async def _serving(pipe: Connection, bodies: dict[str, bytes]) -> None:
    async def answer(request: web.Request) -> web.Response:
        etag = f'"{request.url.host}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        body = bodies.get(request.url.host or "")
        if body is None or request.path != "/rss":
            return web.Response(status=404)
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})

    app = web.Application()
    app.add_routes([web.get("/{path:.*}", answer)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(runner.addresses[0][1])
    with contextlib.suppress(EOFError):
        await asyncio.to_thread(pipe.recv)
    await runner.cleanup()


# --- made news ------------------------------------------------------------------------------------


def documents(feeds: int, entries: int, now: datetime) -> dict[str, bytes]:
    """A feed for each host; each entry carries its whole text, of words that are made up.

    The words are spread as in any language (the next in rank half as, a third as … frequent), and each
    article comes back to a few of its own.
    """
    chance = Random(_SEED)  # noqa: S311 - no secret
    words = _vocabulary(chance)
    return {
        _HOST.format(number=number): _document(number, entries, now, words, chance)
        for number in range(feeds)
    }


def _vocabulary(chance: Random) -> list[str]:
    made = ("".join(chance.choices(_LETTERS, k=chance.randint(3, 7))) for _ in range(_WORDS))
    return list(dict.fromkeys(made))


def _document(number: int, entries: int, now: datetime, words: list[str], chance: Random) -> bytes:
    items = []
    for place in range(entries):
        title, text = _article(words, chance)
        link = f"https://{_HOST.format(number=number)}/{place}"
        date = format_datetime(now - timedelta(minutes=60 * place + chance.randrange(60)))
        items.append(
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{date}</pubDate><description>{escape(text)}</description></item>"
        )
    inner = "".join(items)
    return f"<rss version='2.0'><channel><title>{number}</title>{inner}</channel></rss>".encode()


def _article(words: list[str], chance: Random) -> tuple[str, str]:
    """Some 250 words in HTML, and their title."""
    own = chance.sample(words, 12)
    cumulative = _cumulative(len(words))
    paragraphs = []
    for _ in range(20):
        common = chance.choices(words, cum_weights=cumulative, k=10)
        sentence = [*common, *chance.choices(own, k=3)]
        chance.shuffle(sentence)
        paragraphs.append(f"<p>{' '.join(sentence)}.</p>")
    return " ".join(chance.sample(own, 6)), "".join(paragraphs)


@lru_cache
def _cumulative(length: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / rank for rank in range(1, length + 1)))

"""A publisher on 127.0.0.1 whose answers change, and a poller with a real database and real workers."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from aiohttp import web

from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import (
    ChatId,
    Feed,
    FeedReport,
    FeedState,
    Lane,
    NewFeed,
    OutboxMessage,
    Selection,
    StoredArticle,
)
from bot.ports import Workers
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class MovedClock:
    """Stands still until it is moved; spans are measured in real time."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def forward(self, **units: float) -> datetime:
        self.time += timedelta(**units)
        return self.time


def report(number: int, extra: str = "") -> str:
    """A report of over 80 words, its own for each number."""
    lines = [
        f"افتتحت البلدية اليوم الحديقة رقم {number} بعد عامين من العمل فيها، وحضر الحفل سكان الحي.",
        f"وقال رئيس البلدية إن كلفة الحديقة {number} بلغت {number * 7} ألفا، وإن فيها ملعبا ومكتبة.",
        f"وأضاف أن {number * 3} شجرة زرعت فيها، وأن الدخول إليها سيكون بلا مقابل طوال هذا العام.",
        f"وأوضح المهندس أن الإنارة تعمل بالطاقة الشمسية، وأن الممرات رقم {number} مهيأة للكراسي.",
        "وطالب سكان من الحي بأن تمدد ساعات الفتح في الصيف، ووعدت البلدية بأن تدرس الطلب في شهر.",
        f"ومن المقرر أن تفتتح الحديقة رقم {number + 1} في الحي المجاور قبل نهاية السنة إذا توفر المال.",
    ]
    return "\n".join(f"<p>{line}</p>" for line in [*lines, *([extra] if extra else [])])


@dataclass
class Item:
    """One entry of an RSS feed; `minutes` before noon it was published, None: it has no date."""

    number: int
    link: str | None = None
    guid: str | None = None
    minutes: float | None = 60.0
    text: str | None = None
    title: str | None = None

    def xml(self) -> str:
        parts = [f"<title>{escape(self.title or f'حديقة رقم {self.number} تفتح أبوابها')}</title>"]
        if self.link is not None:
            parts.append(f"<link>{escape(self.link)}</link>")
        if self.guid is not None:
            parts.append(f'<guid isPermaLink="false">{escape(self.guid)}</guid>')
        if self.minutes is not None:
            date = format_datetime(NOON - timedelta(minutes=self.minutes))
            parts.append(f"<pubDate>{date}</pubDate>")
        text = report(self.number) if self.text is None else self.text
        parts.append(f"<description>{escape(text)}</description>")
        return f"<item>{''.join(parts)}</item>"


def rss(*items: Item, title: str = "صحيفة الحي") -> bytes:
    entries = "".join(item.xml() for item in items)
    head = f"<title>{escape(title)}</title><link>https://hay.example/</link>"
    return f'<rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


@dataclass
class Publisher:
    """A web server that answers what `says` holds by path, and 404 for the rest."""

    url: str = ""
    says: dict[str, Handler] = field(default_factory=dict)
    asked: list[web.BaseRequest] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.times.append(time.monotonic())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            handler = self.says.get(request.path)
            return await handler(request) if handler else web.Response(status=404)
        finally:
            self.at_once -= 1

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def answer(
        self, path: str, body: bytes = b"", status: int = 200, etag: str = "", delay: float = 0.0,
        kind: str = "application/rss+xml", **headers: str,
    ) -> str:  # fmt: skip
        """Answers the path from now on, with 304 to whoever knows the etag; its address."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given |= {"ETag": etag} if etag else {}

        async def handler(request: web.Request) -> web.StreamResponse:
            await asyncio.sleep(delay)
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers=given)
            return web.Response(status=status, body=body, headers={"Content-Type": kind, **given})

        self.says[path] = handler
        return f"{self.url}{path}"


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    one = Publisher()
    app = web.Application()
    app.add_routes([web.get("/{path:.*}", one.handle)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield one
    await runner.cleanup()


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    processes = ProcessWorkers(preload=["bot.intake.feed_visits"])
    yield processes
    asyncio.run(processes.close())


@pytest.fixture
async def storage(tmp_path: Path, clock: MovedClock) -> AsyncIterator[Storage]:
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", clock.now) as opened:
        yield opened


@dataclass
class Poller:
    """A poller and what it came to."""

    polling: Polling
    storage: Storage
    clock: MovedClock
    told: list[tuple[str, FeedState, FeedState]] = field(default_factory=list)
    chance: float = 0.5

    def announce(self, feed: Feed, before: FeedState) -> Sequence[OutboxMessage]:
        self.told.append((feed.url, before, feed.state))
        return [OutboxMessage(ChatId(1), f"{before} → {feed.state}", Lane.ALERT)]

    async def add(self, url: str, **values: str) -> Feed:
        [(feed, _)] = await self.storage.feeds.add([NewFeed(url, **values)], self.clock.now())
        return feed

    async def read(self, url: str, **values: str) -> FeedReport:
        """Adds a feed and visits it."""
        return await self.polling.visit((await self.add(url, **values)).id)

    async def again(self, feed: Feed, **later: float) -> FeedReport:
        self.clock.forward(**(later or {"hours": 1}))
        return await self.polling.visit(feed.id)

    async def articles(self) -> Sequence[StoredArticle]:
        return await self.storage.articles.articles(Selection(), None)

    async def titles(self) -> list[str]:
        return [article.title for article in await self.articles()]


@pytest.fixture
async def make_poller(
    storage: Storage, workers: Workers, clock: MovedClock
) -> AsyncIterator[Callable[..., Awaitable[Poller]]]:
    """Makes pollers over one database, as a later start of the program does."""
    async with contextlib.AsyncExitStack() as stack:

        async def make(**fetching: float) -> Poller:
            options: Mapping[str, float] = {"spacing": 0.0, **fetching}
            fetcher = WebFetcher(allow_private=True, **options)  # type: ignore[arg-type]
            await stack.enter_async_context(fetcher)
            poller = Poller(None, storage, clock)  # type: ignore[arg-type]
            intake = Ingest(storage.articles, workers, clock)
            poller.polling = Polling(
                storage.feeds, fetcher, workers, intake, clock, poller.announce,
                lambda: poller.chance,
            )  # fmt: skip
            return poller

        yield make


@pytest.fixture
async def poller(make_poller: Callable[..., Awaitable[Poller]]) -> Poller:
    return await make_poller()


@pytest.fixture(name="item")
def _item() -> type[Item]:
    return Item


@pytest.fixture(name="rss")
def _rss() -> Callable[..., bytes]:
    return rss


@pytest.fixture(name="report")
def _report() -> Callable[..., str]:
    return report

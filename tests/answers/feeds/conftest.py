"""A room of feeds over real storage and real reading, and a site on this machine to read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from sites import keep_on_this_machine, served

from bot.answers.feeding import Feeding
from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import Feed, FeedState, NewFeed, Reply
from bot.texts.feed_actions import FAMILY
from bot.texts.feed_actions import encode as wire
from bot.workers import ProcessWorkers

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""When the questions of tests/answers/conftest.py are asked."""
STARTER = [NewFeed(f"http://starter{n}.invalid/rss", f"قناة {n}") for n in range(3)]


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_on_this_machine(monkeypatch)


# --- a site ---------------------------------------------------------------------------------------


def rss(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><description>"
        f"قالت البلدية إن {title} بدأ صباح اليوم في الحي القديم وسط المدينة.</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>صحيفة الحي</title>{items}</channel></rss>"


@dataclass
class Site:
    """Answers by path; each path's asks are counted."""

    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""
    slow: float = 0.0

    def publish(self, *titles: str) -> None:
        """What /rss holds from now on."""
        self.pages["/rss"] = (200, rss(*titles))

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        self.asked.append(request.path)
        await asyncio.sleep(self.slow)
        status, text = self.pages.get(request.path, (404, "none"))
        kind = "text/html" if text.startswith("<html") else "application/rss+xml"
        return web.Response(status=status, text=text, content_type=kind)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    made.publish("افتتاح السوق", "ترميم الجسر")
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name}' href='/{name}.xml'>"
        for name in ("politics", "sport", "world")
    )
    made.pages["/many"] = (200, f"<html><head>{links}</head><body>صفحة</body></html>")
    one = "<link rel='alternate' type='application/rss+xml' href='/rss'>"
    made.pages["/one"] = (200, f"<html><head>{one}</head><body>صفحة</body></html>")
    made.pages["/none"] = (200, "<html><head></head><body>صفحة بلا خلاصة</body></html>")
    made.pages["/broken"] = (503, "x")
    made.pages["/gone"] = (410, "x")
    for name in ("politics", "sport", "world"):
        made.pages[f"/{name}.xml"] = (200, rss(f"خبر {name}"))
    async with served({"/{path:.*}": made.answer}) as made.url:
        yield made


# --- the room -------------------------------------------------------------------------------------


@dataclass
class Room:
    """The feeds' room, and somebody who asks in it."""

    news: Any
    feeding: Feeding
    said: list[str] = field(default_factory=list)

    async def say(self, reply: Reply) -> None:
        self.said.append(reply.text)

    async def add(self, words: str = "", **fields: object) -> Reply:
        request = await self.news.ask(words, **{"is_admin": True, **fields})
        return await self.feeding.addfeed(request, self.say)

    async def show(self, words: str = "", **fields: object) -> Reply:
        return await self.feeding.list_feeds(await self.news.ask(words, **{"is_admin": True, **fields}))

    async def press(self, action: Any, **fields: object) -> Reply:
        request = await self.news.ask(**{"is_admin": True, **fields})
        return await self.feeding.press(request, wire(action).removeprefix(f"1|{FAMILY}|"))

    async def only(self) -> Feed:
        [feed] = await self.feeding.feeds.all()
        return feed

    @staticmethod
    def labels(reply: Reply) -> list[str]:
        return [button.label for row in reply.buttons for button in row]

    async def remove(self, words: str) -> Reply:
        return await self.feeding.removefeed(await self.news.ask(words, is_admin=True))

    async def check(self, words: str) -> Reply:
        return await self.feeding.checkfeed(await self.news.ask(words, is_admin=True), self.say)

    @asynccontextmanager
    async def shut(self) -> AsyncIterator[None]:
        """Inside, private addresses are not read."""
        async with WebFetcher(spacing=0.0) as fetcher:
            polling = reader(self.news, fetcher, self.feeding.workers)  # type: ignore[arg-type]
            self.feeding = replace(self.feeding, reader=polling)
            yield

    async def states(self) -> dict[str, FeedState]:
        return {feed.url.rpartition("/")[2]: feed.state for feed in await self.feeding.feeds.all()}


class Stopped:
    """The hour at which the newsroom of these tests stands."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessWorkers]:
    """Processes that all tests here share: to start them takes a second."""
    made = ProcessWorkers(preload=["bot.intake.ingest", "bot.intake.feeds"])
    yield made
    asyncio.run(made.close())


def reader(news: Any, fetcher: WebFetcher, workers: ProcessWorkers) -> Polling:
    intake = Ingest(news.storage.articles, workers, Stopped())
    return Polling(news.storage.feeds, fetcher, workers, intake, Stopped(), lambda feed, before: [])


@pytest.fixture
async def room(empty: Any, workers: ProcessWorkers) -> AsyncIterator[Room]:
    async with WebFetcher(allow_private=True, spacing=0.0) as fetcher:
        polling = reader(empty, fetcher, workers)
        yield Room(empty, Feeding(empty.desk, empty.storage.feeds, polling, STARTER, workers))

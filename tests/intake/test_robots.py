"""robots.txt is asked for, remembered and obeyed."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.errors import FetchFailed
from bot.intake.fetch import WebFetcher
from bot.intake.guard import Address
from bot.intake.robots import BROKEN_FOR, DAY, MOST_BYTES, MOST_SITES, Robots
from bot.model import FetchRequest

PAGE = Address("https", "news.example", 443, "/private/a")
CLOSED = b"User-agent: *\nDisallow: /private/\n"


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Site:
    """Answers for robots.txt: bytes, or a status that is a failure; None is no answer."""

    def __init__(self, answer: bytes | int | None) -> None:
        self.answer, self.asked = answer, 0

    async def read(self, address: Address) -> bytes:
        self.asked += 1
        await asyncio.sleep(0)
        assert address.rest == "/robots.txt"
        if isinstance(self.answer, bytes):
            return self.answer
        raise FetchFailed("no", status=self.answer)


async def allowed(robots: Robots, address: Address = PAGE) -> bool:
    try:
        await robots.ask(address)
    except FetchFailed:
        return False
    return True


@pytest.mark.parametrize(
    ("answer", "may"),
    [
        (CLOSED, False),
        (b"\xef\xbb\xbfUser-agent: mojaz\r\nDisallow: /private\r\n", False),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Mojaz\nAllow: /\n", True),
        (b"User-agent: other\nDisallow: /\n", True),
        (b"", True),
        (b"<html>\xff\xfe no robots here</html>\0", True),
        (404, True),
        (403, True),
        (None, True),
        (500, False),
        (503, False),
        (429, False),
    ],
)
async def test_what_a_site_says_decides(answer: bytes | int | None, may: bool) -> None:
    assert await allowed(Robots(Site(answer).read, HandClock())) is may


async def test_a_site_is_asked_once_a_day_however_many_ask_at_once() -> None:
    site, clock = Site(CLOSED), HandClock()
    robots = Robots(site.read, clock)
    await asyncio.gather(*(allowed(robots) for _ in range(20)))
    clock.seconds += DAY - 1
    await allowed(robots)
    assert site.asked == 1
    clock.seconds += 2
    await allowed(robots)
    assert site.asked == 2


async def test_a_fault_is_asked_about_again_soon() -> None:
    site, clock = Site(503), HandClock()
    robots = Robots(site.read, clock)
    assert not await allowed(robots)
    site.answer = b""
    clock.seconds += BROKEN_FOR
    assert await allowed(robots)


async def test_a_fault_that_lasts_a_day_is_taken_for_no_robots_file() -> None:
    site, clock = Site(503), HandClock()
    robots = Robots(site.read, clock)
    assert not await allowed(robots)
    clock.seconds += DAY
    assert await allowed(robots)


async def test_little_is_remembered() -> None:
    robots = Robots(Site(b"#" * 100_000).read, HandClock())
    for number in range(MOST_SITES + 50):
        await allowed(robots, Address("https", f"a{number}.example", 443, "/"))
    sizes = [site.size for site in robots._sites.values()]
    assert len(sizes) <= MOST_SITES
    assert sum(sizes) <= MOST_BYTES


@pytest.mark.parametrize("stars", [3, 12])
async def test_rules_made_to_be_slow_are_not(stars: int) -> None:
    rules = f"User-agent: *\nDisallow: /{'*a' * stars}*b$\n".encode() * 1000
    robots = Robots(Site(rules).read, HandClock())
    started = time.monotonic()
    assert await allowed(robots, Address("https", "news.example", 443, "/" + "a" * 4000))
    assert time.monotonic() - started < 1


async def test_polite_requests_ask_first_and_the_others_do_not(site: Any) -> None:
    async def rules(request: web.Request) -> web.Response:
        return web.Response(body=CLOSED)

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="read")

    base = await site({"/robots.txt": rules, "/private/a": page})
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        with pytest.raises(FetchFailed, match=r"robots\.txt does not want"):
            await fetcher.get(FetchRequest(f"{base}/private/a"))
        assert (await fetcher.get(FetchRequest(f"{base}/private/a", polite=False))).body == b"read"


async def test_a_redirect_to_a_place_that_robots_may_not_read_is_refused(site: Any) -> None:
    async def rules(request: web.Request) -> web.Response:
        return web.Response(body=CLOSED)

    async def move(request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/private/a"})

    base = await site({"/robots.txt": rules, "/a": move})
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        with pytest.raises(FetchFailed, match=r"robots\.txt does not want"):
            await fetcher.get(FetchRequest(f"{base}/a"))


async def test_a_robots_file_that_sends_to_a_forbidden_address_is_as_good_as_none(site: Any) -> None:
    async def away(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://[::ffff:127.0.0.1]/"})

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="read")

    base = await site({"/robots.txt": away, "/": page})
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        assert (await fetcher.get(FetchRequest(base))).body == b"read"

"""The one fetcher: every request that mojaz makes to the web, Telegram's own apart, goes through here.

What may be read is the guard's to say (bot.intake.guard), how often a host is asked the turns', what a
site wants the robots'. Nothing here knows what a body means. No cause holds a path or a query: feeds'
addresses carry their readers' keys.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.clock import SystemClock
from bot.errors import FetchFailed
from bot.intake import robots
from bot.intake.guard import Address, Forbidden, Guard
from bot.intake.robots import Robots
from bot.intake.sockets import Lookups, guarded
from bot.intake.turns import Turns
from bot.intake.unpacking import Body, TooMuch
from bot.intake.web_words import fault, retry_after, target
from bot.model import Fetched, FetchRequest
from bot.ports import Clock

MOST_REDIRECTS = 8
MOST_REDIRECTS_OF_ROBOTS = 5
"""What RFC 9309 asks for at least."""
ROBOTS_DEADLINE = 10.0
"""Seconds for a robots.txt, of the request's own."""
CONNECTING = 10.0
"""Seconds for one connection."""
LONGEST_FIELD = 16_384
MOST_FIELDS = 128
"""Bytes of one header field, and how many of them: news sites' longest are policies of about 8 kB."""
LONGEST_KEPT = 1000
"""Characters of a header field that is given back and may be stored."""
CONNECTIONS = 20
"""At once, over all hosts."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, "
    "application/xml;q=0.9, */*;q=0.8"
)


def warn_of_private(allow_private: bool) -> None:
    """Says loudly, once at the start, that private addresses may be read; nothing where they may not."""
    if allow_private:
        structlog.get_logger("mojaz").warning(
            "private_addresses_open",
            note="FETCH_ALLOW_PRIVATE=1: anyone who may send the bot a link or a feed can make it read "
            "this machine and its network. For development and tests alone.",
        )


def agent(contact: str = "") -> str:
    """The User-Agent. contact: an address of the operator's, a page or e-mail; ASCII, one line."""
    try:
        number = version("mojaz")
    except PackageNotFoundError:
        number = "0"
    if not (contact.isascii() and contact.isprintable()):
        raise ValueError("the contact of the User-Agent is one line of ASCII")
    return f"{robots.NAME}/{number} ({f'+{contact}' if contact else 'news briefings for Telegram'})"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Want:
    """How one answer is read."""

    headers: Mapping[str, str]
    most_bytes: int
    cut: bool = False
    """Whether a body that is too large is cut instead of refused."""


class WebFetcher:
    """A bot.ports.Fetcher over HTTP. Opened once: `async with WebFetcher(...) as fetcher`.

    guard: judges addresses; by default it opens private ones only where allow_private says so.
    resolver: looks names up; closed with the fetcher. names_for: seconds for which what a name leads to
    is remembered. spacing, at_once: see bot.intake.turns.Turns.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        contact: str = "",
        guard: Guard | None = None,
        resolver: AbstractResolver | None = None,
        names_for: float = 10.0,
        spacing: float = 1.0,
        at_once: int = 2,
        clock: Clock | None = None,
    ) -> None:
        self._guard = guard or Guard(allow_private=allow_private)
        self._clock = clock or SystemClock()
        self._agent = agent(contact)
        self._resolver = resolver
        self._names_for = names_for
        self._turns = Turns(self._clock, spacing, at_once)
        self._robots = Robots(self._read_robots, self._clock)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._resolver = self._resolver or Lookups()
        connector = aiohttp.TCPConnector(
            socket_factory=guarded(self._guard),
            resolver=self._resolver,
            use_dns_cache=self._names_for > 0,
            ttl_dns_cache=math.ceil(self._names_for),
            limit=CONNECTIONS,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECTING),
            max_line_size=LONGEST_FIELD,
            max_field_size=LONGEST_FIELD,
            max_headers=MOST_FIELDS,
            headers={
                "User-Agent": self._agent,
                "Accept": _ACCEPT,
                "Accept-Language": "ar, en;q=0.5",
                "Accept-Encoding": "gzip, deflate, br",
            },
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        if self._resolver is not None:
            await self._resolver.close()

    async def get(self, request: FetchRequest) -> Fetched:
        """See bot.ports.Fetcher. The body of a 410 is not read.

        Raises FetchFailed, whose cause names the host and what happened.
        """
        try:
            async with asyncio.timeout(request.deadline):
                return await self._follow(request)
        except TimeoutError:
            raise FetchFailed(f"no whole answer within {request.deadline:g} seconds") from None

    async def _follow(self, request: FetchRequest) -> Fetched:
        """The answer at the end of the redirects.

        A redirect from https to http is followed, as what is read is public and nothing secret is
        sent; but it is not remembered, so that the next time begins with https again.
        """
        address = first = self._judge(request.url)
        permanent = True
        want = _Want(_conditions(request), request.most_bytes)
        for _ in range(MOST_REDIRECTS + 1):
            if request.polite:
                await self._robots.ask(address)
            answer = await self._ask(address, want)
            if answer.status not in _REDIRECTS:
                worse = first.scheme == "https" and address.scheme == "http"
                moved = permanent and address != first and not worse and answer.status in (200, 304)
                return self._fetched(address, answer, address.url if moved else "")
            permanent = permanent and answer.status in _PERMANENT
            address = self._next(address, answer)
        raise FetchFailed(f"{address.host}: more than {MOST_REDIRECTS} redirects")

    async def _read_robots(self, address: Address) -> bytes:
        try:
            async with asyncio.timeout(ROBOTS_DEADLINE):
                return await self._follow_robots(address)
        except TimeoutError:
            raise FetchFailed(f"{address.host}: its robots.txt takes too long") from None

    async def _follow_robots(self, address: Address) -> bytes:
        want = _Want({}, robots.LARGEST, cut=True)
        for _ in range(MOST_REDIRECTS_OF_ROBOTS + 1):
            answer = await self._ask(address, want)
            if answer.status not in _REDIRECTS:
                return answer.body
            address = self._next(address, answer)
        raise FetchFailed(f"{address.host}: more than {MOST_REDIRECTS_OF_ROBOTS} redirects")

    def _judge(self, url: str) -> Address:
        try:
            return self._guard.address(url)
        except Forbidden as error:
            raise FetchFailed(str(error)) from None

    def _next(self, address: Address, answer: _Answer) -> Address:
        location = answer.headers.get("Location", "")
        if not location:
            raise FetchFailed(f"{address.host}: a redirect to nowhere", status=answer.status)
        return self._judge(target(address.url, location))

    async def _ask(self, address: Address, want: _Want) -> _Answer:
        """One request, without following redirects. Raises FetchFailed for errors of the server."""
        if self._session is None:
            raise RuntimeError("the fetcher is not open")
        try:
            async with (
                self._turns.at(address.host),
                self._session.get(
                    URL(address.url, encoded=True), headers=want.headers, allow_redirects=False
                ) as response,
            ):
                return await self._answer(address, response, want)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchFailed(f"{address.host}: {fault(error)}") from None

    async def _answer(self, address: Address, response: aiohttp.ClientResponse, want: _Want) -> _Answer:
        status, headers = response.status, response.headers
        if not 200 <= status < 400 and status != 410:
            response.close()
            wait = retry_after(headers.get("Retry-After", ""), self._clock.now())
            cause = f"{address.host}: the server says {status}"
            raise FetchFailed(cause, status=status, retry_after=wait)
        if status in _REDIRECTS or status in (304, 410):
            # what else it sends is not waited for
            response.close()
            return _Answer(status, headers)
        try:
            return _Answer(status, headers, await _body(response, want))
        except BaseException:
            response.close()
            raise

    def _fetched(self, address: Address, answer: _Answer, moved_to: str) -> Fetched:
        headers = answer.headers
        return Fetched(
            url=address.url,
            status=answer.status,
            body=answer.body,
            content_type=_field(headers, "Content-Type"),
            etag=_field(headers, "ETag"),
            last_modified=_field(headers, "Last-Modified"),
            moved_to=moved_to,
            retry_after=retry_after(headers.get("Retry-After", ""), self._clock.now()),
        )


async def _body(response: aiohttp.ClientResponse, want: _Want) -> bytes:
    """The opened body. Raises TooMuch, Broken, or what aiohttp raises where it breaks off."""
    body = Body(",".join(response.headers.getall("Content-Encoding", [])).split(","), want.most_bytes)
    if not want.cut and (response.content_length or 0) > want.most_bytes:
        raise TooMuch(f"more than {want.most_bytes} bytes")
    try:
        async for chunk in response.content.iter_any():
            body.feed(chunk)
            # a body that comes faster than it is opened would keep everything else waiting
            await asyncio.sleep(0)
    except TooMuch:
        if not want.cut:
            raise
        response.close()
        return body.so_far()
    return body.opened()


def _field(headers: Mapping[str, str], name: str) -> str:
    """A header to keep; empty where it holds bytes of no character set, which no database takes."""
    value = headers.get(name, "")
    return value if value.isprintable() and len(value) <= LONGEST_KEPT else ""


def _conditions(request: FetchRequest) -> dict[str, str]:
    """Headers that ask for news only; what could break a header line is left out."""
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in given.items() if value and value.isprintable()}

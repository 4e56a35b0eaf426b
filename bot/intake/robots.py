"""What sites ask of robots (RFC 9309): their robots.txt read, remembered for a while, and obeyed.

How a robots.txt is fetched is the fetcher's; this module asks it through a function.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from protego import Protego

from bot.errors import FetchFailed
from bot.intake.guard import Address
from bot.ports import Clock

NAME = "mojaz"
"""What a robots.txt calls this program."""
LARGEST = 512_000
"""Bytes that are read of one: RFC 9309 asks for 500 KiB at least; the rest is left out."""
DAY, HOUR = 86_400.0, 3600.0
BROKEN_FOR = 600.0
"""Seconds until a robots.txt that its server cannot give is asked for again."""
MOST_SITES = 500
MOST_BYTES = 4_000_000
"""Of the robots.txt remembered together; parsed they take a few times as much."""

Read = Callable[[Address], Awaitable[bytes]]
"""The bytes of a robots.txt, redirects followed; raises FetchFailed, with the status if any."""


@dataclass(slots=True)
class _Site:
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    """None: all is allowed, or nothing while `broken`."""
    size: int = 0
    until: float = float("-inf")
    """Monotonic seconds until which this holds."""
    broken: bool = False
    broken_since: float | None = None
    users: int = 0


class Robots:
    """Remembers what sites allow. read: how their robots.txt is fetched."""

    def __init__(self, read: Read, clock: Clock) -> None:
        self._read, self._clock = read, clock
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    async def ask(self, address: Address) -> None:
        """Returns where the page may be read; raises FetchFailed where its site says no.

        No robots.txt (4xx) and an unreachable one allow everything: the page itself will tell. One
        that its server cannot give (5xx, 429) forbids everything, but for a day at most: a fault
        that lasts longer is taken for a site without one.
        """
        site = self._site(address.origin)
        site.users += 1
        try:
            # one task reads it, the others of this site wait for it
            async with site.door:
                if self._clock.monotonic() >= site.until:
                    await self._learn(site, address)
        finally:
            site.users -= 1
        if site.broken:
            raise FetchFailed(
                f"{address.host}: its robots.txt cannot be had now", retry_after=BROKEN_FOR
            )
        if site.rules is not None and not site.rules.can_fetch(address.url, NAME):
            raise FetchFailed(f"{address.host}: its robots.txt does not want this page read")

    async def _learn(self, site: _Site, address: Address) -> None:
        where = Address(address.scheme, address.host, address.port, "/robots.txt")
        status: int | None = 200
        content = b""
        try:
            content = await self._read(where)
        except FetchFailed as error:
            status = error.status
        self._settle(site, status, content)
        self._forget()

    def _settle(self, site: _Site, status: int | None, content: bytes) -> None:
        now = self._clock.monotonic()
        failing = status is not None and (status >= 500 or status == 429)
        since = (now if site.broken_since is None else site.broken_since) if failing else None
        site.broken_since = since
        site.broken = since is not None and now - since < DAY
        site.rules = Protego.parse(content.decode("utf-8-sig", "replace")) if content else None
        site.size = len(content)
        site.until = now + (BROKEN_FOR if failing else HOUR if status is None else DAY)

    def _site(self, origin: str) -> _Site:
        site = self._sites.setdefault(origin, _Site())
        self._sites.move_to_end(origin)
        return site

    def _forget(self) -> None:
        """Lets go of the sites asked longest ago, beyond what is remembered together."""
        size = sum(site.size for site in self._sites.values())
        for origin, site in list(self._sites.items()):
            if len(self._sites) <= MOST_SITES and size <= MOST_BYTES:
                return
            if not site.users:
                size -= self._sites.pop(origin).size

"""Addresses that are to become feeds: told from an admin's words, taken in, read at once, and judged.

Only waiting and judging is here. How a feed is read is the reader's (bot/intake/polling.py), what is
said of it the layouts' (bot/texts/render_adding.py).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.intake.links import canonical
from bot.model import Feed, FeedAdded, FeedId, FeedReport, FeedState, NewFeed
from bot.ports import Feeds
from bot.texts import feed_faults
from bot.texts.feed_faults import NO_ADDRESS, Fault
from bot.texts.render_adding import ASKED, Became, Tried

READING = 35.0
"""Seconds that reading may take while an admin waits, so that an answer comes within 45."""
LEFT_ALONE = timedelta(seconds=60)
"""For so long the polling leaves a feed that was just added to whoever reads it here; what a kill or the
end of the time leaves unread is read then."""
AT_ONCE = 8
"""Feeds that are read side by side; those of one host are read one after the other."""

Told = Callable[[int, int], Awaitable[None]]
"""Is told how many feeds are read, and of how many."""


class Reader(Protocol):
    """Reads one feed now (bot/intake/polling.py)."""

    async def visit(self, feed: FeedId) -> FeedReport: ...


# --- from words to addresses ----------------------------------------------------------------------

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|feed:|www\.", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?:[/?]\S*)?")
_AROUND = " \t\u200e\u200f\u061c\u2066\u2067\u2068\u2069<>«»“”\"'()[]،,؛;"


def addresses(words: str, *, bare: bool = True) -> list[str]:
    """The links in the words, in their order, each once.

    bare: whether `news.example/rss` is one too, where the words are nothing but such.
    """
    parts = [part for word in words.split() if (part := word.strip(_AROUND).removesuffix("."))]
    links = [part for part in parts if _SCHEME.match(part)]
    if not links and bare and parts and all(map(_BARE.fullmatch, parts)):
        links = [f"https://{part}" for part in parts]
    return list(dict.fromkeys(map(_web, links)))


def _web(link: str) -> str:
    """`feed:https://…` and `feed://…` are what some programs write for a feed's web address."""
    if not link.lower().startswith("feed:"):
        return link
    rest = link[5:]
    return f"https:{rest}" if rest.startswith("//") else rest


def refusal(url: str) -> Fault | None:
    """Why an address is none that can be asked; None where it can."""
    if canonical(url) is None:
        return NO_ADDRESS
    with_scheme = url if "://" in url else f"https://{url}"
    return Fault("fault-user") if "@" in urlsplit(with_scheme).netloc else None


# --- taking in ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedReading:
    """Takes feeds in and reads them while somebody waits."""

    feeds: Feeds
    reader: Reader

    async def take_in(
        self, asked: Iterable[NewFeed], now: datetime, told: Told | None = None, within: float = READING
    ) -> list[Tried]:
        """Adds feeds and reads those that are new or back, at most `within` seconds long.

        What is no feed is not kept. One result for each address in the order asked; those that are no
        addresses come last.
        """
        refused, sound = _sorted(asked)
        added = await self.feeds.add(sound, now + LEFT_ALONE) if sound else ()
        # known and never read: a kill came between its adding and its reading
        unread = {f.id: f for f, became in added if became is not FeedAdded.KNOWN or not f.checked}
        reports = await self.read(list(unread.values()), told, within)
        held = [
            await self._judged(new.url, feed, became, reports.get(feed.id))
            for new, (feed, became) in zip(sound, added, strict=True)
        ]
        return [*held, *refused]

    async def choose(self, feed: Feed, now: datetime, within: float) -> Tried | None:
        """Takes a feed in that a page named; None where it is no longer there."""
        if feed.state in ASKED:
            return Tried(feed.url, Became.KNOWN, feed)
        back = await self.feeds.restore(feed.id, now + LEFT_ALONE)
        if back is None:
            return None
        became = FeedAdded.NEW if feed.state is FeedState.OFFERED else FeedAdded.BACK
        reports = await self.read([back], None, within)
        return await self._judged(feed.url, back, became, reports.get(feed.id))

    async def read(
        self, feeds: Sequence[Feed], told: Told | None = None, within: float = READING
    ) -> dict[FeedId, FeedReport]:
        """Reads feeds now; what is not read when the time is over is missing, and is read later."""
        if told and feeds:
            await told(0, len(feeds))
        work = _Work(self.reader, len(feeds), told)
        tasks = [asyncio.create_task(work.host(group)) for group in _by_host(feeds)]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=within)
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result
        return work.reports

    async def _judged(self, url: str, feed: Feed, became: FeedAdded, report: FeedReport | None) -> Tried:
        """What became of an address, by what reading it brought; what is no feed is taken out again."""
        if became is FeedAdded.KNOWN and report is None and feed.checked:
            return Tried(url, Became.KNOWN, feed)
        if report is None or report.already:
            return Tried(url, Became.PENDING, feed)
        if report.offers:
            await self.feeds.remove(feed.id)
            return _of_page(url, report.offers)
        if not report.feed.error:
            read = Became.BACK if became is FeedAdded.BACK else Became.ADDED
            return Tried(url, read, report.feed, report.stored)
        fault = feed_faults.read(report.feed.error)
        if fault.is_passing or report.feed.answered:
            return Tried(url, Became.WAITING, report.feed, fault=fault)
        await self.feeds.remove(feed.id)
        return Tried(url, Became.REFUSED, fault=fault)


def _of_page(url: str, named: Sequence[Feed]) -> Tried:
    """A page that names feeds: where it names one alone, that one was there before."""
    if len(named) == 1 and named[0].state in ASKED:
        return Tried(url, Became.KNOWN, named[0])
    return Tried(url, Became.OFFERS, offers=tuple(named))


def _sorted(asked: Iterable[NewFeed]) -> tuple[list[Tried], list[NewFeed]]:
    """The addresses that cannot be asked, and the others as they are stored, each once."""
    refused: list[Tried] = []
    sound: dict[str, NewFeed] = {}
    for new in asked:
        fault = refusal(new.url)
        if fault is not None:
            refused.append(Tried(new.url, Became.REFUSED, fault=fault))
            continue
        url = canonical(new.url) or new.url
        sound.setdefault(url, NewFeed(url, new.title, new.category))
    return refused, list(sound.values())


def _by_host(feeds: Iterable[Feed]) -> list[list[Feed]]:
    hosts: dict[str, list[Feed]] = {}
    for feed in feeds:
        hosts.setdefault(urlsplit(feed.url).hostname or "", []).append(feed)
    return list(hosts.values())


@dataclass(slots=True)
class _Work:
    """Readings that go on side by side."""

    reader: Reader
    total: int
    told: Told | None
    reports: dict[FeedId, FeedReport] = field(default_factory=dict)
    seats: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def host(self, feeds: Sequence[Feed]) -> None:
        for feed in feeds:
            # a seat for each: the host's next feed waits behind those of other hosts
            async with self.seats:
                self.reports[feed.id] = await self.reader.visit(feed.id)
            if self.told:
                await self.told(len(self.reports), self.total)

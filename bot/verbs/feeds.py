"""`mojaz feeds …`: the feeds of a database, which a running bot may share.

What is added or checked here is read by this process as the bot would read it; a feed that the bot reads
at the same moment is left to it. How it is shown stands in feeds_printing.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import samples
from bot.answers.feeding import STAGGER
from bot.answers.feeding_reads import FeedReading, refusal
from bot.clock import SystemClock
from bot.config import Config
from bot.errors import UnreadableDocument
from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest
from bot.intake.links import canonical
from bot.intake.opml import ListedFeed, read_opml, write_opml
from bot.intake.polling import Polling
from bot.model import Feed, FeedAdded, FeedId, FeedState, NewFeed, OutboxMessage
from bot.speaking import Speaking
from bot.texts.catalogue import Catalogue
from bot.texts.render_adding import Became, Tried
from bot.topics import lexicon
from bot.verbs import feeds_printing as show
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

LONGEST = 24 * 3600.0
"""Seconds: nobody waits for an answer here, and each visit has an end of its own."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What reading feeds needs."""

    storage: Storage
    reading: FeedReading
    clock: SystemClock


@asynccontextmanager
async def _desk(config: Config) -> AsyncIterator[_Desk]:
    clock = SystemClock()
    speaking = Speaking(Catalogue.load(), lexicon.load(), config.timezone, config.language)

    def announce(feed: Feed, before: FeedState) -> Sequence[OutboxMessage]:
        return speaking.feed_alert(config.admin_ids, feed, before)

    async with (
        opened_storage(config.database_url, clock.now) as storage,
        ProcessWorkers(preload=["bot.intake.ingest"]) as workers,
        WebFetcher(allow_private=config.fetch_allow_private) as fetcher,
    ):
        intake = Ingest(storage.articles, workers, clock)
        polling = Polling(storage.feeds, fetcher, workers, intake, clock, announce)
        yield _Desk(storage, FeedReading(storage.feeds, polling), clock)


# --- list, remove, export: nothing is read --------------------------------------------------------


async def listed(config: Config, as_json: bool) -> int:
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        feeds = await storage.feeds.all()
    for feed in feeds:
        show.feed(feed, as_json)
    if not feeds and not as_json:
        print("no feeds yet: mojaz feeds add URL")
    return 0


async def remove(config: Config, numbers: Sequence[int]) -> int:
    """Exit code 1 where one of the numbers is no feed's."""
    async with opened_storage(config.database_url, SystemClock().now) as storage:
        found = [await _held(storage, number) for number in numbers]
        for feed in filter(None, found):
            await storage.feeds.remove(feed.id)
            print(f"{feed.id}  removed  {feed.name}")
    return 1 if _told_missing(numbers, found) else 0


async def export(config: Config, file: Path | None) -> int:
    """OPML on standard output, or in a file, which is replaced as a whole or stays as it was."""
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        feeds = await storage.feeds.all()
    content = write_opml(ListedFeed(feed.title, feed.url, feed.category) for feed in feeds)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        return 0
    _replace(file, content)
    print(f"{len(feeds)} feeds in {file}")
    return 0


def _replace(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        if file.exists() and not file.is_file():  # a device, a pipe: it is written to, never replaced
            file.write_bytes(content)
            return
        try:
            beside.write_bytes(content)
            os.replace(beside, file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UnreadableDocument(f"{file}: {error.strerror}") from None


async def _held(storage: Storage, number: int) -> Feed | None:
    feed = await storage.feeds.find(FeedId(number)) if 0 < number < 2**53 else None
    return feed if feed and feed.state not in (FeedState.OFFERED, FeedState.REMOVED) else None


def _told_missing(numbers: Sequence[int], found: Sequence[Feed | None]) -> bool:
    """Says on standard error which numbers are no feed's."""
    missing = [str(number) for number, feed in zip(numbers, found, strict=True) if feed is None]
    if missing:
        print(f"no such feed: {', '.join(missing)}", file=sys.stderr)
    return bool(missing)


# --- add, check: feeds are read -------------------------------------------------------------------


async def add(config: Config, urls: Sequence[str], as_json: bool) -> int:
    """Exit code 1 where an address was refused, or is a page of which a feed is to be chosen."""
    async with _desk(config) as desk:
        asked = [NewFeed(url) for url in urls]
        with show.progress(len(asked)) as told:
            results = await desk.reading.take_in(asked, desk.clock.now(), told, LONGEST)
    for result in results:
        show.tried(result, as_json)
    undone = (Became.REFUSED, Became.OFFERS)
    return 1 if any(result.became in undone for result in results) else 0


async def check(config: Config, numbers: Sequence[int], as_json: bool) -> int:
    """Reads these feeds now, or all; exit code 1 where one of them could not be read."""
    async with _desk(config) as desk:
        feeds = await _wanted(desk, numbers)
        if feeds is None:
            return 1
        with show.progress(len(feeds)) as told:
            reports = await desk.reading.read(feeds, told, LONGEST)
    for feed in feeds:
        show.report(reports[feed.id], as_json)
    return 1 if any(report.feed.error for report in reports.values()) else 0


async def _wanted(desk: _Desk, numbers: Sequence[int]) -> list[Feed] | None:
    """Where no number is given, all that are asked; gone ones that are named are asked again."""
    held = desk.storage.feeds
    if not numbers:
        return [feed for feed in await held.all() if feed.state is not FeedState.GONE]
    found = [await _held(desk.storage, number) for number in dict.fromkeys(numbers)]
    if _told_missing(list(dict.fromkeys(numbers)), found):
        return None
    now = desk.clock.now()
    again = [
        await held.restore(feed.id, now) if feed.state is FeedState.GONE else feed
        for feed in filter(None, found)
    ]
    return list(filter(None, again))


# --- import, starter: feeds are added, and read when their time comes ------------------------------


async def import_list(config: Config, file: Path, as_json: bool) -> int:
    """Exit code 1 where an address of the list was refused."""
    return await _only_added(config, [_new(listed) for listed in _read_list(file)], as_json)


def _new(listed: ListedFeed) -> NewFeed:
    return NewFeed(listed.url, listed.title, listed.category)


def _read_list(file: Path) -> list[ListedFeed]:
    try:
        return read_opml(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        raise UnreadableDocument(f"{file}: {error.strerror}") from None
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{file}: {error.cause}") from None


async def starter(config: Config, as_json: bool) -> int:
    """Each feed is due a little after the one before."""
    return await _only_added(config, samples.starter(), as_json, STAGGER)


async def _only_added(
    config: Config, feeds: Sequence[NewFeed], as_json: bool, apart: timedelta = timedelta(0)
) -> int:
    clock = SystemClock()
    now = clock.now()
    results = []
    async with opened_storage(config.database_url, clock.now) as storage:
        for place, new in enumerate(feeds):
            results.append(await _added(storage, new, now + apart * place))
    for result in results:
        show.tried(result, as_json)
    if not as_json:
        print("a running bot reads them when their time comes; mojaz feeds check reads all now")
    return 1 if any(result.became is Became.REFUSED for result in results) else 0


async def added(storage: Storage, listed: ListedFeed, due: datetime) -> Tried:
    """Adds one feed of a list, to be read from `due` on."""
    return await _added(storage, _new(listed), due)


def record(result: Tried, line: int) -> dict[str, Any]:
    """What became of a feed, in the form of `mojaz ingest --json`."""
    if result.feed is None:
        shown = show.reason(result)
        return {"line": line, "status": "refused", "id": None, "title": None, "reason": shown}
    status = "known" if result.became is Became.KNOWN else "stored"
    feed = result.feed
    return {"line": line, "status": status, "id": int(feed.id), "title": feed.name, "reason": None}


_BECAME = {FeedAdded.NEW: Became.ADDED, FeedAdded.KNOWN: Became.KNOWN, FeedAdded.BACK: Became.BACK}


async def _added(storage: Storage, new: NewFeed, due: datetime) -> Tried:
    if fault := refusal(new.url):
        return Tried(new.url, Became.REFUSED, fault=fault)
    url = canonical(new.url) or new.url
    [(feed, became)] = await storage.feeds.add([NewFeed(url, new.title, new.category)], due)
    return Tried(new.url, _BECAME[became], feed)

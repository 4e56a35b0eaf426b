"""The polling of feeds: which are asked when, side by side, and what is remembered of each visit.

What a visit does stands in feed_visits.py, when the next one comes in feed_timing.py. Hosts take turns:
feeds of one host are read one after the other, those of others meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from bot.errors import FetchFailed, MojazError, StorageError
from bot.intake import feed_timing
from bot.intake.feed_timing import Fault
from bot.intake.feed_visits import Brought, FeedVisits, NamesFeeds
from bot.intake.ingest import Ingest
from bot.model import Feed, FeedId, FeedReport, FeedState, FeedVisit, OutboxMessage
from bot.ports import Clock, Feeds, Fetcher, Workers

Announce = Callable[[Feed, FeedState], Sequence[OutboxMessage]]
"""What the admins are told of a feed that came into another state: (feed after, state before)."""

AT_ONCE = 16
"""Feeds that are read side by side: a few of the fetcher's connections are left to readers' links."""
LOOK = 5.0
"""Seconds between two looks at the index of due feeds."""
MOST_DUE = 500
"""Feeds of one look."""
CLAIM = timedelta(minutes=5)
"""After so long a visit that a kill ended is due again, whoever was killed."""
SERVING = "bot"
"""Under this name the bot that serves a database claims feeds: there is one at a time (storage.holding),
so what is still claimed under it at a start was left by a kill and is released. Other programs, such as
the command line's verbs, may read feeds beside it: their claims have no name and are left alone."""
GRACE = 2.0
"""Seconds that visits get when the program stops; what they leave is done at the next start."""

_log = logging.getLogger(__name__)


class Polling:
    """Asks feeds for ever, or one of them now.

    chance: draws a number from 0 up to 1, for the spread of visits. owner: the name under which feeds
    are claimed; empty where several programs may run at once that do so.
    """

    def __init__(
        self,
        feeds: Feeds,
        fetcher: Fetcher,
        workers: Workers,
        intake: Ingest,
        clock: Clock,
        announce: Announce,
        chance: Callable[[], float] = random.random,
        owner: str = "",
    ) -> None:
        self._feeds = feeds
        self._visits = FeedVisits(feeds, fetcher, workers, intake, clock)
        self._clock = clock
        self._announce = announce
        self._chance = chance
        self._owner = owner
        self._seats = asyncio.Semaphore(AT_ONCE)
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    # --- one feed -------------------------------------------------------------------------------------

    async def visit(self, feed: FeedId) -> FeedReport:
        """Reads one feed now; what the web did wrong stands in the report's feed.

        Given up half way, the feed is due again at once. Raises LookupError for a number that no feed
        has, and StorageError.
        """
        found = await self._feeds.find(feed)
        if found is None:
            raise LookupError(f"no feed has the number {feed}")
        return await self._in_turn(found)

    async def _in_turn(self, feed: Feed, due: datetime | None = None) -> FeedReport:
        """The visit of a feed, once its host's turn has come.

        due: it is visited only if it is still due by then; an admin may have read it meanwhile.
        """
        async with self._door(_host(feed)):
            found = await self._feeds.find(feed.id) or feed
            if due is not None and (found.next_check is None or found.next_check > due):
                return FeedReport(found, already=True)
            now = self._clock.now()
            claimed = await self._feeds.claim(feed.id, now, now + CLAIM, self._owner)
            if claimed is None:
                return FeedReport(await self._feeds.find(feed.id) or found, already=True)
            return await self._claimed(claimed, seen=due is None)

    async def _claimed(self, feed: Feed, *, seen: bool) -> FeedReport:
        """seen: whether somebody waits for what it brings."""
        try:
            brought = await self._visits.read(feed)
        except asyncio.CancelledError:
            await self._let_go(feed)
            raise
        except StorageError:
            raise
        except Exception as error:
            offers = error.offers if isinstance(error, NamesFeeds) else ()
            return replace(await self._failed(feed, _fault(feed, error), seen), offers=offers)
        return await self._answered(feed, brought)

    async def _answered(self, feed: Feed, brought: Brought) -> FeedReport:
        after = feed_timing.answered(feed, brought.answer, self._clock.now(), self._chance())
        visit = FeedVisit(after, brought.seen, brought.present)
        return FeedReport(
            feed=await self._feeds.record(visit, self._words(after, feed.state)),
            stored=brought.stored,
            known=brought.known,
            revised=brought.revised,
            refused=brought.refused,
        )

    async def _failed(self, feed: Feed, fault: Fault, seen: bool) -> FeedReport:
        after = feed_timing.failed(feed, fault, self._clock.now(), self._chance())
        # whoever adds a feed is answered what is wrong with it
        words = () if seen and not feed.answered else self._words(after, feed.state)
        return FeedReport(await self._feeds.record(FeedVisit(after), words))

    def _words(self, after: Feed, before: FeedState) -> Sequence[OutboxMessage]:
        """They are queued with the visit's end, so that a kill neither loses nor repeats them."""
        return () if after.state is before else self._announce(after, before)

    async def _let_go(self, feed: Feed) -> None:
        """Whoever waited for this visit gave up, or the program stops: the feed is due again."""
        with suppress(StorageError):
            await self._feeds.record(FeedVisit(replace(feed, next_check=self._clock.now())), ())

    def _door(self, host: str) -> asyncio.Lock:
        return self._doors.setdefault(host, asyncio.Lock())

    # --- many feeds -----------------------------------------------------------------------------------

    async def poll(self, now: datetime) -> int:
        """One round over all that are due; how many were visited."""
        visited: set[FeedId] = set()
        while due := [feed for feed in await self._due(now) if feed.id not in visited]:
            visited.update(feed.id for feed in due)
            groups = _by_host(due).values()
            await asyncio.gather(*(self._one_after_the_other(group, now) for group in groups))
        return len(visited)

    async def run(self, stop: asyncio.Event) -> None:
        """Asks due feeds until `stop`. A host whose feeds take long keeps no other waiting."""
        under_way: dict[str, asyncio.Task[None]] = {}
        try:
            while not stop.is_set():
                await self._begin(under_way)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), LOOK)
        finally:
            await _end(under_way.values())

    async def _begin(self, under_way: dict[str, asyncio.Task[None]]) -> None:
        """Begins with the due feeds of all hosts that are not being asked."""
        for host in [host for host, task in under_way.items() if task.done()]:
            del under_way[host]
        now = self._clock.now()
        try:
            due = await self._due(now)
        except StorageError as error:
            _log.warning("which feeds are due cannot be read: %s", error.cause)
            return
        for host, feeds in _by_host(due).items():
            if host not in under_way:
                under_way[host] = asyncio.create_task(self._one_after_the_other(feeds, now))

    async def _due(self, now: datetime) -> Sequence[Feed]:
        """Also those whose visits a clock that was wrong for a moment put years ahead."""
        if brought_back := await self._feeds.bring_back(now + feed_timing.FURTHEST, now):
            _log.warning("%d feeds were due later than any can be; they are read now", brought_back)
        return await self._feeds.due(now, MOST_DUE)

    async def _one_after_the_other(self, feeds: Sequence[Feed], now: datetime) -> None:
        for feed in feeds:
            async with self._seats:
                try:
                    await self._in_turn(feed, now)
                except Exception:
                    # its claim ends by itself, and then it is tried again
                    _log.exception("the visit of feed %d failed", feed.id)


def _fault(feed: Feed, error: Exception) -> Fault:
    match error:
        case FetchFailed():
            return Fault(error.cause, error.status, error.retry_after)
        case MojazError():
            return Fault(error.cause)
        case _:
            # no document may end the polling; which one it was is in the log
            _log.error("reading feed %d failed", feed.id, exc_info=error)
            return Fault(f"reading it failed: {error!r}")


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Lets visits end for a while, then cancels them."""
    running = [task for task in tasks if not task.done()]
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=GRACE)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


def _by_host(feeds: Iterable[Feed]) -> dict[str, list[Feed]]:
    hosts: dict[str, list[Feed]] = {}
    for feed in feeds:
        hosts.setdefault(_host(feed), []).append(feed)
    return hosts


def _host(feed: Feed) -> str:
    try:
        return urlsplit(feed.url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""

"""One visit of a feed: asked, read, compared, its new entries taken in and its changed ones revised.

What of that is remembered of the feed itself, and when it is visited again, stands in polling.py. All
that a feed answers is read in worker processes, one document after the other, so that hostile ones leave
a process to whoever waits for an answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.errors import FetchFailed, MojazError, UnreadableFeed, WorkerFailed
from bot.intake import feed_entries
from bot.intake.feed_entries import Changed, Entry, Fate, Plan, Reading
from bot.intake.feed_limits import MOST_TAGS
from bot.intake.feed_timing import Answer
from bot.intake.frugal import frugally
from bot.intake.ingest import Ingest
from bot.intake.links import canonical, same_page
from bot.intake.webpages import fetched_page, read_page
from bot.model import (
    Added,
    AddedStatus,
    Draft,
    Feed,
    FeedState,
    Fetched,
    FetchRequest,
    NewFeed,
    SeenEntry,
)
from bot.ports import Clock, Feeds, Fetcher, Workers

LARGEST = 5_000_000
"""Bytes: feeds of news have 20 to 500 thousand."""
MEMORY = 80 * 1024 * 1024
"""Bytes that reading one may take."""
FETCHING, READING, TAKING_IN = 30.0, 10.0, 120.0
"""Seconds."""
PAGES = 15.0
"""Seconds within which one visit begins to read pages; each has deadlines of its own."""
FETCHING_PAGE, READING_PAGE = 8.0, 8.0
CHANGED_PAGES = 5
"""Pages that are read again in one visit, as their teasers changed: some teasers count their readers."""
FAULTY_PAGES = 3
"""Pages in a row that cannot be read: then the others' teasers have to do."""

_NOT_MODIFIED, _GONE = 304, 410
_NO_FEED = "it is no feed, and no page that names one"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a visit brought."""

    answer: Answer
    seen: tuple[SeenEntry, ...] = ()
    present: tuple[str, ...] = ()
    stored: int = 0
    known: int = 0
    revised: int = 0
    refused: int = 0


class NamesFeeds(MojazError):
    """The address is a page that names feeds, of which somebody has to choose."""

    key = "error-feed"

    def __init__(self, offers: tuple[Feed, ...]) -> None:
        super().__init__("it is no feed, and no page that names one alone")
        self.offers = offers


@dataclass(slots=True)
class _Pages:
    """What became of the pages of teasers."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    """By the entry's identity: the teaser with its page's text."""
    read: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    """There was no time for these new ones."""


class FeedVisits:
    """Reads feeds."""

    def __init__(
        self, feeds: Feeds, fetcher: Fetcher, workers: Workers, intake: Ingest, clock: Clock
    ) -> None:
        self._feeds = feeds
        self._fetcher = fetcher
        self._workers = workers
        self._intake = intake
        self._clock = clock
        self._one_document = asyncio.Semaphore(1)
        self._one_intake = asyncio.Semaphore(1)

    async def read(self, feed: Feed) -> Brought:
        """What the feed holds now, taken in.

        Raises NamesFeeds for a page of which one is to be chosen, and other MojazErrors where the feed
        cannot be read: what was stored of it before stays.
        """
        fetched = await self._ask(feed.url, feed)
        if fetched.status == _NOT_MODIFIED:
            return Brought(Answer(moved_to=fetched.moved_to))
        reading, moved_to = await self._document(fetched, feed), fetched.moved_to
        if not reading.is_feed:
            named = await self._named(reading, feed, fetched.url)
            fetched = await self._ask(named, None)
            reading, moved_to = await self._document(fetched, feed), fetched.moved_to or named
            if not reading.is_feed:
                raise UnreadableFeed(_NO_FEED)
        if reading.oversized:
            told = "feed %d: %d entries of more than %d tags are left out"
            _log.warning(told, feed.id, reading.oversized, MOST_TAGS)
        if not reading.entries:
            # also what a broken server answers: what is known of the feed stays
            return Brought(Answer(moved_to=moved_to))
        return await self._taken_in(feed, fetched, reading, moved_to)

    async def _ask(self, url: str, known: Feed | None) -> Fetched:
        """The answer to a request that is conditional where something is known.

        robots.txt is not asked: a feed is published for programs to ask, and an admin chose it. Many
        sites shut search engines out of their feeds, which would have them listed twice.
        """
        request = FetchRequest(
            url,
            etag=known.etag if known else "",
            last_modified=known.last_modified if known else "",
            most_bytes=LARGEST,
            deadline=FETCHING,
            polite=False,
        )
        fetched = await self._fetcher.get(request)
        if fetched.status == _GONE:
            host = urlsplit(fetched.url).hostname
            raise FetchFailed(f"{host}: the server says {_GONE}", status=_GONE)
        return fetched

    async def _document(self, fetched: Fetched, feed: Feed) -> Reading:
        async with self._one_document:
            return await self._workers.run(read_document, fetched, feed, deadline=READING)

    async def _named(self, page: Reading, feed: Feed, url: str) -> str:
        """The one feed that the page at `url` names. Raises NamesFeeds where there is a choice.

        A page takes the place of a feed that was read before only by an admin's choice: pages that say
        that something is missing name the site's main feed too.
        """
        if feed.answered:
            raise UnreadableFeed("it is no feed, and no page of which a known feed is taken")
        own, named = (feed.url, canonical(url)), dict[str, NewFeed]()
        for one in page.feeds:
            if (address := canonical(one.url)) and address not in own:
                named.setdefault(address, NewFeed(address, one.title, feed.category))
        if not named:
            raise UnreadableFeed(_NO_FEED)
        offers = await self._feeds.add([*named.values()], self._clock.now(), offered=True)
        [first, *others] = [offer for offer, _ in offers]
        if others or first.state is not FeedState.OFFERED:
            raise NamesFeeds((first, *others))
        return first.url

    # --- entries --------------------------------------------------------------------------------------

    async def _taken_in(self, feed: Feed, fetched: Fetched, reading: Reading, moved_to: str) -> Brought:
        present = tuple(entry.identity for entry in reading.entries)
        plan = feed_entries.plan(reading.entries, await self._feeds.seen(feed.id, present))
        pages = await self._read_pages(plan)
        new = [entry for entry in plan.new if entry.identity not in pages.left]
        async with self._one_intake:
            try:
                async with asyncio.timeout(TAKING_IN):
                    taken = await self._store(new, pages)
                    revised = await self._revise(plan.changed, pages)
            except TimeoutError:
                raise WorkerFailed(f"no result within {TAKING_IN:g} s") from None
        more = bool(pages.left)
        # a 304 at the next visit would hide what is left
        is_done = reading.is_whole and not more
        answer = Answer(
            moved_to=moved_to,
            title=reading.title,
            etag=fetched.etag if is_done else "",
            last_modified=fetched.last_modified if is_done else "",
            gap=reading.gap,
            news=bool(plan.new),
            more=more,
        )
        return Brought(
            answer=answer,
            seen=tuple(entry for entry, _ in (*taken, *revised)),
            present=present,
            stored=sum(became is AddedStatus.STORED for _, became in taken),
            known=sum(became is AddedStatus.KNOWN for _, became in taken),
            refused=sum(became is None for _, became in taken) + reading.oversized,
            revised=sum(done for _, done in revised),
        )

    async def _store(
        self, new: Sequence[Entry], pages: _Pages
    ) -> list[tuple[SeenEntry, AddedStatus | None]]:
        """Takes entries in, the last one first, so that undated ones keep the feed's order."""
        last_first = list(new)[::-1]
        report = await self._intake.drafts([_draft(entry, pages) for entry in last_first])
        taken: list[tuple[SeenEntry, AddedStatus | None]] = []
        known: list[Changed] = []
        for entry, record in zip(last_first, report.records, strict=True):
            match record.result:
                case Added(AddedStatus.KNOWN):
                    known.append(Changed(entry, Fate.WHOLE))
                case Added():
                    taken.append((_seen(entry, pages), AddedStatus.STORED))
                case _:
                    taken.append((feed_entries.seen_as(entry, Fate.REFUSED), None))
        return taken + [(seen, AddedStatus.KNOWN) for seen in await self._catch_up(known, pages)]

    async def _catch_up(self, known: Sequence[Changed], pages: _Pages) -> list[SeenEntry]:
        """Which of the known entries are settled.

        What this very feed brought was stored by a visit that a kill ended, and may have changed since.
        """
        own = await self._feeds.held([entry.draft.post for entry, _ in known]) if known else ()
        revised = await self._revise([one for one in known if one.entry.draft.post in own], pages)
        others = [entry for entry, _ in known if entry.draft.post not in own]
        return [seen for seen, _ in revised] + [_seen(entry, pages) for entry in others]

    async def _revise(self, changed: Sequence[Changed], pages: _Pages) -> list[tuple[SeenEntry, bool]]:
        """Gives the changed entries' articles their new words; whether there was one.

        What an admin deleted stays away. A teaser does not take the place of a whole text: where its
        page is not read now, a later visit tries it again.
        """
        revised = []
        for entry, before in changed:
            name = entry.identity
            tried_in_vain = entry.is_teaser and name not in pages.read
            if tried_in_vain and before is not Fate.TEASER:
                continue
            done = await self._intake.revise(entry.draft.post, _draft(entry, pages))
            revised.append((_seen(entry, pages), done))
        return revised

    # --- pages ----------------------------------------------------------------------------------------

    async def _read_pages(self, plan: Plan) -> _Pages:
        """The pages of the teasers among new and changed entries, for a bounded time.

        Where none can be read, or several in a row cannot, the teasers have to do: news that is short
        is better than none.
        """
        new = feed_entries.in_order_of_reading(await self._not_held(plan.new))
        changed = feed_entries.in_order_of_reading([change.entry for change in plan.changed])
        pages, faults, waiting = _Pages(), 0, deque([*new, *changed[:CHANGED_PAGES]])
        ends = self._clock.monotonic() + PAGES
        while waiting and faults < FAULTY_PAGES and self._clock.monotonic() < ends:
            entry = waiting.popleft()
            page = await self._page(entry.draft.url)
            faults = faults + 1 if page is None else 0
            if page is not None:
                pages.read.add(entry.identity)
                if draft := feed_entries.with_page(entry, page):
                    pages.drafts[entry.identity] = draft
        if pages.read and faults < FAULTY_PAGES:
            pages.left.update(entry.identity for entry in waiting if entry in new)
        return pages

    async def _not_held(self, new: Sequence[Entry]) -> list[Entry]:
        """Teasers, without those whose pages another feed brought: an outlet's feeds share entries."""
        teasers = [entry for entry in new if entry.is_teaser]
        names = [name for entry in teasers for name in (same_page(entry.draft.url), entry.draft.post)]
        held = await self._feeds.held(names) if names else ()
        return [
            entry
            for entry in teasers
            if entry.draft.post in held or same_page(entry.draft.url) not in held
        ]

    async def _page(self, url: str) -> Draft | None:
        """The article of a page; None where it cannot be read."""
        try:
            fetched = await fetched_page(self._fetcher, url, FETCHING_PAGE)
            async with self._one_document:
                return await self._workers.run(read_page, fetched, deadline=READING_PAGE)
        except MojazError as error:
            _log.debug("a teaser's page cannot be read: %s", error.cause)
        except Exception as error:
            # a library's fault on markup that its authors did not think of
            _log.warning("reading a teaser's page failed: %r", error)
        return None


def read_document(fetched: Fetched, feed: Feed) -> Reading:
    """For a worker process under a deadline; raises as feed_entries.read, or UnreadableDocument."""
    with frugally(MEMORY):
        return feed_entries.read(fetched, feed)


def _draft(entry: Entry, pages: _Pages) -> Draft:
    return pages.drafts.get(entry.identity, entry.draft)


def _seen(entry: Entry, pages: _Pages) -> SeenEntry:
    if entry.identity in pages.drafts:
        return feed_entries.seen_as(entry, Fate.PAGE)
    return feed_entries.seen_as(entry, Fate.TEASER if entry.is_teaser else Fate.WHOLE)

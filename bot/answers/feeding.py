"""Feeds for admins: /feeds, /addfeed, /removefeed, /checkfeed, and the buttons of family F.

How addresses are taken in and judged stands in feeding_reads.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot.answers.desk import Desk
from bot.answers.feeding_reads import LEFT_ALONE, READING, FeedReading, Reader, addresses, refusal
from bot.answers.request import Request
from bot.answers.wording import number
from bot.errors import UnreadableDocument
from bot.intake.frugal import frugally
from bot.intake.links import canonical
from bot.intake.opml import ListedFeed, read_opml, write_opml
from bot.model import Document, Feed, FeedAdded, FeedId, FeedState, NewFeed, Reply
from bot.ports import Feeds, Say, Workers
from bot.texts import feed_actions, render_adding, render_admin, render_feeds
from bot.texts.feed_actions import (
    Card,
    Check,
    Choose,
    Export,
    HowToAdd,
    Listing,
    OnFeed,
    Remove,
    Restore,
    Starter,
)
from bot.texts.render_adding import Became, Tried

MOST_LINKS = 20
"""Links of one message."""
PRESSED = 20.0
"""Seconds that reading may take after a press, which cannot tell how far it is."""
LIST_DEADLINE, LIST_WAITING = 10.0, 5.0
"""Seconds for the reading of a list of feeds, and for waiting until a process is free for it."""
STAGGER = timedelta(seconds=20)
"""Between the first visits of the starter list's feeds."""
EXPORT = "mojaz-feeds.opml"

_HELD = (FeedState.ACTIVE, FeedState.FAILING, FeedState.GONE, FeedState.REMOVED)
"""Feeds that an admin may open: what a page merely named is none."""
_LARGEST_ID = 2**53


@dataclass(frozen=True, slots=True)
class Feeding:
    """The admins' feeds.

    starter: a list that is offered, and asked only once an admin takes it in.
    """

    desk: Desk
    feeds: Feeds
    reader: Reader
    starter: Sequence[NewFeed]
    workers: Workers

    @property
    def _reading(self) -> FeedReading:
        return FeedReading(self.feeds, self.reader)

    # --- commands ---------------------------------------------------------------------------------

    async def list_feeds(self, request: Request) -> Reply:
        """/feeds: all feeds and how they are; /feeds ID: one."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        if not request.words.strip():
            return await self._listing(request, 0)
        feed = await self._numbered(request.words)
        if feed is None:
            return render_feeds.missing(voice, request.words)
        return render_feeds.card(voice, feed)

    async def addfeed(self, request: Request, say: Say) -> Reply:
        """/addfeed URL…, or with a list of feeds, or as a reply to either: adds them and reads them."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        given = request.attachment
        if given is not None and given.content is not None:
            return await self.add_list(request, given.content, say)
        if links := addresses(request.words):
            return await self._add(request, [NewFeed(link) for link in links], say)
        if request.words.strip():
            return render_adding.no_address(voice, request.words)
        if given is not None and (links := addresses(given.text, bare=False)):
            return await self._add(request, [NewFeed(link) for link in links], say)
        return render_feeds.ask(voice, await self._starter_left())

    async def removefeed(self, request: Request) -> Reply:
        """/removefeed ID: its articles stay, and one tap undoes it."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        feed = await self._named(request, "removefeed-ask")
        if isinstance(feed, Reply):
            return feed
        await self.feeds.remove(feed.id)
        return render_feeds.removed(voice, feed)

    async def checkfeed(self, request: Request, say: Say) -> Reply:
        """/checkfeed ID: reads it now; one that was gone is asked again from now on."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        feed = await self._named(request, "checkfeed-ask")
        if isinstance(feed, Reply):
            return feed
        if feed.state is not FeedState.REMOVED:
            await say(render_adding.reading(voice, 0, 1))
        return await self._check(request, feed)

    # --- adding -----------------------------------------------------------------------------------

    async def _add(self, request: Request, asked: Sequence[NewFeed], say: Say) -> Reply:
        voice = self.desk.voice(request)
        more = render_adding.too_many(voice, MOST_LINKS) if len(asked) > MOST_LINKS else ""
        return await self._take_in(request, asked[:MOST_LINKS], say, more)

    async def add_list(self, request: Request, content: bytes, say: Say) -> Reply:
        """Adds the feeds of a list (OPML) and reads them; for requests of admins alone."""
        try:
            listed = await self.workers.run(
                _read_list, content, deadline=LIST_DEADLINE, patience=LIST_WAITING
            )
        except UnreadableDocument as error:
            return render_adding.bad_list(self.desk.voice(request), error.cause)
        return await self._take_in(request, [NewFeed(f.url, f.title, f.category) for f in listed], say)

    async def offer(self, request: Request, url: str) -> Reply:
        """What is said of a link that is a feed's where an article was expected: one tap adds it.

        For requests of admins alone. Nothing is read, and one that is held already stays as it is.
        """
        voice = self.desk.voice(request)
        if fault := refusal(url):
            return render_adding.one(voice, Tried(url, Became.REFUSED, fault=fault))
        new = NewFeed(canonical(url) or url)
        [(feed, _)] = await self.feeds.add([new], request.now, offered=True)
        return render_adding.of_link(voice, feed)

    async def _take_in(
        self, request: Request, asked: Sequence[NewFeed], say: Say, more: str = ""
    ) -> Reply:
        voice = self.desk.voice(request)

        async def told(done: int, total: int) -> None:
            if done < total:
                await say(render_adding.reading(voice, done, total))

        results = await self._reading.take_in(asked, request.now, told)
        return render_adding.tried(voice, results, more)

    async def _starter_left(self) -> list[NewFeed]:
        """What of the starter list is not asked yet."""
        held = {feed.url for feed in await self.feeds.all()}
        return [new for new in self.starter if new.url not in held]

    async def _add_starter(self, request: Request) -> Reply:
        """All of the starter list, each due a little after the one before; nothing is read now."""
        added = 0
        for place, new in enumerate(self.starter):
            [(_, became)] = await self.feeds.add([new], request.now + STAGGER * place)
            added += became is not FeedAdded.KNOWN
        return render_feeds.starter_taken(self.desk.voice(request), added)

    # --- one feed ---------------------------------------------------------------------------------

    async def _named(self, request: Request, ask: str) -> Feed | Reply:
        """The feed whose number an admin wrote, or what is said where there is none."""
        voice, words = self.desk.voice(request), request.words
        if not words.strip():
            return render_admin.ask(voice, ask)
        return await self._numbered(words) or render_feeds.missing(voice, words)

    async def _numbered(self, words: str) -> Feed | None:
        wanted = number(words)
        return await self._held(FeedId(wanted)) if wanted is not None else None

    async def _held(self, feed: FeedId) -> Feed | None:
        found = await self.feeds.find(feed) if feed < _LARGEST_ID else None
        return found if found is not None and found.state in _HELD else None

    async def _check(
        self, request: Request, feed: Feed, offset: int = 0, within: float = READING
    ) -> Reply:
        """Its card after it was read; one that was removed stays so."""
        voice = self.desk.voice(request)
        if feed.state is FeedState.REMOVED:
            return render_feeds.removed(voice, feed, offset)
        if feed.state is FeedState.GONE:
            feed = await self.feeds.restore(feed.id, request.now + LEFT_ALONE) or feed
        report = (await self._reading.read([feed], within=within)).get(feed.id)
        if report is None or report.already:
            here = await self.feeds.find(feed.id) or feed
            key = "feed-being-read" if report else "feed-unfinished"
            return render_feeds.card(voice, here, offset, voice.line(key))
        if report.feed.error:
            return render_feeds.card(voice, report.feed, offset, voice.line("feed-not-read"))
        lead = voice.line("feed-read-now", articles=report.stored)
        return render_feeds.card(voice, report.feed, offset, lead)

    async def _listing(self, request: Request, offset: int) -> Reply:
        return render_feeds.listing(
            self.desk.voice(request), await self.feeds.all(), offset, self.starter
        )

    async def _export(self, request: Request) -> Reply:
        voice = self.desk.voice(request)
        if voice.in_group:
            return voice.toast("feeds-export-private", alert=True)
        feeds = await self.feeds.all()
        if not feeds:
            return await self._listing(request, 0)
        listed = [ListedFeed(feed.title, feed.url, feed.category) for feed in feeds]
        caption = render_feeds.exported(voice, len(feeds))
        return replace(caption, document=Document(EXPORT, write_opml(listed)))

    # --- buttons ----------------------------------------------------------------------------------

    async def press(self, request: Request, rest: str) -> Reply:
        """A button of this family; `rest` stands behind its code."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return voice.toast("toast-admins", alert=True)
        action = feed_actions.decode(rest)
        match action:
            case None:
                return voice.toast("toast-stale", alert=True)
            case Listing(offset):
                return await self._listing(request, offset)
            case Choose():
                return await self._choose(request, action)
            case Starter():
                return await self._add_starter(request)
            case Export():
                return await self._export(request)
            case HowToAdd():
                return render_feeds.ask(voice, await self._starter_left())
            case Card() | Check() | Remove() | Restore():
                return await self._on_feed(request, action)
            case _:
                assert_never(action)

    async def _on_feed(self, request: Request, action: OnFeed) -> Reply:
        voice = self.desk.voice(request)
        feed = await self._held(action.feed)
        if feed is None:
            return voice.toast("toast-feed-gone", alert=True)
        match action:
            case Card():
                return render_feeds.card(voice, feed, action.offset)
            case Check():
                return await self._check(request, feed, action.offset, PRESSED)
            case Remove():
                await self.feeds.remove(feed.id)
                removed = render_feeds.removed(voice, feed, action.offset)
                return replace(removed, toast=voice.toast("toast-feed-removed").toast)
            case Restore():
                return await self._restore(request, feed, action.offset)

    async def _restore(self, request: Request, feed: Feed, offset: int) -> Reply:
        """One that is asked already stays as it is."""
        voice = self.desk.voice(request)
        if feed.state is not FeedState.REMOVED:
            return render_feeds.card(voice, feed, offset)
        feed = await self.feeds.restore(feed.id, request.now) or feed
        lead = voice.line("feed-restored", when=voice.label("feed-soon"))
        card = render_feeds.card(voice, feed, offset, lead)
        return replace(card, toast=voice.toast("toast-feed-restored").toast)

    async def _choose(self, request: Request, action: Choose) -> Reply:
        """A feed that a page named, taken in; those of the others that still are offered stay so."""
        voice = self.desk.voice(request)
        feed = await self.feeds.find(action.feed) if action.feed < _LARGEST_ID else None
        result = await self._reading.choose(feed, request.now, PRESSED) if feed else None
        if result is None:
            return voice.toast("toast-feed-gone", alert=True)
        others = [await self.feeds.find(other) for other in action.others if other < _LARGEST_ID]
        left = [other for other in others if other and other.state is FeedState.OFFERED]
        return render_adding.chosen(voice, result, left)


def _read_list(content: bytes) -> list[ListedFeed]:
    """For a worker process: a list can be made to cost time and memory."""
    with frugally():
        return read_opml(content)

"""What the bot's admins ask: taking articles in, taking one out, figures. Refused to anyone else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from time import monotonic
from typing import Protocol

from bot.answers.desk import Desk
from bot.answers.linking import Linking
from bot.answers.request import Request
from bot.answers.wording import is_link, links, number
from bot.errors import FeedLink, FeedList, MojazError
from bot.model import Added, ArticleId, Attachment, Draft, Refusal, RefusalReason, Reply
from bot.ports import Say
from bot.stories import mend
from bot.texts import render_admin

OfferFeed = Callable[[Request, str], Awaitable[Reply]]
"""Says that an address is a feed's, which one tap adds: Feeding.offer."""

Progress = Callable[[int, int], Awaitable[None]]
"""Told how many records are done, and of how many."""

AddFeeds = Callable[[Request, bytes, Say], Awaitable[Reply]]
"""Adds the feeds of a list (OPML) and tells what became of each: Feeding.add_list."""

DAYS = 7
"""Days of the chart, today with them."""

MOST_LINKS = 3
"""Links of one message: they are read side by side, and the answer comes within 45 s all the same."""

LINKS = 41.0
"""Seconds in which their articles are read and stored; what is left then is refused."""


class Report(Protocol):
    """What became of the records of one intake."""

    @property
    def stored(self) -> Sequence[Added]: ...
    @property
    def known(self) -> Sequence[Added]: ...
    @property
    def refused(self) -> Sequence[Refusal]: ...


class Intake(Protocol):
    """The intake room, as far as a command needs it (bot/intake/ingest.py)."""

    async def document(self, name: str, content: bytes, progress: Progress | None) -> Report: ...

    async def text(self, attachment: Attachment) -> Report: ...

    async def drafts(self, drafts: Sequence[Draft | Refusal], within: float) -> Report: ...


@dataclass(frozen=True, slots=True)
class Administering:
    """The admins' commands."""

    desk: Desk
    intake: Intake
    linking: Linking | None = None
    add_feeds: AddFeeds | None = None
    offer_feed: OfferFeed | None = None
    monotonic: Callable[[], float] = monotonic
    """Seconds that never go back."""

    async def ingest(self, request: Request, say: Say) -> Reply:
        """/ingest with a text, as a reply, or with a document; `say` tells how far it is."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        given = _given(request)
        if given is None:
            return render_admin.ask(voice, "ingest-ask")
        if given.content is None and is_link(given.text):
            return await self._links(request, links(given.text), say)
        try:
            report = await self._take_in(request, given, say)
        except FeedList:
            if self.add_feeds is None or given.content is None:
                raise
            return await self.add_feeds(request, given.content, say)
        return render_admin.ingested(voice, report.stored, report.known, report.refused)

    async def _links(self, request: Request, found: Sequence[str], say: Say) -> Reply:
        """The articles behind links; what cannot be read among several is told in its line."""
        voice = self.desk.voice(request)
        if self.linking is None or not self.linking.opens_links:
            return render_admin.ask(voice, "ingest-link")
        if len(found) > MOST_LINKS:
            return render_admin.many_links(voice, MOST_LINKS)
        ends = self.monotonic() + LINKS
        await say(render_admin.reading(voice))
        drafts: Sequence[Draft | Refusal]
        try:
            drafts = await _drafts(self.linking, found)
        except FeedLink:
            if self.offer_feed is None:
                raise
            return await self.offer_feed(request, found[0])
        report = await self.intake.drafts(drafts, ends - self.monotonic())
        return render_admin.ingested(voice, report.stored, report.known, report.refused)

    async def _take_in(self, request: Request, given: Attachment, say: Say) -> Report:
        if given.content is None:
            return await self.intake.text(given)
        voice = self.desk.voice(request)

        async def progress(done: int, total: int) -> None:
            await say(render_admin.reading(voice, done, total))

        await say(render_admin.reading(voice))
        return await self.intake.document(given.file_name, given.content, progress)

    async def delete(self, request: Request) -> Reply:
        """/delete ID takes one article out, everywhere."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        wanted = number(request.words)
        if wanted is None:
            return render_admin.ask(voice, "delete-ask")
        gone = await self.desk.articles.delete(ArticleId(wanted), mend) if wanted < 2**53 else None
        if gone is not None:
            return render_admin.deleted(voice, gone)
        story = await self.desk.articles.story(wanted) if wanted < 2**53 else None
        return render_admin.nothing_deleted(voice, str(wanted), story)

    async def stats(self, request: Request) -> Reply:
        """/stats: the bot in figures, and how many articles each of the last days brought."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        days = [voice.now.date() + timedelta(days=n) for n in range(1 - DAYS, 2)]
        midnights = [datetime.combine(day, time.min, voice.now.tzinfo) for day in days]
        arrived = await self.desk.articles.arrivals(midnights)
        by_day = list(zip(days, arrived, strict=False))
        return render_admin.stats(voice, await self.desk.articles.counts(), by_day)


async def _drafts(linking: Linking, found: Sequence[str]) -> Sequence[Draft | Refusal]:
    """The articles behind links. One alone that cannot be read raises, as it is told in full."""
    if len(found) == 1:
        return [await linking.page(found[0])]
    return await asyncio.gather(*(_opened(linking, url, line) for line, url in enumerate(found, 1)))


async def _opened(linking: Linking, url: str, line: int) -> Draft | Refusal:
    try:
        return replace(await linking.page(url), line=line)
    except FeedLink:
        return Refusal(line, RefusalReason.FEED, url[:60])
    except MojazError as error:
        return Refusal(line, RefusalReason.NOT_OPENED, f"{url[:60]}: {error.cause}")


def _given(request: Request) -> Attachment | None:
    """What is to be taken in: the text after the command, else what it came with or replies to."""
    attachment = request.attachment
    if request.words.strip() and (attachment is None or attachment.content is None):
        return Attachment(text=request.words)
    if attachment and (attachment.content is not None or attachment.text.strip()):
        return attachment
    return None

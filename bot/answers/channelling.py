"""Channels as sources: what becomes of their posts, and /channel, which tells admins how and which.

Whether the bot was made a channel's administrator, and by whom, is read in handlers/channels.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.answers.desk import Desk
from bot.answers.request import Request
from bot.answers.wording import number
from bot.model import ChannelSource, ChatId, Draft, Reply
from bot.ports import ChannelSources, Clock
from bot.texts import html, render_admin
from bot.texts.html import Html
from bot.texts.parts import NAME
from bot.texts.voice import Voice

FEWEST_WORDS = 15
"""Of an article. Fewer are a greeting, a poll's question or the words around a link: an agency's
shortest report, a sentence of who, what, where and when, has about twenty."""

LATE = timedelta(days=2)
"""Since Telegram lets a post be edited for long, an edit of an older one that was never stored (or was
deleted here) does not bring it in."""

_STOP = re.compile(r"(?:stop|أوقف|إيقاف)\s+(\S+)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+|[@#][\w]+")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded post came from."""

    name: str
    """A channel's or group's title; empty for a person."""
    url: str
    """Of the post there; empty where it has none that others can open."""
    published: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a channel; of an album, the part that has the caption."""

    chat: ChatId
    number: int
    text: str
    channel: str
    """The channel's title."""
    username: str
    """Without @; empty for a private channel."""
    published: datetime
    album: str = ""
    origin: Origin | None = None

    @property
    def name(self) -> str:
        """What its article is known by. The parts of an album are one article."""
        return f"tg:{self.chat}/{'a' + self.album if self.album else self.number}"

    @property
    def url(self) -> str:
        return f"https://t.me/{self.username}/{self.number}" if self.username else ""


def draft(post: Post) -> Draft | None:
    """The article that a post is; None where it is too short to be one.

    A forwarded post keeps its origin's name, address and time.
    """
    if len(_WORD.findall(_LINK.sub(" ", post.text))) < FEWEST_WORDS:
        return None
    origin = post.origin
    if origin is None:
        return Draft(post.text, "", post.url, post.channel, published=post.published, post=post.name)
    source = origin.name or post.channel
    return Draft(post.text, "", origin.url, source, published=origin.published, post=post.name)


class Intake(Protocol):
    """The intake room, as far as posts need it (bot/intake/ingest.py)."""

    async def drafts(self, drafts: Sequence[Draft]) -> object: ...

    async def revise(self, name: str, draft: Draft) -> bool: ...


@dataclass(frozen=True, slots=True)
class Channelling:
    """Channels that are sources."""

    desk: Desk
    channels: ChannelSources
    intake: Intake
    clock: Clock

    async def joined(self, chat: ChatId, title: str, username: str) -> None:
        await self.channels.add(chat, title, username)

    async def left(self, chat: ChatId) -> None:
        await self.channels.remove(chat)

    async def post(self, post: Post, *, is_edit: bool = False) -> None:
        """Stores the post where its channel is a source; an edit changes what is stored.

        An edit that leaves too little for an article changes nothing.
        """
        found = draft(post)
        if found is None or not await self.channels.holds(post.chat):
            return
        if is_edit and await self.intake.revise(post.name, found):
            return
        if not is_edit or self.clock.now() - post.published < LATE:
            await self.intake.drafts([found])

    async def channel(self, request: Request) -> Reply:
        """/channel tells how a channel becomes a source and which are; /channel stop N ends one."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        sources = await self.channels.all()
        stop = _STOP.fullmatch(request.words.strip())
        if stop is None:
            return overview(voice, sources)
        wanted = number(stop[1])
        if wanted is None or not 0 < wanted <= len(sources):
            return voice.reply([voice.line("channel-unknown"), *_listed(voice, sources)])
        gone = sources[wanted - 1]
        await self.channels.remove(gone.chat)
        return voice.reply([voice.line("channel-stopped", name=_name(gone))])


def overview(voice: Voice, sources: Sequence[ChannelSource]) -> Reply:
    """How a channel becomes a source, and those that are."""
    return voice.reply([voice.line("channel-how"), *_listed(voice, sources)])


def _listed(voice: Voice, sources: Sequence[ChannelSource]) -> list[Html]:
    if not sources:
        return [voice.line("channel-none")]
    lines = [_line(voice, place, source) for place, source in enumerate(sources, 1)]
    return [html.join("\n", [voice.line("channel-title"), *lines]), voice.line("channel-stop")]


def _line(voice: Voice, place: int, source: ChannelSource) -> Html:
    return voice.line("channel-line", place=place, name=_name(source), articles=source.articles)


def _name(source: ChannelSource) -> str:
    title = html.shorten(source.title, NAME)
    return f"{title} (@{source.username})" if source.username else title

"""The first message, help, privacy, unknown commands, and messages that are no command."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.answers.desk import Desk
from bot.answers.keeping import Keeping
from bot.answers.linking import Abridged, Linking
from bot.answers.reading import Reading
from bot.answers.request import Request
from bot.answers.settings import Settings
from bot.answers.starting import Starting
from bot.answers.subscribing import Subscribing
from bot.answers.wording import is_link, is_long, links, menu_command, time_alone
from bot.model import Reply, TopicId
from bot.summaries.summarise import summarise
from bot.texts import render_admin, render_help, render_story
from bot.texts.actions import OnTopics, Read
from bot.texts.menus import ADMIN, READERS

_NEAREST = 3
_LONGEST_TEXT = 100_000
"""Characters of a text that are read; a Telegram message holds 4,096."""


@dataclass(frozen=True, slots=True)
class Helping:
    """Commands about the bot itself, and plain words."""

    desk: Desk
    reading: Reading
    subscribing: Subscribing
    linking: Linking | None = None
    """None: neither links nor files are opened."""
    keeping: Keeping | None = None
    """None: no stories are kept, and who asks for them is told what there is."""

    async def start(self, request: Request) -> Reply:
        """/start, or what a deep link opens: `r12` a story, `tsyria` a topic."""
        if story := re.fullmatch(r"r([0-9]{1,15})", request.words.strip()):
            return await self.reading.card(request, Read(int(story[1])))
        topic = TopicId(request.words.strip()[1:])
        if request.words.strip().startswith("t") and self.desk.lexicon.topic(topic) is not None:
            return await self.reading.show(request, OnTopics(((topic,),)))
        return await Starting(self.desk).start(request)

    async def help(self, request: Request) -> Reply:
        return render_help.help_(self.desk.voice(request))

    async def privacy(self, request: Request) -> Reply:
        return render_help.privacy(self.desk.voice(request))

    async def unknown_command(self, request: Request) -> Reply:
        """Says so and names the nearest commands that the asker may use."""
        known = [*READERS, *(ADMIN if request.is_admin else ())]
        near = get_close_matches(request.command.lower()[:64], known, _NEAREST, cutoff=0.6)
        return render_help.unknown_command(self.desk.voice(request), request.command, near)

    async def summarize(self, request: Request) -> Reply:
        """/summarize: the text, link or file after it, or of the message that it replies to."""
        attachment = request.attachment
        text = request.words.strip() or (attachment.text.strip() if attachment else "")
        voice = self.desk.voice(request)
        if not text and attachment is not None and attachment.content is not None and self.linking:
            found = await self.linking.file_in_short(attachment.file_name, attachment.content)
            return self._in_short(request, found)
        if not text:
            return render_help.ask(voice, "summary-no-file" if _has_file(request) else "summary-ask")
        return await self._link(request, text) if is_link(text) else self._summary(request, text)

    async def _link(self, request: Request, text: str) -> Reply:
        """The first link's article in short."""
        if self.linking is None or not self.linking.opens_links:
            return render_help.link_alone(self.desk.voice(request))
        return self._in_short(request, await self.linking.link_in_short(links(text)[0]))

    def _in_short(self, request: Request, found: Abridged) -> Reply:
        return render_story.text_summary(
            self.desk.voice(request),
            found.sentences,
            found.words_from,
            found.words_to,
            found.title,
            found.url,
        )

    def _summary(self, request: Request, text: str) -> Reply:
        sentences = summarise(text[:_LONGEST_TEXT], sentences=4)
        counted = sum(len(sentence.split()) for sentence in sentences)
        return render_story.text_summary(self.desk.voice(request), sentences, len(text.split()), counted)

    async def plain_words(self, request: Request) -> Reply:
        """A message that is no command: a menu's words, a link, a long text, a time, a topic's name."""
        words = request.words.strip()
        if not words:
            return await self._without_words(request)
        if command := menu_command(words):
            return await self._menu(command, replace(request, words=""))
        if is_link(words):
            return await self._link(request, words)
        if is_long(words):
            return self._summary(request, words)
        if at := time_alone(words):
            return Starting(self.desk).offer(request, at)
        return await self.reading.topic(request)

    async def _without_words(self, request: Request) -> Reply:
        if not _has_file(request):
            return await self.help(request)
        key = "ingest-ask" if request.is_admin else "summary-no-file"
        return render_admin.ask(self.desk.voice(request), key)

    async def _menu(self, command: str, request: Request) -> Reply:
        match command:
            case "latest":
                return await self.reading.latest(request)
            case "topics":
                return await self.reading.topics(request)
            case "sources":
                return await self.reading.sources(request)
            case "saved" if self.keeping is not None:
                return await self.keeping.saved(request)
            case "digest":
                return await self.subscribing.digest(request)
            case "settings":
                return await Settings(self.desk).settings(request)
            case "subscribe":
                return await self.subscribing.subscribe(request)
            case "unsubscribe":
                return await self.subscribing.unsubscribe(request)
            case "start":
                return await self.start(request)
            case _:
                return await self.help(request)


def _has_file(request: Request) -> bool:
    """Whether a file came along, downloaded or not."""
    attachment = request.attachment
    return attachment is not None and (attachment.content is not None or bool(attachment.file_name))

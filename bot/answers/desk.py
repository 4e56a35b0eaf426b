"""What every answer needs at hand: what is stored, the topics' names, the words, the chat's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.answers.request import Request
from bot.errors import MojazError
from bot.model import Chat, ChatKind, Language, Reply, TopicId
from bot.ports import Articles, Chats, Shelf
from bot.texts import render_help
from bot.texts.catalogue import Catalogue
from bot.texts.times import local_now
from bot.texts.voice import Voice
from bot.topics import query
from bot.topics.lexicon import Lexicon
from bot.topics.query import TopicAnswer

_MOST_WORDS = 40
"""Words of names that stand side by side."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Shared by all answers; zone and digest_time are the operator's, for chats that chose none."""

    articles: Articles
    chats: Chats
    lexicon: Lexicon
    catalogue: Catalogue
    zone: str
    digest_time: time
    shelf: Shelf | None = None
    """None: nothing is kept."""

    def voice(self, request: Request) -> Voice:
        """How to speak to whoever asks."""
        return Voice(
            self.catalogue,
            request.language,
            self.local(request.chat, request.now),
            self.name,
            request.bot_name,
            in_group=request.chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP),
            is_admin=request.is_admin,
            preferences=request.chat.preferences,
        )

    def name(self, topic: TopicId, language: Language) -> str:
        return self.lexicon.name(topic, language)

    async def topics(self, words: str) -> TopicAnswer:
        """The topics that words name; a few milliseconds, less than a thread would cost. More words
        than names have, which would take longer, name nothing."""
        if len(words.split()) > _MOST_WORDS:
            return TopicAnswer()
        return query.parse_topics(words, self.lexicon)

    def zone_of(self, chat: Chat) -> str:
        return chat.zone or self.zone

    def local(self, chat: Chat, now: datetime) -> datetime:
        """The moment on the chat's own clock."""
        return local_now(now, self.zone_of(chat))

    def error(self, request: Request, fault: MojazError) -> Reply:
        """What is said where an answer failed."""
        return render_help.error(self.voice(request), fault)

"""What the program says on its own account: menus, digests, faults, and what admins are told.

It joins rooms that do not know each other: the words, the layouts and the topics' names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.digests.compose import DigestPlan
from bot.errors import MojazError
from bot.model import (
    Chat,
    ChatId,
    ChatKind,
    Feed,
    FeedState,
    Lane,
    Language,
    OutboxMessage,
    OutboxRow,
    Reply,
    UserId,
)
from bot.texts import render_admin, render_digest, render_feeds, render_help
from bot.texts.catalogue import Catalogue
from bot.texts.menus import ADMIN, GROUP, PRIVATE, menu, profile
from bot.texts.times import local_now
from bot.texts.voice import Voice
from bot.topics.lexicon import Lexicon
from handlers.menus import Menus

DigestRenderer = Callable[[Chat, DigestPlan, Language, datetime, bool], Reply]


@dataclass(frozen=True, slots=True)
class Speaking:
    """The words, the topics' names, and the operator's zone and language."""

    catalogue: Catalogue
    lexicon: Lexicon
    zone: str
    language: Language

    def _voice(self, language: Language) -> Voice:
        now = local_now(datetime.now(UTC), self.zone)
        return Voice(self.catalogue, language, now, self.lexicon.name)

    def explain(self, fault: MojazError, language: Language) -> str:
        """An error as a reader is told it, in HTML."""
        return render_help.error(self._voice(language), fault).text

    def set_aside(
        self, admins: Collection[UserId], update: int, cause: str, others: int = 0
    ) -> list[OutboxMessage]:
        """What admins are told of an update that was given up, and of how many others before it."""
        text = render_admin.set_aside(self._voice(self.language), update, cause, others).text
        return [OutboxMessage(ChatId(admin), text, Lane.ALERT) for admin in sorted(admins)]

    def dead_letter(
        self, admins: Collection[UserId], row: OutboxRow, cause: str, others: int = 0
    ) -> list[OutboxMessage]:
        """What admins are told of a message that will never arrive, and of how many others before it;
        nothing where it was such a word."""
        if row.message.lane is Lane.ALERT and UserId(row.message.chat) in admins:
            return []
        voice = self._voice(self.language)
        text = render_admin.dead_letter(voice, row.message.chat, cause, others).text
        return [OutboxMessage(ChatId(admin), text, Lane.ALERT) for admin in sorted(admins)]

    def feed_alert(
        self, admins: Collection[UserId], feed: Feed, before: FeedState
    ) -> list[OutboxMessage]:
        """What admins are told when a feed has failed for long, is gone, or is read again after that;
        nothing for any other change of its state."""
        reply = render_feeds.alert(self._voice(self.language), feed, before)
        if not reply.text:
            return []
        return [
            OutboxMessage(ChatId(admin), reply.text, Lane.ALERT, reply.buttons)
            for admin in sorted(admins)
        ]

    def menus(self) -> tuple[Menus, ...]:
        """Those of Arabic, and those of every other language."""
        arabic = self._menus(Language.AR, "ar")
        return self._menus(self.language, ""), arabic, self._menus(Language.EN, "en")

    def _menus(self, language: Language, code: str) -> Menus:
        _, description, short = profile(self.catalogue, language)
        return Menus(
            code,
            menu(self.catalogue, language, PRIVATE),
            menu(self.catalogue, language, GROUP),
            menu(self.catalogue, language, (*PRIVATE, *ADMIN)),
            description,
            short,
        )

    def digest_renderer(self, bot_name: str) -> DigestRenderer:
        """How a due digest is laid out."""

        def render(
            chat: Chat, plan: DigestPlan, language: Language, local: datetime, late: bool
        ) -> Reply:
            return render_digest.digest(
                plan.stories,
                plan.left_out,
                language=language,
                local_now=local,
                catalogue=self.catalogue,
                names=self.lexicon.name,
                bot_name=bot_name,
                late=late,
                in_group=chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP),
                first=chat.last_digest is None,
                preferences=chat.preferences,
            )

        return render

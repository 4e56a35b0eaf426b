"""The admins' /broadcast and /backup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.answers.desk import Desk
from bot.answers.request import Request
from bot.digests.quiet import is_quiet
from bot.model import BroadcastState, Chat, ChatId, ChatKind, DatabaseCopy, Document, Reply
from bot.ports import Broadcasts
from bot.texts import render_admin, render_keeping

SLICE = 1_000
"""Subscribers that a broadcast holds in memory at once."""

LARGEST_COPY = 45_000_000
"""Bytes; Telegram takes files of 50 MB from a bot."""

MakeCopy = Callable[[datetime, int], Awaitable[DatabaseCopy]]
"""(now, the most bytes that are read into memory) → a copy of the database."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """What goes from the bot's admins to every subscriber, and a copy of everything to them."""

    desk: Desk
    broadcasts: Broadcasts
    copy: MakeCopy

    async def broadcast(self, request: Request) -> Reply:
        """/broadcast TEXT, or as a reply to one: shows it and asks whether to send it."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        words = request.words.strip() or (request.attachment.text if request.attachment else "")
        text = render_keeping.broadcast_text(words, request.markup)
        if not text.strip():
            return render_admin.ask(voice, "broadcast-ask")
        if not render_keeping.is_sendable(text):
            return render_keeping.broadcast_long(voice, text)
        subscribers = await self.broadcasts.subscribers()
        if not subscribers:
            return render_admin.ask(voice, "broadcast-nobody")
        number = await self.broadcasts.ask(text)
        return render_keeping.broadcast_confirm(voice, text, subscribers, number)

    async def press(self, request: Request, number: int, *, on: bool) -> Reply:
        """Sends the broadcast or throws it away; one that was sent is told as sent, however often."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return voice.toast("toast-admins", alert=True)
        if not on and await self.broadcasts.cancel(number):
            return render_admin.ask(voice, "broadcast-thrown")
        found = await (self.broadcasts.begin(number) if on else self.broadcasts.get(number))
        if found is None:
            return voice.toast("toast-broadcast-gone", alert=True)
        # a press that a kill or a fault broke off is answered again, and goes on where it was
        if found.state is not BroadcastState.DONE:
            await self._queue(number, request.now)
            found = await self.broadcasts.get(number) or found
        return render_keeping.broadcast_done(voice, found.queued)

    async def _queue(self, number: int, now: datetime) -> None:
        hours: dict[tuple[tuple[time, time] | None, str], bool] = {}
        while (audience := await self.broadcasts.audience(number, SLICE)) is not None:
            await self.broadcasts.queue(number, audience, self._quiet(audience.chats, now, hours))

    def _quiet(
        self,
        chats: Sequence[Chat],
        now: datetime,
        hours: dict[tuple[tuple[time, time] | None, str], bool],
    ) -> frozenset[ChatId]:
        """The chats that have quiet hours now: they get it at once, without a sound.

        hours: what was worked out before, by hours and zone; thousands of chats have the same.
        """
        found = set()
        for chat in chats:
            key = chat.preferences.quiet, self.desk.zone_of(chat)
            if key not in hours:
                hours[key] = is_quiet(*key, now)
            if hours[key]:
                found.add(chat.id)
        return frozenset(found)

    async def backup(self, request: Request) -> Reply:
        """/backup: a copy of the whole database; in private alone, since it holds what readers chose."""
        voice = self.desk.voice(request)
        if not request.is_admin:
            return render_admin.admin_only(voice)
        if request.chat.kind is not ChatKind.PRIVATE:
            return render_admin.ask(voice, "backup-private")
        made = await self.copy(request.now, LARGEST_COPY)
        if made.content is None:
            return render_keeping.backup_path(voice, made.size, made.path, made.kept)
        caption = render_keeping.backup_caption(voice, made.size)
        return replace(caption, document=Document(made.name, made.content))

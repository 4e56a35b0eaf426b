"""The first minute: /start shows today's digest, subscribes in one tap, asks for time and zone.

What is chosen is stored with each tap, so that whoever stops halfway has a digest all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.answers.desk import Desk
from bot.answers.due import due_times
from bot.answers.request import Request
from bot.digests import compose, gather
from bot.model import Chat, ChatKind, Length, Reply, Selection, Subscription
from bot.texts import render_start, zones
from bot.texts.render_digest import is_choosy
from bot.texts.render_start import Today
from bot.texts.start_actions import (
    AskZone,
    Changing,
    Countries,
    Country,
    Join,
    SetTime,
    SetZone,
    StartAction,
    Times,
    decode,
)


@dataclass(frozen=True, slots=True)
class Starting:
    """/start and the buttons under its message."""

    desk: Desk

    async def start(self, request: Request) -> Reply:
        """Who the bot is, today's digest in a private chat, and the offer."""
        chat = request.chat
        old = chat.subscription
        active = old if old and old.active else None
        offered = old.times[0] if old and old.times else self.desk.digest_time
        voice, today = self.desk.voice(_briefly(request)), await self._today(request)
        return render_start.welcome(voice, today, active, offered)

    def offer(self, request: Request, at: time) -> Reply:
        """A time of day that was written by itself, as an answer to the question for it."""
        return render_start.offer(self.desk.voice(request), at)

    async def press(self, request: Request, rest: str) -> Reply:
        """A button of the message; in groups and channels for administrators alone."""
        voice, action = self.desk.voice(request), decode(rest)
        if not request.may_manage:
            return voice.toast("toast-manage", alert=True)
        if action is None or not _is_sound(action):
            return voice.toast("toast-settings-stale", alert=True)
        if isinstance(action, Changing):
            return await self._change(request, action)
        return await self._look(request, action)

    async def _look(self, request: Request, action: Times | Countries | Country | AskZone) -> Reply:
        if isinstance(action, Times):
            return await self._ask_time(request, every=action.every)
        today, voice = await self._today(request), self.desk.voice(_briefly(request))
        match action:
            case Countries(offset):
                return render_start.countries(voice, today, offset)
            case Country(code):
                return render_start.cities(voice, today, code)
            case AskZone(zone):
                return render_start.confirm(voice, today, zone)

    # --- changes ----------------------------------------------------------------------------------

    async def _change(self, request: Request, action: Changing) -> Reply:
        old = request.chat.subscription or Subscription((self.desk.digest_time,))
        match action:
            case Join():
                joined = await self._subscribed(request, replace(old, active=True))
                one_time = len(old.times) == 1
                reply = await (self._ask_time(joined) if one_time else self._ask_zone(joined))
            case SetTime(at):
                joined = await self._subscribed(request, replace(old, times=(at,), active=True))
                reply = await self._ask_zone(joined)
            case SetZone(zone):
                reply = await self._set_zone(request, zone)
        return replace(reply, toast=self.desk.voice(request).toast("toast-saved").toast)

    async def _subscribed(self, request: Request, wanted: Subscription) -> Request:
        """The request of the chat as it is subscribed from now on."""
        due = await due_times(self.desk, request.chat, wanted, request.now)
        await self.desk.chats.subscribe(request.chat.id, wanted, due)
        return replace(request, chat=replace(request.chat, subscription=wanted))

    async def _set_zone(self, request: Request, zone: str) -> Reply:
        chat = replace(request.chat, zone=zone)
        active = _active(chat)
        due = await due_times(self.desk, chat, active, request.now) if active else ()
        await self.desk.chats.choose(chat, due)
        return await self._done(replace(request, chat=chat))

    # --- what stands under the digest then --------------------------------------------------------

    async def _ask_time(self, request: Request, *, every: bool = False) -> Reply:
        active = _active(request.chat)
        if active is None:
            # of an old message: the subscription was ended since
            return await self.start(request)
        today, voice = await self._today(request), self.desk.voice(_briefly(request))
        next_due = await self._next(request, active)
        return render_start.ask_time(voice, today, active, next_due, every=every)

    async def _ask_zone(self, request: Request) -> Reply:
        """Asked once: a zone that was chosen is not doubted."""
        active = _active(request.chat)
        if request.chat.zone or active is None:
            return await self._done(request)
        today, voice = await self._today(request), self.desk.voice(_briefly(request))
        next_due = await self._next(request, active)
        return render_start.ask_zone(voice, today, self.desk.zone, active, next_due)

    async def _done(self, request: Request) -> Reply:
        today, voice = await self._today(request), self.desk.voice(_briefly(request))
        active = _active(request.chat)
        if active is None:
            return render_start.zone_set(voice, today)
        return render_start.done(voice, today, active, await self._next(request, active))

    async def _next(self, request: Request, wanted: Subscription) -> datetime:
        due = await due_times(self.desk, request.chat, wanted, request.now)
        return min(each.due for each in due)

    async def _today(self, request: Request) -> Today:
        """The last day's digest in short, whatever came before; none where many read along."""
        chat = request.chat
        if chat.kind is not ChatKind.PRIVATE:
            return Today(chat.kind)
        covers = compose.window(None, request.now)
        plan = await gather.planned(self.desk.articles, _briefly(request).chat, covers)
        if plan.stories:
            return Today(chat.kind, plan.stories, plan.left_out)
        if is_choosy(chat.preferences) or (chat.subscription and chat.subscription.topics):
            return Today(chat.kind, nothing="digest-nothing-chosen")
        page = await self.desk.articles.stories(Selection(), 0, 1)
        if page.stories:
            return Today(chat.kind, nothing="digest-nothing-day")
        nothing = "latest-empty-admin" if request.is_admin else "start-empty"
        return Today(chat.kind, nothing=nothing)


def _briefly(request: Request) -> Request:
    """As a chat that wants short digests: the offer is to be seen without much scrolling."""
    chosen = replace(request.chat.preferences, length=Length.SHORT)
    return replace(request, chat=replace(request.chat, preferences=chosen))


def _active(chat: Chat) -> Subscription | None:
    return chat.subscription if chat.subscription and chat.subscription.active else None


def _is_sound(action: StartAction) -> bool:
    """Whether there is such a zone or country."""
    if isinstance(action, AskZone | SetZone):
        return zones.is_zone(action.zone)
    return not isinstance(action, Country) or bool(zones.zones_of(action.code))

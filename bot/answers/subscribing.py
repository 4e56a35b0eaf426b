"""Subscriptions, followed topics, and the digest as it would come now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.answers.desk import Desk
from bot.answers.due import due_times
from bot.answers.request import Request
from bot.answers.wording import TimesAndNames, times_and_names
from bot.digests import compose, gather
from bot.model import EVERY_DAY, Chat, Reply, Subscription, TopicId
from bot.texts import render_digest, render_subscription

_NEAREST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A reader's names of topics, looked up."""

    topics: tuple[TopicId, ...]
    unknown: tuple[str, ...]
    """Names, as written, that are no topic's."""


@dataclass(frozen=True, slots=True)
class Subscribing:
    """The commands that set what digests a chat gets."""

    desk: Desk

    async def subscribe(self, request: Request) -> Reply:
        """/subscribe [HH:MM] [NAME …]: what is not named stays as it was."""
        voice = self.desk.voice(request)
        if not request.may_manage:
            return render_subscription.manage_refused(voice)
        asked = times_and_names(request.words)
        if asked.wrong:
            return render_subscription.bad_time(voice, asked.wrong)
        named = await self._named(asked.names)
        if named.unknown:
            return await self._unknown(request, "subscribe-unknown", named.unknown)
        wanted = merged(request.chat.subscription, asked, named.topics, self.desk.digest_time)
        return await self._set(request, wanted)

    async def _set(self, request: Request, wanted: Subscription) -> Reply:
        due = await due_times(self.desk, request.chat, wanted, request.now)
        await self.desk.chats.subscribe(request.chat.id, wanted, due)
        voice = self.desk.voice(request)
        return render_subscription.subscribed(voice, wanted, min(each.due for each in due))

    async def unsubscribe(self, request: Request) -> Reply:
        """/unsubscribe, /stop: at once, with one tap to undo."""
        voice = self.desk.voice(request)
        if not request.may_manage:
            return render_subscription.manage_refused(voice)
        if await self.desk.chats.unsubscribe(request.chat.id) is None:
            return render_subscription.not_subscribed(voice, self.desk.digest_time)
        return render_subscription.unsubscribed(voice)

    async def undo(self, request: Request) -> Reply:
        """The subscription that was ended, as it was."""
        old = request.chat.subscription
        if old is None:
            voice = self.desk.voice(request)
            return render_subscription.nothing_to_undo(voice, self.desk.digest_time)
        return await self._set(request, replace(old, active=True))

    async def subscribe_at(self, request: Request, at: time) -> Reply:
        """A button's subscription: at that time, its topics as they were."""
        asked = TimesAndNames((at,), "", everything=False)
        wanted = merged(request.chat.subscription, asked, (), self.desk.digest_time)
        return await self._set(request, wanted)

    # --- followed topics --------------------------------------------------------------------------

    async def follow(self, request: Request) -> Reply:
        """/follow NAME: its stories lead the chat's digests."""
        return await self._follow(request, on=True)

    async def unfollow(self, request: Request) -> Reply:
        return await self._follow(request, on=False)

    async def _follow(self, request: Request, *, on: bool) -> Reply:
        voice, now_followed = self.desk.voice(request), request.chat.follows
        if not request.may_manage:
            return render_subscription.manage_refused(voice)
        if not request.words.strip():
            return render_subscription.follow_ask(voice, now_followed, on=on)
        named = await self._named(request.words)
        if named.unknown:
            return await self._unknown(request, "follow-unknown", named.unknown)
        followed = await self.set_follows(request, named.topics, on=on)
        return render_subscription.follows(voice, followed, has_subscription=_is_active(request.chat))

    async def set_follows(
        self, request: Request, topics: Sequence[TopicId], *, on: bool
    ) -> tuple[TopicId, ...]:
        """Adds topics to those followed, or takes them out; gives all that are followed then."""
        others = [topic for topic in request.chat.follows if topic not in topics]
        followed = tuple(dict.fromkeys([*request.chat.follows, *topics] if on else others))
        await self.desk.chats.follow(request.chat.id, followed)
        return followed

    # --- what stands ------------------------------------------------------------------------------

    async def digest(self, request: Request) -> Reply:
        """/digest: as it would come now; nothing is recorded, so the next one is whole."""
        chat = request.chat
        covers = compose.window(chat.last_digest, request.now)
        plan = await gather.planned(self.desk.articles, chat, covers)
        voice = self.desk.voice(request)
        return render_digest.digest(
            plan.stories,
            plan.left_out,
            language=request.language,
            local_now=voice.now,
            catalogue=self.desk.catalogue,
            names=self.desk.name,
            bot_name=request.bot_name,
            in_group=voice.in_group,
            subscribed=_is_active(chat),
            first=chat.last_digest is None,
            preferences=chat.preferences,
        )

    # --- names ------------------------------------------------------------------------------------

    async def _named(self, names: str) -> Named:
        """Names parted by commas or blanks. A guess is no name: nobody is subscribed to one."""
        topics: list[TopicId] = []
        unknown: list[str] = []
        for part in filter(None, map(str.strip, re.split("[،,;؛\n]", names))):
            answer = await self.desk.topics(part)
            if answer.topics and not answer.guessed:
                topics += answer.topics
            else:
                unknown.append(part)
        return Named(tuple(dict.fromkeys(topics)), tuple(unknown))

    async def _unknown(self, request: Request, key: str, names: Sequence[str]) -> Reply:
        meant = [await self.desk.topics(name) for name in names]
        near = [topic for one in meant for topic in (*one.guessed, *one.nearest)]
        near = list(dict.fromkeys(near))[:_NEAREST]
        voice = self.desk.voice(request)
        return render_subscription.unknown_topics(voice, key, names, near, buttons=False)


def _is_active(chat: Chat) -> bool:
    return chat.subscription is not None and chat.subscription.active


def merged(
    old: Subscription | None, asked: TimesAndNames, topics: Sequence[TopicId], default: time
) -> Subscription:
    """The new subscription: times and topics that were not named stay as they were."""
    kept_times = old.times if old and old.times else (default,)
    kept_topics = old.topics if old and not asked.everything else ()
    kept_days = old.days if old else EVERY_DAY
    return Subscription(asked.times or kept_times, tuple(topics) or kept_topics, days=kept_days)

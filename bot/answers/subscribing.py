"""Subscriptions, followed topics, and the digest as it would come now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.answers.choices import MOST_TIMES, MOST_TOPICS
from bot.answers.desk import Desk
from bot.answers.due import due_times
from bot.answers.request import Request
from bot.answers.wording import TimesAndNames, times_and_names
from bot.digests import compose, gather
from bot.model import EVERY_DAY, Chat, Reply, Subscription, TopicId
from bot.texts import render_digest, render_subscription

_NEAREST = 4

MOST_NAMES = 20
"""Names in one message: each that is unknown is compared with all that are known, for 2 ms."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reader's names of topics, looked up."""

    topics: tuple[TopicId, ...]
    unknown: tuple[str, ...]
    """Names, as written, that are no topic's."""
    near: tuple[TopicId, ...]
    """What the unknown ones may have meant."""


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
        if len(asked.times) > MOST_TIMES:
            return render_subscription.too_many(voice, "toast-most-times", MOST_TIMES)
        named = await self._named(request, "subscribe-unknown", asked.names)
        if isinstance(named, Reply):
            return named
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
            return render_subscription.not_subscribed(voice, self._last_time(request.chat))
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
        voice, before = self.desk.voice(request), request.chat.follows
        if not request.may_manage:
            return render_subscription.manage_refused(voice)
        if not request.words.strip():
            return render_subscription.follow_ask(voice, before, on=on)
        named = await self._named(request, "follow-unknown", request.words)
        if isinstance(named, Reply):
            return named
        if is_full(request.chat, *named.topics, on=on):
            return render_subscription.too_many(voice, "follow-most", MOST_TOPICS)
        if not on and not set(named.topics) & set(before):
            return render_subscription.not_followed(voice, named.topics, before)
        chat = await set_follows(self.desk, request.chat, named.topics, on=on)
        return render_subscription.follows(voice, chat.follows, _active(chat))

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
            subscribed=_active(chat) is not None,
            first=chat.last_digest is None,
            preferences=chat.preferences,
        )

    # --- names ------------------------------------------------------------------------------------

    async def _named(self, request: Request, key: str, names: str) -> Named | Reply:
        """The topics of names; else what is said of too many, and of unknown ones with `key`."""
        voice = self.desk.voice(request)
        parts = [part for part in map(str.strip, re.split("[،,;؛\n]", names)) if part]
        if len(parts) > MOST_NAMES:
            return render_subscription.too_many(voice, "names-most", MOST_NAMES)
        named = await self._looked_up(parts)
        if named.unknown:
            near = named.near[:_NEAREST]
            return render_subscription.unknown_topics(voice, key, named.unknown, near, buttons=False)
        if len(named.topics) > MOST_TOPICS:
            return render_subscription.too_many(voice, "follow-most", MOST_TOPICS)
        return named

    async def _looked_up(self, names: Sequence[str]) -> Named:
        """A guess is no name: nobody is subscribed to one."""
        topics: list[TopicId] = []
        near: list[TopicId] = []
        unknown: list[str] = []
        for name in names:
            answer = await self.desk.topics(name)
            if answer.topics and not answer.guessed:
                topics += answer.topics
            else:
                unknown.append(name)
                near += (*answer.guessed, *answer.nearest)
        return Named(tuple(dict.fromkeys(topics)), tuple(unknown), tuple(dict.fromkeys(near)))

    def _last_time(self, chat: Chat) -> time:
        """The time that is offered for a new subscription: the one that it had."""
        times = chat.subscription.times if chat.subscription else ()
        return times[0] if times else self.desk.digest_time


async def set_follows(desk: Desk, chat: Chat, topics: Sequence[TopicId], *, on: bool) -> Chat:
    """The chat with topics added to those it follows, or taken out of them.

    What leads the digests from now on no longer comes last in them.
    """
    less = tuple(topic for topic in chat.preferences.less if topic not in topics)
    if on and less != chat.preferences.less:
        chat = replace(chat, preferences=replace(chat.preferences, less=less))
        await desk.chats.choose(chat, ())
    others = [topic for topic in chat.follows if topic not in topics]
    followed = tuple(dict.fromkeys([*chat.follows, *topics] if on else others))
    await desk.chats.follow(chat.id, followed)
    return replace(chat, follows=followed)


def is_full(chat: Chat, *topics: TopicId, on: bool) -> bool:
    """Whether these are more than a chat may follow beside those it follows."""
    return on and len({*chat.follows, *topics}) > MOST_TOPICS


def _active(chat: Chat) -> Subscription | None:
    return chat.subscription if chat.subscription and chat.subscription.active else None


def merged(
    old: Subscription | None, asked: TimesAndNames, topics: Sequence[TopicId], default: time
) -> Subscription:
    """The new subscription: times and topics that were not named stay as they were."""
    kept_times = old.times if old and old.times else (default,)
    kept_topics = old.topics if old and not asked.everything else ()
    kept_days = old.days if old else EVERY_DAY
    return Subscription(asked.times or kept_times, tuple(topics) or kept_topics, days=kept_days)

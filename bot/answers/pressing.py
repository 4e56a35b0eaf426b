"""Pressed buttons: each is answered, stale and forged ones too, and changes only what it may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.answers.choices import MOST_TOPICS
from bot.answers.desk import Desk
from bot.answers.helping import Helping
from bot.answers.reading import Reading
from bot.answers.request import Request
from bot.answers.subscribing import Subscribing, is_full, set_follows
from bot.model import ChatKind, Reply, TopicId
from bot.texts import actions
from bot.texts.actions import (
    Action,
    Digest,
    Follow,
    Help,
    Latest,
    OfSource,
    OnTopics,
    Read,
    Search,
    Sources,
    Start,
    Subscribe,
    Topics,
    Undo,
    Unsubscribe,
)

Press = Callable[[Request, str], Awaitable[Reply]]

_CHANGES = (Subscribe, Unsubscribe, Undo, Follow)
"""What only those may press who may change the chat's subscription."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """All buttons."""

    desk: Desk
    reading: Reading
    subscribing: Subscribing
    helping: Helping
    families: Mapping[str, Press] = field(default_factory=dict)
    """Code → what answers the buttons of a room that has its own (texts/actions.family)."""

    def asks_who(self, data: str, kind: ChatKind) -> bool:
        """Whether it matters who presses a button with this data: Telegram is asked only then.

        In a channel it always does: an answer takes the place of a post that all its readers see.
        """
        if kind in (ChatKind.PRIVATE, ChatKind.CHANNEL):
            return kind is ChatKind.CHANNEL
        own = actions.family(data, self.families)
        return own is not None or isinstance(actions.decode(data), _CHANGES)

    async def press(self, request: Request, data: str) -> Reply:
        """What a button with this data does; its message is edited in place, or a toast is shown."""
        if request.chat.kind is ChatKind.CHANNEL and not request.may_manage:
            return self.desk.voice(request).toast("toast-in-channel", alert=True)
        if own := actions.family(data, self.families):
            code, rest = own
            return await self.families[code](replace(request, words=""), rest)
        action = actions.decode(data)
        voice = self.desk.voice(request)
        if action is None or not self._is_known(action):
            return voice.toast("toast-stale", alert=True)
        if isinstance(action, _CHANGES) and not request.may_manage:
            return voice.toast("toast-manage", alert=True)
        return await self._do(replace(request, words=""), action)

    def _is_known(self, action: Action) -> bool:
        """Whether the topics that it names still are topics."""
        if isinstance(action, Follow):
            return self.desk.lexicon.topic(action.topic) is not None
        if isinstance(action, OnTopics):
            named = [topic for group in action.groups for topic in group]
            return all(self.desk.lexicon.topic(topic) is not None for topic in named)
        return True

    async def _do(self, request: Request, action: Action) -> Reply:
        match action:
            case Latest() | OnTopics() | Search() | OfSource():
                return await self.reading.show(request, action)
            case Topics():
                return await self.reading.topics(request)
            case Sources():
                return await self.reading.sources(request, action)
            case Read():
                return await self._read(request, action)
            case Digest():
                return await self.subscribing.digest(request)
            case Start():
                return await self.helping.start(request)
            case Help():
                return await self.helping.help(request)
            case Subscribe() | Unsubscribe() | Undo() | Follow():
                return await self._change(request, action)
            case _:
                assert_never(action)

    async def _change(self, request: Request, action: Subscribe | Unsubscribe | Undo | Follow) -> Reply:
        match action:
            case Subscribe(at):
                return await self.subscribing.subscribe_at(request, at)
            case Unsubscribe():
                return await self.subscribing.unsubscribe(request)
            case Undo():
                return await self.subscribing.undo(request)
            case Follow(topic, on):
                return await self._follow(request, topic, on)

    async def _read(self, request: Request, here: Read) -> Reply:
        reply = await self.reading.found_card(request, here)
        return reply or self.desk.voice(request).toast("toast-deleted", alert=True)

    async def _follow(self, request: Request, topic: TopicId, on: bool) -> Reply:
        """The topic's list again with its button turned, and a toast."""
        if is_full(request.chat, topic, on=on):
            return self.desk.voice(request).toast("follow-most", alert=True, most=MOST_TOPICS)
        chat = await set_follows(self.desk, request.chat, [topic], on=on)
        reply = await self.reading.show(replace(request, chat=chat), OnTopics(((topic,),)))
        voice = self.desk.voice(request)
        key = "toast-followed" if on else "toast-unfollowed"
        return replace(reply, toast=voice.toast(key, topic=voice.topic(topic)).toast)

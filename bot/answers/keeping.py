"""Kept stories, and the buttons of family K: under a story, under /saved, /forgetme and /broadcast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot.answers.announcing import Announcing
from bot.answers.choices import MOST_TOPICS
from bot.answers.owning import Owning
from bot.answers.reading import Reading
from bot.answers.request import Request
from bot.answers.subscribing import is_full, set_follows
from bot.model import Chat, Kept, Reply, Story, TopicId
from bot.ports import Shelf
from bot.texts import keep_actions, render_keeping
from bot.texts.actions import PAGE, Read, Saved
from bot.texts.keep_actions import Drop, Forget, Keep, Lead, Less, Send

MOST_KEPT = 500
"""As storage has it; said where a chat has reached it."""

_LARGEST_ID = 2**53


@dataclass(frozen=True, slots=True)
class Keeping:
    """Stories kept for later, by a reader in private and by a group as a whole."""

    reading: Reading
    shelf: Shelf
    owning: Owning
    announcing: Announcing

    async def saved(self, request: Request) -> Reply:
        """/saved: the stories that the chat keeps, the one kept last first."""
        return await self._list(request, Saved())

    async def press(self, request: Request, rest: str) -> Reply:
        """A button of this family; `rest` stands behind its code."""
        action = keep_actions.decode(rest)
        match action:
            case None:
                return self._toast(request, "toast-stale", alert=True)
            case Saved():
                return await self._list(request, action)
            case Keep():
                return await self._keep(request, action)
            case Lead() | Less():
                return await self._weigh(request, action)
            case Drop(number, offset):
                return await self._drop(request, number, offset)
            case Forget(on):
                return await self.owning.press(request, on=on)
            case Send(number, on):
                return await self.announcing.press(request, number, on=on)
            case _:
                assert_never(action)

    def _toast(self, request: Request, key: str, *, alert: bool = False, **more: str | int) -> Reply:
        return self.reading.desk.voice(request).toast(key, alert=alert, **more)

    # --- lists ------------------------------------------------------------------------------------

    async def _list(self, request: Request, here: Saved) -> Reply:
        """A page; behind the last one the last one, since what was dropped makes lists shorter."""
        page = await self.shelf.page(request.chat.id, here.offset, PAGE)
        if not page.stories and page.total:
            here = Saved((page.total - 1) // PAGE * PAGE)
            page = await self.shelf.page(request.chat.id, here.offset, PAGE)
        found = [await self.reading.desk.articles.story(number) for number in page.stories]
        stories = [story for story in found if story is not None]
        voice = self.reading.desk.voice(request)
        return render_keeping.saved(voice, stories, here, page.total, MOST_KEPT)

    async def _drop(self, request: Request, number: int, offset: int) -> Reply:
        """Also of a story that is gone: its end took it off the list."""
        if story := await self._story(number):
            await self.shelf.drop(request.chat.id, story.id)
        toast = self._toast(request, "toast-dropped").toast
        return replace(await self._list(request, Saved(offset)), toast=toast)

    # --- cards ------------------------------------------------------------------------------------

    async def _keep(self, request: Request, action: Keep) -> Reply:
        story = await self._story(action.number)
        became = await self._set(request, story, on=action.on)
        if became is Kept.GONE:
            return self._toast(request, "toast-deleted", alert=True)
        if became is Kept.FULL:
            return self._toast(request, "toast-kept-full", alert=True, most=MOST_KEPT)
        toast = self._toast(request, "toast-kept" if action.on else "toast-dropped").toast
        return await self._card(request, Read(action.number, action.more, action.back), toast)

    async def _set(self, request: Request, story: Story | None, *, on: bool) -> Kept:
        if story is None:
            return Kept.GONE
        if on:
            return await self.shelf.keep(request.chat.id, story.id)
        await self.shelf.drop(request.chat.id, story.id)
        return Kept.ALREADY

    async def _weigh(self, request: Request, action: Lead | Less) -> Reply:
        """What the topic of a story weighs in the digests: it leads, or it comes last."""
        desk = self.reading.desk
        if not request.may_manage:
            return self._toast(request, "toast-manage", alert=True)
        if desk.lexicon.topic(action.topic) is None:
            return self._toast(request, "toast-stale", alert=True)
        if await self._story(action.number) is None:
            return self._toast(request, "toast-deleted", alert=True)
        if isinstance(action, Lead) and is_full(request.chat, action.topic, on=action.on):
            return self._toast(request, "follow-most", alert=True, most=MOST_TOPICS)
        set_one = self._set_less if isinstance(action, Less) else self._set_lead
        chat, key = await set_one(request.chat, action.topic, on=action.on)
        toast = self._toast(request, key, topic=desk.name(action.topic, request.language)).toast
        here = Read(action.number, action.more, action.back)
        return await self._card(replace(request, chat=chat), here, toast)

    async def _set_lead(self, chat: Chat, topic: TopicId, *, on: bool) -> tuple[Chat, str]:
        chat = await set_follows(self.reading.desk, chat, [topic], on=on)
        return chat, "toast-followed" if on else "toast-unfollowed"

    async def _set_less(self, chat: Chat, topic: TopicId, *, on: bool) -> tuple[Chat, str]:
        """What comes last from now on no longer leads."""
        desk = self.reading.desk
        if on and topic in chat.follows:
            chat = await set_follows(desk, chat, [topic], on=False)
        wanted = _with(chat.preferences.less, topic, on=on)
        chat = replace(chat, preferences=replace(chat.preferences, less=wanted))
        await desk.chats.choose(chat, ())
        return chat, "toast-less" if on else "toast-less-undone"

    async def _card(self, request: Request, here: Read, toast: str) -> Reply:
        card = await self.reading.found_card(request, here)
        return replace(card, toast=toast) if card else self._toast(request, "toast-deleted", alert=True)

    async def _story(self, number: int) -> Story | None:
        return await self.reading.desk.articles.story(number) if number < _LARGEST_ID else None


def _with(topics: tuple[TopicId, ...], topic: TopicId, *, on: bool) -> tuple[TopicId, ...]:
    others = tuple(each for each in topics if each != topic)
    return (*others, topic) if on and topic not in topics else topics if on else others

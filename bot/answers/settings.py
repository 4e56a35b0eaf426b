"""/settings: one message whose buttons set everything, and what may be typed after the command.

Buttons set and never toggle. What they change is stored at once; the page that they stand on is shown
again as the chat stands then, so that an old message's button answers with a fresh page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.answers import places
from bot.answers.choices import MOST_TIMES, chosen_days, is_signed, signed_words, with_choice, with_word
from bot.answers.desk import Desk
from bot.answers.due import due_times
from bot.answers.request import Request
from bot.answers.wording import times_and_names
from bot.arabic.words import search_terms
from bot.digests.compose import STORIES
from bot.model import Chat, Preferences, Reply, Subscription
from bot.texts import html, render_settings, render_subscription, settings_pages, settings_zones, zones
from bot.texts.render_settings import Standing
from bot.texts.settings_actions import (
    AllNews,
    AskZone,
    Country,
    DropTopic,
    Hour,
    Look,
    Mute,
    Open,
    Page,
    SetDay,
    SetDays,
    SetLanguage,
    SetSubscribed,
    SetTime,
    SettingsAction,
    SetZone,
    decode,
    mark,
)

MOST_WORDS = 20
"""Wanted words, and as many unwanted ones."""

LONGEST_WORD = 60
"""Letters of a word or phrase."""

_NEAR = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """What a chat chooses, by buttons and by words."""

    desk: Desk

    async def settings(self, request: Request) -> Reply:
        """/settings; after it a place, `+word`, `-word` or a time of day."""
        words = html.clean(request.words)
        if not words:
            return await self._page(request, Page.MAIN)
        if not request.may_manage:
            return render_subscription.manage_refused(self.desk.voice(request))
        if is_signed(words):
            return await self._add_words(request, words)
        asked = times_and_names(words)
        if asked.times and not asked.names:
            return await self._add_times(request, asked.times)
        return await self._place(request, words)

    async def press(self, request: Request, rest: str) -> Reply:
        """A button of the message; in groups for administrators alone, the way through pages too."""
        voice, action = self.desk.voice(request), decode(rest)
        if not request.may_manage:
            return voice.toast("toast-manage", alert=True)
        if action is None or not self._is_sound(action):
            return voice.toast("toast-settings-stale", alert=True)
        if isinstance(action, Look):
            return await self._look(request, action)
        return await self._change(request, action)

    def _is_sound(self, action: SettingsAction) -> bool:
        """Whether there is such a zone or country."""
        if isinstance(action, AskZone | SetZone):
            return zones.is_zone(action.zone)
        return not isinstance(action, Country) or bool(zones.zones_of(action.code))

    # --- pages ------------------------------------------------------------------------------------

    async def _look(self, request: Request, action: Look) -> Reply:
        voice = self.desk.voice(request)
        match action:
            case Open(page, offset):
                return await self._page(request, page, offset)
            case Hour(hour):
                return settings_pages.minutes(voice, hour)
            case Country(code):
                return settings_zones.cities(voice, code)
            case AskZone(zone):
                return settings_zones.confirm(voice, zone)

    async def _page(self, request: Request, page: Page, offset: int = 0) -> Reply:
        voice, chat = self.desk.voice(request), request.chat
        match page:
            case Page.MAIN:
                return render_settings.main(voice, await self._standing(request))
            case Page.TIMES:
                return settings_pages.times(voice, await self._standing(request))
            case Page.HOURS:
                return settings_pages.hours(voice)
            case Page.DAYS:
                return settings_pages.days(voice, chat)
            case Page.COUNTRIES:
                return settings_zones.countries(voice, offset)
            case Page.SOURCES:
                return settings_pages.sources(voice, chat, await self.desk.articles.sources(), offset)
            case _:
                return self._plain_page(request, page)

    def _plain_page(self, request: Request, page: Page) -> Reply:
        """The pages that are about the chat's own choices alone."""
        voice, chat = self.desk.voice(request), request.chat
        pages = {
            Page.TOPICS: settings_pages.topics,
            Page.WORDS: settings_pages.words,
            Page.DIGITS: settings_pages.digits,
            Page.DATES: settings_pages.dates,
            Page.QUIET: settings_pages.quiet_hours,
        }
        if page is Page.LENGTH:
            return settings_pages.length(voice, chat, STORIES)
        return pages[page](voice, chat) if page in pages else settings_pages.language(voice)

    async def _standing(self, request: Request) -> Standing:
        chat, due = request.chat, None
        if chat.subscription and chat.subscription.active:
            times = await due_times(self.desk, chat, chat.subscription, request.now)
            due = min(each.due for each in times)
        return Standing(chat, self.desk.digest_time, due)

    async def _saved(self, request: Request, chat: Chat, page: Page, offset: int = 0) -> Reply:
        """The page as the chat stands now, and a word that it was kept."""
        language = chat.language or request.language
        now = replace(request, chat=chat, language=language)
        reply = await self._page(now, page, offset)
        return replace(reply, toast=self.desk.voice(now).toast("toast-saved").toast)

    # --- changes ----------------------------------------------------------------------------------

    async def _change(self, request: Request, action: SettingsAction) -> Reply:
        match action:
            case SetZone(zone):
                return await self._set_zone(request, zone)
            case SetTime(at, on):
                return await self._set_time(request, at, on=on)
            case SetSubscribed(on):
                return await self._set_subscribed(request, on=on)
            case SetDay() | SetDays():
                return await self._set_days(request, action)
            case AllNews():
                return await self._all_news(request)
            case DropTopic():
                return await self._drop_topic(request, action)
            case Mute(digest, on, offset):
                return await self._mute(request, digest, on=on, offset=offset)
            case SetLanguage(language):
                chat = replace(request.chat, language=language)
                await self.desk.chats.choose(chat, ())
                return await self._saved(request, chat, Page.LANGUAGE)
            case _:
                chosen, page = with_choice(request.chat.preferences, action)
                return await self._prefer(request, chosen, page)

    async def _prefer(self, request: Request, chosen: Preferences, page: Page, offset: int = 0) -> Reply:
        chat = replace(request.chat, preferences=chosen)
        await self.desk.chats.choose(chat, ())
        return await self._saved(request, chat, page, offset)

    async def _set_zone(self, request: Request, zone: str) -> Reply:
        """The zone, and the digest's times by its clock: once a local day, as after subscribing."""
        chat, wanted = replace(request.chat, zone=zone), request.chat.subscription
        active = wanted if wanted and wanted.active else None
        due = await due_times(self.desk, chat, active, request.now) if active else ()
        await self.desk.chats.choose(chat, due)
        return await self._saved(request, chat, Page.MAIN)

    # --- subscriptions ----------------------------------------------------------------------------

    async def _subscribe(self, request: Request, wanted: Subscription, page: Page) -> Reply:
        due = await due_times(self.desk, request.chat, wanted, request.now)
        await self.desk.chats.subscribe(request.chat.id, wanted, due)
        return await self._saved(request, replace(request.chat, subscription=wanted), page)

    def _subscription(self, chat: Chat) -> Subscription:
        """The chat's, else one that is not in force, to keep its days."""
        return chat.subscription or Subscription((self.desk.digest_time,), active=False)

    async def _set_time(self, request: Request, at: time, *, on: bool) -> Reply:
        old, voice = self._subscription(request.chat), self.desk.voice(request)
        now = old.times if old.active else ()
        times = tuple(sorted({*now, at} if on else {*now} - {at}))
        if times == now:
            return await self._page(request, Page.TIMES)
        if not times:
            return voice.toast("toast-last-time", alert=True)
        if len(times) > MOST_TIMES:
            return voice.toast("toast-most-times", alert=True, most=MOST_TIMES)
        return await self._subscribe(request, replace(old, times=times, active=True), Page.TIMES)

    async def _add_times(self, request: Request, asked: Sequence[time]) -> Reply:
        """/settings 07:42"""
        old = self._subscription(request.chat)
        times = tuple(sorted({*(old.times if old.active else ()), *asked}))
        if len(times) > MOST_TIMES:
            voice = self.desk.voice(request)
            note = settings_pages.no_time(voice, MOST_TIMES)
            return settings_pages.times(voice, await self._standing(request), note)
        return await self._subscribe(request, replace(old, times=times, active=True), Page.TIMES)

    async def _set_subscribed(self, request: Request, *, on: bool) -> Reply:
        old = self._subscription(request.chat)
        if on and not old.active:
            return await self._subscribe(request, replace(old, active=True), Page.MAIN)
        ended = None if on else await self.desk.chats.unsubscribe(request.chat.id)
        chat = replace(request.chat, subscription=ended) if ended else request.chat
        return await self._saved(request, chat, Page.MAIN)

    async def _set_days(self, request: Request, action: SetDay | SetDays) -> Reply:
        old = self._subscription(request.chat)
        days = chosen_days(old.days, action)
        if not days:
            return self.desk.voice(request).toast("toast-last-day", alert=True)
        return await self._subscribe(request, replace(old, days=days), Page.DAYS)

    async def _all_news(self, request: Request) -> Reply:
        old = request.chat.subscription
        if old is None or not old.topics:
            return await self._page(request, Page.TOPICS)
        return await self._subscribe(request, replace(old, topics=()), Page.TOPICS)

    # --- topics, words, sources -------------------------------------------------------------------

    async def _drop_topic(self, request: Request, action: DropTopic) -> Reply:
        chat = request.chat
        if action.less:
            kept = tuple(topic for topic in chat.preferences.less if topic != action.topic)
            return await self._prefer(request, replace(chat.preferences, less=kept), Page.TOPICS)
        follows = tuple(topic for topic in chat.follows if topic != action.topic)
        await self.desk.chats.follow(chat.id, follows)
        return await self._saved(request, replace(chat, follows=follows), Page.TOPICS)

    async def _mute(self, request: Request, digest: str, *, on: bool, offset: int) -> Reply:
        """A source that is gone and not muted has no name any more to mute."""
        chosen = request.chat.preferences
        counts = await self.desk.articles.sources() if on else ()
        names = [*(count.name for count in counts), *chosen.muted]
        name = next((name for name in names if mark(name) == digest), None)
        if name is None and on:
            return self.desk.voice(request).toast("toast-settings-stale", alert=True)
        others = tuple(muted for muted in chosen.muted if muted != name)
        muted = (*others, name) if on and name is not None else others
        return await self._prefer(request, replace(chosen, muted=muted), Page.SOURCES, offset)

    async def _add_words(self, request: Request, words: str) -> Reply:
        """/settings +word -word: those that are no words, or too many, change nothing."""
        voice, chosen = self.desk.voice(request), request.chat.preferences
        signed = signed_words(words)
        if len(signed) > 2 * MOST_WORDS:
            return settings_pages.words(voice, request.chat, settings_pages.no_room(voice, MOST_WORDS))
        for wanted, word in signed:
            if len(word) > LONGEST_WORD or not search_terms(word):
                return settings_pages.words(voice, request.chat, settings_pages.bad_word(voice, word))
            chosen = with_word(chosen, word, wanted=wanted)
        if max(len(chosen.wanted), len(chosen.unwanted)) > MOST_WORDS:
            return settings_pages.words(voice, request.chat, settings_pages.no_room(voice, MOST_WORDS))
        return await self._prefer(request, chosen, Page.WORDS)

    # --- places -----------------------------------------------------------------------------------

    async def _place(self, request: Request, words: str) -> Reply:
        """The zone of a place that a reader wrote, to be confirmed; nothing is changed by it."""
        voice, found, lexicon = self.desk.voice(request), places.find(words), self.desk.lexicon
        guessed: Sequence[str] = ()
        if not found.zones:
            answer = await self.desk.topics(words)
            exact = [topic for topic in answer.topics if topic not in answer.guessed]
            found = places.of_topics(exact, lexicon)
            guessed = places.nearest(words) or places.of_topics(answer.guessed, lexicon).zones
        if len(found.zones) == 1:
            return settings_zones.confirm(voice, found.zones[0])
        if found.country:
            return settings_zones.cities(voice, found.country)
        near = found.zones or guessed[:_NEAR]
        return settings_zones.places(voice, words, near, known=bool(found.zones))

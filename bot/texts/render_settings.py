"""The settings message: its first page, and what its pages (settings_pages.py) share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.model import Chat, Digits, Language, Length, Months, Reply, Subscription
from bot.texts import html, zones
from bot.texts.html import Html
from bot.texts.parts import NAME, Row, pairs
from bot.texts.settings_actions import (
    Open,
    Page,
    SetSubscribed,
    SettingsAction,
    button,
)
from bot.texts.times import month_samples
from bot.texts.voice import Voice

LANGUAGES = {Language.AR: "العربية", Language.EN: "English"}
"""Each by its own name, so that whoever reads only that one finds it."""

LENGTHS = {Length.SHORT: "length-short", Length.NORMAL: "length-normal", Length.LONG: "length-long"}
DIGITS = {Digits.LATIN: "digits-latin", Digits.ARABIC: "digits-arabic"}

_LISTED = 4
"""Names that a line of the first page lists."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a chat stands."""

    chat: Chat
    default_time: time
    """Of a subscription that names none."""
    next_due: datetime | None = None
    """When the next digest comes; None where none does."""

    @property
    def subscription(self) -> Subscription | None:
        """The one that is in force."""
        chosen = self.chat.subscription
        return chosen if chosen and chosen.active else None

    @property
    def offered(self) -> time:
        """The time of the subscription that one tap would begin."""
        old = self.chat.subscription
        return old.times[0] if old and old.times else self.default_time


def main(voice: Voice, standing: Standing) -> Reply:
    """All that is chosen, a line each, and a button for each."""
    lines = [
        voice.line("settings-line", name=voice.label(key), value=html.escape(value))
        for key, value in _values(voice, standing)
    ]
    due = standing.next_due
    coming = voice.line("subscribed-next", when=voice.times.coming(due)) if due else ""
    parts = [title(voice, "settings-title"), html.join("\n", lines), coming, voice.line("settings-hint")]
    rows = pairs(b for page, key in _PAGES for b in button(voice.label(key), Open(page)))
    return voice.reply(parts, [*rows, subscribing(voice, standing)])


_PAGES = (
    (Page.TIMES, "settings-times"),
    (Page.DAYS, "settings-days"),
    (Page.COUNTRIES, "settings-zone"),
    (Page.QUIET, "settings-quiet"),
    (Page.TOPICS, "settings-topics"),
    (Page.WORDS, "settings-words"),
    (Page.SOURCES, "settings-sources"),
    (Page.LENGTH, "settings-length"),
    (Page.LANGUAGE, "settings-language"),
    (Page.DIGITS, "settings-digits"),
    (Page.DATES, "settings-dates"),
)


def _values(voice: Voice, standing: Standing) -> Iterable[tuple[str, str]]:
    chat, chosen, now = standing.chat, standing.subscription, voice.times.clock(voice.now)
    preferences = chat.preferences
    yield "settings-times", voice.clocks(chosen.times) if chosen else voice.label("settings-off")
    if chosen:
        yield "settings-days", voice.days(chosen.days)
    yield "settings-zone", voice.label("settings-zone-now", city=voice.times.city(), clock=now)
    yield "settings-quiet", quiet(voice, preferences.quiet)
    if chosen and chosen.topics:
        yield "settings-only", some(voice, [voice.topic(topic) for topic in chosen.topics])
    yield "settings-topics", topics(voice, chat)
    yield "settings-words", _words(voice, preferences.wanted, preferences.unwanted)
    yield "settings-sources", sources(voice, len(preferences.muted))
    yield "settings-length", voice.label(LENGTHS[preferences.length])
    yield "settings-language", LANGUAGES[voice.language]
    yield "settings-digits", voice.label(DIGITS[preferences.digits])
    yield "settings-dates", _dates(voice, preferences.months, hijri=preferences.hijri)


def sources(voice: Voice, muted: int) -> str:
    """How many sources are muted."""
    return voice.label("settings-muted", sources=muted) if muted else voice.label("settings-all-sources")


def topics(voice: Voice, chat: Chat) -> str:
    """The topics that the chat follows, or that it follows none."""
    if not chat.follows:
        return voice.label("settings-none-followed")
    return some(voice, [voice.topic(topic) for topic in chat.follows])


def some(voice: Voice, names: Sequence[str], most: int = _LISTED) -> str:
    """The first names, shortened, and an ellipsis where there are more."""
    shown = [html.shorten(name, NAME) for name in names[:most]]
    return voice.listing([*shown, "…"] if len(names) > most else shown)


def _words(voice: Voice, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
    parts = [
        voice.label(key, words=some(voice, words))
        for key, words in (("settings-words-wanted", wanted), ("settings-words-unwanted", unwanted))
        if words
    ]
    return " · ".join(parts) or voice.label("settings-no-words")


def _dates(voice: Voice, months: Months | None, *, hijri: bool) -> str:
    named = month_names(voice, months)
    return voice.label("settings-with-hijri", months=named) if hijri else named


def month_names(voice: Voice, months: Months | None) -> str:
    """Two months by the names that a choice gives them; the present one's where the zone decides."""
    if months is not None:
        return "، ".join(month_samples(months))
    return voice.label("settings-months-of-zone", sample=voice.times.month_of_zone())


def quiet(voice: Voice, hours: tuple[time, time] | None) -> str:
    """Quiet hours in words."""
    if hours is None:
        return voice.label("settings-quiet-never")
    first, last = hours
    return voice.label("settings-quiet-hours", **{"from": f"{first:%H:%M}", "to": f"{last:%H:%M}"})


# --- what the pages share -------------------------------------------------------------------------


def title(voice: Voice, key: str) -> Html:
    return html.bold(voice.label(key))


def option(voice: Voice, label: str, action: SettingsAction, *, chosen: bool) -> Row:
    """A button that sets one thing; what is set now has a mark."""
    return button(voice.label("settings-chosen", label=label) if chosen else label, action)


def back(voice: Voice, page: Page = Page.MAIN) -> Row:
    key = "settings-back" if page is Page.MAIN else "button-previous"
    return button(voice.label(key), Open(page))


def subscribing(voice: Voice, standing: Standing) -> Row:
    """One tap that ends the subscription, or begins it."""
    if standing.subscription:
        return button(voice.label("button-unsubscribe"), SetSubscribed(False))
    clock = f"{standing.offered:%H:%M}"
    return button(voice.label("button-subscribe", clock=clock), SetSubscribed(True))


def place(voice: Voice, zone: str) -> str:
    """A zone's city with its country; the city alone where both have one name."""
    named, country = zones.city(zone, voice.language), zones.country_of(zone)
    land = zones.country_name(country, voice.language) if country else ""
    if not land or land == named or zone in zones.ALONE:
        return named
    return voice.label("settings-place", city=named, country=land)


def in_columns(buttons: Iterable[Row], columns: int) -> list[Row]:
    flat = [b for row in buttons for b in row]
    return [tuple(flat[n : n + columns]) for n in range(0, len(flat), columns)]


def paging(voice: Voice, page: Page, offset: int, size: int, total: int) -> Row:
    """The ways to the pages before and after."""
    row: Row = ()
    if offset:
        row += button(voice.label("button-previous"), Open(page, max(0, offset - size)))
    if offset + size < total:
        row += button(voice.label("button-next"), Open(page, offset + size))
    return row

"""The pages behind the settings message: each says what is chosen, with a button for each choice.

Those about time zones stand in settings_zones.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

from bot.model import EVERY_DAY, Chat, Digits, Language, Length, Months, Reply, SourceCount
from bot.texts import direction, html
from bot.texts.parts import HEADLINE, Row
from bot.texts.render_settings import (
    DIGITS,
    LANGUAGES,
    LENGTHS,
    Standing,
    back,
    in_columns,
    month_names,
    option,
    paging,
    quiet,
    some,
    subscribing,
    title,
)
from bot.texts.settings_actions import (
    AllNews,
    DropTopic,
    DropWord,
    Hour,
    Mute,
    Open,
    Page,
    SetDay,
    SetDays,
    SetDigits,
    SetHijri,
    SetLanguage,
    SetLength,
    SetMonths,
    SetQuiet,
    SetTime,
    SettingsAction,
    button,
    mark,
)
from bot.texts.voice import WEEK, WORKDAYS, Voice

MINUTES = range(0, 60, 5)
SOURCES_PAGE = 8
QUIET_HOURS = (None, (22, 7), (23, 6), (21, 8), (0, 8))
_IN_A_ROW = 4


# --- times and days -------------------------------------------------------------------------------


def times(voice: Voice, standing: Standing, note: str = "") -> Reply:
    """The digest's times, each with a button that takes it out. note: what went wrong, in HTML."""
    chosen, due = standing.subscription, standing.next_due
    hint = voice.line("settings-times-hint")
    if chosen is None or due is None:
        lines = [voice.line("settings-times-off")]
        rows: list[Row] = []
    else:
        said = voice.line("settings-times-are", **voice.when(chosen))
        lines = [html.join("\n", [said, voice.line("subscribed-next", when=voice.times.coming(due))])]
        rows = in_columns((_drop(voice, f"{at:%H:%M}", SetTime(at, on=False)) for at in chosen.times), 3)
    add = button(voice.label("settings-add-time"), Open(Page.HOURS))
    rows += [add, subscribing(voice, standing), back(voice)]
    return voice.reply([title(voice, "settings-times"), html.Html(note), *lines, hint], rows)


def _drop(voice: Voice, label: str, action: SettingsAction, key: str = "settings-drop") -> Row:
    return button(voice.label(key, label=label), action)


def hours(voice: Voice) -> Reply:
    """The hours of a day, to choose one."""
    made = (button(f"{hour:02}", Hour(hour)) for hour in range(24))
    rows = [*in_columns(made, 6), back(voice, Page.TIMES)]
    return voice.reply([title(voice, "settings-times"), voice.line("settings-hours-ask")], rows)


def minutes(voice: Voice, hour: int) -> Reply:
    """The times of an hour; one that is pressed is added."""
    times = (time(hour, minute) for minute in MINUTES)
    made = (button(f"{at:%H:%M}", SetTime(at, on=True)) for at in times)
    rows = [*in_columns(made, _IN_A_ROW), back(voice, Page.HOURS)]
    return voice.reply([title(voice, "settings-times"), voice.line("settings-minutes-ask")], rows)


def days(voice: Voice, chat: Chat) -> Reply:
    """The weekdays on which the digest comes."""
    chosen = chat.subscription.days if chat.subscription else EVERY_DAY
    whole = [
        *option(voice, voice.label("days-every"), SetDays(every=True), chosen=chosen == EVERY_DAY),
        *option(
            voice, voice.label("settings-work-days"), SetDays(every=False), chosen=chosen == WORKDAYS
        ),
    ]
    each = (
        option(voice, voice.weekday(day), SetDay(day, on=day not in chosen), chosen=day in chosen)
        for day in WEEK
    )
    rows = [tuple(whole), *in_columns(each, 3), back(voice)]
    return voice.reply([title(voice, "settings-days"), voice.line("settings-days-ask")], rows)


# --- what is read ---------------------------------------------------------------------------------


def topics(voice: Voice, chat: Chat) -> Reply:
    """The topics that lead or come last, each with a button that takes it out."""
    only = chat.subscription.topics if chat.subscription else ()
    less = chat.preferences.less
    told = (
        ("settings-followed", chat.follows),
        ("settings-topics-only", only),
        ("settings-less", less),
    )
    lines = [
        voice.line(key, topics=some(voice, [voice.topic(topic) for topic in found], _LISTED))
        for key, found in told
        if found
    ]
    none = [] if chat.follows else [voice.line("follow-none")]
    made = [_drop(voice, voice.topic(topic), DropTopic(topic)) for topic in chat.follows]
    made += [
        _drop(voice, voice.topic(topic), DropTopic(topic, less=True), "settings-drop-less")
        for topic in less
    ]
    rows = in_columns(made[:_MOST_DROPPED], 2)
    if only:
        rows.append(button(voice.label("settings-all-news"), AllNews()))
    parts = [title(voice, "settings-topics"), html.join("\n", [*none, *lines])]
    return voice.reply([*parts, voice.line("settings-topics-hint")], [*rows, back(voice)])


_LISTED = 20
"""Topics that a line of a page lists."""

_MOST_DROPPED = 90
"""Buttons of one message: Telegram takes a hundred."""


def words(voice: Voice, chat: Chat, note: str = "") -> Reply:
    """The words that must or must not stand in a story. note: what went wrong, as a text in HTML."""
    chosen = chat.preferences
    told = (("settings-wanted", chosen.wanted), ("settings-unwanted", chosen.unwanted))
    lines = [voice.line(key, words=_listed(voice, found)) for key, found in told if found]
    made = [
        _drop(voice, word, DropWord(mark(word), wanted), key)
        for wanted, key, found in (
            (True, "settings-drop-wanted", chosen.wanted),
            (False, "settings-drop-unwanted", chosen.unwanted),
        )
        for word in found
    ]
    parts = [title(voice, "settings-words"), html.Html(note), html.join("\n", lines)]
    say = html.join("\n\n", [voice.line("settings-words-say"), voice.line("settings-words-hint")])
    return voice.reply([*parts, say], [*in_columns(made, 2), back(voice)])


def _listed(voice: Voice, found: Sequence[str]) -> str:
    return voice.listing(f"«{html.shorten(word, _WORD)}»" for word in found)


_WORD = 30
"""Letters of a word that are listed: forty of them stand on one page."""


def bad_word(voice: Voice, word: str) -> str:
    return voice.line("settings-word-bad", words=html.shorten(word, HEADLINE))


def no_time(voice: Voice, most: int) -> str:
    return voice.line("toast-most-times", most=most)


def no_room(voice: Voice, most: int) -> str:
    return voice.line("settings-words-full", most=most)


def sources(voice: Voice, chat: Chat, counts: Sequence[SourceCount], offset: int) -> Reply:
    """The sources, largest first, those that are muted marked; one that has nothing any more last."""
    muted = chat.preferences.muted
    names = list(dict.fromkeys([*(count.name for count in counts), *muted]))
    offset = offset if offset < len(names) else 0
    here = names[offset : offset + SOURCES_PAGE]
    made = [_source(voice, name, offset, muted=name in muted) for name in here]
    told = voice.line("settings-sources-say") if names else voice.line("settings-sources-none")
    state = voice.line("settings-muted", sources=len(muted))
    more = paging(voice, Page.SOURCES, offset, SOURCES_PAGE, len(names))
    parts = [html.join("\n", [title(voice, "settings-sources"), state if muted else ""]), told]
    return voice.reply(parts, [*made, more, back(voice)])


def _source(voice: Voice, name: str, offset: int, *, muted: bool) -> Row:
    action = Mute(mark(name), on=not muted, offset=offset)
    shown = html.shorten(name, direction.LABEL - 4) or "…"
    return button(voice.label("settings-drop" if muted else "settings-chosen", label=shown), action)


# --- how it is told -------------------------------------------------------------------------------


def length(voice: Voice, chat: Chat, stories: Mapping[Length, int]) -> Reply:
    """How many stories a digest has."""
    made = [
        option(
            voice,
            voice.label(
                "settings-length-option", label=voice.label(LENGTHS[each]), stories=stories[each]
            ),
            SetLength(each),
            chosen=chat.preferences.length is each,
        )
        for each in Length
    ]
    return _choice(voice, "settings-length", voice.line("settings-length-ask"), made)


def language(voice: Voice) -> Reply:
    made = [
        option(voice, LANGUAGES[each], SetLanguage(each), chosen=voice.language is each)
        for each in Language
    ]
    return _choice(voice, "settings-language", voice.line("settings-language-ask"), made)


def digits(voice: Voice, chat: Chat) -> Reply:
    made = [
        option(voice, voice.label(DIGITS[each]), SetDigits(each), chosen=chat.preferences.digits is each)
        for each in Digits
    ]
    return _choice(voice, "settings-digits", voice.line("settings-digits-ask"), made)


def _choice(voice: Voice, key: str, ask: str, made: Sequence[Row]) -> Reply:
    return voice.reply([title(voice, key), ask], [*made, back(voice)])


def dates(voice: Voice, chat: Chat) -> Reply:
    """The names of months, and whether dates are told in the Hijri calendar too."""
    chosen = chat.preferences
    made = [
        option(voice, month_names(voice, each), SetMonths(each), chosen=chosen.months is each)
        for each in (None, *Months)
    ]
    lunar = [
        *option(voice, voice.label("settings-hijri-off"), SetHijri(on=False), chosen=not chosen.hijri),
        *option(voice, voice.label("settings-hijri-on"), SetHijri(on=True), chosen=chosen.hijri),
    ]
    ask = voice.line("settings-dates-ask", today=voice.times.today())
    say = html.join("\n", [ask, voice.line("settings-hijri-say") if chosen.hijri else ""])
    return voice.reply([title(voice, "settings-dates"), say], [*made, tuple(lunar), back(voice)])


def quiet_hours(voice: Voice, chat: Chat) -> Reply:
    """When nothing comes that was not asked for."""
    made = [
        option(
            voice,
            quiet(voice, as_times(each)),
            SetQuiet(each),
            chosen=chat.preferences.quiet == as_times(each),
        )
        for each in QUIET_HOURS
    ]
    return _choice(voice, "settings-quiet", voice.line("settings-quiet-say"), made)


def as_times(full_hours: tuple[int, int] | None) -> tuple[time, time] | None:
    return (time(full_hours[0]), time(full_hours[1])) if full_hours else None

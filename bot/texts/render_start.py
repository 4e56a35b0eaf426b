"""The first minute: today's digest, one tap that subscribes, then at most two questions.

It is one message. The digest stays where it is, and the foot below it goes on: the offer, the time,
the zone, and what is set now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.model import Button, ChatKind, Reply, Subscription
from bot.texts import html, render_digest, zones
from bot.texts.actions import Digest, Help, Latest, Topics, Unsubscribe
from bot.texts.actions import button as list_button
from bot.texts.html import Html
from bot.texts.parts import Row, pairs
from bot.texts.render_digest import Pick
from bot.texts.render_settings import in_columns, place
from bot.texts.render_subscription import what_comes
from bot.texts.settings_actions import Open, Page
from bot.texts.settings_actions import button as settings_button
from bot.texts.settings_zones import COUNTRIES_PAGE, ordered
from bot.texts.start_actions import (
    AskZone,
    Countries,
    Country,
    Join,
    SetTime,
    SetZone,
    Times,
    button,
)
from bot.texts.voice import Voice

USUAL_TIMES = tuple(time(hour) for hour in (6, 7, 8, 9, 12, 18, 20, 21))
_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Today:
    """Where the message stands, and the digest above its foot."""

    kind: ChatKind
    """In groups and channels there is no digest: nobody asked for one yet."""
    picks: Sequence[Pick] = ()
    left_out: int = 0
    nothing: str = ""
    """The key of the text that says why there is none."""


# --- the offer ------------------------------------------------------------------------------------


def welcome(voice: Voice, today: Today, subscription: Subscription | None, at: time) -> Reply:
    """Who the bot is, today's digest, and a button that subscribes in one tap.

    subscription: the one in force, whose times are then told instead. at: the time that is offered.
    """
    head = html.join("\n", [html.bold(voice.label("start-title")), voice.line("start-what")])
    if subscription:
        said = voice.line("start-subscribed", **voice.when(subscription))
        foot = html.join("\n", [said, _help(voice, today)])
        return _message(voice, today, foot, _ways_on(voice, today), head=head)
    foot = html.join("\n", [_offer(voice, today.kind, at), _help(voice, today)])
    join = button(voice.label("button-subscribe", clock=f"{at:%H:%M}"), Join())
    return _message(voice, today, foot, [join, *_ways_on(voice, today)], head=head)


def _offer(voice: Voice, kind: ChatKind, at: time) -> Html:
    keys = {ChatKind.PRIVATE: "start-offer", ChatKind.CHANNEL: "start-offer-channel"}
    key = keys.get(kind, "start-offer-group")
    return voice.line(key, clock=f"{at:%H:%M}", zone=voice.times.zone())


def _help(voice: Voice, today: Today) -> Html:
    """How to go on by words; a channel is told its commands once it has subscribed."""
    return voice.line("start-help") if today.kind is not ChatKind.CHANNEL else Html("")


def _ways_on(voice: Voice, today: Today) -> list[Row]:
    """A channel's readers would turn its post into lists of their own: it has none of these."""
    if today.kind is ChatKind.CHANNEL:
        return []
    lists = list_button(voice.label("button-latest"), Latest())
    lists += list_button(voice.label("button-topics"), Topics())
    digest: Row = ()
    if not today.picks:
        digest = list_button(voice.label("button-digest"), Digest())
    return [lists, digest + _settings(voice) + list_button(voice.label("button-help"), Help())]


def _settings(voice: Voice) -> Row:
    return settings_button(voice.label("settings-title"), Open(Page.MAIN))


def _message(
    voice: Voice, today: Today, foot: Html, rows: Iterable[Iterable[Button]], *, head: str = ""
) -> Reply:
    around = html.join("\n\n", [head, foot])
    above = render_digest.within(voice, today.picks, today.left_out, around)
    if today.nothing:
        above = [voice.line(today.nothing)]
    # the reader's eye is at the foot: what changed with the tap stands there
    return voice.reply([part for part in (head, *above, foot) if part], rows)


def offer(voice: Voice, at: time) -> Reply:
    """Whether the digest is to come at a time that was written by itself."""
    clock = f"{at:%H:%M}"
    yes = button(voice.label("start-time-set", clock=clock), SetTime(at))
    line = voice.line("start-time-written", clock=clock, zone=voice.times.zone())
    return voice.reply([line], [yes, _settings(voice)])


# --- the two questions ----------------------------------------------------------------------------


def ask_time(
    voice: Voice, today: Today, subscription: Subscription, next_due: datetime, *, every: bool = False
) -> Reply:
    """What was set, and at what time the digest is to come. every: all full hours are offered."""
    ask = [html.bold(voice.label("start-time-ask"))]
    ask += [voice.line("start-time-hint")] if every else []
    foot = html.join("\n\n", [_set(voice, subscription, next_due), html.join("\n", ask)])
    usual = tuple(sorted({*USUAL_TIMES, *subscription.times}))
    shown = tuple(time(hour) for hour in range(24)) if every else usual
    made = (_time(voice, at, is_set=at in subscription.times) for at in shown)
    other = Times(every=not every)
    rows = [
        *in_columns(made, _IN_A_ROW),
        button(voice.label("button-previous" if every else "start-time-other"), other),
        list_button(voice.label("button-unsubscribe"), Unsubscribe()),
    ]
    return _message(voice, today, foot, rows)


def _time(voice: Voice, at: time, *, is_set: bool) -> Row:
    clock = f"{at:%H:%M}"
    return button(voice.label("settings-chosen", label=clock) if is_set else clock, SetTime(at))


def _set(voice: Voice, subscription: Subscription, next_due: datetime) -> Html:
    title = html.bold(voice.label("subscribed"))
    return html.join("\n", [title, *what_comes(voice, subscription, next_due)])


def ask_zone(
    voice: Voice, today: Today, zone: str, subscription: Subscription, next_due: datetime
) -> Reply:
    """What was set, and whether the reader's clock is that of the zone."""
    parts = [_set(voice, subscription, next_due), _clock(voice, zone)]
    return _message(voice, today, html.join("\n\n", parts), [_yes_or_no(voice, zone)])


def confirm(voice: Voice, today: Today, zone: str) -> Reply:
    """Whether the reader's clock is that of the zone that was chosen."""
    return _message(voice, today, _clock(voice, zone), [_yes_or_no(voice, zone)])


def _clock(voice: Voice, zone: str) -> Html:
    there = voice.now.astimezone(ZoneInfo(zone))
    where = voice.line(
        "settings-clock-where", place=place(voice, zone), day=voice.times.day_there(there)
    )
    ask = html.bold(voice.label("settings-clock-ask", clock=f"{there:%H:%M}"))
    return html.join("\n", [where, ask])


def _yes_or_no(voice: Voice, zone: str) -> Row:
    yes = button(voice.label("settings-yes"), SetZone(zone))
    return yes + button(voice.label("start-zone-no"), Countries())


def countries(voice: Voice, today: Today, offset: int) -> Reply:
    """The countries to choose from, the Arab ones first."""
    codes = zones.countries(voice.language)
    offset = offset if offset < len(codes) else 0
    here = codes[offset : offset + COUNTRIES_PAGE]
    more: Row = ()
    before = Countries(max(0, offset - COUNTRIES_PAGE)) if offset else AskZone(str(voice.now.tzinfo))
    more += button(voice.label("button-previous"), before)
    if offset + COUNTRIES_PAGE < len(codes):
        more += button(voice.label("start-countries-more"), Countries(offset + COUNTRIES_PAGE))
    made = pairs(b for code in here for b in _country(voice, code))
    hint = voice.line("start-zone-hint") if today.kind is not ChatKind.CHANNEL else ""
    ask = html.join("\n", [html.bold(voice.label("start-zone-ask")), hint])
    return _message(voice, today, ask, [*made, more])


def _country(voice: Voice, code: str) -> Row:
    own = zones.zones_of(code)
    action = AskZone(own[0]) if len(own) == 1 else Country(code)
    return button(zones.country_name(code, voice.language), action)


def cities(voice: Voice, today: Today, code: str) -> Reply:
    """The zones of a country that has several, each with its clock."""
    name = zones.country_name(code, voice.language)
    ask = voice.line("settings-cities-ask", country=name)
    made = (_city(voice, zone) for zone in ordered(voice, code))
    back = button(voice.label("button-previous"), Countries())
    return _message(voice, today, ask, [*in_columns(made, 2), back])


def _city(voice: Voice, zone: str) -> Row:
    there = voice.now.astimezone(ZoneInfo(zone))
    return button(f"{zones.city(zone, voice.language)} {there:%H:%M}", AskZone(zone))


# --- the end --------------------------------------------------------------------------------------


def done(voice: Voice, today: Today, subscription: Subscription, next_due: datetime) -> Reply:
    """All that is set, and where to go on."""
    lines = [html.bold(voice.label("start-done")), *what_comes(voice, subscription, next_due)]
    hint = "start-next" if today.kind is not ChatKind.CHANNEL else "subscribed-hint"
    foot = html.join("\n", [*lines, voice.line(hint)])
    stop = list_button(voice.label("button-unsubscribe"), Unsubscribe())
    return _message(voice, today, foot, [*_ways_on(voice, today), stop])


def zone_set(voice: Voice, today: Today) -> Reply:
    """The zone is set where nothing is subscribed any more: the way back to the offer."""
    clock = voice.line("settings-zone-now", city=voice.times.city(), clock=voice.times.clock(voice.now))
    foot = html.join("\n", [clock, _help(voice, today)])
    return _message(voice, today, foot, _ways_on(voice, today))

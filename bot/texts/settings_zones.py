"""The settings' pages about the time zone: countries, their cities, and the clock to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Reply
from bot.texts import html, zones
from bot.texts.parts import Row, pairs, short
from bot.texts.render_settings import back, in_columns, paging, place, title
from bot.texts.settings_actions import AskZone, Country, Open, Page, SetZone, button
from bot.texts.voice import Voice

COUNTRIES_PAGE = len(zones.ARAB)
"""So that the first page holds the Arab countries and no others."""


def countries(voice: Voice, offset: int) -> Reply:
    """The countries, the Arab ones first; one with a single zone leads to its confirmation."""
    codes = zones.countries(voice.language)
    here = codes[offset : offset + COUNTRIES_PAGE]
    now = voice.line("settings-zone-now", city=voice.times.city(), clock=voice.times.clock(voice.now))
    ask = [voice.line("settings-zone-ask")]
    if not voice.in_group:
        ask.append(voice.line("settings-zone-share"))
    made = (b for code in here for b in _country(voice, code))
    more = paging(voice, Page.COUNTRIES, offset, COUNTRIES_PAGE, len(codes))
    parts = [html.join("\n", [title(voice, "settings-zone"), now]), html.join("\n", ask)]
    return voice.reply(parts, [*pairs(made), more, back(voice)])


def _country(voice: Voice, code: str) -> Row:
    own = zones.zones_of(code)
    action = AskZone(own[0]) if len(own) == 1 else Country(code)
    return button(zones.country_name(code, voice.language), action)


def cities(voice: Voice, code: str) -> Reply:
    """The zones of a country that has several, from west to east, each with its clock."""
    country = zones.country_name(code, voice.language)
    lines = [title(voice, "settings-zone"), voice.line("settings-cities-ask", country=country)]
    made = (_clock(voice, zone, zones.city(zone, voice.language)) for zone in ordered(voice, code))
    return voice.reply(lines, [*in_columns(made, 2), back(voice, Page.COUNTRIES)])


def ordered(voice: Voice, code: str) -> Sequence[str]:
    """A country's zones from west to east."""

    def place_in_order(zone: str) -> tuple[float, str]:
        offset = voice.now.astimezone(ZoneInfo(zone)).utcoffset()
        return (offset.total_seconds() if offset else 0.0), zones.city(zone, voice.language)

    return sorted(zones.zones_of(code), key=place_in_order)


def _clock(voice: Voice, zone: str, named: str) -> Row:
    there = voice.now.astimezone(ZoneInfo(zone))
    return button(f"{named} {there:%H:%M}", AskZone(zone))


def places(voice: Voice, words: str, candidates: Sequence[str], *, known: bool) -> Reply:
    """Zones that a reader's words may mean. known: whether they name these, or are spelt like them."""
    said = short({"words": words})
    made = [_clock(voice, zone, place(voice, zone)) for zone in candidates]
    rows = [*made, button(voice.label("settings-zone"), Open(Page.COUNTRIES))]
    if known:
        return voice.reply([title(voice, "settings-zone"), voice.line("settings-places", **said)], rows)
    hint = voice.line("settings-place-near") if candidates else voice.line("settings-zone-ask")
    return voice.reply([voice.line("settings-place-unknown", **said), hint], rows)


def confirm(voice: Voice, zone: str) -> Reply:
    """What the clock says in that zone, to be confirmed."""
    there: datetime = voice.now.astimezone(ZoneInfo(zone))
    clock = f"{there:%H:%M}"
    where = voice.line(
        "settings-clock-where", place=place(voice, zone), day=voice.times.day_there(there)
    )
    yes = button(voice.label("settings-yes"), SetZone(zone))
    no = button(voice.label("settings-no"), Open(Page.COUNTRIES))
    ask = html.bold(voice.label("settings-clock-ask", clock=clock))
    return voice.reply([html.join("\n", [where, ask])], [yes + no])

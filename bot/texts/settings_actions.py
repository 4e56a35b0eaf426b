"""What a button of /settings asks for, and its form on the wire (family P).

The form is `1|P|code|fields…`, by the rules of bot/texts/families.py. Every button opens a page or
sets one thing to one value: none toggles, so that a second press, or one of an old message's, does what
its label said. Words and sources, which may be long, are named by a digest of their letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from hashlib import blake2s

from bot.model import Digits, Language, Length, Months, TopicId
from bot.texts.actions import MARK_FORM
from bot.texts.families import (
    CLOCK,
    COUNTRY,
    FLAG,
    OFFSET,
    TOPIC,
    ZONE,
    Family,
    Field,
    choice,
    form,
    number,
    words,
)

FAMILY = "P"


class Page(StrEnum):
    """The pages of the settings message."""

    MAIN = "m"
    TIMES = "t"
    HOURS = "h"
    DAYS = "d"
    COUNTRIES = "c"
    TOPICS = "f"
    WORDS = "w"
    SOURCES = "s"
    LENGTH = "l"
    LANGUAGE = "g"
    DIGITS = "n"
    DATES = "a"
    QUIET = "q"


@dataclass(frozen=True, slots=True)
class Open:
    """A page; `offset` counts the items before it, where it is one of several."""

    page: Page
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """The minutes of an hour, to choose a digest's time."""

    hour: int


@dataclass(frozen=True, slots=True)
class Country:
    """The zones of a country by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class AskZone:
    """What the clock says in that zone, to be confirmed."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetZone:
    zone: str


@dataclass(frozen=True, slots=True)
class SetTime:
    """A digest comes at that time, or no longer."""

    at: time
    on: bool


@dataclass(frozen=True, slots=True)
class SetSubscribed:
    on: bool


@dataclass(frozen=True, slots=True)
class SetDay:
    """Digests come on that weekday (0 is Monday), or no longer."""

    day: int
    on: bool


@dataclass(frozen=True, slots=True)
class SetDays:
    """Digests come on all days, or from Sunday to Thursday."""

    every: bool


@dataclass(frozen=True, slots=True)
class AllNews:
    """The digest holds all news again, not some topics' alone."""


@dataclass(frozen=True, slots=True)
class DropTopic:
    """The topic is no longer followed; with `less`: no longer one of which less is wanted."""

    topic: TopicId
    less: bool = False


@dataclass(frozen=True, slots=True)
class DropWord:
    """The word with this mark is no longer wanted, or no longer unwanted."""

    mark: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Mute:
    """The source with this mark is shown no longer, or again; `offset` is that of the page."""

    mark: str
    on: bool
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SetLength:
    length: Length


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: Language


@dataclass(frozen=True, slots=True)
class SetDigits:
    digits: Digits


@dataclass(frozen=True, slots=True)
class SetMonths:
    """None: those of the zone."""

    months: Months | None


@dataclass(frozen=True, slots=True)
class SetHijri:
    on: bool


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Quiet from one full hour until another; None: never."""

    hours: tuple[int, int] | None


Look = Open | Hour | Country | AskZone
"""What changes nothing but the page."""

Change = (
    SetZone
    | SetTime
    | SetSubscribed
    | SetDay
    | SetDays
    | AllNews
    | DropTopic
    | DropWord
    | Mute
    | SetLength
    | SetLanguage
    | SetDigits
    | SetMonths
    | SetHijri
    | SetQuiet
)
SettingsAction = Look | Change


def mark(text: str) -> str:
    """Twelve hexadecimal digits that stand for a word or a source's name."""
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


# --- on the wire ----------------------------------------------------------------------------------

_HOUR = number(0, 23)
_MARK = words(MARK_FORM)


def _quiet(wire: str) -> tuple[int, int] | None:
    first, _, last = wire.partition("|")
    if wire == "off":
        return None
    if first == last:
        raise ValueError
    return _HOUR.read(first), _HOUR.read(last)


_QUIET: Field[tuple[int, int] | None] = Field(
    lambda hours: f"{hours[0]}|{hours[1]}" if hours else "off", _quiet
)
_MONTHS: Field[Months | None] = Field(
    lambda months: months or "zone", lambda wire: None if wire == "zone" else Months(wire)
)

_SETTINGS = Family[SettingsAction](
    FAMILY,
    o=form(Open, page=choice(Page), offset=OFFSET),
    h=form(Hour, hour=_HOUR),
    c=form(Country, code=COUNTRY),
    z=form(AskZone, zone=ZONE),
    Z=form(SetZone, zone=ZONE),
    t=form(SetTime, at=CLOCK, on=FLAG),
    u=form(SetSubscribed, on=FLAG),
    d=form(SetDay, day=number(0, 6), on=FLAG),
    D=form(SetDays, every=FLAG),
    A=form(AllNews),
    f=form(DropTopic, topic=TOPIC, less=FLAG),
    w=form(DropWord, mark=_MARK, wanted=FLAG),
    s=form(Mute, mark=_MARK, on=FLAG, offset=OFFSET),
    l=form(SetLength, length=choice(Length)),
    g=form(SetLanguage, language=choice(Language)),
    n=form(SetDigits, digits=choice(Digits)),
    a=form(SetMonths, months=_MONTHS),
    i=form(SetHijri, on=FLAG),
    q=form(SetQuiet, hours=_QUIET),
)
encode, decode, button = _SETTINGS.encode, _SETTINGS.decode, _SETTINGS.button

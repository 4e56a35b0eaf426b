"""What a button of /settings asks for, and its form on the wire (family P of bot/texts/actions.py).

The form is `1|P|code|fields…`. Every button opens a page or sets one thing to one value: none toggles,
so that a second press, or one of an old message's, does what its label said. Words and sources, which
may be long, are named by a digest of their letters. Reading them back: settings_decoding.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from hashlib import blake2s

from bot.model import Button, Digits, Language, Length, Months, TopicId
from bot.texts.actions import LIMIT, VERSION

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


def encode(action: SettingsAction) -> str:
    """The button's data, or an empty string where it would pass 64 bytes."""
    wire = f"{VERSION}|{FAMILY}|{_body(action)}"
    return wire if len(wire.encode()) <= LIMIT else ""


def button(label: str, action: SettingsAction) -> tuple[Button, ...]:
    """The button as a part of a row; nothing where its action does not fit."""
    wire = encode(action)
    return (Button(label, action=wire),) if wire else ()


# --- to the wire ----------------------------------------------------------------------------------


def _body(action: SettingsAction) -> str:
    match action:
        case Open(page, offset):
            return f"o|{page}|{offset}"
        case Hour(hour):
            return f"h|{hour}"
        case Country(code):
            return f"c|{code}"
        case AskZone(zone):
            return f"z|{zone}"
        case SetZone(zone):
            return f"Z|{zone}"
        case SetTime(at, on):
            return f"t|{at:%H%M}|{on:d}"
        case SetSubscribed(on):
            return f"u|{on:d}"
        case SetDay(day, on):
            return f"d|{day}|{on:d}"
        case SetDays(every):
            return f"D|{every:d}"
        case AllNews():
            return "A|"
        case _:
            return _body_of_choice(action)


def _body_of_choice(
    action: DropTopic
    | DropWord
    | Mute
    | SetLength
    | SetLanguage
    | SetDigits
    | SetMonths
    | SetHijri
    | SetQuiet,
) -> str:
    match action:
        case DropTopic(topic, less):
            return f"f|{topic}|{less:d}"
        case DropWord(mark, wanted):
            return f"w|{mark}|{wanted:d}"
        case Mute(mark, on, offset):
            return f"s|{mark}|{on:d}|{offset}"
        case SetLength(length):
            return f"l|{length}"
        case SetLanguage(language):
            return f"g|{language}"
        case SetDigits(digits):
            return f"n|{digits}"
        case SetMonths(months):
            return f"a|{months or 'zone'}"
        case SetHijri(on):
            return f"i|{on:d}"
        case SetQuiet(hours):
            return f"q|{hours[0]}|{hours[1]}" if hours else "q|off"

"""What a button of /settings asks for, and its form on the wire (family P of bot/texts/actions.py).

The form is `1|P|code|fields…`. Every button opens a page or sets one thing to one value: none toggles,
so that a second press, or one of an old message's, does what its label said. Words and sources, which
may be long, are named by a digest of their letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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


def decode(rest: str) -> SettingsAction | None:
    """The action of what follows the family's code; None for what `encode` would not have written."""
    code, _, fields = rest.partition("|")
    read = _READERS.get(code)
    action = read(fields) if read else None
    return action if action is not None and encode(action) == f"{VERSION}|{FAMILY}|{rest}" else None


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


# --- from the wire --------------------------------------------------------------------------------

_FARTHEST = 100_000


def _number(digits: str, most: int) -> int | None:
    """A number without leading zeros, up to `most`."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,6}", digits) or int(digits) > most:
        return None
    return int(digits)


def _open(fields: str) -> Open | None:
    page, _, offset = fields.partition("|")
    start = _number(offset, _FARTHEST)
    return Open(Page(page), start) if page in set(Page) and start is not None else None


def _hour(fields: str) -> Hour | None:
    hour = _number(fields, 23)
    return None if hour is None else Hour(hour)


def _country(fields: str) -> Country | None:
    return Country(fields) if re.fullmatch("[A-Z]{2}", fields) else None


def _zone(fields: str) -> str:
    """A zone's name by its form: whether there is such a zone is for the answers to know."""
    return fields if re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}", fields) else ""


def _ask_zone(fields: str) -> AskZone | None:
    return AskZone(_zone(fields)) if _zone(fields) else None


def _set_zone(fields: str) -> SetZone | None:
    return SetZone(_zone(fields)) if _zone(fields) else None


def _time(fields: str) -> SetTime | None:
    clock, _, on = fields.partition("|")
    if not re.fullmatch("[0-9]{4}", clock) or int(clock[:2]) > 23 or int(clock[2:]) > 59:
        return None
    return SetTime(time(int(clock[:2]), int(clock[2:])), on == "1")


def _subscribed(fields: str) -> SetSubscribed | None:
    return SetSubscribed(fields == "1")


def _day(fields: str) -> SetDay | None:
    day, _, on = fields.partition("|")
    number = _number(day, 6)
    return None if number is None else SetDay(number, on == "1")


def _days(fields: str) -> SetDays | None:
    return SetDays(fields == "1")


def _all_news(fields: str) -> AllNews | None:
    return AllNews()


def _topic(fields: str) -> DropTopic | None:
    topic, _, less = fields.partition("|")
    sound = re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", topic)
    return DropTopic(TopicId(topic), less == "1") if sound else None


def _word(fields: str) -> DropWord | None:
    digest, _, wanted = fields.partition("|")
    return DropWord(digest, wanted == "1") if _is_mark(digest) else None


def _mute(fields: str) -> Mute | None:
    digest, _, rest = fields.partition("|")
    on, _, offset = rest.partition("|")
    start = _number(offset, _FARTHEST)
    return Mute(digest, on == "1", start) if _is_mark(digest) and start is not None else None


def _is_mark(digest: str) -> bool:
    return re.fullmatch("[0-9a-f]{12}", digest) is not None


def _length(fields: str) -> SetLength | None:
    return SetLength(Length(fields)) if fields in set(Length) else None


def _language(fields: str) -> SetLanguage | None:
    return SetLanguage(Language(fields)) if fields in set(Language) else None


def _digits(fields: str) -> SetDigits | None:
    return SetDigits(Digits(fields)) if fields in set(Digits) else None


def _months(fields: str) -> SetMonths | None:
    if fields == "zone":
        return SetMonths(None)
    return SetMonths(Months(fields)) if fields in set(Months) else None


def _hijri(fields: str) -> SetHijri | None:
    return SetHijri(fields == "1")


def _quiet(fields: str) -> SetQuiet | None:
    if fields == "off":
        return SetQuiet(None)
    first, _, last = fields.partition("|")
    start, end = _number(first, 23), _number(last, 23)
    return None if start is None or end is None or start == end else SetQuiet((start, end))


# a flag that is neither 1 nor 0 is read as off and then differs from what encode writes
_READERS: dict[str, Callable[[str], SettingsAction | None]] = {
    "o": _open,
    "h": _hour,
    "c": _country,
    "z": _ask_zone,
    "Z": _set_zone,
    "t": _time,
    "u": _subscribed,
    "d": _day,
    "D": _days,
    "A": _all_news,
    "f": _topic,
    "w": _word,
    "s": _mute,
    "l": _length,
    "g": _language,
    "n": _digits,
    "a": _months,
    "i": _hijri,
    "q": _quiet,
}

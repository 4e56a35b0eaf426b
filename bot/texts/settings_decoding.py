"""What came with a button of /settings, read: exactly what settings_actions.py writes, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from bot.model import Digits, Language, Length, Months, TopicId
from bot.texts.actions import VERSION
from bot.texts.settings_actions import (
    FAMILY,
    AllNews,
    AskZone,
    Country,
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
    SetSubscribed,
    SetTime,
    SettingsAction,
    SetZone,
    encode,
)


def decode(rest: str) -> SettingsAction | None:
    """The action of what follows the family's code; None for what `encode` would not have written."""
    code, _, fields = rest.partition("|")
    read = _READERS.get(code)
    action = read(fields) if read else None
    return action if action is not None and encode(action) == f"{VERSION}|{FAMILY}|{rest}" else None


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

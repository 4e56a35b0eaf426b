"""The dates that feeds write beyond what their specifications allow, Arabic month names among them.

Pure. ISO 8601, RFC 2822 and epoch seconds are read in records.py, as documents write them too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from bot.arabic.words import fold, to_latin_digits
from bot.intake import records

_LONGEST = 200
_NO_DATE_BEFORE = datetime(1970, 1, 2, tzinfo=UTC)
"""Programs that know no date write the year 1, or the first second of 1970."""

_NAMES = (
    "كانون الثاني|يناير|جانفي",
    "شباط|فبراير|فيفري",
    "آذار|مارس",
    "نيسان|أبريل|ابريل|إبريل|أفريل",
    "أيار|مايو|ماي",
    "حزيران|يونيو|يونيه|جوان",
    "تموز|يوليو|يوليوز|يوليه|جويلية",
    "آب|أغسطس|غشت|أوت",
    "أيلول|سبتمبر|شتنبر",
    "تشرين الأول|أكتوبر",
    "تشرين الثاني|نوفمبر|نونبر",
    "كانون الأول|ديسمبر|دجنبر",
)
"""January to December, in the Levant, in Egypt and the Gulf, in the Maghreb."""
_MONTHS = {fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split("|")}
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\W+(\d{{4}})\b")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([صم])\w*)?")
_ZONE = re.compile(r"(?<!\w)([+-])(\d{2}):?(\d{2})\b")


def moment(text: str) -> datetime | None:
    """The moment that `text` tells, aware, in UTC; without a zone it is UTC; None for no date."""
    if len(text) > _LONGEST:
        return None
    try:
        found = records.moment(text)
    except ValueError:
        found = _arabic(fold(to_latin_digits(text)))
    return sensible(found)


def sensible(found: datetime | None) -> datetime | None:
    """The moment, unless it is one that programs write where they know none."""
    return found if found and found >= _NO_DATE_BEFORE else None


def _arabic(text: str) -> datetime | None:
    day = _DAY.search(text)
    if day is None:
        return None
    rest = text[day.end() :]
    time = _TIME.search(rest)
    hour, minute, second = (int(part or 0) for part in time.group(1, 2, 3)) if time else (0, 0, 0)
    if time and time.group(4):
        hour = hour % 12 + (12 if time.group(4) == "م" else 0)
    month = _MONTHS[day.group(2)]
    try:
        zone = timezone(_offset(rest))
        local = datetime(int(day.group(3)), month, int(day.group(1)), hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> timedelta:
    zone = _ZONE.search(text)
    if zone is None:
        return timedelta()
    offset = timedelta(hours=int(zone.group(2)), minutes=int(zone.group(3)))
    return -offset if zone.group(1) == "-" else offset

"""One record of a document, as JSON gives it → a draft, or a refusal that says what is wrong.

Pure. Names of fields and the forms of a date are the contract's with those who write such documents.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.arabic.words import to_latin_digits
from bot.intake.clean import LONGEST_TEXT
from bot.model import Draft, Refusal, RefusalReason

TEXT_FIELDS = ("text", "title", "url", "source", "category", "abstract")

_SHOWN = 80
_MILLISECONDS = 10**11
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5000."""
_YEARS = range(1900, 2200)
"""Numbers that are a year alone, not the first hour of 1970."""
_EPOCH = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DAY = re.compile(r"(?:19|20)\d{6}(?:\d{6})?")
"""20180517, 20180517103000"""
_ZONE_APART = re.compile(r"\s+(?=(?:[+-]\d{2}:?\d{2}|Z)$)")
"""2018-05-17 10:00:00 +0300, as static site generators write it."""


def draft(record: object, line: int) -> Draft | Refusal:
    """The draft in `record`, which starts on `line`; fields that mojaz does not know are ignored."""
    if not isinstance(record, dict):
        return Refusal(line, RefusalReason.NOT_AN_OBJECT, shown(record))
    values: dict[str, str] = {}
    for name in TEXT_FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            return Refusal(line, RefusalReason.WRONG_TYPE, name)
        values[name] = value or ""
        if len(values[name]) > LONGEST_TEXT:
            return Refusal(line, RefusalReason.TOO_LONG, name)
    try:
        published = moment(record.get("published"))
    except TypeError:
        return Refusal(line, RefusalReason.WRONG_TYPE, "published")
    except ValueError:
        return Refusal(line, RefusalReason.BAD_DATE, shown(record.get("published")))
    return Draft(**values, published=published, line=line)


def moment(value: object) -> datetime | None:
    """ISO 8601, RFC 2822 or epoch seconds (number or text) as an aware time in UTC.

    None, and text without any sign, give None; a time without a zone is UTC. Raises TypeError for
    what is neither text nor a number, ValueError for what is no date, a year alone among it.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError("a date is text or a number")
    if not isinstance(value, str):
        return _from_epoch(value)
    text = to_latin_digits(value.strip())
    if not text:
        return None
    if len(text) > _SHOWN:
        raise ValueError("too long for a date")
    if _EPOCH.fullmatch(text) and not _DAY.fullmatch(text):
        return _from_epoch(float(text))
    return _from_text(text)


def shown(value: object) -> str:
    """The beginning of a bad value, for the line that refuses it."""
    text = value if isinstance(value, str) else repr(value)[: _SHOWN * 2]
    text = " ".join(text[: _SHOWN * 2].split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _from_epoch(seconds: int | float) -> datetime:
    try:
        seconds = float(seconds)
        if not math.isfinite(seconds):
            raise ValueError("no number of seconds")
        if seconds in _YEARS:
            raise ValueError("a year alone")
        if abs(seconds) >= _MILLISECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("beyond the years that can be written") from error


def _from_text(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text) and len(text) > 8:
            text = f"{text[:8]}T{text[8:]}"
        found = datetime.fromisoformat(_ZONE_APART.sub("", text))
    except ValueError:
        found = _from_mail(text)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise ValueError("beyond the years that can be written") from error


def _from_mail(text: str) -> datetime:
    try:
        return parsedate_to_datetime(text)
    except (TypeError, IndexError, OverflowError) as error:  # what email.utils lets through
        raise ValueError("no date") from error

"""What a chat chose about what it reads and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.model.ids import TopicId


class Language(StrEnum):
    """The languages of the bot's own words."""

    AR = "ar"
    EN = "en"


class Digits(StrEnum):
    """The digits that a chat reads."""

    LATIN = "latin"
    ARABIC = "arabic"
    """Arabic-Indic: ٠١٢٣."""


class Months(StrEnum):
    """The month names that a chat reads in Arabic; which countries use them stands in CLDR."""

    LEVANT = "levant"
    """كانون الثاني."""
    EGYPT = "egypt"
    """يناير, in Egypt, the Gulf and elsewhere."""
    MAGHREB = "maghreb"
    """جانفي, in Tunisia and Algeria."""
    MOROCCO = "morocco"
    """يناير, غشت, دجنبر."""
    BOTH = "both"
    """كانون الثاني (يناير)."""


class Length(StrEnum):
    """How long a chat's digests are."""

    SHORT = "short"
    """Headlines with a sentence each."""
    NORMAL = "normal"
    LONG = "long"
    """More stories."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat chose about what it reads and how; the defaults are a chat's that chose nothing."""

    digits: Digits = Digits.LATIN
    months: Months | None = None
    """None: those of the chat's zone."""
    hijri: bool = False
    """Whether dates are also told in the Hijri calendar."""
    length: Length = Length.NORMAL
    wanted: tuple[str, ...] = ()
    """Words as the reader wrote them, of which a digest's story must hold at least one."""
    unwanted: tuple[str, ...] = ()
    """Words as the reader wrote them, none of which a story may hold."""
    muted: tuple[str, ...] = ()
    """Sources whose articles are not shown."""
    less: tuple[TopicId, ...] = ()
    """Topics of which the reader wants less: their stories come last."""
    quiet: tuple[time, time] | None = (time(22), time(7))
    """Local times from and until which what was not asked for comes without a sound; None: never."""


NO_PREFERENCES = Preferences()
"""Those of a chat that chose nothing."""

"""Ages, dates and zones in words. Months are named as the reader chose, else as in the zone's region;
digits are Latin here (bot/texts/digits.py puts in others, last of all).

All times here are aware and in the chat's own zone; what is pure arithmetic on due times is not here
but in bot/digests/timetable.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from hijridate import Gregorian

from bot.model import Language, Months
from bot.texts import zones
from bot.texts.catalogue import Catalogue

# The Levant and Iraq, the Maghreb and Mauritania each have month names of their own (CLDR 47 as
# shipped with Babel); everywhere else January is يناير. A zone with one country names the region.
_REGIONS = {
    "Asia/Damascus": "ar_SY",
    "Asia/Beirut": "ar_LB",
    "Asia/Amman": "ar_JO",
    "Asia/Baghdad": "ar_IQ",
    "Asia/Gaza": "ar_PS",
    "Asia/Hebron": "ar_PS",
    "Asia/Jerusalem": "ar_PS",
    "Africa/Tunis": "ar_TN",
    "Africa/Algiers": "ar_DZ",
    "Africa/Casablanca": "ar_MA",
    "Africa/Nouakchott": "ar_MR",
}

_NAMED = {
    Months.LEVANT: "ar_SY",
    Months.EGYPT: "ar_EG",
    Months.MAGHREB: "ar_DZ",
    Months.MOROCCO: "ar_MA",
    Months.BOTH: "ar_SY",
}
"""A locale that has these names (CLDR 47)."""


@dataclass(frozen=True, slots=True)
class Times:
    """How one chat reads the clock: its language and the present in its own zone."""

    catalogue: Catalogue
    language: Language
    now: datetime
    months: Months | None = None
    """None: those of the zone's region."""
    hijri: bool = False

    def age(self, then: datetime) -> str:
        """How long ago: in minutes up to an hour, in hours up to half a day or within today,
        then yesterday, then in days up to a week, then the date."""
        here = self.local(then)
        minutes = int((self.now - here) / timedelta(minutes=1))
        days = (self.now.date() - here.date()).days
        if minutes < 1:
            return self._say("age-now")
        if minutes < 60:
            return self._say("age-minutes", minutes=minutes)
        if minutes < 12 * 60 or days == 0:
            return self._say("age-hours", hours=minutes // 60)
        if days == 1:
            return self._say("age-yesterday")
        return self._say("age-days", days=days) if days < 7 else self.day(then)

    def day(self, then: datetime, *, weekday: bool = False) -> str:
        """The date, with the year where it is not this one: 24 نوفمبر, 24 November 2025."""
        here = self.local(then)
        year = "" if here.year == self.now.year else " y"
        return self._format(here, ("EEEE " if weekday else "") + f"d {self._month(here)}{year}")

    def day_there(self, there: datetime) -> str:
        """The date and weekday of a moment in the zone that it carries itself."""
        return self._format(there, f"EEEE d {self._month(there)}")

    def today(self) -> str:
        """The present date with its weekday; in the Hijri calendar too, where the chat wants that."""
        told = self.day(self.now, weekday=True)
        lunar = self.lunar(self.now) if self.hijri else ""
        return f"{told} · {lunar}" if lunar else told

    def present(self) -> str:
        """The present moment, in the Hijri calendar too where the chat wants that."""
        lunar = self.lunar(self.now) if self.hijri else ""
        return f"{self.moment(self.now)} · {lunar}" if lunar else self.moment(self.now)

    def lunar(self, then: datetime) -> str:
        """The date by the calendar of Umm al-Qura, from which what is seen of the moon may differ by a
        day or two, and so it says; empty outside of the years that the calendar was reckoned for."""
        try:
            told = Gregorian.fromdate(self.local(then).date()).to_hijri()
        except OverflowError:
            return ""
        month = told.month_name("ar" if self.language is Language.AR else "en")
        return self._say("hijri", day=str(told.day), month=month, year=str(told.year))

    def moment(self, then: datetime) -> str:
        """The date with weekday and time: الثلاثاء 24 نوفمبر، 08:00."""
        comma = "،" if self.language is Language.AR else ","
        return f"{self.day(then, weekday=True)}{comma} {self.clock(then)}"

    def coming(self, then: datetime) -> str:
        """A moment ahead, with today or tomorrow said first."""
        days = (self.local(then).date() - self.now.date()).days
        key = {0: "when-today", 1: "when-tomorrow"}.get(days)
        return self._say(key, moment=self.moment(then)) if key else self.moment(then)

    def clock(self, then: datetime) -> str:
        return f"{self.local(then):%H:%M}"

    def zone(self) -> str:
        """Whose time it is: بتوقيت القاهرة, Cairo time."""
        return self._say("zone", city=self.city())

    def city(self) -> str:
        """The city that the chat's zone is named after."""
        return zones.city(str(self.now.tzinfo), self.language)

    def local(self, then: datetime) -> datetime:
        return then.astimezone(self.now.tzinfo)

    def month_of_zone(self) -> str:
        """What the present month is called in the zone's region, whatever was chosen."""
        region = _REGIONS.get(str(self.now.tzinfo), "ar")
        return str(format_datetime(self.now, "MMMM", locale=region))

    def _format(self, here: datetime, pattern: str) -> str:
        return str(format_datetime(here, pattern, locale=self._locale()))

    def _month(self, here: datetime) -> str:
        """The pattern of a month's name; a second name stands beside it as quoted text."""
        if self.language is Language.AR and self.months is Months.BOTH:
            return f"MMMM '({format_datetime(here, 'MMMM', locale=_NAMED[Months.EGYPT])})'"
        return "MMMM"

    def _locale(self) -> str:
        if self.language is Language.EN:
            return "en_GB"
        if self.months is not None:
            return _NAMED[self.months]
        return _REGIONS.get(str(self.now.tzinfo), "ar")

    def _say(self, key: str, **arguments: str | int) -> str:
        return self.catalogue.say(self.language, key, **arguments)


def local_now(now: datetime, zone: str) -> datetime:
    """The present in an IANA zone."""
    return now.astimezone(ZoneInfo(zone))


def month_samples(months: Months) -> tuple[str, ...]:
    """The first month's and the seventh's name: by these two the regions are told apart."""
    days = (date(2026, 1, 1), date(2026, 7, 1))
    own = [str(format_date(day, "MMMM", locale=_NAMED[months])) for day in days]
    if months is not Months.BOTH:
        return tuple(own)
    other = format_date(days[1], "MMMM", locale=_NAMED[Months.EGYPT])
    return (f"{own[1]} ({other})",)

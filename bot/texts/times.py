"""Ages, dates and zones in words. Month names follow the reader's region, digits are Latin.

All times here are aware and in the chat's own zone; what is pure arithmetic on due times is not here
but in bot/digests/timetable.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_location

from bot.model import Language
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


@dataclass(frozen=True, slots=True)
class Times:
    """How one chat reads the clock: its language and the present in its own zone."""

    catalogue: Catalogue
    language: Language
    now: datetime

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
        pattern = ("EEEE " if weekday else "") + "d MMMM" + ("" if here.year == self.now.year else " y")
        return self._format(here, pattern)

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
        name = str(self.now.tzinfo)
        city = get_timezone_location(name, locale=self._locale(), return_city=True)
        return self._say("zone", city=city or name)

    def local(self, then: datetime) -> datetime:
        return then.astimezone(self.now.tzinfo)

    def _format(self, here: datetime, pattern: str) -> str:
        return str(format_datetime(here, pattern, locale=self._locale()))

    def _locale(self) -> str:
        if self.language is Language.EN:
            return "en_GB"
        return _REGIONS.get(str(self.now.tzinfo), "ar")

    def _say(self, key: str, **arguments: str | int) -> str:
        return self.catalogue.say(self.language, key, **arguments)


def local_now(now: datetime, zone: str) -> datetime:
    """The present in an IANA zone."""
    return now.astimezone(ZoneInfo(zone))

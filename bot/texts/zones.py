"""Countries and cities with their time zones, named as CLDR names them (Babel).

What a reader calls them in other ways is told in bot/answers/places.py.
"""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.arabic.words import fold
from bot.model import Language

ARAB = (
    "DZ", "BH", "KM", "DJ", "EG", "IQ", "JO", "KW", "LB", "LY", "MR",
    "MA", "OM", "PS", "QA", "SA", "SO", "SD", "SY", "TN", "AE", "YE",
)  # fmt: skip
"""The members of the Arab League: the bot's readers look for their own country among these first."""

_NO_COUNTRIES = ("001", "ZZ", "AQ", "UM")
"""The world, no country, and where nobody lives: CLDR gives them zones as well."""

_OWN_NAMES = {("Asia/Hebron", "ar"): "الخليل"}
"""CLDR has هيبرون (مدينة الخليل)."""

_OWN_COUNTRIES = {("PS", "ar"): "فلسطين", ("PS", "en"): "Palestine"}
"""As Arabic news names it; CLDR has الأراضي الفلسطينية."""

ALONE = frozenset({"Asia/Jerusalem"})
"""Zones whose city stands without a country: whose it is, is not for a list of time zones to say."""


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """Country → its zones, those that this machine knows."""
    known = available_timezones()
    listed = get_global("territory_zones")
    kept = {code: tuple(zone for zone in zones if zone in known) for code, zones in listed.items()}
    return {code: zones for code, zones in kept.items() if zones and code not in _NO_COUNTRIES}


@lru_cache(maxsize=1)
def _countries_of_zones() -> dict[str, str]:
    return {zone: code for code, zones in _zones().items() for zone in zones}


@lru_cache(maxsize=1)
def _older_names() -> dict[str, tuple[str, ...]]:
    """Zone → the names that it had before, under which CLDR still keeps some cities."""
    found: dict[str, tuple[str, ...]] = {}
    for old, new in get_global("zone_aliases").items():
        found[new] = (*found.get(new, ()), old)
    return found


@lru_cache(maxsize=4)
def _locale(language: str) -> Locale:
    return Locale(language)


def is_zone(name: str) -> bool:
    """Whether it is a zone that this machine knows."""
    return name in available_zones()


@lru_cache(maxsize=1)
def available_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zones_of(country: str) -> tuple[str, ...]:
    """A country's zones by its code; empty for an unknown one."""
    return _zones().get(country, ())


def country_of(zone: str) -> str:
    """The code of the country in which a zone lies; empty where it lies in none."""
    current = get_global("zone_aliases").get(zone, zone)
    return _countries_of_zones().get(zone) or _countries_of_zones().get(current, "")


def country_name(code: str, language: str) -> str:
    if (code, language) in _OWN_COUNTRIES:
        return _OWN_COUNTRIES[code, language]
    return str(_locale(language).territories.get(code, code))


@lru_cache(maxsize=len(Language))
def countries(language: Language) -> tuple[str, ...]:
    """The codes of all countries: the Arab ones first, each part by name."""
    codes = sorted(_zones(), key=lambda code: _in_order(country_name(code, language)))
    return (*(c for c in codes if c in ARAB), *(c for c in codes if c not in ARAB))


def _in_order(name: str) -> str:
    """Arabic readers look for السودان under س."""
    return fold(name).removeprefix("ال")


def city(zone: str, language: str) -> str:
    """The city that a zone is named after; UTC+3 where it is none's."""
    if zone.startswith("Etc/"):
        return _offset(zone.removeprefix("Etc/"))
    if (zone, language) in _OWN_NAMES:
        return _OWN_NAMES[zone, language]
    names = _locale(language).time_zones
    for known_as in (zone, *_older_names().get(zone, ())):
        if found := names.get(known_as, {}).get("city"):
            return str(found)
    return zone.rpartition("/")[2].replace("_", " ")


def _offset(name: str) -> str:
    """GMT-3 is three hours ahead of UTC: in zones' names the sign is turned round (POSIX)."""
    if name[:4] in ("GMT+", "GMT-") and name[4:].strip("0"):
        return f"UTC{'-' if name[3] == '+' else '+'}{name[4:]}"
    return "UTC"

"""A reader's words for a place → its time zone: cities and countries in Arabic, English and French.

Names are CLDR's (bot/texts/zones.py) and the topics' (the lexicon knows Aleppo and سورية). A position
becomes a zone here as well, and is then forgotten.
"""

from __future__ import annotations

import atexit
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.arabic.words import to_latin_digits, tokens
from bot.model import Language, TopicId
from bot.texts import zones
from bot.topics.lexicon import Lexicon
from bot.topics.lexicon_lines import Kind

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

LANGUAGES = ("ar", "en", "fr")

_NEAREST = 4
_LONGEST = 60
"""Letters of a place's name that are read."""

_OFFSET = re.compile(
    r"(?:utc|gmt|غرينتش|جرينتش|توقيت غرينتش)\s*(?:([+\-−–])\s*([0-9]{1,2})(?::?00)?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """The zones that words name; of one country where they name a country with several."""

    zones: tuple[str, ...] = ()
    country: str = ""


def find(words: str) -> Found:
    """A zone's own name, a city, a country, or a distance from UTC."""
    asked = words.strip()[:_LONGEST]
    if zones.is_zone(asked) and ("/" in asked or asked == "UTC"):
        return Found((asked,))
    if (offset := _offset(asked)) is not None:
        return Found((offset,))
    key = _key(asked)
    if key in _cities():
        return Found(_cities()[key])
    country = _countries().get(key, "")
    return Found(zones.zones_of(country), country) if country else Found()


def of_topics(topics: Iterable[TopicId], lexicon: Lexicon) -> Found:
    """The zones of topics that are countries or cities, by their countries."""
    named = [topic for id_ in topics if (topic := lexicon.topic(id_))]
    lands = [id_ for topic in named for id_ in _countries_of(topic.kind, topic.id, topic.of)]
    found = [find(lexicon.name(land, "en")) for land in dict.fromkeys(lands)]
    return next((one for one in found if one.zones), Found())


def _countries_of(kind: Kind, topic: TopicId, of: tuple[TopicId, ...]) -> tuple[TopicId, ...]:
    return (topic,) if kind is Kind.COUNTRY else of if kind is Kind.CITY else ()


def nearest(words: str) -> tuple[str, ...]:
    """Zones of the cities and countries whose names are spelt most alike."""
    names = {**{key: _first(key) for key in _countries()}, **_cities()}
    near = get_close_matches(_key(words[:_LONGEST]), names, _NEAREST, cutoff=0.75)
    return tuple(dict.fromkeys(zone for key in near for zone in names[key]))[:_NEAREST]


def zone_at(latitude: float, longitude: float) -> str:
    """The zone of a place on earth, of the sea too; empty where it is none or not known here."""
    try:
        found = _finder().timezone_at(lng=longitude, lat=latitude)
    except ValueError:
        return ""
    return found if found and zones.is_zone(found) else ""


def _offset(asked: str) -> str | None:
    """UTC+3 is Etc/GMT-3: in zones' names the sign is turned round (POSIX)."""
    match = _OFFSET.fullmatch(to_latin_digits(asked))
    if match is None:
        return None
    hours = int(match[2] or 0)
    name = f"Etc/GMT{'-' if match[1] == '+' else '+'}{hours}" if hours else "Etc/UTC"
    return name if zones.is_zone(name) else None


def _first(key: str) -> tuple[str, ...]:
    return zones.zones_of(_countries()[key])[:1]


def _key(words: str) -> str:
    """Words as an index holds them: folded, without articles."""
    folded = (token.folded for token in tokens(words))
    return " ".join(bare for word in folded if (bare := _without_article(word)))


def _without_article(word: str) -> str:
    if word in ("ال", "the", "al", "el", "la", "le"):
        return ""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, zone in _named_cities():
        if key and zone not in found.get(key, ()):
            found[key] = (*found.get(key, ()), zone)
    return found


def _named_cities() -> Iterator[tuple[str, str]]:
    for country in _codes():
        for zone in zones.zones_of(country):
            yield _key(zone.rpartition("/")[2].replace("_", " ")), zone
            for language in LANGUAGES:
                yield _key(re.sub(r"\(.*?\)|,.*", "", zones.city(zone, language))), zone


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {
        _key(re.sub(r"\(.*?\)", "", zones.country_name(code, language))): code
        for code in reversed(_codes())
        for language in LANGUAGES
    }


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    return zones.countries(Language.AR)


@lru_cache(maxsize=1)
def _finder() -> TimezoneFinder:
    # its polygons take a fifth of a second to open, and most bots will never see a position
    from timezonefinder import TimezoneFinder

    finder = TimezoneFinder()
    atexit.register(_close, finder)
    return finder


def _close(finder: TimezoneFinder) -> None:
    # it leaves the closing of its files to the collector (timezonefinder 9.0), which complains
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        finder.cleanup()

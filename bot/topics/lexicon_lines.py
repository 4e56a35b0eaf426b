"""Reads the lines of a lexicon file. What they mean is the business of lexicon.py.

The format, one topic a line; `#` begins a comment, a heading like `[country]` says what follows:

    id = Arabic name ; English name ; French name | key: words, words | key: words | flag
    SY | people: سوري | also: سورية, souria

A line that begins with a territory's code (SY) or a time zone (Asia/Damascus) takes its names from
CLDR and its id from the English one. The keys:

also     further names and spellings, in any script: readers may ask with them, texts name it so
people   the adjective, masculine singular; its other forms are made by rule
forms    further words of texts that name it; readers may ask with them where nothing else is called so
first    names that mean it first and another word or another's name too (درعا): they name it, save in a
         text that holds one of `not`, where they are short ones; for readers as forms
short    names that count only in a text that speaks of it, or of one of `with`, in other words as well:
         a family name, or its own name where that is another word too (ميتا); for readers as forms (the
         last word of a person's names is such a name anyway)
with     the ids of topics beside which its short names mean it; a place's `of` is such a one anyway
signs    words of texts that speak for it without naming it
not      words that hold its name and mean something else, or tell that its first names do
ask      names that readers may ask with and that texts mean otherwise
of       the id of a topic that this one speaks for as well: a city's country, a club's sport
members  of a group alone: the ids of its topics
weak     (a flag) the name itself is an ordinary word of texts: it counts only for readers
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import ConfigurationError


class Kind(StrEnum):
    """What sort of thing a topic is."""

    COUNTRY = "country"
    CITY = "city"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    SUBJECT = "subject"
    GROUP = "group"


KEYS = frozenset(
    {"also", "people", "forms", "first", "short", "signs", "not", "ask", "of", "with", "members"}
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLDR = re.compile(r"[A-Z]{2}|[A-Z][A-Za-z]+/[A-Za-z_/]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file as it stands there."""

    place: str
    """File and line number, for telling a fault."""
    kind: Kind
    id: str
    """Empty where CLDR gives the names."""
    cldr: str
    """A territory's code or a time zone; empty where the line gives the names."""
    names: tuple[str, ...]
    """Arabic, English, French; empty where CLDR gives them."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak: bool = False


def read(lines: Iterable[str], file: str) -> Iterator[Line]:
    """The topics of a file, in its order.

    Raises ConfigurationError with file, line number and what is wrong.
    """
    kind: Kind | None = None
    for number, raw in enumerate(lines, start=1):
        text, place = raw.strip(), f"{file}:{number}"
        if not text or text.startswith("#"):
            continue
        if text.startswith("["):
            kind = _kind(text, place)
        elif kind is None:
            raise ConfigurationError(f"{place}: no heading like [country] stands before this line")
        else:
            yield _line(text, kind, place)


def _kind(text: str, place: str) -> Kind:
    try:
        return Kind(text.strip("[] "))
    except ValueError:
        known = ", ".join(Kind)
        raise ConfigurationError(f"{place}: {text} is no kind of topic; known are {known}") from None


def _line(text: str, kind: Kind, place: str) -> Line:
    head, *parts = (part.strip() for part in text.split("|"))
    identity, equals, names = (part.strip() for part in head.partition("="))
    keys, weak = _keys(parts, place)
    if (kind is Kind.GROUP) != ("members" in keys):
        raise ConfigurationError(f"{place}: a group, and nothing else, has members")
    if not equals:
        if not _CLDR.fullmatch(identity):
            raise ConfigurationError(f"{place}: {identity!r} is neither `id = names` nor a CLDR code")
        return Line(place, kind, "", identity, (), keys, weak)
    given = tuple(name.strip() for name in names.split(";"))
    if not _ID.fullmatch(identity):
        raise ConfigurationError(f"{place}: {identity!r} is no id: small letters, digits and hyphens")
    if len(given) != 3 or not all(given):
        raise ConfigurationError(f"{place}: three names are needed, Arabic ; English ; French")
    return Line(place, kind, identity, "", given, keys, weak)


def _keys(parts: Iterable[str], place: str) -> tuple[dict[str, tuple[str, ...]], bool]:
    keys: dict[str, tuple[str, ...]] = {}
    weak = False
    for part in filter(None, parts):
        key, colon, words = (piece.strip() for piece in part.partition(":"))
        if key == "weak" and not colon:
            weak = True
            continue
        if key not in KEYS or key in keys:
            raise ConfigurationError(f"{place}: {key!r} is no key, or stands twice")
        keys[key] = tuple(word.strip() for word in re.split("[,،]", words) if word.strip())
        if not keys[key]:
            raise ConfigurationError(f"{place}: nothing follows {key!r}")
    return keys, weak

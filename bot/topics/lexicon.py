"""The topics that mojaz knows: countries, cities, persons, organisations, subjects, and groups of them.

What they are called and how texts speak of them; the data stand in the .txt files beside this. Which
topics an article is about is the business of about.py, what a reader's words mean that of query.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from babel import Locale

from bot.arabic.words import fold
from bot.errors import ConfigurationError
from bot.model import TopicId
from bot.topics.lexicon_lines import Kind, Line, read
from bot.topics.phrases import Phrases, Strength, phrase

FILES = ("countries.txt", "cities.txt", "persons.txt", "organisations.txt", "subjects.txt")
LANGUAGES = ("ar", "en", "fr")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that news is about."""

    id: TopicId
    kind: Kind
    names: Mapping[str, str]
    """Language (ar, en, fr) → the name that is shown."""
    spellings: tuple[str, ...]
    """All that a reader may call it, the names first."""
    adjectives: tuple[str, ...] = ()
    """Those of the spellings that are made of adjectives: سوري, السوريون."""
    loose: tuple[str, ...] = ()
    """Family names, words of texts: readers may use them where nothing else is called so."""
    of: tuple[TopicId, ...] = ()
    """Topics that it speaks for as well: a city's country, a club's sport."""
    beside: tuple[TopicId, ...] = ()
    """Topics beside which its short names mean it: روما is a club beside football."""
    members: tuple[TopicId, ...] = ()
    """The topics of a group."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All topics, and the words of texts that speak for them."""

    topics: Mapping[TopicId, Topic]
    phrases: Phrases

    def topic(self, id_: TopicId) -> Topic | None:
        return self.topics.get(id_)

    def name(self, id_: TopicId, language: str) -> str:
        """What a topic is called in a language; the id where the topic or the language is unknown."""
        known = self.topics.get(id_)
        return known.names.get(language, id_) if known else id_

    def all(self) -> tuple[Topic, ...]:
        """Every topic, in the order of the files; groups are topics too."""
        return tuple(self.topics.values())

    def members(self, id_: TopicId) -> frozenset[TopicId]:
        """The topics that a topic stands for: itself, and a group's members."""
        return frozenset((id_, *self.topics[id_].members))


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Lexicon:
    """The lexicon of the program, with an operator's own file of the same format after it.

    Raises ConfigurationError with file and line of the first fault.
    """
    lines = [line for name in FILES for line in read(_own(name), name)]
    if extra is not None:
        lines += read(_operators(extra), str(extra))
    return build(lines)


def _own(name: str) -> list[str]:
    return files("bot.topics").joinpath(name).read_text(encoding="utf-8").splitlines()


def _operators(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigurationError(f"{path}: cannot be read: {fault}") from fault


def build(lines: Iterable[Line]) -> Lexicon:
    """The lexicon of these lines; raises ConfigurationError with the place of a fault."""
    topics: dict[TopicId, Topic] = {}
    places: dict[TopicId, str] = {}
    phrases = Phrases()
    for line in lines:
        topic = _topic(line)
        if topic.id in topics:
            raise ConfigurationError(f"{line.place}: {topic.id!r} stands at {places[topic.id]} too")
        topics[topic.id], places[topic.id] = topic, line.place
        for words, strength in _words(line, topic):
            phrases.add(words, topic.id, strength)
    for topic in topics.values():
        for named in (*topic.of, *topic.beside, *topic.members):
            if named not in topics:
                raise ConfigurationError(f"{places[topic.id]}: no topic has the id {named!r}")
    return Lexicon(topics, phrases)


_PLACES = frozenset((Kind.CITY, Kind.PLACE))


def _topic(line: Line) -> Topic:
    names = dict(zip(LANGUAGES, line.names or _cldr_names(line), strict=True))
    asked = [spelling for key in ("also", "ask") for spelling in line.keys.get(key, ())]
    loose = [spelling for key in ("forms", "first", "short") for spelling in line.keys.get(key, ())]
    family = family_names(names.values()) if line.kind is Kind.PERSON else ()
    # texts also have the accusative, with an alef that makes other names of some: نيجريا
    adjectives = [form for word in line.keys.get("people", ())
                  for form in adjective_forms(word) if form != word + "ا"]  # fmt: skip
    # a place is meant where what it belongs to is; a person's country says less of whose name a name is
    whole = line.keys.get("of", ()) if line.kind in _PLACES else ()
    return Topic(
        id=TopicId(line.id or slug(names["en"])),
        kind=line.kind,
        names=names,
        spellings=tuple(dict.fromkeys((*names.values(), *asked, *adjectives))),
        adjectives=tuple(adjectives),
        loose=tuple(dict.fromkeys((*loose, *family))),
        of=tuple(TopicId(id_) for id_ in line.keys.get("of", ())),
        beside=tuple(TopicId(id_) for id_ in (*line.keys.get("with", ()), *whole)),
        members=tuple(TopicId(id_) for id_ in line.keys.get("members", ())),
    )


def _words(line: Line, topic: Topic) -> Iterator[tuple[tuple[str, ...], Strength]]:
    """(words of a text, what they say of the topic); of the same words what comes first holds.

    So a topic's own name may be a first or a short one, and جورجيا, the accusative of its people, no
    adjective.
    """
    keys = line.keys
    for key, strength in (("not", Strength.NOT), ("first", Strength.FIRST), ("short", Strength.SHORT)):
        for spelling in keys.get(key, ()):
            yield phrase(spelling), strength
    naming = [*keys.get("also", ()), *keys.get("forms", ())]
    if not line.weak:
        naming += topic.names.values()
    elif line.kind is not Kind.COUNTRY:
        naming = list(keys.get("forms", ()))
    for spelling in naming:
        yield phrase(spelling), Strength.NAME
    for word in keys.get("people", ()):
        for form in adjective_forms(word):
            yield phrase(form), Strength.PEOPLE
    for spelling in keys.get("signs", ()):
        yield phrase(spelling), Strength.SIGN
        if " " not in spelling and not spelling.startswith("ال"):
            yield phrase("ال" + spelling), Strength.SIGN


def adjective_forms(word: str) -> tuple[str, ...]:
    """An adjective of belonging (سوري) in its genders and numbers, with and without the article."""
    bare = tuple(word + ending for ending in ("", "ة", "ون", "ين", "ات", "ا"))
    return bare + tuple("ال" + form for form in bare[:-1])


_LEAST_FAMILY = 4
"""Letters of a family name; shorter ones (May, Aoun's بري) are too often other words."""


def family_names(names: Iterable[str]) -> Iterator[str]:
    """The last word of each full name: Starmer, السنوار."""
    for name in names:
        *before, last = re.split(r"[\s\-]+", name)
        if before and len(fold(last)) >= _LEAST_FAMILY:
            yield last


def slug(name: str) -> str:
    """A topic's id from its English name: `Côte d’Ivoire` → `cote-d-ivoire`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "-".join(re.findall("[a-z0-9]+", plain.lower()))


_IN_PARENTHESES = re.compile(r"\s*\(.*?\)")


def _cldr_names(line: Line) -> tuple[str, ...]:
    """Names from CLDR, without what it adds in parentheses; Turkish and other odd forms are data's."""
    found = tuple(_cldr_name(language, line.cldr) for language in LANGUAGES)
    if not all(found):
        raise ConfigurationError(f"{line.place}: CLDR has no names for {line.cldr}")
    return found


def _cldr_name(language: str, code: str) -> str:
    locale = _locale(language)
    if "/" in code:
        name = locale.time_zones.get(code, {}).get("city") or code.rsplit("/", 1)[-1].replace("_", " ")
    else:
        name = locale.territories.get(code, "")
    return _IN_PARENTHESES.sub("", name)


@lru_cache(maxsize=len(LANGUAGES))
def _locale(language: str) -> Locale:
    return Locale(language)

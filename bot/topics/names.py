"""The names of all topics by their keys: exact ones, and what a misspelt one most likely means.

Several names in one question are the business of query.py.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest

from bot.arabic.words import canonical, fold, tokens
from bot.model import TopicId
from bot.topics.lexicon import Lexicon, Topic
from bot.topics.lexicon_lines import Kind
from bot.topics.near import Near
from bot.topics.slips import FULL, consonants, distance

_SHORTEST_PREFIX = 3
_LEAST_SOUNDS = 3
"""Consonants that must agree for a spelling in the other script to be a guess."""
_COMPARED = 12
"""Names that are compared letter by letter with what was asked; others share too few of its pairs."""
_LONGEST_ALIKE = 40
"""Letters of words for which alike names are looked for: hardly a name has more."""


class Names:
    """The names of all topics by their keys."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        topics = list(topics)
        self._own = frozenset(_own_articles(topics))
        self.kinds = {topic.id: topic.kind for topic in topics}
        self.keys, self._loose, likely = self._ranked(topics)
        self._voiced = _voiced(topics)
        self.longest = max((key.count(" ") + 1 for key in self.keys), default=0)
        """Words of the longest name."""
        self._sounds = _sounds(topics)
        self._near = Near(likely)
        joined = {key.replace(" ", "") for key in self.keys if " " in key}
        self._sorted = sorted(key for key in self.keys if key not in joined)
        pairs: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            for pair in _pairs(key):
                pairs[pair].append(key)
        self._pairs = {pair: tuple(found) for pair, found in pairs.items()}

    def exact(self, words: Sequence[str]) -> tuple[TopicId, ...]:
        """The topics with exactly this name; two share one at times (عمان)."""
        for key in self._forms(words):
            if key in self.keys:
                return self.keys[key]
        return ()

    def is_loose(self, words: Sequence[str]) -> bool:
        """Whether words that are a name are only one that others carry too."""
        return next((key for key in self._forms(words) if key in self.keys), "") in self._loose

    def meant(
        self, topics: tuple[TopicId, ...], words: str = ""
    ) -> tuple[tuple[TopicId, ...], tuple[TopicId, ...]]:
        """Of topics with one name (عمان) those that are meant, and their namesakes.

        Vowel marks decide, as عُمان is the country and عمّان the city; without them a country is meant
        before a city. Where neither says anything all are meant.
        """
        if len(topics) < 2:
            return topics, ()
        marks = _marks(words)
        agreeing = {topic: len(marks & self._voiced.get(topic, frozenset())) for topic in topics}
        most = max(agreeing.values())
        best = [topic for topic in topics if agreeing[topic] == most]
        countries = [topic for topic in best if self.kinds[topic] is Kind.COUNTRY]
        chosen = tuple(countries if len(countries) == 1 else best)
        return chosen, tuple(topic for topic in topics if topic not in chosen)

    def guess(self, words: Sequence[str]) -> tuple[TopicId, ...]:
        """The topic that these words most likely mean, then others as near; empty where none is near."""
        key = next(iter(self._forms(words)), "")
        if len(key) < _SHORTEST_PREFIX:
            return ()
        return self.slip(words) or self._prefix(key) or self._sound(key)

    def slip(self, words: Sequence[str], *, one: bool = False) -> tuple[TopicId, ...]:
        """The topics whose names are within a slip, nearest first, countries before others.

        one: at most one slip of the finger, not two slips of the ear.
        """
        keys = dict.fromkeys((next(iter(self._forms(words)), ""), " ".join(words)))
        found = [
            (far, self.kinds[topic] is not Kind.COUNTRY, place, topic)
            for key in keys
            for place, (far, name) in enumerate(self._near.within(key))
            for topic in self.keys[name]
            if not one or far <= FULL
        ]
        return tuple(dict.fromkeys(topic for *_, topic in sorted(found)))

    def alike(self, asked: str) -> Iterator[tuple[float, tuple[TopicId, ...]]]:
        """(how far, topics) of names that share most pairs of letters with these words (Dice), from 0
        to 0.5, which is every second letter."""
        pairs = _pairs(asked[:_LONGEST_ALIKE]) if asked else ()
        shared: defaultdict[str, int] = defaultdict(int)
        for pair in pairs:
            for key in self._pairs.get(pair, ()):
                shared[key] += 1
        scores = ((2 * n / (len(pairs) + len(key)), key) for key, n in shared.items())
        for _, key in nlargest(_COMPARED, scores):
            inside = key.startswith(asked) or asked in key.split()
            far = 0.25 if inside else distance(asked, key, len(asked) * 0.5) / len(asked)
            if far <= 0.5:
                yield far, self.keys[key]

    def _ranked(
        self, topics: Iterable[Topic]
    ) -> tuple[Mapping[str, tuple[TopicId, ...]], frozenset[str], list[str]]:
        """The topics of each key that are most rightly called so (at times more than one); the keys that
        others carry too; and those that a slip may stand for, which are not the phrases of texts (في
        مالي): questions come too near to them."""
        ranked: defaultdict[str, dict[TopicId, int]] = defaultdict(dict)
        for topic in topics:
            for spelling, rank in _ranks(topic):
                words = tuple(token.folded for token in tokens(spelling))
                own = " ".join(map(canonical, words))
                # as it stands, too: a slip in تلغرام is nearer to it than to its common spelling
                for key in (*self._forms(words), " ".join(words)):
                    here = rank if key == own else rank + _CHANGED
                    ranked[key][topic.id] = min(here, ranked[key].get(topic.id, here))
        keys = {key: self._best(owners) for key, owners in ranked.items() if key}
        loose = frozenset(key for key in keys if min(ranked[key].values()) >= _LOOSE)
        return keys, loose, [key for key in keys if " " not in key or key not in loose]

    def _best(self, owners: Mapping[TopicId, int]) -> tuple[TopicId, ...]:
        """The topics of the first rank; of a country and its namesakes the country comes first."""
        least = min(owners.values())
        best = [topic for topic, rank in owners.items() if rank == least]
        return tuple(sorted(best, key=lambda topic: self.kinds[topic] is not Kind.COUNTRY))

    def _forms(self, words: Sequence[str]) -> Iterator[str]:
        """The keys under which words are a name: as they stand, without spaces, without articles."""
        if not words:
            return
        joined = [canonical(word) for word in words]
        yield " ".join(joined)
        bare = [canonical(self._bare(word)) for word in joined if word not in _ARTICLES] or joined
        yield " ".join(bare)
        yield "".join(joined)
        yield "".join(bare)

    def _bare(self, word: str) -> str:
        """Without the article, unless those letters are the name's own: ألمانيا, ألباني."""
        return word[2:] if word.startswith("ال") and len(word) > 4 and word not in self._own else word

    def _prefix(self, key: str) -> tuple[TopicId, ...]:
        """The topic of the only name that goes on from here in the middle of a word."""
        begun: set[tuple[TopicId, ...]] = set()
        for at in range(bisect_left(self._sorted, key), len(self._sorted)):
            name = self._sorted[at]
            if not name.startswith(key):
                break
            if name[len(key) : len(key) + 1] != " ":
                begun.add(self.keys[name])
        if len(begun) > 1:
            begun = {topics for topics in begun if self.kinds[topics[0]] is Kind.COUNTRY}
        only = next(iter(begun), ())
        return only if len(begun) == len(only) == 1 else ()

    def _sound(self, key: str) -> tuple[TopicId, ...]:
        if not key.isascii():
            return ()
        heard = consonants(key.removeprefix("al ").replace(" ", ""))
        return self._sounds.get(heard, ())[:1] if len(heard) >= _LEAST_SOUNDS else ()


@lru_cache(maxsize=4)
def names_of(lexicon: Lexicon) -> Names:
    """The index of a lexicon's names, made once."""
    return Names(lexicon.all())


_ARTICLES = frozenset(("the", "la", "le", "les", "al", "el", "ال"))


def _own_articles(topics: Iterable[Topic]) -> Iterator[str]:
    """Folded words that begin with alef and lam of their own, which a hamza on the alef shows."""
    for topic in topics:
        for spelling in topic.spellings:
            for token in tokens(spelling):
                if token.text[0] in "أإآ" and token.folded.startswith("ال"):
                    yield canonical(token.folded)


_LOOSE = 6
"""The rank of names that others carry too, and of words of texts."""
_CHANGED = 2
"""Added to the rank of a name whose articles or spaces were taken out."""


def _ranks(topic: Topic) -> Iterator[tuple[str, int]]:
    """Each spelling with its rank: shown names, others, adjectives, names that others carry too."""
    shown, adjectives = set(topic.names.values()), set(topic.adjectives)
    for spelling in topic.spellings:
        yield spelling, 0 if spelling in shown else 4 if spelling in adjectives else 1
    for spelling in topic.loose:
        yield spelling, _LOOSE


def _marks(spelling: str) -> frozenset[tuple[int, str]]:
    """Its vowel marks, each with the number of letters before it."""
    found: list[tuple[int, str]] = []
    letters = 0
    for character in unicodedata.normalize("NFC", spelling):
        if character in _VOWEL_MARKS:
            found.append((letters, character))
        elif character.isalpha():
            letters += 1
    return frozenset(found)


_VOWEL_MARKS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")


def _voiced(topics: Iterable[Topic]) -> Mapping[TopicId, frozenset[tuple[int, str]]]:
    """The vowel marks of the topics' Arabic names, where they have any."""
    marks = ((topic.id, _marks(topic.names["ar"])) for topic in topics)
    return {topic: found for topic, found in marks if found}


def _sounds(topics: Iterable[Topic]) -> Mapping[str, tuple[TopicId, ...]]:
    heard: defaultdict[str, dict[TopicId, None]] = defaultdict(dict)
    for topic in topics:
        for name in topic.names.values():
            sounds = consonants(fold(name))
            if len(sounds) >= _LEAST_SOUNDS:
                heard[sounds].setdefault(topic.id)
    return {sounds: tuple(owners) for sounds, owners in heard.items()}


def _pairs(key: str) -> frozenset[str]:
    return frozenset(map("".join, zip(f" {key}", f"{key} ", strict=True)))

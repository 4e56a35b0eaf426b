"""The names of all topics by their keys: exact ones, and what a misspelt one most likely means.

Several names in one question are the business of query.py.
"""

from __future__ import annotations

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
        self._country = {topic.id: topic.kind is Kind.COUNTRY for topic in topics}
        self.keys = self._ranked(topics)
        self.longest = max((key.count(" ") + 1 for key in self.keys), default=0)
        """Words of the longest name."""
        self._sounds = _sounds(topics)
        self._near = Near(self.keys)
        joined = {key.replace(" ", "") for key in self.keys if " " in key}
        self._sorted = sorted(key for key in self.keys if key not in joined)
        self._pairs: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            for pair in _pairs(key):
                self._pairs[pair].append(key)

    def exact(self, words: Sequence[str]) -> tuple[TopicId, ...]:
        """The topics with exactly this name; two share one at times (عمان)."""
        for key in self._forms(words):
            if key in self.keys:
                return self.keys[key]
        return ()

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
        found = [
            (far, not self._country[topic], place, topic)
            for place, (far, name) in enumerate(self._near.within(next(iter(self._forms(words)), "")))
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

    def _ranked(self, topics: Iterable[Topic]) -> Mapping[str, tuple[TopicId, ...]]:
        """The topics of each key: those that show it before those that are also called so."""
        ranked: defaultdict[str, dict[TopicId, int]] = defaultdict(dict)
        for topic in topics:
            shown = set(topic.names.values())
            for spelling in topic.spellings:
                rank = 0 if spelling in shown else 1
                words = tuple(token.folded for token in tokens(spelling))
                # as it stands, too: a slip in تلغرام is nearer to it than to its common spelling
                for key in (*self._forms(words), " ".join(words)):
                    ranked[key][topic.id] = min(rank, ranked[key].get(topic.id, rank))
        return {key: _best(owners) for key, owners in ranked.items() if key}

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
            begun = {topics for topics in begun if self._country[topics[0]]}
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


def _best(owners: Mapping[TopicId, int]) -> tuple[TopicId, ...]:
    least = min(owners.values())
    return tuple(topic for topic, rank in owners.items() if rank == least)


def _sounds(topics: Iterable[Topic]) -> Mapping[str, tuple[TopicId, ...]]:
    heard: defaultdict[str, dict[TopicId, None]] = defaultdict(dict)
    for topic in topics:
        for name in topic.names.values():
            sounds = consonants(fold(name))
            if len(sounds) >= _LEAST_SOUNDS:
                heard[sounds].setdefault(topic.id)
    return {sounds: tuple(owners) for sounds, owners in heard.items()}


@lru_cache(maxsize=1 << 14)
def _pairs(key: str) -> frozenset[str]:
    return frozenset(map("".join, zip(f" {key}", f"{key} ", strict=True)))

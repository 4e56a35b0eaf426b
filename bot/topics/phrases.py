"""Finding the lexicon's words in a text: a trie of folded words, particles understood.

A particle is taken off only where the lexicon knows the rest, so that no word loses letters of its own:
بسوريا is سوريا with ب, while بنك, والد and كوبا stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from bot.arabic.words import canonical, tokens
from bot.model import TopicId


class Strength(Enum):
    """What words of a text say of a topic."""

    NAME = "name"
    PEOPLE = "people"
    FIRST = "first"
    SHORT = "short"
    SIGN = "sign"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words [start:end] of a text that speak for topics."""

    start: int
    end: int
    meanings: tuple[tuple[TopicId, Strength], ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    meanings: tuple[tuple[TopicId, Strength], ...] = ()


def phrase(words: str) -> tuple[str, ...]:
    """A spelling as the trie holds it: folded words, variants joined."""
    return tuple(canonical(token.folded) for token in tokens(words))


class Phrases:
    """The words that speak for topics. Filled once, then only asked."""

    def __init__(self) -> None:
        self._root = _Node()
        self._known: set[str] = set()
        self._forms: dict[str, tuple[str, ...]] = {}

    def add(self, words: tuple[str, ...], topic: TopicId, strength: Strength) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
            self._known.add(word)
        if node is not self._root and all(known != topic for known, _ in node.meanings):
            node.meanings += ((topic, strength),)

    def find(self, folded: Sequence[str]) -> Iterator[Hit]:
        """The hits in a text's folded words, the longest ones, none over another."""
        forms = [self._forms_of(word) for word in folded]
        at = 0
        while at < len(forms):
            end, meanings = self._longest(forms, at) if forms[at] else (at, ())
            if meanings:
                yield Hit(at, end, meanings)
            at = max(end, at + 1)

    def _longest(
        self, forms: Sequence[tuple[str, ...]], at: int
    ) -> tuple[int, tuple[tuple[TopicId, Strength], ...]]:
        best: tuple[int, tuple[tuple[TopicId, Strength], ...]] = (at, ())
        reached = [(at, self._root)]
        while reached:
            place, node = reached.pop()
            if node.meanings and place > best[0]:
                best = (place, node.meanings)
            if place < len(forms):
                reached += [
                    (place + 1, node.children[form]) for form in forms[place] if form in node.children
                ]
        return best

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """The readings of a word that the lexicon knows: as it stands, then without particles."""
        found = self._forms.get(word)
        if found is None:
            found = tuple(form for form in readings(word) if form in self._known)
            if len(self._forms) < _REMEMBERED:
                self._forms[word] = found
        return found


_REMEMBERED = 1 << 16
_PARTICLES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_LEAST = 3
"""Letters that a name must have for a particle before it to be read as one."""


@lru_cache(maxsize=1 << 14)
def readings(word: str) -> tuple[str, ...]:
    """A folded word as it stands and with each particle that it may begin with taken off."""
    found = [canonical(word)]
    for particle in _PARTICLES:
        if word.startswith(particle) and len(word) - len(particle) >= _LEAST:
            found.append(canonical(word[len(particle) :]))
            # the alef of the article falls after ل: لليمن is ل + اليمن
            if particle.endswith("ل") and word[len(particle)] == "ل":
                found.append(canonical("ا" + word[len(particle) :]))
    return tuple(dict.fromkeys(found))

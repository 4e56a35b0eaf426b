"""How alike two articles are: the rarer the terms that both are told by, the more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from bot.model import ArticleId, Fingerprint, Neighbour, TermCounts

WINDOW = timedelta(hours=72)
"""Articles that were published further apart tell of different events."""
UNSEEN = 300.0
"""As many imagined articles are counted with the stored ones, so that an empty store knows, too, that
a term it has not met is rare and that no term is certain."""

_UNSEEN_HOLD = 0.01
"""The share of the imagined articles that hold a term."""
_RARE = 1.5
"""The power of a term's rarity: rare names and numbers are what two reports of one event share."""
_HEAD = 40
"""Terms of a fingerprint, the heaviest, that must be alike by themselves: a paragraph of background
that two reports have in common does not make them reports of one event."""


class _Vector(NamedTuple):
    """A fingerprint with its terms' rarity."""

    values: Mapping[str, float]
    length: float
    head: frozenset[str]
    head_length: float


class Likeness:
    """Compares articles; what it works out of one is kept for the next comparison.

    The likeness of two articles is the geometric mean of two cosines, of their whole fingerprints and of
    the heads of these, each term weighted by its frequency and its inverse document frequency to the
    power of 1.5; it fades with the time between them, to e^-1 of it at the end of the window.
    """

    def __init__(self, counts: TermCounts) -> None:
        self._rarity = _Rarity(counts)
        self._vectors: dict[ArticleId, _Vector] = {}

    def of(self, one: Neighbour, other: Neighbour) -> float:
        """0 (nothing in common, or too long apart) to 1."""
        apart = abs(one.published - other.published)
        if apart > WINDOW:
            return 0.0
        return _cosines(self._vector(one), self._vector(other)) * math.exp(-(apart / WINDOW))

    def _vector(self, article: Neighbour) -> _Vector:
        if article.id not in self._vectors:
            self._vectors[article.id] = _vector(article.fingerprint, self._rarity)
        return self._vectors[article.id]


class _Rarity(dict[str, float]):
    """term → inverse document frequency, smoothed by the imagined articles; worked out when asked."""

    def __init__(self, counts: TermCounts) -> None:
        super().__init__()
        self._holding = counts.holding
        self._articles = counts.articles + UNSEEN

    def __missing__(self, term: str) -> float:
        held = self._holding.get(term, 0) + UNSEEN * _UNSEEN_HOLD
        value: float = math.log(self._articles / held) ** _RARE
        self[term] = value
        return value


def _vector(terms: Fingerprint, rarity: Mapping[str, float]) -> _Vector:
    values = {term: weight * rarity[term] for term, weight in terms}
    head = frozenset(term for term, _ in terms[:_HEAD])
    squares = [value * value for value in values.values()]
    return _Vector(values, math.sqrt(sum(squares)), head, math.sqrt(sum(squares[:_HEAD])))


def _cosines(one: _Vector, other: _Vector) -> float:
    """The geometric mean of the cosines of two vectors and of their heads."""
    whole = heads = 0.0
    for term, value in one.values.items():
        if term in other.values:
            product = value * other.values[term]
            whole += product
            if term in one.head and term in other.head:
                heads += product
    if not heads:
        return 0.0
    lengths = one.length * other.length * one.head_length * other.head_length
    return math.sqrt(whole * heads / lengths)

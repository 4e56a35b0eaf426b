"""How alike articles are: the rarer the terms that both are told by, the more.

The likeness of two articles is the geometric mean of two cosines, of their whole fingerprints and of the
heads of these, each term weighted by its frequency and its inverse document frequency to the power of
1.5; it fades with the time between them, to e^-1 of it at the end of the window. Where one term makes
more than a third of what the two have in common, the rest of it does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.model import TERM_NUMBER, TERM_WEIGHT, WEIGHT_STEP, Neighbour, TermCounts
from bot.stories.columns import shared_columns

WINDOW = timedelta(hours=72)
"""Articles that were published further apart tell of different events."""
UNSEEN = 500.0
"""As many imagined articles are counted with the stored ones, so that an empty store knows, too, that
a term it has not met is rare and that no term is certain."""

_UNSEEN_HOLD = 0.01
"""The share of the imagined articles that hold a term."""
_HEAD = 40
"""Terms of a fingerprint, the heaviest, that must be alike by themselves: a paragraph of background
that two reports have in common does not make them reports of one event."""
_ONE_TERM = 1 / 3
"""What one common term counts for at most, of all that two articles have in common: a rare word that
happens to stand in both does not make them reports of one event."""
_SLIGHT = 0.1
"""A likeness so slight joins nothing, whatever it comes of."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_Floats = NDArray[np.float64]
_Numbers = NDArray[np.intp]


class Likeness:
    """Compares some articles, each called by its place among them.

    In arrays: every arrival is compared with dozens of others. The terms of all articles stand in one
    row, article after article.
    """

    def __init__(self, articles: Sequence[Neighbour], counts: TermCounts) -> None:
        sizes = [len(one.fingerprint) for one in articles]
        ends = np.cumsum(sizes, dtype=np.intp)
        self._starts, self._ends = ends - sizes, ends
        numbers = b"".join([one.fingerprint.numbers for one in articles])
        self._terms = np.frombuffer(numbers, TERM_NUMBER).astype(np.intp)
        self._article = np.repeat(np.arange(len(articles)), sizes)
        rank = np.arange(len(self._terms)) - self._starts[self._article]
        self._is_head = rank < _HEAD
        weights = b"".join([one.fingerprint.weights for one in articles])
        self._values = np.frombuffer(weights, TERM_WEIGHT) / WEIGHT_STEP * _rarity(self._terms, counts)
        squares = self._values**2
        self._lengths = np.sqrt(self._sums(squares) * self._sums(squares * self._is_head))
        """Of an article's two vectors, one times the other."""
        published = [(one.published - _EPOCH) // _MICROSECOND for one in articles]
        self._published = np.array(published, dtype=np.int64)

    def to(self, one: int) -> _Floats:
        """The likeness of all articles to `one`: 0 (nothing in common, or too long apart) to 1."""
        first, last = self._starts[one], self._ends[one]
        place = _places(self._terms, self._terms[first:last])
        products = np.where(place >= 0, self._values * self._values[first + place], 0.0)
        of_heads = products * (self._is_head & (place < _HEAD))
        lengths = self._lengths * self._lengths[one]
        return _cosines(self._sums(products), self._sums(of_heads), lengths) * self._fading(
            self._published - self._published[one]
        )

    def among(self, some: Sequence[int]) -> _Floats:
        """The likeness of each two of `some`, in their order."""
        places = np.concatenate([np.arange(self._starts[one], self._ends[one]) for one in some])
        rows = np.repeat(np.arange(len(some)), (self._ends - self._starts)[some])
        columns, count = shared_columns(self._terms[places])
        shared = columns >= 0
        vectors, heads = np.zeros((len(some), count)), np.zeros((len(some), count))
        where = rows[shared], columns[shared]
        vectors[where] = self._values[places[shared]]
        heads[where] = vectors[where] * self._is_head[places[shared]]
        lengths = np.multiply.outer(self._lengths[some], self._lengths[some])
        wholes = vectors @ vectors.T
        cosines = _cosines(wholes, heads @ heads.T, lengths)
        pairs = np.nonzero(np.triu(cosines >= _SLIGHT, 1))
        most = (vectors[pairs[0]] * vectors[pairs[1]]).max(axis=1, initial=0.0)
        cosines[pairs] *= 1.0 - np.maximum(most / wholes[pairs] - _ONE_TERM, 0.0)
        cosines.T[pairs] = cosines[pairs]
        published = self._published[some]
        return cosines * self._fading(np.subtract.outer(published, published))

    def _sums(self, values: _Floats) -> _Floats:
        """Of the values of each article's terms."""
        return np.bincount(self._article, values, len(self._ends)).astype(np.float64)

    @staticmethod
    def _fading(apart: NDArray[np.int64]) -> _Floats:
        """apart: microseconds."""
        windows = np.abs(apart) / (WINDOW / _MICROSECOND)
        return np.where(windows <= 1.0, np.exp(-windows), 0.0)


def _rarity(terms: _Numbers, counts: TermCounts) -> _Floats:
    """Inverse document frequency, smoothed by the imagined articles, to the power of 1.5: rare names and
    numbers are what two reports of one event share."""
    held = counts.holding[terms]
    frequency = np.log((counts.articles + UNSEEN) / (held + UNSEEN * _UNSEEN_HOLD))
    rarity: _Floats = frequency * np.sqrt(frequency)
    return rarity


def _places(terms: _Numbers, some: _Numbers) -> _Numbers:
    """Where each of the terms stands among `some`; -1 where it does not."""
    if not len(some):
        return np.full(len(terms), -1)
    order = np.argsort(some)
    nearest = order[np.minimum(np.searchsorted(some, terms, sorter=order), len(some) - 1)]
    return np.where(some[nearest] == terms, nearest, -1)


def _cosines(wholes: _Floats, heads: _Floats, lengths: _Floats) -> _Floats:
    """The geometric mean of the cosines of whole vectors and of their heads, from their products."""
    return np.sqrt(wholes * heads / np.maximum(lengths, np.finfo(np.float64).tiny))

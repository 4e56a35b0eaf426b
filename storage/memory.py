"""What a process remembers of the database from one slice of new articles to the next.

Counts of terms, and which articles hold a term. All of it is as the database has it, or is forgotten: it
holds as long as nobody else wrote of terms, in this process or another one, and no transaction was
undone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

import numpy as np
from numpy.typing import NDArray

MOST_TERMS = 150_000
"""Whose numbers are remembered; some 20 MB."""
MOST_PLACES = 2_000_000
"""Of articles under terms, 8 bytes each: a window of 50,000 articles."""


class Holding:
    """How many articles hold each term, by the term's number, as far as terms were met: five bytes a
    number, so that what dozens of articles hold is looked up at once."""

    def __init__(self) -> None:
        self.counts: NDArray[np.int32] = np.zeros(0, np.int32)
        self._met: NDArray[np.bool_] = np.zeros(0, np.bool_)

    def reach(self, last: int) -> None:
        """Makes room for numbers up to this one."""
        size = len(self.counts)
        if last >= size:
            more = max(last + 1 - size, size // 2, 1_024)
            self.counts = np.concatenate([self.counts, np.zeros(more, np.int32)])
            self._met = np.concatenate([self._met, np.zeros(more, np.bool_)])

    def meet(self, number: int, articles: int) -> None:
        self.counts[number] = articles
        self._met[number] = True

    def unmet(self, numbers: NDArray[np.intp]) -> list[int]:
        """Those of them that were not met, each once."""
        unmet: list[int] = np.unique(numbers[~self._met[numbers]]).tolist()
        return unmet

    def clear(self) -> None:
        self.counts = np.zeros_like(self.counts)
        self._met = np.zeros_like(self._met)


class Memory:
    """Valid while `written` is what it was at the end of the last slice."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        """The numbers of terms that new articles held."""
        self.holding = Holding()
        self.postings = Postings()
        self._written: int | None = None

    def begin(self, written: int) -> None:
        """At the start of a transaction. written: another number after each write (vocabulary.py)."""
        if written != self._written or self._is_full:
            self.ids.clear()
            self.holding.clear()
            self.postings.clear()
        self._written = None  # until its end nothing is sure

    @property
    def _is_full(self) -> bool:
        return len(self.ids) > MOST_TERMS or self.postings.places > MOST_PLACES

    def end(self, written: int) -> None:
        """When all is written. A transaction that is undone all the same brings its number with it."""
        self._written = written


_FROM_THE_FIRST = -(1 << 63)


class Postings:
    """Keys of the articles that hold a term, by span and term, in their order: all, or the newest."""

    def __init__(self) -> None:
        self.places = 0
        self._keys: dict[tuple[int, int], array[int]] = {}
        self._oldest: dict[tuple[int, int], int] = {}
        """From which key on they are all known; where it is missing, from the first."""

    def holds(self, span: int, term: int) -> bool:
        return (span, term) in self._keys

    def set(self, span: int, term: int, keys: list[int], *, is_all: bool = True) -> None:
        """keys: sorted; all that there are, or the newest ones."""
        before = self._keys.get((span, term))
        self._keys[span, term] = array("q", keys)
        self._oldest.pop((span, term), None)
        if not is_all:
            self._oldest[span, term] = keys[0]
        # an empty one takes room, too
        self.places += len(keys) + 8 - (0 if before is None else len(before) + 8)

    def add(self, span: int, term: int, key: int) -> None:
        """A new article's; nothing where those around it are not known."""
        keys = self._keys.get((span, term))
        if keys is not None and key > self._oldest.get((span, term), _FROM_THE_FIRST):
            keys.insert(bisect_left(keys, key), key)
            self.places += 1

    def newest(self, span: int, term: int, first: int, last: int, most: int) -> array[int] | None:
        """The greatest keys from `first` to `last`; None where not all of them are known."""
        keys = self._keys[span, term]
        if not keys:
            return keys
        end = bisect_right(keys, last)
        if end < most and self._oldest.get((span, term), first) > first:
            return None
        return keys[max(bisect_left(keys, first), end - most) : end]

    def clear(self) -> None:
        self._keys.clear()
        self._oldest.clear()
        self.places = 0

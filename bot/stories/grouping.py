"""Grouping articles by events: the nearest two groups become one until none are near enough.

Agglomerative clustering; where it starts from and in what order the articles came does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.model import Neighbour
from bot.stories.copies import copies_among

_LENIENCE = 0.5
"""How much of two groups' likeness is that of their nearest members; the rest is the mean of all pairs,
so that a chain of likenesses cannot drift to another event."""
_ALONE = 1.15
"""How much more likeness two lone articles need: no third one speaks for their being of one event."""
_WITHOUT_LINK = 0.5
"""The part of the likeness asked for that must be left between two groups without the article that links
them most: a round-up of the day tells of several events and makes them none."""
_COPIES = 0.5
"""The part of the likeness asked for from which on two articles may be near-copies: no need to look at
the others."""
_LARGE = 13
"""Articles of a story; beyond them each further one asks for that much more likeness again: a large
story draws its whole affair in."""
_SHIFT = timedelta(hours=8)
"""So long an outlet works on one event; what it tells of later, alone, is most often the next event of
a kind: the day's gold price, another match, another day at a front."""
_SERIES = timedelta(days=1)
"""In such a time beyond that, likeness that one outlet alone speaks for fades to e^-1 of it."""

Group = tuple[Neighbour, ...]


def group(articles: Sequence[Neighbour], alike: NDArray[np.float64], asked: float) -> list[Group]:
    """The articles, each in one group; groups are joined where they are alike as much as `asked`.

    articles: by their ids, so that equally good choices fall alike.
    alike: the likeness of each two of them, by their places.
    Two articles that stand alone need a little more, and no one article may hold two groups together.
    What one outlet alone tells of must be the more alike the longer it goes on: its own words and themes
    return from day to day, and no other outlet speaks for their being one event.
    Near-copies are in one group whatever else is in it.
    """
    groups = _Groups(articles, alike, asked)
    while nearest := groups.nearest():
        groups.join(*nearest)
    return groups.all()


class _Telling(NamedTuple):
    """Who tells of a group's event, and when."""

    outlet: str
    """Empty where there are several, or none is known."""
    first: datetime
    last: datetime

    def and_then(self, other: _Telling) -> _Telling:
        outlet = self.outlet if self.outlet == other.outlet else ""
        return _Telling(outlet, min(self.first, other.first), max(self.last, other.last))

    def weight(self, other: _Telling) -> float:
        """What counts of the likeness of two groups: all where more than one outlet tells of them."""
        if not self.outlet or self.outlet != other.outlet:
            return 1.0
        lasting = max(self.last, other.last) - min(self.first, other.first)
        return math.exp(-max((lasting - _SHIFT) / _SERIES, 0.0))


class _Groups:
    """Groups by number, with the sum and the highest of the likenesses between any two."""

    def __init__(self, articles: Sequence[Neighbour], alike: NDArray[np.float64], asked: float) -> None:
        self._articles = articles
        self._asked = asked
        self._members = {number: [number] for number in range(len(articles))}
        self._told = [_Telling(one.source, one.published, one.published) for one in articles]
        self._pairs: list[list[float]] = alike.tolist()
        self._sums, self._highest = alike.copy(), alike.copy()
        self._stands = np.ones(len(articles), np.bool_)
        self._changes = [0] * len(articles)
        self._queue: list[tuple[float, int, int, int]] = []
        for first, second in np.argwhere(np.triu(alike >= asked * _ALONE, 1)).tolist():
            weight = self._told[first].weight(self._told[second])
            if self._pairs[first][second] * weight >= asked * _ALONE:
                self._remember(first, second, self._pairs[first][second] * weight)
        self._join_copies(copies_among(articles, alike >= asked * _COPIES))

    def _join_copies(self, copies: Sequence[tuple[int, int]]) -> None:
        into = list(self._members)
        for first, second in copies:
            kept, gone = sorted((into[first], into[second]))
            if kept != gone:
                self.join(kept, gone)
                into = [kept if each == gone else each for each in into]

    def nearest(self) -> tuple[int, int] | None:
        """The two groups that are most alike; None where no two are alike enough."""
        while self._queue:
            _, first, second, changes = heappop(self._queue)
            is_so_still = changes == self._changes[first] + self._changes[second]
            if is_so_still and self._without_link(first, second) >= self._asked * _WITHOUT_LINK:
                return first, second
        return None

    def _remember(self, first: int, second: int, likeness: float) -> None:
        """Two groups that are alike enough, the lower number first; what links them is looked at when it
        is their turn, if neither has changed until then."""
        changes = self._changes[first] + self._changes[second]
        heappush(self._queue, (-likeness, first, second, changes))

    def _compare(self, first: int, second: int) -> None:
        """Looks at two groups, one of which has just grown, whose highest likeness is enough."""
        mine, others = len(self._members[first]), len(self._members[second])
        mean = float(self._sums[first, second]) / (mine * others)
        likeness = _LENIENCE * float(self._highest[first, second]) + (1.0 - _LENIENCE) * mean
        likeness /= 1 + max(mine + others - _LARGE, 0)
        likeness *= self._told[first].weight(self._told[second])
        if likeness >= self._asked:
            self._remember(min(first, second), max(first, second), likeness)

    def _without_link(self, first: int, second: int) -> float:
        """The highest likeness that is left between two groups without the article that links them most.

        It is left out of either of them in turn; a lone article cannot be.
        """
        mine, others = self._members[first], self._members[second]
        rows = [[self._pairs[a][b] for b in others] for a in mine]
        of_mine = [max(row) for row in rows]
        of_others = [max(column) for column in zip(*rows, strict=True)]
        return min(_without_highest(of_mine), _without_highest(of_others))

    def join(self, kept: int, gone: int) -> None:
        self._members[kept] += self._members.pop(gone)
        self._told[kept] = self._told[kept].and_then(self._told[gone])
        self._stands[gone] = False
        for each in (kept, gone):
            self._changes[each] += 1  # what stands in the queue of either is so no more
        self._sums[kept] += self._sums[gone]
        self._highest[kept] = np.maximum(self._highest[kept], self._highest[gone])
        self._sums[:, kept], self._highest[:, kept] = self._sums[kept], self._highest[kept]
        near = self._stands & (self._highest[kept] >= self._asked)
        for other in np.flatnonzero(near).tolist():
            if other != kept:
                self._compare(kept, other)

    def all(self) -> list[Group]:
        return [tuple(self._articles[each] for each in members) for members in self._members.values()]


def _without_highest(values: Sequence[float]) -> float:
    """The second highest; the only one where there is no other."""
    return sorted(values)[-2:][0]

"""Grouping articles by events: the nearest two groups become one until none are near enough.

Agglomerative clustering; where it starts from and in what order the articles came does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bot.model import Neighbour
from bot.stories.copies import is_copy
from bot.stories.likeness import Likeness

_LENIENCE = 0.5
"""How much of two groups' likeness is that of their nearest members; the rest is the mean of all pairs,
so that a chain of likenesses cannot drift to another event."""
_COPIES = 0.5
"""The part of the likeness asked for from which on two articles may be near-copies: no need to look at
the others."""
_LARGE = 13
"""Articles of a story; beyond them each further one asks for that much more likeness again: a large
story draws its whole affair in."""

Group = tuple[Neighbour, ...]


def group(articles: Sequence[Neighbour], likeness: Likeness, asked: float) -> list[Group]:
    """The articles, each in one group; groups are joined where they are alike as much as `asked`.

    Near-copies are in one group whatever else is in it.
    """
    ordered = sorted(articles, key=lambda one: one.id)
    groups = _Groups(ordered, likeness, asked * _COPIES)
    while (nearest := groups.nearest()) and nearest[0] >= asked:
        groups.join(nearest[1], nearest[2])
    return groups.all()


class _Groups:
    """Groups by number, with the sum and the highest of the likenesses between any two."""

    def __init__(self, articles: Sequence[Neighbour], likeness: Likeness, least: float) -> None:
        self._members = {number: [one] for number, one in enumerate(articles)}
        size = len(articles)
        self._sums = [[0.0] * size for _ in range(size)]
        self._copies: list[tuple[int, int]] = []
        for first, second in combinations(range(size), 2):
            value = likeness.of(articles[first], articles[second])
            self._sums[first][second] = self._sums[second][first] = value
            if value >= least and is_copy(articles[first], articles[second]):
                self._copies.append((first, second))
        self._highest = [row.copy() for row in self._sums]
        self._join_copies()

    def _join_copies(self) -> None:
        into = list(range(len(self._sums)))
        for first, second in self._copies:
            kept, gone = sorted((into[first], into[second]))
            if kept != gone:
                self.join(kept, gone)
                into = [kept if each == gone else each for each in into]

    def nearest(self) -> tuple[float, int, int] | None:
        """The two groups that are most alike, and how much; None where there is but one."""
        pairs = combinations(self._members, 2)
        return max(
            ((self._alike(first, second), first, second) for first, second in pairs),
            key=lambda found: (found[0], -found[1], -found[2]),
            default=None,
        )

    def _alike(self, first: int, second: int) -> float:
        mine, others = len(self._members[first]), len(self._members[second])
        mean = self._sums[first][second] / (mine * others)
        likeness = _LENIENCE * self._highest[first][second] + (1.0 - _LENIENCE) * mean
        return likeness / (1 + max(mine + others - _LARGE, 0))

    def join(self, kept: int, gone: int) -> None:
        self._members[kept] += self._members.pop(gone)
        for other in self._members:
            if other != kept:
                total = self._sums[kept][other] + self._sums[gone][other]
                highest = max(self._highest[kept][other], self._highest[gone][other])
                self._sums[kept][other] = self._sums[other][kept] = total
                self._highest[kept][other] = self._highest[other][kept] = highest

    def all(self) -> list[Group]:
        return [tuple(members) for members in self._members.values()]

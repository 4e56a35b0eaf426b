"""Filling a budget: which sentences together are worth most. Numbers alone, no words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LARGEST_TABLE = 4_000_000
"""Cells of the table that is filled; beyond, the best sentences are taken while they fit."""


def best_within(values: NDArray[np.float64], sizes: NDArray[np.int64], room: int) -> list[int]:
    """Indices, ascending, of the items with the largest total value whose sizes fit in `room`.

    The 0/1 knapsack by dynamic programming, one vectorised row an item; items of value 0 or less are
    left out. Where the table would be too large: greedily, largest value for its size first.
    """
    able = [i for i in range(len(values)) if values[i] > 0 and 0 < sizes[i] <= room]
    if len(able) * (room + 1) > LARGEST_TABLE:
        return _greedy(values, sizes, room, able)
    best = np.zeros(room + 1)
    taken = np.zeros((len(able), room + 1), dtype=bool)
    for row, item in enumerate(able):
        size = int(sizes[item])
        with_it = best[:-size] + values[item]
        better = with_it > best[size:]
        taken[row, size:] = better
        best[size:][better] = with_it[better]
    return _trace(taken, sizes, able, int(best.argmax()))


def _trace(taken: NDArray[np.bool_], sizes: NDArray[np.int64], able: list[int], room: int) -> list[int]:
    chosen = []
    for row in range(len(able) - 1, -1, -1):
        if taken[row, room]:
            chosen.append(able[row])
            room -= int(sizes[able[row]])
    return chosen[::-1]


def _greedy(
    values: NDArray[np.float64], sizes: NDArray[np.int64], room: int, able: list[int]
) -> list[int]:
    chosen = []
    for item in sorted(able, key=lambda i: -values[i] / sizes[i]):
        if sizes[item] <= room:
            chosen.append(item)
            room -= int(sizes[item])
    return sorted(chosen)

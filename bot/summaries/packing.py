"""Filling a budget: which sentences together are worth most. Numbers alone, no words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LARGEST_TABLE = 4_000_000
"""Cells of the table that is filled; beyond, the best sentences are taken while they fit."""

FREE, AFTER_SOME, AFTER_LAST = range(3)
"""What an item needs before it: nothing, any chosen item, or the very item before it."""
_OPENING = 0.1
"""What is left of an item's value where it needs something and nothing stands before it."""
_INSIDE = 0.5
"""What is left of it where the item before it, which it needs, is not chosen, but others are."""
_LEFT = np.array([[1.0, 1.0, 1.0], [_OPENING, 1.0, 1.0], [_OPENING, _INSIDE, 1.0]])
"""By need (rows) and by what is chosen before: nothing yet, not the one before, the one before."""

_NEVER = -np.inf


def best_within(
    values: NDArray[np.float64],
    sizes: NDArray[np.int64],
    room: int,
    needs: NDArray[np.int64] | None = None,
) -> list[int]:
    """Indices, ascending, of the items with the largest total value whose sizes fit in `room`.

    needs: FREE, AFTER_SOME or AFTER_LAST an item; one that lacks what it needs is worth less. Items of
    value 0 or less are left out. The 0/1 knapsack by dynamic programming, a vectorised row an item,
    three tables wide: what an item is worth depends on whether the one before it is chosen. Where the
    table would be too large: greedily, largest value for its size first.
    """
    able = (values > 0) & (sizes > 0) & (sizes <= room)
    if len(values) * (room + 1) > LARGEST_TABLE:
        return _greedy(values, sizes, room, np.flatnonzero(able).tolist())
    gains = values[:, None] * _LEFT[np.zeros(len(values), dtype=np.int64) if needs is None else needs]
    best = np.full((3, room + 1), _NEVER)
    best[0] = 0.0
    before = np.zeros((len(values), room + 1), dtype=np.int8)
    skipped = np.zeros((len(values), room + 1), dtype=np.bool_)
    for item, size in enumerate(sizes.tolist()):
        if able[item]:
            offers = best[:, : room + 1 - size] + gains[item][:, None]
            before[item, size:] = offers.argmax(axis=0)
        np.greater(best[2], best[1], out=skipped[item])
        np.maximum(best[1], best[2], out=best[1])
        best[2] = _NEVER
        if able[item]:
            best[2, size:] = offers.max(axis=0)
    return _trace(before, skipped, sizes, int(best[:, room].argmax()))


def _trace(
    before: NDArray[np.int8], skipped: NDArray[np.bool_], sizes: NDArray[np.int64], state: int
) -> list[int]:
    """Back through the tables. state: which of the three holds the best total."""
    chosen: list[int] = []
    room = before.shape[1] - 1
    for item in range(len(sizes) - 1, -1, -1):
        if state == 0:
            break
        if state == 1:
            state += int(skipped[item, room])
        else:
            chosen.append(item)
            state = int(before[item, room])
            room -= int(sizes[item])
    return chosen[::-1]


def _greedy(
    values: NDArray[np.float64], sizes: NDArray[np.int64], room: int, able: Sequence[int]
) -> list[int]:
    chosen = []
    for item in sorted(able, key=lambda i: -values[i] / sizes[i]):
        if sizes[item] <= room:
            chosen.append(item)
            room -= int(sizes[item])
    return sorted(chosen)

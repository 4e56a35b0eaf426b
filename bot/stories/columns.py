"""Columns of a matrix for what several rows hold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def shared_columns(values: NDArray[Any]) -> tuple[NDArray[np.intp], int]:
    """The same number, from 0 on, for the same value, -1 for a value that is there once; and how many
    numbers there are.

    One sort and no more: this is done for every article that arrives.
    """
    if not len(values):
        return np.zeros(0, np.intp), 0
    order = np.argsort(values)
    ordered = values[order]
    is_next = np.empty(len(values) + 1, np.bool_)
    is_next[0] = is_next[-1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_next[1:-1])
    begins = is_next[:-1] & ~is_next[1:]
    numbers = np.cumsum(begins) - 1
    numbers[is_next[:-1] & is_next[1:]] = -1
    columns = np.empty(len(values), np.intp)
    columns[order] = numbers
    return columns, int(begins.sum())

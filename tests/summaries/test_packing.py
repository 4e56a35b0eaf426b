"""Filling a budget."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.summaries import packing
from bot.summaries.packing import best_within

ITEMS = st.lists(st.tuples(st.floats(0.01, 10), st.integers(0, 20)), max_size=8)


def value(chosen: list[int], values: np.ndarray) -> float:
    return float(sum(values[i] for i in chosen))


@settings(max_examples=60)
@given(ITEMS, st.integers(0, 40))
def test_nothing_else_that_fits_is_worth_more(items: list[tuple[float, int]], room: int) -> None:
    values = np.array([value for value, _ in items])
    sizes = np.array([size for _, size in items], dtype=np.int64)
    able = [i for i in range(len(items)) if sizes[i] > 0]
    every = (c for n in range(len(able) + 1) for c in combinations(able, n))
    best = max(value(list(c), values) for c in every if sum(sizes[i] for i in c) <= room)
    chosen = best_within(values, sizes, room)
    assert sum(sizes[i] for i in chosen) <= room
    assert chosen == sorted(chosen)
    assert value(chosen, values) == pytest.approx(best)


def test_a_table_that_would_be_too_large_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LARGEST_TABLE", 10)
    values, sizes = np.array([1.0, 9.0, 4.0]), np.array([5, 6, 3])
    assert best_within(values, sizes, 9) == [1, 2]

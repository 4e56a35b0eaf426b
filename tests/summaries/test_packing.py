"""Filling a budget."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.summaries import packing
from bot.summaries.packing import AFTER_LAST, FREE, best_within

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


NEEDY = st.lists(st.tuples(st.floats(0.01, 10), st.integers(1, 20), st.integers(0, 2)), max_size=8)


def worth(chosen: list[int], values: np.ndarray, needs: np.ndarray) -> float:
    total = 0.0
    for i in chosen:
        met = needs[i] == FREE or (i - 1 in chosen if needs[i] == AFTER_LAST else min(chosen) < i)
        total += values[i] * (1.0 if met else packing._INSIDE if min(chosen) < i else packing._OPENING)
    return total


@settings(max_examples=60)
@given(NEEDY, st.integers(0, 40))
def test_what_an_item_needs_before_it_is_weighed_exactly(
    items: list[tuple[float, int, int]], room: int
) -> None:
    values = np.array([value for value, _, _ in items])
    sizes = np.array([size for _, size, _ in items], dtype=np.int64)
    needs = np.array([need for _, _, need in items], dtype=np.int64)
    every = (list(c) for n in range(len(items) + 1) for c in combinations(range(len(items)), n))
    best = max(worth(c, values, needs) for c in every if sum(sizes[i] for i in c) <= room)
    chosen = best_within(values, sizes, room, needs)
    assert sum(sizes[i] for i in chosen) <= room
    assert worth(chosen, values, needs) == pytest.approx(best)

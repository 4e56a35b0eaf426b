"""Filling a budget."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import within

from bot.summaries import packing
from bot.summaries.packing import AFTER_LAST, AFTER_SOME, FREE, best_within, worth

ITEMS = st.lists(st.tuples(st.floats(0.01, 10), st.integers(0, 20)), max_size=8)


@settings(max_examples=60)
@given(ITEMS, st.integers(0, 40))
def test_nothing_else_that_fits_is_worth_more(items: list[tuple[float, int]], room: int) -> None:
    values, sizes = [value for value, _ in items], [size for _, size in items]
    able = [i for i in range(len(items)) if sizes[i] > 0]
    every = (c for n in range(len(able) + 1) for c in combinations(able, n))
    best = max(sum(values[i] for i in c) for c in every if sum(sizes[i] for i in c) <= room)
    chosen = best_within(values, sizes, room)
    assert sum(sizes[i] for i in chosen) <= room
    assert chosen == sorted(chosen)
    assert sum(values[i] for i in chosen) == pytest.approx(best)


NEEDY = st.lists(st.tuples(st.floats(0.01, 10), st.integers(1, 20), st.integers(0, 2)), max_size=8)


def by_hand(chosen: list[int], values: list[float], needs: list[int]) -> float:
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
    values, sizes, needs = ([each[part] for each in items] for part in range(3))
    every = (list(c) for n in range(len(items) + 1) for c in combinations(range(len(items)), n))
    best = max(by_hand(c, values, needs) for c in every if sum(sizes[i] for i in c) <= room)
    chosen = best_within(values, sizes, room, needs)
    assert sum(sizes[i] for i in chosen) <= room
    assert by_hand(chosen, values, needs) == pytest.approx(best)
    assert worth(chosen, values, needs) == pytest.approx(best)


def test_of_equal_items_the_first_are_taken() -> None:
    assert best_within([2.0] * 6, [3] * 6, 10) == [0, 1, 2]


def many(count: int) -> tuple[list[float], list[int], list[int]]:
    chance = random.Random(7)
    sizes = [chance.randint(5, 60) for _ in range(count)]
    values = [size * chance.random() for size in sizes]
    return values, sizes, [chance.choice((FREE, AFTER_SOME, AFTER_LAST)) for _ in sizes]


def test_the_few_states_that_are_carried_still_lead_close_to_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values, sizes, needs = many(60)
    best = worth(best_within(values, sizes, 300, needs), values, needs)
    monkeypatch.setattr(packing, "MOST_WEIGHED", 0)
    chosen = best_within(values, sizes, 300, needs)
    assert sum(sizes[i] for i in chosen) <= 300
    assert 0.9 * best < worth(chosen, values, needs) <= best


def test_thousands_of_items_are_packed_in_bounded_time() -> None:
    values, sizes, needs = many(5_000)
    with within(3):  # 0.6 s where nothing else runs
        chosen = best_within(values, sizes, 500, needs)
    assert chosen

"""Filling a budget: which sentences together are worth most. Numbers alone, no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FREE, AFTER_SOME, AFTER_LAST = range(3)
"""What an item needs before it: nothing, any chosen item, or the very item before it."""
_OPENING = 0.1
"""What is left of an item's value where it needs something and nothing stands before it."""
_INSIDE = 0.5
"""What is left of it where the item before it, which it needs, is not chosen, but others are."""
_NOTHING, _OTHERS, _LAST = range(3)
"""What is chosen before an item: nothing yet, not the one before it, the one before it."""
_LEFT = ((1.0, 1.0, 1.0), (_OPENING, 1.0, 1.0), (_OPENING, _INSIDE, 1.0))
"""Share of an item's value that is left, by need (rows) and by what is chosen before."""
MOST_WEIGHED = 500_000
"""States that are weighed at most, an equal share for each item: half a second. A news article
of a hundred sentences has 5,000 of them for each, and the neediest of 1,268 texts took 540."""
_FEW_STATES = 8
"""States of a first, rough walk: what it finds narrows the second one to a third."""
_ROUNDING = 1e-9

_Chain = tuple[int, "_Chain"] | None
"""The chosen items, the last one in front."""
_States = dict[tuple[int, int], tuple[float, _Chain]]
"""(room left, what is chosen before) → the least loss that leads there, and how."""


class _Item(NamedTuple):
    place: int
    size: int
    value: float
    profit: float
    """What choosing it brings beyond the price of its room."""
    left: tuple[float, float, float]


def best_within(
    values: Sequence[float], sizes: Sequence[int], room: int, needs: Sequence[int] | None = None
) -> list[int]:
    """Indices, ascending, of the items with the largest total value whose sizes fit in `room`.

    needs: FREE, AFTER_SOME or AFTER_LAST an item; one that lacks what it needs is worth less. Items of
    value 0 or less are left out.

    The 0/1 knapsack by dynamic programming over the states that can still win: room has the price of
    the words at which it ran out for a greedy choice, and what a state has lost against a choice that
    may buy at that price (Lagrangian relaxation; Martello and Toth 1990, "Knapsack Problems", chapter
    2) only grows. Exact unless more states can win than MOST_WEIGHED allows.
    """
    needs = needs or [FREE] * len(values)
    able = [i for i, value in enumerate(values) if value > 0 and 0 < sizes[i] <= room]
    taken, price = _greedy(values, sizes, room, able)
    if not price:
        return taken
    items = [_Item(i, sizes[i], values[i], values[i] - price * sizes[i], _LEFT[needs[i]]) for i in able]
    bound = price * room + sum(item.profit for item in items if item.profit > 0)
    # what is better by a rounding error alone is no better: of equals, the first are kept
    gap = bound * (1 - _ROUNDING) - worth(taken, values, needs)
    for most in (_FEW_STATES, max(MOST_WEIGHED // len(items), _FEW_STATES)):
        items = [item for item in items if item.profit + gap > 0]
        found, gap, is_exact = _least_loss(items, room, price, gap, most)
        taken = found or taken
        if is_exact:
            break
    return taken


def worth(chosen: Sequence[int], values: Sequence[float], needs: Sequence[int]) -> float:
    """The total value of the items `chosen` (ascending), less what they lack before them."""
    total, last, before = 0.0, -2, _NOTHING
    for item in chosen:
        total += values[item] * _LEFT[needs[item]][_LAST if last == item - 1 else before]
        last, before = item, _OTHERS
    return total


def _greedy(
    values: Sequence[float], sizes: Sequence[int], room: int, able: Sequence[int]
) -> tuple[list[int], float]:
    """The most valuable words first, and the value of a word where the room ended; 0 where all fit."""
    taken = []
    price = 0.0
    for item in sorted(able, key=lambda item: -values[item] / sizes[item]):
        if sizes[item] <= room:
            taken.append(item)
            room -= sizes[item]
        else:
            price = price or values[item] / sizes[item]
    return sorted(taken), price


def _least_loss(
    items: Sequence[_Item], room: int, price: float, gap: float, most: int
) -> tuple[list[int], float, bool]:
    """The choice that loses least against the bound, its loss, and whether no state was passed over.

    No choice and `gap` where all lose as much as that.

    Lost are the profits of what is not chosen, room bought above its value, value for want of what an
    item needs, and in the end the room that is left over.
    """
    states: _States = {(room, _NOTHING): (0.0, None)}
    last = -2
    is_exact = True
    for item in items:
        if len(states) > most:
            is_exact = False
            states = dict(sorted(states.items(), key=lambda state: state[1][0])[:most])
        states = _with(item, states, gap, follows=last == item.place - 1)
        last = item.place
    lost, chain = gap, None
    for (space, _), (loss, each) in states.items():
        if loss + price * space < lost:
            lost, chain = loss + price * space, each
    chosen = []
    while chain:
        chosen.append(chain[0])
        chain = chain[1]
    return chosen[::-1], lost, is_exact


def _with(item: _Item, states: _States, gap: float, *, follows: bool) -> _States:
    """The states behind `item`, skipped or taken. follows: whether the one before it was asked, too."""
    place, size, value, profit, left = item
    skipping, buying = (profit, 0.0) if profit > 0 else (0.0, -profit)
    lacking = [buying + value * (1.0 - share) for share in left]
    if not follows:
        lacking[_LAST] = lacking[_OTHERS]
    found: _States = {}
    for (space, before), (loss, chain) in states.items():
        if (lost := loss + skipping) < gap:
            key = (space, _OTHERS if before else _NOTHING)
            if key not in found or lost < found[key][0]:
                found[key] = (lost, chain)
        if size <= space and (lost := loss + lacking[before]) < gap:
            key = (space - size, _LAST)
            if key not in found or lost < found[key][0]:
                found[key] = (lost, (place, chain))
    return found

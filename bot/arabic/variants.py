"""Spelling variants: names and loanwords that Arabic newspapers spell in several ways.

The groups stand in variants.txt, one a line, their common spelling first. Endings and particles are
the business of stemming.py.
"""

from __future__ import annotations

from bot.arabic.folding import fold
from bot.arabic.lists import read_lines


def read_groups(lines: list[str], name: str) -> dict[str, str]:
    """folded variant → folded first spelling of its group.

    A line is words parted by spaces; empty lines count for nothing. Raises
    ValueError with `name` and the line's number where a group has one spelling alone after
    folding, or holds a spelling that an earlier group has.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        spellings = tuple(dict.fromkeys(fold(line).split()))
        if not spellings:
            continue
        if len(spellings) == 1:
            raise ValueError(f"{name}:{number}: {spellings[0]!r} has no second spelling after folding")
        for spelling in spellings:
            if spelling in found:
                raise ValueError(f"{name}:{number}: {spelling!r} stands in an earlier group too")
            found[spelling] = spellings[0]
    return found


_GROUPS = read_groups(read_lines("variants.txt"), "variants.txt")


def canonical(folded: str) -> str:
    """The common spelling of a folded word; the word itself where it has no variants."""
    return _GROUPS.get(folded, folded)


def spellings() -> frozenset[str]:
    """Every folded spelling that stands in a group."""
    return frozenset(_GROUPS)

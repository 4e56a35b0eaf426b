"""ROUGE: how much of reference summaries a summary holds (Lin 2004, "ROUGE: A Package for Automatic
Evaluation of Summaries"), over Arabic tokens: folded words and numbers, no stemming, no stop words out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.arabic.words import tokens


class Rouge(NamedTuple):
    """F1 of shared words, of shared pairs of words, and of the longest common subsequence: 0 to 1."""

    one: float
    two: float
    longest: float


def rouge(summary: str, references: Sequence[str]) -> Rouge:
    """The mean over the references; all 0 where there is none."""
    ours = _folded(summary)
    each = [_against(ours, _folded(reference)) for reference in references]
    if not each:
        return Rouge(0.0, 0.0, 0.0)
    one, two, longest = (sum(column) / len(each) for column in zip(*each, strict=True))
    return Rouge(one, two, longest)


def _folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


def _against(ours: list[str], theirs: list[str]) -> Rouge:
    pairs, other_pairs = list(pairwise(ours)), list(pairwise(theirs))
    return Rouge(
        _f1((Counter(ours) & Counter(theirs)).total(), len(ours), len(theirs)),
        _f1((Counter(pairs) & Counter(other_pairs)).total(), len(pairs), len(other_pairs)),
        _f1(common_subsequence(ours, theirs), len(ours), len(theirs)),
    )


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): a bit for each of `one`."""
    places: dict[str, int] = {}
    for place, word in enumerate(one):
        places[word] = places.get(word, 0) | (1 << place)
    everything = (1 << len(one)) - 1
    unmatched = everything
    for word in other:
        matched = unmatched & places.get(word, 0)
        unmatched = ((unmatched + matched) | (unmatched - matched)) & everything
    return len(one) - unmatched.bit_count()

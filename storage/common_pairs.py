"""Pairs of common words as terms of the full text: a phrase of such words is found like a rare word.

An index answers phrases by comparing the places of their words in each article that holds all of them.
Of words that stand in every third article that takes tens of milliseconds where there are a million, and
most where no article holds the phrase. Lucene's "common grams" are the model: where two common words
stand side by side their pair is indexed as one more term. Digits and a low line, as no term of a text is
written: 12_45.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

_LIST = Path(__file__).with_name("common_words.txt")
_BREAK = "_"
"""Stands where a row of common words ends: pairs on both sides of it are no phrase."""


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    words = (word for line in lines for word in line.partition("#")[0].split())
    return {word: number for number, word in enumerate(words)}


_NUMBERS = _numbered(_LIST.read_text(encoding="utf-8").splitlines())


def pairs(terms: str) -> str:
    """The pairs in a text's terms, parted by blanks; whatever is no common word parts its neighbours."""
    found: list[str] = []
    numbers = [_NUMBERS.get(term) for term in terms.split()]
    is_row = True
    for one, other in pairwise(numbers):
        if one is None or other is None:
            is_row = False
            continue
        if found and not is_row:
            found.append(_BREAK)
        found.append(f"{one}_{other}")
        is_row = True
    return " ".join(found)


def as_pairs(phrase: Sequence[str]) -> Sequence[str]:
    """What a phrase is found by: its pairs where all of its words are common, otherwise its words."""
    numbers = [_NUMBERS.get(term) for term in phrase]
    if len(phrase) < 2 or None in numbers:
        return phrase
    return [f"{one}_{other}" for one, other in pairwise(numbers)]

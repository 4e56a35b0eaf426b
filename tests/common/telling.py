"""Fingerprints as the rules of stories see them, without a store: terms get numbers as they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bot.model import TERM_NUMBER, TERM_WEIGHT, WEIGHT_STEP, Fingerprint, NumberedTerms

MOST_NUMBERS = 10_000
_numbers: defaultdict[str, int] = defaultdict(count(1).__next__)


def numbered(fingerprint: Fingerprint) -> NumberedTerms:
    numbers = [_numbers[term] for term in fingerprint.terms]
    assert max(numbers, default=0) < MOST_NUMBERS
    weights = np.rint(np.array(fingerprint.weights) * WEIGHT_STEP)
    return NumberedTerms(np.array(numbers, TERM_NUMBER).tobytes(), weights.astype(TERM_WEIGHT).tobytes())


def holding(articles: Mapping[str, int]) -> NDArray[np.int32]:
    """By a term's number, how many articles hold it; none where nothing else is said."""
    counts = np.zeros(MOST_NUMBERS, np.int32)
    for term, held in articles.items():
        counts[_numbers[term]] = held
    return counts

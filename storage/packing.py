"""Numbers of terms and their weights as they stand in the database: packed, little-endian."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.model import TERM_NUMBER, TERM_WEIGHT, WEIGHT_STEP

_HEAVIEST = float(np.iinfo(TERM_WEIGHT).max)


def packed_numbers(numbers: Sequence[int]) -> bytes:
    return np.array(numbers, TERM_NUMBER).tobytes()


def packed_weights(weights: Sequence[float]) -> bytes:
    """Each to the nearest step."""
    steps = np.rint(np.array(weights, np.float64) * WEIGHT_STEP)
    return np.clip(steps, 0.0, _HEAVIEST).astype(TERM_WEIGHT).tobytes()


def unpacked_numbers(*packed: bytes) -> NDArray[np.intp]:
    """The numbers of one packed row after the other."""
    return np.frombuffer(b"".join(packed), TERM_NUMBER).astype(np.intp)

"""Limits of processor time that mean the same on every machine.

A limit is that of the machine which it was measured on. A slower one, or one whose memory other tests
keep busy, has as many times more as it needs for the same small piece of work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

_USUAL = 0.014
"""Seconds that the piece takes on the machine of the limits, where nothing else runs."""
_WORDS = [f"{number * 7919 % 10_007}كلمة" for number in range(20_000)]
_TEXT = " ".join(_WORDS)
_WORD = re.compile(r"\w+")


def slowness() -> float:
    """How many times slower than the usual machine this one is right now; 1 where it is faster."""
    return max(1.0, min(_piece() for _ in range(3)) / _USUAL)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where what is done inside takes more processor time than that, on the usual machine."""
    began = process_time()
    yield
    taken = process_time() - began
    assert taken < seconds or taken < seconds * slowness(), f"{taken:.2f} s, not {seconds} s"


def _piece() -> float:
    """Seconds of processor time for words of a text: matched, counted, sorted, joined."""
    began = process_time()
    counted = Counter(_WORD.findall(_TEXT))
    ordered = sorted(counted, key=lambda word: (-counted[word], word))
    assert len("".join(ordered).translate({ord("ك"): "c"})) > 0
    return process_time() - began

"""Near-copies: one agency's report in two outlets, or an outlet's own page a few words later.

Two texts are near-copies where most of their runs of three words are the same. Runs are compared by
a sketch of each text, so that its words need not be read again: the lowest hashes of its runs, from
which the share that two texts have in common (Jaccard's) is estimated with an error of 0.04 [A. Broder,
On the resemblance and containment of documents, 1997].
"""

from __future__ import annotations

import heapq
import math
import struct
import zlib
from functools import lru_cache

from bot.arabic.words import words
from bot.model import Neighbour

_RUN = 3
_HASHES = 128
_LEAST_RUNS = 20
"""A text of fewer words is told by nothing but its digest: a scoreline, a caption, a headline alone."""
_COPY = 0.6
"""The share of common runs from which on two texts are one report. Of the real week's pairs with
different words, all 25 above it were looked at and are; the first that is not stands at 0.55."""


def sketch(title: str, body: str) -> bytes:
    """The lowest hashes of a text's runs of three folded words, sorted, four bytes each; empty for a
    text that is too short to be told by them."""
    told = words(title) + words(body)
    runs = {
        zlib.crc32(" ".join(told[place : place + _RUN]).encode())
        for place in range(len(told) - _RUN + 1)
    }
    return _packed(heapq.nsmallest(_HASHES, runs)) if len(runs) >= _LEAST_RUNS else b""


def common_runs(one: bytes, other: bytes) -> float:
    """The share of the runs of either text that both hold, 0 to 1, as far as sketches can tell."""
    mine, others = _opened(one), _opened(other)
    if not mine or not others:
        return 0.0
    common = mine & others
    lowest = sorted(mine | others)[:_HASHES]
    return len(common.intersection(lowest)) / len(lowest)


def is_copy(one: Neighbour, other: Neighbour) -> bool:
    """Whether the two have the same words, or nearly so."""
    if one.words_digest and one.words_digest == other.words_digest:
        return True
    return _are_near(one.sketch, other.sketch)


# the articles of a story that grows are compared again with each that comes
@lru_cache(maxsize=8192)
def _are_near(one: bytes, other: bytes) -> bool:
    # most pairs end here, and most of the others one step later: no need to sort what they have
    if _first(one).isdisjoint(_first(other)):
        return False
    mine, others = _opened(one), _opened(other)
    common = len(mine & others)
    if common < _COPY * min(_HASHES, len(mine) + len(others) - common):
        return False
    return common_runs(one, other) >= _COPY


# not the machine's own order of bytes: a database may be carried to another one
def _packed(hashes: list[int]) -> bytes:
    return struct.pack(f">{len(hashes)}I", *hashes)


# an article is compared with many others, one after the other
@lru_cache(maxsize=1024)
def _opened(packed: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f">{len(packed) // 4}I", packed))


@lru_cache(maxsize=1024)
def _first(packed: bytes) -> frozenset[int]:
    """The lowest hashes, one of which at least two copies have in common.

    Of the lowest hashes of both together, as many as are looked at, at most the share beyond _COPY stand
    in one of them alone; so among one more than that, counted from the lowest, is a common one.
    """
    one_more = math.floor((1.0 - _COPY) * _HASHES) + 1
    return frozenset(struct.unpack_from(f">{min(one_more, len(packed) // 4)}I", packed))

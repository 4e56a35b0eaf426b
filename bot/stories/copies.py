"""Near-copies: one agency's report in two outlets, or an outlet's own page a few words later.

Two texts are near-copies where most of their runs of three words are the same. Runs are compared by
a sketch of each text, so that its words need not be read again: the lowest hashes of its runs, from
which the share that two texts have in common (Jaccard's) is estimated with an error of 0.04 [A. Broder,
On the resemblance and containment of documents, 1997].
"""

from __future__ import annotations

import heapq
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic.words import words
from bot.model import Neighbour
from bot.stories.columns import shared_columns

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
    if not one or not other:
        return 0.0
    mine, others = _hashes(one), _hashes(other)
    lowest = np.union1d(mine, others)[:_HASHES]
    common = np.intersect1d(mine, others, assume_unique=True)
    return int(np.isin(common, lowest, assume_unique=True).sum()) / len(lowest)


def copies_of(one: Neighbour, others: Sequence[Neighbour]) -> list[int]:
    """The places of those among the others that have the same words as one, or nearly so."""
    hashes, rows = _sketches(others)
    mine = _hashes(one.sketch)
    common = np.bincount(rows, _stand_among(mine, hashes), len(others))
    might = _may_be_near(common, len(mine) + np.bincount(rows, minlength=len(others)))
    return [
        place
        for place, other in enumerate(others)
        if _same_words(one, other) or (might[place] and _is_near(one, other))
    ]


def copies_among(articles: Sequence[Neighbour], asked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The places of each two articles that have the same words, or nearly so, in order.

    asked: for each two of them, by their places, whether they are looked at.
    """
    hashes, rows = _sketches(articles)
    columns, count = shared_columns(hashes)
    shared = columns >= 0
    held = np.zeros((len(articles), count), np.float32)
    held[rows[shared], columns[shared]] = 1.0
    sizes = np.bincount(rows, minlength=len(articles))
    digests = np.array([one.words_digest for one in articles])
    might = _may_be_near(held @ held.T, np.add.outer(sizes, sizes))
    might |= (digests[:, None] == digests) & (digests != "")
    pairs = np.argwhere(np.triu(might & asked, 1)).tolist()
    return [
        (first, second)
        for first, second in pairs
        if _same_words(articles[first], articles[second]) or _is_near(articles[first], articles[second])
    ]


def _same_words(one: Neighbour, other: Neighbour) -> bool:
    return one.words_digest != "" and one.words_digest == other.words_digest


def _is_near(one: Neighbour, other: Neighbour) -> bool:
    return common_runs(one.sketch, other.sketch) >= _COPY


def _may_be_near(common: NDArray[Any], sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """What is cheap to know of texts: whether enough of their hashes are common at all.

    common: to each two; sizes: of both together.
    """
    enough = _COPY * np.minimum(_HASHES, sizes - common)
    return np.asarray((common > 0) & (common >= enough))


def _sketches(articles: Sequence[Neighbour]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The hashes of all articles, one after the other, and the place of the article of each."""
    sizes = [len(one.sketch) // 4 for one in articles]
    return _hashes(b"".join([one.sketch for one in articles])), np.repeat(
        np.arange(len(articles)), sizes
    )


def _stand_among(sorted_some: NDArray[np.uint32], hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    if not len(sorted_some):
        return np.zeros(len(hashes), np.bool_)
    nearest = np.minimum(np.searchsorted(sorted_some, hashes), len(sorted_some) - 1)
    return np.asarray(sorted_some[nearest] == hashes)


# not the machine's own order of bytes: a database may be carried to another one
def _packed(hashes: list[int]) -> bytes:
    return struct.pack(f">{len(hashes)}I", *hashes)


def _hashes(packed: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(packed, ">u4").astype(np.uint32)

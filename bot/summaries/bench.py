"""Measurements of summaries: quality against human extracts, speed against stock sumy.

Pure functions over texts that are handed in, and one that reads the corpus file; printing is the
command line's business.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bot.arabic.sentences import sentences
from bot.summaries.rouge import Rouge, rouge
from bot.summaries.summarise import ALLOWANCE, summarise

SIZES = (10, 50, 200, 1000)
"""Sentences of the texts that speed is measured on."""


class Extracts(NamedTuple):
    """A text with what people extracted from it."""

    text: str
    references: tuple[str, ...]

    @property
    def budget(self) -> int:
        """Words that a summary of it may have: the mean length of the references."""
        return round(statistics.mean(len(reference.split()) for reference in self.references))


class QualityRow(NamedTuple):
    """A way to summarise and its mean ROUGE F1 in percent."""

    name: str
    one: float
    two: float
    longest: float


class SpeedRow(NamedTuple):
    """Median seconds for one text of so many sentences, ours and stock sumy LexRank's."""

    sentences: int
    ours: float
    stock: float

    @property
    def times(self) -> float:
        """How many times faster ours is."""
        return self.stock / self.ours


Way = Callable[[Extracts], Sequence[str]]


def read_extracts(path: Path) -> list[Extracts]:
    """The texts of a JSON Lines file with `text` and `summaries`."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [Extracts(record["text"], tuple(record["summaries"])) for record in records]


def quality(texts: Sequence[Extracts], ways: Mapping[str, Way] | None = None) -> list[QualityRow]:
    """A row for each way; all of `WAYS` where none are named."""
    rows = []
    for name, way in (ways or WAYS).items():
        scores = [rouge("\n".join(way(each)), each.references) for each in texts]
        columns = [100 * statistics.mean(column) for column in zip(*scores, strict=True)]
        rows.append(QualityRow(name, *columns))
    return rows


def speed(text: str, sizes: Sequence[int] = SIZES, runs: int = 5) -> list[SpeedRow]:
    """Both summarisers on texts of `sizes` sentences that are put together from those of `text`."""
    source = [sentence.text for sentence in sentences(text)]
    rows = []
    for size in sizes:
        made = "\n\n".join(source[place % len(source)] for place in range(size))
        # it compares each pair in Python: once is enough where it takes seconds
        stock_runs = 1 if size >= 200 else runs
        rows.append(SpeedRow(size, _median(summarise, made, runs), _median(_stock, made, stock_runs)))
    return rows


def _median(work: Callable[[str], object], text: str, runs: int) -> float:
    seconds = []
    for _ in range(runs):
        began = perf_counter()
        work(text)
        seconds.append(perf_counter() - began)
    return statistics.median(seconds)


def ours(each: Extracts) -> Sequence[str]:
    return summarise(each.text, words=each.budget)


def lead(each: Extracts) -> Sequence[str]:
    """The first sentences, each taken where it still fits."""
    return _while_it_fits([sentence.text for sentence in sentences(each.text)], each.budget)


def lead_of_pieces(each: Extracts) -> Sequence[str]:
    """The first pieces, cut at every full stop and line: no whole sentences, but a budget filled to its
    brim, and cut as the human extracts of the corpus are."""
    pieces = re.split(r"(?<=[.!?؟…])|\n", each.text)
    return _while_it_fits([piece for piece in pieces if piece.strip()], each.budget)


def stock_lexrank(each: Extracts) -> Sequence[str]:
    """Stock sumy with its Arabic tokenizer: its sentences from the best, each taken where it fits."""
    rated = list(enumerate(_stock(each.text)))
    best = sorted(rated, key=lambda pair: -pair[1][0])
    taken = _while_it_fits([text for _, (_, text) in best], each.budget)
    return [text for _, (_, text) in rated if text in taken]


def ceiling(each: Extracts) -> Sequence[str]:
    """What choosing with the references in sight can reach: greedily, by the sum of the figures."""
    found = [sentence.text for sentence in sentences(each.text)]
    chosen: list[int] = []
    room, score = each.budget * ALLOWANCE, 0.0
    while True:
        fitting = [i for i, text in enumerate(found) if i not in chosen and len(text.split()) <= room]
        gains = [(_total(rouge(_joined(found, [*chosen, i]), each.references)), i) for i in fitting]
        best, place = max(gains, default=(0.0, 0))
        if best <= score:
            return [found[i] for i in sorted(chosen)]
        score, room = best, room - len(found[place].split())
        chosen.append(place)


def _joined(found: Sequence[str], places: Sequence[int]) -> str:
    return "\n".join(found[place] for place in sorted(places))


def _total(score: Rouge) -> float:
    return score.one + score.two + score.longest


def _while_it_fits(texts: Sequence[str], budget: int) -> list[str]:
    room = budget * ALLOWANCE
    taken = []
    for text in texts:
        if (words := len(text.split())) <= room:
            taken.append(text)
            room -= words
    return taken


def _stock(text: str) -> list[tuple[float, str]]:
    from bot.summaries.rank import stock_lexrank  # sumy loads slowly

    return stock_lexrank(text)


WAYS: Mapping[str, Way] = {
    "ours": ours,
    "lead": lead,
    "lead of pieces": lead_of_pieces,
    "stock LexRank": stock_lexrank,
    "ceiling": ceiling,
}

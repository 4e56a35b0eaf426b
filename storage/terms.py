"""Which articles may tell of one event: an index of the terms of their fingerprints, by time.

Bounded on all sides: an article indexes its heaviest `INDEXED_TERMS`; a new one is looked up by its
rarest `ASKED_TERMS`, fewer where these are common, each of which gives at most `ROWS_A_PART` articles of
each span of three days. Which story an article joins is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, product

import numpy as np

from bot.model import NumberedTerms
from storage.database import Reading, Transaction
from storage.memory import Postings
from storage.packing import unpacked_numbers
from storage.values import DAY, recency_range
from storage.vocabulary import RareTerm, uncount

INDEXED_TERMS = 28
ASKED_TERMS = 40
ROWS_ASKED = 600
ASKED_AT_LEAST = 16
"""Terms are asked for, the rarest first, as long as all of them give no more than ROWS_ASKED articles of
a span, but ASKED_AT_LEAST of them always: what a common term adds to rare ones tells little."""
CANDIDATES = 20
ROWS_A_PART = 40
READ_WHOLE = 2 * ROWS_A_PART
"""Articles under a term that are all read, to be remembered; of a commoner one the newest are."""

SPAN = 3 * DAY
WINDOW = 3 * DAY
"""Neighbours were published at most this far from the new article; a window touches three spans."""

_INDEX = "INSERT INTO article_terms (span, term, recency) VALUES (:span, :term, :recency)"

_POSTINGS = """
    SELECT span, term, recency FROM article_terms WHERE span IN :spans AND term IN :terms
    ORDER BY span, term, recency
"""

_NEWEST_OF_SPAN = f"""
    SELECT span, recency FROM (
        SELECT span, recency FROM article_terms WHERE span = :span{{place}} AND term = :term
        ORDER BY recency DESC LIMIT {ROWS_A_PART}
    ) AS part{{place}}
"""  # noqa: S608 - made of constants

_NEWEST = " UNION ALL ".join(_NEWEST_OF_SPAN.format(place=place) for place in range(3))

_BEFORE = f"""
    SELECT recency FROM article_terms
    WHERE span = :span AND term = :term AND recency BETWEEN :first AND :last
    ORDER BY recency DESC LIMIT {ROWS_A_PART}
"""  # noqa: S608 - made of constants

_FORGET = "DELETE FROM article_terms WHERE span = :span AND recency = :recency AND term IN :terms"


class Unwritten:
    """What a batch is to write of the index at its end: in the index's order, which is cheaper."""

    def __init__(self) -> None:
        self._keys: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, recency: int, published: int, terms: Iterable[int]) -> None:
        for term in terms:
            self._keys[published // SPAN, term].append(recency)

    def of(self, span: int, term: int) -> Sequence[int]:
        return self._keys.get((span, term), ())

    async def write(self, transaction: Transaction) -> None:
        rows = [
            {"span": span, "term": term, "recency": key}
            for (span, term), keys in sorted(self._keys.items())
            for key in keys
        ]
        await transaction.execute_many(_INDEX, rows)


async def near(
    reading: Reading,
    published: int,
    rarest: Sequence[RareTerm],
    postings: Postings,
    unwritten: Unwritten,
    most: int = CANDIDATES,
) -> Sequence[int]:
    """The keys of the articles around that stamp that share most of these terms, rare ones counting
    more, the nearest first; the unwritten ones among them.

    rarest: the rarest first. postings: what was read of a term before is not read again.
    """
    first, last = recency_range(published - WINDOW, published + WINDOW)
    earliest = (published - WINDOW) // SPAN
    asked = _worth_asking(rarest)
    spans = range(earliest, earliest + 3)
    await _read_ahead(reading, spans, asked, postings, unwritten)
    found: list[Sequence[int]] = []
    for span, term in product(spans, asked):
        keys: Sequence[int] | None = postings.newest(span, term.number, first, last, ROWS_A_PART)
        if keys is None:
            values = {"span": span, "term": term.number, "first": first, "last": last}
            rows = await reading.fetch_all(_BEFORE, values)
            more = (key for key in unwritten.of(span, term.number) if first <= key <= last)
            keys = sorted([*more, *(row["recency"] for row in rows)])[-ROWS_A_PART:]
        found.append(keys)
    return _heaviest(found, [term.weight for _, term in product(spans, asked)], most)


def _worth_asking(rarest: Sequence[RareTerm]) -> Sequence[RareTerm]:
    rows = accumulate(min(term.articles, ROWS_A_PART) for term in rarest)
    worth = sum(upto <= ROWS_ASKED for upto in rows)
    return rarest[: max(worth, ASKED_AT_LEAST)]


async def _read_ahead(
    reading: Reading,
    spans: range,
    terms: Sequence[RareTerm],
    postings: Postings,
    unwritten: Unwritten,
) -> None:
    """Remembers the articles under these terms, of common ones the newest."""
    articles = {term.number: term.articles for term in terms}
    missing = [term for term in articles if not all(postings.holds(span, term) for span in spans)]
    # all that hold a common term would be too many to read for the newest few
    short = [term for term in missing if articles[term] <= READ_WHOLE]
    read: dict[tuple[int, int], list[int]] = {each: [] for each in product(spans, missing)}
    if short:
        for row in await reading.fetch_all(_POSTINGS, {"spans": [*spans], "terms": short}):
            read[row["span"], row["term"]].append(row["recency"])
    values = {f"span{place}": span for place, span in enumerate(spans)}
    common = set(missing) - set(short)
    for term in common:
        for row in await reading.fetch_all(_NEWEST, {**values, "term": term}):
            read[row["span"], term].append(row["recency"])
    for (span, term), keys in read.items():
        is_all = term not in common or len(keys) < ROWS_A_PART
        postings.set(span, term, sorted(keys), is_all=is_all)
        for key in unwritten.of(span, term):
            postings.add(span, term, key)


def _heaviest(found: Sequence[Sequence[int]], weights: Sequence[float], most: int) -> list[int]:
    """The `most` keys that stand under the heaviest terms, of equal ones the newest first.

    found: the keys under each term and span; weights: of each of these terms."""
    if not any(map(len, found)):
        return []
    keys = np.concatenate([np.asarray(each, np.int64) for each in found])
    heavy = np.repeat(weights, [len(each) for each in found])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.concatenate([[0], np.flatnonzero(np.diff(keys)) + 1])
    keys, totals = keys[begins], np.add.reduceat(heavy[order], begins)
    if len(totals) > most:  # the others need no order
        is_among = totals >= np.partition(totals, -most)[-most]
        keys, totals = keys[is_among], totals[is_among]
    best: list[int] = keys[np.lexsort((keys, totals))[::-1][:most]].tolist()
    return best


def index(
    recency: int,
    published: int,
    terms: NumberedTerms,
    unwritten: Unwritten,
    postings: Postings | None = None,
) -> None:
    """Makes an article a neighbour for later ones, by its heaviest terms."""
    numbers = unpacked_numbers(terms.numbers)[:INDEXED_TERMS].tolist()
    unwritten.add(recency, published, numbers)
    if postings is not None:
        for number in numbers:
            postings.add(published // SPAN, number, recency)


async def forget(transaction: Transaction, recency: int, published: int, packed: bytes) -> None:
    """Takes one article out of the index and the counts. packed: the numbers of its terms."""
    numbers = unpacked_numbers(packed).tolist()
    indexed = numbers[:INDEXED_TERMS]
    await transaction.execute(_FORGET, {"span": published // SPAN, "recency": recency, "terms": indexed})
    await uncount(transaction, numbers)

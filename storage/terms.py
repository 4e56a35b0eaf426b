"""Which articles may tell of one event: an index of the terms of their fingerprints, by time.

Bounded on all sides: an article indexes its heaviest `INDEXED_TERMS`, a new one is looked up by its
rarest `ASKED_TERMS`, each of which gives at most `ROWS_A_PART` articles of each span of three days.
Which story an article joins is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product

import numpy as np

from bot.model import NumberedTerms
from storage.database import Reading, Transaction
from storage.memory import Postings
from storage.packing import unpacked_numbers
from storage.values import DAY, recency_range
from storage.vocabulary import uncount

INDEXED_TERMS = 40
ASKED_TERMS = 25
CANDIDATES = 40
ROWS_A_PART = 80
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

_PART = """
    SELECT recency FROM (
        SELECT recency FROM article_terms
        WHERE span = :span{span} AND term = :term{term} AND recency BETWEEN :first AND :last
        ORDER BY recency DESC LIMIT {rows}
    ) AS part{span}_{term}
"""

# one walk of the index a term and span, each with its own bound: no common term can outgrow it
_NEAR = """
    SELECT recency, COUNT(*) AS shared FROM ({parts}) AS found
    GROUP BY recency ORDER BY shared DESC, recency DESC LIMIT {limit}
""".format(  # noqa: S608 - made of constants
    parts=" UNION ALL ".join(
        _PART.format(span=span, term=term, rows=ROWS_A_PART)
        for term, span in product(range(ASKED_TERMS), range(3))
    ),
    limit=CANDIDATES,
)


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


async def near(reading: Reading, published: int, terms: Sequence[int]) -> Sequence[int]:
    """The keys of the articles around that stamp that share most of these terms, most shared first."""
    return [key for key, _ in await near_with_shared(reading, published, terms)]


async def near_with_shared(
    reading: Reading, published: int, terms: Sequence[int]
) -> Sequence[tuple[int, int]]:
    """What `near` gives, each with how many of the terms it shares."""
    if not terms:
        return ()
    first, last = recency_range(published - WINDOW, published + WINDOW)
    earliest = (published - WINDOW) // SPAN
    values = {"first": first, "last": last}
    values |= {f"span{place}": earliest + place for place in range(3)}
    # no term has the id 0: it fills the places of an article with few terms
    values |= {f"term{place}": 0 for place in range(ASKED_TERMS)}
    values |= {f"term{place}": term for place, term in enumerate(terms[:ASKED_TERMS])}
    return [(row["recency"], row["shared"]) for row in await reading.fetch_all(_NEAR, values)]


async def remembered_near(
    transaction: Transaction,
    published: int,
    terms: Mapping[int, int],
    postings: Postings,
    unwritten: Unwritten,
) -> Sequence[int]:
    """As `near`, the unwritten ones among them; what was read of a term before is not read again.

    terms: how many articles hold each of them.
    """
    first, last = recency_range(published - WINDOW, published + WINDOW)
    earliest = (published - WINDOW) // SPAN
    asked = dict(islice(terms.items(), ASKED_TERMS))
    found: list[Sequence[int]] = []
    spans = range(earliest, earliest + 3)
    await _read_ahead(transaction, spans, asked, postings, unwritten)
    for span, term in product(spans, asked):
        keys = postings.newest(span, term, first, last, ROWS_A_PART)
        if keys is not None:
            found.append(keys)
            continue
        values = {"span": span, "term": term, "first": first, "last": last}
        rows = await transaction.fetch_all(_BEFORE, values)
        more = (key for key in unwritten.of(span, term) if first <= key <= last)
        found.append(sorted([*more, *(row["recency"] for row in rows)])[-ROWS_A_PART:])
    return _most_shared(found)


async def _read_ahead(
    transaction: Transaction,
    spans: range,
    terms: Mapping[int, int],
    postings: Postings,
    unwritten: Unwritten,
) -> None:
    """Remembers the articles under these terms, of common ones the newest."""
    missing = [term for term in terms if not all(postings.holds(span, term) for span in spans)]
    # all that hold a common term would be too many to read for the newest few
    short = [term for term in missing if terms[term] <= READ_WHOLE]
    read: dict[tuple[int, int], list[int]] = {each: [] for each in product(spans, missing)}
    if short:
        for row in await transaction.fetch_all(_POSTINGS, {"spans": [*spans], "terms": short}):
            read[row["span"], row["term"]].append(row["recency"])
    values = {f"span{place}": span for place, span in enumerate(spans)}
    common = set(missing) - set(short)
    for term in common:
        for row in await transaction.fetch_all(_NEWEST, {**values, "term": term}):
            read[row["span"], term].append(row["recency"])
    for (span, term), keys in read.items():
        is_all = term not in common or len(keys) < ROWS_A_PART
        postings.set(span, term, sorted(keys), is_all=is_all)
        for key in unwritten.of(span, term):
            postings.add(span, term, key)


def _most_shared(found: Sequence[Sequence[int]]) -> list[int]:
    """The CANDIDATES keys that stand under most terms, then the newest.

    found: the keys under each term and span."""
    if not found:
        return []
    keys, shared = np.unique(
        np.concatenate([np.asarray(each, np.int64) for each in found]), return_counts=True
    )
    best: list[int] = keys[np.lexsort((keys, shared))[::-1][:CANDIDATES]].tolist()
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

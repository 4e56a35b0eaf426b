"""Which articles may tell of one event: an index of the terms of their fingerprints, by time.

Bounded on all sides: an article indexes its heaviest `INDEXED_TERMS`, a new one is looked up by its
rarest `ASKED_TERMS`, each of which gives at most `ROWS_A_PART` articles of each span of three days.
Which story an article joins is not decided here.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, product
from types import MappingProxyType

from bot.model import Fingerprint, TermCounts
from storage.database import Reading, Transaction
from storage.memory import Memory, Postings
from storage.values import DAY, recency_range

INDEXED_TERMS = 40
ASKED_TERMS = 25
CANDIDATES = 40
ROWS_A_PART = 80
READ_WHOLE = 2 * ROWS_A_PART
"""Articles under a term that are all read, to be remembered; of a commoner one the newest are."""

SPAN = 3 * DAY
WINDOW = 3 * DAY
"""Neighbours were published at most this far from the new article; a window touches three spans."""

_COUNTS = "SELECT term, id, articles FROM terms WHERE term IN :terms"

_COUNT = """
    INSERT INTO terms (term, id, articles) VALUES (:term, :id, :by)
    ON CONFLICT (term) DO UPDATE SET articles = terms.articles + excluded.articles
"""

_UNCOUNT = "UPDATE terms SET articles = articles - 1 WHERE term IN :terms"

WRITTEN = "terms written"
"""The number that is another one after each transaction that wrote of terms."""
_SET_WRITTEN = f"UPDATE numbers SET value = :value WHERE name = '{WRITTEN}'"  # noqa: S608 - made of constants

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

_FORGET = """
    DELETE FROM article_terms
    WHERE span = :span AND recency = :recency AND term IN (SELECT id FROM terms WHERE term IN :terms)
"""

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


@dataclass(slots=True)
class Vocabulary:
    """The terms of a batch as they are counted while it is stored."""

    articles: int
    """How many articles are stored."""
    last_id: int
    ids: dict[str, int]
    holding: dict[str, int]
    gained: dict[str, int] = field(default_factory=dict)

    def counts(self, *fingerprints: Fingerprint) -> TermCounts:
        wanted = {term for fingerprint in fingerprints for term in fingerprint.terms}
        return TermCounts(
            self.articles, {term: self.holding[term] for term in wanted if term in self.holding}
        )

    def all_counts(self) -> TermCounts:
        """Of all terms that are known here; changes with what is taken in."""
        return TermCounts(self.articles, MappingProxyType(self.holding))

    def held(self, fingerprint: Fingerprint) -> dict[int, int]:
        """As `rarest`, with how many articles hold each."""
        terms = sorted(
            (self.holding[term], place, term)
            for place, term in enumerate(fingerprint.terms)
            if self.holding.get(term)
        )
        return {self.ids[term]: holding for holding, _, term in terms[:ASKED_TERMS]}

    def rarest(self, fingerprint: Fingerprint) -> list[int]:
        """The ids of the terms that fewest articles hold, of those that any holds."""
        known = sorted(
            (self.holding[term], place, term)
            for place, term in enumerate(fingerprint.terms)
            if self.holding.get(term)
        )
        return [self.ids[term] for _, _, term in known[:ASKED_TERMS]]

    def take_in(self, fingerprint: Fingerprint) -> None:
        """Counts one more article with these terms."""
        self.articles += 1
        for term in {*fingerprint.terms}:
            if term not in self.ids:
                self.last_id += 1
                self.ids[term] = self.last_id
            self.holding[term] = self.holding.get(term, 0) + 1
            self.gained[term] = self.gained.get(term, 0) + 1


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


async def vocabulary(
    transaction: Transaction,
    numbers: Mapping[str, int],
    fingerprints: Iterable[Fingerprint],
    memory: Memory | None = None,
) -> Vocabulary:
    """What is known of all the terms of these fingerprints, and of others that are remembered."""
    ids, holding = (memory.ids, memory.holding) if memory else ({}, {})
    known = Vocabulary(numbers["articles"], numbers["term"], ids, holding)
    await learn(transaction, known, fingerprints)
    return known


async def learn(
    transaction: Transaction, known: Vocabulary, fingerprints: Iterable[Fingerprint]
) -> None:
    """Adds what is known of terms that stored articles hold."""
    ids = known.ids
    wanted = {term for fingerprint in fingerprints for term in fingerprint.terms if term not in ids}
    for row in await transaction.fetch_all(_COUNTS, {"terms": wanted}) if wanted else ():
        known.ids[row["term"]] = row["id"]
        known.holding[row["term"]] = row["articles"]


async def write_counts(transaction: Transaction, known: Vocabulary) -> int:
    """The number that tells of this write."""
    # sorted, so that the pages of the index are written one after the other
    rows = [{"term": term, "id": known.ids[term], "by": by} for term, by in sorted(known.gained.items())]
    await transaction.execute_many(_COUNT, rows)
    return await set_written(transaction)


async def set_written(transaction: Transaction) -> int:
    """Tells whoever remembers terms that they changed; the number that tells it.

    Drawn by lot: one that follows from the last could come twice, after a transaction that was undone.
    """
    value = secrets.randbits(62)
    await transaction.execute(_SET_WRITTEN, {"value": value})
    return value


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
    found: Counter[int] = Counter()
    spans = range(earliest, earliest + 3)
    await _read_ahead(transaction, spans, asked, postings, unwritten)
    for span, term in product(spans, asked):
        keys = postings.newest(span, term, first, last, ROWS_A_PART)
        if keys is not None:
            found.update(keys)
            continue
        values = {"span": span, "term": term, "first": first, "last": last}
        rows = await transaction.fetch_all(_BEFORE, values)
        more = (key for key in unwritten.of(span, term) if first <= key <= last)
        found.update(sorted([*more, *(row["recency"] for row in rows)])[-ROWS_A_PART:])
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


def _most_shared(found: Mapping[int, int]) -> list[int]:
    """The first CANDIDATES keys, most shared first, then the newest; the many others are not sorted."""
    levels = sorted(Counter(found.values()).items(), reverse=True)
    upto = zip(levels, accumulate(keys for _, keys in levels), strict=True)
    least = next((level for (level, _), keys in upto if keys >= CANDIDATES), 0)
    best = [(shared, key) for key, shared in found.items() if shared >= least]
    return [key for _, key in sorted(best, reverse=True)[:CANDIDATES]]


def index(
    recency: int,
    published: int,
    fingerprint: Fingerprint,
    known: Vocabulary,
    unwritten: Unwritten,
    postings: Postings | None = None,
) -> None:
    """Makes an article a neighbour for later ones, by its heaviest terms."""
    ids = {known.ids[term] for term in fingerprint.terms[:INDEXED_TERMS]}
    unwritten.add(recency, published, ids)
    if postings is not None:
        for term in ids:
            postings.add(published // SPAN, term, recency)


async def forget(
    transaction: Transaction, recency: int, published: int, fingerprint: Fingerprint
) -> None:
    """Takes one article out of the index and the counts."""
    terms = list(fingerprint.terms)
    await transaction.execute(
        _FORGET, {"span": published // SPAN, "recency": recency, "terms": terms[:INDEXED_TERMS]}
    )
    await transaction.execute(_UNCOUNT, {"terms": terms})
    await set_written(transaction)

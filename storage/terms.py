"""Which articles may tell of one event: an index of the terms of their fingerprints, by time.

Bounded on all sides: an article indexes its heaviest `INDEXED_TERMS`, a new one is looked up by its
rarest `ASKED_TERMS`, each of which gives at most `ROWS_A_PART` articles of each span of three days.
Which story an article joins is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from bot.model import Fingerprint, TermCounts
from storage.database import Reading, Transaction
from storage.values import DAY, recency_range

INDEXED_TERMS = 40
ASKED_TERMS = 25
CANDIDATES = 40
ROWS_A_PART = 80

SPAN = 3 * DAY
WINDOW = 3 * DAY
"""Neighbours were published at most this far from the new article; a window touches three spans."""

_COUNTS = "SELECT term, id, articles FROM terms WHERE term IN :terms"

_COUNT = """
    INSERT INTO terms (term, id, articles) VALUES (:term, :id, :by)
    ON CONFLICT (term) DO UPDATE SET articles = terms.articles + excluded.articles
"""

_UNCOUNT = "UPDATE terms SET articles = articles - 1 WHERE term IN :terms"

_INDEX = "INSERT INTO article_terms (span, term, recency) VALUES (:span, :term, :recency)"

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
        wanted = {term for fingerprint in fingerprints for term, _ in fingerprint}
        return TermCounts(
            self.articles, {term: self.holding[term] for term in wanted if term in self.holding}
        )

    def rarest(self, fingerprint: Fingerprint) -> list[int]:
        """The ids of the terms that fewest articles hold, of those that any holds."""
        known = sorted(
            (self.holding[term], place, term)
            for place, (term, _) in enumerate(fingerprint)
            if self.holding.get(term)
        )
        return [self.ids[term] for _, _, term in known[:ASKED_TERMS]]

    def take_in(self, fingerprint: Fingerprint) -> None:
        """Counts one more article with these terms."""
        self.articles += 1
        for term in {term for term, _ in fingerprint}:
            if term not in self.ids:
                self.last_id += 1
                self.ids[term] = self.last_id
            self.holding[term] = self.holding.get(term, 0) + 1
            self.gained[term] = self.gained.get(term, 0) + 1


async def vocabulary(
    transaction: Transaction, numbers: Mapping[str, int], fingerprints: Iterable[Fingerprint]
) -> Vocabulary:
    """What is known of all the terms of these fingerprints."""
    wanted = {term for fingerprint in fingerprints for term, _ in fingerprint}
    rows = await transaction.fetch_all(_COUNTS, {"terms": wanted})
    return Vocabulary(
        articles=numbers["articles"],
        last_id=numbers["term"],
        ids={row["term"]: row["id"] for row in rows},
        holding={row["term"]: row["articles"] for row in rows},
    )


async def learn(
    transaction: Transaction, known: Vocabulary, fingerprints: Iterable[Fingerprint]
) -> None:
    """Adds what is known of terms that stored articles hold."""
    wanted = {term for fingerprint in fingerprints for term, _ in fingerprint} - known.ids.keys()
    for row in await transaction.fetch_all(_COUNTS, {"terms": wanted}) if wanted else ():
        known.ids[row["term"]] = row["id"]
        known.holding[row["term"]] = row["articles"]


async def write_counts(transaction: Transaction, known: Vocabulary) -> None:
    # sorted, so that the pages of the index are written one after the other
    rows = [{"term": term, "id": known.ids[term], "by": by} for term, by in sorted(known.gained.items())]
    await transaction.execute_many(_COUNT, rows)


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


async def index(
    transaction: Transaction, recency: int, published: int, fingerprint: Fingerprint, known: Vocabulary
) -> None:
    """Makes an article a neighbour for later ones, by its heaviest terms."""
    ids = sorted({known.ids[term] for term, _ in fingerprint[:INDEXED_TERMS]})
    span = published // SPAN
    await transaction.execute_many(
        _INDEX, [{"span": span, "term": term, "recency": recency} for term in ids]
    )


async def forget(
    transaction: Transaction, recency: int, published: int, fingerprint: Fingerprint
) -> None:
    """Takes one article out of the index and the counts."""
    terms = [term for term, _ in fingerprint]
    await transaction.execute(
        _FORGET, {"span": published // SPAN, "recency": recency, "terms": terms[:INDEXED_TERMS]}
    )
    await transaction.execute(_UNCOUNT, {"terms": terms})

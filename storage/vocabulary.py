"""Terms by numbers, and how many articles hold each, as they are counted while a batch is stored."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.model import Fingerprint, NumberedTerms, TermCounts
from storage.database import Reading, Transaction
from storage.memory import Holding, Memory
from storage.packing import packed_numbers, packed_weights, unpacked_numbers

_NUMBERS_OF = """
    SELECT t.term, t.id, c.articles FROM terms AS t JOIN term_counts AS c ON c.id = t.id
    WHERE t.term IN :terms
"""

_COUNTS = "SELECT id, articles FROM term_counts WHERE id IN :ids"

# two terms with halves of surrogate pairs may be one in the database: what they are found by is nothing
# that anybody writes
_INSERT = "INSERT INTO terms (term, id) VALUES (:term, :id) ON CONFLICT (term) DO NOTHING"

_COUNT = """
    INSERT INTO term_counts (id, articles) VALUES (:id, :by)
    ON CONFLICT (id) DO UPDATE SET articles = term_counts.articles + excluded.articles
"""

_UNCOUNT = "UPDATE term_counts SET articles = articles - 1 WHERE id IN :ids"

WRITTEN = "terms written"
"""The number that is another one after each transaction that wrote of terms."""
_SET_WRITTEN = f"UPDATE numbers SET value = :value WHERE name = '{WRITTEN}'"  # noqa: S608 - made of constants


class RareTerm(NamedTuple):
    number: int
    articles: int
    """That hold it, one at least."""
    weight: float
    """Its inverse document frequency."""


@dataclass(slots=True)
class Vocabulary:
    """What is known of terms, and what is to be written of them."""

    articles: int
    """How many articles are stored."""
    last_id: int
    ids: dict[str, int]
    holding: Holding
    new: dict[str, int] = field(default_factory=dict)
    """Terms that got their numbers here."""
    gained: list[NDArray[np.intp]] = field(default_factory=list)
    """The numbers of the terms of each article that was taken in."""

    def numbered(self, fingerprint: Fingerprint) -> NumberedTerms:
        """The same with numbers for its terms; a term that nobody knew gets the next one."""
        numbers = [self.ids.get(term) or self._number(term) for term in fingerprint.terms]
        return NumberedTerms(packed_numbers(numbers), packed_weights(fingerprint.weights))

    def _number(self, term: str) -> int:
        self.last_id += 1
        self.ids[term] = self.new[term] = self.last_id
        self.holding.reach(self.last_id)
        self.holding.meet(self.last_id, 0)
        return self.last_id

    def counts(self) -> TermCounts:
        """Changes with what is taken in."""
        return TermCounts(self.articles, self.holding.counts)

    def rarest(self, terms: NumberedTerms, most: int) -> list[RareTerm]:
        """Of the terms that any stored article holds those that fewest hold, at most so many."""
        numbers = unpacked_numbers(terms.numbers)
        held = self.holding.counts[numbers]
        order = np.argsort(held, kind="stable")
        rarest = order[held[order] > 0][:most]
        weights = np.log((1 + self.articles) / held[rarest])
        columns = (numbers[rarest].tolist(), held[rarest].tolist(), weights.tolist())
        return [RareTerm(*each) for each in zip(*columns, strict=True)]

    def take_in(self, terms: NumberedTerms) -> None:
        """Counts one more article with these terms."""
        numbers = unpacked_numbers(terms.numbers)
        self.articles += 1
        self.holding.counts[numbers] += 1
        self.gained.append(numbers)


async def vocabulary(
    reading: Reading,
    numbers: Mapping[str, int],
    fingerprints: Iterable[Fingerprint],
    memory: Memory | None = None,
) -> Vocabulary:
    """What is known of all the terms of these fingerprints, and of others that are remembered."""
    ids, holding = (memory.ids, memory.holding) if memory else ({}, Holding())
    known = Vocabulary(numbers["articles"], numbers["term"], ids, holding)
    holding.reach(known.last_id)
    wanted = {term for fingerprint in fingerprints for term in fingerprint.terms if term not in ids}
    for row in await reading.fetch_all(_NUMBERS_OF, {"terms": wanted}) if wanted else ():
        ids[row["term"]] = row["id"]
        holding.meet(row["id"], row["articles"])
    return known


async def learn(reading: Reading, known: Vocabulary, held: Iterable[NumberedTerms]) -> None:
    """Adds how many articles hold the terms of stored ones."""
    numbers = unpacked_numbers(*(one.numbers for one in held))
    known.holding.reach(int(numbers.max(initial=0)))  # a reader may meet what was written since it began
    unmet = known.holding.unmet(numbers)
    for row in await reading.fetch_all(_COUNTS, {"ids": unmet}) if unmet else ():
        known.holding.meet(row["id"], row["articles"])


async def write(transaction: Transaction, known: Vocabulary) -> int:
    """The number that tells of this write."""
    # sorted, so that the pages of the tables are written one after the other
    terms = [{"term": term, "id": number} for term, number in sorted(known.new.items())]
    await transaction.execute_many(_INSERT, terms)
    if known.gained:
        numbers, by = np.unique(np.concatenate(known.gained), return_counts=True)
        counted = zip(numbers.tolist(), by.tolist(), strict=True)
        await transaction.execute_many(_COUNT, [{"id": each, "by": more} for each, more in counted])
    return await set_written(transaction)


async def uncount(transaction: Transaction, numbers: list[int]) -> None:
    """One article less holds these terms."""
    await transaction.execute(_UNCOUNT, {"ids": numbers})
    await set_written(transaction)


async def set_written(transaction: Transaction) -> int:
    """Tells whoever remembers terms that they changed; the number that tells it.

    Drawn by lot: one that follows from the last could come twice, after a transaction that was undone.
    """
    value = secrets.randbits(62)
    await transaction.execute(_SET_WRITTEN, {"value": value})
    return value

"""What an article is told by: its heaviest terms, and a digest of its words."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict

from bot.arabic.words import is_stop_word, search_terms, words
from bot.model import Fingerprint

TERMS = 80
"""Terms of a fingerprint; what a longer article has beyond them is background."""

_LONGEST_BODY = 1_500
"""Words of a body that are read: further ones would weigh next to nothing."""
_TITLE = 3.0
"""What an occurrence in the title counts; the first one of the body counts 1."""
_HALF = 60
"""After so many words of the body an occurrence counts half: news tells the event first, then its
background, which it shares with every other event of the same affair."""


def fingerprint(title: str, body: str) -> Fingerprint:
    """The terms that an article is told by, heaviest first, at most TERMS.

    A term's weight is ln(1 + 2n), n being its occurrences, each worth less the later it stands; how
    rare it is comes in when articles are compared.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    for term in search_terms(title):
        counts[term] += _TITLE
    for place, term in enumerate(search_terms(body)[:_LONGEST_BODY]):
        counts[term] += 1.0 / (1.0 + place / _HALF)
    weights = {term: math.log1p(2.0 * count) for term, count in counts.items() if _tells(term)}
    heaviest = sorted(weights.items(), key=lambda item: (-item[1] * _shape(item[0]), item[0]))
    return Fingerprint.of((term, round(weight, 3)) for term, weight in heaviest[:TERMS])


def _tells(term: str) -> bool:
    """Whether a term can tell one event from another at all."""
    return len(term) > 1 and not is_stop_word(term) and not (term.isdigit() and len(term) == 1)


def _shape(term: str) -> float:
    """Long words and numbers are rarer than short ones: a guess for choosing what a bound leaves out."""
    return 1.0 + 0.1 * min(len(term), 8) + (0.3 if term[0].isdigit() else 0.0)


def words_digest(title: str, body: str) -> str:
    """Hex digest of an article's folded words in order: layout and vowel marks do not count.

    Two articles with the same words have the same digest, whichever of them stand in the title.
    """
    told = " ".join(words(title) + words(body))
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()

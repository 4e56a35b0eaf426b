"""Stories: which articles tell of one event.

An article is known by its fingerprint, a bounded list of weighted terms; it joins the story whose
members, taken together, are like it enough. Pure rules: who the neighbours are is asked of storage, and
nothing here knows of topics.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.arabic.words import is_stop_word, search_terms, tokens
from bot.model import Fingerprint, Neighbour, NewArticle, StoredArticle, Story, StoryId, TermCounts

WINDOW = timedelta(hours=72)
TERMS = 80
"""Terms of a fingerprint; what a longer article has beyond them is background."""

_LONGEST_BODY = 1_500
"""Words of a body that are read: further ones would weigh next to nothing."""
_TITLE = 3.0
"""What an occurrence in the title counts; the first one of the body counts 1."""
_HALF = 60
"""After so many words of the body an occurrence counts half: news tells the event first, then its
background, which it shares with every other event of the same affair."""

_UNSEEN = 300.0
"""As many imagined articles are counted with the stored ones, so that an empty store knows, too, that
a term it has not met is rare and that no term is certain."""
_UNSEEN_HOLD = 0.01
"""The share of the imagined articles that hold a term."""
_RARE = 1.5
"""The power of a term's rarity: rare names and numbers are what two reports of one event share."""

_JOIN = 0.15
_CAUTION = 0.4
"""How much more likeness is asked for while the store is empty, and nobody knows what is common."""
_COPY = 0.9
_LENIENCE = 0.5
"""How much of a story's likeness is that of its nearest member; the rest is the mean of all."""

_LARGE = 9
_GROWTH = 0.5
"""How much more likeness each member beyond _LARGE asks for: a large story draws its whole affair in."""


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
    return tuple((term, round(weight, 3)) for term, weight in heaviest[:TERMS])


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
    words = " ".join(token.folded for token in tokens(f"{title}\n{body}"))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


def choose(new: NewArticle, neighbours: Sequence[Neighbour], counts: TermCounts) -> StoryId | None:
    """The story that `new` joins; None where it tells of an event that no neighbour tells of.

    A copy goes where its like is. Otherwise each story is judged by all of its members among the
    neighbours, not by the nearest alone, so that a chain of likenesses cannot drift to another event.
    """
    near = [one for one in neighbours if abs(one.published - new.article.published) <= WINDOW]
    rarity = _Rarity(counts)
    mine = _vector(new.analysis.fingerprint, rarity)
    likeness = {one.id: _cosine(mine, _vector(one.fingerprint, rarity)) for one in near}
    copies = [one for one in near if _is_copy(one, new) or likeness[one.id] >= _COPY]
    if copies:
        return max(copies, key=lambda one: (likeness[one.id], -one.id)).story
    members: defaultdict[StoryId, list[float]] = defaultdict(list)
    for one in near:
        members[one.story].append(likeness[one.id] * _faded(new, one))
    scores = {story: _together(values) for story, values in members.items()}
    best = max(scores, key=lambda story: (scores[story], -story), default=None)
    return best if best is not None and scores[best] >= _asked(counts) else None


def _is_copy(old: Neighbour, new: NewArticle) -> bool:
    return old.words_digest == new.analysis.words_digest


def _asked(counts: TermCounts) -> float:
    """The likeness from which on an article joins a story."""
    return _JOIN * (1.0 + _CAUTION * _UNSEEN / (counts.articles + _UNSEEN))


def _together(likenesses: Sequence[float]) -> float:
    """The likeness to a story; the more members it has, the more is asked of it."""
    mean = sum(likenesses) / len(likenesses)
    likeness = _LENIENCE * max(likenesses) + (1.0 - _LENIENCE) * mean
    return likeness / (1.0 + _GROWTH * max(len(likenesses) - _LARGE, 0))


def _faded(new: NewArticle, old: Neighbour) -> float:
    """What is left of a likeness over time: e^-1 of it at the end of the window."""
    return math.exp(-(abs(old.published - new.article.published) / WINDOW))


class _Rarity(dict[str, float]):
    """term → inverse document frequency, smoothed by the imagined articles; worked out when asked."""

    def __init__(self, counts: TermCounts) -> None:
        super().__init__()
        self._counts = counts

    def __missing__(self, term: str) -> float:
        held = self._counts.holding.get(term, 0) + _UNSEEN * _UNSEEN_HOLD
        value = math.pow(math.log((self._counts.articles + _UNSEEN) / held), _RARE)
        self[term] = value
        return value


def _vector(terms: Iterable[tuple[str, float]], rarity: Mapping[str, float]) -> dict[str, float]:
    raw = {term: weight * rarity[term] for term, weight in terms}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / length for term, value in raw.items()} if length else {}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * large[term] for term, value in small.items() if term in large)


def headline(story: Story) -> StoredArticle:
    """The article whose title stands for the story: the fullest of its newest reports.

    Of the articles of the story's last day, the one with a title, then most sentences of summary,
    then the newest; ties fall to the lower id, so that the choice stays the same.
    """
    last_day = [
        one for one in story.articles if story.newest.published - one.published < timedelta(days=1)
    ]
    return max(last_day, key=lambda one: (bool(one.title), len(one.summary), one.published, -one.id))

"""The sentences of a text as candidates for its summary: each knows, when asked, whether it may stand.

Most are never asked: a summary of three sentences looks at the few with the best ratings alone, so
what costs time is worked out late and once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Generic, TypeVar

from bot.arabic.sentences import Sentence
from bot.arabic.sentences import sentences as find_sentences
from bot.arabic.words import STOP_WORDS, fold, search_terms, term
from bot.summaries.openings import Need, need, speaker
from bot.summaries.standing import FEWEST_WORDS, is_furniture, is_sound, is_whole, shown

REPEATS = 0.5
"""Share of the shorter sentence's terms from which on, and one term more, two are near-repeats: the
one more as short sentences of one text share half of their few terms by chance."""
_IS_TITLE = 0.8
"""Share of a sentence's terms that stand in the title, from which on it is the headline again."""
_OPENING = 80
"""Characters in which the opening words stand."""
_MOST_COMPARED = 400
"""Words of a sentence that are compared with others."""
_WORD = re.compile(r"\w+")


T = TypeVar("T")


class _Once(Generic[T]):
    """A property that is worked out once; functools.cached_property locks, and takes 2 µs of a
    summary's 150 each time."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> T:
        found = instance.__dict__[self._name] = self._work(instance)
        return found


class Grade(IntEnum):
    """How well a sentence may stand."""

    SILENT = 0
    """No word in it."""
    SAID = 1
    """It says something, but is a line of the page, the headline again, or badly quoted."""
    SOUND = 2
    """Well quoted, but without an end, or a question."""
    BRIEF = 3
    """A whole statement in few words: good for a budget in words, but not as one of three sentences."""
    WHOLE = 4


class Candidate:
    """One sentence, what it is worth, and whether it may stand."""

    def __init__(
        self,
        sentence: Sentence,
        place: int,
        rating: float,
        title: frozenset[str],
        article: int,
    ) -> None:
        self.place = place
        """Among all sentences of its text."""
        self.rating = rating
        self.article = article
        self.is_silent = _WORD.search(sentence.text) is None
        """Marks alone: known at once, as a text may be made of them."""
        self._sentence = sentence
        self._title = title

    @_Once
    def text(self) -> str:
        """What is shown of it."""
        start, end = shown(self._sentence.text, opens_text=self.place == 0)
        return self._sentence.text[start:end]

    @_Once
    def folded(self) -> list[str]:
        """Its words as they are compared: folded, without marks."""
        return _WORD.findall(fold(self.text))

    @_Once
    def words(self) -> int:
        """Its words, parted by blanks."""
        return len(self.text.split())

    @_Once
    def terms(self) -> frozenset[str]:
        """What it is about, for telling repeats."""
        return frozenset(map(term, self.folded[:_MOST_COMPARED])) - STOP_WORDS

    @_Once
    def need(self) -> Need:
        return need(self.folded, self.text[:_OPENING], opens_text=self.place == 0)

    @_Once
    def speaker(self) -> str:
        """The one word that says who speaks, folded and without its article, or ""."""
        return speaker(self.folded, self.text[:_OPENING])

    @_Once
    def grade(self) -> Grade:
        if self.is_silent or not self.terms:
            return Grade.SILENT
        if is_furniture(self.text, self.folded) or self._is_title or not is_sound(self.text):
            return Grade.SAID
        if not is_whole(self.text):
            return Grade.SOUND
        return Grade.WHOLE if self.words >= FEWEST_WORDS else Grade.BRIEF

    @property
    def _is_title(self) -> bool:
        return bool(self._title) and len(self.terms & self._title) >= _IS_TITLE * len(self.terms)

    def names(self, name: str) -> bool:
        """Whether its words or the title's hold the folded name, also with particles in front of it."""
        return any(word.endswith(name) for word in (*self.folded, *self._title))

    def repeats(self, other: Candidate) -> bool:
        """Whether one of the two says nearly what the other says."""
        fewest = min(len(self.terms), len(other.terms))
        return fewest > 0 and len(self.terms & other.terms) >= REPEATS * fewest + 1


def candidates(text: str, title: str, budget: float, article: int = 0) -> list[Candidate]:
    """The sentences of `text` with their ratings for a summary of `budget` words, in its order."""
    from bot.summaries.rank import ratings  # sumy loads slowly: not before a summary is made

    found = find_sentences(text)
    if not found:
        return []
    known = frozenset(search_terms(title)) - STOP_WORDS
    worth = ratings(found, budget)
    return [Candidate(each, place, worth[place], known, article) for place, each in enumerate(found)]

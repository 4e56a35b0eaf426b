"""A summary: which sentences are chosen, how many, in what order. Verbatim, whole, in the text's order.

What a sentence is worth comes from rank.py, whether it may stand alone from standing.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from bot.model import ArticleText
from bot.summaries.candidates import Candidate, Grade, candidates
from bot.summaries.openings import Need
from bot.summaries.packing import AFTER_LAST, AFTER_SOME, FREE, best_within, worth

DEFAULT_SENTENCES = 3
SENTENCE_WORDS = 22
"""Words of a usual sentence: what a budget of n sentences is taken to hold, each."""
ROOM_WORDS = 28
"""Words that a summary counted in sentences may have for each of them, where the text allows it."""
ALLOWANCE = 1.05
"""How far the sentences may pass a budget in words."""
_PASSES = 8
"""Times that a budget is packed with candidates that nobody has judged yet."""
_NEEDS = {Need.NOTHING: FREE, Need.SOMETHING: AFTER_SOME, Need.PREDECESSOR: AFTER_LAST}
_SAME_SOURCE = 0.12
"""What a sentence loses for each one that its source already gave to a story's summary."""


@dataclass(frozen=True, slots=True)
class StorySentence:
    """One sentence of a story's summary and the source that it is from."""

    text: str
    source: str


class _Demand(NamedTuple):
    """What is asked of a sentence before it is taken."""

    grade: Grade
    minds_need: bool
    """Whether what it needs before it must be there."""

    def refuses(self, each: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether it stays out for good, whatever else is chosen."""
        return each.grade < self.grade or any(each.repeats(other) for other in chosen)


_DEMANDS = (
    _Demand(Grade.WHOLE, True),
    _Demand(Grade.BRIEF, True),
    _Demand(Grade.WHOLE, False),
    _Demand(Grade.SOUND, False),
    _Demand(Grade.SAID, False),
)
"""From what a summary should be made of to what a text without such sentences answers with."""


def summarise(
    text: str, *, title: str = "", sentences: int | None = None, words: int | None = None
) -> tuple[str, ...]:
    """The sentences of `text` that tell most of it, verbatim, in its order.

    sentences: how many at most (3 where neither budget is given). words: how many words (parted by
    blanks) all of them may have; they pass it by 5 % at most, so nothing is said where not one
    sentence fits. With both, both hold. title: its words are not said again. A text without one
    sentence that may stand answers with the best that it has; one without any word, with nothing.
    """
    if words is None and sentences is None:
        sentences = DEFAULT_SENTENCES
    pool = candidates(text, title, _budget(sentences, words))
    for demand in _demands(pool):
        if chosen := _choose(pool, demand, sentences, words):
            return tuple(each.text for each in chosen)
    return ()


def story_summary(texts: Sequence[ArticleText], *, sentences: int = 4) -> tuple[StorySentence, ...]:
    """A story told from all of its articles without saying anything twice.

    texts: first the article whose headline stands above the summary. It gives the opening, where it has
    a sentence that may be the first, so that what is read first tells of what the headline says; the
    others add to it. Articles keep their given order and sentences that of their article; a source that
    has already spoken makes way for another one that has something else to say.
    """
    budget = _budget(sentences, None)
    pool = [
        each
        for number, article in enumerate(texts)
        for each in candidates(article.body, article.title, budget, number)
    ]
    for demand in _demands(pool):
        for room in (sentences * ROOM_WORDS, None):
            chosen = _best_first(pool, demand, sentences, room, _in_turns)
            if chosen:
                return tuple(StorySentence(each.text, texts[each.article].source) for each in chosen)
    return ()


def _demands(pool: Sequence[Candidate]) -> Iterator[_Demand]:
    """The demands, strictest first, without those that no candidate meets."""
    yield _DEMANDS[0]
    best = max((each.grade for each in pool), default=Grade.SILENT)
    yield from (demand for demand in _DEMANDS[1:] if demand.grade <= best)


def _budget(sentences: int | None, words: int | None) -> float:
    by_count = float("inf") if sentences is None else float(sentences * SENTENCE_WORDS)
    return min(by_count, float("inf") if words is None else float(words))


def _choose(
    pool: Sequence[Candidate], demand: _Demand, sentences: int | None, words: int | None
) -> list[Candidate]:
    if sentences is None:
        # a brief sentence takes none of the three places of another one here
        return _packed(pool, min(demand.grade, Grade.BRIEF), int((words or 0) * ALLOWANCE + 1e-9))
    if words is not None:
        return _best_first(pool, demand, sentences, int(words * ALLOWANCE + 1e-9))
    room = sentences * ROOM_WORDS
    return _best_first(pool, demand, sentences, room) or _best_first(pool, demand, sentences, None)


Order = Callable[[list[Candidate], Sequence[Candidate]], list[Candidate]]
"""(waiting, chosen) → the waiting ones in the order in which they are tried next."""


def _as_they_wait(waiting: list[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    return waiting


def _in_turns(waiting: list[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Best first, each source's next sentence worth less than its last one; the first of all, where it
    can be, from the first article."""
    if not chosen:
        return sorted(waiting, key=lambda each: each.article > 0)
    given = Counter(each.article for each in chosen)
    return sorted(waiting, key=lambda each: given[each.article] * _SAME_SOURCE - each.rating)


def _best_first(
    pool: Sequence[Candidate],
    demand: _Demand,
    count: int,
    room: int | None,
    order: Order = _as_they_wait,
) -> list[Candidate]:
    """Up to `count` candidates: the best that is let in, then again from the best.

    So a sentence that needs another one comes in right after that. What is refused for good is not
    asked again, so that the time stays linear in the candidates for each one that is chosen.
    """
    chosen: list[Candidate] = []
    waiting = sorted((each for each in pool if not each.is_silent), key=lambda each: -each.rating)
    while len(chosen) < count:
        later: list[Candidate] = []
        taken: Candidate | None = None
        for place, each in enumerate(waiting := order(waiting, chosen)):
            if (room is not None and each.words > room) or demand.refuses(each, chosen):
                continue
            if demand.minds_need and not _is_ready(each, chosen):
                later.append(each)
                continue
            taken = each
            waiting = [*later, *waiting[place + 1 :]]
            break
        if taken is None:
            break
        chosen.append(taken)
        room = None if room is None else room - taken.words
    return sorted(chosen, key=lambda each: (each.article, each.place))


def _packed(pool: Sequence[Candidate], grade: Grade, room: int) -> list[Candidate]:
    """The candidates that are worth most together in `room` words.

    A word is worth its sentence's rating squared, so that good sentences are not given up to fill
    the last gap; one that points at what is not there is worth less (packing.py), not nothing, as a
    sentence that is left out costs its readers more than a pointer. Candidates are taken for good
    ones until they are chosen: only then they are judged, and where that costs value, packed anew.
    """
    sizes = [each.words for each in pool]
    values = [each.rating**2 * each.words for each in pool]
    needs = [FREE] * len(pool)
    judged: set[int] = set()
    distinct: set[int] = set()
    for turn in range(2 * _PASSES):
        chosen = best_within(values, sizes, room, needs)
        taken_for = worth(chosen, values, needs)
        for place in set(chosen if turn < _PASSES else range(len(pool))) - judged:
            judged.add(place)
            needs[place] = _NEEDS[pool[place].need]
            if pool[place].grade < grade:
                values[place] = 0.0
        standing = [pool[place] for place in chosen if values[place] > 0]
        for each in _repeated(standing, distinct):
            values[each.place] = 0.0
        distinct = {each.place for each in standing}
        # judging only ever takes value away: where it took none from these, none are worth more
        if worth(chosen, values, needs) >= taken_for:
            break
    return [pool[place] for place in chosen if values[place] > 0]


def _repeated(chosen: Sequence[Candidate], distinct: Set[int]) -> list[Candidate]:
    """Those that say again what a better one of them says.

    distinct: places of candidates that were compared with each other before; a repeat among them is
    not chosen again.
    """
    kept: list[Candidate] = []
    repeated: list[Candidate] = []
    for each in sorted(chosen, key=lambda each: -each.rating):
        is_known = each.place in distinct
        others = [other for other in kept if not (is_known and other.place in distinct)]
        (repeated if any(each.repeats(other) for other in others) else kept).append(each)
    return repeated


def _is_ready(each: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether what the candidate needs before it is among the chosen."""
    if each.need is Need.NOTHING:
        return True
    here = (each.article, each.place)
    before = [other for other in chosen if (other.article, other.place) < here]
    if not before:
        return False
    if each.need is Need.PREDECESSOR:
        return any((other.article, other.place + 1) == here for other in before)
    return not each.speaker or any(other.names(each.speaker) for other in before)

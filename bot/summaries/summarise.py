"""A summary: which sentences are chosen, how many, in what order. Verbatim, whole, in the text's order.

What a sentence is worth comes from rank.py, whether it may stand alone from standing.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.arabic.sentences import Sentence
from bot.arabic.sentences import sentences as find_sentences
from bot.arabic.words import STOP_WORDS, search_terms
from bot.model import ArticleText
from bot.summaries.packing import best_within
from bot.summaries.standing import Need, is_furniture, is_sound, is_whole, need, shown

DEFAULT_SENTENCES = 3
ALLOWANCE = 1.05
"""How far the sentences may pass a budget in words."""
_REPEATS = 0.6
"""Share of the shorter sentence's terms that makes two sentences near-repeats."""
_IS_TITLE = 0.8
"""Share of a sentence's terms that stand in the title, from which on it is the headline again."""
_LONGEST_COMPARED = 2_000
"""Characters of a sentence that are compared with others."""
_PASSES = 6
_SAME_SOURCE = 0.12
"""What a sentence loses for each one that its source already gave to a story's summary."""


@dataclass(frozen=True, slots=True)
class StorySentence:
    """One sentence of a story's summary and the source that it is from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may stand."""

    place: int
    """Among all sentences of its text."""
    text: str
    words: int
    rating: float
    need: Need
    article: int = 0
    terms: frozenset[str] = field(default=frozenset())


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
    for candidates in _tiers(text, title, _budget(sentences, words)):
        chosen = _choose(candidates, sentences, words)
        if chosen:
            return tuple(each.text for each in chosen)
    return ()


def story_summary(texts: Sequence[ArticleText], *, sentences: int = 4) -> tuple[StorySentence, ...]:
    """A story told from all of its articles without saying anything twice.

    Articles keep their given order and sentences that of their article; a source that has already
    spoken makes way for another one that has something else to say.
    """
    pool: list[_Candidate] = []
    for number, article in enumerate(texts):
        for candidates in _tiers(article.body, article.title, _budget(sentences, None), number):
            if candidates:
                pool += candidates
                break
    chosen = _best_first(pool, sentences, lambda each, held: held.count(each.article) * _SAME_SOURCE)
    return tuple(StorySentence(each.text, texts[each.article].source) for each in chosen)


def _budget(sentences: int | None, words: int | None) -> float:
    from bot.summaries.rank import SENTENCE_WORDS  # sumy loads slowly: not before a summary is made

    by_count = float("inf") if sentences is None else float(sentences * SENTENCE_WORDS)
    return min(by_count, float("inf") if words is None else float(words))


def _tiers(text: str, title: str, budget: float, article: int = 0) -> list[list[_Candidate]]:
    """Candidates by ever weaker demands: sentences that may stand; well quoted ones; anything said."""
    from bot.summaries.rank import ratings

    found = find_sentences(text)
    if not found:
        return []
    worth = ratings(found, budget)
    title_terms = _terms(title)
    every = [
        _candidate(sentence, place, float(worth[place]), article) for place, sentence in enumerate(found)
    ]
    said = [each for each in every if each.terms]
    plain = [each for each in said if not is_furniture(each.text) and not _is_title(each, title_terms)]
    whole = [each for each in plain if is_whole(each.text) and is_sound(each.text)]
    loose = [_without_need(each) for each in whole]
    return [
        whole,
        loose,
        [_without_need(e) for e in plain if is_sound(e.text)],
        [_without_need(e) for e in said],
    ]


def _candidate(sentence: Sentence, place: int, rating: float, article: int) -> _Candidate:
    start, end = shown(sentence.text, opens_text=place == 0)
    text = sentence.text[start:end]
    return _Candidate(place, text, len(text.split()), rating, need(text), article, _terms(text))


def _without_need(each: _Candidate) -> _Candidate:
    return _Candidate(
        each.place, each.text, each.words, each.rating, Need.NOTHING, each.article, each.terms
    )


def _terms(text: str) -> frozenset[str]:
    return frozenset(search_terms(text[:_LONGEST_COMPARED])) - STOP_WORDS


def _is_title(each: _Candidate, title: frozenset[str]) -> bool:
    return bool(title) and len(each.terms & title) >= _IS_TITLE * len(each.terms)


def _choose(candidates: list[_Candidate], sentences: int | None, words: int | None) -> list[_Candidate]:
    if words is None:
        return _best_first(candidates, sentences or 0)
    room = int(words * ALLOWANCE + 1e-9)
    if sentences is not None:
        return _best_first(candidates, sentences, room=room)
    return _packed(candidates, room)


def _best_first(
    candidates: Sequence[_Candidate],
    count: int,
    handicap: Callable[[_Candidate, list[int]], float] | None = None,
    room: int | None = None,
) -> list[_Candidate]:
    """Up to `count` candidates, best rating first, each once what it needs before it is there."""
    chosen: list[_Candidate] = []
    waiting = sorted(candidates, key=lambda each: (-each.rating, each.article, each.place))
    for _ in range(max(_PASSES, count if handicap else 0)):
        if len(chosen) >= count or not waiting:
            break
        if handicap:
            held = [each.article for each in chosen]
            waiting.sort(key=lambda each: (handicap(each, held) - each.rating, each.article, each.place))
        before = len(chosen)
        for each in waiting:
            if len(chosen) >= count or (handicap and len(chosen) > before):
                break
            if room is not None and each.words > room:
                continue
            if _is_ready(each, chosen) and not _repeats(each, chosen):
                chosen.append(each)
                room = None if room is None else room - each.words
        if len(chosen) == before:
            break
        taken = {(each.article, each.place) for each in chosen}
        waiting = [each for each in waiting if (each.article, each.place) not in taken]
    return sorted(chosen, key=lambda each: (each.article, each.place))


def _packed(candidates: Sequence[_Candidate], room: int) -> list[_Candidate]:
    """The candidates that are worth most together in `room` words; a word is worth its sentence's
    rating squared, so that good sentences are not given up to fill the last gap."""
    able = list(candidates)
    chosen: list[_Candidate] = []
    for _ in range(_PASSES):
        sizes = np.array([each.words for each in able], dtype=np.int64)
        values = np.array([each.rating**2 * each.words for each in able])
        chosen = [able[place] for place in best_within(values, sizes, room)]
        bad = _misplaced(chosen)
        if not bad:
            break
        able = [each for each in able if each.place not in bad]
    kept: list[_Candidate] = []
    for each in chosen:
        if _is_ready(each, kept) and not _repeats(each, kept):
            kept.append(each)
    return _filled(kept, candidates, room - sum(each.words for each in kept))


def _misplaced(chosen: Sequence[_Candidate]) -> set[int]:
    """Places of those that lack what they need, or repeat one before them."""
    kept: list[_Candidate] = []
    bad = set()
    for each in chosen:
        if _is_ready(each, kept) and not _repeats(each, kept):
            kept.append(each)
        else:
            bad.add(each.place)
    return bad


def _filled(chosen: list[_Candidate], candidates: Sequence[_Candidate], room: int) -> list[_Candidate]:
    taken = {each.place for each in chosen}
    for each in sorted(candidates, key=lambda each: -each.rating):
        if each.words > room or each.place in taken:
            continue
        if _is_ready(each, chosen) and not _repeats(each, chosen):
            chosen.append(each)
            taken.add(each.place)
            room -= each.words
    return sorted(chosen, key=lambda each: each.place)


def _is_ready(each: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether what the candidate needs before it is among the chosen."""
    if each.need is Need.NOTHING:
        return True
    before = [
        other.place for other in chosen if other.article == each.article and other.place < each.place
    ]
    return bool(before) and (each.need is Need.SOMETHING or max(before) == each.place - 1)


def _repeats(each: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether it says nearly what one of the chosen says."""
    for other in chosen:
        fewest = min(len(each.terms), len(other.terms))
        if fewest and len(each.terms & other.terms) >= _REPEATS * fewest:
            return True
    return False

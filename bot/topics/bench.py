"""Measurements of topics: what readers' words bring up of labelled news, and what becomes of slips.

Pure functions over values that are handed in, and two that read files; printing is the command line's
business. How slips are made is told in slipping.py.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from statistics import quantiles
from time import thread_time
from typing import NamedTuple

from bot.arabic.folding import fold
from bot.arabic.words import search_terms
from bot.model import SearchQuery, TopicId
from bot.topics import own_words, slipping
from bot.topics.about import about
from bot.topics.lexicon import Lexicon, Topic
from bot.topics.names import names_of
from bot.topics.query import TopicAnswer, parse_search, parse_topics, words_of

SLIPS = 350
"""Slips of each kind."""
SEED = 1


class Report(NamedTuple):
    """An article of the labelled news."""

    id: str
    title: str
    text: str


class Label(NamedTuple):
    """Which articles are about a topic, and which count neither way."""

    topic: TopicId
    articles: frozenset[str]
    doubtful: frozenset[str]


class Score(NamedTuple):
    """One sort of words: how many questions, and the micro-averages over all their articles."""

    name: str
    questions: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Slips(NamedTuple):
    """What became of slips of one kind, as shares of `asked`."""

    kind: str
    asked: int
    right: float
    named: float
    """Another topic was guessed, and named as a guess."""
    searched: float
    """No topic: the words are searched for."""
    silent: float
    """Answered with another topic as if it had been asked for."""


class Speed(NamedTuple):
    """Milliseconds of a thread's own time for one question of a kind, none asked twice."""

    questions: int
    median: float
    p99: float
    most: float


def read_labels(path: Path) -> list[Label]:
    """JSON lines of {"topic", "articles", "doubtful"}."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Label(TopicId(one["topic"]), frozenset(one["articles"]), frozenset(one.get("doubtful", ())))
        for one in lines
    ]


def read_reports(path: Path) -> list[Report]:
    """JSON lines of {"id", "title", "text"}."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Report(one["id"], one["title"], one["text"]) for one in lines]


@dataclass(frozen=True)
class News:
    """Labelled news with what its articles are about."""

    reports: Sequence[Report]
    lexicon: Lexicon

    @cached_property
    def topics(self) -> Mapping[str, frozenset[TopicId]]:
        return {
            one.id: frozenset(weight.topic for weight in about(one.title, one.text, self.lexicon))
            for one in self.reports
        }

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        return {one.id: f" {' '.join(search_terms(f'{one.title} {one.text}'))} " for one in self.reports}

    @cached_property
    def _words(self) -> Sequence[str]:
        return [own_words.laid(f"{one.title}\n{one.text}") for one in self.reports]

    def answered(self, words: str) -> frozenset[str]:
        """The articles that /topic brings up for these words: a topic's, else those that hold them."""
        answer = parse_topics(words, self.lexicon)
        if self.is_searched(words, answer):
            return self._holding(parse_search(words))
        return self._about(answer)

    def is_searched(self, words: str, answer: TopicAnswer) -> bool:
        """As bot/answers/meaning.py asks the stored texts, but for what was written of late."""
        if not answer.selection:
            return True
        if answer.is_doubtful:
            return bool(self._holding(parse_search(words)))
        if not own_words.may_be_own(words, answer, self.lexicon):
            return False
        held = sum(own_words.stands(words, text) for text in self._words)
        return own_words.are_own(held, len(self._about(answer)))

    def common_words(self, least: int) -> list[str]:
        """The folded words that stand in so many articles, the commonest first."""
        counts = Counter(word for text in self._words for word in {*text.split()})
        return [word for word, articles in counts.most_common() if articles >= least]

    def _about(self, answer: TopicAnswer) -> frozenset[str]:
        return frozenset(
            id_ for id_, found in self.topics.items() if all(one & found for one in answer.selection)
        )

    def _holding(self, query: SearchQuery) -> frozenset[str]:
        wanted = [f" {' '.join(phrase)} " for phrase in query.phrases]
        if not wanted:
            return frozenset()
        return frozenset(
            id_ for id_, terms in self._terms.items() if all(one in terms for one in wanted)
        )


def scores(news: News, labels: Sequence[Label]) -> list[Score]:
    """Each sort of words that name the labelled topics, and slips in their names."""
    known = [(label, topic) for label in labels if (topic := news.lexicon.topic(label.topic))]
    sorts: Mapping[str, Callable[[Topic], Iterable[str]]] = {
        "Arabic names": lambda topic: [topic.names["ar"]],
        "variants and house spellings": house_spellings,
        "English": lambda topic: [topic.names["en"]],
        "French": lambda topic: [topic.names["fr"]],
        "other Latin spellings": lambda topic: filter(str.isascii, topic.spellings),
    }
    found = [
        _score(news, name, [(label, words) for label, topic in known for words in sort(topic)])
        for name, sort in sorts.items()
    ]
    slips = slips_of([topic for _, topic in known], news.lexicon, SLIPS, SEED)
    by_topic = {label.topic: label for label, _ in known}
    return [*found, _score(news, "slips", [(by_topic[one.topic], one.words) for one in slips])]


def _score(news: News, name: str, questions: Sequence[tuple[Label, str]]) -> Score:
    right = told = wanted = 0
    for label, words in questions:
        answered = news.answered(words) - label.doubtful
        right += len(answered & label.articles)
        told += len(answered)
        wanted += len(label.articles)
    return Score(name, len(questions), right / max(told, 1), right / max(wanted, 1))


def house_spellings(topic: Topic) -> list[str]:
    """A topic's Arabic spellings, each also without hamzas and dots as many type it."""
    arabic = [one for one in topic.spellings if not one.isascii() and fold(one)[0] > "\u0600"]
    plain = [one.translate(_TYPED) for one in arabic]
    return list(dict.fromkeys([*arabic[1:], *plain]))


_TYPED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و"})


class Slip(NamedTuple):
    topic: TopicId
    kind: str
    words: str


def slips_of(topics: Sequence[Topic], lexicon: Lexicon, each: int, seed: int) -> Iterator[Slip]:
    """So many slips of each kind in the topics' shown names, in turns of the three languages.

    Those that folding undoes are none, and those that spell another name exactly cannot be seen.
    """
    chance = Random(seed)  # noqa: S311 # figures must come out the same again
    names = names_of(lexicon)
    for kind in slipping.KINDS:
        made = 0
        for turn in range(each * 20):
            topic = chance.choice(topics)
            name = topic.names[("ar", "en", "fr")[turn % 3]]
            words = slipping.slip(name, kind, chance)
            if words != name and not names.exact(words_of(words)):
                yield Slip(topic.id, kind, words)
                made += 1
            if made == each:
                break


def slips(lexicon: Lexicon, each: int = SLIPS, seed: int = SEED) -> list[Slips]:
    """What becomes of slips in the names of all topics, kind by kind, and of all together."""
    became: dict[str, Counter[str]] = {kind: Counter() for kind in slipping.KINDS}
    for one in slips_of(lexicon.all(), lexicon, each, seed):
        became[one.kind][_outcome(one, lexicon)] += 1
    became["all"] = sum(became.values(), Counter())
    return [_shares(kind, counts) for kind, counts in became.items()]


def _outcome(slip: Slip, lexicon: Lexicon) -> str:
    answer = parse_topics(slip.words, lexicon)
    if answer.topics == (slip.topic,):
        return "right"
    if not answer.topics:
        return "searched"
    return "named" if answer.guessed else "silent"


def _shares(kind: str, counts: Counter[str]) -> Slips:
    asked = counts.total()
    share = {name: counts[name] / max(asked, 1) for name in ("right", "named", "searched", "silent")}
    return Slips(kind, asked, **share)


def same_answer(lexicon: Lexicon) -> tuple[int, list[str]]:
    """How many spellings there are, and those that do not bring up what their topic's name does."""
    asked = 0
    odd: list[str] = []
    for topic in lexicon.all():
        wanted = parse_topics(topic.names["ar"], lexicon).topics
        for spelling in topic.spellings:
            answer = parse_topics(spelling, lexicon)
            asked += 1
            if answer.topics != wanted or answer.guessed:
                odd.append(f"{spelling} ({topic.id})")
    return asked, odd


def speed(lexicon: Lexicon, each: int = 200, seed: int = SEED + 1) -> Speed:
    """Slips in names of all topics, resolved for the first time."""
    took = []
    for one in list(slips_of(lexicon.all(), lexicon, each, seed)):
        start = thread_time()
        parse_topics(one.words, lexicon)
        took.append((thread_time() - start) * 1000)
    cuts = quantiles(took, n=100)
    return Speed(len(took), cuts[49], cuts[98], max(took))

"""What readers may ask of a store, worst cases too.

Chosen by how words and topics meet in given articles: the same articles give the same questions. Pure;
nothing is asked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, pairwise
from random import Random
from typing import TypeVar

from bot.arabic.words import is_stop_word, term, tokens
from bot.model import NewArticle, SearchQuery, Selection, TopicId
from bot.texts.actions import PAGE, Latest, OnTopics, Search
from bot.texts.render_lists import Place
from bot.topics.lexicon import Lexicon
from bot.topics.lexicon_lines import Kind
from bot.topics.query import parse_search

T = TypeVar("T", bound=str)

EACH = 8
"""Questions of a kind."""
_COMMON_WORDS = 250
_COMMON_TOPICS = 40


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    selection: Selection
    place: Place | None = None
    """As a reader asks it; None for what no command asks yet."""
    offset: int = 0


@dataclass(slots=True)
class _Counted:
    """How many articles hold what, alone and in pairs."""

    articles: int = 0
    words: Counter[str] = field(default_factory=Counter)
    spelt: dict[str, str] = field(default_factory=dict)
    """A word of the texts for each term."""
    neighbours: Counter[tuple[str, str]] = field(default_factory=Counter)
    topics: Counter[TopicId] = field(default_factory=Counter)
    topic_pairs: Counter[tuple[TopicId, TopicId]] = field(default_factory=Counter)
    held: list[frozenset[str]] = field(default_factory=list)

    def add(self, new: NewArticle) -> None:
        found = [(token.text, term(token.folded)) for token in tokens(_text(new))]
        terms = frozenset(one for _, one in found)
        self.articles += 1
        self.words.update(terms)
        self.held.append(terms)
        for text, one in found:
            self.spelt.setdefault(one, text)
        self.neighbours.update(set(pairwise(one for _, one in found)))
        about = sorted(weight.topic for weight in new.analysis.topics)
        self.topics.update(about)
        self.topic_pairs.update(combinations(about, 2))


def questions(articles: Iterable[NewArticle], lexicon: Lexicon, seed: int = 1) -> list[Question]:
    """Some questions of each kind, those of a kind together; none where the articles have
    nothing to be asked about: no topic, or no word that says something."""
    counted = _Counted()
    for new in articles:
        counted.add(new)
    if not counted.topics or not _common(counted):
        return []
    chance = Random(seed)  # noqa: S311 - no secret
    return [
        Question("latest", Selection(), Latest()),
        *_about_topics(counted, lexicon),
        *_about_words(counted, chance),
        *_about_both(counted),
        *_later_pages(counted),
    ]


# --- topics ---------------------------------------------------------------------------------------


def _about_topics(counted: _Counted, lexicon: Lexicon) -> Iterator[Question]:
    ranked = [topic for topic, _ in counted.topics.most_common()]
    yield from (_topics("topic, common", topic) for topic in ranked[:EACH])
    yield from (_topics("topic, rare", topic) for topic in ranked[-EACH:])
    groups = [topic.id for topic in lexicon.all() if topic.kind is Kind.GROUP]
    groups.sort(key=lambda group: -sum(counted.topics[one] for one in lexicon.members(group)))
    for group in groups[:EACH]:
        selection = Selection(topics=(lexicon.members(group),))
        yield Question("topic, a group of many", selection, OnTopics(((group,),)))
    often, rarely = _pairs(ranked[:_COMMON_TOPICS], counted.topics, counted.topic_pairs)
    yield from (_topics("two topics that meet", *pair) for pair in often)
    yield from (_topics("two topics that rarely meet", *pair) for pair in rarely)
    for (one, other), (third, fourth) in zip(rarely, often, strict=True):
        three = dict.fromkeys((one, other, third, fourth))
        yield _topics("three topics", *list(three)[:3])


def _topics(kind: str, *topics: TopicId, offset: int = 0) -> Question:
    groups = tuple((topic,) for topic in topics)
    selection = Selection(topics=tuple(frozenset(group) for group in groups))
    return Question(kind, selection, OnTopics(groups, offset), offset)


# --- words ----------------------------------------------------------------------------------------


def _about_words(counted: _Counted, chance: Random) -> Iterator[Question]:
    ranked = [word for word, _ in counted.words.most_common() if _asks_for_itself(word, counted)]
    common, rare = _common(counted), ranked[len(ranked) // 2 :]
    yield from (_search("word, commonest", word, counted) for word in ranked[:EACH])
    yield from (_search("word, common", word, counted) for word in _some(common, chance))
    yield from (_search("word, rare", word, counted) for word in _some(rare, chance))
    for _ in range(EACH):
        unknown = "".join(chance.choice("بتثجحخدذرزسشصضطظعغفقكلمنه") for _ in range(12))
        yield _asked("word that no article holds", unknown)
        yield _asked("word and one that none holds", f"{counted.spelt[common[0]]} {unknown}")
    often, rarely = _pairs(common, counted.words, _meetings(common, counted))
    yield from (_search("two words that meet", " ".join(pair), counted) for pair in often)
    yield from (_search("two words that rarely meet", " ".join(pair), counted) for pair in rarely)
    yield from _phrases(counted, common, often)
    for word in _some(common, chance):
        other = counted.spelt[chance.choice(common)]
        yield _asked("word without another", f"{counted.spelt[word]} -{other}")
    for word in _some(common, chance):
        commonest = counted.spelt[ranked[0]]
        yield _asked("word without the commonest", f"{counted.spelt[word]} -{commonest}")
    for word in _some(common, chance):
        several = " ".join(f"-{counted.spelt[one]}" for one in common[:4] if one != word)
        yield _asked("word without several", f"{counted.spelt[word]} {several}")


def _phrases(
    counted: _Counted, common: Sequence[str], often: Sequence[tuple[str, str]]
) -> Iterator[Question]:
    wanted = set(common)
    told = [pair for pair, _ in counted.neighbours.most_common() if set(pair) <= wanted]
    for pair in told[:EACH]:
        yield _search("phrase, common", f'"{counted.spelt[pair[0]]} {counted.spelt[pair[1]]}"', None)
    seldom = [pair for pair in told if counted.neighbours[pair] == 1]
    for pair in seldom[:EACH]:
        yield _search("phrase, rare", f'"{counted.spelt[pair[0]]} {counted.spelt[pair[1]]}"', None)
    never = (pair for pair in often if pair not in counted.neighbours)
    backwards = (
        (b, a)
        for a, b in told
        if (b, a) not in counted.neighbours and min(counted.words[a], counted.words[b]) > 1
    )
    for pair in islice((*never, *backwards), EACH):
        text = f'"{counted.spelt[pair[0]]} {counted.spelt[pair[1]]}"'
        yield _search("phrase that none holds, of common words", text, None)


def _common(counted: _Counted) -> list[str]:
    """Words that say something, the commonest first."""
    ranked = (word for word, _ in counted.words.most_common())
    told = (word for word in ranked if not is_stop_word(word) and _asks_for_itself(word, counted))
    return [word for word in islice(told, _COMMON_WORDS) if len(word) > 2]


def _asks_for_itself(word: str, counted: _Counted) -> bool:
    return parse_search(counted.spelt[word]).phrases == ((word,),)


def _search(kind: str, words: str, counted: _Counted | None) -> Question:
    """Terms become words of the texts again, as a reader writes them."""
    if counted is not None:
        words = " ".join(counted.spelt[word] for word in words.split())
    return _asked(kind, words)


def _asked(kind: str, words: str, offset: int = 0) -> Question:
    return Question(kind, Selection(query=parse_search(words)), Search(words, offset), offset)


# --- both, and pages ------------------------------------------------------------------------------


def _about_both(counted: _Counted) -> Iterator[Question]:
    words = _common(counted)
    topics = [topic for topic, _ in counted.topics.most_common(EACH)]
    for topic, word in zip(topics, words, strict=False):
        yield _both("topic and word", topic, word)
    for topic, word in zip(topics, reversed(words), strict=False):
        yield _both("topic and word, seldom", topic, word)


def _both(kind: str, topic: TopicId, word: str) -> Question:
    selection = Selection((frozenset((topic,)),), SearchQuery(((word,),)))
    return Question(kind, selection)


def _later_pages(counted: _Counted) -> Iterator[Question]:
    [(topic, _)], word = counted.topics.most_common(1), counted.spelt[_common(counted)[0]]
    for page in (2, 20, 100):
        offset = (page - 1) * PAGE
        yield Question(f"page {page}", Selection(), Latest(offset), offset)
        yield _topics(f"page {page}", topic, offset=offset)
        yield _asked(f"page {page}", word, offset)


# --- pairs ----------------------------------------------------------------------------------------


def _meetings(words: Sequence[str], counted: _Counted) -> Counter[tuple[str, str]]:
    wanted = frozenset(words)
    meetings: Counter[tuple[str, str]] = Counter()
    for held in counted.held:
        meetings.update(combinations(sorted(held & wanted), 2))
    return meetings


def _pairs(
    names: Sequence[T], alone: Counter[T], together: Counter[tuple[T, T]]
) -> tuple[list[tuple[T, T]], list[tuple[T, T]]]:
    """The pairs that meet most often; the commonest that meet least, for what each could."""
    pairs = [(a, b) if a < b else (b, a) for a, b in combinations(names, 2)]
    often = sorted(pairs, key=lambda pair: -together[pair])
    rarely = sorted(
        pairs,
        key=lambda pair: (together[pair] / (least := min(alone[one] for one in pair)), -least),
    )
    return often[:EACH], rarely[:EACH]


def _some(items: Sequence[str], chance: Random) -> list[str]:
    return chance.sample(items, min(EACH, len(items)))


def _text(new: NewArticle) -> str:
    return f"{new.article.title}\n{new.article.body}"

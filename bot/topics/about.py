"""What an article is about, as against what it mentions: weighed by where it is named and how often.

The words that speak for a topic are the lexicon's; this file holds the weights alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.arabic.words import words
from bot.model import TopicId, TopicWeight
from bot.topics.lexicon import Lexicon, Topic
from bot.topics.lexicon_lines import Kind
from bot.topics.phrases import Hit, Strength

THRESHOLD = 0.5
"""Articles whose weight for a topic is less only mention it."""
MOST = 12
"""Topics that an article can be about."""

_LONGEST = 3_000
"""Words of a body that are read."""
_LEAD = 45
"""Words of a body that open it: two sentences of a news report."""
_WORTH = {Strength.NAME: 1.0, Strength.PEOPLE: 0.8, Strength.SHORT: 1.0, Strength.SIGN: 0.45}
_LENT = 0.6
"""What a hit of a city, person or body is worth for the country that it belongs to."""
_TITLE, _START, _SHARE = 0.5, 0.35, 0.5
"""The most that title, start and share of the text can each say (joined as chances are)."""
_FULL_SHARE = 0.03
"""Hits for each word of the text from which on more say no more: three in a hundred."""


@dataclass(slots=True)
class _Evidence:
    """What was found of one topic."""

    title: float = 0.0
    lead: float = 0.0
    all: float = 0.0
    names: int = 0
    signs: set[tuple[str, ...]] = field(default_factory=set)


def about(title: str, body: str, lexicon: Lexicon) -> tuple[TopicWeight, ...]:
    """The topics that an article is about, heaviest first, with weights from THRESHOLD to 1."""
    head = words(title)
    text = words(without_dateline(body))[:_LONGEST]
    evidence = _gather(head, text, lexicon)
    weights = [
        TopicWeight(topic, round(min(weight, 1.0), 3))
        for topic, found in evidence.items()
        if (weight := _weight(found, len(text), lexicon.topics[topic].kind)) >= THRESHOLD
    ]
    weights.sort(key=lambda one: (-one.weight, one.topic))
    return tuple(weights[:MOST])


_DATELINE = re.compile(r"\s*[^\n()]{0,60}\((?:[A-Za-z ]{2,20}|[ء-ي ]{2,20})\)\s*(?:--|[-–—:])")
"""`القاهرة (وكالة) --`: where a report was written, which is not what it is about."""


def without_dateline(body: str) -> str:
    found = _DATELINE.match(body)
    return body[found.end() :] if found else body


def _gather(head: Sequence[str], text: Sequence[str], lexicon: Lexicon) -> Mapping[TopicId, _Evidence]:
    titled, told = _settled(list(lexicon.phrases.find(head)), list(lexicon.phrases.find(text)))
    spoken = _spoken_of([*titled, *told], lexicon)
    evidence: defaultdict[TopicId, _Evidence] = defaultdict(_Evidence)
    for hits, said in ((titled, head), (told, text)):
        before: Hit | None = None
        for hit in hits:
            for topic, worth in _speaks_for(hit, before, said, spoken, lexicon).items():
                found = evidence[topic]
                if said is head:
                    found.title = max(found.title, worth)
                else:
                    found.all += worth
                    found.lead = max(found.lead, worth if hit.start < _LEAD else 0.0)
                if worth >= _LENT:
                    found.names += 1
                found.signs.add(tuple(said[hit.start : hit.end]))
            before = hit
    return evidence


def _settled(titled: Sequence[Hit], told: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The hits, first names as full ones, or as short ones where a `not` of their topic stands."""
    other = {
        topic
        for hits in (titled, told)
        for hit in hits
        for topic, strength in hit.meanings
        if strength is Strength.NOT
    }

    def settled(hit: Hit) -> Hit:
        if all(strength is not Strength.FIRST for _, strength in hit.meanings):
            return hit
        meanings = (
            (topic, strength)
            if strength is not Strength.FIRST
            else (topic, Strength.SHORT if topic in other else Strength.NAME)
            for topic, strength in hit.meanings
        )
        return replace(hit, meanings=tuple(meanings))

    return [settled(hit) for hit in titled], [settled(hit) for hit in told]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a text speaks of beyond doubt."""

    named: frozenset[TopicId]
    """Topics that are named in full."""
    worth: Mapping[TopicId, float]
    """Of each topic all words that speak for it, or for what belongs to it, and for no other's name."""

    def counts_short(self, topic: Topic) -> bool:
        """Whether a topic's short names mean it here."""
        if topic.id in self.named or topic.id in self.worth:
            return True
        return any(self.worth.get(one, 0.0) >= _BESIDE for one in topic.beside)

    def told(self, topic: Topic) -> float:
        """How much is said of the topic and of what it belongs to."""
        whole = sum(self.worth.get(one, 0.0) for one in topic.of)
        return _OWN * self.worth.get(topic.id, 0.0) + whole


_BESIDE = _WORTH[Strength.PEOPLE]
"""What a text must say of one topic for another's short names: an adjective, a name, or two signs."""
_OWN = 3
"""A visit from Washington to Tbilisi speaks of the country Georgia, however often it names America."""
_NAMING = frozenset((Strength.NAME, Strength.PEOPLE, Strength.SHORT))


def _spoken_of(hits: Sequence[Hit], lexicon: Lexicon) -> _Spoken:
    worth: defaultdict[TopicId, float] = defaultdict(float)
    for hit in hits:
        if sum(strength in _NAMING for _, strength in hit.meanings) > 1:
            continue
        for topic, strength in hit.meanings:
            if strength not in (Strength.NOT, Strength.SHORT):
                for one in (topic, *lexicon.topics[topic].of):
                    worth[one] += _WORTH[strength]
    return _Spoken(_named_in_full(hits), worth)


def _named_in_full(hits: Iterable[Hit]) -> frozenset[TopicId]:
    return frozenset(
        topic for hit in hits for topic, strength in hit.meanings if strength is Strength.NAME
    )


_OUTLETS = frozenset(
    re.findall(
        r"\w+",
        "صحيفه الصحيفه وكاله الوكاله قناه القناه مجله المجله شبكه الشبكه اذاعه الاذاعه موقع "
        "تلفزيون جريده",
    )
)
_OUTLET_REACH = 4


def _speaks_for(
    hit: Hit, before: Hit | None, words: Sequence[str], spoken: _Spoken, lexicon: Lexicon
) -> dict[TopicId, float]:
    """What a hit is worth to each topic."""
    worths: dict[TopicId, float] = {}
    for topic, strength in _meant(hit, spoken, lexicon):
        if strength is Strength.NOT:
            continue
        if strength is Strength.PEOPLE and _says_whence(hit, before, words, lexicon):
            continue
        worth = _WORTH[strength]
        worths[topic] = max(worths.get(topic, 0.0), worth)
        for of in lexicon.topics[topic].of:
            kind = lexicon.topics[of].kind
            lent = worth * (1.0 if kind is Kind.SUBJECT else _LENT)
            worths[of] = max(worths.get(of, 0.0), lent)
    return worths


def _says_whence(hit: Hit, before: Hit | None, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether an adjective only says where a newspaper or a club is from (صحيفة الشرق القطرية)."""
    if any(word.lstrip("وبل") in _OUTLETS or word in _OUTLETS
           for word in words[max(hit.start - _OUTLET_REACH, 0) : hit.start]):  # fmt: skip
        return True
    if before is None or before.end != hit.start:
        return False
    return any(
        lexicon.topics[topic].kind is Kind.ORGANISATION
        and any(lexicon.topics[of].kind is Kind.SUBJECT for of in lexicon.topics[topic].of)
        for topic, _ in before.meanings
    )


def _meant(hit: Hit, spoken: _Spoken, lexicon: Lexicon) -> Sequence[tuple[TopicId, Strength]]:
    """The meanings of a hit; of topics with one name (عمان) the one that the text speaks of most.

    Where it speaks of none, that is the first of the lexicon.
    """
    said = [(topic, strength) for topic, strength in hit.meanings
            if strength is not Strength.SHORT or spoken.counts_short(lexicon.topics[topic])]  # fmt: skip
    named = [lexicon.topics[topic] for topic, strength in said if strength in _NAMING]
    # what one of them belongs to is no namesake: الجيش الإسرائيلي names the army and its country
    whole = {of for topic in named for of in topic.of}
    rivals = [topic for topic in named if topic.id not in whole]
    if len(rivals) < 2:
        return said
    chosen = max(rivals, key=spoken.told)
    lost = {id_ for topic in rivals for id_ in (topic.id, *topic.of)} - {chosen.id, *chosen.of}
    return [(topic, strength) for topic, strength in said if topic not in lost]


def _weight(found: _Evidence, words: int, kind: Kind) -> float:
    """Title, start and share of the text joined as independent chances are: 1 - (1-a)(1-b)(1-c)."""
    share = min(found.all / max(words, 30) / _FULL_SHARE, 1.0)
    variety = min(len(found.signs) / 4, 1.0) if kind is Kind.SUBJECT and not found.names else 1.0
    doubt = (1 - _TITLE * found.title) * (1 - _START * found.lead) * (1 - _SHARE * share * variety)
    return 1 - doubt

"""Any number of articles made of a few real ones: for measuring a large store.

Paragraphs are recombined among articles of one main topic, so that words meet about as they do in news;
stories, sources and times are drawn by chance, the same for the same seed. Nothing is stored or measured
here.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from random import Random

from bot.arabic.words import search_terms
from bot.intake.links import same_page
from bot.model import Analysis, Article, Fingerprint, NewArticle, TopicId, TopicWeight

A_DAY = 1_400
"""Articles of one day: what a large instance with some hundred feeds takes in."""
_JOINING = 0.5
"""The share of articles that join a story; it is drawn from the articles before, so that great stories
grow faster."""
_WINDOW = 3 * A_DAY
_OWN, _BORROWED = 0.4, 0.2
"""The paragraphs of an imagined article: shares of its original's and of another's about the topic."""
_LENT_TOPIC = 0.3
_FINGERPRINT = 79


@dataclass(frozen=True, slots=True)
class Original:
    """A real article in the pieces that others are made of."""

    new: NewArticle
    paragraphs: tuple[str, ...]
    terms: tuple[str, ...]
    """The search terms of each paragraph, parted by spaces."""

    @property
    def topic(self) -> TopicId | None:
        return self.new.analysis.topics[0].topic if self.new.analysis.topics else None


@dataclass(frozen=True, slots=True)
class Imagined:
    new: NewArticle
    joins: int | None
    """The place, counted from 0, of an earlier article of its story; None for a new story."""


def original(new: NewArticle) -> Original:
    paragraphs = tuple(new.article.body.split("\n"))
    return Original(new, paragraphs, tuple(" ".join(search_terms(text)) for text in paragraphs))


def imagined(originals: Sequence[Original], first: datetime, seed: int) -> Iterator[Imagined]:
    """Articles without end, each published after the one before, from `first` on."""
    chance = Random(seed)  # noqa: S311 - no secret
    by_topic: defaultdict[TopicId | None, list[Original]] = defaultdict(list)
    for one in originals:
        by_topic[one.topic].append(one)
    founders: list[tuple[int, Original]] = []
    """Of the articles that can be joined: the place of their story's first one, and its original."""
    for place in count():
        joined = _joined(place, founders, chance)
        founder = place if joined is None else founders[joined % _WINDOW][0]
        base = chance.choice(originals) if joined is None else founders[joined % _WINDOW][1]
        entry = (founder, base)
        if place < _WINDOW:
            founders.append(entry)
        else:
            founders[place % _WINDOW] = entry
        when = first + timedelta(days=1) * place / A_DAY
        yield Imagined(_article(place, founder, base, by_topic[base.topic], when, chance), joined)


def _joined(place: int, founders: Sequence[tuple[int, Original]], chance: Random) -> int | None:
    """The earlier article whose story the next one joins, unless that has grown too old."""
    if not place or chance.random() >= _JOINING:
        return None
    joined = chance.randrange(max(0, place - _WINDOW), place)
    return joined if founders[joined % _WINDOW][0] > place - _WINDOW else None


def _article(
    place: int, founder: int, base: Original, alike: Sequence[Original], when: datetime, chance: Random
) -> NewArticle:
    lender = chance.choice(alike)
    chosen = _some(base, _OWN, chance) + _some(lender, _BORROWED, chance)
    name = f"N{founder}"  # what the story alone tells of, as a name in the news is
    before, analysed = base.new.article, base.new.analysis
    address = f"https://news.example/{_digest(f'address {place}')}"
    article = Article(
        title=before.title,
        body="\n".join((*(text for text, _ in chosen), name)),
        published=when,
        received=when + timedelta(minutes=2),
        url=address,
        source=before.source,
        category=before.category,
    )
    analysis = Analysis(
        summary=analysed.summary,
        topics=_topics(base, lender, chance),
        fingerprint=Fingerprint.of([(name.lower(), 3.0), *islice(analysed.fingerprint, _FINGERPRINT)]),
        words_digest=_digest(f"words {place}"),
        search_title=analysed.search_title,
        search_body=" ".join((*(terms for _, terms in chosen), name.lower())),
    )
    return NewArticle(article, analysis, (same_page(address),))


def _some(one: Original, share: float, chance: Random) -> list[tuple[str, str]]:
    """Some of the paragraphs with their terms, one at least."""
    pieces = list(zip(one.paragraphs, one.terms, strict=True))
    return chance.sample(pieces, max(1, round(share * len(pieces))))


def _topics(base: Original, lender: Original, chance: Random) -> tuple[TopicWeight, ...]:
    own = base.new.analysis.topics
    held = {one.topic for one in own}
    lent = [one for one in lender.new.analysis.topics if one.topic not in held]
    return (*own, *(one for one in lent if chance.random() < _LENT_TOPIC))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

"""Articles, what is worked out of them, and what became of those that were stored."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.ids import ArticleId, StoryId, TopicId


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned: its body holds the article's own paragraphs and nothing around them."""

    title: str
    body: str
    """Paragraphs parted by one newline, each verbatim."""
    published: datetime
    """Never later than `received`; equal to it where the source gave no time."""
    received: datetime
    url: str = ""
    source: str = ""
    category: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class TopicWeight:
    """How much an article is about a topic: 0 (not at all) to 1 (about nothing else)."""

    topic: TopicId
    weight: float


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an article is about, for telling stories: its folded terms, each once, heaviest first."""

    terms: tuple[str, ...] = ()
    weights: array[float] = field(default_factory=lambda: array("d"))
    """Of each term, above 0."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, float]]) -> Fingerprint:
        terms, weights = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
        return cls(terms, array("d", weights))

    def __iter__(self) -> Iterator[tuple[str, float]]:
        return zip(self.terms, self.weights, strict=True)

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is worked out of an article once, when it comes in."""

    summary: tuple[str, ...]
    """Whole sentences of the body, verbatim, in its order."""
    topics: tuple[TopicWeight, ...]
    """The topics it is about, heaviest first."""
    fingerprint: Fingerprint
    words_digest: str
    """Hex digest of its folded words: two articles with the same words have the same digest."""
    search_title: str
    search_body: str
    """Folded search terms parted by single spaces (bot.arabic.words.search_terms)."""
    sketch: bytes = b""
    """By which near-copies are told (bot.stories.sketch); empty for a very short text."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article ready to be stored."""

    article: Article
    analysis: Analysis
    names: tuple[str, ...] = ()
    """What it is known by besides its address as it was given: its page, a channel's post."""


class AddedStatus(StrEnum):
    STORED = "stored"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article that was handed to storage."""

    status: AddedStatus
    id: ArticleId
    story: StoryId
    title: str
    """The stored title (of the older one, where the article was known)."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as lists and story cards need it: without its body."""

    id: ArticleId
    story: StoryId
    title: str
    url: str
    source: str
    published: datetime
    received: datetime
    summary: tuple[str, ...]
    topics: tuple[TopicId, ...]
    copy_of: ArticleId | None = None
    """The article of the same story whose words it repeats nearly: one agency's report in two
    outlets."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The words of one stored article."""

    id: ArticleId
    title: str
    source: str
    published: datetime
    body: str

"""Lists of stories: which articles they show, and a page of one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.ids import ArticleId, TopicId
from bot.model.stories import Story


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Folded search terms: every phrase must stand in an article, no excluded one may.

    A single word is a phrase of one term. An empty query finds nothing.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles a list shows. Nothing set: all news.

    Topics and words narrow each other; a source stands alone, since nothing asks for it with either:
    ValueError where it does not.
    """

    topics: tuple[frozenset[TopicId], ...] = ()
    """An article must be about at least one topic of each set."""
    query: SearchQuery | None = None
    source: str | None = None
    """Its name as it is stored."""

    def __post_init__(self) -> None:
        if self.source is not None and (self.topics or self.query is not None):
            raise ValueError("a source is selected alone, without topics and words")


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of a list of stories, each once, newest first by its newest matching article."""

    stories: tuple[Story, ...]
    more: bool
    """Whether another page follows."""
    found: tuple[ArticleId, ...] = ()
    """Of each story the article by which it has its place: the newest that matches and is shown. None
    of a list of all news as it is."""

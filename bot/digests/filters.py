"""What of a story a chat is shown: without muted sources, unwanted words, or what lacks a wanted one.

Pure. Words count wherever they stand in the texts of the story's shown articles, as readers expect it of
words that must or must not stand in a story. They match as in a search: whole words, with and without
particles, spelling variants joined; several words are a phrase. Which articles hold them is told by the
full text, so that no text has to be read for it (gather.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.words import search_terms
from bot.model import ArticleId, Preferences, Story

Phrases = tuple[tuple[str, ...], ...]
"""Search terms, those of a phrase one after the other."""


@dataclass(frozen=True, slots=True)
class Held:
    """The articles that hold any of a chat's words."""

    wanted: Collection[ArticleId] = frozenset()
    unwanted: Collection[ArticleId] = frozenset()


NOTHING = Held()
"""For a chat that chose no words."""


def shown(story: Story, preferences: Preferences, held: Held) -> Story | None:
    """The story as the chat's digests have it; None where they leave it out."""
    left = listed(story, preferences, held)
    if left is None or (phrases(preferences.wanted) and not _any_in(left, held.wanted)):
        return None
    return left


def listed(story: Story, preferences: Preferences, held: Held) -> Story | None:
    """The story as lists show it, where the wanted words do not count: a reader asked for these."""
    left = _unmuted(story, preferences.muted)
    if left is None or _any_in(left, held.unwanted):
        return None
    return left


def limits_lists(preferences: Preferences) -> bool:
    """Whether any story could be left out of a list or changed in it."""
    return bool(preferences.muted or preferences.unwanted)


@lru_cache(maxsize=1 << 10)
def phrases(words: tuple[str, ...]) -> Phrases:
    """The search terms of each word or phrase as the reader wrote it; those without any are left out."""
    return tuple(tuple(found) for word in words if (found := search_terms(word)))


def _unmuted(story: Story, muted: Sequence[str]) -> Story | None:
    if not muted:
        return story
    kept = tuple(article for article in story.articles if article.source not in muted)
    if len(kept) == len(story.articles):
        return story
    return Story(story.id, kept) if kept else None


def _any_in(story: Story, articles: Collection[ArticleId]) -> bool:
    return bool(articles) and any(article.id in articles for article in story.articles)

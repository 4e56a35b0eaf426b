"""What of a story a chat is shown: without muted sources, unwanted words, or what lacks a wanted one.

Pure. Words are looked for in the titles and the summaries of the story's shown articles: a digest reads
a day's articles without their bodies, and what an article is about stands in those two. They match as
in a search: whole words, with and without particles, spelling variants joined; several words are a
phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.arabic.words import search_terms
from bot.model import Preferences, Story

_Phrase = tuple[str, ...]


def shown(story: Story, preferences: Preferences) -> Story | None:
    """The story as the chat's digests have it; None where they leave it out."""
    left = listed(story, preferences)
    wanted = _phrases(preferences.wanted)
    if left is None or (wanted and not _holds(left, wanted)):
        return None
    return left


def listed(story: Story, preferences: Preferences) -> Story | None:
    """The story as lists show it, where the wanted words do not count: a reader asked for these."""
    left = _unmuted(story, preferences.muted)
    if left is None or _holds(left, _phrases(preferences.unwanted)):
        return None
    return left


def limits_lists(preferences: Preferences) -> bool:
    """Whether any story could be left out of a list or changed in it."""
    return bool(preferences.muted or preferences.unwanted)


def _unmuted(story: Story, muted: Sequence[str]) -> Story | None:
    if not muted:
        return story
    kept = tuple(article for article in story.articles if article.source not in muted)
    if len(kept) == len(story.articles):
        return story
    return Story(story.id, kept) if kept else None


def _holds(story: Story, phrases: Sequence[_Phrase]) -> bool:
    if not phrases:
        return False
    return any(_stands_in(phrase, text) for text in _texts(story) for phrase in phrases)


def _stands_in(phrase: _Phrase, text: str) -> bool:
    return f" {' '.join(phrase)} " in text


def _texts(story: Story) -> list[str]:
    return [text for article in story.articles for text in _terms(article.title, article.summary)]


# 30 microseconds an article: chats by the thousand look at the same ones
@lru_cache(maxsize=1 << 12)
def _terms(title: str, summary: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {' '.join(search_terms(text))} " for text in (title, *summary))


@lru_cache(maxsize=1 << 10)
def _phrases(words: tuple[str, ...]) -> tuple[_Phrase, ...]:
    """The search terms of each word or phrase as the reader wrote it; one without terms is left out."""
    return tuple(found for word in words if (found := tuple(search_terms(word))))

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


def _holds(story: Story, phrases: Sequence[str]) -> bool:
    if not phrases:
        return False
    texts = [_terms(article.title, article.summary) for article in story.articles]
    return any(phrase in text for text in texts for phrase in phrases)


# As many as one digest looks at (Articles.arrived): with fewer, chats that each have words of their own
# would read them all anew. 50 microseconds an article the first time, 12 to look for twenty words after
# that; 27 MB besides the texts where there are ever so many.
@lru_cache(maxsize=20_000)
def _terms(title: str, summary: tuple[str, ...]) -> str:
    """The search terms of title and sentences between spaces; a bar, which is no term, parts them."""
    return f" {' | '.join(' '.join(search_terms(text)) for text in (title, *summary))} "


@lru_cache(maxsize=1 << 10)
def _phrases(words: tuple[str, ...]) -> tuple[str, ...]:
    """The search terms of each word or phrase as the reader wrote it, between spaces."""
    return tuple(f" {' '.join(found)} " for word in words if (found := search_terms(word)))

"""Which stored source a reader's words or a button name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.model import SourceCount
from bot.texts.settings_actions import mark
from bot.topics.outlets import outlet
from bot.topics.query import TopicAnswer, words_of


def source_named(counts: Sequence[SourceCount], words: str) -> str | None:
    """The source of exactly this name, spelling variants of letters aside (الجزيره is الجزيرة, جزيرة is
    neither), else the one of the outlet that is called so (skynews is سكاي نيوز): the one that is spelt
    so, else the first; None where there is none."""
    names = [count.name for count in counts]
    if words in names:
        return words
    wanted = _folded(words)
    spelt = next((name for name in names if wanted and _folded(name) == wanted), None)
    return spelt or _of_outlet(names, outlet(wanted))


def _of_outlet(names: Sequence[str], wanted: int | None) -> str | None:
    """The first source of an outlet."""
    if wanted is None:
        return None
    return next((name for name in names if outlet(_folded(name)) == wanted), None)


def source_marked(counts: Sequence[SourceCount], digest: str) -> str | None:
    """The source that a button names; None where nothing came from it or is left of it."""
    return next((count.name for count in counts if mark(count.name) == digest), None)


def is_topic(answer: TopicAnswer) -> bool:
    """Whether words are a topic's name just as they were spelt, which comes before a source's."""
    return bool(answer.selection) and not answer.guessed


# each question is compared with all sources, which are the same ones for long
@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    return words_of(name)

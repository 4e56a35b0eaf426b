"""What a button or a typed word makes of a chat's choices. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.arabic.words import search_terms
from bot.model import EVERY_DAY, Preferences
from bot.texts import settings_pages
from bot.texts.settings_actions import (
    DropWord,
    Page,
    SetDay,
    SetDays,
    SetDigits,
    SetHijri,
    SetLength,
    SetMonths,
    SetQuiet,
    SettingsAction,
    mark,
)
from bot.texts.voice import WORKDAYS

MOST_TIMES = 6
"""Digests a day."""

MOST_TOPICS = 50
"""Topics that a chat follows, and as many that its digests are limited to."""

_SIGNED = re.compile(r"(?:^|(?<=\s))([+＋\-−–])\s*")


def is_signed(text: str) -> bool:
    """Whether the text begins with a sign before a word, not with a place."""
    return _SIGNED.match(text) is not None


def chosen_days(days: Sequence[int], action: SetDay | SetDays) -> tuple[int, ...]:
    """The weekdays after the button, sorted; empty where none would be left."""
    if isinstance(action, SetDays):
        return EVERY_DAY if action.every else WORKDAYS
    kept = {*days, action.day} if action.on else {*days} - {action.day}
    return tuple(sorted(kept))


def with_choice(old: Preferences, action: SettingsAction) -> tuple[Preferences, Page]:
    """The preferences after a button that sets one of them, and the page that it stands on."""
    match action:
        case SetLength(length):
            return replace(old, length=length), Page.LENGTH
        case SetDigits(digits):
            return replace(old, digits=digits), Page.DIGITS
        case SetMonths(months):
            return replace(old, months=months), Page.DATES
        case SetHijri(on):
            return replace(old, hijri=on), Page.DATES
        case SetQuiet(hours):
            return replace(old, quiet=settings_pages.as_times(hours)), Page.QUIET
        case DropWord(digest, wanted):
            return without_word(old, digest, wanted=wanted), Page.WORDS
        case _:
            raise AssertionError(f"{action} sets no preference")


def signed_words(text: str) -> list[tuple[bool, str]]:
    """(whether it is wanted, word or phrase) for each sign: `+غزة -كرة القدم، السلة`."""
    _, *parts = _SIGNED.split(text)
    signed = zip(parts[::2], parts[1::2], strict=True)
    return [
        (sign in "+＋", word.strip(" \"'«»“”"))
        for sign, words in signed
        for word in re.split("[،,;؛]", words)
    ]


def with_word(old: Preferences, word: str, *, wanted: bool) -> Preferences:
    """The word among those wanted or unwanted, no longer among the others; each meaning once."""
    terms = search_terms(word)
    ours, others = (old.wanted, old.unwanted) if wanted else (old.unwanted, old.wanted)
    if not any(search_terms(known) == terms for known in ours):
        ours = (*ours, word)
    others = tuple(known for known in others if search_terms(known) != terms)
    here, there = (ours, others) if wanted else (others, ours)
    return replace(old, wanted=here, unwanted=there)


def without_word(old: Preferences, digest: str, *, wanted: bool) -> Preferences:
    kept = tuple(word for word in (old.wanted if wanted else old.unwanted) if mark(word) != digest)
    return replace(old, wanted=kept) if wanted else replace(old, unwanted=kept)

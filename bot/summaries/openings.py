"""What a sentence leans on, told by its opening words: may it be the first, may it stand alone.

The words stand in openings.txt and opening_pairs.txt. Who may stand for other reasons is decided in
standing.py, what is chosen in summarise.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from bot.arabic.lists import read_lines, read_sections
from bot.arabic.stemming import STOP_WORDS, split_prefix
from bot.arabic.words import fold


class Need(IntEnum):
    """What a sentence needs before it."""

    NOTHING = 0
    SOMETHING = 1
    """It goes on from what was said: it cannot be the first (وأضاف الوزير, وفي المساء)."""
    PREDECESSOR = 2
    """It points at the sentence right before it (من جهته, وهو, وأضاف أن, كما)."""


_OPENINGS = read_sections("openings.txt", "bot.summaries")
_PAIRS = frozenset(
    tuple(fold(line).split()) for line in read_lines("opening_pairs.txt", "bot.summaries") if line
)
_NEGATED = frozenset(fold("ولم ولن ولا وقد").split())
_SPEECH_FOLLOWS = re.compile(r"\W*\w+\s*[:\"“«‹„]")
_NAME_AND_COLON = re.compile(r"\W*\w+\s+\w+\s*:")
_NAME_AND_SPEECH = re.compile(r"\W*\w+\s+\w+\s*[:\"“«‹„]")
_FIRST = 3
"""Opening words among which one that points is looked for."""


def need(words: Sequence[str], text: str = "", *, opens_text: bool = False) -> Need:
    """What a sentence needs before it. words: its first words, folded; text: as it is written.

    The first sentence of a text says "this" of what it is about to tell, and what looks there like a
    report that goes on is mostly another verb (ودعت: called, and said farewell).
    """
    opening = tuple(words[: _FIRST + 1])
    if not opening:
        return Need.NOTHING
    if opening[0] in _OPENINGS["pointing"] or opening[:2] in _PAIRS:
        return Need.PREDECESSOR
    return Need.NOTHING if opens_text else _need_inside(opening, text)


def _need_inside(opening: tuple[str, ...], text: str) -> Need:
    first = opening[0]
    if _points(opening):
        return Need.PREDECESSOR
    if first in _OPENINGS["reporting"]:
        return Need.PREDECESSOR if _names_nobody(opening, text) else Need.SOMETHING
    if first in _OPENINGS["going on"]:
        acts = first in _NEGATED and len(opening) > 2 and opening[2] in _OPENINGS["nobody"]
        return Need.PREDECESSOR if acts else Need.SOMETHING
    if split_prefix(first)[0] != "و" or first in _OPENINGS["they say"]:
        return Need.NOTHING
    # "and", a verb and a preposition (وأثنى على): the one who acts was named before
    acts = first not in STOP_WORDS and len(opening) > 1 and opening[1] in _OPENINGS["nobody"]
    return Need.PREDECESSOR if acts else Need.SOMETHING


def speaker(words: Sequence[str], text: str) -> str:
    """The folded word that says alone who speaks (وقال هاريس إن, وذكر البيان أن), without its article,
    or "". Whoever is called by one word was introduced earlier.
    """
    if len(words) < 3 or words[0] not in _OPENINGS["reporting"]:
        return ""
    name, after = words[1:3]
    if name in _OPENINGS["nobody"] or name in _OPENINGS["anyone"]:
        return ""
    speaks = after in _OPENINGS["that"] or _NAME_AND_COLON.match(text)
    # with the article, other things show it too: وقالت الوزارة في بيان; but not وقالت مجلة "الميناء"
    is_definite = name.startswith("ال") and (
        after in _OPENINGS["nobody"] or _NAME_AND_SPEECH.match(text)
    )
    return name.removeprefix("ال") if speaks or is_definite else ""


def _points(opening: tuple[str, ...]) -> bool:
    """Whether it says this or that of something, and not of a time."""
    for place, word in enumerate(opening[:_FIRST]):
        if word in _OPENINGS["this"]:
            return opening[place + 1 : place + 2] == () or opening[place + 1] not in _OPENINGS["time"]
    return False


def _names_nobody(opening: tuple[str, ...], text: str) -> bool:
    """Whether a reporting verb is followed by what is said, not by who says it."""
    after = opening[1] if len(opening) > 1 else ""
    return after in _OPENINGS["nobody"] or after.startswith("لل") or bool(_SPEECH_FOLLOWS.match(text))

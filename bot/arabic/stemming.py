"""Light stemming: the particles and endings that Arabic writes together with a word.

No roots and no dictionary: stated rules, a list of names (names.txt) and a list of word beginnings
that only look like a particle (own_letters.txt). A word that no rule is sure of stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.arabic.lists import read_sections, read_words
from bot.arabic.variants import spellings

LEAST = 3
"""Letters that must be left after anything is taken off."""

NAMES = read_words("names.txt") | spellings()
"""Folded names and loanwords that no rule may cut, and before which a particle is certain."""

STOP_WORDS = read_words("stop_words.txt")
"""Folded words that say nothing of what a text is about."""

_OWN = {
    particle: words | {word[:-1] for word in words if word.endswith("ه")}
    for particle, words in read_sections("own_letters.txt").items()
}
_PREFIXES = re.findall(
    r"\w+", "وبال وكال فبال فكال وال فال بال كال ولل فلل ال لل وب ول وك فب فل فك و ف ب ل ك"
)
_AFTER_OWN = frozenset(
    re.findall(
        r"\w+",
        "ه ات ون ين ان ا ي يه يا يين يون يات ت تا وا نا ها هم هما هن "
        "ته تها تهم تنا تين تان اته اتها اتهم",
    )
)
"""What may follow a word of own_letters.txt: folded endings of gender, number and possession."""
_ENDINGS = (("ات", 3), ("ون", 4), ("ين", 4), ("ه", 3))
"""Endings that go, each with the letters that must stand before it."""


@lru_cache(maxsize=1 << 16)
def split_prefix(folded: str) -> tuple[str, str]:
    """(particles, rest) of one folded word; the particles end in ال or لل where it has the article.

    1. A name, or a word that begins with alef and lam of its own, is whole.
    2. ال, بال, كال, لل go, each also after و or ف, where three letters are left.
    3. ب, ل, ك without the article go before a known name alone (بسوريا): before other words
       they cannot be told from the word's own first letter (بنك, لجنة, كتاب).
    4. و goes unless the word is one of those that begin with it of their own (وقالت, but وكالة);
       ف, much rarer as a particle, before a known name or a function word alone (فإنها).
    """
    if len(folded) <= LEAST or folded in NAMES or _is_own("ال", folded):
        return "", folded
    if folded[0] == "و" and _is_own("و", folded):
        return "", folded
    for particles, rest in _readings(folded):
        if rest in NAMES or (len(particles) == 1 and _is_own("ال", rest)):
            return particles, rest
    for particles, rest in _readings(folded):
        if _is_sure(particles, rest, folded):
            return particles, rest
    return "", folded


def _readings(folded: str) -> Iterator[tuple[str, str]]:
    """Every way to read the word as particles and a rest, longest particles first."""
    for prefix in _PREFIXES:
        if folded.startswith(prefix) and len(folded) - len(prefix) >= LEAST - 1:
            yield prefix, folded[len(prefix) :]


def _is_sure(particles: str, rest: str, whole: str) -> bool:
    if particles == "و":
        return True
    if particles == "ف":
        return rest in STOP_WORDS
    if not particles.endswith(("ال", "لل")) or len(rest) < LEAST:
        return False
    # بالغ, والد, كالة: the letters of the article may be the word's own
    return particles in ("ال", "لل") or not _is_own("بال", whole)


def _is_own(particle: str, word: str) -> bool:
    """Whether `word` is listed under `particle`, with or without an ending."""
    listed = _OWN[particle]
    cuts = range(max(len(word) - 4, 1), len(word) + 1)
    return any(word[:cut] in listed for cut in cuts if cut == len(word) or word[cut:] in _AFTER_OWN)


@lru_cache(maxsize=1 << 16)
def strip_suffix(folded: str) -> str:
    """The word without one of the endings ات, ون, ين (plurals) or ه (ta marbuta or the pronoun).

    Three letters must be left, four before ون and ين, which are often a word's own. Names stay whole.
    """
    if folded in NAMES:
        return folded
    for ending, least in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= least:
            return folded[: -len(ending)]
    return folded


def stem(folded: str) -> str:
    """One folded word without particles before it and endings after it: والسوريين → سوري.

    For finding and comparing, never for showing. Words in other scripts and numbers stay.
    """
    if not folded or not "ء" <= folded[0] <= "ي":
        return folded
    return strip_suffix(split_prefix(folded)[1])

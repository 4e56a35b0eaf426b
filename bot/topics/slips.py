"""How far two spellings are from each other, for slips of the finger and of the ear; Latin letters too.

The costs are stated rules of Arabic, of its usual Latin spellings and of the keyboards on which both are
written; nothing here knows of topics. Which names are near enough is the business of near.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_ALIKE = (
    "تط",
    "سصث",
    "دضظذ",
    "زذظ",
    "قك",
    "غجق",
    "هح",
    "اعه",
    "يا",
    "نم",
    "فب",
    "فق",
    "تث",
    "رز",
    "صض",
    "طظ",
    "عغ",
    "حخج",
    "شس",
    "بتن",
    "ني",
)
"""Letters that sound or look alike, some of them told apart by dots alone."""
_KEYS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "يءوريهوزظ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Rows of the Arabic and the Latin keyboard, folded (its ئ, ؤ, ى and ة are ي, و, ي and ه)."""
_SOFT = frozenset("اويهaeiouyh")
"""Long vowels in Arabic, vowels in Latin: what spellings of one name differ in most."""

CHEAP, _NEAR, FULL = 0.6, 0.9, 1.0
"""Of a pair that sounds or looks alike, of a neighbouring key or exchanged letters, of any other slip.

Chosen so that a sum says what it is made of: two cheap slips are 1.2, a cheap one beside any other at
most 1.6, three slips or two that are not cheap always more.
"""


def _costs() -> dict[str, dict[str, float]]:
    costs: dict[str, dict[str, float]] = {}
    for row in _KEYS:
        for one, other in pairwise(row):
            costs.setdefault(one, {})[other] = costs.setdefault(other, {})[one] = _NEAR
    for group in (*_ALIKE, "".join(letter for letter in _SOFT if letter.isascii()), "اويه"):
        for one in group:
            costs.setdefault(one, {}).update((other, CHEAP) for other in group if other != one)
    return costs


_COSTS = _costs()
_NONE: dict[str, float] = {}


def _single(letter: str, neighbour: str) -> float:
    """What it costs to add or leave out a letter next to its neighbour; a doubled one is cheap."""
    return CHEAP if letter in _SOFT or letter == neighbour else FULL


def distance(one: str, other: str, limit: float) -> float:
    """The weighted Damerau-Levenshtein distance (with transpositions of neighbours), or `limit` + 1.

    A letter added, left out or changed costs 1, one exchanged with its neighbour or for a neighbouring
    key 0.9; vowels, doubled letters and pairs that sound or look alike cost 0.6.
    """
    if abs(len(one) - len(other)) * CHEAP > limit:
        return limit + 1
    before: list[float] = []
    row, singles = [0.0], []
    for letter, neighbour in zip(other, " " + other, strict=False):
        singles.append(_single(letter, neighbour))
        row.append(row[-1] + singles[-1])
    for i, letter in enumerate(one):
        gone, swaps = _single(letter, one[i - 1] if i else ""), _COSTS.get(letter, _NONE)
        last, row = row, [row[0] + gone]
        for j, wanted in enumerate(other):
            cost = last[j] if letter == wanted else last[j] + swaps.get(wanted, FULL)
            cost = min(cost, last[j + 1] + gone, row[j] + singles[j])
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                cost = min(cost, before[j - 1] + _NEAR)
            row.append(cost)
        before = last
        # an exchange reaches back over one row
        if min(row) > limit and min(last) + _NEAR > limit:
            return limit + 1
    return row[-1] if row[-1] <= limit else limit + 1


def cheaply_changed(word: str) -> Iterator[str]:
    """The word itself and all that one cheap slip can make of it."""
    soft = "aeiouyh" if word.isascii() else "اويه"
    yield word
    for at, letter in enumerate(word):
        if letter in _SOFT or (at and letter == word[at - 1]):
            yield word[:at] + word[at + 1 :]
        for other, cost in _COSTS.get(letter, _NONE).items():
            if cost == CHEAP:
                yield word[:at] + other + word[at + 1 :]
        yield word[:at] + letter + word[at:]
    for at in range(len(word) + 1):
        for letter in soft:
            yield word[:at] + letter + word[at:]


_LATIN_SOUNDS = tuple(
    pair.split(">")
    for pair in re.findall(
        r"\S+",
        "kh>x gh>g sh>c ch>c th>t dh>d ph>f ou>u oo>u ee>i q>k w>u y>i j>g v>f p>b z>s",
    )
)
_ARABIC_SOUNDS = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهء", "bttghxddrsscsdtsagfkklmnha", strict=True))
_VOWELS = re.compile("[aeiouاويىه]")


@lru_cache(maxsize=1 << 10)
def consonants(folded: str) -> str:
    """The consonants of a spelling in either script, as one ear hears them: سوريا, Syria → sr."""
    if folded[:1].isascii():
        for letters, sound in _LATIN_SOUNDS:
            folded = folded.replace(letters, sound)
    else:
        folded = folded.removeprefix("ال")
    heard = "".join(
        _ARABIC_SOUNDS.get(letter, letter) for letter in _VOWELS.sub("", folded) if letter != "ع"
    )
    heard = re.sub(r"[^a-z]|h", "", heard)
    return re.sub(r"(.)\1+", r"\1", heard)

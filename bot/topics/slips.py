"""How far two spellings are from each other, for slips of the finger and of the ear; Latin letters too.

The costs are stated rules of Arabic and of its usual Latin spellings; nothing here knows of topics.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
    "تث",
    "رز",
    "عغ",
    "حخج",
    "شس",
    "بتن",
)
"""Letters that sound or look alike, some of them told apart by dots alone."""
_SOFT = frozenset("اويaeiouyh")
"""Long vowels in Arabic, vowels in Latin: what spellings of one name differ in most."""
_CHEAP, _FULL = 0.5, 1.0


@lru_cache(maxsize=1 << 12)
def _swap(one: str, other: str) -> float:
    if one in _SOFT and other in _SOFT:
        return _CHEAP
    return _CHEAP if any(one in group and other in group for group in _ALIKE) else _FULL


def _single(letter: str, neighbour: str) -> float:
    """What it costs to add or leave out a letter next to its neighbour; a doubled one is cheap."""
    return _CHEAP if letter in _SOFT or letter == neighbour else _FULL


def distance(one: str, other: str, limit: float) -> float:
    """The weighted Damerau-Levenshtein distance (with transpositions of neighbours), or `limit` + 1.

    A letter added, left out, changed or exchanged with its neighbour costs 1; half of that for
    vowels, doubled letters and pairs that sound or look alike.
    """
    if abs(len(one) - len(other)) * _CHEAP > limit:
        return limit + 1
    before: list[float] = []
    row = [0.0]
    for place, letter in enumerate(other):
        row.append(row[-1] + _single(letter, other[place - 1] if place else ""))
    for i, letter in enumerate(one):
        last, row = row, [row[0] + _single(letter, one[i - 1] if i else "")]
        for j, wanted in enumerate(other):
            cost = min(
                last[j] + (0.0 if letter == wanted else _swap(letter, wanted)),
                last[j + 1] + _single(letter, one[i - 1] if i else ""),
                row[j] + _single(wanted, other[j - 1] if j else ""),
            )
            if i and j and letter == other[j - 1] and one[i - 1] == wanted:
                cost = min(cost, before[j - 1] + _FULL)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return row[-1]


_LATIN_SOUNDS = tuple(
    pair.split(">")
    for pair in re.findall(
        r"\S+",
        "kh>x gh>g sh>c ch>c th>t dh>d ph>f ou>u oo>u ee>i q>k w>u y>i j>g v>f p>b z>s",
    )
)
_ARABIC_SOUNDS = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهء", "bttghxddrsscsdtsagfkklmnha", strict=True))
_VOWELS = re.compile("[aeiouاويىه]")


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

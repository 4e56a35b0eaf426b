"""Slips of the finger, made with a seed: what readers type who miss one letter of a name.

For measuring what becomes of such slips (bench.py); how they are understood is the business of
slips.py, which knows nothing of the keyboards and confusions here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

_ARABIC_ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
_LATIN_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_DOTTED = ("بتثنيئ", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "هة", "ىي", "وؤ", "اأإآ")
"""Letters of one shape, told apart by dots or a hamza."""
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


def _neighbours(rows: Iterable[str]) -> dict[str, str]:
    """Each key's neighbours: beside it in its row, and the two that it touches in the next rows."""
    near: dict[str, str] = {}
    rows = list(rows)
    for y, row in enumerate(rows):
        for x, key in enumerate(row):
            beside = row[max(x - 1, 0) : x] + row[x + 1 : x + 2]
            above = rows[y - 1][x : x + 2] if y else ""
            below = rows[y + 1][max(x - 1, 0) : x + 1] if y + 1 < len(rows) else ""
            near[key] = beside + above + below
    return near


_NEAR = _neighbours(_ARABIC_ROWS) | _neighbours(_LATIN_ROWS)


def _omitted(word: str, at: int, chance: Random) -> str:
    return word[:at] + word[at + 1 :]


def _inserted(word: str, at: int, chance: Random) -> str:
    added = _NEAR.get(word[at].lower()) or _alphabet(word[at])
    return word[: at + 1] + chance.choice(added) + word[at + 1 :]


def _doubled(word: str, at: int, chance: Random) -> str:
    return word[:at] + word[at] + word[at:]


def _neighbouring(word: str, at: int, chance: Random) -> str:
    return word[:at] + chance.choice(_NEAR.get(word[at].lower()) or word[at]) + word[at + 1 :]


def _exchanged(word: str, at: int, chance: Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _dots(word: str, at: int, chance: Random) -> str:
    alike = next((group for group in _DOTTED if word[at] in group), "").replace(word[at], "")
    return word[:at] + (chance.choice(alike) if alike else word[at]) + word[at + 1 :]


def _any_letter(word: str, at: int, chance: Random) -> str:
    return word[:at] + chance.choice(_alphabet(word[at])) + word[at + 1 :]


def _alphabet(letter: str) -> str:
    return _LATIN if letter.isascii() else _ARABIC


KINDS: Mapping[str, Callable[[str, int, Random], str]] = {
    "omitted": _omitted,
    "inserted": _inserted,
    "doubled": _doubled,
    "neighbouring key": _neighbouring,
    "exchanged": _exchanged,
    "dots": _dots,
    "any other letter": _any_letter,
}


def slip(name: str, kind: str, chance: Random) -> str:
    """The name with one slip of this kind somewhere; the name itself where none can be made.

    A letter is hit, never a space beside it: words that run together are another matter.
    """
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    for _ in range(8):
        if not places:
            break
        slipped = KINDS[kind](name, chance.choice(places), chance)
        if slipped != name and slipped.strip() == slipped:
            return slipped
    return name

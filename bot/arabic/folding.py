"""One folding for all of the house: what two spellings of a word must share to count as one.

Only what is true of every word lives here; spellings of single names are in variants.txt.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = (
    "\u0300-\u036f"  # accents of Latin, Greek and Cyrillic
    "\u0610-\u061a\u064b-\u065f\u0670"  # Arabic vowel marks
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # marks of recitation
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Soft hyphen, bidi controls, zero-width marks and joiners, variation selectors."""

_DROPPED = re.compile(f"[{MARKS}{INVISIBLE}\u0640]+")

_PLAIN = frozenset(
    chr(code)
    for first, last in ((0, 0x7F), (0x600, 0x674), (0x679, 0x6FF), (0x200B, 0x200F), (0x2018, 0x201E))
    for code in range(first, last + 1)
) | frozenset("«»–—")
"""What compatibility decomposition would change only as `_EACH_LETTER` and `_DROPPED` do anyway."""

_LETTERS = {
    "ا": "أإآٱٲٳ",
    "و": "ؤۆۇۈۋۄۅۊۏ",
    "ي": "ئىیېےۓۍۑێؠ",
    "ه": "ةہھەۀۂۃۿ",
    "ك": "کگڭڪګڬڮڰ",
    "ج": "چڃڄ",
    "ب": "پ",
    "ز": "ژ",
    "ف": "ڤڥ",
    "ق": "ڨ",
    "ت": "ٹ",
    "د": "ڈ",
    "ر": "ڑ",
    "ن": "ں",
    "ء": "ٴ",
    "o": "ø",
    "l": "ł",
    "d": "đ",
    "i": "ı",
    "ae": "æ",
    "oe": "œ",
    ".": "٫",
    ",": "٬",
}

_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_TO_LATIN = str.maketrans(_ARABIC_DIGITS + _PERSIAN_DIGITS, "0123456789" * 2)
_TO_ARABIC = str.maketrans("0123456789" + _PERSIAN_DIGITS, _ARABIC_DIGITS * 2)
_EACH_LETTER = {old: new for new, olds in _LETTERS.items() for old in olds} | {
    old: str(place % 10) for place, old in enumerate(_ARABIC_DIGITS + _PERSIAN_DIGITS)
}
_KEPT = frozenset(each for each in _PLAIN if not _DROPPED.match(each))
"""Plain characters that stay: where there are no others, nothing is to be dropped."""


def to_latin_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9; all else stays."""
    return text.translate(_TO_LATIN)


def to_arabic_digits(text: str) -> str:
    """Latin and Persian digits as Arabic-Indic ones; all else stays."""
    return text.translate(_TO_ARABIC)


def fold(text: str) -> str:
    """`text` with one spelling for what readers and newspapers spell in several ways.

    Vowel marks, tatweel, bidi controls and zero-width marks go; hamza on a seat becomes the bare
    seat, alef maqsura becomes ya, ta marbuta becomes ha, Persian and Urdu letters their Arabic
    neighbours, presentation forms plain letters, all digits 0-9; Latin loses case and accents.
    A hamza on its own (ء) stays: without it ماء (water) would be ما (what).
    Folding twice changes nothing. Offsets change: use `tokens` where they matter.
    """
    letters = set(text)
    if letters <= _PLAIN:
        folded = text.lower()
    else:
        # twice, as decomposition makes new capitals (™) and case folding new letters (ŉ)
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        letters = set(folded)
    if not letters <= _KEPT:
        folded = _DROPPED.sub("", folded)
    # replacing the few letters that are there is four times as fast as str.translate
    for old in _EACH_LETTER.keys() & letters:
        folded = folded.replace(old, _EACH_LETTER[old])
    return folded

"""The digits that a reader chose, put in last of all: into text that is laid out and measured.

Latin digits stay where others would break something or look odd: in tags and character references, in
<code>, which is there to be copied, in addresses, commands and names, in words with Latin letters (G20)
and in runs that the layout set apart as foreign and that hold such letters (iPhone 15).
"""

from __future__ import annotations

import re

from bot.arabic.folding import to_arabic_digits
from bot.model import Digits

_FSI, _PDI = "\u2068", "\u2069"
_MARKS = "\u200e\u200f"
_REFERENCE = re.compile(r"&#?\w+;")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_PIECES = re.compile(
    r"<code>.*?</code>|<pre\b.*?</pre>|<[^<>]*>"
    rf"|{_FSI}[^{_FSI}{_PDI}]*{_PDI}"
    rf"|(?:&#?\w+;|[^\s<>&{_FSI}{_PDI}])+",
    re.DOTALL,
)
_PLAIN_PIECES = re.compile(rf"{_FSI}[^{_FSI}{_PDI}]*{_PDI}|[^\s{_FSI}{_PDI}]+")


def in_markup(markup: str, digits: Digits) -> str:
    """Telegram's HTML with the digits of its text in that form."""
    if digits is Digits.LATIN:
        return markup
    return _PIECES.sub(lambda piece: _piece(piece.group()), markup)


def in_plain(text: str, digits: Digits) -> str:
    """The same for text that is not read as HTML: a button's label, a toast."""
    if digits is Digits.LATIN:
        return text
    return _PLAIN_PIECES.sub(lambda piece: _word(piece.group()), text)


def _piece(piece: str) -> str:
    if piece.startswith("<"):
        return piece
    texts = _REFERENCE.split(piece)
    if _stays("".join(texts)):
        return piece
    return _interleaved([_in_arabic(text) for text in texts], _REFERENCE.findall(piece))


def _interleaved(texts: list[str], references: list[str]) -> str:
    return "".join(text + reference for text, reference in zip(texts, [*references, ""], strict=True))


def _word(word: str) -> str:
    return word if _stays(word) else _in_arabic(word)


_THOUSANDS = re.compile("(?<=[٠-٩]),(?=[٠-٩]{3}(?![٠-٩]))")


def _in_arabic(text: str) -> str:
    """With Arabic digits, and the mark that parts their thousands: ٤٬٠٨٥."""
    return _THOUSANDS.sub("٬", to_arabic_digits(text))


def _stays(word: str) -> bool:
    """A command, a name, an address, or something with Latin letters."""
    bare = word.lstrip(_MARKS + _FSI)
    return bare[:1] in ("/", "@", "#", "$") or _LATIN_LETTER.search(bare) is not None

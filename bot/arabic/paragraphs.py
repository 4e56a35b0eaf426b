"""Paragraphs: where a line break parts what is said, and where it only wraps a line."""

from __future__ import annotations

import re
from itertools import pairwise

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[\s\u200e\u200f]*(?:[-–—•●▪■*+◦‣·]|\d{1,2}[.)\-](?!\d))\s*")
_WIDEST = 132
"""Characters of the longest line of a text that was wrapped by hand or by a terminal."""
_SHORTEST = 0.6
"""How much of the width a wrapped line fills at least; a shorter one without an end is a heading."""
_LEAST_FULL = 3
_ENDS = (".", "!", "?", "؟", "…", ":", '"', "”", "»", ")")
_QUOTES = ('"', "“", "”", "«", "‹", "„")

Span = tuple[int, int]


def paragraphs(text: str) -> list[Span]:
    """(start, end) of each paragraph of `text` that holds more than blanks, in order."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    found: list[Span] = []
    joins = False
    for place, (start, end) in enumerate(lines):
        if not text[start:end].strip():
            joins = False
            continue
        if joins:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        joins = place + 1 < len(lines) and _goes_on(text, lines[place], lines[place + 1], width)
    return found


def _lines(text: str) -> list[Span]:
    found = []
    start = 0
    for match in _BREAK.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return found


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the sentence that `line` ends in goes on in the line behind it."""
    here = text[line[0] : line[1]].rstrip()
    there = text[following[0] : min(following[1], following[0] + 200)].strip()
    if not there or _BULLET.match(there):
        return False
    if here.endswith(("،", "؛", ",")):
        return True
    if here.endswith(":"):
        return there.startswith(_QUOTES)
    if not width or here.endswith(_ENDS[:5]):
        return bool(width) and _is_full(text, line, following, width)
    return len(here) > _SHORTEST * width


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this one."""
    word = text[following[0] : min(following[1], following[0] + width)].split(maxsplit=1)
    return line[1] - line[0] + 1 + (len(word[0]) if word else 0) > width


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width at which the text is wrapped; 0 where its line breaks part paragraphs.

    It is wrapped where no line is longer than a screen's, and nearly every line that does not end
    like a sentence leaves no room for the word that follows it.
    """
    width = max(end - start for start, end in lines)
    if not 20 <= width <= _WIDEST:
        return 0
    inside = full = 0
    for line, following in pairwise(lines):
        here = text[line[0] : line[1]].rstrip()
        if not here or here.endswith(_ENDS) or not text[following[0] : following[1]].strip():
            continue
        inside += 1
        full += _is_full(text, line, following, width)
    return width if full >= _LEAST_FULL and full >= 0.8 * inside else 0

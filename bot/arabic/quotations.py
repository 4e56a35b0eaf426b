"""Quotation marks: which belong together, which open or close nothing.

Arabic papers write “ ”, " ", « », ‹ › and mix them: “ closed by ", ” in front and “ behind. So what
stands around a mark tells whether it opens or closes, its shape only where that does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = "“„‟«‹"
_CLOSING = "”»›"
_MARKS = f'{_OPENING}{_CLOSING}"″＂'
_MARK = re.compile(f"[{_MARKS}]|''|``")
_PERHAPS = re.compile(f"[{_MARKS}'`]")
"""What every mark begins with: a class alone is looked for in half of the time."""
_PAIRS = re.compile(r"[()\[\]{}]")
_ENDS = " \t\n\r\u00a0.,،;؛:!?؟…)]}-–—/%"
_PARTICLES = "وفبلكـ"
"""Letters that stand glued in front of a quotation: ب"تحقيق", لـ"الوطن"."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """Offsets of the marks of one stretch of text."""

    pairs: tuple[tuple[int, int], ...]
    """(opening mark, closing mark) of each quotation, inner ones before the one around them."""
    unclosed: tuple[int, ...]
    """Marks that open what nothing closes."""
    strays: tuple[int, ...]
    """Marks that close nothing."""


_NONE = Quotations((), (), ())


def quotations(text: str, start: int = 0, end: int | None = None) -> Quotations:
    """How the quotation marks of text[start:end] belong together."""
    end = len(text) if end is None else end
    if not _PERHAPS.search(text, start, end):
        return _NONE
    pairs: list[tuple[int, int]] = []
    strays: list[int] = []
    open_marks: list[int] = []
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        if _opens(text, at, match.end(), start, end, bool(open_marks)):
            open_marks.append(at)
        elif open_marks:
            pairs.append((_partner(text, at, open_marks), at))
        else:
            strays.append(at)
    if (open_marks or strays) and (regular := _alternating(text, start, end)):
        return regular
    return Quotations(tuple(pairs), tuple(open_marks), tuple(strays))


def _alternating(text: str, start: int, end: int) -> Quotations | None:
    """Straight marks alone, and an even number: the first opens, the second closes, and so on.

    Asked where a blank on the wrong side of a mark ("كبيرا "على) misleads what stands around it.
    """
    found = [(match.group(), match.start()) for match in _MARK.finditer(text, start, end)]
    if len(found) % 2 or any(mark != '"' for mark, _ in found):
        return None
    places = [at for _, at in found]
    return Quotations(tuple(zip(places[::2], places[1::2], strict=True)), (), ())


def _partner(text: str, at: int, open_marks: list[int]) -> int:
    """Takes the opening mark off the stack that text[at] closes; « is closed by » where one waits."""
    wanted = {"»": "«", "›": "‹", "”": "“"}.get(text[at])
    if wanted and text[open_marks[-1]] != wanted and len(open_marks) > 1:
        # a few deep is all that writers do; a bound keeps hostile text linear
        for place in range(len(open_marks) - 1, max(len(open_marks) - 6, -1), -1):
            if text[open_marks[place]] == wanted:
                return open_marks.pop(place)
    return open_marks.pop()


def _opens(text: str, at: int, after: int, start: int, end: int, something_open: bool) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    if text[at] in "«‹":
        return True
    if text[at] in "»›":
        return False
    if _starts_word(text, at, start) and behind not in _ENDS:
        return True
    if before not in " \t\n\r\u00a0([{" and before != ":" and behind in _ENDS:
        return False
    if text[at] in _OPENING and not (something_open and behind in _ENDS):
        return True
    if text[at] in _CLOSING:
        return False
    return not something_open and (behind not in _ENDS or before in ": \u00a0")


def _starts_word(text: str, at: int, start: int) -> bool:
    """Whether a mark at `at` stands where a word could begin."""
    if at == start or text[at - 1] in ' \t\n\r\u00a0([{:،,-–—"“«':
        return True
    one, two = text[at - 1], text[at - 2] if at - 2 >= start else " "
    if one not in _PARTICLES:
        return False
    return not two.isalpha() or (one == "ـ" and two in _PARTICLES)


def brackets(text: str, start: int, end: int, longest: int = 300) -> list[tuple[int, int]]:
    """(opening, closing) of each pair of round, square or curly brackets at most `longest` apart."""
    found: list[tuple[int, int]] = []
    waiting: list[int] = []
    for match in _PAIRS.finditer(text, start, end):
        at = match.start()
        if match.group() in "([{":
            waiting.append(at)
        elif waiting and at - (opened := waiting.pop()) <= longest:
            found.append((opened, at))
    return found


def open_quotation(sentence: str) -> bool:
    """Whether the sentence opens a quotation that it does not close."""
    return bool(quotations(sentence).unclosed)


def is_well_quoted(sentence: str) -> bool:
    """Whether every mark has its partner, of its own kind and on the right side of it."""
    found = quotations(sentence)
    if found.unclosed or found.strays:
        return False
    return all(sentence[one] + sentence[other] in _MATCHED for one, other in found.pairs)


_MATCHED = frozenset(['""', "“”", "„“", "„”", "«»", "‹›", "''", "``", "``''"])

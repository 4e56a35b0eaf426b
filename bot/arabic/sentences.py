"""Sentences: verbatim slices of a text, with what belongs together kept together.

Which sentences may stand in a summary is the business of bot/summaries.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.arabic.folding import MARKS
from bot.arabic.paragraphs import paragraphs
from bot.arabic.quotations import brackets, is_well_quoted, open_quotation, quotations

__all__ = ["Sentence", "is_well_quoted", "open_quotation", "quotations", "sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text` is the slice [start:end] of its text, without blanks around it."""

    text: str
    start: int
    end: int
    paragraph: int
    """The paragraph that it stands in, counted from 0."""


_WEB = re.compile(
    r"(?:https?://|www\.)[^\s«»“”\"،؛]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+", re.ASCII | re.IGNORECASE
)
_END = re.compile(r"[.!?؟…۔‼⁇⁈⁉。]+")
_CLOSERS = "\"”»›“″')]}’"
_NO_BLANK = re.compile(r"\S")
_NEVER_BEFORE = ",،;؛:"
"""What a sentence cannot begin with: a mark before it was none of its end (المشعل.، وظل)."""

_WORD_BEFORE = re.compile(rf"(?:[^\W_]|[{MARKS}]){{1,20}}$")
_DOMAINS = frozenset(re.findall(r"\w+", "نت كوم أورغ اورج"))
"""Ends of web addresses in Arabic letters: الجزيرة.نت."""
_WORD_AFTER = re.compile(r"[\"“”«‹(\[]*([^\W_]+)")
_LETTER_AFTER = re.compile(r"\s*(?!و)[^\W\d_](?!\w)")
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        "dr mr mrs ms prof st jr sr vs no inc ltd co corp gen sen rep gov lt col capt sgt rev hon ave "
        "fig vol approx dept est jan feb mar apr jun jul aug sep sept oct nov dec أد إلخ الخ",
    )
)
_RELATIVE = re.compile(r"\s*(?:الذي|التي|الذين|اللذان|اللتان|اللواتي)\s")
"""What goes on after an ellipsis: a relative pronoun begins no sentence."""
_LONGEST_PART = 3
"""Letters of a part of an abbreviation that is written with full stops inside: أ.ف.ب, ايه.بي."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order; text[s.start:s.end] == s.text for each.

    A sentence ends with a full stop, !, ?, ؟ or …, and with its paragraph; not with ، ؛ or :, not
    inside a quotation, brackets, a number, an abbreviation, an initial or an address. Hard-wrapped
    lines are one paragraph, and so are a line that ends with a comma, or with a colon before a
    quotation, and the next one. Takes time linear in the text's length.
    """
    found = []
    for number, (start, end) in enumerate(paragraphs(text)):
        last = start
        for cut in (*_cuts(text, start, end), end):
            begin, finish = _stripped(text, last, cut)
            if begin < finish:
                found.append(Sentence(text[begin:finish], begin, finish, number))
            last = cut
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets inside a paragraph where one sentence ends and another begins."""
    ends = [
        (*match.span(), _behind_closers(text, match.end(), end))
        for match in _END.finditer(text, start, end)
    ]
    if not ends or ends[0][2] == end:
        return
    whole = _merged(_kept_whole(text, start, end))
    opened = [one for one, _ in whole]
    for first, after, cut in ends:
        place = bisect_right(opened, cut - 1) - 1
        if place >= 0 and cut <= whole[place][1]:
            continue
        if cut < end and _ends_sentence(text, first, after, cut, start, end):
            yield cut


def _behind_closers(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _CLOSERS:
        at += 1
    return at


_PAIRED = re.compile(r"[\"“”„‟«»‹›″＂()\[\]{}]|''|``|https?:|www\.|@", re.IGNORECASE)


def _kept_whole(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Quotations, brackets and addresses: no sentence ends inside them."""
    if not _PAIRED.search(text, start, end):
        return []
    quoted = quotations(text, start, end).pairs
    return [*quoted, *brackets(text, start, end), *_addresses(text, start, end)]


def _addresses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in _WEB.finditer(text, start, end):
        last = match.end()
        while last > match.start() and text[last - 1] in ".,!?)؟":
            last -= 1
        found.append((match.start(), last - 1))
    return found


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that lie in others, in order."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _ends_sentence(text: str, first: int, after: int, cut: int, start: int, end: int) -> bool:
    """Whether the marks text[first:after], closers up to `cut` behind them, end a sentence."""
    behind = _first_behind(text, cut, end)
    if not behind or behind in _NEVER_BEFORE:
        return False
    marks = text[first:after]
    if marks == "..":
        return _opens_sentence(text, cut, end)
    if cut > after and marks[-1] != ".":
        # "هل نذهب؟" سأل: the question is the quotation's, not the sentence's
        return _opens_sentence(text, cut, end)
    if marks != ".":
        return not _RELATIVE.match(text, cut, end) or marks[-1] not in ".…"
    before = text[first - 1] if first > start else " "
    if not text[cut].isspace() and cut == after:
        return _is_end_without_blank(text, first, after, start, end)
    if behind.islower() and behind.isascii():
        return False
    return before.isspace() or not _is_abbreviation(text, first, cut, start, end)


def _first_behind(text: str, cut: int, end: int) -> str:
    match = _NO_BLANK.search(text, cut, end)
    return match.group() if match else ""


def _is_end_without_blank(text: str, first: int, after: int, start: int, end: int) -> bool:
    """A full stop that is glued to the next word: a forgotten blank, or a stop inside a word."""
    before = _WORD_BEFORE.search(text, max(start, first - 20), first)
    behind = _WORD_AFTER.match(text, after, min(end, after + 60))
    if behind is None:
        return False
    if before is None:
        return not behind.group(1)[0].isdigit() and text[first - 1 : first] in (" ", "\u00a0", *_CLOSERS)
    one, other = before.group(), behind.group(1)
    if one[-1].isdigit() and other[0].isdigit():
        return False  # also with a particle in front: الـ17.50
    if one.isascii() and other.isascii():
        return False
    lengths = sorted((len(one), len(other)))
    return other not in _DOMAINS and (lengths[1] > _LONGEST_PART or lengths[0] == _LONGEST_PART)


def _is_abbreviation(text: str, first: int, cut: int, start: int, end: int) -> bool:
    """Whether the full stop text[first] belongs to the word before it: د., U.S., J., 1. in a list."""
    match = _WORD_BEFORE.search(text, max(start, first - 20), first)
    if match is None:
        return False
    word = match.group()
    if word.isdigit():
        return len(word) <= 2 and match.start() == start
    if word.lower() in _ABBREVIATIONS:
        return not _opens_sentence(text, cut, end)
    if len(word) > 1 and not (len(word) == 2 and word[0] == "و"):
        return False
    if match.start() > start and text[match.start() - 1] == ".":
        return not _opens_sentence(text, cut, end)
    if _LETTER_AFTER.match(text, cut, end):
        return True  # its other letter: ق. م
    # a single letter behind a number is a unit or an era (عام 1770 م.), and may end a sentence
    earlier = text[max(start, match.start() - 8) : match.start()].rstrip()
    return not (earlier[-1:].isdigit() and not word.isascii())


def _opens_sentence(text: str, cut: int, end: int) -> bool:
    """Whether what follows begins as Arabic sentences do: with و and three letters or more."""
    behind = text[cut : min(end, cut + 30)].lstrip()
    word = re.match(r"[^\W\d_]+", behind)
    return word is not None and word.group().startswith("و") and len(word.group()) > 3

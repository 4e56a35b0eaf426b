"""The direction of lines: where a message's marks stand, and the order of its buttons.

Each newline starts a paragraph whose side is set by its first strong character (UAX 9, P2 and P3;
Telegram Desktop looks inside isolates too). So in Arabic every line whose first strong character is
none of Arabic's opens with RLM, and every foreign run inside it stands between FSI and PDI. All
direction marks that come with the news are dropped: those set here are the only ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import unescape
from operator import itemgetter

from bot.model import Button, ButtonRows, Language
from bot.texts import html
from bot.texts.html import Html

RLM, LRM, FSI, PDI = "\u200f", "\u200e", "\u2068", "\u2069"
_BLOCK_START = re.compile(r"(?:</?blockquote[^<>]*>)*")

_OPENING = frozenset("([{«“‘„‹<")
_CLOSING = frozenset(")]}»”’›>.,:;!?…\"'")
_BREAKS = frozenset("·•|،")
_HYPHENS = frozenset("-–−‐‑")
_PLUSES = frozenset("+×÷=")


_MEMBERS = (("O", _OPENING), ("C", _CLOSING), ("B", _BREAKS), ("H", _HYPHENS), ("P", _PLUSES))


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """L and R strong, D digit, S space, O opening, C closing, B break, H hyphen, P plus, N any other."""
    for kind, members in _MEMBERS:
        if character in members:
            return kind
    bidi = unicodedata.bidirectional(character)
    return {"L": "L", "R": "R", "AL": "R", "EN": "D", "AN": "D", "WS": "S", "B": "S", "S": "S"}.get(
        bidi, "N"
    )


def _kinds(text: str) -> str:
    return "".join(map(_kind, text))


def _foreign(letter: str, own: str) -> re.Pattern[str]:
    """Runs of the other side's words, over a line's kinds: "C++", "iPhone 15.5", "Hello, world"."""
    word = f"[^{own}BS]*{letter}[^{own}BS]*"
    number = "(?<!C)S[HPND]*D[HPND]*(?:CD[HPND]*)*(?![^SBC])"
    return re.compile(f"{word}(?:S{word}|{number})*")


# nothing but Arabic letters, digits, and marks that set nothing apart: most lines, told at once
_OWN = re.compile("[\u0600-\u06ff0-9\\s.,:;!?…«»“”\"'()\\[\\]/·•|—%]*")
_FOREIGN = {"R": _foreign("L", "R"), "L": _foreign("R", "L")}
# 2020-2024, 2-1 and 5+1: the sign turns the numbers round among Arabic letters
_RANGE = re.compile("(?<![DHP])D+(?:[HP]D+)+(?![DHP])")

# an item's number before a text that itself begins with a number
_NUMBERED = re.compile(r"^(?:<[^<>]*>)*[0-9]+\.(?:</[^<>]*>)*(?= (?:<[^<>]*>)*[0-9])")


def lay_out(markup: str, language: Language) -> Html:
    """The message with the direction of each line settled.

    Arabic lines all run from right to left. In English a line runs as most of its letters do, so that
    an Arabic headline keeps its own side; a line of parts with dots between them (source · age) is the
    bot's own and stays at the left.
    """
    return Html("\n".join(_laid_out(line, language) for line in html.MARKS.sub("", markup).split("\n")))


def lay_out_plain(text: str, language: Language) -> str:
    """The same for text that is not read as HTML: a button's label, a toast."""
    return unescape(lay_out(html.escaped(html.clean(text)), language))


def first_strong(text: str) -> str:
    """L, R, or nothing where no character has a side; plain text is expected."""
    return next((kind for kind in map(_kind, text) if kind in "LR"), "") if text else ""


@lru_cache(maxsize=1024)
def _laid_out(line: str, language: Language) -> str:
    """One line. Remembered: a message is laid out once to be measured and once to be sent, and many
    readers get the same lines."""
    if not line.strip():
        return line
    pieces = [piece if n % 2 else unescape(piece) for n, piece in enumerate(html.TAG.split(line))]
    plain = "".join(pieces[::2])
    side = _side(plain, language)
    marked = _marked(pieces, side)
    if side == "R":
        # browsers turn "1." and the headline's own number round, as if both were one (Chromium 156)
        marked = _NUMBERED.sub(rf"\g<0>{RLM}", marked)
    if not plain.strip() or first_strong(plain) == side:
        return marked
    start = _BLOCK_START.match(marked)
    at = start.end() if start else 0
    return marked[:at] + (RLM if side == "R" else LRM) + marked[at:]


def _marked(pieces: Sequence[str], side: str) -> str:
    """The line's texts and tags, in turns, with isolates.

    What stands in <code> is there to be copied: its marks go outside, or a copied command would
    begin with one and be no command any more.
    """
    parts: list[str] = []
    run: list[str] = []
    isolated = False
    for number, piece in enumerate(pieces):
        if number % 2 and piece == "<code>":
            isolated = first_strong(pieces[number + 1]) != side
            parts += [_isolated(run, side), (FSI if isolated else "") + piece]
            run = []
        elif number % 2 and piece == "</code>":
            parts += [html.escaped("".join(run)), piece + (PDI if isolated else "")]
            run = []
        else:
            run.append(piece)
    return "".join([*parts, _isolated(run, side)])


def _side(plain: str, language: Language) -> str:
    if language is Language.AR:
        return "R"
    kinds = _kinds(plain)
    return "R" if kinds.count("R") > kinds.count("L") and " · " not in plain else "L"


def _isolated(pieces: Sequence[str], side: str) -> str:
    """Texts and tags, in turns, with a mark before and after each foreign run of the texts.

    A run may have tags inside: parted at them, its words would stand in the line's own order.
    """
    spans = _foreign_spans("".join(pieces[::2]), side)
    if not spans:
        return "".join(piece if n % 2 else html.escaped(piece) for n, piece in enumerate(pieces))
    parts, done = [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            parts.append(piece)
            continue
        end = done + len(piece)
        closing = [(at - done, PDI) for _, at in spans if done < at <= end]
        opening = [(at - done, FSI) for at, _ in spans if done <= at < end]
        parts.append(html.escaped(_with_marks(piece, sorted(closing + opening, key=itemgetter(0)))))
        done = end
    return "".join(parts)


def _foreign_spans(text: str, side: str) -> list[tuple[int, int]]:
    """Where the foreign runs of a text stand."""
    if side == "R" and _OWN.fullmatch(text):
        return []
    if side == "L" and not any(_kind(character) == "R" for character in text):
        return []
    kinds = _kinds(text)
    spans = [_trimmed(text, kinds, *found.span()) for found in _FOREIGN[side].finditer(kinds)]
    if side == "R":
        taken = [range(*span) for span in spans]
        ranges = [found.span() for found in _RANGE.finditer(kinds)]
        spans += [span for span in ranges if not any(span[0] in place for place in taken)]
    return sorted(spans)


def _trimmed(text: str, kinds: str, start: int, end: int) -> tuple[int, int]:
    """Without the punctuation that belongs to the sentence around the run."""
    while kinds[start] in "OCS":
        start += 1
    while kinds[end - 1] in "OCSH" and not _closes_inside(text, start, end):
        end -= 1
    return start, end


def _closes_inside(text: str, start: int, end: int) -> bool:
    pairs = {")": "(", "]": "[", "}": "{"}
    last = text[end - 1]
    return last in pairs and text.count(pairs[last], start, end) >= text.count(last, start, end)


def _with_marks(text: str, marks: Sequence[tuple[int, str]]) -> str:
    parts, done = [], 0
    for at, mark in marks:
        parts += [text[done:at], mark]
        done = at
    return "".join([*parts, text[done:]])


# --- buttons --------------------------------------------------------------------------------------

LABEL = 40
"""Characters of a button's label that a telephone shows."""


_BARE_NUMBER = re.compile(r"[\d:]+")


def rows_rtl(rows: Iterable[Iterable[Button]], language: Language) -> ButtonRows:
    """Rows as Telegram wants them, left to right, given in reading order; empty rows are left out."""
    step = -1 if language is Language.AR else 1
    return tuple(tuple(_labelled(b, language) for b in row)[::step] for row in rows if row)


def _labelled(button: Button, language: Language) -> Button:
    label = html.shorten(button.label, LABEL) or "…"
    # a number or a time alone has no side to lose, and is easier to find without a mark
    label = label if _BARE_NUMBER.fullmatch(label) else lay_out_plain(label, language)
    return Button(label, action=button.action, url=button.url)

"""A feed's markup → the same with no entry of so many tags that reading it would take the others' time.

Pure. feedparser goes over each tag several times: 6 to 40 microseconds for one, so that a single entry
of some hundred thousand tags makes its whole feed late. Such an entry's texts become plain paragraphs
here, by expressions that are linear; one whose tags stand elsewhere is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import islice

from bot.intake.feed_limits import LONGEST_CONTENT, MOST_ENTRIES, MOST_TAGS, MOST_TAGS_OF_ALL
from bot.intake.feed_text import paragraphs

_FEW = 500
"""Tags of a text that is left as it is, even in an entry of many."""
_NUMBERED = re.compile(r"&#(?:0*60|[xX]0*3[cC]);")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
# what stands in CDATA is an entry's text, whatever it looks like
_STARTS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|(<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>])", re.DOTALL | re.IGNORECASE
)
_ENDS = re.compile(r"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*+>", re.IGNORECASE)
_NAMES = (
    "title|description|encoded|content|summary|body|fullitem|abstract|subtitle|info|rights|copyright"
)
_TEXT = re.compile(rf"<((?:[\w.-]{{1,20}}:)?(?:{_NAMES}))(?:\s[^<>]{{0,2000}}+)?(?<!/)>", re.IGNORECASE)
_MOST_TEXTS = 50
"""Elements of an entry that are looked at."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where an entry stands in the document."""

    start: int
    end: int
    tags: int


def bounded(text: str) -> tuple[str, int]:
    """The document with at most MOST_TAGS_OF_ALL tags, MOST_TAGS in an entry, and how many entries had
    to be left out for it."""
    if _tags(text) <= MOST_TAGS:
        return text, 0
    kept, at, left_out = [], 0, 0
    for span in _too_large(text):
        entry = _flattened(text[span.start : span.end])
        # what its texts hold escaped now are signs and no tags
        if entry.count("<") > MOST_TAGS:
            entry, left_out = "", left_out + 1
        kept += [text[at : span.start], entry]
        at = span.end
    return "".join([*kept, text[at:]]), left_out


def _tags(text: str) -> int:
    """How many tags may open or close in it, escaped ones too."""
    return text.count("<") + text.count("&lt;") + len(_NUMBERED.findall(text))


def _too_large(text: str) -> list[_Span]:
    """The entries that are flattened, in the document's order: those of too many tags, and the largest
    ones where all together have too many."""
    spans = sorted(_entries(text), key=lambda span: span.tags, reverse=True)
    total, found = sum(span.tags for span in spans), []
    for span in spans:
        if span.tags <= MOST_TAGS and total <= MOST_TAGS_OF_ALL:
            break
        total -= span.tags
        found.append(span)
    return sorted(found, key=lambda span: span.start)


def _entries(text: str) -> Iterator[_Span]:
    found = (at.start() for at in _STARTS.finditer(text) if at.group(1))
    starts = list(islice(found, MOST_ENTRIES + 1))  # more are not read anyhow
    for start, following in zip(starts[:MOST_ENTRIES], [*starts[1:], len(text)], strict=False):
        end = following
        for closing in _ENDS.finditer(text, start, following):
            end = closing.end()
        yield _Span(start, end, _tags(text[start:end]))


def _flattened(entry: str) -> str:
    """The entry with plain paragraphs for its long texts."""
    parts, at = [], 0
    for _ in range(_MOST_TEXTS):
        opening = _TEXT.search(entry, at)
        end = _end(entry, opening.group(1), opening.end()) if opening else -1
        if opening is None or end < 0:
            break
        inner = entry[opening.end() : end]
        parts += [entry[at : opening.end()], _plain(inner) if _tags(inner) > _FEW else inner]
        at = end
    return "".join([*parts, entry[at:]])


def _end(entry: str, name: str, start: int) -> int:
    """Where the element that was opened before `start` is closed; -1 where it is not."""
    closing = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|(</{re.escape(name)}\s*>)", re.DOTALL)
    return next((at.start() for at in closing.finditer(entry, start) if at.group(1)), -1)


def _plain(inner: str) -> str:
    """What stands inside of an element, as paragraphs that mean the same there."""
    has_cdata = "<![CDATA[" in inner
    if "<" in inner and not has_cdata:
        # elements of XHTML: what they hold is escaped once
        return escape(paragraphs(inner)[:LONGEST_CONTENT], quote=False)
    html = _outside_of_cdata(inner) if has_cdata else unescape(inner)
    return escape(escape(paragraphs(html)[:LONGEST_CONTENT], quote=False), quote=False)


def _outside_of_cdata(inner: str) -> str:
    parts, at = [], 0
    for section in _CDATA.finditer(inner):
        parts += [unescape(inner[at : section.start()]), section.group(1)]
        at = section.end()
    return "".join([*parts, unescape(inner[at:])])

"""The parts of a JSON document, found without parsing all of it: lines, elements of an array, members.

Pure. Works on UTF-8 bytes, so that a document of 50 MB is never one string, and so that a broken part
is one part: the others are still found. What a part means is the business of records.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST_PART = 8 * 1024 * 1024
"""Bytes of one record: the longest text, with every letter written as \\uXXXX."""

# possessive, and to the end of the document where a string is not closed: every byte is read once
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_NEXT_OBJECT = re.compile(rb',\s*+(?=\{\s*+")')
_ARTICLES = re.compile(rb'\s*+"articles"\s*+:\s*+\[')
_OWN_WORDS = re.compile(rb'\s*+"(text|title)"\s*+:\s*+"(?!(?:\s|\\[nrt])*+")')
_CLOSES = {b"[": b"]", b"{": b"}"}
_MOST_READ_AGAIN = 50 * 1024 * 1024
"""Bytes: after each element whose brackets do not match, the rest of the document is read once more."""


class BrokenPart(ValueError):
    """A part that is no JSON, or is nested too deeply."""


class LargePart(ValueError):
    """A part over LARGEST_PART."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a document, not yet parsed."""

    source: bytes
    line: int
    """Where it starts, counted from 1."""

    def value(self) -> object:
        """The parsed value. Raises BrokenPart or LargePart."""
        if len(self.source) > LARGEST_PART:
            raise LargePart(f"{len(self.source)} bytes")
        try:
            return json.loads(self.source.decode("utf-8", "replace"))
        except json.JSONDecodeError as error:
            # the decoder counts lines from the part's own first one, which would mislead
            raise BrokenPart(f"{error.msg}, at its character {error.pos + 1}") from error
        except ValueError as error:
            raise BrokenPart(str(error)) from error
        except RecursionError as error:
            raise BrokenPart("nested too deeply") from error


def lines(document: bytes) -> Iterator[Part]:
    """The lines that hold anything. Only \\n parts lines: U+2028 may stand in a JSON string."""
    start, number = 0, 1
    while start < len(document):
        end = document.find(b"\n", start)
        end = len(document) if end < 0 else end
        source = document[start:end].strip()
        if source:
            yield Part(source, number)
        start, number = end + 1, number + 1


def elements(document: bytes, start: int) -> Iterator[Part]:
    """The elements of the array whose bracket stands before `start`.

    Where an element's brackets do not match, it ends before what looks like the next object.
    """
    read_again = 0
    line, counted = 1, 0
    while True:
        following = None
        for begin, end, matches in _slices(document, start):
            if not matches and read_again <= _MOST_READ_AGAIN:
                following = _NEXT_OBJECT.search(document, begin)
                end = following.start() if following else end
            source = document[begin:end].strip()
            if source:
                first = document.index(source[:1], begin)
                line, counted = line + document.count(b"\n", counted, first), first
                yield Part(source, line)
        if following is None:
            return
        start = following.end()
        read_again += len(document) - start


def articles_start(document: bytes) -> int | None:
    """Where the elements of {"articles": […]} start; None where the object has no such member.

    None too where the object is an article itself: it has a text, or a title and no object among its
    `articles`; a collection may have a title.
    """
    start, holds_objects, words = None, False, set[bytes]()
    for begin, end, _ in _slices(document, document.find(b"{") + 1):
        if own := _OWN_WORDS.match(document, begin):
            words.add(own.group(1))
        elif start is None and (found := _ARTICLES.match(document, begin)):
            start, holds_objects = found.end(), document.find(b"{", found.end(), end) >= 0
            if len(document) > LARGEST_PART:  # no article is as large, whatever else it has
                return start
    return None if b"text" in words or (words and not holds_objects) else start


def _slices(document: bytes, start: int) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, whether its brackets match) of what commas part, up to the closing bracket."""
    opened, begin = bytearray(), start
    for token in _TOKEN.finditer(document, start):
        sign = token.group()[:1]
        if sign in _CLOSES:
            opened += _CLOSES[sign]
        elif sign in b"]}":
            if not opened:
                yield begin, token.start(), True
                return
            if opened.pop() != sign[0]:
                break
        elif sign == b"," and not opened:
            yield begin, token.start(), True
            begin = token.end()
    yield begin, len(document), False

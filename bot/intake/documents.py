"""Documents that admins send and `mojaz ingest` reads → drafts and refusals, in their order.

Pure. The format is told by the content; the name only decides where the content leaves it open. Each
format is one function from UTF-8 bytes to records, entered in `_READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from bot.errors import UnreadableDocument
from bot.intake import jsonparts, records
from bot.intake.charsets import opened, to_utf8
from bot.intake.clean import LONGEST_TEXT
from bot.intake.jsonparts import BrokenPart, LargePart, Part
from bot.model import Draft, Refusal, RefusalReason

READABLE = "txt, md, json, jsonl"
"""The formats that are read, for the message about one that is not."""


class Format(StrEnum):
    """How a document is built."""

    TEXT = "text"
    JSON = "json"
    LINES = "jsonl"
    BROKEN = "broken"
    """Named JSON, and nothing of JSON in it."""


@dataclass(frozen=True, slots=True)
class Document:
    """An opened document."""

    name: str
    format: Format
    content: bytes
    """UTF-8."""

    def count(self) -> int:
        """How many records it holds. Reads through all of it, 50 MB in half a second."""
        if self.format is Format.LINES:
            return sum(1 for _ in jsonparts.lines(self.content))
        return sum(1 for _ in _json_parts(self.content)) if self.format is Format.JSON else 1

    def records(self) -> Iterator[Draft | Refusal]:
        """The records in their order; a bad one is a refusal and stops no other."""
        return _READERS[self.format](self.content)


def read(name: str, content: bytes) -> Iterator[Draft | Refusal]:
    """The records of the document `name` that holds `content`.

    Raises UnreadableDocument where the whole cannot be read: too large, damaged, no text, or a
    format that is not among READABLE.
    """
    return open_document(name, content).records()


def open_document(name: str, content: bytes) -> Document:
    """Opens a document without reading its records; raises as `read` does."""
    content = opened(content)
    _refuse_binary(content)
    content = to_utf8(content)
    suffix = _suffix(name)
    _refuse_markup(content, suffix)
    return Document(name, _format(content, suffix), content)


# --- which format -----------------------------------------------------------------------------------

_BINARY: tuple[bytes, ...] = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
)
_BINARY += (b"\xd0\xcf\x11\xe0", b"\xfd7zXZ", b"SQLite format 3", b"\x7fELF", b"ID3", b"OggS", b"RIFF")
_MARKUP = re.compile(
    rb"\s*+(?:<\?xml|<!doctype|<html|<rss|<feed|<opml|<rdf|<head|<body)\b", re.IGNORECASE
)
_LATER = frozenset((".html", ".htm", ".csv", ".tsv", ".opml", ".xml", ".rss", ".atom"))
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".jsonlines"))
_OBJECT = re.compile(rb'\s*+\{\s*+["}]')
_ARRAY = re.compile(rb"\s*+\[\s*+[\[{\]]")
_LOOKED_AT = 1 << 20


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def _refuse_binary(content: bytes) -> None:
    if content.startswith(_BINARY):
        raise _unreadable("the document is no text")


def _refuse_markup(content: bytes, suffix: str) -> None:
    if _MARKUP.match(content) or suffix in _LATER:
        raise _unreadable(f"documents like {suffix or 'this'} are not read yet")


def _unreadable(cause: str) -> UnreadableDocument:
    return UnreadableDocument(f"{cause}; mojaz reads {READABLE}", formats=READABLE)


def _format(content: bytes, suffix: str) -> Format:
    if not content.strip():
        return Format.TEXT
    by_lines = _is_lines(content, suffix)
    if _ARRAY.match(content) or _OBJECT.match(content):
        return Format.LINES if by_lines else Format.JSON
    if by_lines or suffix in _JSON_LINES:
        return Format.LINES
    if suffix == ".json":
        return Format.JSON if content.lstrip()[:1] in (b"[", b"{") else Format.BROKEN
    return Format.TEXT


def _is_lines(content: bytes, suffix: str) -> bool:
    """Whether each line is an object of its own: the first two are, or most of the first ones."""
    head = content[:_LOOKED_AT]
    some = [line for line in head.split(b"\n") if line.strip()]
    whole = sum(_is_whole_object(line) for line in some)
    if len(some) < 2:
        return suffix in _JSON_LINES and not _ARRAY.match(content)
    if _ARRAY.match(content):
        return False
    if suffix in _JSON_LINES:
        return whole > 0 or not _OBJECT.match(content) or some[1].lstrip().startswith(b"{")
    # one whole object may also be the last element of an array that is written a line each
    begin = sum(line.lstrip().startswith(b"{") for line in some)
    return (_is_whole_object(some[0]) or whole > 1) and begin * 2 > len(some)


def _is_whole_object(line: bytes) -> bool:
    stripped = line.strip()
    return stripped.startswith(b"{") and stripped.endswith(b"}")


# --- reading ----------------------------------------------------------------------------------------


def _text(content: bytes) -> Iterator[Draft | Refusal]:
    # a letter takes at most four bytes
    text = content[: LONGEST_TEXT * 4 + 4].decode("utf-8", "replace")
    if not text.strip():
        yield Refusal(1, RefusalReason.EMPTY)
    elif len(text) > LONGEST_TEXT:
        yield Refusal(1, RefusalReason.TOO_LONG, "text")
    else:
        yield Draft(text=text)


def _json(content: bytes) -> Iterator[Draft | Refusal]:
    return _of_parts(_json_parts(content))


def _json_parts(content: bytes) -> Iterator[Part]:
    stripped = content.strip()
    before = content.index(stripped[:1])
    if stripped.startswith(b"["):
        return jsonparts.elements(content, before + 1)
    wrapped = jsonparts.articles_start(content)
    if wrapped is not None:
        return jsonparts.elements(content, wrapped)
    return iter([Part(stripped, content.count(b"\n", 0, before) + 1)])


def _lines(content: bytes) -> Iterator[Draft | Refusal]:
    return _of_parts(jsonparts.lines(content))


def _broken(content: bytes) -> Iterator[Draft | Refusal]:
    yield Refusal(1, RefusalReason.BROKEN_JSON, records.shown(content[:400].decode("utf-8", "replace")))


def _of_parts(parts: Iterator[Part]) -> Iterator[Draft | Refusal]:
    for part in parts:
        try:
            yield records.draft(part.value(), part.line)
        except BrokenPart as error:
            yield Refusal(part.line, RefusalReason.BROKEN_JSON, str(error)[:120])
        except LargePart:
            yield Refusal(part.line, RefusalReason.TOO_LONG, "record")


_READERS: dict[Format, Callable[[bytes], Iterator[Draft | Refusal]]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.LINES: _lines,
    Format.BROKEN: _broken,
}

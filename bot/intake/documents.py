"""Documents that admins send and `mojaz ingest` reads → drafts and refusals, in their order.

Pure. The format is told by the content; the name only decides where the content leaves it open. Each
format is one function from UTF-8 bytes to records, entered in `_READERS`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from bot.errors import DocumentTooLarge, FeedList, ManyArticles, UnreadableDocument, UnreadableFeed
from bot.intake import jsonparts, markdown, pages, records, tables
from bot.intake.charsets import opened, to_utf8
from bot.intake.clean import LONGEST_TEXT
from bot.intake.feed_xml import root_of
from bot.intake.frugal import frugally
from bot.intake.jsonparts import BrokenPart, LargePart, Part
from bot.intake.markdown import has_front_matter
from bot.intake.signatures import is_binary
from bot.model import Draft, Refusal, RefusalReason

READABLE = "txt, md, html, json, jsonl, csv, opml, xml (RSS, Atom)"
"""The formats that are read, for the message about one that is not."""


class Format(StrEnum):
    """How a document is built."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    LINES = "jsonl"
    BROKEN = "broken"
    """Named JSON, and nothing of JSON in it."""
    TABLE = "table"
    PAGE = "page"
    FEED = "feed"


_HOSTILE = frozenset((Format.PAGE, Format.FEED))


@dataclass(frozen=True, slots=True)
class Document:
    """An opened document."""

    name: str
    format: Format
    content: bytes
    """UTF-8."""

    @property
    def is_markup(self) -> bool:
        """Whether reading it may be made to cost any time: it belongs into a worker process."""
        return self.format in _HOSTILE

    def count(self, most: int | None = None) -> int:
        """How many records it holds; no further than `most` are counted.

        Reads through all of it, 50 MB of news in half a second. Of a feed the tags alone are counted:
        reading it is a worker's.
        """
        match self.format:
            case Format.LINES:
                return sum(1 for _ in itertools.islice(jsonparts.lines(self.content), most))
            case Format.JSON:
                return sum(1 for _ in itertools.islice(_json_parts(self.content), most))
            case Format.TABLE:
                return tables.count(self.content, most)
            case Format.FEED:
                return max(1, len(_ENTRY.findall(self.content)))
            case _:
                return 1

    def records(self) -> Iterator[Draft | Refusal]:
        """The records in their order; a bad one is a refusal and stops no other.

        Raises UnreadableDocument for markup that is beyond reading.
        """
        return _READERS[self.format](self.content)


def read(name: str, content: bytes) -> Iterator[Draft | Refusal]:
    """The records of the document `name` that holds `content`.

    Raises UnreadableDocument where the whole cannot be read: too large, damaged, no text, or a
    format that is not among READABLE.
    """
    return open_document(name, content).records()


def open_document(name: str, content: bytes) -> Document:
    """Opens a document without reading its records; raises as `read` does, and FeedList for OPML."""
    content = opened(content)
    if is_binary(content):
        raise _unreadable("the document is no text")
    content = _with_line_ends(to_utf8(content))
    kind = _format(content, _suffix(name))
    if kind in _HOSTILE and len(content) > LARGEST_MARKUP:
        raise DocumentTooLarge(
            f"a page or feed of more than {LARGEST_MARKUP // 1_000_000} MB is not read",
            megabytes=LARGEST_MARKUP // 1_000_000,
        )
    if kind is Format.TABLE:
        tables.required(content)
    return Document(name, kind, content)


def all_records(document: Document) -> list[Draft | Refusal]:
    """All records of a document at once; for a worker process."""
    with frugally():
        return list(document.records())


def text_of(name: str, content: bytes) -> Draft:
    """The one article of a document, uncleaned; for a worker process.

    Raises UnreadableDocument, and ManyArticles where it holds more than one.
    """
    records = list(itertools.islice(read(name, content), 50))
    drafts = [record for record in records if isinstance(record, Draft)]
    if len(drafts) > 1:
        raise ManyArticles("the document holds more than one article")
    if not drafts:
        raise UnreadableDocument("the document holds no article", formats=READABLE)
    return drafts[0]


# --- which format -----------------------------------------------------------------------------------

LARGEST_MARKUP = 10_000_000
"""Bytes of a page or feed."""

_RETURN = re.compile(rb"[^\r\n]*+\r(?!\r*+\n)")
_COMMENTS = re.compile(rb"\s*+(?:<!--.*?-->\s*+)*+", re.DOTALL)
_MARKUP = re.compile(rb"(?:<\?xml|<!doctype|<html|<rss|<feed|<opml|<rdf|<head|<body)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_ELEMENT = re.compile(rb"<[a-z]", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_JSON_FEED = re.compile(
    rb'\s*+\{.{0,2000}?"version"\s*+:\s*+"https?://jsonfeed\.org/version/', re.DOTALL
)
_OF_MARKUP = {".html": Format.PAGE, ".htm": Format.PAGE, ".xhtml": Format.PAGE}
_OF_MARKUP |= {".xml": Format.FEED, ".rss": Format.FEED, ".atom": Format.FEED, ".rdf": Format.FEED}
_FEED_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
_TABLES = frozenset((".csv", ".tsv", ".tab"))
_MARKDOWN = frozenset((".md", ".markdown", ".mdown"))
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".jsonlines"))
_OBJECT = re.compile(rb'\s*+\{\s*+["}]')
_ARRAY = re.compile(rb"\s*+\[\s*+[\[{\]]")
_LOOKED_AT = 1 << 20


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def _unreadable(cause: str) -> UnreadableDocument:
    return UnreadableDocument(f"{cause}; mojaz reads {READABLE}", formats=READABLE)


def _with_line_ends(content: bytes) -> bytes:
    """With \\n where a \\r alone ends the first line, as in tables that are saved for the Macintosh."""
    return content.replace(b"\r", b"\n") if _RETURN.match(content) else content


def _format(content: bytes, suffix: str) -> Format:
    if not content.strip():
        return Format.TEXT
    if markup := _markup(content, suffix):
        return markup
    by_lines = _is_lines(content, suffix)
    if _ARRAY.match(content) or _OBJECT.match(content):
        is_feed = not by_lines and _JSON_FEED.match(content[:_LOOKED_AT])
        return Format.FEED if is_feed else Format.LINES if by_lines else Format.JSON
    if by_lines or suffix in _JSON_LINES:
        return Format.LINES
    if suffix == ".json":
        return Format.JSON if content.lstrip()[:1] in (b"[", b"{") else Format.BROKEN
    return _of_text(content, suffix)


def _markup(content: bytes, suffix: str) -> Format | None:
    """What markup it is, by its first element, else by its name; None where it is none.

    A comment alone makes no page: Markdown begins with one too, for the programs that edit it.
    """
    start = _after_comments(content)
    found = _MARKUP.match(content, start)
    root = root_of(content[start : start + _LOOKED_AT].decode("utf-8", "replace")) if found else ""
    is_tag = content.startswith(b"<", start)
    if root == "opml" or (suffix == ".opml" and is_tag):
        raise FeedList("the document is a list of feeds (OPML) and holds no articles", content)
    if root in _FEED_ROOTS:
        return Format.FEED
    if root in ("html", "head", "body") or _PAGE.match(content, start):
        return Format.PAGE
    if found or is_tag:
        return _OF_MARKUP.get(suffix, Format.FEED if found else _of_elements(content, start, suffix))
    return Format.PAGE if _OF_MARKUP.get(suffix) is Format.PAGE else None


def _after_comments(content: bytes) -> int:
    comments = _COMMENTS.match(content)
    assert comments is not None  # there may be none
    return comments.end()


def _of_elements(content: bytes, start: int, suffix: str) -> Format | None:
    """Any text may begin with an element; after a comment it is a page's, unless named Markdown."""
    is_commented = content.find(b"<!--", 0, start) >= 0
    is_page = is_commented and suffix not in _MARKDOWN and _ELEMENT.match(content, start)
    return Format.PAGE if is_page else None


def _of_text(content: bytes, suffix: str) -> Format:
    table = tables.layout(content)
    if suffix in _TABLES or (table is not None and table.known > 1):
        return Format.TABLE
    if suffix in _OF_MARKUP or suffix == ".opml":
        raise _unreadable(f"nothing of {suffix} is in the document")
    if suffix in _MARKDOWN or has_front_matter(content[:_LOOKED_AT].decode("utf-8", "replace")):
        return Format.MARKDOWN
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


def _markdown(content: bytes) -> Iterator[Draft | Refusal]:
    for record in _text(content):
        yield record if isinstance(record, Refusal) else markdown.draft(record.text)


def _page(content: bytes) -> Iterator[Draft | Refusal]:
    yield pages.read(content, "", "")


def _feed(content: bytes) -> Iterator[Draft | Refusal]:
    # feedparser is a worker's: the main process starts without it
    from bot.intake import feeds

    try:
        found = feeds.read(content, "", "")
    except UnreadableFeed as error:
        raise _unreadable(error.cause) from error
    yield from feeds.to_drafts(found)


def _json(content: bytes) -> Iterator[Draft | Refusal]:
    return of_parts(_json_parts(content))


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
    return of_parts(jsonparts.lines(content))


def _broken(content: bytes) -> Iterator[Draft | Refusal]:
    yield Refusal(1, RefusalReason.BROKEN_JSON, records.shown(content[:400].decode("utf-8", "replace")))


def of_parts(parts: Iterator[Part]) -> Iterator[Draft | Refusal]:
    """The records that parts of JSON hold."""
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
    Format.MARKDOWN: _markdown,
    Format.TABLE: tables.read,
    Format.PAGE: _page,
    Format.FEED: _feed,
}

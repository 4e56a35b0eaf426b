"""RSS, RDF, Atom and CDF → FeedDocument, by way of feedparser.

Pure. feedparser gets text that is already decoded, without its document type, with no more entries
than are wanted; what it makes of them is told here in the house's own nouns.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from html.entities import name2codepoint
from io import BytesIO
from typing import Any

import feedparser

from bot.errors import UnreadableFeed
from bot.intake.feed_bounds import bounded
from bot.intake.feed_dates import moment, sensible
from bot.intake.feed_limits import (
    LONGEST_ADDRESS,
    LONGEST_CONTENT,
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_ENTRIES,
    MOST_EXPANSION,
)
from bot.intake.feed_pages import absolute
from bot.intake.feed_text import html_of, title_of
from bot.model import FeedDocument, FeedEntry

_BEFORE_ROOT = re.compile(r"\s++|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*+(?:\[(.*?)\]\s*+)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z][\w.:-]{0,60})")
_LATE_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b[^<>]{0,4000}+>", re.IGNORECASE)
_ROOT_WITHIN = 100_000
_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
_ENTITY = re.compile(
    r"""<!ENTITY\s+(?:%\s+)?([\w:.-]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\b)""", re.IGNORECASE
)
_NESTED = re.compile(r"&(?!#)|%")
_PLAIN_VALUE = re.compile(r'&#\w{1,8};|[^&"<>]*')
_REFERENCE = re.compile(r"&([\w.:-]{1,64});")
_LONGEST_ENTITY_NAME = 64
_OF_XML = frozenset(("lt", "gt", "amp", "quot", "apos"))
_ENTRY_STARTS = re.compile(r"<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_ENDS = re.compile(r"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*+>", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TEXT_TYPES = ("text/", "application/xhtml+xml")


# --- the markup before feedparser sees it -----------------------------------------------------------


def root_of(text: str) -> str:
    """The local name of the first element, lower case; empty where there is none."""
    return _root(text)[1]


def _root(text: str) -> tuple[int, str, str]:
    """Where the first element starts, its local name, and the internal part of the document type."""
    at, internal = 0, ""
    while True:
        if before := _BEFORE_ROOT.match(text, at):
            at = before.end()
        elif doctype := _DOCTYPE.match(text, at):
            at, internal = doctype.end(), doctype.group(1) or ""
        else:
            break
    root = _ROOT.search(text, at, at + _ROOT_WITHIN)
    if root is None:
        return at, "", internal
    return root.start(), root.group(1).rpartition(":")[2].lower(), internal


def prepared(text: str) -> str:
    """`text` as a document that feedparser reads strictly where it can, and in bounded time.

    Without control characters; with the entities of HTML, which feeds use undeclared; with the first
    MOST_ENTRIES entries. Raises UnreadableFeed for entities that grow.
    """
    start, name, internal = _root(text)
    if name not in _ROOTS and (late := _LATE_ROOT.search(text, start, start + _ROOT_WITHIN)):
        start = late.start()  # a server's warnings stand before it
    body = _NO_XML.sub("", _with_fewer_entries(text[start:]))
    entities = _entities(internal, body)
    declared = "".join(f'<!ENTITY {name} "{value}">\n' for name, value in entities.items())
    doctype = f"<!DOCTYPE feed [\n{declared}]>\n" if declared else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{body}'


def _entities(internal: str, body: str) -> dict[str, str]:
    """The document's own harmless entities and those of HTML that it uses: name → value."""
    own: dict[str, str] = {}
    for found in _ENTITY.finditer(internal):
        value = found.group(2) or found.group(3) or ""
        if _NESTED.search(value):
            raise UnreadableFeed("its document type declares entities of entities")
        if _PLAIN_VALUE.fullmatch(value) and len(found.group(1)) <= _LONGEST_ENTITY_NAME:
            own[found.group(1)] = value
    used = _REFERENCE.findall(body)
    if sum(len(own.get(name, "")) for name in used) > MOST_EXPANSION:
        raise UnreadableFeed("its entities make it larger than is read")
    html = {name: f"&#{name2codepoint[name]};" for name in used if name in name2codepoint}
    return {name: value for name, value in (html | own).items() if name not in _OF_XML}


def _with_fewer_entries(text: str) -> str:
    starts = _ENTRY_STARTS.finditer(text)
    first_too_many = next(
        (at.start() for number, at in enumerate(starts) if number == MOST_ENTRIES), None
    )
    if first_too_many is None:
        return text
    end = first_too_many
    for closing in _ENTRY_ENDS.finditer(text, first_too_many):
        end = closing.end()
    return text[:first_too_many] + text[end:]


# --- what feedparser says of it ---------------------------------------------------------------------


def read_xml(text: str, url: str) -> FeedDocument | None:
    """The feed in `text`, or None where feedparser finds none.

    Raises UnreadableFeed for markup that is beyond reading.
    """
    text, oversized = bounded(text)
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    content = prepared(text).encode("utf-8", "replace")
    try:
        parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    except MemoryError:
        raise
    except Exception as error:
        # broken markup makes feedparser and the modules under it raise whatever comes
        raise UnreadableFeed(f"its markup is beyond reading: {error!r}"[:300]) from error
    if not parsed.version and not parsed.entries and root_of(text) not in _ROOTS:
        return None
    feed = parsed.feed
    return FeedDocument(
        title=_title(feed, LONGEST_TITLE),
        link=absolute(url, _text(feed, "link"))[:LONGEST_ADDRESS],
        language=_text(feed, "language")[:LONGEST_NAME],
        entries=tuple(_entry(entry, url) for entry in parsed.entries[:MOST_ENTRIES]),
        oversized=oversized,
    )


def _entry(entry: Any, url: str) -> FeedEntry:
    # the publisher's own address, where a service stands between
    link = absolute(url, _text(entry, "feedburner_origlink")) or absolute(url, _text(entry, "link"))
    summary = _html(entry.get("summary_detail"))
    fullest = max([*map(_html, entry.get("content", ())), summary], key=len)
    return FeedEntry(
        identity=(_text(entry, "id") or link)[:LONGEST_ADDRESS],
        title=_title(entry, LONGEST_TITLE),
        link=link if len(link) <= LONGEST_ADDRESS else "",
        content=fullest[:LONGEST_CONTENT],
        summary=summary[:LONGEST_CONTENT],
        published=_moment(entry, "published") or _moment(entry, "created"),
        updated=_moment(entry, "updated"),
        author=title_of(_text(entry, "author"), LONGEST_NAME),
        category=title_of(_category(entry), LONGEST_NAME),
    )


def _text(found: Any, name: str) -> str:
    # feedparser's own lookup answers `updated` with `published`, and warns
    value = dict.get(found, name)
    return value.strip() if isinstance(value, str) else ""


def _title(found: Any, longest: int) -> str:
    return title_of(_text(found, "title"), longest)


def _html(detail: Any) -> str:
    """One text of an entry as HTML; empty where it is no text."""
    if not detail or not _text(detail, "value"):
        return ""
    kind = _text(detail, "type") or "text/html"
    if not kind.startswith(_TEXT_TYPES):
        return ""
    value = _text(detail, "value")
    return html_of(value) if kind == "text/plain" else value


def _category(entry: Any) -> str:
    tags = dict.get(entry, "tags") or ()
    named = (_text(tag, "label") or _text(tag, "term") for tag in tags)
    return next((name for name in named if name and "://" not in name), "")


def _moment(entry: Any, name: str) -> datetime | None:
    parsed = dict.get(entry, f"{name}_parsed")
    try:
        found = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        found = None
    return sensible(found) if found else moment(_text(entry, name))

"""The collection of 1,850 feeds: each is read, and says what its own first comment says.

A comment holds an expression such as `not bozo and entries[0]['title'] == u'…'`. Its equations are read
with ast, never run. An equation counts where its left side is something that the house keeps of a feed:
of entries the title, link, identity, dates, summary and content, of the feed the title and link.
Titles, which the house keeps as plain words, are compared as plain words; a text that the feed calls
plain is compared without the escapes that make it HTML; where the collection calls an entry's only text
its description, the house keeps it as the content. All else must be equal as it stands.
"""

from __future__ import annotations

import ast
import calendar
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest

from bot.errors import UnreadableFeed
from bot.intake.feeds import read
from bot.model import FeedDocument, FeedEntry

pytestmark = pytest.mark.news

_SERVED_FROM = "http://127.0.0.1:8097/"
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_EXPECT = re.compile(r"Expect:\s*(.+)", re.DOTALL)
_HEADER = re.compile(r"Header:\s*([\w-]+):[ \t]*(.*)")
_NO_FEEDS = {"feeds/LICENSE-feedparser", "feeds/illformed/rss_empty_document.xml"}

_FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "link",
    "id": "identity",
    "guid": "identity",
    "description": "summary",
    "summary": "summary",
    "description_detail.value": "summary",
    "summary_detail.value": "summary",
    "content.0.value": "content",
    "published_parsed": "published",
    "issued_parsed": "published",
    "created_parsed": "published",
    "updated_parsed": "updated",
    "modified_parsed": "updated",
    "date_parsed": "updated",
}
"""What the comments name → the field of FeedEntry that holds it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """An equation of a file's comment: what the file must give at a path."""

    path: str
    value: object


@pytest.fixture(scope="module")
def collection(shared: Path) -> dict[str, bytes]:
    with tarfile.open(shared / "feeds.tar.gz") as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {name: file.read() for name, file in files.items() if file}


def test_every_file_is_read_or_refused_and_none_takes_long(collection: dict[str, bytes]) -> None:
    refused, slowest = set(), 0.0
    for name, content in collection.items():
        began = time.process_time()
        try:
            read(content, "", _SERVED_FROM)
        except UnreadableFeed:
            refused.add(name)
        slowest = max(slowest, time.process_time() - began)
    assert refused == _NO_FEEDS
    assert slowest < 2


def test_files_give_what_their_comments_say(collection: dict[str, bytes]) -> None:
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for name, content in collection.items():
        if not name.startswith(("feeds/wellformed/", "feeds/encoding/")):
            continue
        for stated, found in _compared(name, content):
            if _agree(stated, found):
                right[_kind(name)] += 1
            else:
                wrong.append(f"{name}: {stated.path} is {found!r}, not {stated.value!r}")
    total = right.total() + len(wrong)
    print(*wrong, f"{right.total()} of {total}", dict(right), sep="\n")
    assert total > 900
    assert right.total() >= 0.97 * total


def _compared(name: str, content: bytes) -> Iterator[tuple[Stated, object]]:
    comment = _comment(content)
    wanted = list(_stated(comment))
    if wanted:
        headers = {name.lower(): value.strip() for name, value in _HEADER.findall(comment)}
        # the collection serves some of its files, and reads the others without an address
        is_served = bool(headers) or "/http_" in name
        url = urljoin(_SERVED_FROM, headers.get("content-location", "")) if is_served else ""
        document = read(content, headers.get("content-type", ""), url)
        for stated in wanted:
            yield stated, _found(document, stated.path)


def _comment(content: bytes) -> str:
    found = _COMMENT.search(content.replace(b"\0", b"").decode("latin-1"))
    return found.group(1) if found else ""


def _stated(comment: str) -> Iterator[Stated]:
    """The equations that are joined by `and` in the comment's expression and concern what is kept."""
    expression = _EXPECT.search(comment)
    if expression is None:
        return
    try:
        tree = ast.parse(expression.group(1).strip(), mode="eval").body
    except SyntaxError:
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq):
            try:
                value = ast.literal_eval(part.comparators[0])
            except ValueError:
                continue
            if (path := _path(part.left)) and _is_kept(path):
                yield Stated(path, value)


def _path(node: ast.expr) -> str:
    """`entries[0]['title']` and `entries[0].title` as `entries.0.title`; empty for other forms."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return f"{_path(node.value)}.{node.slice.value}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
        return f"len.{_path(node.args[0])}"
    return ""


def _is_kept(path: str) -> bool:
    root, _, rest = path.partition(".")
    if root == "entries":
        return rest.partition(".")[2] in _FIELDS
    return path in ("feed.title", "feed.link", "feed.title_detail.value", "len.entries")


def _found(document: FeedDocument, path: str) -> object:
    if path == "len.entries":
        return len(document.entries)
    if path.startswith("feed."):
        return document.link if path == "feed.link" else document.title
    place, _, field = path.removeprefix("entries.").partition(".")
    if int(place) >= len(document.entries):
        return None
    entry: FeedEntry = document.entries[int(place)]
    return getattr(entry, _FIELDS[field]) or (entry.content if _FIELDS[field] == "summary" else "")


def _agree(stated: Stated, found: object) -> bool:
    if isinstance(found, datetime) and isinstance(stated.value, tuple):
        return found.timestamp() == calendar.timegm(stated.value)
    if not isinstance(stated.value, str) or not isinstance(found, str):
        return stated.value == found
    if "title" in stated.path:
        return found.split() in (_words(stated.value), stated.value.split())
    return found in (stated.value, stated.value.strip()) or (
        "link" not in stated.path and unescape(found.replace("<br>", "\n")) == stated.value
    )


def _words(markup: str) -> list[str]:
    return unescape(re.sub(r"<[^<>]*>", "", markup)).split()


def _kind(name: str) -> str:
    return "/".join(name.split("/")[1:3]) if "wellformed" in name else "encoding"

"""OPML, the format in which readers exchange lists of feeds, read and written.

Pure. The format: http://opml.org/spec2.opml. Addresses are told apart from nonsense where feeds are
added, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import name2codepoint
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.errors import UnreadableDocument
from bot.intake.charsets import declared, opened, to_text

MOST_FEEDS = 1000
DEEPEST = 50
LARGEST = 5_000_000
"""Feeds, levels and bytes of a list that is read; a reader with a thousand feeds has 300 kB of them."""
LONGEST = 4096

_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});)")
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset(("lt", "gt", "amp", "quot", "apos"))
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ListedFeed(NamedTuple):
    """One feed of a list."""

    title: str
    url: str
    category: str = ""
    """The name of the folder that holds it."""


def read_opml(content: bytes) -> list[ListedFeed]:
    """The feeds in `content`, in its order, each address once.

    Raises UnreadableDocument, with what is wrong and where, for what is no OPML, holds no feed, or more
    than is read.
    """
    content = opened(content)
    if len(content) > LARGEST:
        raise UnreadableDocument(f"the list is larger than {LARGEST // 1_000_000} MB")
    found: dict[str, ListedFeed] = {}
    try:
        for feed in _listed(_repaired(to_text(content, declared(content, "")))):
            found.setdefault(feed.url, feed)
            if len(found) > MOST_FEEDS:
                raise UnreadableDocument(f"the list holds more than {MOST_FEEDS} feeds")
    except DefusedXmlException as error:
        raise UnreadableDocument("the list declares entities of its own") from error
    except ParseError as error:
        raise UnreadableDocument(f"broken OPML: {error}") from error
    if not found:
        raise UnreadableDocument("the list names no feed")
    return list(found.values())


def write_opml(feeds: Iterable[ListedFeed], title: str = "mojaz") -> bytes:
    """An OPML 2.0 document in UTF-8: the feeds without a category, then a folder for each category."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = _clean(title)
    body = SubElement(root, "body")
    folders: dict[str, Element] = {"": body}
    for feed in sorted(feeds, key=lambda feed: bool(feed.category)):
        if feed.category not in folders:
            name = _clean(feed.category)
            folders[feed.category] = SubElement(body, "outline", text=name, title=name)
        name, url = _clean(feed.title or feed.url), _clean(feed.url)
        SubElement(folders[feed.category], "outline", type="rss", text=name, title=name, xmlUrl=url)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _repaired(text: str) -> bytes:
    """As UTF-8 without a declaration; bare `&` and entities of HTML are written as XML wants them."""
    text = _NO_XML.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    text = _BARE_AMPERSAND.sub("&amp;", text).lstrip()
    return _REFERENCE.sub(_numbered, text).encode()


def _numbered(reference: re.Match[str]) -> str:
    name = reference.group(1)
    if name in _OF_XML or name not in name2codepoint:
        return reference.group()
    return f"&#{name2codepoint[name]};"


def _listed(content: bytes) -> Iterator[ListedFeed]:
    """The feeds as they come, with the folder around each; nothing of the tree is kept."""
    folders: list[str] = []
    is_opml = False
    for event, element in iterparse(BytesIO(content), events=("start", "end")):
        name = element.tag.rpartition("}")[2].lower()
        if event == "end":
            element.clear()
            if name == "outline":
                folders.pop()
            continue
        is_opml = is_opml or name == "opml"
        if not is_opml:
            raise UnreadableDocument("the document is no OPML")
        if name == "outline":
            values = {key.lower(): " ".join(value.split())[:LONGEST] for key, value in element.items()}
            label = values.get("title") or values.get("text", "")
            if url := _address(values.get("xmlurl", "")):
                yield ListedFeed(label, url, _category(values, folders))
            folders.append(label if not url else "")
            if len(folders) > DEEPEST:
                raise UnreadableDocument(f"folders within folders, more than {DEEPEST} deep")


def _address(url: str) -> str:
    """feed:https://… and feed://… are what some readers write for web addresses."""
    if url.lower().startswith("feed:"):
        url = url[5:]
        return f"http:{url}" if url.startswith("//") else url
    return url


def _category(values: dict[str, str], folders: list[str]) -> str:
    inner = next((name for name in reversed(folders) if name), "")
    return inner or values.get("category", "").partition(",")[0].strip("/ ")


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)

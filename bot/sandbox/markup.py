"""Telegram's HTML: a text with tags becomes a plain text with entities, or a refusal.

Rules and wording follow what the Bot API server answers: https://core.telegram.org/bots/api#html-style.
Cleaning and trimming come afterwards (cleanup.py); entities that no tag asked for are found in
mentions.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.cleanup import units
from bot.sandbox.links import web_address
from bot.sandbox.refusal import Json, Refused, bad_request

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-time": "date_time", "tg-emoji": "custom_emoji",
}  # fmt: skip
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_NAME = re.compile(r"[^\s=>/\"']+")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> None:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "&":
                self._put(self._reference())
            elif letter == "<" and self.source.startswith("</", self.at):
                self._end_tag()
            elif letter == "<":
                self._start_tag()
            else:
                self._put(letter)
                self.at += 1
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += units(text)

    def _reference(self) -> str:
        """The character that `&…;` names; the ampersand itself where it names none."""
        found = _REFERENCE.match(self.source, self.at)
        code = int(found[1] or 0) or int(found[2] or "0", 16) if found and not found[3] else 0
        if found is None or (not found[3] and not _is_character(code)):
            self.at += 1
            return "&"
        self.at = found.end()
        return _NAMED[found[3]] if found[3] else chr(code)

    def _start_tag(self) -> None:
        begin = self.at
        found = re.compile(r"<([^\s>]*)").match(self.source, begin)
        tag = found[1].lower() if found else ""
        self.at = found.end() if found else begin + 1
        if self.at >= len(self.source):
            raise self._fault_at("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._fault_at(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        self.open.append(_Open(tag, attributes, self.length))
        self._require(tag, attributes, begin)

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_blanks(tag, begin)
            if self.source[self.at] == ">":
                self.at += 1
                return found
            name = _NAME.match(self.source, self.at)
            if name is None:
                raise self._fault_at(f'Empty attribute name in the tag "{tag}"', begin)
            self.at = name.end()
            self._skip_blanks(tag, begin)
            found[name[0].lower()] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        if self.source[self.at] != "=":
            return ""
        self.at += 1
        self._skip_blanks(tag, begin)
        quote = self.source[self.at]
        if quote in "'\"":
            return self._quoted(quote, tag, begin)
        token = _TOKEN.match(self.source, self.at)
        start, self.at = self.at, token.end() if token else self.at
        if self.at < len(self.source) and not re.match(r"[\s>]", self.source[self.at]):
            raise self._fault_at("Unexpected end of name token", start)
        return self.source[start : self.at].lower()

    def _quoted(self, quote: str, tag: str, begin: int) -> str:
        self.at += 1
        letters = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            if self.source[self.at] == "&":
                letters.append(self._reference())
            else:
                letters.append(self.source[self.at])
                self.at += 1
        self.at += 1
        if self.at >= len(self.source):
            raise self._fault_at(f'Unclosed start tag "{tag}"', begin)
        return "".join(letters)

    def _skip_blanks(self, tag: str, begin: int) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        if self.at >= len(self.source):
            raise self._fault_at(f'Unclosed start tag "{tag}"', begin)

    def _require(self, tag: str, attributes: dict[str, str], begin: int) -> None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fault_at('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-time":
            unix, shape = attributes.get("unix", ""), attributes.get("format", "")
            if not re.fullmatch(r"[0-9]{1,10}", unix) or not _TIME_FORMAT.fullmatch(shape):
                raise self._fault_at('Tag "tg-time" must have a valid "unix" and "format"', begin)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._fault_at("Unexpected end tag", begin)
        found = re.compile(r"</([^\s>]*)\s*(>?)").match(self.source, begin)
        if found is None or not found[2]:
            raise self._fault_at("Unclosed end tag", begin)
        expected = self.open[-1].tag
        if found[1] and found[1].lower() != expected:
            said = f'expected "</{expected}>", found "</{found[1]}>"'
            raise _fault(f"Unmatched end tag at byte offset {self._bytes(begin)}, {said}")
        self.at = found.end()
        self._close(self.open.pop())

    def _close(self, tag: _Open) -> None:
        length = self.length - tag.offset
        entity = _entity(tag, "".join(self.text), length) if length else None
        if entity is None:
            return
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (tag.offset, length)
        if same and {last.get("type"), entity["type"]} == {"pre", "code"}:
            # <pre><code class="language-x"> is one entity, whichever stands outside
            language = last.pop("language", "") or entity.get("language", "")
            last.update({"type": "pre"}, **({"language": language} if language else {}))
            return
        self.entities.append(entity)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _fault_at(self, what: str, at: int) -> Refused:
        return _fault(f"{what} at byte offset {self._bytes(at)}")


def parsed_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of a message in HTML; offsets and lengths in UTF-16 units.

    Raises Refused with "can't parse entities: …" and the byte offset, as Telegram says it.
    """
    reader = _Reader(source)
    reader.read()
    return "".join(reader.text), settled(reader.entities)


def settled(entities: list[Json]) -> list[Json]:
    """Entities in Telegram's order, without those that may not stand within another.

    Code holds nothing else and stands in nothing but a quotation: bold around it is split. A quotation
    holds no quotation, a link no link.
    """
    kept: list[Json] = []
    for entity in sorted(entities, key=_order):
        around = [k["type"] for k in kept if k["offset"] + k["length"] > entity["offset"]]
        if not any(_excludes(outer, entity["type"]) for outer in around):
            kept.append(entity if entity["type"] != "code" else _without(entity, "language"))
    code = [(e["offset"], e["offset"] + e["length"]) for e in kept if e["type"] in ("code", "pre")]
    return sorted((piece for e in kept for piece in _split(e, code)), key=_order)


def _order(entity: Json) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _rank(entity["type"])


def _split(entity: Json, code: list[tuple[int, int]]) -> list[Json]:
    """The pieces of a style that stand outside code."""
    if entity["type"] not in _STYLES:
        return [entity]
    start, end, pieces = entity["offset"], entity["offset"] + entity["length"], []
    inside = [(begin, until) for begin, until in code if begin < end and until > start]
    for begin, until in [*inside, (end, end)]:
        if start < begin:
            pieces.append({**entity, "offset": start, "length": begin - start})
        start = until
    return pieces


def _without(entity: Json, name: str) -> Json:
    return {key: value for key, value in entity.items() if key != name}


def _rank(kind: str) -> int:
    order = ("expandable_blockquote", "blockquote", "pre", "code", "text_link")
    return order.index(kind) if kind in order else len(order)


def _excludes(outer: str, inner: str) -> bool:
    if outer in ("code", "pre"):
        return True
    if "blockquote" in outer:
        return "blockquote" in inner
    return outer == inner or (outer == "text_link" and inner in ("code", "pre"))


def _entity(tag: _Open, text: str, length: int) -> Json | None:
    kind = _TAGS[tag.tag]
    entity: Json = {"type": kind, "offset": tag.offset, "length": length}
    if kind == "text_link":
        inside = text.encode("utf-16-le")[2 * tag.offset :].decode("utf-16-le", "replace")
        return _link(entity, tag.attributes.get("href") or inside)
    if kind == "blockquote" and "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    if kind == "code" and tag.attributes.get("class", "").startswith("language-"):
        entity["language"] = tag.attributes["class"].removeprefix("language-")
    if kind == "date_time":
        entity |= {"unix_time": int(tag.attributes["unix"])}
        entity |= {"date_time_format": tag.attributes["format"]} if tag.attributes.get("format") else {}
    if kind == "custom_emoji":
        return None  # paid owners' bots alone may send them: the plain emoji stays
    return entity


def _link(entity: Json, url: str) -> Json | None:
    """A link that Telegram would not open is dropped: its text stays, plain."""
    address = web_address(url)
    return {**entity, "url": address} if address else None


def _is_character(code: int) -> bool:
    return 0 < code < 0x110000 and not 0xD800 <= code < 0xE000


def _fault(what: str) -> Refused:
    return bad_request(f"can't parse entities: {what}")

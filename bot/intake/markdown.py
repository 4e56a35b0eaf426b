"""Markdown → a draft in plain paragraphs: the first heading its title, front matter its other fields.

Pure. No parser of the whole language: what marks words is taken away, what parts paragraphs is kept.
Every pattern reads a line once, so that a line of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from textwrap import dedent

from bot.intake import records
from bot.model import Draft, Refusal

_FRONT = re.compile(r"\A\s*---[ \t]*\n((?:(?!---)[^\n]*\n){1,100}?)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^([\w-]{1,30})[ \t]*:[ \t]*(.*(?:\n(?:[ \t].*|(?=\n|\Z)))*+)", re.MULTILINE)
"""A name and its value, with the lines under it that stand deeper."""
_BLOCK = re.compile(r"([|>])[+-]?\d?[+-]?(?:[ \t]+#.*)?")
_QUOTED = re.compile(r"""(?:"((?:[^"\\]++|\\.)*+)"|'((?:[^']++|'')*+)')(?:\s+#.*)?""", re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_NESTED = re.compile(r"\s*(?:-\s|[\w-]{1,30}:\s)")
_JOINED = re.compile(r"\\\n[ \t]*")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_ESCAPE = re.compile(r"\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))", re.DOTALL)
_NAMES = {
    "date": "published",
    "published": "published",
    "description": "abstract",
    "summary": "abstract",
}
_NAMES |= {name: name for name in ("title", "source", "url", "category", "abstract")}
_NAMES |= {"link": "url", "author": "", "عنوان": "title", "العنوان": "title", "المصدر": "source"}
_NAMES |= {"التاريخ": "published", "الرابط": "url"}

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
_RULE = re.compile(r"\s{0,3}(?:[-*_]\s*){3,}")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]\n]{1,200}\]:\s*\S+.*")
_TABLE_RULE = re.compile(r"[\s|:-]*\|[\s|:-]*")
_NOTE = re.compile(r" {0,3}\[\^[^\[\]\\\s]{1,100}\]:")
_NOTE_MARK = re.compile(r" ?(?<!\\)\[\^[^\[\]\\\s]{1,100}\]")
_DEEPER = re.compile(r"\t| {2}")
_PLACE = r"\((?:[^()\\\n]++|\\.|\((?:[^()\\\n]++|\\.)*+\))*+\)"
"""An address in parentheses, which may hold one pair of its own, as Wikipedia's do."""
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\](?:{_PLACE}|\[[^\[\]\n]*\])")
_LINK = re.compile(rf"\[([^\[\]\n]*)\](?:{_PLACE}|\[[^\[\]\n]*\])")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_EMPHASIS = re.compile(
    r"(?<![\\\d\s*])\*{1,3}(?!\d)|(?<![\\*])\*{1,3}(?=[^\s*\d])"
    r"|(?<![\\\w])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?!\w)|~~|`+"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def draft(text: str) -> Draft | Refusal:
    """The article in `text`; refused where its front matter's date is none."""
    source = _source(text)
    fields, start = _front(source)
    title, body = _blocks(source[start:])
    own = fields.get("title", "")
    record: dict[str, object] = {**fields, "title": own or title, "text": body}
    if own and title and title != own:
        record["text"] = f"{title}\n{body}"
    return records.draft(record, 1)


def has_front_matter(text: str) -> bool:
    """Whether it begins with fields between two lines of dashes, one of them known."""
    return bool(_front(_source(text))[0])


def _source(text: str) -> str:
    """The text as the patterns expect it: no mark before it, no comments, \\n alone between lines."""
    return _without_comments(text.lstrip("\ufeff").replace("\r\n", "\n"))


def _without_comments(text: str) -> str:
    # no pattern: from each of many unclosed ones it would look to the end
    *closed, rest = text.split("-->")
    pieces = (piece.partition("<!--") for piece in closed)
    return "".join(before if mark else f"{before}-->" for before, mark, _ in pieces) + rest


def _front(text: str) -> tuple[dict[str, str], int]:
    """The fields above the text, and where the text starts."""
    found = _FRONT.match(text)
    fields: dict[str, str] = {}
    for name, given in _FIELD.findall(dedent(found.group(1))) if found else ():
        if known := _NAMES.get(name.lower(), ""):
            fields.setdefault(known, _value(given))
    return (fields, found.end()) if found and fields else ({}, 0)


def _value(given: str) -> str:
    """A field's text by the rules of YAML, as far as texts go; what holds fields or a list is none."""
    first, _, deeper = given.partition("\n")
    if block := _BLOCK.fullmatch(first.strip()):
        return dedent(deeper).strip() if block.group(1) == "|" else _folded(dedent(deeper))
    if quoted := _QUOTED.fullmatch(given.strip()):
        double, single = quoted.groups()
        return _folded(single.replace("''", "'")) if double is None else _unescaped(double)
    first = _COMMENT.sub("", first).strip()
    if first in ("~", "null") or (not first and _NESTED.match(deeper)):
        return ""
    return _folded(_COMMENT.sub("", given))


def _folded(text: str) -> str:
    """Lines make one; where empty ones part them a new one begins."""
    paragraphs = _EMPTY_LINES.split(text.strip())
    return "\n".join(" ".join(map(str.strip, part.split("\n"))) for part in paragraphs)


def _unescaped(text: str) -> str:
    """Programs write Arabic as \\uXXXX, and break long lines with a \\ at their ends."""
    found = _ESCAPE.sub(_meant, _folded(_JOINED.sub("", text)))
    # pairs of surrogates become one sign; half a pair is none
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meant(escape: re.Match[str]) -> str:
    *codes, sign = escape.groups()
    code = next(filter(None, codes), None)
    if code is None:
        return {"n": "\n", "t": "\t"}.get(sign, sign)
    return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else ""


def _blocks(text: str) -> tuple[str, str]:
    """The first heading, and the paragraphs a line each."""
    # a block is joined once, at the end: to lengthen it line by line would cost its length each time
    title, found, open_paragraph = "", list[list[str]](), False
    for raw in _without_notes(text.split("\n")):
        line = _QUOTE.sub("", raw, count=1) if _QUOTE.match(raw) else raw
        if _UNDERLINE.fullmatch(line) and open_paragraph:  # a heading, underlined
            title = _taken(title, found)
            open_paragraph = False
        elif _is_nothing(line):
            open_paragraph = False
        elif heading := _HEADING.fullmatch(line):
            found.append([_words(heading.group(1))])
            title = _taken(title, found)
            open_paragraph = False
        elif open_paragraph and not _ITEM.match(line):
            found[-1].append(_words(line))
            open_paragraph = not line.endswith("  ")
        else:
            found.append([_item(line)])
            open_paragraph = not line.endswith("  ")
    return title, "\n".join(filter(None, map(" ".join, found)))


def _without_notes(lines: Iterable[str]) -> Iterator[str]:
    """The lines, empty ones in the place of footnotes, whose paragraphs are all deeper but the first."""
    inside = in_first = False
    for line in lines:
        if _NOTE.match(line):
            inside = in_first = True
        elif line.strip():
            in_first = in_first and not _starts(line)
            inside = inside and (in_first or _DEEPER.match(line) is not None)
        else:
            in_first = False
        yield "" if inside else line


def _starts(line: str) -> bool:
    """Whether it begins something other than a paragraph, and so ends the one right above it."""
    starts = (_HEADING.fullmatch, _ITEM.match, _QUOTE.match)
    return _is_nothing(line) or any(start(line) for start in starts)


def _taken(title: str, found: list[list[str]]) -> str:
    """The last block is a heading: the first one is the title and leaves the blocks, others stay."""
    return title or " ".join(found.pop())


def _is_nothing(line: str) -> bool:
    if not line.strip() or _FENCE.match(line) or _RULE.fullmatch(line[:200]):
        return True
    return _DEFINITION.fullmatch(line) is not None or _TABLE_RULE.fullmatch(line) is not None


def _item(line: str) -> str:
    """A paragraph's first line; an item of a list keeps its mark."""
    item = _ITEM.match(line)
    if item is None:
        return _words(line)
    mark = item.group().strip()
    return f"{mark if mark[0].isdigit() else '-'} {_words(line[item.end() :])}"


def _words(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub("", _NOTE_MARK.sub("", line)))
    line = _EMPHASIS.sub("", _ADDRESS.sub(r"\1", line))
    return _ESCAPED.sub(r"\1", line).strip().strip("|").strip()

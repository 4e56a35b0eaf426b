"""Markdown → a draft in plain paragraphs: the first heading its title, front matter its other fields.

Pure. No parser of the whole language: what marks words is taken away, what parts paragraphs is kept.
Every pattern reads a line once, so that a line of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re

from bot.intake import records
from bot.model import Draft, Refusal

_FRONT = re.compile(r"\A\s*---[ \t]*\n((?:(?!---)[^\n]*\n){1,100}?)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"([\w-]{1,30})[ \t]*:[ \t]*(.*)")
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
_IMAGE = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
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
    """The text as the patterns expect it: no mark before it, \\n alone at the ends of its lines."""
    return text.lstrip("\ufeff").replace("\r\n", "\n")


def _front(text: str) -> tuple[dict[str, str], int]:
    """The fields above the text, and where the text starts."""
    found = _FRONT.match(text)
    fields: dict[str, str] = {}
    for line in found.group(1).split("\n") if found else ():
        pair = _FIELD.fullmatch(line.strip())
        name = _NAMES.get(pair.group(1).lower(), "") if pair else ""
        if pair and name:
            fields.setdefault(name, pair.group(2).strip().strip("\"'"))
    return (fields, found.end()) if found and fields else ({}, 0)


def _blocks(text: str) -> tuple[str, str]:
    """The first heading, and the paragraphs a line each."""
    title, found, open_paragraph = "", [""], False
    for raw in text.split("\n"):
        line = _QUOTE.sub("", raw, count=1) if _QUOTE.match(raw) else raw
        if _UNDERLINE.fullmatch(line) and open_paragraph:  # a heading, underlined
            title, found = _taken(title, found)
            open_paragraph = False
        elif _is_nothing(line):
            open_paragraph = False
        elif heading := _HEADING.fullmatch(line):
            found.append(_words(heading.group(1)))
            title, found = _taken(title, found)
            open_paragraph = False
        elif open_paragraph and not _ITEM.match(line):
            found[-1] += f" {_words(line)}"
            open_paragraph = not line.endswith("  ")
        else:
            found.append(_item(line))
            open_paragraph = not line.endswith("  ")
    return title, "\n".join(filter(None, found))


def _taken(title: str, found: list[str]) -> tuple[str, list[str]]:
    """The last block is a heading: the first one is the title, others stay."""
    return (title, found) if title else (found[-1], found[:-1])


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
    line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    line = _EMPHASIS.sub("", _ADDRESS.sub(r"\1", line))
    return _ESCAPED.sub(r"\1", line).strip().strip("|").strip()

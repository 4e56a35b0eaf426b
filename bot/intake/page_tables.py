"""Tables of a web page, made into the paragraphs that they mean.

Pure. Rows of figures become lines under a line that introduces them, as the article's own lists stand in
a text; a table that only arranges the page becomes the blocks that it arranges. Documents that are
tables are another matter: tables.py.
"""

from __future__ import annotations

import re
from typing import Any

_LONGEST_CELL = 12
"""Words; a longer one is a text, and the table arranges the page."""
_LONGEST_HEAD = 5
_LINK_SHARE = 0.8
"""Of a table's words: one of links is a menu."""
_ROW, _CELLS = "tr", ("td", "th")
_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_BLOCKS = (
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
)
_DIGIT = re.compile(r"\d")
_ENDS = ".:;،؛ "


def resolve(tree: Any) -> None:
    """Puts paragraphs and blocks in the place of all tables in `tree` (lxml)."""
    introduced = _introduced(tree)
    tables = [(table, table.find(".//table") is not None) for table in tree.iter("table")]
    for table, holds_tables in reversed(tables):
        rows = [] if holds_tables else _rows(table)
        if _has_figures(rows):
            _replace(table, [] if _is_menu(table) else _lines(table, rows, table in introduced))
        else:
            _unfold(table)


def _introduced(tree: Any) -> set[Any]:
    """The tables before which the page's text ends with a colon."""
    from lxml import etree  # as in pages.py

    found, before = set(), ""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and element.tag == "table" and before.endswith(":"):
            found.add(element)
        text = element.text if event == "start" else element.tail
        before = (text or "").strip() or before
    return found


def _rows(table: Any) -> list[list[Any]]:
    found = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter(_ROW)]
    return [row for row in found if any(map(_text, row))]


def _text(cell: Any) -> str:
    return " ".join(" ".join(cell.itertext()).split())


def _has_figures(rows: list[list[Any]]) -> bool:
    """Whether the rows are what a table is made for: short cells side by side, with headings or figures.

    Verses stand in tables too, and have neither.
    """
    wide = [row for row in rows if sum(bool(_text(cell)) for cell in row) > 1]
    if len(wide) < 2 or any(len(_text(cell).split()) > _LONGEST_CELL for row in rows for cell in row):
        return False
    return _is_marked(rows[0]) or any(map(_has_digit, rows))


def _is_menu(table: Any) -> bool:
    linked = sum(len(_text(link).split()) for link in table.iter("a"))
    return linked >= _LINK_SHARE * len(_text(table).split())


def _lines(table: Any, rows: list[list[Any]], is_introduced: bool) -> list[str]:
    """A line a row under the caption or the row of headings, which end with a colon.

    A table that nothing introduces says no more than its figures, and what stays of it in the article
    would be fragments: none of it is read.
    """
    lines = [_line(row) for row in rows]
    caption = next((_text(each).rstrip(_ENDS) for each in table.iter("caption")), "")
    if caption:
        return [f"{caption}:", *lines]
    if _is_heading(rows):
        return [f"{lines[0]}:", *lines[1:]]
    return lines if is_introduced else []


def _line(row: list[Any]) -> str:
    cells = [_text(cell).rstrip(_ENDS) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return "، ".join(cell or "-" for cell in cells).removeprefix("-، ")


def _is_heading(rows: list[list[Any]]) -> bool:
    """Whether the first row says what stands below: marked so, one cell, or alone without figures."""
    first, *others = rows
    if _is_marked(first) or sum(bool(_text(cell)) for cell in first) == 1:
        return True
    is_short = all(len(_text(cell).split()) <= _LONGEST_HEAD for cell in first)
    return is_short and not _has_digit(first) and all(map(_has_digit, others))


def _is_marked(row: list[Any]) -> bool:
    return all(cell.tag == "th" for cell in row) or row[0].getparent().getparent().tag == "thead"


def _has_digit(row: list[Any]) -> bool:
    return any(_DIGIT.search(_text(cell)) for cell in row)


def _replace(table: Any, lines: list[str]) -> None:
    parent, place = table.getparent(), table.getparent().index(table)
    for line in lines:
        paragraph = parent.makeelement("p")
        paragraph.text = line
        parent.insert(place, paragraph)
        place += 1
    table.drop_tree()


def _unfold(table: Any) -> None:
    """Makes a table's parts plain blocks, which keeps the paragraphs of its cells apart."""
    for part in list(table.iter(*_PARTS)):
        is_text = part.tag in _CELLS and next(part.iterdescendants(*_BLOCKS), None) is None
        part.tag = "p" if is_text else "div"

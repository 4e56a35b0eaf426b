"""CSV → drafts: any order of columns, names in Arabic or English, comma, semicolon, tab or bar.

Pure. Works on UTF-8 bytes, a row at a time. Quoting is RFC 4180's, read forgivingly: a quotation that
does not close before a delimiter is the cell's own words, so that one stray mark spoils one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.arabic.words import fold
from bot.errors import UnreadableTable
from bot.intake import records
from bot.intake.jsonparts import LARGEST_PART
from bot.model import Draft, Refusal, RefusalReason

_DELIMITERS = (b",", b";", b"\t", b"|")
_MOST_COLUMNS = 200
_LONGEST_HEADER = 10_000

_NAMES = {
    "title": "title headline heading subject العنوان عنوان العنوان_الرئيسي عنوان_الخبر عنوان_المقال",
    "text": "text body content article fulltext full_text النص نص المحتوى محتوى المقال نص_الخبر"
    " نص_المقال الخبر المتن متن",
    "url": "url link address href الرابط رابط العنوان_الإلكتروني رابط_الخبر رابط_المقال",
    "source": "source publisher site outlet newspaper المصدر مصدر الصحيفة الموقع الناشر الوكالة",
    "category": "category section topic التصنيف تصنيف القسم قسم الفئة فئة الباب",
    "published": "published date time datetime pubdate published_at publish_date التاريخ تاريخ"
    " تاريخ_النشر وقت_النشر نشر_في",
    "abstract": "abstract summary description الملخص ملخص الخلاصة خلاصة الوصف وصف المقدمة",
}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name).lower())


_FIELDS = {_key(name): field for field, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is built: told by its first row."""

    delimiter: bytes
    columns: tuple[str, ...]
    """The field of each column; empty for one that mojaz does not know."""
    start: int
    """Where the first row after the header begins."""
    line: int
    """That row's line."""

    @property
    def known(self) -> int:
        return sum(map(bool, self.columns))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[bytes]
    line: int
    end: int
    is_whole: bool = True


def layout(content: bytes) -> Layout | None:
    """The layout of a table whose first row names its columns, a title or a text among them, or None."""
    start, line = 0, 1
    while (end := content.find(b"\n", start)) >= 0 and _is_before_header(content[start:end]):
        start, line = end + 1, line + 1
    end = len(content) if end < 0 else end
    if end - start > _LONGEST_HEADER:
        return None
    found = [_with(content, delimiter, start, line) for delimiter in _DELIMITERS]
    best = max(found, key=lambda one: one.known)
    return best if {"title", "text"} & set(best.columns) else None


def required(content: bytes) -> Layout:
    """As `layout`; raises UnreadableTable where the first row names no title and no text."""
    found = layout(content)
    if found is None:
        first = content.lstrip()[:400].decode("utf-8", "replace").partition("\n")[0]
        raise UnreadableTable(
            "the table's first row must name its columns, title or text among them: "
            + records.shown(first)
        )
    return found


def count(content: bytes, most: int | None = None) -> int:
    """How many rows follow the header; no further than `most` are counted."""
    found = layout(content)
    return sum(1 for _ in islice(_rows(content, found), most)) if found else 0


def read(content: bytes) -> Iterator[Draft | Refusal]:
    """The rows as drafts; one with more or fewer cells than the header is refused, and no other."""
    found = required(content)
    for row in _rows(content, found):
        yield _record(row, found)


def _record(row: _Row, found: Layout) -> Draft | Refusal:
    cells, columns = row.cells, found.columns
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if not row.is_whole or len(cells) != len(columns):
        has = f"{len(cells)}{'' if row.is_whole else '+'}"
        return Refusal(row.line, RefusalReason.BAD_ROW, f"{has}/{len(columns)}")
    if any(len(cell) > LARGEST_PART for cell in cells):
        return Refusal(row.line, RefusalReason.TOO_LONG, "record")
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=True):
        if name and not values.get(name):
            values[name] = cell.decode("utf-8", "replace").strip()
    return records.draft(values, row.line)


def _is_before_header(line: bytes) -> bool:
    """An empty line, or the line by which a spreadsheet is told the delimiter."""
    return not line.strip() or re.fullmatch(rb"\s*sep=.\s*", line, re.IGNORECASE) is not None


def _with(content: bytes, delimiter: bytes, start: int, line: int) -> Layout:
    row = _row(content, _field(delimiter), delimiter, start, line)
    names = [_FIELDS.get(_key(cell.decode("utf-8", "replace")[:100]), "") for cell in row.cells]
    columns = tuple(_first_of_each(names))
    return Layout(delimiter, columns, row.end, line + content.count(b"\n", start, row.end))


def _first_of_each(names: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        yield "" if name in seen else name
        seen.add(name)


def _rows(content: bytes, found: Layout) -> Iterator[_Row]:
    field, start, line = _field(found.delimiter), found.start, found.line
    while start < len(content):
        row = _row(content, field, found.delimiter, start, line)
        if any(cell.strip() for cell in row.cells):
            yield row
        line += content.count(b"\n", start, row.end)
        start = row.end


def _field(delimiter: bytes) -> re.Pattern[bytes]:
    """A cell and what ends it: quoted, with doubled marks inside, or up to the next delimiter."""
    sign = re.escape(delimiter)
    return re.compile(
        rb'(?: *+"((?:[^"]++|"")*+)" *+(?=' + sign + rb"|\r?\n|\Z)|([^\n" + sign + rb"]*+))"
        rb"\r?(" + sign + rb"|\n|\Z)"
    )


def _row(content: bytes, field: re.Pattern[bytes], delimiter: bytes, start: int, line: int) -> _Row:
    cells: list[bytes] = []
    at = start
    while len(cells) < _MOST_COLUMNS:
        cell = field.match(content, at)
        assert cell is not None  # an unquoted cell may be empty and always ends
        quoted = cell.group(1)
        cells.append(cell.group(2) if quoted is None else quoted.replace(b'""', b'"'))
        at = cell.end()
        if cell.group(3) != delimiter:
            return _Row(cells, line, at)
    end = content.find(b"\n", at)
    return _Row(cells, line, len(content) if end < 0 else end + 1, is_whole=False)

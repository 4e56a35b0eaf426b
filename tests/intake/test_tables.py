"""CSV: any order and delimiter, Arabic or English names, forgiving of quotation marks, by rows."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import within

from bot.errors import UnreadableDocument
from bot.intake.documents import read
from bot.model import Draft, Refusal, RefusalReason


def records(content: str, name: str = "news.csv") -> list[Draft | Refusal]:
    return list(read(name, content.encode()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["news.csv", "news.tsv", "news.txt", "news"])
def test_columns_are_found_by_their_names(delimiter: str, name: str) -> None:
    rows = [("published", "title", "id", "text"), ("2020-01-02", "عنوان", "7", "نص الخبر")]
    content = "\n".join(delimiter.join(row) for row in rows)
    assert records(content, name) == [
        Draft("نص الخبر", "عنوان", published=datetime(2020, 1, 2, tzinfo=UTC), line=2)
    ]


def test_arabic_names_of_columns_are_known() -> None:
    content = "المصدر;العنوان;النص;الرابط\nصحيفة;عنوان;نص الخبر;https://example.org/1\n"
    assert records(content) == [Draft("نص الخبر", "عنوان", "https://example.org/1", "صحيفة", line=2)]


def test_quoted_cells_hold_delimiters_marks_and_lines() -> None:
    content = 'title,text\r\n"واحد, اثنان","قال ""نعم"".\nثم مضى."\r\nآخر,نص\r\n'
    assert records(content) == [
        Draft('قال "نعم".\nثم مضى.', "واحد, اثنان", line=2),
        Draft("نص", "آخر", line=4),
    ]


def test_a_mark_inside_a_cell_is_the_cell_s_own() -> None:
    content = 'title,text\n"الجيش" يتقدم,قال "نعم" ثم مضى\n'
    assert records(content) == [Draft('قال "نعم" ثم مضى', '"الجيش" يتقدم', line=2)]


def test_a_bad_row_is_refused_with_its_line_and_stops_no_other() -> None:
    content = "title,text,published\nأ,نص,\nب,نص,x,y\nج\nد,نص,أمس\nهـ,نص,2020-01-02,\n"
    found = [(r.line, r.reason if isinstance(r, Refusal) else None) for r in records(content)]
    assert found == [
        (2, None),
        (3, RefusalReason.BAD_ROW),
        (4, RefusalReason.BAD_ROW),
        (5, RefusalReason.BAD_DATE),
        (6, None),
    ]


def test_a_year_alone_is_refused_and_shown() -> None:
    [refused, _] = records("title,published\nأ,2018\nب,2018-05-17\n")
    assert refused == Refusal(2, RefusalReason.BAD_DATE, "2018")


def test_an_unclosed_mark_spoils_its_own_row_alone() -> None:
    content = 'title,text\nأ,"لم يغلق\nب,نص\nج,نص\n'
    assert [(r.line, r.text) for r in records(content) if isinstance(r, Draft)] == [
        (2, '"لم يغلق'),
        (3, "نص"),
        (4, "نص"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
def test_tables_of_spreadsheets_are_read(encoding: str) -> None:
    content = "sep=;\r\nالعنوان;النص\r\nعنوان الخبر الأول;نص الخبر الأول كله\r\n".encode(encoding)
    assert list(read("news.csv", content)) == [Draft("نص الخبر الأول كله", "عنوان الخبر الأول", line=3)]


def test_tables_saved_for_the_macintosh_are_read() -> None:
    content = 'sep=,\rtitle,text\rأ,"نص\nمن سطرين"\r\rب\rج,نص'
    [first, refused, last] = records(content)
    assert first == Draft("نص\nمن سطرين", "أ", line=3)
    assert (refused.line, getattr(refused, "reason", None)) == (6, RefusalReason.BAD_ROW)
    assert last == Draft("نص", "ج", line=7)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"])
def test_a_return_in_a_cell_ends_no_row(end: str) -> None:
    content = f"title,text{end}عنوان\rالخبر,نص\rالخبر{end}"
    assert records(content) == [Draft("نص\rالخبر", "عنوان\rالخبر", line=2)]


@pytest.mark.parametrize("content", ["أ,ب\nج,د\n", "1,2,3", "url,source\nhttps://example.org,x\n"])
def test_a_table_without_names_of_columns_says_so(content: str) -> None:
    with pytest.raises(UnreadableDocument, match="must name its columns"):
        records(content)


@pytest.mark.parametrize(
    "row", ['"', '""', '"x\n', ",", ',"', '"a""', '"""\n', "x\n", '"x",\n', '"\n"x']
)
def test_hostile_tables_cost_no_time(row: str) -> None:
    content = ("title,text\n" + row * (2_000_000 // len(row))).encode()
    with within(5):
        # one after the other, as they are taken in: to keep a million costs more than to read them
        deque(read("news.csv", content), maxlen=0)


cells = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(cells.map(lambda text: f"ن{text}"), cells), max_size=5))
def test_what_is_written_by_the_rules_is_read_as_it_was(rows: list[tuple[str, str]]) -> None:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    content = "\r\n".join(["title,text", *(",".join(row) for row in quoted)])
    found = records(content)
    assert [(r.title, r.text) for r in found if isinstance(r, Draft)] == [
        (title.strip(), text.strip()) for title, text in rows
    ]

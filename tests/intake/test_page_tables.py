"""Tables of a web page: all rows, readable, or none; what a table arranges is read as without it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.intake import pages
from bot.intake.clean import article
from bot.model import Article

PARAGRAPHS = [
    "أعلنت وزارة الصحة اليوم حصيلة جديدة للإصابات في دول المنطقة منذ بداية العام الجاري.",
    "وقال الوزير في مؤتمر صحفي عقده في العاصمة إن الأعداد تراجعت كثيرا عما كانت عليه قبل شهر.",
    "وأضاف أن المستشفيات ستعود إلى العمل المعتاد في الأسبوع المقبل بعد أن خفت عنها الضغوط.",
]
CASES = "الدولة|العدد\nمصر|1200\nالسعودية|3400\nالمغرب|560"
ROWS = ["الدولة، العدد:", "مصر، 1200", "السعودية، 3400", "المغرب، 560"]
LEAGUE = "الفريق|لعب|فوز|تعادل|خسارة|النقاط\nالأهلي|22|15|4|3|49\nالزمالك|22||5|5|46"


def table(rows: str, head: str = "th", inside: str = "%s", caption: str = "") -> str:
    parts = []
    for place, row in enumerate(rows.split("\n")):
        name = "td" if place else head
        cells = "".join(f"<{name}>{inside % cell}</{name}>" for cell in row.split("|"))
        parts.append(f"<tr>{cells}</tr>")
    return f"<table>{caption}{''.join(parts)}</table>"


def stored(*blocks: str) -> list[str]:
    """What is stored below the paragraphs of a page where `blocks` follow them."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    content = f"<html><body><h1>حصيلة</h1><article>{text}{''.join(blocks)}</article></body></html>"
    draft = pages.read(content.encode(), "text/html", "https://www.example.org/2020/story")
    found = article(draft, datetime.now(UTC))
    assert isinstance(found, Article)
    lines = found.body.split("\n")
    assert lines[:3] == PARAGRAPHS
    return lines[3:]


@pytest.mark.parametrize("inside", ["%s", "<p>%s</p>", "<b>%s</b>", " %s. "])
@pytest.mark.parametrize("head", ["th", "td"])
def test_rows_are_lines_under_their_headings(head: str, inside: str) -> None:
    assert stored(table(CASES, head, inside)) == ROWS
    below = "<p>ويتوقع الخبراء أن تنخفض الأعداد أكثر مع حلول الصيف.</p>"
    assert stored(table(CASES, head, inside), below)[:-1] == ROWS


def test_an_empty_cell_keeps_its_place() -> None:
    assert stored(table(LEAGUE)) == [
        "الفريق، لعب، فوز، تعادل، خسارة، النقاط:",
        "الأهلي، 22، 15، 4، 3، 49",
        "الزمالك، 22، -، 5، 5، 46",
    ]


def test_a_caption_or_the_line_above_introduces_figures() -> None:
    figures = CASES.partition("\n")[2]
    caption = "<caption>عدد المصابين</caption>"
    assert stored(table(figures, "td", caption=caption)) == ["عدد المصابين:", *ROWS[1:]]
    assert stored("<p>وجاءت <b>الأعداد كالتالي</b>:</p>", table(figures, "td"))[1:] == ROWS[1:]


def test_figures_that_nothing_introduces_leave_no_fragment() -> None:
    assert stored(table(CASES.partition("\n")[2], "td")) == []


def test_a_table_of_links_is_a_menu() -> None:
    link = '<a href="/part">%s</a>'
    assert stored(table("أخبار مصر|أخبار السعودية\nمونديال 2022|مونديال 2026", "th", link)) == []


VERSES = "قفا نبك من ذكرى حبيب ومنزل.|بسقط اللوى بين الدخول فحومل.\nفتوضح فالمقراة.|لم يعف رسمها."


def test_verses_side_by_side_are_read() -> None:
    assert stored(table(VERSES, "td")) == VERSES.replace("|", "\n").split("\n")


@pytest.mark.parametrize(
    "cell",
    [
        "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
        "<br><br>".join(PARAGRAPHS),
        f"<table><tr><td>{PARAGRAPHS[0]}</td></tr><tr><td>{'<br>'.join(PARAGRAPHS[1:])}</td></tr></table>",
    ],
)
def test_a_table_that_arranges_the_page_is_read_as_its_paragraphs(cell: str) -> None:
    side = '<td><a href="/1">سياسة</a><br><a href="/2">اقتصاد</a><br><a href="/3">رياضة</a></td>'
    content = f"<html><body><table><tr>{side}<td>{cell}</td></tr></table></body></html>"
    assert pages.read(content.encode(), "text/html", "").text.split("\n") == PARAGRAPHS

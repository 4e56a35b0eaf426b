"""Scraps of HTML and signs that no reader can see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.markup import one_line, plain, unlinked_items


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>أول</p>ثان", "\nأول\nثان"),
        ("قال <b>الوزير</b> <a href='x'>هنا</a>", "قال الوزير هنا"),
        ("أ<br>ب<BR />ج", "أ\nب\nج"),
        ("<script>if (1 < 2) x()</script>نص", "\nنص"),
        ("أ<!-- خفي -->ب", "أ\nب"),
        ("&quot;نعم&quot; &amp; لا&nbsp;شك &#1571;", '"نعم" & لا\xa0شك أ'),
        ("&lt;p&gt;نص&lt;/p&gt;", "\nنص\n"),
        ("3 < 5 > 2 و x<y>z", "3 < 5 > 2 و x<y>z"),
        ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&copy=2"),
        ("أ\r\nب\rج\u2028د\x0bه", "أ\nب\nج\nد\nه"),
        ("أ\x00ب\x07\ufeffج", "أبج"),
        ("أ\ud83dب", "أ\ufffdب"),
        ("أ\u200fب\u064bج😀", "أ\u200fب\u064bج😀"),
    ],
)
def test_text_becomes_plain(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("<ul><li>أول</li><LI class=x>ثان <b>و</b>ثالث</ul>", {"أول", "ثان وثالث"}),
        ("<ul><li><a href='/1'>أول</a></li><li>ثان <a href='/2'>هنا</a></li></ul>", set()),
        ("<ul><a href='/1'><li>أول</li></a><li>ثان</li><a><li><b>ثالث</b></li></A></ul>", {"ثان"}),
        ("<a href='/1'><ul><li>أول</li></ul></a>", set()),
        ("<a name='top'><ul><li>أول</li></ul>", {"أول"}),
        ("<ol><li>أول<ul><li>ثان</li></ul></li></ol>", {"أول", "ثان"}),
        ("<link><li>أول", set()),
    ],
)
def test_items_of_lists_without_links_are_found(text: str, items: set[str]) -> None:
    assert unlinked_items(text) == items


def test_a_title_is_one_line() -> None:
    assert one_line("  أول<br>ثان \n ثالث ") == "أول ثان ثالث"


@given(st.text(alphabet="<>&;/!-pabr#12 \ud800\x00أ", max_size=60) | st.text())
def test_plain_text_can_be_stored_and_sent(text: str) -> None:
    found = plain(text)
    found.encode()
    assert "\x00" not in found
    assert "\r" not in found

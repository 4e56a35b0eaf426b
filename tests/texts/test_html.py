"""Escaping and measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import html
from bot.texts.html import Html, Size


def test_text_is_escaped_and_html_is_not_escaped_twice() -> None:
    assert html.bold('a <b> & "c"') == '<b>a &lt;b&gt; &amp; "c"</b>'
    assert html.escape(html.bold("x")) == "<b>x</b>"


def test_a_link_with_an_address_that_telegram_would_not_open_is_only_its_text() -> None:
    assert html.link('https://a.example/?q="1"&x', "خبر").startswith(
        '<a href="https://a.example/?q=&quot;1&quot;'
    )
    for address in (
        "javascript:alert(1)",
        "http://",
        "https://a b.example",
        "ftp://a.example",
        "https://[bad",
    ):
        assert html.link(address, "خبر") == "خبر"


def test_controls_marks_and_line_breaks_leave_one_clean_line() -> None:
    assert html.clean("  عاجل\u202e\u200f |\r\n خبر\x00\ufeff\tآخر\u2028 ") == "عاجل | خبر آخر"


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("خبر قصير", 20, "خبر قصير"),
        ("افتتح الوزير المعبر، صباح اليوم", 22, "افتتح الوزير المعبر…"),
        ("abcdefgh", 5, "abcd…"),
        ("abc👨\u200d👩", 5, "abc…"),
    ],
)
def test_long_text_ends_at_a_word(text: str, limit: int, kept: str) -> None:
    assert html.shorten(text, limit) == kept


def test_size_counts_what_telegram_counts() -> None:
    markup = '<b>خبر 😀</b> &amp; <a href="https://x.example/long">اقرأ</a> /latest'
    assert html.size(markup) == Size(units=len("خبر 😀 & اقرأ /latest") + 1, entities=3)


def test_whole_blocks_are_left_out_where_they_do_not_fit() -> None:
    blocks = ["أ" * 10, "ب" * 10, "ج" * 10]
    assert html.fit(blocks, "د" * 5, Size(29, 9)) == 2
    assert html.fit(blocks, "د" * 5, Size(28, 9)) == 1


def test_html_survives_being_joined() -> None:
    assert html.join(" · ", [html.bold("أ"), "", "<", Html("&lt;")]) == "<b>أ</b> · &lt; · &lt;"


LETTERS = st.text(alphabet="سم٣5 .،:«»()/-–+×Ax\u00a0\u200b\u200f\u202e\n\t%—é", max_size=60)


@given(LETTERS)
def test_clean_text_has_nothing_left_to_clean(text: str) -> None:
    once = html.clean(text)
    assert not set(once) & set("\u200b\u200f\u202e\n\t\u00a0")
    assert "  " not in once
    assert html.clean(once) == once.strip() == once

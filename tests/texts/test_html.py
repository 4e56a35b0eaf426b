"""Escaping, measures and the direction of lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Button, Language
from bot.texts import html
from bot.texts.html import FSI, LRM, PDI, RLM, Html, Size

SHOWN = str.maketrans({RLM: "⟨R⟩", LRM: "⟨L⟩", FSI: "⟦", PDI: "⟧"})


def shown(markup: str, language: Language = Language.AR) -> str:
    return html.lay_out(markup, language).translate(SHOWN)


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


# --- direction ------------------------------------------------------------------------------------

ARABIC_LINES = [
    ("خبر عادي", "خبر عادي"),
    ("OpenAI تفتح مكتبًا", "⟨R⟩⟦OpenAI⟧ تفتح مكتبًا"),
    ("لغة C++ جديدة", "لغة ⟦C++⟧ جديدة"),
    ("عاجل CNN: 15 قتيلًا", "عاجل ⟦CNN⟧: 15 قتيلًا"),
    ("هاتف iPhone 15 الجديد", "هاتف ⟦iPhone 15⟧ الجديد"),
    ("النتيجة 2-1 بين 2020-2024", "النتيجة ⟦2-1⟧ بين ⟦2020-2024⟧"),
    ("مجموعة 5+1 ودرجة +3", "مجموعة ⟦5+1⟧ ودرجة +3"),
    ("اكتب /subscribe 07:30 الآن", "اكتب ⟦/subscribe 07:30⟧ الآن"),
    ("نسخة iPhone 15.5: جديدة", "نسخة ⟦iPhone 15.5⟧: جديدة"),
    ("24/11/2026 07:10", "⟨R⟩24/11/2026 07:10"),
    ("🇸🇾 سوريا", "⟨R⟩⟦🇸🇾⟧ سوريا"),
    ("🔴 عاجل", "🔴 عاجل"),
    ("ℹ تنبيه", "⟨R⟩⟦ℹ⟧ تنبيه"),
    ("12", "⟨R⟩12"),
    ("Reuters · CNN · قبل ساعة", "⟨R⟩⟦Reuters⟧ · ⟦CNN⟧ · قبل ساعة"),
    ("قال (Hello, world) ثم f(x).", "قال (⟦Hello, world⟧) ثم ⟦f(x)⟧."),
    ("/latest — آخر الأخبار", "⟨R⟩⟦/latest⟧ — آخر الأخبار"),
    (
        '<b>1.</b> <a href="https://x.y">R&amp;B &lt; X</a>',
        '⟨R⟩<b>1.</b> <a href="https://x.y">⟦R&amp;B⟧ &lt; ⟦X⟧</a>',
    ),
    ("<blockquote expandable>CNN</blockquote>", "<blockquote expandable>⟨R⟩⟦CNN⟧</blockquote>"),
    ("<code>/topic سوريا</code> — خبر", "⟨R⟩⟦<code>/topic سوريا</code>⟧ — خبر"),
    ("\u202eخبر\u2066 x\u2069", "خبر ⟦x⟧"),
    ("", ""),
]


@pytest.mark.parametrize(("line", "laid"), ARABIC_LINES)
def test_an_arabic_line_runs_from_right_to_left(line: str, laid: str) -> None:
    assert shown(line) == laid


ENGLISH_LINES = [
    ("Latest news", "Latest news"),
    ("سانا · 12 minutes ago", "⟨L⟩⟦سانا⟧ · 12 minutes ago"),
    ("صحيفة الملاعب الرياضية · 1 hour ago", "⟨L⟩⟦صحيفة الملاعب الرياضية⟧ · 1 hour ago"),
    ("1. إعادة فتح المعبر", "1. إعادة فتح المعبر"),
    ("OpenAI تفتح مكتبًا إقليميًّا في دبي", "⟨R⟩⟦OpenAI⟧ تفتح مكتبًا إقليميًّا في دبي"),
    ("12", "⟨L⟩12"),
]


@pytest.mark.parametrize(("line", "laid"), ENGLISH_LINES)
def test_an_english_line_runs_as_most_of_its_letters_do(line: str, laid: str) -> None:
    assert shown(line, Language.EN) == laid


@given(st.text(max_size=200), st.sampled_from(Language))
def test_laying_out_twice_changes_nothing(text: str, language: Language) -> None:
    once = html.lay_out(html.escape(text), language)
    assert html.lay_out(once, language) == once


@given(st.text(max_size=200))
def test_only_marks_are_added(text: str) -> None:
    laid = html.lay_out_plain(text, Language.AR)
    assert html.clean(laid) == html.clean(text)


def test_button_rows_are_reversed_for_arabic_alone() -> None:
    rows = [[Button("السابق", "a"), Button("التالي", "b")], []]
    assert [b.action for b in html.rows_rtl(rows, Language.AR)[0]] == ["b", "a"]
    assert [b.action for b in html.rows_rtl(rows, Language.EN)[0]] == ["a", "b"]


def test_a_buttons_label_is_short_and_runs_right() -> None:
    button = html.rows_rtl([[Button("CNN " + "بالعربية " * 20, "a")]], Language.AR)[0][0]
    assert button.label.startswith(f"{RLM}{FSI}CNN{PDI} بالعربية")
    assert len(button.label) <= html.LABEL + 3


def test_html_survives_being_joined() -> None:
    assert html.join(" · ", [html.bold("أ"), "", "<", Html("&lt;")]) == "<b>أ</b> · &lt; · &lt;"


def test_an_items_number_stays_before_a_headline_that_begins_with_a_number() -> None:
    line = '<b>1.</b> <a href="https://a.example/">210 شاحنات تعبر</a>'
    assert html.lay_out(line, Language.AR) == line.replace("</b>", f"</b>{html.RLM}")
    assert html.lay_out("<b>1.</b> شاحنات", Language.AR) == "<b>1.</b> شاحنات"


LETTERS = st.text(alphabet="سم٣5 .،:«»()/-–+×Ax\u00a0\u200b\u200f\u202e\n\t%—é", max_size=60)


@given(LETTERS)
def test_clean_text_has_nothing_left_to_clean(text: str) -> None:
    once = html.clean(text)
    assert not set(once) & set("\u200b\u200f\u202e\n\t\u00a0")
    assert "  " not in once
    assert html.clean(once) == once.strip() == once


@given(LETTERS)
def test_every_foreign_letter_and_range_stands_between_marks(text: str) -> None:
    laid = html.lay_out_plain(text, Language.AR)
    outside = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", laid)
    assert html.first_strong(re.sub("[^Axé]", "", outside)) == ""
    assert not re.search(r"(?<![\d+×–-])\d+(?:[+×–-]\d+)+(?![\d+×–-])", outside)

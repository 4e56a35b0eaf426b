"""The direction of lines and the order of buttons."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Button, Language
from bot.texts import direction, html
from bot.texts.direction import FSI, LRM, PDI, RLM

SHOWN = str.maketrans({RLM: "⟨R⟩", LRM: "⟨L⟩", FSI: "⟦", PDI: "⟧"})


def shown(markup: str, language: Language = Language.AR) -> str:
    return direction.lay_out(markup, language).translate(SHOWN)


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
    once = direction.lay_out(html.escape(text), language)
    assert direction.lay_out(once, language) == once


@given(st.text(max_size=200))
def test_only_marks_are_added(text: str) -> None:
    laid = direction.lay_out_plain(text, Language.AR)
    assert html.clean(laid) == html.clean(text)


def test_button_rows_are_reversed_for_arabic_alone() -> None:
    rows = [[Button("السابق", "a"), Button("التالي", "b")], []]
    assert [b.action for b in direction.rows_rtl(rows, Language.AR)[0]] == ["b", "a"]
    assert [b.action for b in direction.rows_rtl(rows, Language.EN)[0]] == ["a", "b"]


def test_a_buttons_label_is_short_and_runs_right() -> None:
    button = direction.rows_rtl([[Button("CNN " + "بالعربية " * 20, "a")]], Language.AR)[0][0]
    assert button.label.startswith(f"{RLM}{FSI}CNN{PDI} بالعربية")
    assert len(button.label) <= direction.LABEL + 3


def test_an_items_number_stays_before_a_headline_that_begins_with_a_number() -> None:
    line = '<b>1.</b> <a href="https://a.example/">210 شاحنات تعبر</a>'
    assert direction.lay_out(line, Language.AR) == line.replace("</b>", f"</b>{direction.RLM}")
    assert direction.lay_out("<b>1.</b> شاحنات", Language.AR) == "<b>1.</b> شاحنات"


LETTERS = st.text(alphabet="سم٣5 .،:«»()/-–+×Ax\u00a0\u200b\u200f\u202e\n\t%—é", max_size=60)


@given(LETTERS)
def test_every_foreign_letter_and_range_stands_between_marks(text: str) -> None:
    laid = direction.lay_out_plain(text, Language.AR)
    outside = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", laid)
    assert direction.first_strong(re.sub("[^Axé]", "", outside)) == ""
    assert not re.search(r"(?<![\d+×–-])\d+(?:[+×–-]\d+)+(?![\d+×–-])", outside)

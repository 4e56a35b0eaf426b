"""Digits in the reader's form, put in last of all, where they break nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Digits, Language
from bot.texts import direction, html
from bot.texts.digits import in_markup, in_plain

TOLD = [
    ("8 أخبار في الساعة 08:30", "٨ أخبار في الساعة ٠٨:٣٠"),
    ("<b>1.</b> خبر", "<b>١.</b> خبر"),
    (
        '<a href="https://a.example/2026/1">عام 2026</a>',
        '<a href="https://a.example/2026/1">عام ٢٠٢٦</a>',
    ),
    ("<code>/read 12</code> ثم 12", "<code>/read 12</code> ثم ١٢"),
    ("/read12 و12 @user12 #2026", "/read12 و١٢ @user12 #2026"),
    ("https://a.example/12?b=3&amp;c=4 و5", "https://a.example/12?b=3&amp;c=4 و٥"),
    ("قمة G20 و20 دولة", "قمة G20 و٢٠ دولة"),
    ("هاتف \u2068iPhone 15\u2069 بسعر 15", "هاتف \u2068iPhone 15\u2069 بسعر ١٥"),
    ("بين \u20682020-2024\u2069", "بين \u2068٢٠٢٠-٢٠٢٤\u2069"),
    ("\u200f\u2068/stop1\u2069 9", "\u200f\u2068/stop1\u2069 ٩"),
    ("طوله 4,085,120 حرفًا، و1,5 و10,20", "طوله ٤٬٠٨٥٬١٢٠ حرفًا، و١,٥ و١٠,٢٠"),
    ("5 &lt; 6 &amp; 7&#39;8", "٥ &lt; ٦ &amp; ٧&#39;٨"),
]


@pytest.mark.parametrize(("before", "after"), TOLD)
def test_only_the_digits_that_are_read_change(before: str, after: str) -> None:
    assert in_markup(before, Digits.ARABIC) == after


@pytest.mark.parametrize(("before", "_after"), TOLD)
def test_latin_digits_leave_a_text_as_it_is(before: str, _after: str) -> None:
    assert in_markup(before, Digits.LATIN) == before


def test_a_label_is_no_markup() -> None:
    assert in_plain("<b> 3 & 4 /x5", Digits.ARABIC) == "<b> ٣ & ٤ /x5"


PIECES = st.sampled_from(
    ["2026", "خبر 5", "<b>7</b>", "<code>/a 1</code>", "C++20", "2-1", "&amp;", "x@1.y", "\n", "٣", "#9"]
)


@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from(Language))
def test_size_tags_and_every_other_character_stay(text: str, language: Language) -> None:
    laid = direction.lay_out(text, language)
    told = in_markup(laid, Digits.ARABIC)
    assert re.findall("<[^>]*>", told) == re.findall("<[^>]*>", laid)
    back = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
    assert told.translate(back) == laid.translate(back)
    assert html.size(told) == html.size(laid)
    assert in_markup(told, Digits.ARABIC) == told

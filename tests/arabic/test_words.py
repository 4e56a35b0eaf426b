"""Folding, tokens, stems and search terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.stemming import split_prefix
from bot.arabic.words import (
    STOP_WORDS,
    fold,
    search_terms,
    to_arabic_digits,
    to_latin_digits,
    tokens,
    words,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
ARABIC_TEXT = st.text(
    st.sampled_from("اأإآبتةهىيیئؤءوكکگلـًٌَُِّْ ،.,٫٬٠١۲۳12aZé'«»“”\u200f\u200c\ufeff\ufefb_-")
)


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("مُعَلِّم", "معلم"),
        ("بيـــان", "بيان"),
        ("أحمد إلى آخر ٱلبيت", "احمد الى اخر البيت"),
        ("مستشفى", "مستشفي"),
        ("مدرسة", "مدرسه"),
        ("کتاب", "كتاب"),
        ("ﻻ ﺳﻼم", "لا سلام"),
        ("۱۲٣", "123"),
        ("ab\u200f \u202bcd\u202c", "AB CD"),
        ("Élysée", "elysee"),
        ("مسؤول", "مسوول"),
    ],
)
def test_spellings_of_one_word_fold_alike(spelling: str, other: str) -> None:
    assert fold(spelling) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ماء", "ما"), ("علي", "علا"), ("قلب", "كلب")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY_TEXT | ARABIC_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC_TEXT)
def test_the_quick_way_of_folding_agrees_with_the_thorough_one(text: str) -> None:
    assert fold(text + "\uff21") == fold(text) + "a"


@given(ANY_TEXT | ARABIC_TEXT)
def test_a_token_is_the_slice_of_the_text_that_its_offsets_say(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.text == text[token.start : token.end]
        assert token.start >= end
        assert token.folded == fold(token.text) != ""
        end = token.end


def test_a_vocalised_word_and_a_number_are_one_token_each() -> None:
    texts = [token.text for token in tokens("قالَ: اِنْتَظَرْتُ 1,200 يوم و3.5 ساعات في #القدس_القديمة")]
    assert texts == ["قالَ", "اِنْتَظَرْتُ", "1,200", "يوم", "و", "3.5", "ساعات", "في", "القدس", "القديمة"]


OWN_LETTERS = (
    "والد والدته بنك كوبا وزير وزارات فرنسا لبنان واشنطن وكالة وسائل فلسطين ليبيا كوريا بغداد لندن الله "
    "ألمانيا بوتين فيضانات وفد كتاب لجنة بلد وطن فتح بالغ وفاتها فعاليات ورقة والي البرازيل"
)


@pytest.mark.parametrize("word", OWN_LETTERS.split())
def test_a_word_keeps_its_own_first_letters(word: str) -> None:
    assert split_prefix(fold(word)) in {("", fold(word)), ("ال", fold(word)[2:])}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("وبسوريا", "سوريا"),
        ("سورية", "سوريا"),
        ("ولسورية", "سوريا"),
        ("بوتن", "بوتين"),
        ("وبوتين", "بوتين"),
        ("الأميركية", "أمريكي"),
        ("لترمب", "ترامب"),
        ("بالعراق", "العراق"),
        ("للبنان", "لبنان"),
        ("والشركات", "شركة"),
        ("السوريين", "سوري"),
        ("1,200", "1200"),
        ("١٬٢٠٠", "1200"),
    ],
)
def test_what_is_written_is_found_by_what_is_asked(written: str, asked: str) -> None:
    assert search_terms(written) == search_terms(asked)


def test_search_terms_keep_every_word_in_order() -> None:
    assert len(search_terms("من هو رئيس الوزراء في لبنان")) == 6


def test_stop_words_are_folded() -> None:
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS


def test_digits_go_both_ways() -> None:
    assert to_latin_digits("٢٠٢٦ و۱۲") == "2026 و12"
    assert to_arabic_digits("2026 و۱۲") == "٢٠٢٦ و١٢"


@given(ANY_TEXT | ARABIC_TEXT, st.sampled_from(["", "ب" * 70]))
def test_words_are_the_tokens_folded(text: str, long: str) -> None:
    assert list(words(f"{text} {long}")) == [token.folded for token in tokens(f"{text} {long}")]

"""Readers' numbers, times, links and menu words."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.wording import (
    TimesAndNames,
    is_link,
    menu_command,
    number,
    time_alone,
    times_and_names,
)

TIMES = [
    ("08:00", time(8)),
    ("8", time(8)),
    ("٨:٣٠", time(8, 30)),
    ("۸", time(8)),
    ("٨ صباحًا", time(8)),
    ("8 صباحا", time(8)),
    ("8pm", time(20)),
    ("8:30 PM", time(20, 30)),
    ("8 م", time(20)),
    ("الساعة 8 مساءً", time(20)),
    ("12 am", time(0)),
    ("12 pm", time(12)),
    ("11 ليلًا", time(23)),
    ("1 ليلا", time(1)),
    ("7.15", time(7, 15)),
    ("at 9", time(9)),
    ("20 مساء", time(20)),
    ("noon", time(12)),
    ("Midnight", time(0)),
    ("منتصف الليل", time(0)),
    ("12 منتصف الليل", time(0)),
    ("الثامنة صباحًا", time(8)),
    ("الساعة الثامنة", time(8)),
    ("الساعه الثامنه والنصف مساءً", time(20, 30)),
    ("الساعة الثانية عشرة ظهرًا", time(12)),
    ("الحادية عشرة ليلا", time(23)),
    ("الساعة السابعة إلا ربعًا صباحًا", time(6, 45)),
    ("الواحدة إلا الثلث ظهرا", time(12, 40)),
]


@pytest.mark.parametrize(("said", "meant"), TIMES)
def test_a_time_of_day_is_understood_as_people_write_it(said: str, meant: time) -> None:
    assert times_and_names(said).times == (meant,)


@pytest.mark.parametrize(
    "said", ["25:00", "8:75", "8:5", "830", "8h", "24", "13 am", "8:30:15", "99:99"]
)
def test_what_only_looks_like_a_time_is_given_back(said: str) -> None:
    assert times_and_names(said).wrong
    assert times_and_names(said).times == ()


NAMES = [
    ("20:30 سوريا مصر", "سوريا مصر"),
    ("سوريا 8 مساءً", "سوريا"),
    ("8 مصر", "مصر"),
    ("G20", "G20"),
    ("8pm syria, egypt", "syria, egypt"),
    ("8 صباحا و 9 مساء", ""),
    ("08:00 و20:30 وسوريا", "وسوريا"),
]


@pytest.mark.parametrize(("said", "names"), NAMES)
def test_what_is_no_time_is_names(said: str, names: str) -> None:
    assert times_and_names(said).names == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("كل يوم 9", ""),
        ("9 صباحًا يوميًّا", ""),
        ("يوميا الساعة التاسعة صباحا", ""),
        ("every day at 9", ""),
        ("9 daily Syria", "Syria"),
        ("سوريا كل يوم 9", "سوريا"),
    ],
)
def test_every_day_is_a_word_of_time(said: str, names: str) -> None:
    assert times_and_names(said) == TimesAndNames((time(9),), names, everything=False)


def test_a_longer_word_that_holds_one_of_time_is_a_name() -> None:
    assert times_and_names("كل يومين 9").names == "كل يومين"


@pytest.mark.parametrize("said", ["الكل", "8 كل الأخبار", "all", "All"])
def test_all_news_can_be_asked_for(said: str) -> None:
    assert times_and_names(said).everything


def test_several_times_are_sorted() -> None:
    assert times_and_names("20:00 8:00 20:00").times == (time(8), time(20))


@given(st.text(max_size=60))
def test_any_words_are_taken_without_a_fault(words: str) -> None:
    asked = times_and_names(words)
    assert not (asked.wrong and asked.times)


@pytest.mark.parametrize(
    ("said", "meant"), [("12", 12), ("١٢", 12), (" r12 ", 12), ("#5", 5), ("1 2", None), ("س", None)]
)
def test_a_number_is_read_in_any_digits(said: str, meant: int | None) -> None:
    assert number(said) == meant


MENU = [
    ("آخر الأخبار", "latest"),
    ("اخر الاخبار!", "latest"),
    ("المواضيع", "topics"),
    ("الموجز", "digest"),
]
MENU += [
    (said, "unsubscribe")
    for said in ("الغاء الاشتراك", "ألغِ الاشتراك", "ألغ اشتراكي", "توقف", "إيقاف الرسائل")
]
MENU += [("Unsubscribe", "unsubscribe"), ("cancel subscription", "unsubscribe")]
MENU += [("المحفوظات", "saved"), ("saved", "saved")]
MENU += [
    (said, "")
    for said in ("توقف القتال", "إلغاء العقوبات", "إيقاف الحرب", "اشتراكات", "إلغاء", "cancel")
]
MENU += [("الإعدادات", "settings"), ("إيقاف", "unsubscribe"), ("Stop", "unsubscribe"), ("سوريا", "")]


@pytest.mark.parametrize(("said", "command"), MENU)
def test_menu_words_stand_for_commands(said: str, command: str) -> None:
    assert menu_command(said) == command


def test_a_link_alone_is_told_from_a_text_with_a_link() -> None:
    assert is_link("https://news.example/1")
    assert not is_link("اقرأ https://news.example/1")
    assert not is_link("خبر")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("7:30", time(7, 30)),
        ("الساعة ٧:٣٠", time(7, 30)),
        ("8 مساءً", time(20)),
        ("7.15", time(7, 15)),
        ("8pm", time(20)),
        ("7", None),
        ("2026", None),
        ("25:00", None),
        ("7:30 سوريا", None),
        ("7:30 و8:30", None),
        ("مباراة 2-1", None),
        ("سوريا", None),
        ("", None),
    ],
)
def test_a_time_by_itself_is_told_from_numbers_and_names(words: str, at: time | None) -> None:
    assert time_alone(words) == at


def test_an_ordinal_in_a_name_is_no_hour() -> None:
    asked = times_and_names("الساعة التاسعة مساء الحرب العالمية الثانية")
    assert (asked.times, asked.names) == ((time(21),), "الحرب العالمية الثانية")

"""The outlets' names: each is one outlet's alone, in whatever script and spelling."""

from __future__ import annotations

import pytest

from bot.topics.outlets import by_name, outlet
from bot.topics.query import words_of


def named(name: str) -> int | None:
    return outlet(words_of(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سكاي نيوز", "skynews"),
        ("بي بي سي", "BBC Arabic"),
        ("الجَزيرة", "al jazeera"),
        ("فرانس ٢٤", "france24"),
        ("آر تي عربي", "روسيا اليوم"),
    ],
)
def test_all_names_of_an_outlet_are_one(one: str, other: str) -> None:
    assert named(one) == named(other) is not None


@pytest.mark.parametrize("name", ["", "جزيرة", "سكاي", "الحدث الجديد", "Skai Nius"])
def test_no_name_is_guessed(name: str) -> None:
    assert named(name) is None


def test_a_name_of_two_outlets_is_a_fault_of_the_list() -> None:
    with pytest.raises(ValueError, match=r"outlets\.txt:2: 'SKY' stands in line 1 too"):
        by_name(["سكاي, Sky", "SKY"])

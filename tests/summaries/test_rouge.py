"""ROUGE, by hand-worked figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.rouge import common_subsequence, rouge


def test_the_same_words_score_one_whatever_their_vowel_marks() -> None:
    assert rouge("فُتِحَ الجسرُ أمس", ["فتح الجسر امس"]) == (1.0, 1.0, 1.0)


def test_figures_worked_by_hand() -> None:
    score = rouge("فتح الجسر الجديد", ["الجسر الجديد طويل جدا"])
    assert score == (pytest.approx(4 / 7), pytest.approx(2 / 5), pytest.approx(4 / 7))


def test_the_mean_is_taken_over_the_references() -> None:
    assert rouge("جسر", ["جسر", "نهر"]) == (0.5, 0.0, 0.5)


def test_nothing_shared_or_no_reference_is_zero() -> None:
    assert rouge("", ["جسر"]) == rouge("جسر", []) == (0.0, 0.0, 0.0)


def slow_subsequence(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for left in one:
        above = list(row)
        for place, right in enumerate(other):
            row[place + 1] = above[place] + 1 if left == right else max(above[place + 1], row[place])
    return row[-1]


@given(st.text("أبج", max_size=12), st.text("أبج", max_size=12))
def test_the_quick_subsequence_agrees_with_the_table(one: str, other: str) -> None:
    assert common_subsequence(list(one), list(other)) == slow_subsequence(one, other)

"""Near-copies: one report in two outlets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bot.arabic.words import tokens
from bot.model import ArticleId, Neighbour, NumberedTerms, StoryId
from bot.stories import sketch, words_digest
from bot.stories.copies import common_runs, copies_among, copies_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
REPORT = (
    "أعلنت بلدية الزهور أن فرق الصيانة أصلحت الجسر القديم بعد ثلاثة أسابيع من إغلاقه، وأن السيارات "
    "الصغيرة ستعبره من جديد صباح الأحد. وقال رئيس البلدية إن الشاحنات ستنتظر حتى نهاية الشهر، لأن "
    "المهندسين لم يفحصوا الدعامة الوسطى بعد، وطلب من السكان أن يصبروا قليلا."
)


def told(title: str, body: str) -> Neighbour:
    digest = words_digest(title, body)
    return Neighbour(ArticleId(1), StoryId(1), "", NOON, NumberedTerms(), digest, sketch(title, body))


def is_copy(one: Neighbour, other: Neighbour) -> bool:
    """As one tells of another, and as two among several are told."""
    verdict = copies_of(one, [other]) == [0]
    assert copies_among([one, other], np.ones((2, 2), np.bool_)) == ([(0, 1)] if verdict else [])
    return verdict


def test_a_report_under_another_headline_and_with_a_line_more_is_a_copy() -> None:
    other = told("الجسر القديم يعود", f"{REPORT} وكان الجسر قد أغلق في الشتاء.")
    assert is_copy(told("إصلاح جسر الزهور", REPORT), other)


def test_a_report_of_which_half_is_new_is_no_copy() -> None:
    half = REPORT[: len(REPORT) // 2]
    turned = (
        f"{half} لكن المحكمة أمرت مساء السبت بوقف العمل بعد شكوى من أصحاب المتاجر المجاورة الذين خسروا "
        "زبائنهم، وقررت أن تسمع شهادة المهندسين في جلسة علنية تعقد الأسبوع المقبل."
    )
    assert not is_copy(told("إصلاح جسر الزهور", REPORT), told("المحكمة توقف إصلاح الجسر", turned))


def test_the_same_words_in_another_layout_are_a_copy_however_short() -> None:
    assert is_copy(told("عاجل", "زلزالٌ في البحر"), told("عاجل", "زلزال\nفي البحر"))


def test_two_short_texts_are_no_copies_for_one_word_less() -> None:
    assert not is_copy(told("عاجل", "زلزال في البحر"), told("عاجل", "زلزال في البر"))


def test_a_sketch_is_bounded_and_near_the_true_share() -> None:
    one, other = [f"كلمة{n}" for n in range(2_000)], [f"كلمة{n}" for n in range(500, 2_500)]
    mine, others = sketch("", " ".join(one)), sketch("", " ".join(other))
    assert len(mine) == len(others) == 512
    assert common_runs(mine, others) == pytest.approx(1_498 / 2_498, abs=0.13)


@pytest.mark.parametrize("length", [22, 40, 130, 600])
def test_a_quick_look_never_overlooks_a_copy(length: int) -> None:
    text = [f"كلمة{n}" for n in range(length)]
    others = [f"غيرها{n}" for n in range(length)]
    verdicts = set()
    for kept in range(length + 1):
        one, other = told("", " ".join(text)), told("", " ".join(text[:kept] + others[kept:]))
        assert is_copy(one, other) is (common_runs(one.sketch, other.sketch) >= 0.6)
        verdicts.add(is_copy(one, other))
    assert verdicts == {True, False}


def test_copies_are_found_among_many_where_they_are_asked_for() -> None:
    other = told(
        "خبر آخر", "تأجل افتتاح معرض الكتاب إلى يوم الخميس بسبب الأمطار التي أغرقت القاعة الكبرى."
    )
    late = told("الجسر القديم يعود", f"{REPORT} وكان الجسر قد أغلق في الشتاء.")
    early, again = told("إصلاح جسر الزهور", REPORT), told("إصلاح جسر الزهور", REPORT)
    articles = [early, other, late, again]
    asked = np.ones((4, 4), np.bool_)
    assert copies_of(early, articles[1:]) == [1, 2]
    assert copies_among(articles, asked) == [(0, 2), (0, 3), (2, 3)]
    asked[0, 3] = False
    assert copies_among(articles, asked) == [(0, 2), (2, 3)]
    assert copies_of(early, []) == []


def test_texts_that_were_stored_without_a_sketch_are_told_by_their_words_alone() -> None:
    old = replace(told("إصلاح جسر الزهور", REPORT), sketch=b"", words_digest="old")
    assert not is_copy(old, told("إصلاح جسر الزهور", REPORT))
    assert not is_copy(old, replace(old, words_digest="older"))


@pytest.mark.news
def test_sketches_tell_what_whole_texts_tell(shared: Path) -> None:
    """The share that sketches give of the week's near pairs is the true one within four errors."""
    lines = (shared / "arabic-news-week.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [one["text"] for one in map(json.loads, lines)][:400]
    sketches = [sketch("", text) for text in texts]
    runs = [frozenset(zip(words, words[1:], words[2:], strict=False)) for words in map(folded, texts)]
    far = 0.0
    for one, other in combinations(range(len(texts)), 2):
        common = len(runs[one] & runs[other])
        if common >= 20:
            share = common / len(runs[one] | runs[other])
            far = max(far, abs(share - common_runs(sketches[one], sketches[other])))
    assert 0.0 < far < 0.17


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]

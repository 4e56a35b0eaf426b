"""The bench of topics: its own rules, and the bars that it holds the lexicon to."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bot.model import TopicId
from bot.topics import bench, slipping
from bot.topics.lexicon import load

LEXICON = load()
LABELS = Path(__file__).parents[1] / "data" / "topic-labels.jsonl"


@pytest.mark.parametrize("kind", slipping.KINDS)
def test_a_slip_is_one_letter_and_comes_out_the_same_again(kind: str) -> None:
    made = [slipping.slip("فلسطين", kind, Random(seed)) for seed in range(20)]
    assert made == [slipping.slip("فلسطين", kind, Random(seed)) for seed in range(20)]
    assert all(abs(len(one) - 6) <= 1 and one != "فلسطين" for one in made)


def test_letters_of_other_shapes_are_not_taken_for_one_another() -> None:
    assert slipping.slip("ملك", "dots", Random(1)) == "ملك"


def test_neighbouring_keys_lie_beside_or_above_each_other() -> None:
    made = {slipping.slip("ل", "neighbouring key", Random(seed)) for seed in range(60)}
    assert made == set("باغفرىلا") - {"ل"}


def test_a_score_counts_articles_not_topics() -> None:
    reports = [
        bench.Report("1", "مصر تفوز", "فازت مصر."),
        bench.Report("2", "مصر تصدر القمح", "صدرت مصر القمح."),
        bench.Report("3", "اليابان تفوز", "فازت اليابان."),
    ]
    label = bench.Label(TopicId("egypt"), frozenset({"1", "3"}), frozenset({"2"}))
    score = bench.scores(bench.News(reports, LEXICON), [label])[0]
    assert (score.questions, score.precision, score.recall) == (1, 1.0, 0.5)
    assert score.f1 == pytest.approx(2 / 3)


def test_words_that_name_no_topic_are_searched_for() -> None:
    news = bench.News([bench.Report("1", "خبز", "خبز طازج في الفرن")], LEXICON)
    assert news.answered("خبز طازج") == {"1"}
    assert news.answered("وصفة الكعك") == frozenset()


def test_slips_are_guessed_and_no_wrong_topic_is_answered_in_silence() -> None:
    *_, together = bench.slips(LEXICON, each=60, seed=4)
    assert together.asked == 60 * len(slipping.KINDS)
    assert together.right >= 0.95
    assert together.silent == 0


def test_all_spellings_of_a_topic_bring_up_the_same() -> None:
    asked, odd = bench.same_answer(LEXICON)
    assert asked > 6_000
    assert odd == []


@pytest.mark.news
def test_names_spellings_and_slips_bring_up_the_labelled_articles(shared: Path) -> None:
    news = bench.News(bench.read_reports(shared / "arabic-news-week.jsonl"), LEXICON)
    found = {row.name: row for row in bench.scores(news, bench.read_labels(LABELS))}
    assert found["Arabic names"].f1 >= 0.95
    assert found["Arabic names"].precision >= 0.95
    assert min(row.f1 for row in found.values()) >= 0.94
    assert found["slips"].questions >= 2_000

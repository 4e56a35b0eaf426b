"""Words that come near a name: whether they may be their own, and whether the texts say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.arabic.words import fold, is_stop_word
from bot.topics import bench, own_words
from bot.topics.lexicon import load
from bot.topics.query import parse_topics

LEXICON = load()


def may_be_own(asked: str) -> bool:
    return own_words.may_be_own(asked, parse_topics(asked, LEXICON), LEXICON)


@pytest.mark.parametrize("asked", ["العربية", "بيان", "سوزيا", "العند", "كرة للقدم"])
def test_what_was_guessed_may_be_words_of_their_own(asked: str) -> None:
    assert parse_topics(asked, LEXICON).guessed
    assert may_be_own(asked)


@pytest.mark.parametrize("asked", ["بالقدس", "لإسرائيل", "للسودان", "Cameron", "سوريا", "xyzzy", ""])
def test_a_name_is_no_word_of_its_own_nor_with_a_particle(asked: str) -> None:
    assert not may_be_own(asked)


@pytest.mark.parametrize(
    ("asked", "text", "is_there"),
    [
        ("العربية", "القمة العربيّة في بغداد", True),
        ("العربية", "قمة عربية", False),
        ("العند", "عند الباب", False),
        ("كرة للقدم", "لعب كرة للقدم اليوم", True),
        ("كرة للقدم", "كرة جديدة للقدم", False),
        ("ند", "عند", False),
    ],
)
def test_the_very_words_stand_in_a_text(asked: str, text: str, is_there: bool) -> None:
    assert own_words.stands(asked, own_words.laid(text)) is is_there


@pytest.mark.parametrize(
    ("held", "about", "are_own"), [(0, 0, False), (1, 0, True), (1, 1, False), (9, 8, True)]
)
def test_the_reading_that_more_bear_out_is_taken(held: int, about: int, are_own: bool) -> None:
    assert own_words.are_own(held, about) is are_own


@pytest.mark.news
def test_most_common_words_that_come_near_a_name_are_searched(shared: Path) -> None:
    news = bench.News(bench.read_reports(shared / "arabic-news-week.jsonl"), LEXICON)
    common = [word for word in news.common_words(20) if not is_stop_word(word)]
    near = [word for word in common if may_be_own(word)]
    searched = [word for word in near if news.is_searched(word, parse_topics(word, LEXICON))]
    assert len(near) >= 100
    assert len(searched) >= 0.8 * len(near)
    assert fold("العربية") in searched

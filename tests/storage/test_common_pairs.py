"""Phrases of common words: found by their pairs, and just where the words stand side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import SearchQuery, Selection
from storage import opened_storage
from storage.common_pairs import _NUMBERS, as_pairs, pairs
from storage.sqlite_opening import list_migrations, open_sqlite
from storage.sqlite_search import match_expression

COMMON = ["في", "من", "علي", "قال"]
words = st.sampled_from([*COMMON, "نهر", "|"])


def test_the_list_names_each_word_once_as_the_index_holds_it() -> None:
    assert len(_NUMBERS) == len({*_NUMBERS.values()}) > 500
    assert {*COMMON} < {*_NUMBERS}
    assert "نهر" not in _NUMBERS


def test_pairs_stand_for_words_that_stand_side_by_side() -> None:
    one, two, three = (_NUMBERS[word] for word in COMMON[:3])
    assert pairs("في من علي") == f"{one}_{two} {two}_{three}"
    assert pairs("في من نهر من علي") == f"{one}_{two} _ {two}_{three}"
    assert pairs("في نهر من") == pairs("نهر") == pairs("") == ""
    assert as_pairs(["في", "من", "علي"]) == pairs("في من علي").split()
    assert as_pairs(["في", "نهر"]) == ["في", "نهر"]
    assert as_pairs(["في"]) == ["في"]


@given(st.lists(words, max_size=12), st.lists(st.sampled_from(COMMON), min_size=2, max_size=4))
def test_a_phrase_is_found_just_where_it_stands(text: list[str], phrase: list[str]) -> None:
    stands = any(text[at : at + len(phrase)] == phrase for at in range(len(text)))
    assert stands == (f" {' '.join(as_pairs(phrase))} " in f" {pairs(' '.join(text))} ")


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("قال في", ["قال في من"]),
        ("في من", ["قال في من", "نهر"]),
        ("من علي", []),  # from the title into the body
        ("علي قال نهر", ["نهر"]),
        ("قال علي", []),
    ],
)
async def test_phrases_of_common_words_are_found_in_titles_and_bodies(
    storage, newsroom, alone, phrase, found
):
    one = newsroom.write("قال في من", words="علي نهر")
    other = newsroom.write("نهر", words="علي قال نهر في من", hours_ago=1)
    await storage.articles.add([one, other], alone)
    selection = Selection(query=SearchQuery((tuple(phrase.split()),)))
    assert [one.title for one in await storage.articles.articles(selection, None)] == found


async def test_topics_are_not_taken_for_pairs(storage, newsroom, alone):
    await storage.articles.add([newsroom.write(topics=["1_2"], words="نهر")], alone)
    expression = match_expression(Selection(query=SearchQuery((("في", "من"),))))
    assert "title" not in expression
    assert await storage.articles.articles(Selection(query=SearchQuery((("في", "من"),))), None) == []


async def test_articles_of_an_older_database_get_their_pairs(tmp_path, clock):
    before = [migration for migration in list_migrations() if migration.number < 17]
    old = await open_sqlite(tmp_path / "m.db", before)
    values = {"title": "قال في", "body": "من علي نهر", "topics": "egypt"}
    await old.change(
        "INSERT INTO article_search (rowid, title, body, topics) VALUES (7, :title, :body, :topics)",
        values,
    )
    await old.close()

    async with opened_storage(f"sqlite:///{tmp_path / 'm.db'}", clock) as storage:
        [row] = await storage.database.fetch_all("SELECT rowid AS id, * FROM article_search")
        assert dict(row) == values | {"id": 7, "pairs": f"{pairs('قال في')} _ {pairs('من علي')}"}
        assert await storage.check() == []

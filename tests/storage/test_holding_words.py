"""Which articles hold a word or a phrase, whichever way the full text is asked."""

from __future__ import annotations

import pytest

from bot.model import Selection
from storage import sqlite_words

WORDS = [
    ([["جسر"]], {"أول", "ثان"}),
    ([["قديم"], ["سوق"]], {"أول", "ثالث"}),
    ([["جسر", "قديم"]], {"أول"}),
    ([["قديم", "جسر"]], set()),
    ([["جس"]], set()),
    ([["ثان"]], {"ثان"}),
    ([["أول", "جسر"]], set()),
    ([["oil"]], {"ثالث"}),
    ([['"', "*"], [")"]], set()),
    ([[]], set()),
    ([], set()),
]


@pytest.fixture
async def held(storage, newsroom, alone):
    new = [
        newsroom.write("أول", words="فتح جسر قديم اليوم", hours_ago=1),
        newsroom.write("ثان", words="قال جسر", topics=["oil"], hours_ago=2),
        newsroom.write("ثالث", words="عاد سوق oil", hours_ago=300),
    ]
    await storage.articles.add(new, alone)
    return await storage.articles.articles(Selection(), None)


@pytest.mark.parametrize("walked", [500, 1])
@pytest.mark.parametrize(("phrases", "titles"), WORDS)
async def test_whole_words_and_phrases_of_titles_and_bodies_are_found(
    storage, held, monkeypatch, phrases, titles, walked
):
    monkeypatch.setattr(sqlite_words, "_AT_LEAST", walked)
    monkeypatch.setattr(sqlite_words, "_MORE", 4 if walked == 500 else 0)
    found = await storage.articles.holding(phrases, held)
    assert {article.title for article in held if article.id in found} == titles


async def test_only_the_articles_that_were_asked_for_are_told(storage, held):
    assert await storage.articles.holding([["جسر"]], held[:1]) == {held[0].id}
    assert await storage.articles.holding([["جسر"]], []) == frozenset()


async def test_a_deleted_article_holds_nothing(storage, held):
    await storage.articles.delete(held[0].id)
    assert await storage.articles.holding([["جسر"]], held) == {held[1].id}


async def test_many_articles_are_read_some_at_a_time(storage, newsroom, alone, monkeypatch):
    for name, value in (("_AT_LEAST", 3), ("_MORE", 0), ("_AT_ONCE", 2)):
        monkeypatch.setattr(sqlite_words, name, value)
    words = ["جسر" if number % 3 else "سوق" for number in range(20)]
    new = [newsroom.write(words=word, hours_ago=number) for number, word in enumerate(words)]
    await storage.articles.add(new, alone)
    stored = await storage.articles.articles(Selection(), None)
    found = await storage.articles.holding([["جسر"]], stored)
    assert [article.id in found for article in stored] == [word == "جسر" for word in words]

"""The bench of searches: what it makes is what storing makes, and every kind of question is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from bot.errors import MojazError
from bot.topics import lexicon
from bot.verbs.imagined_news import imagined, original
from bot.verbs.measuring_search import made, measure, percentile, read_news, search
from bot.verbs.search_questions import questions
from storage import opened_storage
from storage.filling import Filling
from storage.vocabulary import WRITTEN

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TABLES = (
    "articles", "article_texts", "article_topics", "article_topic_pairs", "article_names", "stories",
    "source_counts", "article_search", "fingerprints",
)  # fmt: skip
NUMBERS = f"SELECT * FROM numbers WHERE name <> '{WRITTEN}' ORDER BY 1"
TERMS = """
    SELECT terms.term, counted.articles, at.span, at.recency FROM terms
    JOIN term_counts AS counted ON counted.id = terms.id
    LEFT JOIN article_terms AS at ON at.term = terms.id ORDER BY terms.term, at.recency
"""


@pytest.fixture(scope="module")
def originals():
    return read_news(None)


def some(originals, articles, seed=1):
    return list(islice(imagined([original(one) for one in originals], FIRST, seed), articles))


def alone(*_):
    return None


async def contents(path):
    async with opened_storage(f"sqlite:///{path}", lambda: FIRST) as storage:
        asked = [*(f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES), NUMBERS, TERMS]
        return [list(map(tuple, await storage.database.fetch_all(sql))) for sql in asked]


async def test_filling_writes_what_storing_writes(tmp_path, originals):
    news = [one.new for one in some(originals, 60)]
    async with opened_storage(f"sqlite:///{tmp_path}/stored.db", lambda: FIRST) as storage:
        for begin in (0, 20, 40):
            await storage.articles.add(news[begin : begin + 20], alone)
    async with opened_storage(f"sqlite:///{tmp_path}/filled.db", lambda: FIRST) as storage:
        filling = Filling(storage.database)
        for begin in (0, 20, 40):
            await filling.add([(new, None) for new in news[begin : begin + 20]])

    assert await contents(tmp_path / "filled.db") == await contents(tmp_path / "stored.db")


async def test_imagined_articles_join_the_stories_that_they_name(tmp_path, originals):
    news = some(originals, 200)
    async with opened_storage(f"sqlite:///{tmp_path}/filled.db", lambda: FIRST) as storage:
        await Filling(storage.database).add([(one.new, one.joins) for one in news])
        rows = await storage.database.fetch_all("SELECT story FROM articles ORDER BY id")
        counts = await storage.articles.counts()

    stories = [row["story"] for row in rows]
    joined = [(place, one.joins) for place, one in enumerate(news) if one.joins is not None]
    assert joined
    assert all(stories[place] == stories[earlier] for place, earlier in joined)
    assert counts.stories == len(set(stories)) == len(news) - len(joined)


def test_the_same_seed_imagines_the_same_news(originals):
    assert some(originals, 50) == some(originals, 50)
    assert some(originals, 50) != some(originals, 50, seed=2)


def test_imagined_articles_differ_and_come_in_order(originals):
    news = [one.new for one in some(originals, 300)]
    assert (
        len({new.article.url for new in news}) == len({new.analysis.words_digest for new in news}) == 300
    )
    assert [new.article.published for new in news] == sorted(new.article.published for new in news)
    assert news[-1].article.published - news[0].article.published < timedelta(days=1)


async def test_a_database_is_made_once_and_asked_again(tmp_path, originals):
    path = tmp_path / "kept.db"
    store = await made(originals, 150, path)
    assert store.seconds is not None
    assert (await made(originals, 150, path)).seconds is None
    with pytest.raises(MojazError, match="holds 150 articles"):
        await made(originals, 151, path)


async def test_each_kind_is_asked_and_measured(tmp_path, originals):
    asked = questions(originals, lexicon.load())
    times = await measure(await made(originals, 150, tmp_path / "small.db"), asked, 2)

    assert set(times) == {question.kind for question in asked}
    assert sum(taken.questions for taken in times.values()) == len(asked)
    assert all(len(taken.listed) == 2 * taken.questions for taken in times.values())
    assert times["topic, common"].found
    assert times["word, commonest"].found
    assert not times["word that no article holds"].found
    assert not times["phrase that none holds, of common words"].found


async def test_the_table_is_printed(capsys, tmp_path):
    assert await search(None, 40, None) == 0
    assert "over 40 articles" in capsys.readouterr().out


def test_percentiles_are_by_the_nearest_rank():
    assert percentile([0.001 * n for n in range(1, 101)], 0.99) == "99.00"
    assert (percentile([0.002], 0.5), percentile([], 0.5)) == ("2.00", "-")


@pytest.mark.slow
@pytest.mark.news
async def test_lists_over_a_hundred_thousand_articles_take_some_milliseconds(tmp_path, shared):
    news = read_news(shared / "arabic-news-week.jsonl")
    store = await made(news, 100_000, tmp_path / "large.db")
    times = await measure(store, questions(news, lexicon.load()), 10)

    # the processor's time: other programs on the machine do not count
    spent = {kind: [one.processor for one in taken.listed] for kind, taken in times.items()}
    slowest = {kind: percentile(seconds, 0.99) for kind, seconds in spent.items()}
    assert all(float(milliseconds) < 10 for milliseconds in slowest.values()), slowest
    assert times["two topics that meet"].found == times["phrase, common"].found == 8

"""Lists of a selection: the same as a plain look at every article gives, whichever index is walked."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import count
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import SearchQuery, Selection
from storage import articles, matching, open_storage
from storage.matching import statement, topic_walks
from storage.sqlite import in_sqlite
from storage.sqlite_opening import list_migrations, open_sqlite
from storage.values import recency, stamp

TOPICS = ("oil", "syria", "iraq", "sport")
WORDS = ("نفط", "سعر", "فوز", "oil", "2018")
RANDOM = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

articles_drawn = st.lists(
    st.fixed_dictionaries(
        {
            "topics": st.lists(st.sampled_from(TOPICS), unique=True, max_size=4),
            "words": st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
            "hours_ago": st.integers(0, 20),
            "joins": st.integers(0, 9),
        }
    ),
    max_size=40,
)
phrase = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple)
queries = st.builds(
    SearchQuery,
    st.lists(phrase, min_size=1, max_size=2).map(tuple),
    st.lists(phrase, max_size=3).map(tuple),
)
selections = st.builds(
    Selection,
    st.lists(st.frozensets(st.sampled_from(TOPICS), max_size=3), max_size=3).map(tuple),
    st.none() | queries,
)


def about(*anyof):
    return Selection(topics=tuple(frozenset(topics) for topics in anyof))


def matches(new, selection):
    """Whether an article belongs to a selection, by looking at all of it."""
    topics = {weight.topic for weight in new.analysis.topics}
    texts = [new.analysis.search_title.split(), new.analysis.search_body.split()]

    def holds(phrase):
        size = len(phrase)
        return any(
            tuple(text[at : at + size]) == phrase for text in texts for at in range(len(text) - size + 1)
        )

    query = selection.query or SearchQuery()
    return (
        all(topics & anyof for anyof in selection.topics)
        and all(holds(phrase) for phrase in query.phrases)
        and not any(holds(phrase) for phrase in query.excluded)
    )


def joining(drawn):
    """Puts each article into the story of one of its neighbours, or of none, as it was drawn."""
    wanted = iter(drawn)

    def choose(_new, neighbours, _counts):
        place = next(wanted)["joins"]
        return neighbours[place].story if place < len(neighbours) else None

    return choose


async def store(storage, newsroom, drawn):
    """The new articles with what became of them, the newest first."""
    batch = [
        newsroom.write(terms=["مشترك"], **{k: v for k, v in one.items() if k != "joins"})
        for one in drawn
    ]
    added = await storage.articles.add(batch, joining(drawn))
    stored = sorted(zip(batch, added, strict=True), key=lambda pair: pair[1].id, reverse=True)
    return sorted(stored, key=lambda pair: pair[0].article.published, reverse=True)


async def pages(storage, selection, size):
    """All pages, one after the other."""
    for number in count():
        page = await storage.articles.stories(selection, number * size, size)
        yield page
        if not page.more:
            return


@RANDOM
@given(drawn=articles_drawn, selection=selections, size=st.integers(1, 7))
async def test_pages_are_what_a_plain_look_gives(newsroom, clock, drawn, selection, size):
    with TemporaryDirectory() as folder:
        storage = await open_storage(f"sqlite:///{folder}/random.db", clock)
        stored = await store(storage, newsroom, drawn)
        found = [page async for page in pages(storage, selection, size)]
        await storage.close()

    wanted = dict.fromkeys(added.story for new, added in stored if matches(new, selection))
    assert [story.id for page in found for story in page.stories] == list(wanted)
    assert all(len(page.stories) == size for page in found[:-1])


@RANDOM
@given(drawn=articles_drawn, selection=selections, data=st.data())
async def test_whatever_is_walked_for_it_the_list_is_the_same(
    newsroom, clock, monkeypatch, drawn, selection, data
):
    # beyond it the full text is walked instead
    monkeypatch.setattr(matching, "_WALKS_AT_MOST", data.draw(st.integers(0, 6)))
    monkeypatch.setattr(matching, "_FEW", data.draw(st.integers(1, 9)))
    most = data.draw(st.integers(1, 9))
    with TemporaryDirectory() as folder:
        storage = await open_storage(f"sqlite:///{folder}/random.db", clock)
        stored = await store(storage, newsroom, drawn)
        found = await matching.matching_stories(storage.database, selection, most)
        await storage.close()

    if selection != Selection():
        wanted: dict[int, int] = {}
        for new, added in stored:
            if matches(new, selection):
                wanted.setdefault(added.story, recency(stamp(new.article.published), added.id))
        assert list(found.items()) == list(wanted.items())[:most]


async def held(storage, sql):
    return Counter(tuple(row) for row in await storage.database.fetch_all(sql))


PAIRS = "SELECT first, second, recency, story FROM article_topic_pairs"
PLAIN_PAIRS = """
    SELECT a.topic, b.topic, a.recency, a.story
    FROM article_topics AS a JOIN article_topics AS b ON a.recency = b.recency AND a.topic < b.topic
"""
SOURCES = "SELECT source, articles FROM source_counts"
PLAIN_SOURCES = "SELECT source, COUNT(*) FROM articles WHERE source <> '' GROUP BY source"


async def test_pairs_and_sources_follow_what_comes_changes_and_goes(storage, newsroom, alone):
    topics = (["oil", "syria", "iraq"], ["syria", "oil"], ["oil"], [], ["iraq", "sport", "syria"])
    batch = [newsroom.write(topics=t, source=s) for t, s in zip(topics, "ababc", strict=True)]
    named = [type(new)(new.article, new.analysis, (f"post {n}",)) for n, new in enumerate(batch)]
    added = await storage.articles.add(named, alone)
    assert await held(storage, PAIRS) == await held(storage, PLAIN_PAIRS)

    await storage.articles.revise("post 1", newsroom.write(topics=["sport", "iraq"]))
    await storage.articles.delete(added[0].id)
    await storage.articles.delete(added[4].id)

    assert await held(storage, PAIRS) == await held(storage, PLAIN_PAIRS) == Counter({
        ("iraq", "sport", (await row_of(storage, added[1])), added[1].story): 1
    })  # fmt: skip
    assert await held(storage, SOURCES) == await held(storage, PLAIN_SOURCES)
    assert sum((await held(storage, SOURCES)).values()) == 2


async def row_of(storage, added):
    row = await storage.database.fetch_one(
        "SELECT recency FROM articles WHERE id = :id", {"id": added.id}
    )
    return row["recency"]


OLD_ARTICLE = """
    INSERT INTO articles (id, recency, story, published, received, source, category, url, title, summary,
                          topics, words_digest)
    VALUES (:id, :id, :id, 0, 0, 'أ', '', '', '', '[]', :topics, '')
"""
OLD_TOPIC = """
    INSERT INTO article_topics (topic, recency, story, received, weight) VALUES (:topic, :id, :id, 0, 1)
"""


async def test_a_database_from_before_learns_its_pairs_and_sources(file, clock):
    file.parent.mkdir()
    before = await open_sqlite(file, [one for one in list_migrations() if one.number < 10])
    for number, topics in enumerate((["oil", "syria"], ["syria", "iraq", "oil"], []), start=1):
        await before.change(OLD_ARTICLE, {"id": number, "topics": json.dumps(topics)})
        for topic in topics:
            await before.change(OLD_TOPIC, {"id": number, "topic": topic})
    await before.close()

    storage = await open_storage(f"sqlite:///{file}", clock)
    assert len(await held(storage, PAIRS)) == 4
    assert await held(storage, PAIRS) == await held(storage, PLAIN_PAIRS)
    assert await held(storage, SOURCES) == Counter({("أ", 3): 1})
    await storage.close()


def test_topics_are_walked_alone_or_in_pairs():
    assert topic_walks(about({"syria"})) == [("syria", "syria")]
    assert topic_walks(about({"syria"}, {"oil"})) == [("oil", "syria")]
    both = topic_walks(about({"syria", "iraq"}, {"iraq", "oil"}))
    assert both == [("iraq", "iraq"), ("iraq", "oil"), ("iraq", "syria"), ("oil", "syria")]
    assert topic_walks(about({"syria"}, set())) == []


@pytest.mark.parametrize("selection", [about({"a"}, {"b"}, {"c"}), Selection(query=SearchQuery())])
def test_what_is_no_pair_of_sets_is_left_to_the_full_text(selection):
    assert topic_walks(selection) is None


async def test_an_english_word_is_not_found_among_the_topics(storage, newsroom, alone):
    await storage.articles.add([newsroom.write("1", topics=["oil", "gas"], words="نفط")], alone)

    for words in (("oil",), ("oil", "gas"), ("OIL",)):
        for query in (SearchQuery((words,)), SearchQuery((("نفط",), words))):
            assert not (await storage.articles.stories(Selection(query=query), 0, 5)).stories
        without = Selection(query=SearchQuery((("نفط",),), (words,)))
        assert (await storage.articles.stories(without, 0, 5)).stories


async def test_any_number_of_exclusions_is_taken_out(storage, newsroom, alone):
    out = [f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقك"]
    batch = [newsroom.write(f"{n}", words=f"خبر {word}") for n, word in enumerate((*out, "غيرها"))]
    await storage.articles.add(batch, alone)

    for left in (0, 1, 9, len(out)):
        query = SearchQuery((("خبر",),), tuple((word,) for word in out[left:]))
        page = await storage.articles.stories(Selection(query=query), 0, 50)
        assert len(page.stories) == left + 1


async def test_sources_are_listed_without_a_look_at_their_articles(storage):
    rows = await storage.database.fetch_all(f"EXPLAIN QUERY PLAN {articles._SOURCES}")
    steps = "\n".join(row["detail"] for row in rows)
    assert "SEARCH articles USING COVERING INDEX articles_of_source (source=?)" in steps
    assert "SCAN articles" not in steps


@pytest.mark.parametrize("sql", [statement(1, 0), statement(0, 1), statement(2, 3)])
async def test_topics_are_walked_in_the_order_of_their_index(storage, sql):
    names = dict.fromkeys(re.findall(r":(\w+)", sql))
    rows = await storage.database.fetch_all(f"EXPLAIN QUERY PLAN {in_sqlite(sql)}", names)
    steps = [row["detail"] for row in rows]
    walks = [step for step in steps if step.startswith("SEARCH")]
    assert walks
    assert all(re.search(r"PRIMARY KEY \(.*=\?\)", step) for step in walks), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps

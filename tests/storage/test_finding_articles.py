"""Lists, search, topics, what arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import SearchQuery, Selection
from storage.sqlite_search import match_expression

ALL = Selection()
TERMS = st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cs", "Cc"]), min_size=1, max_size=8)


def about(*anyof: set[str]) -> Selection:
    return Selection(topics=tuple(frozenset(topics) for topics in anyof))


def words(*phrases: str, but: tuple[str, ...] = ()) -> Selection:
    query = SearchQuery(tuple(tuple(p.split()) for p in phrases), tuple(tuple(p.split()) for p in but))
    return Selection(query=query)


async def titles(storage, selection):
    return [article.title for article in await storage.articles.articles(selection, None)]


async def test_lists_are_newest_first_by_publication(storage, newsroom, alone):
    batch = [newsroom.write(str(hours), hours_ago=hours) for hours in (3, 1, 2)]
    await storage.articles.add(batch, alone)

    assert await titles(storage, ALL) == ["1", "2", "3"]
    assert [a.title for a in await storage.articles.articles(ALL, 2)] == ["1", "2"]


async def test_pages_show_each_story_once_and_say_whether_more_follow(storage, newsroom, together):
    batch = [newsroom.write(terms=[f"t{n % 5}"], hours_ago=n, topics=["all"]) for n in range(40)]
    await storage.articles.add(batch, together)

    for selection in (ALL, about({"all"})):
        first = await storage.articles.stories(selection, 0, 3)
        second = await storage.articles.stories(selection, 3, 3)
        assert (first.more, second.more) == (True, False)
        shown = [story.id for story in (*first.stories, *second.stories)]
        assert len(shown) == len(set(shown)) == 5
        assert all(len(story.articles) == 8 for story in first.stories)


async def test_a_page_is_filled_from_beyond_a_great_story(storage, newsroom, together):
    great = [newsroom.write(terms=["great"], words="خبر", hours_ago=n / 100) for n in range(300)]
    small = [newsroom.write(words="خبر", hours_ago=50 + n) for n in range(3)]
    await storage.articles.add([*great, *small], together)

    page = await storage.articles.stories(words("خبر"), 0, 3)
    assert [len(story.articles) for story in page.stories] == [300, 1, 1]
    assert page.more


async def test_stories_stand_by_their_newest_matching_article(storage, newsroom, together):
    batch = [
        newsroom.write("أ", terms=["a"], hours_ago=1),
        newsroom.write("أ سوريا", terms=["a"], hours_ago=9, topics=["syria"]),
        newsroom.write("ب سوريا", terms=["b"], hours_ago=5, topics=["syria"]),
    ]
    await storage.articles.add(batch, together)

    page = await storage.articles.stories(about({"syria"}), 0, 5)
    assert [story.newest.title for story in page.stories] == ["ب سوريا", "أ"]


async def test_every_set_of_topics_must_be_met(storage, newsroom, alone):
    batch = [
        newsroom.write("1", topics=["syria", "oil"], hours_ago=1),
        newsroom.write("2", topics=["iraq", "oil"], hours_ago=2),
        newsroom.write("3", topics=["syria"], hours_ago=3),
    ]
    await storage.articles.add(batch, alone)

    assert await titles(storage, about({"syria", "iraq"}, {"oil"})) == ["1", "2"]
    assert await titles(storage, about({"syria"})) == ["1", "3"]
    assert await titles(storage, about({"syria"}, set())) == []


async def test_topics_with_a_common_part_are_told_apart(storage, newsroom, alone):
    await storage.articles.add([newsroom.write("1", topics=["south-sudan"])], alone)

    assert await titles(storage, about({"sudan"})) == []
    assert await titles(storage, words("sudan")) == []


async def test_words_phrases_and_exclusions(storage, newsroom, alone):
    batch = [
        newsroom.write("1", words="مجلس الامن يجتمع", hours_ago=1),
        newsroom.write("2", words="الامن في مجلس", hours_ago=2, topics=["syria"]),
    ]
    await storage.articles.add(batch, alone)

    assert await titles(storage, words("مجلس", "الامن")) == ["1", "2"]
    assert await titles(storage, words("مجلس الامن")) == ["1"]
    assert await titles(storage, words("مجلس", but=("يجتمع",))) == ["2"]
    syrian = Selection(about({"syria"}).topics, words("الامن").query)
    assert await titles(storage, syrian) == ["2"]


async def test_an_exclusion_takes_from_topics_as_well(storage, newsroom, alone):
    batch = [newsroom.write("1", words="نفط غاز", topics=["syria"]), newsroom.write("2", words="نفط")]
    await storage.articles.add(batch, alone)

    chosen = Selection(about({"syria"}).topics, words("نفط", but=("غاز",)).query)
    assert await titles(storage, chosen) == []


@pytest.mark.parametrize("query", [words(), words(but=("خبر",)), words(" ")])
async def test_a_query_without_a_wanted_word_finds_nothing(storage, newsroom, alone, query):
    await storage.articles.add([newsroom.write(words="خبر")], alone)

    assert await titles(storage, query) == []
    assert (await storage.articles.stories(query, 0, 5)).stories == ()


HOSTILE = [
    '"',
    '""',
    "*",
    "NEAR(",
    "-",
    ":",
    "a:b",
    "{title}",
    "^a",
    "AND",
    "OR",
    "NOT",
    ")",
    "(",
    "\0",
    "+",
]


@pytest.mark.parametrize("term", HOSTILE)
async def test_the_language_of_full_text_is_plain_text_in_a_query(storage, newsroom, alone, term):
    batch = [newsroom.write("1", words=f"قبل {term} بعد"), newsroom.write("2", words="شيء")]
    await storage.articles.add(batch, alone)

    found = await titles(storage, Selection(query=SearchQuery(((term,),), ((f"x{term}",),))))
    assert found == ([] if term == "\0" else ["1"])


async def test_thousands_of_words_are_a_query_like_another(storage, newsroom, alone):
    text = " ".join(f"كلمة{n}" for n in range(3000))
    await storage.articles.add(
        [newsroom.write("1", words=text), newsroom.write("2", words="كلمة1")], alone
    )

    assert await titles(storage, words(*text.split())) == ["1"]
    assert await titles(storage, words("كلمة1", but=tuple(text.split()[2:]))) == ["2"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(TERMS, min_size=1, max_size=4, unique_by=str.casefold), data=st.data())
async def test_every_term_is_found_as_it_was_stored(storage, newsroom, alone, terms, data):
    [added] = await storage.articles.add([newsroom.write(words=" ".join(terms))], alone)
    term = data.draw(st.sampled_from(terms))

    for phrase in ((term,), tuple(terms)):
        found = await storage.articles.articles(Selection(query=SearchQuery((phrase,))), None)
        assert added.id in [article.id for article in found]


def test_nothing_set_is_all_news():
    assert match_expression(ALL) is None


async def test_a_story_is_found_by_its_own_number_and_its_articles(storage, newsroom, together):
    first, second = await storage.articles.add([newsroom.write(terms=["a"]) for _ in range(2)], together)

    for number in (first.story, first.id, second.id):
        assert (await storage.articles.story(number)).id == first.story
    for number in (0, -1, 10**6, 10**30):
        assert await storage.articles.story(number) is None


async def test_arrived_holds_what_came_in_the_time_and_is_not_old(storage, newsroom, alone):
    now = newsroom.now
    times = {"before": -24, "start": -8, "middle": -5, "end": 0, "after": 1}
    batch = [newsroom.write(t, received=now + timedelta(hours=h), hours_ago=9) for t, h in times.items()]
    batch.append(newsroom.write("old", received=now, hours_ago=100))
    await storage.articles.add(batch, alone)

    found = await storage.articles.arrived(now - timedelta(hours=8), now, now - timedelta(days=3))
    assert {story.newest.title for story in found} == {"middle", "end"}


async def test_arrived_shows_a_story_as_it_was_at_that_time(storage, newsroom, together):
    now = newsroom.now
    batch = [
        newsroom.write("yesterday", terms=["a"], hours_ago=30),
        newsroom.write("today", terms=["a"], hours_ago=1),
        newsroom.write("later", terms=["a"], hours_ago=0, received=now + timedelta(hours=1)),
    ]
    await storage.articles.add(batch, together)

    [story] = await storage.articles.arrived(now - timedelta(hours=24), now, now - timedelta(days=3))
    assert [article.title for article in story.articles] == ["today", "yesterday"]


async def test_topics_are_counted_by_stories_since_a_time(storage, newsroom, together):
    batch = [
        newsroom.write(topics=["syria"], terms=["a"]),
        newsroom.write(topics=["syria", "oil"], terms=["a"]),
        newsroom.write(topics=["syria"], terms=["b"]),
        newsroom.write(topics=["old"], hours_ago=30),
    ]
    await storage.articles.add(batch, together)

    counts = await storage.articles.topic_counts(newsroom.now - timedelta(days=1))
    assert counts == {"syria": 2, "oil": 1}


async def test_sources_come_largest_first_with_their_newest_time(storage, newsroom, alone):
    batch = [newsroom.write(source=s, hours_ago=h) for s, h in [("أ", 1), ("ب", 5), ("ب", 3), ("", 0)]]
    await storage.articles.add(batch, alone)

    sources = await storage.articles.sources()
    assert [(s.name, s.articles) for s in sources] == [("ب", 2), ("أ", 1)]
    assert sources[0].newest == newsroom.now - timedelta(hours=3)


async def test_a_sources_newest_time_may_lie_before_1970(storage, newsroom, alone):
    years = timedelta(days=60 * 365).total_seconds() / 3600
    await storage.articles.add([newsroom.write(source="أ", hours_ago=years)], alone)

    (source,) = await storage.articles.sources()
    assert source.newest == newsroom.now - timedelta(hours=years)


async def test_a_sources_articles_come_newest_first_and_no_others(storage, newsroom, alone):
    of = [("1", "أ", 5), ("2", "ب", 4), ("3", "أ", 1), ("4", "", 2), ("5", "أ ب", 3)]
    await storage.articles.add([newsroom.write(t, source=s, hours_ago=h) for t, s, h in of], alone)

    assert await titles(storage, Selection(source="أ")) == ["3", "1"]
    assert [a.title for a in await storage.articles.articles(Selection(source="أ"), 1)] == ["3"]
    for none in ("ج", "أ%", ""):
        assert await titles(storage, Selection(source=none)) == []
        assert (await storage.articles.stories(Selection(source=none), 0, 5)).stories == ()


async def test_a_sources_stories_stand_by_its_own_newest_article_and_page(storage, newsroom, together):
    batch = [
        newsroom.write("قديم لها", terms=["a"], source="أ", hours_ago=9),
        newsroom.write("جديد لغيرها", terms=["a"], source="ب", hours_ago=1),
        *(newsroom.write(f"{n}", terms=["b"], source="أ", hours_ago=5 + n / 100) for n in range(30)),
        newsroom.write("لغيرها وحدها", terms=["c"], source="ب"),
    ]
    await storage.articles.add(batch, together)

    first = await storage.articles.stories(Selection(source="أ"), 0, 1)
    second = await storage.articles.stories(Selection(source="أ"), 1, 1)
    assert [story.newest.title for story in (*first.stories, *second.stories)] == ["0", "جديد لغيرها"]
    assert (first.more, second.more) == (True, False)
    assert {article.source for article in second.stories[0].articles} == {"أ", "ب"}


@pytest.mark.parametrize(
    "narrowed", [{"topics": (frozenset({"syria"}),)}, {"query": SearchQuery((("نفط",),))}]
)
def test_a_source_is_selected_alone(narrowed):
    with pytest.raises(ValueError, match="source"):
        Selection(source="أ", **narrowed)


async def test_counts_tell_what_is_stored(storage, newsroom, alone):
    await storage.articles.add([newsroom.write(source="أ", topics=["oil"]), newsroom.write()], alone)

    counts = await storage.articles.counts()
    assert (counts.articles, counts.stories, counts.sources) == (2, 2, 1)
    assert counts.by_topic == {"oil": 1}


async def test_arrivals_are_counted_in_each_span(storage, newsroom, alone):
    hours = (1, 25, 49)
    batch = [newsroom.write(received=newsroom.now - timedelta(hours=hour)) for hour in hours]
    await storage.articles.add(batch, alone)
    moments = [newsroom.now - timedelta(hours=h) for h in (72, 49, 25, 24, 0)]
    assert list(await storage.articles.arrivals(moments)) == [0, 1, 1, 1]
    assert list(await storage.articles.arrivals(moments[:1])) == []


async def test_a_page_names_the_article_that_each_story_was_found_by(storage, newsroom, alone, together):
    [old] = await storage.articles.add([newsroom.write(terms=["a"], words="سد", hours_ago=3)], alone)
    [new] = await storage.articles.add([newsroom.write(terms=["a"], words="سد", hours_ago=2)], together)
    [other] = await storage.articles.add([newsroom.write(words="سد", hours_ago=9)], alone)
    await storage.articles.add([newsroom.write(terms=["a"], words="نهر", hours_ago=1)], together)

    page = await storage.articles.stories(words("سد"), 0, 5)
    assert [story.id for story in page.stories] == [old.story, other.story]
    assert page.found == (new.id, other.id)
    assert (await storage.articles.stories(words("سد"), 1, 5)).found == (other.id,)
    assert (await storage.articles.stories(ALL, 0, 5)).found == ()


async def test_texts_of_several_articles_are_read_at_once(storage, newsroom, alone):
    batch = [newsroom.write(body=body) for body in "أبج"]
    one, other, _ = await storage.articles.add(batch, alone)

    texts = await storage.articles.texts_of([other.id, one.id, 999])
    assert {article: text.body for article, text in texts.items()} == {one.id: "أ", other.id: "ب"}
    assert await storage.articles.texts_of([]) == {}

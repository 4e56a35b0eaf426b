"""Which other stories a story's card offers."""

from __future__ import annotations

RARE = ["a", "b", "c", "d", "e"]


async def related(storage, number):
    return [story.articles[0].title for story in await storage.articles.related(number, 3)]


async def test_a_story_of_the_same_affair_comes_before_those_of_the_same_topics(
    storage, newsroom, alone
):
    batch = [
        newsroom.write("القضية أمس", terms=RARE, hours_ago=20),
        newsroom.write("الموضوع", topics=["oil"]),
        newsroom.write("القضية", terms=RARE, topics=["oil"], hours_ago=1),
        *(newsroom.write() for _ in range(37)),
    ]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[2].story) == ["القضية أمس", "الموضوع"]


async def test_words_that_many_of_a_few_articles_hold_tell_of_no_affair(storage, newsroom, alone):
    batch = [
        newsroom.write(terms=RARE),
        newsroom.write(terms=RARE),
        *(newsroom.write() for _ in range(9)),
    ]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[1].story) == []


async def test_a_story_is_never_related_to_itself(storage, newsroom, together):
    batch = [newsroom.write(terms=RARE, topics=["oil"], hours_ago=n) for n in (1, 2)]
    added = await storage.articles.add(batch, together)
    assert added[0].story == added[1].story
    assert await related(storage, added[0].story) == []


async def test_a_rare_topic_in_common_counts_more_than_a_common_one(storage, newsroom, alone):
    common = [newsroom.write(f"نفط {n}", topics=["oil"]) for n in range(30)]
    rare = newsroom.write("بركان", topics=["volcanoes"], hours_ago=50)
    [*_, last] = await storage.articles.add(
        [*common, rare, newsroom.write(topics=["oil", "volcanoes"])], alone
    )
    assert (await related(storage, last.story))[0] == "بركان"


async def test_one_of_many_topics_in_common_is_not_enough(storage, newsroom, alone):
    batch = [newsroom.write(topics=["oil"]), newsroom.write(topics=["oil", "syria", "iraq", "gas"])]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[1].story) == []
    assert len(await related(storage, added[0].story)) == 1


async def test_a_story_without_topics_and_terms_has_no_related_ones(storage, newsroom, alone):
    added = await storage.articles.add([newsroom.write(), newsroom.write(topics=["oil"])], alone)
    assert await related(storage, added[0].story) == []

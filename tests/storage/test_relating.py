"""Which other stories a story's card offers."""

from __future__ import annotations

from storage.packing import unpacked_numbers

AFFAIR = ["a", "b", "c", "d", "e"]


def all_others(_own, others, _counts):
    return [one.story for one in others]


async def related(storage, number):
    return [story.articles[0].title for story in await storage.articles.related(number, all_others, 3)]


async def test_a_story_of_the_same_affair_comes_before_those_of_the_same_topics(
    storage, newsroom, alone
):
    batch = [
        newsroom.write("القضية أمس", terms=AFFAIR, hours_ago=20),
        newsroom.write("الموضوع", topics=["oil"]),
        newsroom.write("القضية", terms=AFFAIR, topics=["oil"], hours_ago=1),
        newsroom.write("قضية أخرى قبل أسبوع", terms=AFFAIR, hours_ago=200),
    ]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[2].story) == ["القضية أمس", "الموضوع"]


async def test_the_rule_is_shown_the_storys_own_articles_and_those_around_them(
    storage, newsroom, alone, together
):
    [own] = await storage.articles.add([newsroom.write("أولا", terms=["a", "b"])], alone)
    await storage.articles.add([newsroom.write("ثانيا", terms=["a", "c"])], together)
    other, last, _ = await storage.articles.add(
        [newsroom.write(terms=["c"]), newsroom.write(terms=["b", "z"]), newsroom.write(terms=["z"])],
        alone,
    )
    seen = []

    def look(mine, others, counts):
        numbers = unpacked_numbers(*(one.fingerprint.numbers for one in [*mine, *others]))
        seen.append(
            ({one.story for one in mine}, {one.id for one in others}, counts.holding[numbers].min())
        )
        return [last.story]

    stories = await storage.articles.related(own.story, look, 3)
    assert [story.id for story in stories] == [last.story]
    assert seen == [({own.story}, {other.id, last.id}, 2)]


async def test_a_story_is_never_related_to_itself(storage, newsroom, together):
    batch = [newsroom.write(terms=AFFAIR, topics=["oil"], hours_ago=n) for n in (1, 2)]
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

"""Which other stories a story's card offers."""

from __future__ import annotations

from storage.packing import unpacked_numbers

AFFAIR = ["a", "b", "c", "d", "e"]


def all_others(_own, others, _counts):
    return [one.story for one in others]


async def related(storage, number):
    return [story.articles[0].title for story in await storage.articles.related(number, all_others, 3)]


async def test_stories_of_the_same_affair_are_found_some_days_before_and_after(storage, newsroom, alone):
    batch = [
        newsroom.write("قبل أسبوعين", terms=AFFAIR, hours_ago=500),
        newsroom.write("قبل أسبوع", terms=AFFAIR, hours_ago=350),
        newsroom.write("القضية", terms=AFFAIR, hours_ago=200),
        newsroom.write("اليوم", terms=AFFAIR, hours_ago=1),
    ]
    added = await storage.articles.add(batch, alone)
    assert sorted(await related(storage, added[2].story)) == ["اليوم", "قبل أسبوع"]


async def test_what_shares_common_topics_alone_is_not_related(storage, newsroom, alone):
    batch = [newsroom.write(topics=["oil", "iraq"], terms=[f"z{n}"]) for n in range(9)]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[0].story) == []


async def test_a_story_without_an_affair_shows_a_few_of_its_rare_topics(storage, newsroom, alone):
    batch = [
        newsroom.write("أولا", topics=["moon", "china"], terms=["a"], hours_ago=1),
        newsroom.write("ثانيا", topics=["moon"], terms=["b"], hours_ago=2),
        newsroom.write("ثالثا", topics=["moon", "china"], terms=["c"], hours_ago=3),
        newsroom.write("رابعا", topics=["moon"], terms=["d"], hours_ago=4),
        *(newsroom.write("كثير", topics=["oil"], terms=[f"z{n}"]) for n in range(9)),
    ]
    added = await storage.articles.add(batch, alone)
    assert await related(storage, added[0].story) == ["ثالثا", "ثانيا"]


async def test_what_is_told_alike_of_other_topics_is_not_related(storage, newsroom, alone):
    batch = [
        newsroom.write("لوحة", topics=["culture", "paris"], terms=AFFAIR),
        newsroom.write("ماسة", topics=["mining"], terms=AFFAIR),
        newsroom.write("متحف", topics=["culture"], terms=AFFAIR),
        newsroom.write("بلا موضوع", terms=AFFAIR),
    ]
    added = await storage.articles.add(batch, alone)
    assert sorted(await related(storage, added[0].story)) == ["بلا موضوع", "متحف"]
    assert len(await related(storage, added[3].story)) == 3


async def test_what_it_alone_holds_does_not_hide_what_it_shares(storage, newsroom, alone, together):
    own = [f"own {n}" for n in range(45)]
    [first] = await storage.articles.add([newsroom.write(terms=["a", "b", *own])], alone)
    await storage.articles.add([newsroom.write(terms=["a", "b", *own])], together)
    await storage.articles.add([newsroom.write("غيرها", terms=["a", "b"])], alone)
    assert await related(storage, first.story) == ["غيرها"]


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


async def test_a_story_without_topics_and_terms_has_no_related_ones(storage, newsroom, alone):
    added = await storage.articles.add([newsroom.write(), newsroom.write(topics=["oil"])], alone)
    assert await related(storage, added[0].story) == []

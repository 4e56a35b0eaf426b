"""Articles that go from one story to another, and all that repeats a story's number with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import ChatId, Move, Placing, Selection, TopicId
from storage.packing import unpacked_numbers

ALL = Selection()
CHAT = ChatId(7)
POST = "tg:-1001/7"


def placed(placing_of):
    """A rule that places by the neighbours' numbers, the oldest first."""

    def rule(new, neighbours, counts):
        return placing_of(sorted(neighbours, key=lambda one: one.id))

    return rule


def merging(old):
    """The new article shows that all of its neighbours are one story."""
    first = old[0].story
    others = tuple(one.id for one in old if one.story != first)
    return Placing(first, companions=others)


def apart(members, counts):
    return [[one.id] for one in sorted(members, key=lambda one: one.id)]


async def stories(storage):
    page = await storage.articles.stories(ALL, 0, 50)
    return {story.id: [one.id for one in story.articles] for story in page.stories}


@pytest.fixture
async def two(storage, newsroom, alone):
    """Two stories of one article each."""
    batch = [newsroom.write(terms=["a"], topics=["oil", "syria"], hours_ago=n) for n in (2, 1)]
    return await storage.articles.add(batch, alone)


async def test_two_stories_become_one_and_the_number_of_the_gone_one_still_opens_it(
    storage, newsroom, two
):
    first, second = two
    [new] = await storage.articles.add([newsroom.write(terms=["a"])], placed(merging))

    assert await stories(storage) == {first.story: [new.id, second.id, first.id]}
    story = await storage.articles.story(second.story)
    assert (story.id, len(story.articles)) == (first.story, 3)
    assert await storage.check() == []


async def test_a_kept_story_that_becomes_part_of_another_is_kept_as_that(storage, newsroom, two):
    first, second = two
    await storage.shelf.keep(CHAT, second.story)
    await storage.articles.add([newsroom.write(terms=["a"])], placed(merging))

    page = await storage.shelf.page(CHAT, 0, 5)
    assert (page.stories, page.total) == ((first.story,), 1)


async def test_both_kept_stories_that_become_one_are_kept_once(storage, newsroom, two):
    for one in two:
        await storage.shelf.keep(CHAT, one.story)
    await storage.articles.add([newsroom.write(terms=["a"])], placed(merging))

    assert (await storage.shelf.page(CHAT, 0, 5)).total == 1


async def test_topics_count_a_moved_article_under_its_new_story(storage, newsroom, two):
    await storage.articles.add([newsroom.write(terms=["a"])], placed(merging))

    counts = await storage.articles.topic_counts(newsroom.now - timedelta(days=1))
    assert counts == {"oil": 1, "syria": 1}
    pairs = await storage.database.fetch_all("SELECT DISTINCT story FROM article_topic_pairs")
    assert [row["story"] for row in pairs] == [two[0].story]
    both = Selection(topics=(frozenset({TopicId("oil")}), frozenset({TopicId("syria")})))
    assert len((await storage.articles.stories(both, 0, 5)).stories) == 1


async def test_a_chain_of_merged_stories_leads_to_the_last_one(storage, newsroom, alone):
    batch = [newsroom.write(terms=["a"], hours_ago=n) for n in (3, 2, 1)]
    first, second, third = await storage.articles.add(batch, alone)

    def into_next(old):
        here, there = [(one.id, one.story) for one in old][:2]
        return Placing(there[1], companions=(here[0],))

    await storage.articles.add([newsroom.write(terms=["a"])], placed(into_next))
    into_third = Placing(third.story, companions=(first.id, second.id))
    last = await storage.articles.add(
        [newsroom.write(terms=["a"]), newsroom.write(terms=["a"])],
        lambda new, near, counts: replace(
            into_third,
            companions=tuple(one.id for one in near if one.story != third.story),
        ),
    )
    assert {one.story for one in last} == {third.story}
    for number in (first.story, second.story, first.id):
        assert (await storage.articles.story(number)).id == third.story


async def test_moves_within_one_batch_show_in_what_became_of_each(storage, newsroom):
    def rule(new, near, counts):
        return Placing(None, companions=tuple(one.id for one in near))

    batch = [newsroom.write(terms=["a"], topics=["oil"]) for _ in range(3)]
    added = await storage.articles.add(batch, rule)
    assert len({one.story for one in added}) == 1
    assert list(await stories(storage)) == [added[0].story]


async def test_articles_may_found_a_story_together(storage, newsroom, together):
    batch = [newsroom.write(terms=["a"], hours_ago=n) for n in (3, 2, 1)]
    one, two, three = await storage.articles.add(batch, together)
    [new] = await storage.articles.add(
        [newsroom.write(terms=["a"])],
        lambda *_: Placing(one.story, moves=(Move((two.id, three.id), None),)),
    )

    by_size = sorted((await stories(storage)).values())
    assert by_size == sorted([[three.id, two.id], [new.id, one.id]])
    assert (await storage.articles.story(one.story)).newest.id == new.id


async def test_a_story_may_be_parted_into_three_at_once(storage, newsroom, together):
    batch = [newsroom.write(terms=["a"], hours_ago=n) for n in (3, 2, 1)]
    added = await storage.articles.add(batch, together)
    moves = tuple(Move((one.id,), None) for one in added[1:])
    [new] = await storage.articles.add(
        [newsroom.write(terms=["a"])], lambda *_: Placing(added[0].story, moves=moves)
    )

    held = sorted((await stories(storage)).values())
    assert held == sorted([[new.id, added[0].id], [added[1].id], [added[2].id]])


async def test_a_story_is_parted_where_what_held_it_together_is_deleted(storage, newsroom, together):
    batch = [newsroom.write(terms=["a"], hours_ago=n) for n in (3, 2, 1)]
    one, two, three = await storage.articles.add(batch, together)
    await storage.articles.delete(two.id, apart)

    held = await stories(storage)
    assert held[one.story] == [one.id]
    assert sorted(held.values()) == [[one.id], [three.id]]
    assert await storage.check() == []


async def test_a_deleted_story_takes_its_former_numbers_with_it(storage, newsroom, two):
    added = await storage.articles.add([newsroom.write(terms=["a"])], placed(merging))
    for one in (*two, *added):
        await storage.articles.delete(one.id, apart)

    assert await storage.articles.story(two[1].story) is None
    assert await storage.database.fetch_all("SELECT * FROM former_stories") == []


async def test_a_revised_article_leaves_a_story_that_it_does_not_tell_of_any_more(
    storage, newsroom, alone, together
):
    [one] = await storage.articles.add([newsroom.write(terms=["a"])], alone)
    [post] = await storage.articles.add([replace(newsroom.write(terms=["a"]), names=(POST,))], together)
    assert post.story == one.story

    assert await storage.articles.revise(POST, newsroom.write(terms=["z"]), alone, apart)
    assert (await storage.articles.story(post.id)).id not in (one.story, post.id)
    assert (await storage.articles.story(one.story)).articles[0].id == one.id


async def test_a_revised_article_joins_the_story_that_it_tells_of_now(
    storage, newsroom, alone, together
):
    first = newsroom.write(terms=["a"])
    [one] = await storage.articles.add([first], alone)
    [post] = await storage.articles.add([replace(newsroom.write(terms=["z"]), names=(POST,))], alone)

    assert await storage.articles.revise(POST, newsroom.write(terms=["a"]), together, apart)
    assert (await storage.articles.story(post.id)).id == one.story
    assert (await storage.articles.story(post.story)).id == one.story


async def test_a_near_copy_names_the_first_of_its_kind_until_that_goes(storage, newsroom, together):
    def copying(new, near, counts):
        return Placing(near[0].story, copy_of=max(one.id for one in near)) if near else None

    batch = [newsroom.write(terms=["a"], hours_ago=n) for n in (3, 2, 1)]
    first, second, third = await storage.articles.add(batch, copying)
    copies = {one.id: one.copy_of for one in await storage.articles.articles(ALL, None)}
    assert copies == {first.id: None, second.id: first.id, third.id: first.id}

    await storage.articles.delete(first.id)
    copies = {one.id: one.copy_of for one in await storage.articles.articles(ALL, None)}
    assert copies == {second.id: None, third.id: second.id}


async def test_a_neighbour_comes_with_all_of_its_story(storage, newsroom, alone, together):
    await storage.articles.add([newsroom.write(terms=["a", "b"], hours_ago=2)], alone)
    await storage.articles.add([newsroom.write(terms=["b", "c"], hours_ago=1)], together)
    seen = []
    await storage.articles.add(
        [newsroom.write(terms=["a"])],
        lambda new, near, counts: seen.extend((near, counts.holding.copy())),
    )
    ids = storage.articles._memory.ids
    held = [unpacked_numbers(one.fingerprint.numbers).tolist() for one in seen[0]]
    assert held == [[ids["a"], ids["b"]], [ids["b"], ids["c"]]]
    assert {term: seen[1][number] for term, number in ids.items()} == {"a": 1, "b": 2, "c": 1}

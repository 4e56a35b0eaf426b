"""Articles coming in: known or new, their neighbours, their stories."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.model import AddedStatus, Move, NumberedTerms, Placing, Selection
from storage.packing import packed_numbers, packed_weights, unpacked_numbers

ALL = Selection()


async def test_a_new_article_is_stored_with_a_story_of_its_own(storage, newsroom, alone):
    [added] = await storage.articles.add([newsroom.write("زلزال في البحر")], alone)

    assert (added.status, added.title) == (AddedStatus.STORED, "زلزال في البحر")
    story = await storage.articles.story(added.story)
    assert [article.id for article in story.articles] == [added.id]


async def test_ids_of_articles_and_stories_never_meet(storage, newsroom, alone):
    added = await storage.articles.add([newsroom.write() for _ in range(20)], alone)
    added += await storage.articles.add([newsroom.write() for _ in range(20)], alone)

    numbers = [one.id for one in added] + [one.story for one in added]
    assert len(set(numbers)) == 80


async def test_an_article_comes_back_as_it_was_stored(storage, newsroom, alone, open_again):
    new = newsroom.write(
        "عنوان", body="سطر\nسطر", topics=["syria", "oil"], url="https://x.example/1", source="مصدر"
    )
    [added] = await storage.articles.add([new], alone)
    await storage.close()

    again = await open_again()
    [article] = await again.articles.articles(ALL, None)
    [text] = await again.articles.texts(added.story)
    assert (article.title, article.url, article.source) == ("عنوان", "https://x.example/1", "مصدر")
    assert (article.published, article.summary) == (new.article.published, new.analysis.summary)
    assert (article.topics, text.body) == (("syria", "oil"), "سطر\nسطر")


@pytest.mark.parametrize("same", [{"url": "https://x.example/1"}, {"words_digest": "same"}])
@pytest.mark.parametrize("one_batch", [True, False])
async def test_the_same_article_again_is_known(storage, newsroom, alone, same, one_batch):
    first, second = newsroom.write("الأول", **same), newsroom.write("الثاني", **same)
    if one_batch:
        stored, known = await storage.articles.add([first, second], alone)
    else:
        [stored] = await storage.articles.add([first], alone)
        [known] = await storage.articles.add([second], alone)

    assert known.status is AddedStatus.KNOWN
    assert (known.id, known.story, known.title) == (stored.id, stored.story, "الأول")
    assert len(await storage.articles.articles(ALL, None)) == 1


async def test_articles_without_a_url_are_not_each_others_copies(storage, newsroom, alone):
    added = await storage.articles.add([newsroom.write(), newsroom.write()], alone)

    assert [one.status for one in added] == [AddedStatus.STORED] * 2


async def test_neighbours_share_most_rare_terms_and_are_within_three_days(storage, newsroom, alone):
    batch = [
        newsroom.write("قريب", terms=["a", "b", "c"], hours_ago=71),
        newsroom.write("بعيد", terms=["a", "b", "c"], hours_ago=73),
        newsroom.write("أقل", terms=["a", "x"], hours_ago=1),
        newsroom.write("لا شيء", terms=["y", "z"]),
    ]
    near, _far, less, _none = await storage.articles.add(batch, alone)
    seen = []
    await storage.articles.add(
        [newsroom.write(terms=["a", "b", "c"])], lambda new, neighbours, counts: seen.extend(neighbours)
    )

    assert [neighbour.id for neighbour in seen] == [near.id, less.id]
    assert seen[0].fingerprint == NumberedTerms(
        packed_numbers([1, 2, 3]), packed_weights([1, 0.5, 0.333])
    )
    assert seen[0].published == batch[0].article.published


async def test_neighbours_later_than_the_new_article_count_too(storage, newsroom, together):
    later, early = newsroom.write(terms=["a"]), newsroom.write(terms=["a"], hours_ago=48)
    first, second = await storage.articles.add([later, early], together)

    assert first.story == second.story


async def test_terms_are_counted_over_all_articles_of_the_past_and_the_batch(storage, newsroom):
    seen = []

    def note(new, neighbours, counts):
        own = unpacked_numbers(new.fingerprint.numbers)
        seen.append((counts.articles, own.tolist(), counts.holding[own].tolist()))

    await storage.articles.add([newsroom.write(terms=["a", "b"]), newsroom.write(terms=["a"])], note)
    await storage.articles.add([newsroom.write(terms=["a", "b", "new"])], note)

    assert seen == [(0, [1, 2], [0, 0]), (1, [1], [1]), (2, [1, 2, 3], [2, 1, 0])]


async def test_joining_articles_form_one_story_newest_first(storage, newsroom, together):
    batch = [newsroom.write(terms=["a"], hours_ago=hours) for hours in (5, 1, 9)]
    added = await storage.articles.add(batch, together)

    [story] = (await storage.articles.stories(ALL, 0, 10)).stories
    assert [article.id for article in story.articles] == [added[1].id, added[0].id, added[2].id]


@pytest.mark.parametrize(
    "chosen",
    [
        999,
        Placing(None, moves=(Move((), 999),)),
        Placing(None, (999,)),
        Placing(None, moves=(Move((999,), None),)),
    ],
)
async def test_a_story_or_article_that_no_neighbour_has_stops_the_whole_batch(
    storage, newsroom, alone, chosen
):
    with pytest.raises(ValueError, match="none of the neighbours"):
        await storage.articles.add([newsroom.write(), newsroom.write()], lambda *_: chosen)

    assert await storage.articles.articles(ALL, None) == []
    [added] = await storage.articles.add([newsroom.write()], alone)
    assert added.status is AddedStatus.STORED


async def test_a_million_ids_later_at_the_same_moment_still_has_its_own_place(storage, newsroom, alone):
    await storage.articles.add([newsroom.write()], alone)
    await storage.database.change("UPDATE numbers SET value = value - 2 + 1048576 WHERE name = 'id'")
    await storage.articles.add([newsroom.write()], alone)

    assert len(await storage.articles.articles(ALL, None)) == 2


async def test_half_a_surrogate_pair_stops_nobody(storage, newsroom, alone):
    batch = [newsroom.write("خبر \ud83d", words="\ud83d"), newsroom.write("سليم", terms=["\udc00"])]
    added = await storage.articles.add(batch, alone)

    assert [one.status for one in added] == [AddedStatus.STORED] * 2
    more = [newsroom.write(terms=["\udc01"]), newsroom.write(terms=["\udc00", "\udc02"])]
    assert len(await storage.articles.add(more, alone)) == 2


async def test_a_deleted_article_is_gone_everywhere(storage, newsroom, together):
    new = newsroom.write("خبر", words="كلمة", topics=["syria"], terms=["a"], url="https://x.example/1")
    [added] = await storage.articles.add([new], together)

    gone = await storage.articles.delete(added.id)

    assert (gone.id, gone.title) == (added.id, "خبر")
    for table in (
        "articles",
        "article_texts",
        "fingerprints",
        "stories",
        "article_topics",
        "article_terms",
        "article_search",
    ):
        [row] = await storage.database.fetch_all(f"SELECT COUNT(*) AS n FROM {table}")
        assert row["n"] == 0, table
    assert await storage.articles.delete(added.id) is None
    assert (await storage.articles.counts()).articles == 0


async def test_a_deleted_article_may_come_again(storage, newsroom, together):
    new = newsroom.write(terms=["a"], url="https://x.example/1")
    [added] = await storage.articles.add([new], together)
    await storage.articles.delete(added.id)
    [again] = await storage.articles.add([new], together)

    assert again.status is AddedStatus.STORED
    assert again.id != added.id


async def test_a_story_lives_on_with_its_other_articles(storage, newsroom, together):
    old, new = newsroom.write(terms=["a"], hours_ago=10), newsroom.write(terms=["a"])
    between = newsroom.write(hours_ago=5)
    first, second, other = await storage.articles.add([old, new, between], together)
    await storage.articles.delete(second.id)

    page = await storage.articles.stories(ALL, 0, 10)
    assert [story.id for story in page.stories] == [other.story, first.story]


async def test_a_naive_time_is_refused(storage, newsroom, alone):
    newsroom.now = newsroom.now.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        await storage.articles.add([newsroom.write()], alone)


async def test_years_beyond_the_key_are_stored_and_stand_at_the_ends(storage, newsroom, alone):
    now = newsroom.now
    years = [now.replace(year=1), now.replace(year=9998), now, now - timedelta(days=400)]
    for year in years:
        newsroom.now = year
        await storage.articles.add([newsroom.write()], alone)

    listed = [article.published for article in await storage.articles.articles(ALL, None)]
    assert listed == sorted(years, reverse=True)


async def test_a_closed_storage_says_so(storage, newsroom, alone):
    await storage.close()
    with pytest.raises(StorageError, match="closed"):
        await storage.articles.add([newsroom.write()], alone)


async def test_an_arrival_that_was_stamped_earlier_stands_behind_what_is_stored(
    storage, newsroom, alone
):
    now = newsroom.now
    for received in (now, now - timedelta(minutes=59), now):
        await storage.articles.add([newsroom.write(hours_ago=1, received=received)], alone)
    assert await arrivals(storage) == [now + timedelta(microseconds=tick) for tick in range(3)]


async def test_an_arrival_that_a_wrong_clock_stamped_takes_no_other_along(storage, newsroom, alone):
    now, awry = newsroom.now, newsroom.now.replace(year=2031)
    for received in (now, awry, now, now + timedelta(minutes=1)):
        await storage.articles.add([newsroom.write(hours_ago=1, received=received)], alone)
    assert await arrivals(storage) == [
        now, now + timedelta(microseconds=1), now + timedelta(minutes=1), awry,
    ]  # fmt: skip


async def arrivals(storage):
    return sorted(one.received for one in await storage.articles.articles(ALL, None))

"""Articles that their source changes, by what else they are known, and the order of arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model import AddedStatus, SearchQuery, Selection

ALL = Selection()
POST = "tg:-1001/5"


def found(word: str) -> Selection:
    return Selection(query=SearchQuery(((word,),)))


def named(new, *names: str):
    return replace(new, names=names)


async def test_a_revised_article_is_found_by_its_new_words_alone(storage, newsroom, alone):
    before = named(newsroom.write("قديم", words="زلزال", topics=["syria"], terms=["زلزال"]), POST)
    after = newsroom.write("جديد", words="فيضان", topics=["oil"], terms=["فيضان"], body="نص آخر")
    [added] = await storage.articles.add([before], alone)

    assert await storage.articles.revise(POST, after)
    [article] = await storage.articles.articles(found("فيضان"), None)
    assert (article.id, article.title, article.topics) == (added.id, "جديد", ("oil",))
    assert await storage.articles.articles(found("زلزال"), None) == []
    assert (await storage.articles.texts(added.story))[0].body == "نص آخر"
    assert (await storage.articles.counts()).by_topic == {"oil": 1}
    assert await storage.check() == []


async def test_a_revision_keeps_story_and_times_so_that_no_digest_repeats_it(storage, newsroom, alone):
    [added] = await storage.articles.add([named(newsroom.write("قديم"), POST)], alone)
    [before] = await storage.articles.articles(ALL, None)

    later = newsroom.write("جديد", received=newsroom.now + timedelta(hours=5))
    assert await storage.articles.revise(POST, later)
    [after] = await storage.articles.articles(ALL, None)
    assert (after.story, after.published, after.received) == (
        added.story, before.published, before.received,
    )  # fmt: skip


async def test_neighbours_see_the_new_terms_of_a_revised_article(
    storage, newsroom, alone, together, held_terms
):
    [first] = await storage.articles.add([named(newsroom.write(terms=["ا", "ب"]), POST)], alone)
    await storage.articles.add([newsroom.write(terms=["ا", "ب"])], alone)
    await storage.articles.revise(POST, newsroom.write(terms=["ج", "د"]))

    [joined] = await storage.articles.add([newsroom.write(terms=["ج", "د"])], together)
    assert joined.story == first.story
    assert await held_terms(storage) == {"ا": 1, "ب": 1, "ج": 2, "د": 2}


async def test_what_is_not_stored_is_not_revised(storage, newsroom, alone):
    [added] = await storage.articles.add([named(newsroom.write(), POST)], alone)
    await storage.articles.delete(added.id)

    assert not await storage.articles.revise(POST, newsroom.write())
    assert await storage.articles.articles(ALL, None) == []
    assert await storage.database.fetch_all("SELECT * FROM article_names") == []


async def test_words_that_another_article_holds_may_come_by_a_revision(storage, newsroom, alone):
    first = newsroom.write("الأول", words_digest="same")
    await storage.articles.add([first, named(newsroom.write(), POST)], alone)

    assert await storage.articles.revise(POST, newsroom.write("الثاني", words_digest="same"))
    [known] = await storage.articles.add([newsroom.write(words_digest="same")], alone)
    assert (known.status, known.title) == (AddedStatus.KNOWN, "الأول")


async def test_the_same_page_under_another_address_is_known(storage, newsroom, alone):
    first = named(newsroom.write(url="https://x.example/1"), "x.example/1")
    second = named(newsroom.write(url="http://m.x.example/1/amp"), "x.example/1")
    [stored] = await storage.articles.add([first], alone)

    [known] = await storage.articles.add([second], alone)
    assert (known.status, known.id) == (AddedStatus.KNOWN, stored.id)
    both = [named(newsroom.write(), "x.example/2") for _ in range(2)]
    assert [one.status for one in await storage.articles.add(both, alone)] == ["stored", "known"]


async def test_no_article_arrives_before_what_is_stored(storage, newsroom, alone, open_again):
    late = newsroom.write("ختم متأخر", received=newsroom.now)
    early = newsroom.write("ختم مبكر", hours_ago=1, received=newsroom.now - timedelta(seconds=2))
    other_process = await open_again()
    await storage.articles.add([late], alone)
    await other_process.articles.add([early], alone)

    arrived = await storage.articles.arrived(
        newsroom.now, newsroom.now + timedelta(hours=1), newsroom.now - timedelta(days=1)
    )
    assert [story.newest.title for story in arrived] == ["ختم مبكر"]
    assert arrived[0].newest.received == newsroom.now + timedelta(microseconds=1)

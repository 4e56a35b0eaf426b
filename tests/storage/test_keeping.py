"""Kept stories: newest saved first, bounded, gone with their story, moved with their group."""

from __future__ import annotations

import pytest

from bot.model import ArticleId, ChatId, ChatKind, Kept, StoryId
from storage import keeping

A, B = ChatId(1), ChatId(2)


@pytest.fixture
async def stories(storage, newsroom, alone):
    """Five stories of one article each, by their ids."""
    added = await storage.articles.add([newsroom.write() for _ in range(5)], alone)
    return [one.story for one in added]


async def kept(storage, chat=A, offset=0, limit=10):
    return list((await storage.shelf.page(chat, offset, limit)).stories)


async def test_what_was_kept_last_comes_first_and_pages_know_the_total(storage, clock, stories):
    for story in stories:
        clock.forward(seconds=1)
        assert await storage.shelf.keep(A, story) is Kept.NEW
    page = await storage.shelf.page(A, 1, 2)
    assert (list(page.stories), page.total) == (stories[::-1][1:3], 5)


async def test_kept_twice_it_stays_in_its_place_and_chats_do_not_share(storage, clock, stories):
    await storage.shelf.keep(A, stories[0])
    clock.forward(seconds=1)
    await storage.shelf.keep(A, stories[1])
    clock.forward(seconds=1)
    assert await storage.shelf.keep(A, stories[0]) is Kept.ALREADY
    assert await kept(storage) == [stories[1], stories[0]]
    assert await kept(storage, B) == []


async def test_dropping_says_whether_it_was_kept(storage, stories):
    await storage.shelf.keep(A, stories[0])
    assert await storage.shelf.drop(A, stories[0])
    assert not await storage.shelf.drop(A, stories[0])
    assert not await storage.shelf.holds(A, stories[0])


async def test_no_story_no_keeping(storage):
    assert await storage.shelf.keep(A, StoryId(404)) is Kept.GONE


async def test_a_full_shelf_takes_no_more_and_its_own_again(storage, stories, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    results = [await storage.shelf.keep(A, story) for story in [*stories[:3], stories[0]]]
    assert results == [Kept.NEW, Kept.NEW, Kept.FULL, Kept.ALREADY]


async def test_a_story_goes_from_all_shelves_with_its_last_article(storage, newsroom, together):
    terms = ["معبر", "شاحنة", "حدود"]
    new = [newsroom.write(terms=terms), newsroom.write(terms=terms)]
    first, second = await storage.articles.add(new, together)
    assert first.story == second.story
    for chat in (A, B):
        await storage.shelf.keep(chat, first.story)
    await storage.articles.delete(ArticleId(first.id))
    assert await kept(storage) == [first.story]
    await storage.articles.delete(ArticleId(second.id))
    assert await kept(storage) == await kept(storage, B) == []


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_groups_shelf_moves_with_it(storage, stories, is_known):
    old, new = ChatId(-5), ChatId(-1005)
    await storage.chats.seen(old, ChatKind.GROUP)
    await storage.shelf.keep(old, stories[0])
    await storage.shelf.keep(old, stories[1])
    if is_known:
        await storage.chats.seen(new, ChatKind.SUPERGROUP)
        await storage.shelf.keep(new, stories[1])
    await storage.chats.migrate(old, new)
    assert sorted(await kept(storage, new)) == stories[:2]
    assert await kept(storage, old) == []

"""Figures that are kept as things change: whatever happens, they are what counting gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.model import ChatId, ChatKind, ChatState, Placing, Subscription, TopicId
from storage.sqlite_opening import list_migrations, open_sqlite

COUNTED = """
    SELECT (SELECT COUNT(*) FROM articles) AS articles,
           (SELECT COUNT(*) FROM stories) AS stories,
           (SELECT COUNT(*) FROM chats WHERE state = 'active') AS chats,
           (SELECT COUNT(*) FROM chats WHERE state = 'active' AND active = 1) AS subscribers
"""
BY_TOPIC = "SELECT topic, COUNT(*) AS articles FROM article_topics GROUP BY topic"
DAILY = Subscription((time(8),))


async def assert_counted(storage):
    kept = await storage.articles.counts()
    counted = await storage.database.fetch_one(COUNTED)
    for name in ("articles", "stories", "chats", "subscribers"):
        assert getattr(kept, name) == counted[name], name
    topics = {row["topic"]: row["articles"] for row in await storage.database.fetch_all(BY_TOPIC)}
    assert kept.by_topic == topics
    return kept


def merging(_new, neighbours, _counts):
    """All that is near is one story."""
    old = sorted(neighbours, key=lambda one: one.id)
    return Placing(old[0].story, companions=tuple(o.id for o in old if o.story != old[0].story))


def apart(members, _counts):
    return [[one.id] for one in members]


async def test_articles_that_come_move_change_and_go(storage, newsroom, alone):
    topics = (["oil"], ["oil", "gaza"], [])
    news = [newsroom.write(terms=["a"], topics=about) for about in topics]
    first, second, third = await storage.articles.add(news, alone)
    assert (await assert_counted(storage)).stories == 3
    again = await storage.articles.add(news, alone)
    assert {one.id for one in again} == {first.id, second.id, third.id}
    await assert_counted(storage)
    [joined] = await storage.articles.add([newsroom.write(terms=["a"], topics=["gaza"])], merging)
    assert (await assert_counted(storage)).stories == 1
    await storage.articles.delete(joined.id, apart)
    assert (await assert_counted(storage)).stories == 3
    for one in (first, second, third):
        await storage.articles.delete(one.id)
    gone = await assert_counted(storage)
    assert (gone.articles, gone.stories, gone.by_topic) == (0, 0, {})


async def test_a_corrected_article_with_other_topics(storage, newsroom, alone):
    new = replace(newsroom.write(topics=["oil", "gaza"]), names=("tg:-1001/7",))
    await storage.articles.add([new], alone)
    corrected = newsroom.write(topics=["gaza", "syria"])
    assert await storage.articles.revise("tg:-1001/7", corrected)
    assert (await assert_counted(storage)).by_topic == {TopicId("gaza"): 1, TopicId("syria"): 1}


async def test_chats_that_come_subscribe_leave_come_back_and_are_forgotten(storage, clock):
    chat = ChatId(7)
    steps = [
        (storage.chats.seen(chat, ChatKind.PRIVATE), (1, 0)),
        (storage.chats.subscribe(chat, DAILY, []), (1, 1)),
        (storage.chats.seen(chat, ChatKind.PRIVATE), (1, 1)),
        (storage.chats.unsubscribe(chat), (1, 0)),
        (storage.chats.subscribe(chat, DAILY, []), (1, 1)),
        (storage.chats.set_state(chat, ChatState.BLOCKED), (0, 0)),
        (storage.chats.set_state(chat, ChatState.BLOCKED), (0, 0)),
        (storage.chats.seen(chat, ChatKind.PRIVATE), (1, 1)),
        (storage.chats.seen(ChatId(8), ChatKind.PRIVATE), (2, 1)),
        (storage.traces.forget(chat, clock() + timedelta(seconds=4)), (1, 0)),
    ]
    for step, figures in steps:
        await step
        kept = await assert_counted(storage)
        assert (kept.chats, kept.subscribers) == figures


@pytest.mark.parametrize("wrote", [False, True])
async def test_a_group_that_becomes_a_supergroup(storage, wrote):
    old, new = ChatId(-7), ChatId(-1007)
    await storage.chats.seen(old, ChatKind.GROUP)
    await storage.chats.subscribe(old, DAILY, [])
    if wrote:
        await storage.chats.seen(new, ChatKind.SUPERGROUP)
    await storage.chats.migrate(old, new)
    kept = await assert_counted(storage)
    assert (kept.chats, kept.subscribers) == (1, 1)


async def test_what_was_there_before_is_counted_once(file, open_again):
    before = [one for one in list_migrations() if one.number < 14]
    database = await open_sqlite(file, before)
    for sql in (
        "INSERT INTO stories (id, newest) VALUES (1, 1), (2, 2), (3, 3)",
        "INSERT INTO chats (id, kind, state, active) VALUES"
        " (1, 'private', 'active', 1), (2, 'private', 'active', NULL), (3, 'private', 'blocked', 1)",
        "INSERT INTO article_topics (topic, recency, story, received, weight) VALUES"
        " ('oil', 1, 1, 0, 1.0), ('oil', 2, 2, 0, 1.0), ('gaza', 2, 2, 0, 1.0)",
    ):
        await database.change(sql)
    await database.close()
    kept = await (await open_again()).articles.counts()
    assert (kept.stories, kept.chats, kept.subscribers) == (3, 2, 1)
    assert kept.by_topic == {"oil": 2, "gaza": 1}

"""Broadcasts: once to each subscriber, whatever is killed or pressed twice; and the outbox's files."""

from __future__ import annotations

from datetime import time

import pytest

from bot.model import (
    BroadcastState,
    ChatId,
    ChatKind,
    ChatState,
    Document,
    Lane,
    MessageId,
    OutboxMessage,
    Sent,
    Subscription,
)


@pytest.fixture
async def subscribers(storage):
    """Seven subscribers, a group among them; others unsubscribed, were lost, or only read."""
    for chat in (-100, 1, 2, 3, 4, 5, 6, 7, 8, 9):
        await storage.chats.seen(ChatId(chat), ChatKind.PRIVATE if chat > 0 else ChatKind.GROUP)
        if chat != 9:
            await storage.chats.subscribe(ChatId(chat), Subscription((time(8),)), [])
    await storage.chats.unsubscribe(ChatId(7))
    await storage.chats.set_state(ChatId(8), ChatState.BLOCKED)
    return [-100, 1, 2, 3, 4, 5, 6]


async def queued(storage):
    rows = await storage.database.fetch_all("SELECT chat FROM outbox WHERE lane = 3 ORDER BY id")
    return [row["chat"] for row in rows]


async def go(storage, number, slices=99, size=3):
    while slices and (audience := await storage.broadcasts.audience(number, size)) is not None:
        await storage.broadcasts.queue(number, audience, ())
        slices -= 1


async def test_it_reaches_each_active_subscriber_once(storage, subscribers):
    number = await storage.broadcasts.ask("نص")
    assert await storage.broadcasts.subscribers() == len(subscribers)
    assert await storage.broadcasts.audience(number, 3) is None, "not before it is confirmed"
    await storage.broadcasts.begin(number)
    await go(storage, number)
    done = await storage.broadcasts.get(number)
    assert (done.state, done.queued, done.text) == (BroadcastState.DONE, 7, "")
    assert await queued(storage) == subscribers


async def test_a_kill_in_the_middle_neither_loses_nor_repeats(storage, subscribers, open_again):
    number = await storage.broadcasts.ask("نص")
    await storage.broadcasts.begin(number)
    await go(storage, number, slices=1)
    again = await open_again()
    assert (await again.broadcasts.begin(number)).state is BroadcastState.GOING
    await go(again, number)
    await go(again, number)
    assert await queued(again) == subscribers


async def test_two_presses_at_once_queue_a_slice_once(storage, subscribers):
    number = await storage.broadcasts.ask("نص")
    await storage.broadcasts.begin(number)
    same = await storage.broadcasts.audience(number, 3)
    await storage.broadcasts.queue(number, same, ())
    await storage.broadcasts.queue(number, same, ())
    await go(storage, number)
    assert await queued(storage) == subscribers


async def test_who_left_since_the_slice_was_read_gets_nothing(storage, subscribers):
    number = await storage.broadcasts.ask("نص")
    await storage.broadcasts.begin(number)
    audience = await storage.broadcasts.audience(number, 9)
    await storage.chats.unsubscribe(ChatId(3))
    await storage.broadcasts.queue(number, audience, ())
    assert (await storage.broadcasts.get(number)).queued == 6
    assert 3 not in await queued(storage)


async def test_quiet_chats_get_it_without_a_sound_and_all_share_their_words(storage, clock, subscribers):
    number = await storage.broadcasts.ask("نص")
    await storage.broadcasts.begin(number)
    audience = await storage.broadcasts.audience(number, 9)
    await storage.broadcasts.queue(number, audience, {ChatId(2), ChatId(8)})
    rows = [row.message for row in await storage.outbox.claimable(clock(), [], 99)]
    assert sorted(row.chat for row in rows) == subscribers
    assert [row.chat for row in rows if row.silent] == [2]
    assert {(row.text, row.lane) for row in rows} == {("نص", Lane.BROADCAST)}


async def test_a_cancelled_one_is_gone_and_a_going_one_is_not_cancelled(storage, subscribers):
    first, second = [await storage.broadcasts.ask("نص") for _ in range(2)]
    await storage.broadcasts.begin(second)
    assert await storage.broadcasts.cancel(first)
    assert not await storage.broadcasts.cancel(second)
    assert await storage.broadcasts.begin(first) is None


async def test_old_ones_are_swept_and_a_going_one_stays(storage, clock, subscribers):
    asked, going = [await storage.broadcasts.ask("نص") for _ in range(2)]
    await storage.broadcasts.begin(going)
    assert await storage.broadcasts.sweep(clock.forward(days=4)) == 1
    assert await storage.broadcasts.get(asked) is None


async def test_a_file_waits_with_its_row_and_goes_when_it_is_sent(storage, clock):
    file = Document("نسخة.db", bytes(range(256)))
    await storage.outbox.queue([OutboxMessage(ChatId(1), "نص", Lane.REPLY, document=file)])
    [row] = await storage.outbox.claimable(clock(), [], 5)
    assert row.message.document == file
    await storage.outbox.settle(row, Sent(MessageId(9)), None)
    assert await storage.database.fetch_all("SELECT id FROM outbox_files") == []


async def test_a_lost_chats_file_goes_and_others_stay(storage):
    file = Document("a", b"1")
    for chat in (1, 2):
        await storage.chats.seen(ChatId(chat), ChatKind.PRIVATE)
        await storage.outbox.queue([OutboxMessage(ChatId(chat), "نص", Lane.REPLY, document=file)])
    await storage.chats.set_state(ChatId(1), ChatState.BLOCKED)
    rows = await storage.database.fetch_all(
        "SELECT o.chat FROM outbox AS o JOIN outbox_files AS f ON f.id = o.id"
    )
    assert [row["chat"] for row in rows] == [2]


async def test_a_copy_is_read_where_it_is_small_and_left_where_it_is_not(storage, clock, file):
    small = await storage.copy_beside(clock(), 10_000_000)
    assert small.content.startswith(b"SQLite format 3")
    assert (small.size, small.path) == (len(small.content), "")
    large = await storage.copy_beside(clock(), 10)
    assert large.content is None
    assert [path.name for path in file.parent.glob("*-2026*")] == [large.name]

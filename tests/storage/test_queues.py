"""The doors: what waits to be sent, and what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.model import (
    Button,
    ChatId,
    ChatKind,
    ChatLost,
    ChatState,
    DigestRecord,
    Lane,
    MadeDigest,
    MessageId,
    Migrated,
    NetworkFault,
    OutboxMessage,
    Recent,
    Refused,
    RetryAfter,
    Sent,
    StoredUpdate,
    Subscription,
    UpdateId,
)

A, B = ChatId(1), ChatId(2)


def say(chat=A, text="نص", lane=Lane.REPLY, **fields):
    return OutboxMessage(chat, text, lane, **fields)


async def claim(storage, clock, busy=(), limit=100):
    return await storage.outbox.claimable(clock(), busy, limit)


async def texts(storage, clock, busy=(), limit=100):
    return [row.message.text for row in await claim(storage, clock, busy, limit)]


async def send(storage, row, outcome=None, retry_at=None):
    await storage.outbox.mark_in_flight(row.id)
    await storage.outbox.settle(row, outcome or Sent(MessageId(500 + row.id)), retry_at)


def update(number, payload='{"text": "سر"}', minutes=0):
    return StoredUpdate(UpdateId(number), payload, datetime(2026, 3, 10, 12, minutes, tzinfo=UTC))


async def test_a_message_comes_back_as_it_was_queued(storage, clock, open_again):
    rows = ((Button("زر", action="a:1"), Button("رابط", url="https://x.example/")), (Button("آخر"),))
    message = OutboxMessage(
        A, "نص", Lane.ALERT, rows, True, True, MessageId(3), 4, edits=MessageId(5), edits_row=None
    )
    [number] = await storage.outbox.queue([message])

    [row] = await claim(await open_again(), clock)
    assert (row.id, row.message, row.attempts) == (number, message, 0)


async def test_words_that_several_digests_share_stand_once_until_the_last_is_sent(storage, clock):
    for chat in (A, B):
        await storage.chats.seen(chat, ChatKind.PRIVATE)
    day, tomorrow = clock().date(), clock() + timedelta(days=1)
    message = say(lane=Lane.DIGEST, buttons=((Button("زر", action="a:1"),),))
    await storage.chats.record_digests(
        [
            MadeDigest(DigestRecord(c, day, time(8), clock(), 1), replace(message, chat=c), tomorrow)
            for c in (A, B)
        ]
    )
    first, second = await claim(storage, clock)
    assert (first.message, second.message) == (message, replace(message, chat=B))

    for row, left in ((first, 1), (second, 0)):
        await send(storage, row)
        await storage.outbox.sweep(tomorrow)
        assert len(await storage.database.fetch_all("SELECT id FROM shared_texts")) == left


async def test_lanes_go_by_rank_and_within_a_lane_the_oldest_first(storage, clock):
    lanes = [Lane.BROADCAST, Lane.DIGEST, Lane.REPLY, Lane.ALERT, Lane.REPLY]
    await storage.outbox.queue([say(ChatId(n), str(n), lane) for n, lane in enumerate(lanes, 1)])

    assert await texts(storage, clock) == ["3", "5", "4", "2", "1"]
    assert await texts(storage, clock, busy={ChatId(3), ChatId(4)}, limit=2) == ["5", "2"]


async def test_a_chat_gets_its_messages_one_by_one_in_their_order(storage, clock):
    await storage.outbox.queue([say(text="1"), say(text="2"), say(B, "3")])
    first, other = await claim(storage, clock)
    await storage.outbox.mark_in_flight(first.id)

    assert (first.message.text, other.message.text) == ("1", "3")
    assert await texts(storage, clock) == ["3"]
    await storage.outbox.settle(first, Sent(MessageId(9)), None)
    assert await texts(storage, clock) == ["2", "3"]


async def test_a_reply_passes_the_digests_of_its_chat(storage, clock):
    await storage.outbox.queue(
        [say(text="digest 1", lane=Lane.DIGEST), say(text="digest 2", lane=Lane.DIGEST)]
    )
    await storage.outbox.queue([say(text="reply")])

    order = []
    while rows := await claim(storage, clock):
        [row] = rows
        order.append(row.message.text)
        await send(storage, row)
    assert order == ["reply", "digest 1", "digest 2"]


async def test_an_edit_waits_for_the_row_that_it_edits_even_in_a_later_lane(storage, clock):
    [digest] = await storage.outbox.queue([say(text="digest", lane=Lane.DIGEST)])
    await storage.outbox.queue([say(text="edit", edits_row=digest)])

    [row] = await claim(storage, clock)
    assert row.message.text == "digest"
    await send(storage, row)
    assert await texts(storage, clock) == ["edit"]
    assert await storage.outbox.sent_message(digest) == 500 + digest


async def test_a_thousand_waiting_rows_of_one_chat_hide_nobody(storage, clock):
    await storage.outbox.queue([say(text="flood") for _ in range(1000)] + [say(B, "other")])

    assert await texts(storage, clock, limit=2) == ["flood", "other"]
    assert await texts(storage, clock, busy=[A], limit=2) == ["other"]


async def test_what_was_sent_keeps_no_words(storage, clock):
    await storage.outbox.queue([say(text="سر", buttons=((Button("سر"),),))])
    [row] = await claim(storage, clock)
    await send(storage, row)

    [kept] = await storage.database.fetch_all("SELECT * FROM outbox")
    assert "سر" not in f"{kept['text']}{kept['buttons']}"
    assert (kept["state"], kept["message"]) == ("sent", 500 + row.id)
    assert (await storage.articles.counts()).sent == 1


@pytest.mark.parametrize("outcome", [RetryAfter(30), NetworkFault("timeout")])
async def test_a_fault_puts_a_row_off_until_its_time(storage, clock, outcome):
    await storage.outbox.queue([say()])
    [row] = await claim(storage, clock)
    retry_at = clock() + timedelta(seconds=30)
    await send(storage, row, outcome, retry_at)

    assert await claim(storage, clock) == []
    assert await storage.outbox.next_retry() == retry_at
    clock.forward(seconds=30)
    [again] = await claim(storage, clock)
    assert (again.id, again.attempts) == (row.id, 1)
    assert await storage.outbox.next_retry() is None


async def test_after_a_429_nothing_goes_to_that_chat_not_even_a_reply(storage, clock):
    await storage.outbox.queue([say(text="digest", lane=Lane.DIGEST)])
    [row] = await claim(storage, clock)
    await send(storage, row, RetryAfter(30), clock() + timedelta(seconds=30))
    await storage.outbox.queue([say(text="reply"), say(B, "other")])

    assert await texts(storage, clock) == ["other"]
    clock.forward(seconds=31)
    assert await texts(storage, clock) == ["reply", "other"]


async def test_a_reply_need_not_wait_behind_a_digest_that_met_a_fault(storage, clock):
    await storage.outbox.queue([say(text="digest", lane=Lane.DIGEST)])
    [row] = await claim(storage, clock)
    await send(storage, row, NetworkFault("502"), clock() + timedelta(minutes=5))
    await storage.outbox.queue([say(text="reply")])

    assert await texts(storage, clock) == ["reply"]


@pytest.mark.parametrize("outcome", [Refused("bad"), RetryAfter(9), NetworkFault("gone")])
async def test_a_dead_letter_lets_the_next_one_go(storage, clock, outcome):
    await storage.outbox.queue([say(text="1"), say(text="2")])
    [row] = await claim(storage, clock)
    await send(storage, row, outcome, None)

    assert await texts(storage, clock) == ["2"]
    assert await storage.outbox.sent_message(row.id) is None
    assert (await storage.articles.counts()).dead == 1


async def test_a_lost_chat_is_marked_and_all_that_waits_for_it_is_dead(storage, clock):
    await storage.chats.seen(A, ChatKind.PRIVATE)
    await storage.outbox.queue([say(), say(lane=Lane.DIGEST), say(B, "other")])
    row, _ = await claim(storage, clock)
    await send(storage, row, ChatLost(ChatState.BLOCKED, "bot was blocked"))

    assert (await storage.chats.get(A)).state is ChatState.BLOCKED
    assert await texts(storage, clock) == ["other"]
    assert (await storage.articles.counts()).dead == 2


async def test_a_moved_group_gets_the_message_at_its_new_id(storage, clock):
    await storage.chats.seen(A, ChatKind.GROUP)
    await storage.outbox.queue([say(text="1"), say(text="2")])
    [row] = await claim(storage, clock)
    await send(storage, row, Migrated(B))

    [again] = await claim(storage, clock)
    assert (again.id, again.message.chat) == (row.id, B)
    assert (await storage.chats.get(B)).kind is ChatKind.SUPERGROUP


async def test_rows_in_flight_when_the_program_died_are_queued_again(storage, clock, open_again):
    await storage.outbox.queue([say(), say(B)])
    row, _ = await claim(storage, clock)
    await storage.outbox.mark_in_flight(row.id)

    again = await open_again()
    assert await again.outbox.recover() == 1
    assert [(r.id, r.attempts) for r in await claim(again, clock)] == [(row.id, 1), (row.id + 1, 0)]
    assert await again.outbox.recover() == 0


async def test_an_update_is_new_once(storage):
    assert await storage.inbox.record([update(1), update(2), update(2)]) == [update(1), update(2)]
    assert await storage.inbox.record([update(2), update(3)]) == [update(3)]
    assert [one.id for one in await storage.inbox.pending()] == [1, 2, 3]


async def test_what_was_not_answered_is_pending_after_a_restart_in_order(storage, open_again):
    await storage.inbox.record([update(9, minutes=1), update(3, minutes=2)])
    await storage.inbox.record([update(4, "\ud83d half a pair", minutes=3)])
    await storage.inbox.done(UpdateId(9))

    pending = await (await open_again()).inbox.pending()
    assert [one.id for one in pending] == [3, 4]
    assert pending[0] == update(3, minutes=2)


async def test_a_done_update_keeps_its_number_alone(storage):
    await storage.inbox.record([update(1)])
    await storage.inbox.done(UpdateId(1))

    [row] = await storage.database.fetch_all("SELECT * FROM inbox")
    assert (row["id"], row["payload"]) == (1, "")
    assert await storage.inbox.record([update(1)]) == []


async def test_an_answer_is_queued_once_for_an_update(storage, clock):
    await storage.inbox.record([update(1)])

    assert len(await storage.outbox.reply(UpdateId(1), [say(text="1")])) == 1
    assert await storage.outbox.reply(UpdateId(1), [say(text="2")]) == []
    assert await storage.inbox.pending() == []
    assert len(await storage.outbox.reply(None, [say(B, "3")])) == 1
    assert await texts(storage, clock) == ["1", "3"]


async def test_failed_tries_are_counted_and_a_poisonous_update_is_set_aside(storage):
    await storage.inbox.record([update(1)])
    assert [await storage.inbox.failed(UpdateId(1), "boom") for _ in range(2)] == [1, 2]
    assert [one.tries for one in await storage.inbox.pending()] == [2]
    await storage.inbox.set_aside(UpdateId(1), "boom")

    assert await storage.inbox.pending() == []
    assert await storage.inbox.record([update(1)]) == []


async def test_sweeping_forgets_what_ended_before_and_nothing_else(storage, clock):
    await storage.inbox.record([update(n) for n in (1, 2, 3)])
    await storage.outbox.queue([say(text="1"), say(text="2"), say(text="3")])
    [row] = await claim(storage, clock)
    await send(storage, row)
    await storage.inbox.done(UpdateId(1))
    await storage.inbox.set_aside(UpdateId(2), "boom")
    before = clock.forward(hours=1)
    [row] = await claim(storage, clock)
    await send(storage, row)

    assert await storage.outbox.sweep(before) == 3
    assert [one.id for one in await storage.inbox.pending()] == [3]
    assert await texts(storage, clock) == ["3"]
    assert await storage.outbox.sent_message(row.id) == 500 + row.id


async def test_sweeping_keeps_the_ledger_of_the_last_days(storage, clock):
    await storage.chats.seen(A, ChatKind.PRIVATE)
    days = [clock().date() - timedelta(days=age) for age in (0, 1, 9, 10)]
    for day in days:
        await storage.chats.record_digest(DigestRecord(A, day, time(8), clock(), 1), [], clock())

    assert await storage.outbox.sweep(clock()) == 2
    kept = [day for day in days if await storage.chats.digests_on(A, day)]
    assert kept == days[:2]


async def test_a_day_of_the_ledger_is_swept_in_slices(storage, clock, monkeypatch):
    monkeypatch.setattr("storage.outbox._SLICE", 3)
    taken = []

    async def counted(*arguments):
        rows = await change(*arguments)
        taken.append(len(rows))
        return rows

    change = storage.database.change
    monkeypatch.setattr(storage.database, "change", counted)
    day = clock().date() - timedelta(days=9)
    for chat in map(ChatId, range(1, 9)):
        await storage.chats.seen(chat, ChatKind.PRIVATE)
        await storage.chats.record_digest(DigestRecord(chat, day, time(8), clock(), 1), [], clock())

    assert await storage.outbox.sweep(clock()) == 8
    assert max(taken) == 3


async def test_numbers_of_swept_rows_are_not_given_again(storage, clock):
    [first] = await storage.outbox.queue([say()])
    await send(storage, (await claim(storage, clock))[0])
    await storage.outbox.sweep(clock.forward(days=1))

    assert (await storage.outbox.queue([say()]))[0] > first


async def test_a_former_runs_messages_to_groups_and_short_pauses_are_known(storage, clock):
    group = ChatId(-100200)
    await storage.outbox.queue([say(A), say(group), say(B)])
    for row in await claim(storage, clock):
        if row.message.chat == B:
            await storage.outbox.mark_in_flight(row.id)
            later = clock() + timedelta(seconds=20)
            await storage.outbox.settle(row, RetryAfter(20), later)
        else:
            await send(storage, row)

    found = await storage.outbox.recent(clock() - timedelta(seconds=60), clock() + timedelta(seconds=60))

    assert found == Recent(((group, clock()),), later)


async def test_a_long_pause_of_one_chat_is_no_pause_for_all(storage, clock):
    await storage.outbox.queue([say(A)])
    [row] = await claim(storage, clock)
    await storage.outbox.mark_in_flight(row.id)
    await storage.outbox.settle(row, RetryAfter(3600), clock() + timedelta(seconds=3600))

    found = await storage.outbox.recent(clock(), clock() + timedelta(seconds=60))

    assert found == Recent()


async def test_a_digest_that_was_claimed_is_not_sent_after_its_reader_left(storage, clock):
    await storage.chats.seen(A, ChatKind.PRIVATE)
    await storage.chats.subscribe(A, Subscription((time(8),)), [])
    await storage.outbox.queue([say(A, lane=Lane.DIGEST), say(B, lane=Lane.DIGEST)])
    mine, other = await claim(storage, clock)

    await storage.chats.unsubscribe(A)

    assert not await storage.outbox.mark_in_flight(mine.id)
    assert await storage.outbox.mark_in_flight(other.id)

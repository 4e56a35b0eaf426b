"""What is stored of a chat: all of it shown, all of it gone."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.model import (
    ChatId,
    ChatKind,
    DigestRecord,
    Document,
    DueTime,
    Lane,
    MessageId,
    OutboxMessage,
    Sent,
    StoredUpdate,
    Subscription,
    TopicId,
    UpdateId,
)
from storage import forgetting
from storage.values import to_json

CHAT, OTHER = ChatId(73_451_122), ChatId(88_000_111)

EXEMPT = {"channel_sources"}
"""A channel that brings articles is a source and no reader."""


def traces(file, number):
    """Every place of the file that holds the number: alone, in a text, in bytes."""
    whole = re.compile(rf"(?<![0-9]){abs(number)}(?![0-9])")
    found = []
    with contextlib.closing(sqlite3.connect(file)) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in raw.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    found += [(table, row)] if whole.search(text) else []
    return found


def update(number, chat, **more):
    content = {"message": {"chat": {"id": chat}, "text": "سر", **more}}
    return StoredUpdate(UpdateId(number), to_json(content), forgetting.moment(0))


@pytest.fixture
async def lived(storage, clock, newsroom, alone):
    """Both chats have left traces in every table."""
    [added] = await storage.articles.add([newsroom.write("عنوان محفوظ")], alone)
    for number, chat in enumerate((CHAT, OTHER)):
        await storage.chats.seen(chat, ChatKind.PRIVATE)
        due = DueTime(time(8), clock() + timedelta(days=1))
        await storage.chats.subscribe(chat, Subscription((time(8),), (TopicId("syria"),)), [due])
        await storage.shelf.keep(chat, added.story)
        record = DigestRecord(chat, date(2026, 3, 10), time(8), clock(), 3)
        await storage.chats.record_digest(record, [OutboxMessage(chat, "موجز", Lane.DIGEST)], due.due)
        file = Document("a.json", f"{chat}".encode())
        await storage.outbox.queue([OutboxMessage(chat, "ملف", Lane.REPLY, document=file)])
        await storage.inbox.record([update(10 + number, chat), update(20 + number, chat)])
        await storage.inbox.set_aside(UpdateId(10 + number), f"failed for {chat}")
        await storage.inbox.done(UpdateId(20 + number))
    return storage


async def test_each_table_that_names_chats_is_known_here(storage):
    rows = await storage.database.fetch_all(
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name LIKE '%chat%'"
    )
    naming = {row["name"] for row in rows} | {"chats"}
    assert naming - EXEMPT == set(forgetting.NAMING)
    erased = " ".join((*forgetting._ERASE, forgetting._UNMARK))
    assert all(f"FROM {table} " in erased for table in forgetting.NAMING)


async def test_all_that_is_stored_is_shown(lived):
    shown = await lived.traces.of(CHAT)
    assert shown["chat"].subscription.topics == ("syria",)
    assert [one["at"] for one in shown["digest_times"]] == [time(8)]
    assert [one["stories"] for one in shown["digests"]] == [3]
    assert [one["title"] for one in shown["saved"]] == ["عنوان محفوظ"]
    assert [(one["kind"], one["text"]) for one in shown["messages"]] == [
        ("digest", "موجز"),
        ("reply", "ملف"),
    ]
    assert [one["update"]["message"]["text"] for one in shown["updates"]] == ["سر"]
    assert str(OTHER) not in str(shown)


async def test_a_forgotten_chat_leaves_no_trace_and_others_stay(lived, clock, file):
    before = len(traces(file, OTHER))
    await lived.traces.forget(CHAT, clock() + timedelta(seconds=4))
    assert [table for table, _ in traces(file, CHAT)] == ["forgetting"]
    await lived.traces.finish(clock.forward(seconds=4))
    assert traces(file, CHAT) == []
    assert len(traces(file, OTHER)) == before


async def test_the_answer_that_says_so_goes_too_sent_or_not(storage, clock, file):
    for sent in (True, False):
        await storage.traces.forget(CHAT, clock() + timedelta(seconds=4))
        await storage.outbox.queue([OutboxMessage(CHAT, "مُحي", Lane.REPLY)])
        if sent:
            [row] = await storage.outbox.claimable(clock(), [], 5)
            await storage.outbox.settle(row, Sent(MessageId(5)), None)
        assert await storage.traces.finish(clock.forward(seconds=3)) == 0
        assert traces(file, CHAT)
        assert await storage.traces.finish(clock.forward(seconds=1)) == 1
        assert traces(file, CHAT) == []


async def test_who_writes_again_is_new_and_stays(storage, clock):
    await storage.chats.seen(CHAT, ChatKind.PRIVATE)
    await storage.traces.forget(CHAT, clock() + timedelta(seconds=4))
    await storage.outbox.queue([OutboxMessage(CHAT, "مُحي", Lane.REPLY)])
    [row] = await storage.outbox.claimable(clock(), [], 5)
    await storage.outbox.settle(row, Sent(MessageId(5)), None)
    await storage.chats.seen(CHAT, ChatKind.PRIVATE)
    await storage.outbox.queue([OutboxMessage(CHAT, "أهلا", Lane.REPLY)])
    await storage.traces.finish(clock.forward(seconds=5))
    shown = await storage.traces.of(CHAT)
    assert shown["chat"] is not None
    assert [one["text"] for one in shown["messages"]] == ["أهلا"]


async def test_a_late_start_leaves_time_for_the_answer(storage, clock, file, open_again):
    await storage.traces.forget(CHAT, clock() + timedelta(seconds=4))
    await storage.outbox.queue([OutboxMessage(CHAT, "مُحي", Lane.REPLY)])
    clock.forward(minutes=5)
    again = await open_again()
    assert await again.traces.put_off(clock() + timedelta(seconds=4)) == 1
    assert await again.traces.finish(clock()) == 0
    assert len(await again.outbox.claimable(clock(), [], 5)) == 1
    await again.traces.finish(clock.forward(seconds=4))
    assert traces(file, CHAT) == []


async def test_forgotten_once_more_meanwhile_its_turn_comes_later(storage, clock):
    await storage.traces.forget(CHAT, clock() + timedelta(seconds=4))
    clock.forward(seconds=3)
    await storage.traces.forget(CHAT, clock() + timedelta(seconds=4))
    assert await storage.traces.finish(clock.forward(seconds=2)) == 0
    assert await storage.traces.finish(clock.forward(seconds=2)) == 1


async def test_updates_that_wait_are_not_lost_and_longer_numbers_are_others(storage, clock):
    near = replace(update(3, int(f"{CHAT}5")), tries=1)
    await storage.inbox.record([update(1, CHAT), update(2, OTHER, forward={"id": CHAT}), near])
    await storage.inbox.set_aside(UpdateId(2), "x")
    await storage.inbox.set_aside(UpdateId(3), "x")
    await storage.traces.forget(CHAT, clock())
    rows = await storage.database.fetch_all("SELECT id, state FROM inbox ORDER BY id")
    assert [(row["id"], row["state"]) for row in rows] == [(1, "waiting"), (3, "aside")]


async def test_a_moved_group_is_still_forgotten(storage, clock, file):
    old, new = ChatId(-70_001), ChatId(-1_002_003_004)
    await storage.traces.forget(old, clock() + timedelta(seconds=4))
    await storage.outbox.queue([OutboxMessage(old, "مُحي", Lane.REPLY)])
    await storage.chats.migrate(old, new)
    await storage.traces.finish(clock.forward(seconds=4))
    assert traces(file, old) == traces(file, new) == []

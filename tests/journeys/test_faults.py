"""Telegram and the network on a bad day, for a while: every digest arrives, or is a dead letter with a
cause, and nothing goes out before Telegram allows it again.

`MOJAZ_FAULT_SECONDS` sets how long the bad day lasts, `MOJAZ_SEED` what happens when.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from collections import Counter, deque
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.emulator import Emulator
from bot.sandbox.faults import SENDS, Fault
from bot.sandbox.people import Room
from bot.sandbox.transcript import Call

SECONDS = float(os.environ.get("MOJAZ_FAULT_SECONDS", "75"))
SEED = int(os.environ.get("MOJAZ_SEED", "6"))
DIGESTS = max(300, int(SECONDS * 5))

CATCH_UP = 150.0
"""Seconds after the bad day: the longest retry_after, and what was put off behind it."""

TRANSIT = 0.05
"""Seconds in which a call may have left before the refusal of another one was read."""

KINDS = {
    "bad-gateway": 6,
    "server-error": 2,
    "drop-before": 4,
    "drop-after": 3,
    "flood": 1,
}


def settle(emulator: Emulator, chance: random.Random) -> dict[int, str]:
    """Private chats and small groups: some readers have blocked the bot, some groups were upgraded."""
    state, chats = emulator.world.state, {}
    members = {emulator.world.bot_id: "member"}
    for number in range(DIGESTS):
        if number % 8:
            chats[chat := 100_000 + number] = "private"
            emulator.add_private(chat)
            state.rooms[chat].blocked = chance.random() < 0.04
            continue
        chats[chat := -5_000_000 - number] = "group"
        state.rooms[chat] = Room(chat, "group", "مجموعة", members=dict(members))
        if chance.random() < 0.5:
            state.rooms[chat].migrated_to = upgraded(chat)
            state.rooms[upgraded(chat)] = Room(
                upgraded(chat), "supergroup", "مجموعة", members=dict(members)
            )
    return chats


def upgraded(group: int) -> int:
    return -1_000_000_000_000 + group


async def bad_day(emulator: Emulator, chats: list[int], chance: random.Random) -> list[Fault]:
    """Adds faults until it is over; those that were added."""
    added = [
        # one chat alone is refused for longer than all would wait
        emulator.faults.add("flood", chat=chat, retry_after=61)
        for chat in chance.sample([chat for chat in chats if chat > 0], 3)
    ]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        # a bot that waits meets none: they must not pile up until every call meets one
        if sum(fault.chat is None for fault in emulator.faults.waiting) < 2:
            added.append(emulator.faults.add(kind, times=chance.choice((1, 1, 1, 3)), methods=SENDS))
        await asyncio.sleep(chance.uniform(0.2, 1.2))
    emulator.faults.clear()
    return added


def received(emulator: Emulator, chat: int) -> int:
    state = emulator.world.state
    chat = state.rooms[chat].migrated_to or chat
    return sum((chat, number) in state.by_bot for number in state.messages.get(chat, {}))


def rows(database: Path, sql: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


async def until_settled(database: Path) -> None:
    """Waits until no digest is due or waits to be sent."""
    end = time.monotonic() + CATCH_UP
    while time.monotonic() < end:
        due = rows(
            database, f"SELECT 1 FROM due_times WHERE held = 0 AND due <= {time.time_ns() // 1000}"
        )
        if not due and not rows(database, "SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'dead')"):
            return
        await asyncio.sleep(0.5)


def too_early(calls: list[Call]) -> list[tuple[float, int]]:
    """By how many seconds calls came too early after a refusal with 429, and to which chat."""
    found = []
    for refused in (call for call in calls if call.status == 429):
        seconds = refused.answer["parameters"]["retry_after"]
        answered = refused.at + refused.took
        for call in calls:
            concerns = seconds <= 60 or call.given["chat_id"] == refused.given["chat_id"]
            if concerns and answered + TRANSIT < call.at < answered + seconds - 0.01:
                found.append((answered + seconds - call.at, int(call.given["chat_id"])))
    return found


@pytest.mark.slow
async def test_on_a_bad_day_every_digest_arrives_or_is_a_dead_letter_with_a_cause(
    emulator: Emulator, news: Any, subscribe: Any, tmp_path: Path
) -> None:
    database, chance = tmp_path / "news.db", random.Random(SEED)
    chats = settle(emulator, chance)
    emulator.transcript.calls = deque()
    subscribe(chats, SECONDS * 0.8, chance)
    faults = await bad_day(emulator, list(chats), chance)
    await until_settled(database)
    calls = emulator.transcript.of(*SENDS)
    lost = {chat for chat in chats if not received(emulator, chat)}
    repeated = sum(max(0, received(emulator, chat) - 1) for chat in chats)
    causes = dict(rows(database, "SELECT chat, cause FROM outbox WHERE state = 'dead'"))
    print(
        f"{SECONDS:g} s, seed {SEED}: {len(chats)} digests, {len(chats) - len(lost)} arrived, {repeated}"
        f" twice, {len(causes)} dead letters ({Counter(causes.values())}); the calls' answers:"
        f" {dict(Counter(call.status for call in calls))}"
    )
    assert lost == {chat for chat in chats if emulator.world.state.rooms[chat].blocked}
    assert all(causes.get(chat) for chat in lost)
    assert repeated <= sum(fault.kind == "drop-after" for fault in faults) * 3
    assert too_early(calls) == []
    assert await news.stop() == 0

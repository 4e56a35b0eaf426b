"""getUpdates: order, confirming, waiting, one poller at a time, and what is forgotten."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.sandbox.emulator import Emulator
from bot.sandbox.refusal import Refused
from bot.sandbox.updates import Updates


async def test_unconfirmed_updates_come_again_and_an_offset_confirms(
    emulator: Emulator, bot: Bot
) -> None:
    chat = emulator.private("reader")
    for word in ("واحد", "اثنان", "ثلاثة"):
        await chat.say(word)
    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[1].update_id)
    assert [u.message.text for u in first] == ["واحد", "اثنان", "ثلاثة"]
    assert [u.message.text for u in again] == ["اثنان", "ثلاثة"]
    assert len(emulator.pending) == 2


async def test_a_long_poll_ends_with_the_first_update(emulator: Emulator, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await emulator.private("reader").say("سلام")
    assert [u.message.text for u in await asyncio.wait_for(waiting, 2)] == ["سلام"]


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    async with Bot(bot.token, base_url=bot.base_url.removesuffix(bot.token)) as second:
        await second.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await asyncio.wait_for(first, 2)


async def test_a_negative_offset_keeps_the_last_updates() -> None:
    updates = Updates(lambda: 0.0)
    for number in range(5):
        updates.add("message", {"n": number})
    assert [u["message"]["n"] for u in await updates.poll(offset=-2)] == [3, 4]
    assert len(updates.pending) == 2


async def test_a_repeated_offset_gets_one_update_within_half_a_second() -> None:
    now = [0.0]
    updates = Updates(lambda: now[0])
    for number in range(3):
        updates.add("message", {"n": number})
    offset = updates.pending[0]["update_id"]
    counts = [len(await updates.poll(offset)), len(await updates.poll(offset))]
    now[0] += 1
    assert [*counts, len(await updates.poll(offset))] == [3, 1, 3]


async def test_only_kinds_that_were_asked_for_are_queued() -> None:
    updates = Updates(lambda: 0.0)
    assert updates.add("message_reaction", {}) is None
    await updates.poll(allowed=["callback_query"])
    assert updates.add("message", {}) is None
    assert updates.add("callback_query", {}) is not None


async def test_presses_are_forgotten_after_150_seconds_and_messages_after_a_day() -> None:
    now = [0.0]
    updates = Updates(lambda: now[0])
    updates.add("message", {})
    updates.add("callback_query", {})
    now[0] = 151.0
    assert [next(reversed(u)) for u in updates.pending] == ["message"]
    now[0] = 86_401.0
    assert updates.pending == []


async def test_polling_beside_a_webhook_is_a_conflict() -> None:
    updates = Updates(lambda: 0.0, webhook=True)
    with pytest.raises(Refused, match="webhook is active") as refused:
        await updates.poll()
    assert refused.value.code == 409

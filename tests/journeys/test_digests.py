"""A subscriber's journeys: the digest comes once, also across a kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.emulator import Emulator

BOT = "@mojaz_sandbox_bot"


def passed(path: Path, chat: int, due: datetime) -> None:
    """As it stands in the database of a bot that was dead when a chat's digest came due."""
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        moment = int(due.timestamp() * 1e6)
        changed = raw.execute("UPDATE due_times SET due = ? WHERE chat = ?", (moment, chat))
        assert changed.rowcount == 1


def digests(chat: Any) -> list[str]:
    return [m.text for m in chat.messages if re.match("موجز (الصباح|الظهيرة|المساء)", m.text)]


async def test_subscribing_says_when_the_next_one_comes(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    answer = await chat.ask("/subscribe ٠٧:٣٠ سوريا")
    assert "07:30 بتوقيت القاهرة" in answer.text
    assert "سوريا" in answer.text


@pytest.mark.parametrize("words", ["25:99", "07:30 قنطورسيا"])
async def test_what_cannot_be_subscribed_to_is_named(
    emulator: Emulator, news: object, words: str
) -> None:
    answer = await emulator.private("reader").ask(f"/subscribe {words}")
    assert words.split()[-1] in answer.text


@pytest.mark.parametrize("command", ["/unsubscribe", "/stop"])
async def test_unsubscribing_can_be_undone_with_one_tap(
    emulator: Emulator, news: object, command: str
) -> None:
    chat = emulator.private("reader")
    await chat.ask("/subscribe 07:30")
    ended = await chat.ask(command)
    await chat.press(ended, "تراجع")
    assert "07:30" in (await chat.next_edit()).text


async def test_in_a_group_only_administrators_subscribe(emulator: Emulator, news: object) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    assert "07:30" not in (await member.ask(f"/subscribe{BOT} 07:30")).text
    assert "07:30" in (await manager.ask(f"/subscribe{BOT} 07:30")).text


async def test_the_digest_as_it_would_come_now(emulator: Emulator, news: object) -> None:
    answer = await emulator.private("reader").ask("/digest")
    assert "210 شاحنات" in answer.text
    assert "هذا كل شيء" in answer.text


async def test_a_digest_comes_once_across_a_kill(
    emulator: Emulator, news: Any, tmp_path: Path, all_sent: Any
) -> None:
    chat = emulator.private("reader")
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    await chat.ask(f"/subscribe {due.astimezone(ZoneInfo('Africa/Cairo')):%H:%M}")
    await news.kill()
    passed(tmp_path / "news.db", chat.room.id, due)
    await news.start()
    while not digests(chat):
        await chat.next_message(20)
    await all_sent()
    await news.kill()
    await news.start()
    # what is due is looked for each second
    await asyncio.sleep(2.5)
    assert len(digests(chat)) == 1
    assert "210 شاحنات" in digests(chat)[0]


async def test_commands_sent_while_the_bot_was_dead_are_answered_once(
    emulator: Emulator, news: Any, all_sent: Any
) -> None:
    chat = emulator.private("reader")
    await chat.ask("/start")
    # a kill right between a message's arrival and its settling would repeat that one message
    await all_sent()
    await news.kill()
    for _ in range(3):
        await chat.say("/sources")
    await news.start()
    for _ in range(3):
        assert "المصادر" in (await chat.next_message(10)).text
    # a chat is answered in the order in which it asked
    await chat.say("/help")
    assert "/topic" in (await chat.next_message(10)).text


async def test_a_reader_who_blocks_the_bot_is_left_alone(emulator: Emulator, news: Any) -> None:
    chat = emulator.private("reader")
    await chat.ask("/subscribe 07:30")
    desk = emulator.private("admin")
    for act, told in ((chat.block, "لا مشتركين"), (chat.unblock, "مشترك واحد")):
        act()
        async with asyncio.timeout(10):
            while told not in (await desk.ask("/stats")).text:
                await asyncio.sleep(0.05)


async def test_it_stops_within_ten_seconds(emulator: Emulator, news: Any) -> None:
    start = datetime.now(UTC)
    assert await news.stop() == 0
    assert datetime.now(UTC) - start < timedelta(seconds=10)


async def test_a_second_bot_on_the_same_database_is_refused(news: Any) -> None:
    second = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot"],
        cwd=news.folder,
        env={**news.environment, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode == 1
    assert "another mojaz serves this database" in second.stderr


async def test_a_token_that_telegram_refuses_is_a_wrong_value(
    emulator: Emulator, program: Any, tmp_path: Path
) -> None:
    await program.stop()
    refused = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env={**program.environment, "BOT_TOKEN": "123456:" + "another-token-of-nobody"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert refused.returncode == 2
    assert "BOT_TOKEN: " in refused.stderr
    assert "another-token" not in refused.stderr + refused.stdout


async def test_the_token_is_nowhere_in_the_output(emulator: Emulator, start: Any) -> None:
    program = await start(LOG_LEVEL="debug")
    chat = emulator.private("reader")
    emulator.faults.add("server-error")
    await chat.ask("/start", timeout=15)
    await program.stop()
    assert len(program.output) > 5
    assert "journeys-token-of-nobody" not in "".join(program.output)

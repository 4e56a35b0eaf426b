"""Stories kept, data handed out and deleted, broadcasts and copies: through the whole program."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

BOT = "@mojaz_sandbox_bot"
SYRIA = "210 شاحنات تعبر الحدود بين سوريا والأردن"
LEAVER = 73_451_122
"""A number that nothing else in a database has."""

PROMISED = 10.0
"""Seconds after a confirmation in which the last trace of a chat goes."""


def traces(path: Path, number: int) -> list[object]:
    """Every row of the database that holds the number: alone, inside of a text, inside of bytes."""
    whole = re.compile(rf"(?<![0-9]){abs(number)}(?![0-9])")
    found: list[object] = []
    with contextlib.closing(sqlite3.connect(path, timeout=15)) as raw:
        names = [n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in raw.execute(f'SELECT * FROM "{name}"'):
                shown = [v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
                found += [(name, row)] if any(map(whole.search, shown)) else []
    return found


async def card(chat: Conversation, number: int = 2) -> Shown:
    return await chat.ask(f"/read {number}")


async def pressed(chat: Conversation, message: Shown, label: str) -> Shown:
    """The message as it stands after the press."""
    chat.skip()
    await chat.press(message, label)
    return await chat.next_edit()


async def leaver(emulator: Emulator) -> Conversation:
    """A reader who has left traces of all kinds, before the question whether to delete them."""
    emulator.add_private(LEAVER, "leaver")
    chat = emulator.private("leaver")
    await chat.ask("/subscribe 20:30 سوريا")
    await chat.ask("/follow مصر")
    await pressed(chat, await card(chat), "احفظ")
    return chat


# --- kept stories ---------------------------------------------------------------------------------


async def test_a_story_is_kept_listed_opened_and_dropped(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    assert "لا أخبار محفوظة" in (await chat.ask("/saved")).text
    kept = await pressed(chat, await card(chat), "احفظ")
    assert kept.button("أزل من المحفوظات")
    listed = await chat.ask("/saved")
    assert SYRIA in listed.text
    opened = await pressed(chat, listed, "1")
    back = await pressed(chat, opened, "عودة")
    assert back.text == listed.text
    assert "لا أخبار محفوظة" in (await pressed(chat, back, "أزل 1")).text


async def test_a_button_pressed_twice_does_the_same_once(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    shown = await card(chat)
    data = shown.button("احفظ").data
    for _ in range(2):
        assert "حُفظ" in (await chat.press_data(shown.id, data)).text
    assert (await chat.ask("/saved")).text.count(SYRIA) == 1


async def test_a_group_keeps_together_and_its_members_set_nothing(
    emulator: Emulator, news: object
) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    shown = await member.ask(f"/read{BOT} 2")
    data = shown.button("أقل من هذا").data
    assert "مشرفو المجموعة" in (await member.press_data(shown.id, data)).text
    assert "comes last" in (await manager.press_data(shown.id, data)).text
    await member.press_data(shown.id, shown.button("احفظ").data)
    assert SYRIA in (await manager.ask(f"/saved{BOT}")).text
    assert SYRIA not in (await emulator.private("reader").ask("/saved")).text


async def test_a_deleted_storys_buttons_say_so(emulator: Emulator, news: object) -> None:
    chat, desk = emulator.private("reader"), emulator.private("admin")
    shown = await card(chat)
    kept = await pressed(chat, shown, "احفظ")
    for number in (2, 3):
        await desk.ask(f"/delete {number}")
    for label in ("أزل من المحفوظات", "أقل من هذا"):
        assert "حُذف هذا الخبر" in (await chat.press(kept, label)).text
    assert "لا أخبار محفوظة" in (await chat.ask("/saved")).text


async def test_a_deep_link_opens_the_card_that_was_shared(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    shared = (await card(chat)).button("شارك").url
    assert shared.startswith(
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmojaz_sandbox_bot%3Fstart%3Dr1&"
    )
    assert SYRIA in (await emulator.private("second").ask("/start r1")).text


# --- a reader's data ------------------------------------------------------------------------------


async def test_mydata_is_a_file_with_all_that_is_stored(emulator: Emulator, news: object) -> None:
    chat = await leaver(emulator)
    answer = await chat.ask("/mydata")
    stored = json.loads(answer.content)
    assert answer.file_name.endswith(".json")
    assert (stored["chat"]["id"], stored["chat"]["follows"]) == (LEAVER, ["egypt"])
    assert [kept["title"] for kept in stored["saved"]] == [SYRIA]
    assert [one["at"] for one in stored["digest_times"]] == ["20:30"]
    assert any("/mydata" in str(one["update"]) for one in stored["updates"])


async def test_in_a_group_its_data_is_its_administrators(emulator: Emulator, news: object) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    for command in ("/mydata", "/forgetme"):
        refused = await member.ask(f"{command}{BOT}")
        assert ("مشرفو المجموعة" in refused.text, refused.content) == (True, b"")
    assert json.loads((await manager.ask(f"/mydata{BOT}")).content)["chat"]["kind"] == "supergroup"
    asked = await manager.ask(f"/forgetme{BOT}")
    data = asked.button("Delete everything").data
    assert "مشرفو المجموعة" in (await member.press_data(asked.id, data)).text
    assert "is deleted" in (await pressed(manager, asked, "Delete everything")).text


async def gone(path: Path, since: float) -> None:
    while traces(path, LEAVER):
        assert time.monotonic() - since < PROMISED, traces(path, LEAVER)
        await asyncio.sleep(0.05)


async def test_forgetme_leaves_no_trace_within_ten_seconds(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    chat = await leaver(emulator)
    asked = await chat.ask("/forgetme")
    assert len({table for table, _ in traces(tmp_path / "news.db", LEAVER)}) >= 4  # type: ignore[misc]
    begun = time.monotonic()
    assert "مُحي" in (await pressed(chat, asked, "امحُ كل شيء")).text
    await gone(tmp_path / "news.db", begun)
    # who comes back is new
    assert "اشترك" in (await chat.ask("/start")).buttons[0].text
    assert "لا أخبار محفوظة" in (await chat.ask("/saved")).text


async def test_whoever_writes_while_being_forgotten_is_answered(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    chat = await leaver(emulator)
    await pressed(chat, await chat.ask("/forgetme"), "امحُ كل شيء")
    assert SYRIA in (await chat.ask("/latest")).text
    await asyncio.sleep(6)
    assert "لا اشتراك" in (await chat.ask("/unsubscribe")).text


@pytest.mark.parametrize("after", [0.0, 0.05, 0.5, 2.0])
async def test_a_kill_in_between_loses_neither_the_answer_nor_the_forgetting(
    emulator: Emulator, news: Any, tmp_path: Path, after: float
) -> None:
    chat = await leaver(emulator)
    asked = await chat.ask("/forgetme")
    chat.skip()
    pressing = asyncio.create_task(chat.press(asked, "امحُ كل شيء"))
    await asyncio.sleep(after)
    await news.kill()
    pressing.cancel()
    begun = time.monotonic()
    await news.start()
    await gone(tmp_path / "news.db", begun)
    assert "مُحي" in next(m for m in chat.messages if m.id == asked.id).text


# --- admins ---------------------------------------------------------------------------------------


async def test_others_are_refused_and_do_not_see_the_commands(
    emulator: Emulator, news: object, menus_set: Any
) -> None:
    await menus_set()
    chat = emulator.private("reader")
    for command in ("/broadcast نص", "/backup"):
        refused = await chat.ask(command)
        assert ("لمديري البوت" in refused.text, refused.content) == (True, b"")
    assert not {"broadcast", "backup"} & {*chat.commands}
    assert {"broadcast", "backup", "saved"} <= {*emulator.private("admin").commands}


async def test_a_broadcast_reaches_each_subscriber_once(
    emulator: Emulator, news: Any, subscribe: Any, all_sent: Any
) -> None:
    chats = range(50_001, 50_013)
    for number in chats:
        emulator.add_private(number)
    # their digests come long after this journey
    subscribe(dict.fromkeys(chats, "private"), 1e8, random.Random(6))
    desk = emulator.private("admin")
    asked = await desk.ask("/broadcast صيانة <الليلة>\nساعة واحدة")
    assert "12 مشتركًا" in asked.text
    data = asked.button("أرسل إلى الجميع").data
    for _ in range(2):
        await desk.press_data(asked.id, data)
    await all_queued(desk, asked)
    await all_sent()
    state = emulator.world.state
    told = [[m["text"] for m in state.messages.get(n, {}).values()] for n in chats]
    assert told == [["صيانة <الليلة>\nساعة واحدة"]] * 12


async def all_queued(desk: Conversation, asked: Shown) -> None:
    async with asyncio.timeout(20):
        # the question says how many as well
        while "في طريقها" not in next(m for m in desk.messages if m.id == asked.id).text:
            await asyncio.sleep(0.02)


def queued_so_far(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path, timeout=15)) as raw:
        return int(raw.execute("SELECT queued FROM broadcasts").fetchone()[0])


async def test_a_kill_in_the_middle_of_a_broadcast_neither_loses_nor_repeats(
    emulator: Emulator, news: Any, subscribe: Any, tmp_path: Path
) -> None:
    chats, path = range(200_001, 260_001), tmp_path / "news.db"
    for number in chats:
        emulator.add_private(number)
    subscribe(dict.fromkeys(chats, "private"), 1e8, random.Random(6))
    desk = emulator.private("admin")
    asked = await desk.ask("/broadcast نص")
    pressing = asyncio.create_task(desk.press(asked, "أرسل إلى الجميع"))
    for reached in (0, 20_000):
        while queued_so_far(path) <= reached:
            await asyncio.sleep(0.005)
        await news.kill()
        assert reached < queued_so_far(path) < len(chats), "killed too late to tell anything"
        await news.start()
    with contextlib.suppress(TimeoutError):
        await pressing
    await all_queued(desk, asked)
    with contextlib.closing(sqlite3.connect(path, timeout=15)) as raw:
        rows = raw.execute("SELECT chat FROM outbox WHERE lane = 3").fetchall()
    assert Counter(chat for (chat,) in rows) == Counter(chats)


async def test_a_backup_is_a_database_with_everything(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    answer = await emulator.private("admin").ask("/backup")
    copy = tmp_path / answer.file_name
    copy.write_bytes(answer.content)
    with contextlib.closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT COUNT(*) FROM articles").fetchone() == (7,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    in_group = await emulator.group("admin").ask(f"/backup{BOT}")
    assert ("محادثة خاصة" in in_group.text, in_group.content) == (True, b"")

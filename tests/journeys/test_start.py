"""The first minute through the whole program: in private, in a group, in a channel; in any way."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

AllSent = Callable[[], Awaitable[None]]

BOT = "@mojaz_sandbox_bot"
SYRIA = "210 شاحنات تعبر الحدود بين سوريا والأردن"


async def pressed(chat: Conversation, message: Shown, *labels: str) -> Shown:
    """The message after these buttons, one after the other."""
    for label in labels:
        chat.skip()
        await chat.press(message, label)
        message = await chat.next_edit()
    return message


def standing(path: Path, chat: int) -> tuple[object, ...]:
    """What is stored of the chat's choices, and when its digests are due."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        row = raw.execute("SELECT * FROM chats WHERE id = ?", (chat,)).fetchone()
        due = raw.execute("SELECT minute, due FROM due_times WHERE chat = ?", (chat,)).fetchall()
    return (*row, *(tuple(each) for each in due))


async def twice(
    chat: Conversation, message: int, data: str, path: Path, all_sent: AllSent
) -> list[tuple[Shown, tuple[object, ...]]]:
    """The message and what is stored, after one press of the button and after another.

    Both within one minute, since the message may tell the time: otherwise it is pressed twice more. A
    press is acknowledged before the message is edited, and where the machine is slow before anything is
    stored.
    """
    while True:
        begun, after = datetime.now(UTC), []
        for _ in range(2):
            await chat.press_data(message, data)
            await all_sent()
            shown = next(one for one in chat.messages if one.id == message)
            after.append((shown, standing(path, chat.room.id)))
        if datetime.now(UTC).replace(second=0, microsecond=0) <= begun:
            return after


async def test_todays_digest_a_tap_a_time_a_zone(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    hello = await chat.ask("/start")
    for said in ("أهلًا بك في موجز", SYRIA, "صحيفة", "بتوقيت القاهرة", "/help"):
        assert said in hello.text
    done = await pressed(chat, hello, "اشترك", "07:00", "لا، غيّر التوقيت", "العراق", "نعم")
    assert (done.id, SYRIA in done.text) == (hello.id, True)
    assert "كل يوم في الساعة 07:00 بتوقيت بغداد" in done.text
    settings = await chat.ask("/settings")
    assert "07:00" in settings.text
    assert "بغداد" in settings.text


async def test_every_hour_and_every_country_can_be_reached(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    asked = await pressed(chat, await chat.ask("/start"), "اشترك", "ساعة أخرى")
    assert len([b for b in asked.buttons if b.text.strip("✓ \u200f").endswith(":00")]) == 24
    zone = await pressed(chat, asked, "23:00", "لا، غيّر", "بلدان أخرى", "إسبانيا", "مدريد")
    assert "مدريد (إسبانيا)" in zone.text
    assert "بتوقيت مدريد" in (await pressed(chat, zone, "نعم")).text


async def test_each_button_of_the_first_minute_pressed_twice(
    emulator: Emulator, news: object, tmp_path: Path, all_sent: AllSent
) -> None:
    chat = emulator.private("reader")
    message = await chat.ask("/start")
    for label in ("اشترك", "ساعة أخرى", "09:00", "لا، غيّر", "ليبيا", "نعم"):
        data = message.button(label).data
        once, again = await twice(chat, message.id, data, tmp_path / "news.db", all_sent)
        assert once[0].text != message.text, label
        # the second press changes neither the message nor what is stored
        assert (again[0].text, again[0].rows, again[1]) == (once[0].text, once[0].rows, once[1]), label
        message = again[0]
    assert "بتوقيت طرابلس" in message.text


async def test_an_old_first_message_answers_whatever_came_since(
    emulator: Emulator, news: object
) -> None:
    chat = emulator.private("reader")
    hello = await chat.ask("/start")
    asked = await pressed(chat, hello, "اشترك")
    await chat.ask("/stop")
    again = await pressed(chat, asked, "ساعة أخرى")
    assert again.button("اشترك")
    assert "تم الاشتراك" in (await pressed(chat, again, "اشترك")).text
    await chat.press_data(hello.id, asked.button("20:00").data)
    assert "20:00" in (await chat.ask("/settings")).text


async def test_deep_links_open_stories_and_topics_and_say_what_is_gone(
    emulator: Emulator, news: object
) -> None:
    chat, desk = emulator.private("reader"), emulator.private("admin")
    assert SYRIA in (await chat.ask("/start r1")).text
    assert SYRIA in (await chat.ask("/start tsyria")).text
    for number in (2, 3):
        await desk.ask(f"/delete {number}")
    gone = await chat.ask("/start r1")
    assert "لا خبر بالرقم 1" in gone.text
    assert gone.buttons
    assert "أهلًا بك" in (await chat.ask("/start '; DROP TABLE chats")).text


async def test_an_empty_database_is_said_with_a_next_step(emulator: Emulator, program: object) -> None:
    chat = emulator.private("reader")
    hello = await chat.ask("/start")
    assert "لا أخبار بعد. اشترك الآن" in hello.text
    assert "كل شيء جاهز" in (await pressed(chat, hello, "اشترك", "08:00", "نعم")).text
    assert "/ingest" in (await emulator.private("admin").ask("/start")).text


async def test_in_a_group_any_member_starts_and_administrators_decide(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    hello = await member.ask(f"/start{BOT}")
    assert "مشرفيها" in hello.text
    assert SYRIA not in hello.text
    join = hello.button("اشترك").data
    refused = await member.press_data(hello.id, join)
    assert (refused.alert, "مشرفو" in refused.text) == (True, True)
    manager.skip()
    await manager.press_data(hello.id, join)
    asked = await manager.next_edit()
    before = standing(tmp_path / "news.db", member.room.id)
    for button in asked.buttons:
        assert (await member.press_data(asked.id, button.data)).alert
    assert standing(tmp_path / "news.db", member.room.id) == before


async def test_a_channels_administrators_subscribe_it_by_its_buttons(
    emulator: Emulator, news: object
) -> None:
    author, reader = emulator.channel("admin"), emulator.channel("reader")
    hello = await author.ask("/start")
    assert "مشرفيها" in hello.text
    assert (await reader.press(hello, "اشترك")).alert
    done = await pressed(author, hello, "اشترك", "08:00", "نعم")
    assert "كل شيء جاهز" in done.text
    assert [button.text for button in done.buttons] == ["أوقف الموجز"]


# --- the card -------------------------------------------------------------------------------------


async def test_each_button_of_a_card_pressed_twice(
    emulator: Emulator, news: object, tmp_path: Path, all_sent: AllSent
) -> None:
    chat = emulator.private("reader")
    fresh = await _card(chat)
    assert all(button.data or button.url.startswith("https://") for button in fresh.buttons)
    for button in (button for button in fresh.buttons if button.data):
        shown = await _card(chat)
        once, again = await twice(chat, shown.id, button.data, tmp_path / "news.db", all_sent)
        assert again[1] == once[1], button.text
        assert again[0].text


async def _card(chat: Conversation) -> Shown:
    return await pressed(chat, await chat.ask("/latest"), "1")


async def test_each_button_of_a_deleted_storys_card_is_answered(
    emulator: Emulator, news: object
) -> None:
    chat, desk = emulator.private("reader"), emulator.private("admin")
    shown = await _card(chat)
    for number in (2, 3):
        await desk.ask(f"/delete {number}")
    said = []
    for button in shown.buttons:
        if button.data:
            chat.skip()
            answer = await chat.press_data(shown.id, button.data)
            # a topic can be followed and a list gone back to without the story; all else says it is gone
            said.append(answer.text or (await chat.next_edit()).text)
    assert len([text for text in said if "حُذف هذا الخبر" in text]) >= 2
    assert all(said)
    assert SYRIA not in chat.messages[-1].text


async def test_a_cards_settings_are_its_groups_administrators(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    shown = await manager.ask(f"/read{BOT} 2")
    before = standing(tmp_path / "news.db", member.room.id)
    answers = {b.text: await member.press_data(shown.id, b.data) for b in shown.buttons if b.data}
    refused = [text for text, answer in answers.items() if "مشرفو" in answer.text]
    assert len(refused) == 2, refused
    assert standing(tmp_path / "news.db", member.room.id) == before


# --- settings -------------------------------------------------------------------------------------

_PAGES = (
    "أوقات الموجز",
    "أيام الموجز",
    "التوقيت",
    "ساعات الهدوء",
    "المواضيع",
    "الكلمات",
    "المصادر",
    "طول الموجز",
    "اللغة",
    "الأرقام",
    "التاريخ",
)


@pytest.mark.slow
@pytest.mark.parametrize("page", _PAGES)
async def test_each_button_of_each_settings_page_pressed_twice(
    emulator: Emulator, news: object, tmp_path: Path, all_sent: AllSent, page: str
) -> None:
    chat, path = emulator.private("reader"), tmp_path / "news.db"
    await chat.ask("/subscribe 08:00 و20:30 سوريا، مصر")
    await chat.ask("/follow سوريا")
    await chat.ask("/settings +غزة -كرة القدم")
    opened = await pressed(chat, await chat.ask("/settings"), page)
    for button in opened.buttons:
        once, again = await twice(chat, opened.id, button.data, path, all_sent)
        assert again[1] == once[1], button.text


@pytest.mark.slow
async def test_no_member_of_a_group_changes_anything_by_any_settings_button(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    settings = await manager.ask(f"/settings{BOT}")
    for button in settings.buttons:
        manager.skip()
        await manager.press_data(settings.id, button.data)
        opened = await manager.next_edit()
        before = standing(tmp_path / "news.db", member.room.id)
        for each in opened.buttons:
            assert (await member.press_data(opened.id, each.data)).alert, each.text
        assert standing(tmp_path / "news.db", member.room.id) == before


async def test_what_is_stored_is_what_was_chosen(
    emulator: Emulator, news: object, tmp_path: Path
) -> None:
    chat = emulator.private("reader")
    await pressed(chat, await chat.ask("/start"), "اشترك", "18:00", "نعم")
    with contextlib.closing(sqlite3.connect(tmp_path / "news.db")) as raw:
        zone, times = raw.execute(
            "SELECT zone, times FROM chats WHERE id = ?", (chat.room.id,)
        ).fetchone()
    assert (zone, json.loads(times)) == ("Africa/Cairo", [18 * 60])

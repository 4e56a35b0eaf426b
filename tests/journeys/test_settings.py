"""A reader's journeys through the settings: by buttons, by words, by a position; in a group."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

BOT = "@mojaz_sandbox_bot"
SYRIA = "210 شاحنات تعبر الحدود بين سوريا والأردن"


async def pressed(chat: Conversation, message: Shown, *labels: str) -> Shown:
    """The message after these buttons, one after the other."""
    for label in labels:
        chat.skip()
        await chat.press(message, label)
        message = await chat.next_edit()
    return message


def everything_stored(path: Path) -> Iterator[str]:
    """All that the database holds, as text."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        yield from database.iterdump()


async def test_one_message_sets_everything_in_place(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    settings = await chat.ask("/settings")
    await pressed(chat, settings, "أوقات الموجز", "أضف وقتًا", "07", "07:45", "عودة")
    now = await pressed(chat, settings, "أيام الموجز", "من الأحد إلى الخميس", "عودة")
    assert "07:45" in now.text
    assert "من الأحد إلى الخميس" in now.text
    await pressed(chat, settings, "التوقيت", "سوريا", "نعم")
    await pressed(chat, settings, "المصادر", "قناة", "عودة")
    await pressed(chat, settings, "طول الموجز", "قصير", "عودة")
    await pressed(chat, settings, "ساعات الهدوء", "من 23:00 إلى 06:00", "عودة")
    now = await pressed(chat, settings, "الأرقام", "أرقام عربية", "عودة")
    for said in ("دمشق، والساعة الآن", "٠٧:٤٥", "كلها إلا مصدرًا واحدًا", "قصير", "من ٢٣:٠٠ إلى ٠٦:٠٠"):
        assert said in now.text
    assert now.id == settings.id


async def test_what_was_chosen_shows_in_lists_and_digests(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    settings = await chat.ask("/settings")
    await pressed(chat, settings, "المصادر", "قناة")
    await chat.ask("/settings -صيانة")
    for command in ("/latest", "/digest", "/topic سوريا"):
        assert "جامعة في الرباط" not in (await chat.ask(command)).text
    await pressed(chat, settings, "الأرقام", "أرقام عربية")
    # of the two reports of the crossing one tells of the works, and takes the story with it
    assert SYRIA not in (await chat.ask("/latest")).text
    assert SYRIA.replace("210", "٢١٠") in (await chat.ask("/search شاحنات")).text


async def test_the_language_is_that_of_the_next_answers(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    settings = await chat.ask("/settings")
    turned = await pressed(chat, settings, "اللغة", "English")
    assert "Back to settings" in [button.text for button in turned.buttons]
    assert "Latest news" in (await chat.ask("/latest")).text


async def test_a_place_is_written_after_the_command(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    asked = await chat.ask("/settings دمشق")
    assert "الساعة عندك الآن" in asked.text
    assert "دمشق" in (await pressed(chat, asked, "نعم")).text
    assert "بتوقيت دمشق" in (await chat.ask("/subscribe 07:30")).text


async def test_a_position_tells_the_zone_and_is_stored_nowhere(
    emulator: Emulator, news: Any, tmp_path: Path
) -> None:
    chat = emulator.private("reader")
    await chat.ask("/start")
    who, room = chat.person.json(), chat.room.json()
    position = {"latitude": 33.513807, "longitude": 36.276528}
    chat.acts.world.updates.add(
        "message", {"message_id": 900, "date": 1, "from": who, "chat": room, "location": position}
    )
    asked = await chat.next_message()
    assert "دمشق (سوريا)" in asked.text
    assert "دمشق" in (await pressed(chat, asked, "نعم")).text
    kept = [*everything_stored(tmp_path / "news.db"), *news.output]
    assert not any("33.5138" in text or "36.2765" in text for text in kept)


async def test_each_button_pressed_twice_does_what_it_says(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    await chat.ask("/subscribe 08:00")
    settings = await chat.ask("/settings")
    for path in (("أيام الموجز", "الجمعة"), ("المصادر", "قناة"), ("التاريخ", "مع التاريخ الهجري")):
        page = await pressed(chat, settings, path[0])
        data = page.button(path[1]).data
        assert (await chat.press_data(settings.id, data)).text == "حُفظ."
        once = await chat.next_edit()
        assert (await chat.press_data(settings.id, data)).text == "حُفظ."
        again = (await chat.ask("/settings")).text
        assert once.text
        settings = await chat.ask("/settings")
        assert settings.text == again
    for said in ("كل أسبوع أيام", "كلها إلا مصدرًا واحدًا", "مع التاريخ الهجري"):
        assert said in settings.text


async def test_an_old_messages_button_answers_after_the_state_changed(
    emulator: Emulator, news: object
) -> None:
    chat = emulator.private("reader")
    await chat.ask("/subscribe 08:00 و20:30")
    old = await pressed(chat, await chat.ask("/settings"), "أوقات الموجز")
    await chat.ask("/subscribe 09:15")
    chat.skip()
    await chat.press(old, "✕ 20:30")
    fresh = await chat.next_edit()
    assert fresh.id == old.id
    assert "09:15" in fresh.text
    assert "08:00" not in fresh.text


async def test_forged_settings_are_answered(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    settings = await chat.ask("/settings")
    for data in ("1|P|", "1|P|Z|Mars/Base", "1|P|t|9999|1", "1|P|s|000000000000|1|0", "2|P|o|m|0"):
        assert (await chat.press_data(settings.id, data)).text


async def test_in_a_group_only_administrators_set(emulator: Emulator, news: object) -> None:
    member, manager = emulator.group("reader"), emulator.group("second")
    settings = await manager.ask(f"/settings{BOT}")
    answer = await member.press(
        settings, "أيام الموجز" if "أيام" in str(settings.buttons) else "Digest days"
    )
    assert answer.alert
    assert "مشرفو" in answer.text or "administrators" in answer.text
    refused = await member.ask(f"/settings{BOT} دمشق")
    assert "مشرفو" in refused.text or "administrators" in refused.text
    asked = await manager.ask(f"/settings{BOT} دمشق")
    yes = next(button for button in asked.buttons if button.text in ("نعم", "Yes"))
    assert (await member.press_data(asked.id, yes.data)).alert
    manager.skip()
    await manager.press_data(asked.id, yes.data)
    assert (await manager.next_edit()).text
    standing = await manager.ask(f"/settings{BOT}")
    assert "دمشق" in standing.text or "Damascus" in standing.text

"""Each method that is played, called by python-telegram-bot."""

from __future__ import annotations

import asyncio

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ReactionEmoji

from bot.sandbox.emulator import Emulator
from bot.sandbox.people import ADMIN, CHANNEL, GROUP, READER
from bot.sandbox.reactions import is_reaction

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in labels]])


async def test_the_bot_learns_its_own_name(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (42, True, "mojaz_sandbox_bot")


async def test_a_message_arrives_as_it_was_sent(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    await chat.say("/start")
    text = '<b>سلام</b> <a href="https://example.org/x">خبر</a>'
    await bot.send_message(
        READER, text, parse_mode="HTML", reply_markup=keys("التالي", "السابق"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )  # fmt: skip
    shown = await chat.next_message()
    assert shown.text == "سلام خبر"
    assert shown.links == ["https://example.org/x"]
    assert [button.text for button in shown.buttons] == ["التالي", "السابق"]


async def test_a_press_is_delivered_answered_and_edits_the_message(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    await chat.say("/start")
    await bot.send_message(READER, "صفحة 1", reply_markup=keys("التالي"))
    pressing = asyncio.create_task(chat.press(await chat.next_message(), "التالي"))
    update = (await bot.get_updates(offset=-1, timeout=5))[0]
    await update.callback_query.answer("تم", show_alert=True)
    await update.callback_query.edit_message_text("صفحة 2", reply_markup=keys("السابق"))
    answer, edited = await pressing, await chat.next_edit()
    assert (answer.text, answer.alert) == ("تم", True)
    assert (edited.text, edited.buttons[0].text, edited.edited) == ("صفحة 2", "السابق", True)


async def test_a_keyboard_alone_can_change_and_a_message_go(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    await chat.say("/start")
    sent = await bot.send_message(READER, "نص", reply_markup=keys("أ"))
    await bot.edit_message_reply_markup(READER, sent.message_id, reply_markup=keys("ب"))
    assert chat.messages[-1].buttons[0].text == "ب"
    assert not chat.messages[-1].edited
    assert await bot.delete_message(READER, sent.message_id)
    assert [message.text for message in chat.messages] == ["/start"]


async def test_a_file_with_an_arabic_name_goes_both_ways(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    sent = await chat.send_document("أخبار اليوم.txt", "نص".encode(), caption="/ingest")
    update = (await bot.get_updates())[0]
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == "نص".encode()
    assert update.message.caption_entities[0].type == "bot_command"
    await bot.send_document(
        READER, b"{}", filename="بياناتي.json", reply_parameters=ReplyParameters(sent.id)
    )
    answer = await chat.next_message()
    assert (answer.file_name, answer.content) == ("بياناتي.json", b"{}")
    assert answer.json["reply_to_message"]["message_id"] == sent.id


async def test_a_picture_and_its_caption_arrive(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    await chat.say("/start")
    await bot.send_photo(READER, PNG, caption="<i>رسم</i>", parse_mode="HTML")
    shown = await chat.next_message()
    assert (shown.text, shown.content) == ("رسم", PNG)


async def test_chat_actions_and_reactions_are_taken(emulator: Emulator, bot: Bot) -> None:
    sent = await emulator.private("reader").say("/start")
    assert await bot.send_chat_action(READER, "typing")
    assert await bot.set_message_reaction(READER, sent.id, "👀")


def test_every_reaction_of_the_bot_api_is_known() -> None:
    assert [emoji for emoji in ReactionEmoji if not is_reaction(emoji)] == []
    assert not is_reaction("✅")


async def test_the_menu_is_the_narrowest_scope_in_the_users_language(
    emulator: Emulator, bot: Bot
) -> None:
    await emulator.private("admin").say("/start")
    await bot.set_my_commands([BotCommand("help", "Help")])
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("latest", "آخر الأخبار")], private, language_code="ar")
    await bot.set_my_commands([BotCommand("ingest", "إضافة")], BotCommandScopeChat(ADMIN))
    menus = [emulator.private(key).commands for key in ("reader", "second", "admin")]
    assert menus == [["latest"], ["help"], ["ingest"]]
    assert emulator.group("reader").commands == ["help"]
    await bot.delete_my_commands(private, language_code="ar")
    assert emulator.private("reader").commands == ["help"]
    assert [c.command for c in await bot.get_my_commands()] == ["help"]


async def test_names_and_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_name("موجز الأخبار", language_code="ar")
    await bot.set_my_description("وصف")
    await bot.set_my_short_description("Short", language_code="en")
    assert (await bot.get_my_name("ar")).name == "موجز الأخبار"
    assert (await bot.get_my_description("ar")).description == "وصف"
    assert (await bot.get_my_short_description("ar")).short_description == ""


async def test_chats_and_their_members_are_told(bot: Bot) -> None:
    assert (await bot.get_chat("@sandbox_news")).id == CHANNEL
    assert (await bot.get_chat_member(GROUP, READER)).status == "member"
    assert (await bot.get_chat_member(GROUP, ADMIN)).status == "creator"
    assert (await bot.get_chat_member(CHANNEL, 42)).status == "administrator"
    statuses = [m.status for m in await bot.get_chat_administrators(GROUP)]
    assert sorted(statuses) == ["administrator", "creator"]
    assert await bot.get_chat_member_count(GROUP) == 4


async def test_a_post_in_the_channel_reaches_the_bot_and_can_be_forwarded(
    emulator: Emulator, bot: Bot
) -> None:
    post = await emulator.channel("admin").say("خبر عاجل")
    await emulator.private("admin").forward(post)
    posted, forwarded = await bot.get_updates()
    assert posted.channel_post.text == "خبر عاجل"
    assert forwarded.message.forward_origin.chat.id == CHANNEL
    assert forwarded.message.forward_origin.message_id == post.id


async def test_a_group_shows_the_bot_what_is_meant_for_it_alone(emulator: Emulator, bot: Bot) -> None:
    group = emulator.group("reader")
    for text in ("سلام", "/latest", "/latest@other_bot", "/latest@Mojaz_Sandbox_Bot"):
        await group.say(text)
    await bot.send_message(GROUP, "آخر الأخبار")
    await group.say("ثم؟", reply_to=await group.next_message())
    await group.say("/help")
    texts = [u.message.text for u in await bot.get_updates()]
    assert texts == ["/latest@Mojaz_Sandbox_Bot", "ثم؟", "/help"]


async def test_blocking_and_unblocking_are_told(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    await chat.say("/start")
    chat.block()
    chat.unblock()
    changes = [u.my_chat_member.new_chat_member.status for u in (await bot.get_updates())[1:]]
    assert changes == ["kicked", "member"]


async def test_an_upgraded_group_is_told_in_both_chats(emulator: Emulator, bot: Bot) -> None:
    small = emulator.small_group("admin")
    new = emulator.acts.upgrade(small.person, small.room)
    old_note, new_note = (u.message for u in await bot.get_updates())
    assert old_note.migrate_to_chat_id == new.id == new_note.chat.id
    assert new_note.migrate_from_chat_id == old_note.chat.id


async def test_a_forged_press_names_a_message_that_is_gone(emulator: Emulator, bot: Bot) -> None:
    chat = emulator.private("reader")
    pressing = asyncio.create_task(chat.press_data(999, "forged"))
    query = (await bot.get_updates(timeout=5))[0].callback_query
    await query.answer()
    assert not query.message.is_accessible
    assert (await pressing).text == ""


async def test_a_long_text_is_parted_as_the_apps_do(emulator: Emulator, bot: Bot) -> None:
    await emulator.private("reader").say("كلمة 😀 " * 1000)
    texts = [u.message.text for u in await bot.get_updates()]
    assert [len(text.encode("utf-16-le")) // 2 <= 4096 for text in texts] == [True, True]
    assert " ".join(texts).split() == ["كلمة", "😀"] * 1000

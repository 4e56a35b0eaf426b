"""What Telegram refuses, the sandbox refuses too, in the same words where they matter."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.sandbox.emulator import Emulator
from bot.sandbox.people import CHANNEL, GROUP, READER, SMALL_GROUP, UPGRADED


@pytest.fixture
async def chat(emulator: Emulator) -> Any:
    """The reader's private chat, started."""
    chat = emulator.private("reader")
    await chat.say("/start")
    return chat


# python-telegram-bot warns of a change to come whenever it makes this error
FLOODS = pytest.mark.filterwarnings("ignore:.*retry_after")


async def call(sandbox: str, method: str, **given: Any) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox}/bot42:sandbox-token/{method}", json=given) as answer,
    ):
        return answer.status, await answer.json()


def markup(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "زر", **button}]]}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "ا" * 4097}, "message is too long"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 123456}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "colour": "red"}, 'unknown parameter "colour" of sendMessage'),
        ({"text": "x", "reply_markup": markup(callback_data="ا" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": markup(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": markup()}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "reply_markup": markup(url="nowhere")}, "Wrong HTTP URL"),
        ({"text": "x", "reply_markup": markup(callback_data="a", url="https://x.org")}, "exactly one"),
        ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        ({}, 'parameter "text" of sendMessage is required'),
    ],
)
async def test_a_message_that_telegram_refuses_is_refused(
    url: str, chat: Any, given: dict[str, Any], reason: str
) -> None:
    status, body = await call(url, "sendMessage", **{"chat_id": READER, **given})
    assert (status, body["ok"], body["error_code"]) == (400, False, 400)
    assert reason in body["description"]
    assert len(chat.messages) == 1


async def test_what_just_fits_is_taken(url: str, chat: Any) -> None:
    text = "<b>" + "😀" * 2048 + "</b>"
    given = {"text": text, "parse_mode": "HTML", "reply_markup": markup(callback_data="ا" * 32)}
    assert (await call(url, "sendMessage", chat_id=READER, **given))[0] == 200


async def test_a_wrong_token_is_unauthorized(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/bot42:other/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"


async def test_an_unknown_method_is_not_found_and_an_unplayed_one_says_so(url: str) -> None:
    assert await call(url, "sendTelegram") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )
    status, body = await call(url, "getUserProfilePhotos", user_id=READER)
    assert (status, body["description"]) == (
        400,
        "Bad Request: getUserProfilePhotos is not played by this sandbox",
    )


async def test_a_broken_body_is_a_bad_request(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for body in (b"{", b"[1]", b"\xff"):
            headers = {"Content-Type": "application/json"}
            address = f"{url}/bot42:sandbox-token/getMe"
            async with session.post(address, data=body, headers=headers) as answer:
                assert answer.status == 400
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        async with session.post(address, data=b"--x\r\nnonsense", headers=headers) as answer:
            assert answer.status == 400


async def test_get_form_and_json_say_the_same(url: str, chat: Any) -> None:
    address = f"{url}/bot42:sandbox-token/SENDMESSAGE"
    given = {"chat_id": str(READER), "text": "نص", "reply_markup": json.dumps(markup(callback_data="a"))}
    async with aiohttp.ClientSession() as session:
        async with session.get(address, params=given) as answer:
            assert answer.status == 200
        async with session.post(address, data=given) as answer:
            assert answer.status == 200
    assert [m.buttons[0].data for m in chat.messages[1:]] == ["a", "a"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, chat: Any) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("أ", callback_data="a")]])
    sent = await bot.send_message(READER, "<b>نص</b>", parse_mode="HTML", reply_markup=keys)
    with pytest.raises(BadRequest, match="essage is not modified"):
        await sent.edit_text("<b>نص</b>", parse_mode="HTML", reply_markup=keys)
    with pytest.raises(BadRequest, match="essage is not modified"):
        await sent.edit_reply_markup(keys)
    await sent.edit_text("نص", reply_markup=keys)


async def test_what_is_not_there_or_not_the_bots_cannot_be_edited(bot: Bot, chat: Any) -> None:
    with pytest.raises(BadRequest, match="essage to edit not found"):
        await bot.edit_message_text("x", READER, 99)
    with pytest.raises(BadRequest, match="essage can't be edited"):
        await bot.edit_message_text("x", READER, chat.messages[0].id)
    sent = await bot.send_document(READER, b"x", filename="a.txt")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await sent.edit_text("x")
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(READER, 99)


async def test_a_reader_who_never_wrote_or_blocked_cannot_be_reached(
    emulator: Emulator, bot: Bot, chat: Any
) -> None:
    second = emulator.person("second")
    with pytest.raises(BadRequest, match="hat not found"):
        await bot.send_message(second.id, "x")
    await emulator.group("second").say("/help@mojaz_sandbox_bot")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(second.id, "x")
    chat.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(READER, "x")


async def test_a_bot_that_was_put_out_cannot_write(emulator: Emulator, bot: Bot) -> None:
    group, channel = emulator.group("admin"), emulator.channel("admin")
    emulator.acts.set_bot_status(group.person, group.room, "kicked")
    emulator.acts.set_bot_status(channel.person, channel.room, "member")
    with pytest.raises(Forbidden, match="kicked from the supergroup"):
        await bot.send_message(GROUP, "x")
    with pytest.raises(BadRequest, match="eed administrator rights"):
        await bot.send_message(CHANNEL, "x")


async def test_an_upgraded_group_names_its_new_id(emulator: Emulator, bot: Bot) -> None:
    small = emulator.small_group("admin")
    emulator.acts.upgrade(small.person, small.room)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(SMALL_GROUP, "x")
    assert moved.value.new_chat_id == UPGRADED
    assert (await bot.send_message(UPGRADED, "x")).chat.id == UPGRADED


async def test_a_press_is_answered_once_and_in_time(
    emulator: Emulator, bot: Bot, chat: Any, clock: Any
) -> None:
    presses = [asyncio.create_task(chat.press_data(1, data)) for data in ("a", "b")]
    await asyncio.sleep(0)
    first, second = [u.callback_query for u in (await bot.get_updates())[1:]]
    await first.answer()
    with pytest.raises(BadRequest, match="uery is too old"):
        await first.answer()
    await second.answer("س" * 200)
    await asyncio.gather(*presses)
    late = emulator.acts.press(chat.person, chat.room, None, 1, "late")
    clock.time += 61
    with pytest.raises(BadRequest, match="uery is too old"):
        await bot.answer_callback_query(late.id)


@pytest.mark.parametrize(
    ("method", "given", "reason"),
    [
        (
            "setMyCommands",
            {"commands": [{"command": "أخبار", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "DESCRIPTION_INVALID"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat", "chat_id": 1002}},
            "chat not found",
        ),
        ("setMyShortDescription", {"short_description": "س" * 121}, "too long"),
        ("getFile", {"file_id": "none"}, "wrong file_id"),
        ("getChatMember", {"chat_id": GROUP, "user_id": 5}, "PARTICIPANT_ID_INVALID"),
        ("sendChatAction", {"chat_id": GROUP, "action": "dancing"}, "wrong parameter action"),
        ("setWebhook", {"url": "https://example.org/hook"}, "loopback addresses alone"),
        (
            "sendDocument",
            {"chat_id": GROUP, "document": "https://example.org/a"},
            "wrong file identifier",
        ),
    ],
)
async def test_other_calls_are_refused_with_their_reason(
    url: str, method: str, given: dict[str, Any], reason: str
) -> None:
    status, body = await call(url, method, **given)
    assert status == 400
    assert reason in body["description"]


async def test_a_picture_must_be_one(bot: Bot, chat: Any) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(READER, b"no picture")


@FLOODS
@pytest.mark.parametrize("kind", ["blocked", "server-error", "bad-gateway", "flood", "chat-not-found"])
async def test_a_fault_on_demand_strikes_once_and_delivers_nothing(
    emulator: Emulator, bot: Bot, chat: Any, clock: Any, kind: str
) -> None:
    emulator.faults.add(kind, retry_after=7)
    with pytest.raises(TelegramError):
        await bot.send_message(READER, "أول")
    clock.time += 8
    await bot.send_message(READER, "ثانٍ")
    assert [m.text for m in chat.messages] == ["/start", "ثانٍ"]


async def test_a_dropped_connection_loses_the_call_or_only_its_answer(
    emulator: Emulator, bot: Bot, chat: Any
) -> None:
    emulator.faults.add("drop-before")
    emulator.faults.add("drop-after")
    for text in ("ضاع", "وصل"):
        with pytest.raises(TelegramError, match="disconnected"):
            await bot.send_message(READER, text)
    assert [m.text for m in chat.messages] == ["/start", "وصل"]


@FLOODS
async def test_after_a_flood_nothing_is_taken_before_its_time(
    emulator: Emulator, bot: Bot, chat: Any, clock: Any
) -> None:
    emulator.faults.add("flood", retry_after=30)
    for _ in range(2):
        with pytest.raises(TelegramError, match="Flood control"):
            await bot.send_message(READER, "x")
        clock.time += 10
    clock.time += 10
    assert await bot.send_message(READER, "x")


async def test_the_transcript_holds_calls_but_never_the_token(
    emulator: Emulator, bot: Bot, chat: Any
) -> None:
    await bot.send_document(READER, b"abc", filename="a.txt")
    last = emulator.transcript.of("sendDocument")[-1]
    assert (last.status, last.given["document"]) == (200, "[a.txt: 3 bytes]")
    assert "sandbox-token" not in str([c.json() for c in emulator.transcript.calls])

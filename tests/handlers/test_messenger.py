"""Messages become calls, Telegram's errors become outcomes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.errors import TelegramRefused
from bot.model import (
    Button,
    ChatId,
    ChatLost,
    ChatState,
    Lane,
    MessageId,
    Migrated,
    NetworkFault,
    OutboxMessage,
    Refused,
    RetryAfter,
    Sent,
)
from handlers.messenger import TelegramMessenger, keyboard, plain
from handlers.transport import TokenRefused


def failure(code: int, description: str, **parameters: int) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return web.json_response({**body, "parameters": parameters} if parameters else body, status=code)


def sent(number: int = 55) -> dict[str, Any]:
    return {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private", "first_name": "س"}}


def news(text: str = "<b>خبر</b> &amp; تحليل", **more: Any) -> OutboxMessage:
    return OutboxMessage(ChatId(7), text, Lane.REPLY, **more)


async def test_all_that_a_message_says_arrives(bot: Bot, api: Any) -> None:
    api.answers["sendMessage"] = sent()
    row = ((Button("المزيد", action="1|l|5|5"), Button("المصدر", url="https://example.org/a")),)
    message = news(buttons=row, silent=True, reply_to=MessageId(9), thread=3)
    assert await TelegramMessenger(bot).send(message, None) == Sent(MessageId(55))
    call = api.asked("sendMessage")[0]
    assert (call["parse_mode"], call["disable_notification"], call["message_thread_id"]) == (
        "HTML",
        "true",
        "3",
    )
    assert json.loads(call["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(call["reply_parameters"])["allow_sending_without_reply"] is True
    buttons = json.loads(call["reply_markup"])["inline_keyboard"]
    assert buttons == [
        [
            {"text": "المزيد", "callback_data": "1|l|5|5"},
            {"text": "المصدر", "url": "https://example.org/a"},
        ]
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((429, "Too Many Requests: retry after 7", {"retry_after": 7}), RetryAfter(7.0)),
        ((400, "Bad Request: group upgraded", {"migrate_to_chat_id": -1007}), Migrated(ChatId(-1007))),
        ((403, "Forbidden: bot was blocked by the user", {}), ChatState.BLOCKED),
        ((403, "Forbidden: bot was kicked from the group chat", {}), ChatState.BLOCKED),
        ((403, "Forbidden: user is deactivated", {}), ChatState.GONE),
        ((400, "Bad Request: chat not found", {}), ChatState.GONE),
        ((400, "Bad Request: message is too long", {}), Refused("Message is too long")),
        ((502, "Bad Gateway", {}), NetworkFault("Bad Gateway")),
        ((500, "Internal Server Error", {}), NetworkFault("Internal Server Error")),
    ],
)
async def test_each_refusal_has_its_outcome(
    bot: Bot, api: Any, answer: tuple[int, str, dict[str, int]], expected: object
) -> None:
    code, description, parameters = answer
    api.answers["sendMessage"] = lambda _: failure(code, description, **parameters)
    found = await TelegramMessenger(bot).send(news(), None)
    assert (found.state if isinstance(found, ChatLost) else found) == expected


async def test_a_page_of_html_instead_of_an_answer_is_a_fault(bot: Bot, api: Any) -> None:
    api.answers["sendMessage"] = lambda _: web.Response(text="<html>down</html>", status=502)
    assert isinstance(await TelegramMessenger(bot).send(news(), None), NetworkFault)
    api.answers["sendMessage"] = lambda _: web.Response(text="[]")
    assert isinstance(await TelegramMessenger(bot).send(news(), None), NetworkFault)


async def test_a_refused_token_comes_through(bot: Bot, api: Any) -> None:
    api.answers["sendMessage"] = lambda _: failure(401, "Unauthorized")
    with pytest.raises(TokenRefused):
        await TelegramMessenger(bot).send(news(), None)


async def test_broken_markup_is_sent_once_more_as_plain_words(bot: Bot, api: Any) -> None:
    def strict(call: dict[str, str]) -> Any:
        return failure(400, "Bad Request: can't parse entities") if "parse_mode" in call else sent()

    api.answers["sendMessage"] = strict
    assert await TelegramMessenger(bot).send(news(), None) == Sent(MessageId(55))
    assert [call["text"] for call in api.asked("sendMessage")] == [
        "<b>خبر</b> &amp; تحليل",
        "خبر & تحليل",
    ]


async def test_an_edit_that_changes_nothing_is_done(bot: Bot, api: Any) -> None:
    api.answers["editMessageText"] = lambda _: failure(400, "Bad Request: message is not modified: same")
    assert await TelegramMessenger(bot).send(news(), MessageId(9)) == Sent(MessageId(9))


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited"])
async def test_an_edit_of_what_is_gone_becomes_a_new_message(bot: Bot, api: Any, reason: str) -> None:
    api.answers["editMessageText"] = lambda _: failure(400, f"Bad Request: {reason}")
    api.answers["sendMessage"] = sent(56)
    assert await TelegramMessenger(bot).send(news(), MessageId(9)) == Sent(MessageId(56))


async def test_a_lone_surrogate_does_not_stop_a_message(bot: Bot, api: Any) -> None:
    api.answers["sendMessage"] = sent()
    assert isinstance(await TelegramMessenger(bot).send(news("خبر \ud83d"), None), Sent)


def test_a_button_that_telegram_would_refuse_is_left_out() -> None:
    made = keyboard(((Button("طويل", action="ا" * 33), Button("قصير", action="ا" * 32)),))
    assert made is not None
    assert [button.text for button in made.inline_keyboard[0]] == ["قصير"]
    assert keyboard(((Button("طويل", action="ا" * 33),),)) is None


async def test_a_late_acknowledgement_is_swallowed_and_a_long_toast_cut(bot: Bot, api: Any) -> None:
    api.answers["answerCallbackQuery"] = lambda _: failure(400, "Bad Request: query is too old")
    await TelegramMessenger(bot).acknowledge("77", "ن" * 300, alert=True)
    call = api.asked("answerCallbackQuery")[0]
    assert (len(call["text"]), call["show_alert"]) == (200, "true")


async def test_a_document_is_downloaded_up_to_its_limit(bot: Bot, api: Any) -> None:
    api.files["documents/a.txt"] = "نص".encode()
    api.answers["getFile"] = {"file_id": "F", "file_unique_id": "U", "file_path": "documents/a.txt"}
    messenger = TelegramMessenger(bot)
    assert await messenger.download("F") == "نص".encode()
    with pytest.raises(TelegramRefused):
        await messenger.download("F", 3)


async def test_a_file_that_telegram_does_not_hand_over_is_refused(bot: Bot, api: Any) -> None:
    api.answers["getFile"] = lambda _: failure(400, "Bad Request: file is too big")
    with pytest.raises(TelegramRefused, match="too big"):
        await TelegramMessenger(bot).download("F")


def test_markup_is_stripped_before_it_is_unescaped() -> None:
    assert plain("<b>1 &lt; 2</b> &amp;lt;") == "1 < 2 &lt;"

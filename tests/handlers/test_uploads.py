"""A message with a document becomes one sendDocument, with the same outcomes as any other."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from telegram import Bot

from bot.model import (
    Button,
    ChatId,
    Document,
    Lane,
    MessageId,
    OutboxMessage,
    Refused,
    RetryAfter,
    Sent,
)
from handlers.messenger import TelegramMessenger

FILE = Document("نسخة.db", b"SQLite format 3\x00" + bytes(range(256)))
MESSAGE = OutboxMessage(
    ChatId(-7),
    "<b>نسخة</b>",
    Lane.REPLY,
    ((Button("زر", action="1|h"),),),
    reply_to=MessageId(3),
    thread=9,
    document=FILE,
)
SENT = {"message_id": 55, "date": 1, "chat": {"id": -7, "type": "supergroup", "title": "ج"}}


def failure(code: int, description: str, **parameters: int) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


async def test_the_file_its_caption_and_its_place_arrive(bot: Bot, api: Any) -> None:
    api.answers["sendDocument"] = SENT
    assert await TelegramMessenger(bot).send(MESSAGE, None) == Sent(MessageId(55))
    [call] = api.asked("sendDocument")
    assert (call["caption"], call["parse_mode"], call["message_thread_id"]) == (
        MESSAGE.text,
        "HTML",
        "9",
    )
    assert "نسخة.db" in call["document"]
    assert '"message_id": 3' in call["reply_parameters"]


async def test_it_never_edits(bot: Bot, api: Any) -> None:
    api.answers["sendDocument"] = SENT
    assert await TelegramMessenger(bot).send(MESSAGE, MessageId(4)) == Sent(MessageId(55))
    assert api.asked("editMessageText") == []


async def test_broken_markup_goes_as_plain_words_with_the_file(bot: Bot, api: Any) -> None:
    def strict(call: dict[str, str]) -> Any:
        return failure(400, "Bad Request: can't parse entities") if "parse_mode" in call else SENT

    api.answers["sendDocument"] = strict
    assert await TelegramMessenger(bot).send(MESSAGE, None) == Sent(MessageId(55))
    assert api.asked("sendDocument")[-1]["caption"] == "نسخة"


async def test_refusals_have_their_outcomes(bot: Bot, api: Any) -> None:
    api.answers["sendDocument"] = failure(429, "Too Many Requests", retry_after=7)
    assert await TelegramMessenger(bot).send(MESSAGE, None) == RetryAfter(7)
    api.answers["sendDocument"] = failure(413, "Request Entity Too Large")
    assert not isinstance(await TelegramMessenger(bot).send(MESSAGE, None), Sent | Refused)

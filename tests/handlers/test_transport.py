"""HTTP to the Bot API: what arrives, and how failures are told apart."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.clock import SystemClock
from bot.errors import ConfigurationError
from handlers.connection import greeted, opened_bot
from handlers.transport import AiohttpRequest, NotSent, TokenRefused

TOKEN = "123456789:" + "T" * 35


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_arabic_text_and_nested_values_arrive(bot: Bot, api: Any) -> None:
    api.answers["sendMessage"] = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}
    sent = await bot.send_message(7, "مرحبا & أهلا", link_preview_options={"is_disabled": True})
    assert sent.message_id == 5
    assert api.asked("sendMessage")[0]["text"] == "مرحبا & أهلا"


async def test_an_arabic_file_name_arrives(bot: Bot, api: Any) -> None:
    names: list[str] = []

    async def take(request: web.Request) -> web.Response:
        names.append((await request.post())["document"].filename)  # type: ignore[union-attr]
        result = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_post("/bot{token}/sendDocument", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with opened_bot(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}") as other:
        await other.send_document(7, b"{}", filename="أخبار.json")
    await runner.cleanup()
    assert names == ["أخبار.json"]


async def test_a_refused_connection_was_certainly_not_sent() -> None:
    async with opened_bot(TOKEN, f"http://127.0.0.1:{closed_port()}") as bot:
        with pytest.raises(NotSent) as caught:
            await bot.get_me()
    assert "T" * 35 not in repr(caught.value)


async def test_a_host_that_does_not_exist_was_certainly_not_sent() -> None:
    async with opened_bot(TOKEN, "http://telegram.invalid") as bot:
        with pytest.raises(NotSent):
            await bot.get_me()


async def test_a_connection_cut_after_sending_is_unknown_and_tried_once(api: Any) -> None:
    tries = 0

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        await reader.readuntil(b"\r\n\r\n")
        tries += 1
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with (
        server,
        opened_bot(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as bot,
    ):
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(7, "خبر")
    assert not isinstance(caught.value, NotSent)
    assert tries == 1


async def test_an_answer_that_does_not_come_is_a_time_out(api: Any) -> None:
    async def never(parameters: dict[str, str]) -> bool:
        await asyncio.sleep(30)
        return True

    api.answers["getMe"] = never
    request = AiohttpRequest(4, read=0.2)
    await request.initialize()
    with pytest.raises(TimedOut):
        await request.post(f"{api.url}/bot{TOKEN}/getMe")
    await request.shutdown()


async def test_an_answer_cut_in_its_middle_is_unknown(api: Any) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": tr')
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(half, "127.0.0.1", 0)
    async with (
        server,
        opened_bot(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as bot,
    ):
        with pytest.raises(NetworkError):
            await bot.send_message(7, "خبر")


async def test_a_401_is_told_from_all_else(bot: Bot, api: Any) -> None:
    api.answers["getMe"] = web.json_response({"ok": False, "description": "Unauthorized"}, status=401)
    with pytest.raises(TokenRefused):
        await bot.get_me()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (401, "BOT_TOKEN: "),
        (400, "BOT_TOKEN or TELEGRAM_API_URL: "),
        (404, "BOT_TOKEN or TELEGRAM_API_URL: "),
    ],
)
async def test_a_token_that_telegram_does_not_know_is_one_line_without_it(
    bot: Bot, api: Any, code: int, names: str
) -> None:
    api.answers["getMe"] = web.json_response({"ok": False, "description": "no"}, status=code)
    with pytest.raises(ConfigurationError) as caught:
        await greeted(bot, SystemClock())
    assert caught.value.cause.startswith(names)
    assert "\n" not in caught.value.cause
    assert "T" * 35 not in caught.value.cause


async def test_a_redirect_is_not_followed(bot: Bot, api: Any) -> None:
    api.answers["getMe"] = web.Response(status=307, headers={"Location": f"{api.url}/bot1/stolen"})
    with pytest.raises(NetworkError):
        await bot.get_me()
    assert api.asked("stolen") == []

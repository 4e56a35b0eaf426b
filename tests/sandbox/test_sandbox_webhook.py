"""Updates by webhook: to this machine alone, in order, with the secret, again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import Conflict

from bot.sandbox.emulator import Emulator


@pytest.fixture
async def hook() -> AsyncIterator[tuple[str, list[Any]]]:
    """A web hook that refuses its first post, and what it saw."""
    seen: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        seen.append((secret, (await request.json())["message"]["text"]))
        return web.Response(status=500 if len(seen) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/hook")), seen


async def test_updates_are_posted_in_order_until_they_are_taken(
    emulator: Emulator, bot: Bot, hook: tuple[str, list[Any]]
) -> None:
    address, seen = hook
    await bot.set_webhook(address, secret_token="s3cret")
    for text in ("أول", "ثانٍ"):
        await emulator.private("reader").say(text)
    async with asyncio.timeout(5):
        while len(seen) < 3:
            await asyncio.sleep(0.02)
    assert seen == [("s3cret", "أول"), ("s3cret", "أول"), ("s3cret", "ثانٍ")]
    assert "500" in str((await bot.get_webhook_info()).last_error_message)


async def test_a_webhook_forbids_polling_until_it_is_deleted(
    emulator: Emulator, bot: Bot, hook: tuple[str, list[Any]]
) -> None:
    await bot.set_webhook(hook[0], allowed_updates=["callback_query"])
    assert (await bot.get_webhook_info()).url == hook[0]
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates(allowed_updates=[]) == ()

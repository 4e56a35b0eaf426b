"""Updates by webhook: Telegram posts them, and nobody else can."""

from __future__ import annotations

import socket
from typing import Any

import aiohttp

from bot.sandbox.emulator import Emulator

SECRET = "a-secret-of-the-webhook"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_updates_come_by_webhook_with_the_right_secret_alone(
    emulator: Emulator, start: Any
) -> None:
    listen = f"127.0.0.1:{free_port()}"
    program = await start(
        UPDATE_MODE="webhook",
        WEBHOOK_URL=f"http://{listen}/hook",
        WEBHOOK_SECRET=SECRET,
        LISTEN=listen,
    )
    assert (await emulator.private("reader").ask("/start", timeout=10)).buttons
    async with aiohttp.ClientSession() as session:
        forged = {"X-Telegram-Bot-Api-Secret-Token": "guessed"}
        async with session.post(f"http://{listen}/hook", json={}, headers=forged) as answer:
            assert answer.status == 403
        async with session.get(f"http://{listen}/healthz") as answer:
            assert answer.status == 200
    await program.stop()
    assert SECRET not in "".join(program.output)

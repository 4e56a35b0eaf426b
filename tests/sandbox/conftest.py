"""The sandbox on a free port of this machine, and python-telegram-bot as its real client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from telegram import Bot

from bot.sandbox.emulator import Emulator
from bot.sandbox.table import bot_api

TOKEN = "42:sandbox-token"


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    time: float = 1_795_500_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def emulator(clock: Clock) -> Emulator:
    return Emulator(TOKEN, now=clock, clock=clock)


@pytest.fixture
async def url(emulator: Emulator) -> AsyncIterator[str]:
    """The sandbox's address. At the end every object that it gave out must be as the Bot API says."""
    async with emulator.serve() as address:
        yield address
    kinds = {"getUpdates": "*Update", "getChat": "ChatFullInfo", "getChatMember": "ChatMember"}
    kinds |= {"sendMessage": "Message", "sendDocument": "Message", "editMessageText": "Message"}
    kinds |= {
        "getFile": "File",
        "getMe": "User",
        "getWebhookInfo": "WebhookInfo",
        "sendPhoto": "Message",
    }
    for call in emulator.transcript.calls:
        if call.status == 200 and call.method in kinds:
            assert bot_api().fault(kinds[call.method], call.answer["result"], call.method) is None


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as client:
        yield client

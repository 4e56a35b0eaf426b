"""Journeys: the whole program as a subprocess, talking to the sandbox's Bot API in this process.

The sandbox outlives the program, so that a journey can kill it and see what the next start makes up for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

TOKEN = "123456:" + "journeys-token-of-nobody"
ROOT = Path(__file__).parents[2]


@dataclass
class Program:
    """The bot as a process of its own."""

    folder: Path
    environment: dict[str, str]
    process: asyncio.subprocess.Process | None = None
    output: list[str] = field(default_factory=list)
    reader: asyncio.Task[None] | None = None

    async def start(self, **environment: str) -> None:
        """Starts it and waits until it serves."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            cwd=self.folder,
            env={**self.environment, **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        begun = len(self.output)
        self.reader = asyncio.create_task(self._read())
        async with asyncio.timeout(30):
            while not any('"serving"' in line for line in self.output[begun:]):
                if self.process.returncode is not None:
                    raise AssertionError("the bot ended:\n" + "".join(self.output))
                await asyncio.sleep(0.02)

    async def _read(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            self.output.append(line.decode())

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ends it as an operator does; its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> int:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), 15)
        if self.reader:
            await self.reader
        return code


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[Emulator, str]]:
    """The sandbox's Bot API and its address."""
    made = Emulator(TOKEN)
    async with made.serve() as url:
        yield made, url


@pytest.fixture
def emulator(telegram: tuple[Emulator, str]) -> Emulator:
    return telegram[0]


Start = Callable[..., Awaitable[Program]]


@pytest.fixture
async def start(tmp_path: Path, telegram: tuple[Emulator, str]) -> AsyncIterator[Start]:
    """Starts the bot; whatever still runs at the end of the journey is stopped."""
    started: list[Program] = []
    emulator, url = telegram

    async def start_program(**environment: str) -> Program:
        base = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "ADMIN_IDS": str(emulator.person("admin").id),
            "DATABASE_URL": f"sqlite:///{tmp_path}/news.db",
            "TELEGRAM_API_URL": url,
            "LISTEN": "127.0.0.1:0",
            "LOG_FORMAT": "json",
        }
        program = Program(tmp_path, {**base, **environment})
        started.append(program)
        await program.start()
        return program

    yield start_program
    for program in started:
        if program.process and program.process.returncode is None:
            await program.kill()
    if started and any("Traceback" in line for line in started[-1].output):
        pytest.fail("".join(started[-1].output))


@pytest.fixture
async def program(start: Start) -> Program:
    """The running bot with its defaults."""
    return await start()


Subscribe = Callable[..., None]


@pytest.fixture
def subscribe(tmp_path: Path) -> Subscribe:
    """Subscribes chats by their rows, so that their digest comes due within `seconds` from now, each at
    its own moment. As many readers as a journey through load needs cannot all ask for it."""
    path = tmp_path / "news.db"

    def subscribe_all(chats: Mapping[int, str], seconds: float, chance: random.Random) -> None:
        now = datetime.now(UTC)
        # where it is noon now no digest falls into the night; the minute before this one is not late
        zone = f"Etc/GMT{now.hour - 12:+}" if now.hour != 12 else "Etc/GMT"
        minute = 12 * 60 + now.minute - 1
        with contextlib.closing(sqlite3.connect(path, timeout=15)) as database, database:
            database.executemany(
                "INSERT INTO chats (id, kind, state, zone, times, topics, active)"
                " VALUES (?, ?, 'active', ?, ?, '[]', 1)",
                [(chat, kind, zone, json.dumps([minute])) for chat, kind in chats.items()],
            )
            due = [now + timedelta(seconds=chance.uniform(0, seconds)) for _ in chats]
            database.executemany(
                "INSERT INTO due_times (chat, minute, due) VALUES (?, ?, ?)",
                [(c, minute, int(at.timestamp() * 1e6)) for c, at in zip(chats, due, strict=True)],
            )

    return subscribe_all


def article(title: str, text: str, **fields: object) -> str:
    return json.dumps({"title": title, "text": text, **fields}, ensure_ascii=False)


def hours_ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


def seven_articles() -> bytes:
    """Two reports of one event in Syria, and five of other events."""
    crossing = (
        "أعادت سوريا صباح اليوم فتح معبر حدودي مع الأردن بعد صيانة دامت أسبوعين في ساحة التفتيش.\n"
        "وقالت إدارة المعبر السورية إن 210 شاحنات عبرت الحدود في الساعات الثلاث الأولى من الصباح.\n"
        "وتتسع الساحة الجديدة لثمانين شاحنة في وقت واحد بحسب إدارة المعبر."
    )
    again = (
        "عبرت 210 شاحنات معبرا حدوديا بين سوريا والأردن في الساعات الثلاث الأولى من فتحه بعد الصيانة.\n"
        "وقالت إدارة المعبر السورية إن ساحة التفتيش الجديدة تتسع لثمانين شاحنة في وقت واحد."
    )
    lines = [
        article(
            "سوريا تعيد فتح معبر حدودي مع الأردن",
            crossing,
            source="وكالة",
            url="https://a.example/1",
            published=hours_ago(2),
        ),
        article(
            "210 شاحنات تعبر الحدود بين سوريا والأردن",
            again,
            source="صحيفة",
            url="https://b.example/1",
            published=hours_ago(1),
        ),
    ]
    others = (
        ("البنك المركزي المصري يثبت الفائدة", "قرر البنك المركزي المصري تثبيت أسعار الفائدة اليوم."),
        ("جامعة في الرباط تطلق قمرا صناعيا", "أطلقت جامعة في المغرب قمرا صناعيا صغيرا لمراقبة الجفاف."),
        ("تونس تفوز على الجزائر بهدفين", "فاز منتخب تونس لكرة القدم على منتخب الجزائر بهدفين أمس."),
        ("العراق يبدأ حملة تطعيم", "بدأت وزارة الصحة العراقية حملة تطعيم ضد الحصبة في بغداد."),
        ("لبنان يطلق منصة لدفع الفواتير", "أطلقت الحكومة اللبنانية منصة لدفع فواتير الكهرباء بالهاتف."),
    )
    for number, (title, text) in enumerate(others, start=3):
        lines.append(article(title, text, source="قناة", published=hours_ago(number)))
    return "\n".join(lines).encode()


@pytest.fixture
async def news(emulator: Emulator, program: Program) -> Program:
    """The running bot with seven articles, taken in by its admin."""
    desk = emulator.private("admin")
    await desk.ask("/start")
    await desk.send_document("news.jsonl", seven_articles(), caption="/ingest")
    await settled(desk, "7")
    return program


async def settled(chat: Conversation, part: str) -> Shown:
    """The bot's next message or edit that holds `part`: work may tell of its progress before."""
    while part not in (message := await chat.next_change(20)).text:
        pass
    return message

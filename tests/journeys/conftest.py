"""Journeys: the whole program as a process, talking to the sandbox's Bot API in this process.

The sandbox outlives the program, so that a journey can kill it and see what the next start makes up for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from programs import ROOT, Program

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown
from bot.sandbox.limits import Limits

TOKEN = "123456:" + "journeys-token-of-nobody"
LATER = 1_000_000
"""The number of the first update of a journey whose database knows those of an earlier sandbox."""


PATIENCE = 20.0
"""Seconds to wait for the bot: other tests keep the machine busy, and its workers yield to them."""


LONGEST = 45.0
"""Seconds within which whatever an admin sends is answered: the first intake of a run starts workers."""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ask", "next_message", "next_edit", "next_change"):
        monkeypatch.setattr(getattr(Conversation, name), "__defaults__", (PATIENCE,))
    for name in ("press", "press_data"):
        monkeypatch.setattr(getattr(Conversation, name), "__kwdefaults__", {"timeout": PATIENCE})


@pytest.fixture
def rest(request: pytest.FixtureRequest) -> float | None:
    """Seconds between two messages to a chat, for the bot and for the sandbox, which refuses what comes
    sooner on the average: a tenth of what Telegram asks for, or journeys would do little but wait.
    None, as for measurements: a second, and the bot is started as operators start it.
    """
    return None if request.node.get_closest_marker("slow") else 0.1


@pytest.fixture
async def telegram(rest: float | None) -> AsyncIterator[tuple[Emulator, str]]:
    """The sandbox's Bot API and its address."""
    made = Emulator(TOKEN, limits=Limits(chat_every=rest or 1.0))
    async with made.serve() as url:
        yield made, url


@pytest.fixture
def emulator(telegram: tuple[Emulator, str]) -> Emulator:
    return telegram[0]


Start = Callable[..., Awaitable[Program]]


def environment(folder: Path, emulator: Emulator, url: str) -> dict[str, str]:
    """What the bot is told, and nothing else of what surrounds the tests."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": TOKEN,
        "ADMIN_IDS": str(emulator.person("admin").id),
        "DATABASE_URL": f"sqlite:///{folder}/news.db",
        "TELEGRAM_API_URL": url,
        "LISTEN": "127.0.0.1:0",
        "LOG_FORMAT": "json",
    }


@pytest.fixture
async def start(
    tmp_path: Path, telegram: tuple[Emulator, str], rest: float | None
) -> AsyncIterator[Start]:
    """Starts the bot; whatever still runs at the end of the journey is stopped."""
    started: list[Program] = []
    base = environment(tmp_path, *telegram)

    async def start_program(**environment: str) -> Program:
        program = Program(tmp_path, {**base, **environment}, rest)
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


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a bot, started as operators start it, to which its admin gave seven articles."""
    folder = tmp_path_factory.mktemp("taken_in")

    async def take_in() -> None:
        emulator = Emulator(TOKEN)
        async with emulator.serve() as url:
            program = Program(folder, environment(folder, emulator, url))
            await program.start()
            desk = emulator.private("admin")
            await desk.ask("/start")
            await desk.send_document("news.jsonl", seven_articles(), caption="/ingest")
            await settled(desk, "7")
            await nothing_waits(folder / "news.db")
            assert await program.stop() == 0, "".join(program.output)

    asyncio.run(take_in())
    return folder / "news.db"


@pytest.fixture
async def news(emulator: Emulator, start: Start, tmp_path: Path, taken_in: Path) -> Program:
    """The running bot with seven articles."""
    ours, theirs = sqlite3.connect(tmp_path / "news.db"), sqlite3.connect(taken_in)
    with contextlib.closing(ours), contextlib.closing(theirs):
        theirs.backup(ours)
    emulator.world.updates.number_from(LATER)
    program = await start()
    await emulator.private("admin").ask("/start")
    return program


@pytest.fixture
def all_sent(tmp_path: Path) -> Callable[[], Awaitable[None]]:
    """Waits until nothing waits to be answered or to be sent, nor for the word that it was."""

    return partial(nothing_waits, tmp_path / "news.db")


async def nothing_waits(path: Path) -> None:
    async with asyncio.timeout(20):
        with contextlib.closing(sqlite3.connect(path, timeout=15)) as raw:
            waiting = (
                "SELECT 1 FROM inbox WHERE state = 'waiting'"
                " UNION ALL SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'dead')"
            )
            while raw.execute(waiting).fetchone():
                await asyncio.sleep(0.02)


@pytest.fixture
def menus_set(emulator: Emulator) -> Callable[[], Awaitable[None]]:
    """Waits until the bot has set its command menus; the admins' own come last."""

    async def wait() -> None:
        async with asyncio.timeout(20):
            while "ingest" not in emulator.private("admin").commands:
                await asyncio.sleep(0.02)

    return wait


async def settled(chat: Conversation, part: str) -> Shown:
    """The bot's next message or edit that holds `part`: work may tell of its progress before."""
    while part not in (message := await chat.next_change(LONGEST)).text:
        pass
    return message

"""A desk over a real database, the real lexicon and real summaries, with a few invented reports."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import stories
from bot.answers.desk import Desk
from bot.answers.helping import Helping
from bot.answers.pressing import Pressing
from bot.answers.reading import Reading
from bot.answers.request import Request
from bot.answers.settings import Settings
from bot.answers.starting import Starting
from bot.answers.subscribing import Subscribing
from bot.intake.ingest import analyse
from bot.model import (
    Added,
    Article,
    Chat,
    ChatId,
    ChatKind,
    Language,
    NewArticle,
    Reply,
    UserId,
)
from bot.texts import settings_actions, start_actions
from bot.texts.catalogue import Catalogue
from bot.topics import lexicon
from storage import Storage, open_storage

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CATALOGUE = Catalogue.load()

CROSSING = (
    "سوريا تعيد فتح المعبر الجبلي",
    """أعادت سوريا والأردن صباح اليوم فتح المعبر الجبلي أمام المسافرين والبضائع بعد صيانة طويلة.
وقالت إدارة المعبر في بيان إن مئتي شاحنة عبرت الحدود في الساعات الثلاث الأولى من الصباح.
وأوضح البيان أن ساحة التفتيش الجديدة تتسع لثمانين شاحنة في وقت واحد.
وتوقع تجار في درعا أن تنخفض أسعار الخضراوات في أسواق دمشق خلال أيام قليلة.""",
)
RATES = (
    "مصر تثبت أسعار الفائدة",
    """قرر البنك المركزي المصري اليوم تثبيت أسعار الفائدة للمرة الثالثة على التوالي هذا العام.
وقال البنك في القاهرة إن التضخم تراجع في الشهر الماضي إلى أدنى مستوى له منذ عامين.""",
)
MATCH = (
    "تونس تفوز على الجزائر",
    """فاز منتخب تونس لكرة القدم على منتخب الجزائر مساء أمس بهدف وحيد في مباراة ودية.
وسجل اللاعب الشاب هدف الفوز قبل نهاية المباراة بدقيقتين أمام ثلاثين ألف متفرج.""",
)


@dataclass
class Newsroom:
    """Everything that answers need, on one database."""

    storage: Storage
    desk: Desk
    reading: Reading
    subscribing: Subscribing
    helping: Helping
    pressing: Pressing
    settings: Settings

    async def publish(self, title: str, body: str, **fields: object) -> Added:
        """Stores one report as intake would; `minutes` says how long ago it came."""
        when = NOW - timedelta(minutes=int(fields.pop("minutes", 30)))  # type: ignore[call-overload]
        given = Article(title, body, when, when)
        article = replace(given, **fields)  # type: ignore[arg-type]
        new = NewArticle(article, analyse(article))
        return (await self.storage.articles.add([new], stories.choose))[0]

    async def ask(self, words: str = "", **fields: object) -> Request:
        """A question of the private chat 7, as its settings stand now."""
        kind = fields.pop("kind", ChatKind.PRIVATE)
        chat = await self.storage.chats.seen(ChatId(7), kind)  # type: ignore[arg-type]
        asked = Request(chat, NOW, Language.AR, UserId(7), words, bot_name="MojazBot")
        return replace(asked, **fields)  # type: ignore[arg-type]

    async def chat(self) -> Chat:
        found = await self.storage.chats.get(ChatId(7))
        assert found
        return found

    @staticmethod
    def action(reply: Reply, label: str) -> str:
        """The data of the button with this label, marks aside."""
        buttons = [button for row in reply.buttons for button in row]
        found = [button.action for button in buttons if label in button.label]
        assert found, f"no button {label!r} among {[button.label for button in buttons]}"
        return found[0]

    async def press(self, data: str, **fields: object) -> Reply:
        return await self.pressing.press(await self.ask(**fields), data)


def newsroom(storage: Storage) -> Newsroom:
    desk = Desk(storage.articles, storage.chats, lexicon.load(), CATALOGUE, "Africa/Cairo", time(8))
    reading, subscribing = Reading(desk), Subscribing(desk)
    helping = Helping(desk, reading, subscribing)
    settings = Settings(desk)
    families = {
        settings_actions.FAMILY: settings.press,
        start_actions.FAMILY: Starting(desk).press,
    }
    pressing = Pressing(desk, reading, subscribing, helping, families)
    return Newsroom(storage, desk, reading, subscribing, helping, pressing, settings)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Newsroom]:
    storage = await open_storage(f"sqlite:///{path}", lambda: NOW)
    yield newsroom(storage)
    await storage.close()


async def _write(path: Path, *, with_news: bool) -> None:
    url = "https://news.example/"
    async with opened(path) as room:
        if with_news:
            await room.publish(*CROSSING, source="وكالة الأنباء", url=url + "1")
            await room.publish(*RATES, source="Daily News", url=url + "2", minutes=60)
            await room.publish(*MATCH, source="صحيفة الملاعب", minutes=90)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One empty database and one with news, made once; each test works on its own copy."""
    folder = tmp_path_factory.mktemp("databases")
    for name, with_news in (("empty", False), ("news", True)):
        asyncio.run(_write(folder / f"{name}.db", with_news=with_news))
    return folder


@pytest.fixture
async def empty(tmp_path: Path, databases: Path) -> AsyncIterator[Newsroom]:
    """Nothing stored yet."""
    async with opened(shutil.copy(databases / "empty.db", tmp_path / "mojaz.db")) as room:
        yield room


@pytest.fixture
async def news(tmp_path: Path, databases: Path) -> AsyncIterator[Newsroom]:
    """Three reports of one day."""
    async with opened(shutil.copy(databases / "news.db", tmp_path / "mojaz.db")) as room:
        yield room

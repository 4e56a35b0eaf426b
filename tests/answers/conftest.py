"""A desk over a real database, the real lexicon and real summaries, with a few invented reports."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
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
from bot.texts.catalogue import Catalogue
from bot.topics import lexicon
from storage import Storage, open_storage

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CATALOGUE = Catalogue.load()

CROSSING = """أعادت سوريا والأردن صباح اليوم فتح المعبر الجبلي أمام المسافرين وشاحنات البضائع بعد صيانة طويلة.
وقالت إدارة المعبر في بيان إن مئتي شاحنة عبرت الحدود في الساعات الثلاث الأولى من الصباح.
وأوضح البيان أن ساحة التفتيش الجديدة تتسع لثمانين شاحنة في وقت واحد.
وتوقع تجار في درعا أن تنخفض أسعار الخضراوات في أسواق دمشق خلال أيام قليلة."""
RATES = """قرر البنك المركزي المصري اليوم تثبيت أسعار الفائدة للمرة الثالثة على التوالي هذا العام.
وقال البنك في القاهرة إن التضخم تراجع في الشهر الماضي إلى أدنى مستوى له منذ عامين."""
MATCH = """فاز منتخب تونس لكرة القدم على منتخب الجزائر مساء أمس بهدف وحيد في مباراة ودية.
وسجل اللاعب الشاب هدف الفوز قبل نهاية المباراة بدقيقتين أمام ثلاثين ألف متفرج."""


@dataclass
class Newsroom:
    """Everything that answers need, on one database."""

    storage: Storage
    desk: Desk
    reading: Reading
    subscribing: Subscribing
    helping: Helping
    pressing: Pressing

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

    async def press(self, data: str, **fields: object) -> Reply:
        return await self.pressing.press(await self.ask(**fields), data)


def action_of(reply: Reply, label: str) -> str:
    """The data of the button with this label, marks aside."""
    found = [b.action for row in reply.buttons for b in row if label in b.label]
    assert found, f"no button {label!r} among {[b.label for row in reply.buttons for b in row]}"
    return found[0]


def labels(reply: Reply) -> Sequence[str]:
    return [button.label for row in reply.buttons for button in row]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Nothing stored yet."""
    storage = await open_storage(f"sqlite:///{tmp_path}/mojaz.db", lambda: NOW)
    desk = Desk(storage.articles, storage.chats, lexicon.load(), CATALOGUE, "Africa/Cairo", time(8))
    reading, subscribing = Reading(desk), Subscribing(desk)
    helping = Helping(desk, reading, subscribing)
    yield Newsroom(
        storage, desk, reading, subscribing, helping, Pressing(desk, reading, subscribing, helping)
    )
    await storage.close()


@pytest.fixture
async def news(empty: Newsroom) -> Newsroom:
    """Three reports of one day."""
    url = "https://news.example/"
    await empty.publish("سوريا تعيد فتح المعبر الجبلي", CROSSING, source="وكالة الأنباء", url=url + "1")
    await empty.publish("مصر تثبت أسعار الفائدة", RATES, source="Daily News", url=url + "2", minutes=60)
    await empty.publish("تونس تفوز على الجزائر", MATCH, source="صحيفة الملاعب", minutes=90)
    return empty

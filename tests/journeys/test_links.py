"""Links that readers and admins send: their pages are read, from this machine alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from sites import served

from bot.sandbox.emulator import Emulator

SENTENCES = [
    "افتتحت وزيرة الري السودانية صباح اليوم سدا صغيرا على نهر عطبرة بعد أربع سنوات من العمل.",
    "وتقول الوزارة إن السد يخزن مياه الأمطار لثلاثين قرية كانت تشتري الماء في الصيف.",
    "وشارك في البناء ستمئة عامل من أبناء المنطقة، وبلغت كلفته أربعين مليون جنيه.",
    "ويبدأ ضخ المياه إلى القرى الثلاثين في الشهر المقبل بعد فحص الأنابيب الجديدة.",
    "وتنوي الوزارة بناء سدين آخرين على روافد النهر قبل نهاية العام المقبل.",
    "وقال سكان القرى إنهم ينتظرون الماء منذ أن وعدتهم به الحكومة قبل عشر سنوات.",
]
RELATED = "نجم الكرة يعود إلى ناديه القديم بعد غياب طويل"


async def page(request: web.Request) -> web.Response:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return web.Response(
        text="<html><head><title>سد جديد على نهر عطبرة</title></head><body>"
        f"<article><h1>سد جديد على نهر عطبرة</h1>{paragraphs}</article>"
        f"<aside><h3>اقرأ أيضا</h3><ul><li><a href='/2'>{RELATED}</a></li></ul></aside></body></html>",
        content_type="text/html",
    )


async def feed(request: web.Request) -> web.Response:
    item = f"<item><title>سد جديد</title><guid>1</guid><description>{SENTENCES[0]}</description></item>"
    rss = f"<rss version='2.0'><channel><title>صحيفة السد</title>{item}</channel></rss>"
    return web.Response(text=rss, content_type="application/rss+xml")


@pytest.fixture
async def paper() -> AsyncIterator[str]:
    """A site with one article and a feed; it gives the article's address."""
    async with served({"/dam": page, "/rss": feed}) as url:
        yield f"{url}/dam"


async def settled(chat, part: str) -> str:
    while part not in (message := await chat.next_change(30)).text:
        pass
    return message.text


async def test_a_reader_gets_a_links_article_in_short(emulator: Emulator, start, paper: str) -> None:
    await start(FETCH_ALLOW_PRIVATE="1")
    reader = emulator.private("reader")
    await reader.say(f"{paper}?utm_source=share")
    text = await settled(reader, "سد جديد")
    assert SENTENCES[0] in text
    assert RELATED not in text


async def test_pages_that_never_end_hold_up_those_alone_who_sent_them(
    emulator: Emulator, start, paper: str
) -> None:
    ended = asyncio.Event()

    async def endless(request: web.Request) -> web.Response:
        await ended.wait()
        return web.Response(text="")

    await start(FETCH_ALLOW_PRIVATE="1")
    async with served({"/drip": endless}) as url:
        for number in range(40):
            emulator.add_private(9_000 + number, f"visitor {number}")
            await emulator.private(f"visitor {number}").say(f"/summarize {url}/drip")
        reader = emulator.private("reader")
        try:
            assert "/latest" in (await reader.ask("/help", timeout=10)).text
        finally:
            ended.set()


async def test_an_admin_takes_a_links_article_in(emulator: Emulator, start, paper: str) -> None:
    await start(FETCH_ALLOW_PRIVATE="1")
    desk = emulator.private("admin")
    await desk.say(f"/ingest {paper}#comments")
    await settled(desk, "سد جديد")
    shown = await desk.ask("/latest")
    assert "سد جديد" in shown.text
    assert paper in shown.links
    await desk.say(f"/ingest {paper}?utm_campaign=again")
    await settled(desk, "معروف")
    assert RELATED not in (await desk.ask("/latest")).text


async def test_a_feeds_link_is_said_to_be_one_and_added_with_one_tap(
    emulator: Emulator, start, paper: str
) -> None:
    await start(FETCH_ALLOW_PRIVATE="1")
    link = paper.replace("/dam", "/rss")
    reader, desk = emulator.private("reader"), emulator.private("admin")
    await reader.say(link)
    assert "أرسل رابط مقال واحد" in await settled(reader, "خلاصة أخبار")
    await desk.say(f"/ingest {link}")
    while "لا مقال" not in (message := await desk.next_change(30)).text:
        pass
    await desk.press(message, "أضف هذه الخلاصة")
    assert "مقال جديد واحد" in await settled(desk, "صحيفة السد")


async def test_a_private_link_is_refused_where_the_operator_did_not_open_them(
    emulator: Emulator, start, paper: str
) -> None:
    await start()
    desk = emulator.private("admin")
    await desk.say(f"/ingest {paper}")
    assert await settled(desk, "الرابط")
    assert "سد جديد" not in (await desk.ask("/latest")).text


async def test_the_open_door_is_said_at_the_start(start) -> None:
    program = await start(FETCH_ALLOW_PRIVATE="1")
    assert any("private_addresses_open" in line for line in program.output)
    await program.stop()
    again = await start()
    assert not any("private_addresses_open" in line for line in again.output)

"""Feeds through the whole program: added, listed, read, removed, undone, checked, out and in as OPML.

Every address that the bot is told here is on this machine, and nothing here presses the button of the
ready list: the running bot would ask real sites.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from sites import served

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation, Shown

BOT = "@mojaz_sandbox_bot"
MARKET = "افتتاح السوق القديم بعد ترميمه"
BRIDGE = "إغلاق الجسر الكبير أمام الشاحنات"
LIGHTS = "إنارة الطريق الساحلي كله"
CUP = "فوز فريق المدينة بالكأس"
SUMMIT = "قمة في العاصمة عن المياه"
TEXTS = {
    MARKET: "عاد مئة تاجر صباح اليوم إلى دكاكينهم تحت السقف الخشبي الجديد في وسط المدينة.",
    BRIDGE: "تسلك الشاحنات طريق الميناء شهرين إلى أن ينتهي المهندسون من فحص الأعمدة.",
    LIGHTS: "ركبت شركة الكهرباء أربعمئة مصباح بين المنارة والمطار.",
    CUP: "سجل اللاعب الشاب هدفين قبل نهاية المباراة أمام ثلاثين ألف متفرج.",
    SUMMIT: "وصل وزراء ست دول لبحث تقاسم النهر في سنوات الجفاف.",
}


def rss(name: str, *titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><guid>{name}-{title}</guid><description>"
        f"{TEXTS[title]}</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>"


@dataclass
class Site:
    """A site with feeds; what it holds may change, and an empty page is gone for good."""

    url: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    """Answers wait for it."""

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        self.asked.append(request.path)
        await self.held.wait()
        text = self.pages.get(request.path)
        if text is None or not text:
            return web.Response(status=404 if text is None else 410)
        kind = "text/html" if text.startswith("<html") else "application/rss+xml"
        return web.Response(text=text, content_type=kind)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    made.held.set()
    made.pages["/rss"] = rss("صحيفة الحي", MARKET, BRIDGE)
    made.pages["/sport.xml"] = rss("صحيفة الملاعب", CUP)
    made.pages["/world.xml"] = rss("صحيفة العالم", SUMMIT)
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='/{name}.xml'>"
        for name in ("sport", "world")
    )
    made.pages["/"] = f"<html><head>{links}</head><body>صفحة أولى</body></html>"
    async with served({"/{path:.*}": made.answer}) as made.url:
        yield made
        made.held.set()


@pytest.fixture
async def desk(emulator: Emulator, start: Any) -> Conversation:
    """The admin's private chat with a bot that may read this machine."""
    await start(FETCH_ALLOW_PRIVATE="1")
    return emulator.private("admin")


async def settled(chat: Conversation, part: str) -> Shown:
    """The bot's next message or edit that holds `part`."""
    while part not in (message := await chat.next_change(30)).text:
        pass
    return message


async def added(chat: Conversation, site: Site, path: str = "/rss") -> Shown:
    chat.skip()
    await chat.say(f"/addfeed {site.url}{path}")
    return await settled(chat, "أُضيفت")


async def pressed(chat: Conversation, message: Shown, label: str, part: str = "") -> Shown:
    chat.skip()
    await chat.press(message, label)
    return await settled(chat, part)


async def test_a_feed_is_added_listed_read_removed_undone_and_checked(
    desk: Conversation, site: Site
) -> None:
    card = await added(desk, site)
    assert "مقالان جديدان" in card.text
    listed = await desk.ask("/feeds")
    assert ("صحيفة الحي" in listed.text, "مقالان" in listed.text) == (True, True)
    latest = await desk.ask("/latest")
    assert (MARKET in latest.text, BRIDGE in latest.text) == (True, True)
    card = await pressed(desk, listed, "1", "رقم الخلاصة")
    gone = await pressed(desk, card, "أزلها", "أُزيلت")
    assert "لا خلاصات بعد" in (await desk.ask("/feeds")).text
    assert MARKET in (await desk.ask("/latest")).text
    back = await pressed(desk, gone, "تراجع", "عادت الخلاصة")
    site.pages["/rss"] = rss("صحيفة الحي", MARKET, BRIDGE, LIGHTS)
    await pressed(desk, back, "اقرأها الآن", "قُرئت الآن")
    assert LIGHTS in (await desk.ask("/latest")).text


async def test_commands_by_number_do_the_same(desk: Conversation, site: Site) -> None:
    await added(desk, site)
    await desk.say("/checkfeed ١")
    await settled(desk, "لا جديد فيها")
    assert "أُزيلت" in (await desk.ask("/removefeed ١")).text
    assert "لا خلاصة بالرقم 9" in (await desk.ask("/removefeed 9")).text
    assert "اكتب رقم" in (await desk.ask("/checkfeed")).text
    assert "لإضافة خلاصة" in (await desk.ask("/addfeed")).text


async def test_a_page_offers_its_feeds_and_each_is_added_by_its_button(
    desk: Conversation, site: Site
) -> None:
    await desk.say(f"/addfeed {site.url}/")
    offered = await settled(desk, "تدل هذه الصفحة على خلاصتين")
    labels = [button.text for button in offered.buttons if "أضف" in button.text]
    assert len(labels) == 2
    left = await pressed(desk, offered, labels[0], "ومما دلت عليه الصفحة")
    await pressed(desk, left, labels[1], "أُضيفت")
    listed = await desk.ask("/feeds")
    assert ("صحيفة الملاعب" in listed.text, "صحيفة العالم" in listed.text) == (True, True)


async def test_each_button_pressed_twice_does_no_harm(desk: Conversation, site: Site) -> None:
    card = await added(desk, site)
    remove = card.button("أزلها").data
    for _ in range(2):
        assert "أُزيلت" in (await desk.press_data(card.id, remove)).text
    gone = await desk.ask("/removefeed 1")
    undo = gone.button("تراجع").data
    for _ in range(2):
        await desk.press_data(gone.id, undo)
    await settled(desk, "رقم الخلاصة 1")
    assert "خلاصة واحدة" in (await desk.ask("/feeds")).text
    await desk.press_data(card.id, "1|F|c|99|0")
    assert "لم تعد هذه الخلاصة" in (await desk.press_data(card.id, "1|F|c|99|0")).text
    assert "لم يعد يعمل" in (await desk.press_data(card.id, "1|F|c|0x1|0")).text


async def test_admins_are_told_of_a_feed_that_is_gone_and_bring_it_back_from_there(
    desk: Conversation, site: Site
) -> None:
    await added(desk, site)
    site.pages["/rss"] = ""
    desk.skip()
    await desk.say("/checkfeed 1")
    told = await settled(desk, "خلاصة أزالها موقعها")
    site.pages["/rss"] = rss("صحيفة الحي", MARKET, BRIDGE, LIGHTS)
    await pressed(desk, told, "اقرأها الآن", "قُرئت الآن: مقال جديد واحد")
    assert LIGHTS in (await desk.ask("/latest")).text


async def test_nobody_else_sees_or_presses(
    emulator: Emulator, desk: Conversation, site: Site, menus_set: Any
) -> None:
    await desk.ask("/start")
    await menus_set()
    reader = emulator.private("reader")
    for command in ("/feeds", f"/addfeed {site.url}/rss", "/removefeed 1", "/checkfeed 1"):
        assert "لمديري البوت" in (await reader.ask(command)).text
    assert not {"feeds", "addfeed"} & {*reader.commands}
    await added(desk, site)
    in_group = emulator.group("admin")
    shown = await in_group.ask(f"/feeds{BOT}")
    assert "/rss" not in shown.text
    member = emulator.group("reader")
    for code in ("l|0", "c|1|0", "r|1|0", "x|1|0", "u|1|0", "a|1|", "e|", "h|"):
        answer = await member.press_data(shown.id, f"1|F|{code}")
        assert ("لمديري البوت" in answer.text, answer.alert) == (True, True), code
    assert "صحيفة الحي" in (await desk.ask("/feeds")).text
    assert site.asked == ["/rss"]


async def test_the_list_goes_out_and_comes_in_as_a_document(desk: Conversation, site: Site) -> None:
    for path in ("/rss", "/sport.xml"):
        await added(desk, site, path)
    listed = await desk.ask("/feeds")
    desk.skip()
    await desk.press(listed, "صدّر القائمة")
    file = await desk.next_message()
    assert file.file_name.endswith(".opml")
    for path in ("/rss", "/sport.xml"):
        assert f"{site.url}{path}".encode() in file.content
    for number in (1, 2):
        await desk.ask(f"/removefeed {number}")
    desk.skip()
    await desk.send_document("list.opml", file.content, caption="/addfeed")
    back = await settled(desk, "عادت وقُرئت")
    assert "خلاصتان" in back.text
    assert "صحيفة الملاعب" in (await desk.ask("/feeds")).text


async def test_a_list_is_taken_in_by_replying_to_it(desk: Conversation, site: Site) -> None:
    opml = f"<opml version='2.0'><body><outline xmlUrl='{site.url}/rss'/></body></opml>".encode()
    file = await desk.send_document("list.opml", opml)
    await desk.next_message()
    await desk.say("/addfeed", reply_to=file)
    assert "مقالان جديدان" in (await settled(desk, "أُضيفت")).text


async def test_a_list_that_is_ingested_adds_its_feeds(desk: Conversation, site: Site) -> None:
    opml = f"<opml version='2.0'><body><outline xmlUrl='{site.url}/rss'/></body></opml>".encode()
    await desk.send_document("list.opml", opml, caption="/ingest")
    assert "مقالان جديدان" in (await settled(desk, "أُضيفت")).text


async def test_what_is_no_feed_is_told_and_not_kept(desk: Conversation, site: Site) -> None:
    for words, said in (
        (f"{site.url}/nothing", "(404)"),
        ("ftp://127.0.0.1/rss", "ليس رابطًا"),
        ("صحيفة الحي", "لا أجد رابطًا"),
    ):
        await desk.say(f"/addfeed {words}")
        await settled(desk, said)
    assert "لا خلاصات بعد" in (await desk.ask("/feeds")).text


async def test_private_addresses_are_refused_where_they_are_not_opened(
    emulator: Emulator, start: Any, site: Site
) -> None:
    await start()
    desk = emulator.private("admin")
    await desk.say(f"/addfeed {site.url}/rss")
    await settled(desk, "شبكة خاصة")
    assert site.asked == []


async def test_a_kill_while_a_feed_is_read_loses_nothing(
    emulator: Emulator, start: Any, site: Site
) -> None:
    program = await start(FETCH_ALLOW_PRIVATE="1")
    desk = emulator.private("admin")
    site.held.clear()
    await desk.say(f"/addfeed {site.url}/rss")
    async with asyncio.timeout(15):
        while "/rss" not in site.asked:
            await asyncio.sleep(0.05)
    await program.kill()
    site.held.set()
    await program.start(FETCH_ALLOW_PRIVATE="1")
    # what the killed bot held is released: the feed is read at once, by the answer or before it
    assert "أُضيفت الخلاصة وقُرئت" in (await settled(desk, "أُضيفت الخلاصة")).text
    with pytest.raises(TimeoutError):
        await desk.next_message(2)
    assert "خلاصة واحدة" in (await desk.ask("/feeds")).text
    assert MARKET in (await desk.ask("/latest")).text


async def test_a_feed_that_a_killed_bot_was_reading_is_read_as_soon_as_it_is_back(
    emulator: Emulator, start: Any, site: Site
) -> None:
    program = await start(FETCH_ALLOW_PRIVATE="1")
    desk = emulator.private("admin")
    await desk.say(f"/addfeed {site.url}/rss")
    await settled(desk, "أُضيفت الخلاصة")
    site.held.clear()
    await desk.say("/checkfeed 1")
    async with asyncio.timeout(15):
        while site.asked.count("/rss") < 2:
            await asyncio.sleep(0.05)
    await program.kill()
    site.pages["/rss"] = rss("صحيفة الحي", MARKET, BRIDGE, LIGHTS)
    site.held.set()
    await program.start(FETCH_ALLOW_PRIVATE="1")
    async with asyncio.timeout(20):
        while LIGHTS not in (await desk.ask("/latest")).text:
            await asyncio.sleep(0.2)

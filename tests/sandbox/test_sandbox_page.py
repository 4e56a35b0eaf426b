"""The chat page: who may ask it, and what a person sees and does on it in Chromium."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.sandbox.emulator import Emulator
from bot.sandbox.limits import Limits
from bot.sandbox.people import READER

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync"""
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=x) for x in ("التالي", "تنبيه")]])
QUOTE = "<blockquote expandable>" + "سطر طويل من الاقتباس.\n" * 6 + "</blockquote>"


async def answer(bot: Bot, update: Update) -> None:
    """A small bot: /start greets, a file is told by name, anything else comes back as it is."""
    if query := update.callback_query:
        await query.answer("انتبه", show_alert=query.data == "تنبيه")
        if query.data == "التالي":
            await query.edit_message_text("الصفحة 2", reply_markup=KEYS)
        return
    message = update.effective_message
    text = message.text or message.caption or ""
    if text.startswith("/start"):
        await bot.send_message(message.chat_id, f"<b>أهلًا</b> {QUOTE}", "HTML", reply_markup=KEYS)
    elif message.document:
        await bot.send_message(message.chat_id, f"وصل {message.document.file_name}: {text}")
    else:
        await bot.send_message(message.chat_id, text)


async def serve(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("latest", "آخر الأخبار"), BotCommand("topic", "موضوع")])
    await bot.set_my_description("بوت صغير للاختبار")
    offset = 0
    while True:
        for update in await bot.get_updates(offset, timeout=10):
            offset = update.update_id + 1
            await answer(bot, update)


@pytest.fixture
def emulator() -> Emulator:
    """With room for quick hands."""
    return Emulator("42:sandbox-token", limits=Limits(chat_burst=100))


@pytest.fixture
async def page(url: str, bot: Bot) -> AsyncIterator[Page]:
    """The page at 390 pixels, with the small bot behind it; an error in its console fails the test."""
    if not os.path.exists(CHROMIUM):  # noqa: ASYNC240 - one look before anything runs
        assert not os.environ.get("CI"), "Chromium is missing"
        pytest.skip("Chromium is missing")
    serving = asyncio.create_task(serve(bot))
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        await page.goto(f"{url}/#reader/{READER}")
        yield page
        await browser.close()
    serving.cancel()
    ended = await asyncio.gather(serving, return_exceptions=True)
    assert isinstance(ended[0], asyncio.CancelledError)
    assert errors == []


@pytest.mark.browser
async def test_a_reader_starts_presses_and_reads(page: Page) -> None:
    await expect(page.get_by_text("بوت صغير للاختبار")).to_be_visible()
    await page.get_by_role("button", name="ابدأ").click()
    quote = page.locator("blockquote")
    await expect(quote).to_have_class("folded")
    await page.get_by_label("عرض الاقتباس كاملًا").click()
    await expect(quote).to_have_class("")
    await page.get_by_role("button", name="تنبيه").click()
    await expect(page.get_by_role("dialog")).to_contain_text("انتبه")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="التالي").click()
    await expect(page.locator(".row").last).to_contain_text("الصفحة 2")
    await expect(page.locator(".meta").last).to_contain_text("عُدّلت")


@pytest.mark.browser
async def test_commands_are_offered_and_chosen_with_the_keyboard(page: Page) -> None:
    await page.get_by_role("button", name="ابدأ").click()
    field = page.get_by_label("رسالة", exact=True)
    await field.press_sequentially("/")
    await expect(page.get_by_role("option")).to_have_text(["/latestآخر الأخبار", "/topicموضوع"])
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(page.locator(".row.out").last).to_contain_text("/topic")


@pytest.mark.browser
async def test_markup_in_a_text_stays_a_text(page: Page) -> None:
    await page.get_by_role("button", name="ابدأ").click()
    field = page.get_by_label("رسالة", exact=True)
    await field.fill("<img src=x onerror=alert(1)> <b>x</b>")
    await field.press("Enter")
    await expect(page.locator(".row:not(.out)").last).to_contain_text(
        "<img src=x onerror=alert(1)> <b>x</b>"
    )
    assert await page.locator("#messages img, #messages b").count() == 0


@pytest.mark.browser
async def test_a_file_goes_with_its_caption(page: Page) -> None:
    await page.get_by_role("button", name="ابدأ").click()
    file: Any = {"name": "خبر.txt", "mimeType": "text/plain", "buffer": b"x"}
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_label("التعليق").fill("/ingest")
    await page.get_by_label("التعليق").press("Enter")
    await expect(page.locator(".row").last).to_contain_text("وصل خبر.txt: /ingest")


@pytest.mark.browser
async def test_a_deep_link_starts_the_bot_and_others_are_asked_about(page: Page) -> None:
    await page.get_by_role("button", name="ابدأ").click()
    field = page.get_by_label("رسالة", exact=True)
    for link in ("https://t.me/mojaz_sandbox_bot?start=a_7", "https://example.org/x"):
        await field.fill(link)
        await field.press("Enter")
        await page.locator(".row:not(.out) a", has_text=link).click()
    await expect(page.get_by_role("dialog")).to_contain_text("https://example.org/x")
    await expect(page.locator(".row.out", has_text="/start a_7")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
async def test_bubbles_keep_their_sides_and_nothing_overflows(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.get_by_role("button", name="ابدأ").click()
    theirs, mine = page.locator(".row:not(.out) .bubble").last, page.locator(".row.out .bubble").first
    left, right = await theirs.bounding_box(), await mine.bounding_box()
    assert left is not None
    assert right is not None
    frame = await page.locator("#messages").bounding_box()
    assert frame is not None
    assert left["x"] - frame["x"] < 20
    assert frame["x"] + frame["width"] - right["x"] - right["width"] < 20
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/", "/sandbox/api/state?as=reader", "/sandbox/api/calls"])
async def test_another_host_name_is_turned_away(url: str, path: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(url + path, headers={"Host": "evil.example"}) as refused:
            assert refused.status == 403
        async with session.get(url + path) as answered:
            assert answered.status == 200
            assert "Access-Control-Allow-Origin" not in answered.headers


async def test_an_act_without_its_header_changes_nothing(emulator: Emulator, url: str) -> None:
    act = {"as": "reader", "chat": READER, "text": "سلام"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{url}/sandbox/api/say", json=act) as refused:
            assert refused.status == 403
        assert emulator.private("reader").messages == []
        headers = {"X-Mojaz-Sandbox": "1"}
        async with session.post(f"{url}/sandbox/api/say", json=act, headers=headers) as taken:
            assert (await taken.json())["text"] == "سلام"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", {"as": "nobody", "chat": READER, "text": "x"}, 400),
        ("say", {"as": "second", "chat": READER, "text": "x"}, 409),
        ("say", {"as": "reader", "chat": READER, "text": "  "}, 409),
        ("say", ["no object"], 400),
        ("forward", {"as": "reader", "chat": READER, "from_chat": READER, "message": 9}, 409),
        ("delay", {"seconds": "long"}, 400),
    ],
)
async def test_what_cannot_be_done_is_said(url: str, path: str, body: Any, status: int) -> None:
    headers = {"X-Mojaz-Sandbox": "1"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/sandbox/api/{path}", json=body, headers=headers) as answered,
    ):
        assert answered.status == status
        assert (await answered.json())["error"]


async def test_a_sent_page_is_handed_over_for_saving_not_shown(emulator: Emulator, url: str) -> None:
    sent = await emulator.private("reader").send_document("صفحة.html", b"<script>alert(1)</script>")
    file = sent.json["document"]["file_id"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}/sandbox/api/file/{file}") as answered,
    ):
        assert answered.content_type == "application/octet-stream"
        assert answered.headers["Content-Disposition"].startswith("attachment")
        assert answered.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_sandbox_stops_at_once_though_a_page_listens(emulator: Emulator) -> None:
    async with aiohttp.ClientSession() as session:
        async with emulator.serve() as url:
            listening = await session.get(f"{url}/sandbox/api/events?as=reader&after=0")
            assert (await listening.content.readline()).startswith(b"retry")
            started = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - started < 0.9
        listening.close()

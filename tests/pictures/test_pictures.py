"""The first minute, a list, a card, a digest and the settings, as a newcomer's telephone shows them.

`WRITE_PICTURES=1 pytest -m slow tests/pictures/test_pictures.py` plays the sandbox with its sample
articles and writes docs/*.png. Without that it only plays them and looks at the boxes of the letters.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page

from bot.texts import direction

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS = Path(__file__).parents[2] / "docs"
TELEPHONE = {"width": 412, "height": 892}
DESKTOP = {"width": 1180, "height": 1060}


@pytest.fixture
async def telephone(address: str, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=TELEPHONE, device_scale_factor=1.5, locale="ar")
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_text("موجز").first.wait_for()
    yield page
    await context.close()


def last(page: Page) -> Locator:
    """The bot's newest message."""
    return page.locator(".row:not(.out)").last


async def say(page: Page, words: str) -> Locator:
    before = await page.locator(".row:not(.out)").count()
    box = page.locator("textarea").last
    await box.fill(words)
    await box.press("Enter")
    await page.locator(".row:not(.out)").nth(before).wait_for(timeout=15_000)
    return last(page)


async def press(page: Page, label: str, shows: str) -> Locator:
    """The newest message once it holds `shows` after a button of it was pressed."""
    await last(page).get_by_role("button", name=re.compile(label)).first.click()
    await page.locator(".row:not(.out)", has_text=shows).last.wait_for(timeout=15_000)
    return last(page)


async def picture(page: Page, name: str, *, from_top: bool = False) -> None:
    """The screen, with the newest message's end or its beginning in sight."""
    message = last(page)
    if from_top:
        await message.evaluate("row => row.scrollIntoView({block: 'start'})")
    else:
        await message.evaluate("row => row.scrollIntoView({block: 'end'})")
    await page.mouse.move(0, 0)
    await asyncio.sleep(0.4)
    if os.environ.get("WRITE_PICTURES"):
        await page.screenshot(path=DOCS / f"{name}.png")


async def check(message: Locator, boxes: Any) -> None:
    """Each line runs from the right: what begins a row stands right of what ends it."""
    lines: Sequence[Sequence[Any]] = await boxes(message.locator(".text").first)
    assert lines
    for line in lines:
        text = "".join(box.character for box in line)
        assert direction.first_strong(text) == "R" or not text.strip(), text
        seen = [box for box in line if box.right > box.left and not box.character.isspace()]
        row = [box for box in seen if abs(box.middle - seen[0].middle) < 8]
        is_foreign = all(direction.first_strong(box.character) != "R" for box in row)
        assert is_foreign or len(row) < 2 or row[-1].left < row[0].left, text


async def test_the_first_minute(telephone: Page, boxes: Any) -> None:
    await telephone.get_by_text("موجز").first.click()
    await telephone.get_by_role("button", name="ابدأ").first.click()
    await telephone.locator(".row:not(.out)", has_text="أهلًا بك في موجز").last.wait_for()
    await picture(telephone, "start")
    await check(last(telephone), boxes)
    await check(await press(telephone, "اشترك", "في أي ساعة تريد الموجز"), boxes)
    await picture(telephone, "start-time")
    await check(await press(telephone, "^07:00", "الساعة عندك الآن"), boxes)
    await picture(telephone, "start-zone")
    await press(telephone, "غيّر التوقيت", "في أي بلد أنت")
    await press(telephone, "سوريا", "دمشق")
    await check(await press(telephone, "نعم", "كل شيء جاهز"), boxes)
    await picture(telephone, "start-done")


async def test_a_list_a_card_a_digest_and_the_settings(telephone: Page, boxes: Any) -> None:
    await telephone.get_by_text("موجز").first.click()
    await telephone.get_by_role("button", name="ابدأ").first.click()
    await telephone.locator(".row:not(.out)", has_text="أهلًا بك في موجز").last.wait_for()
    await check(await say(telephone, "/latest"), boxes)
    await picture(telephone, "list")
    await check(await press(telephone, "^1$", "المصادر"), boxes)
    await picture(telephone, "card")
    await check(await say(telephone, "/digest"), boxes)
    await picture(telephone, "digest", from_top=True)
    await check(await say(telephone, "/settings"), boxes)
    await picture(telephone, "settings")
    await check(await press(telephone, "أيام الموجز", "في أي الأيام"), boxes)
    await check(await say(telephone, "/topics"), boxes)
    await check(await say(telephone, "/help"), boxes)


async def test_the_picture_of_the_readme(address: str, browser: Browser, boxes: Any) -> None:
    page = await browser.new_page(viewport=DESKTOP)
    await page.goto(address)
    await page.get_by_role("button", name="ابدأ").first.click()
    await page.locator(".row:not(.out)", has_text="أهلًا بك في موجز").last.wait_for()
    await say(page, "/latest")
    await check(await press(page, "^1$", "المصادر"), boxes)
    await check(await say(page, "/latest"), boxes)
    await picture(page, "sandbox")
    await page.close()

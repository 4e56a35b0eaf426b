"""A newcomer's journey: no token, one command, a page in the browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from browsing import chromium, sandbox
from playwright.async_api import Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with chromium() as browser, sandbox(tmp_path) as address:
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        await page.goto(address)
        yield page


async def say(page: Page, words: str) -> None:
    box = page.locator("textarea").last
    await box.fill(words)
    await box.press("Enter")


async def shows(page: Page, words: str) -> None:
    await page.locator(".bubble", has_text=words).last.wait_for(timeout=10_000)


async def test_a_newcomer_reads_the_samples_and_their_digest(page: Page) -> None:
    await page.get_by_role("button", name="ابدأ").first.click()
    await shows(page, "أهلًا بك في موجز")
    await say(page, "/latest")
    await shows(page, "البنك المركزي المصري يثبت أسعار الفائدة")
    await say(page, "/topic syria")
    await shows(page, "210 شاحنات تعبر نصيب")
    await say(page, "/digest")
    await shows(page, "هذا كل شيء")


async def test_an_admin_takes_a_document_in(page: Page, tmp_path: Path) -> None:
    document = tmp_path / "library.txt"
    document.write_text(
        "مصر تفتتح مكتبة جديدة في الأقصر\n\n"
        "افتتحت وزارة الثقافة المصرية اليوم مكتبة عامة جديدة في مدينة الأقصر تضم مئة ألف كتاب."
    )
    await page.get_by_text("مشرف").first.click()
    await page.locator("[data-key=admin][aria-checked=true]").wait_for()
    await page.get_by_role("button", name="ابدأ").first.click()
    await page.set_input_files("input[type=file]", str(document))
    await page.get_by_label("التعليق").fill("/ingest")
    await page.get_by_role("button", name="إرسال").last.click()
    await shows(page, "مصر تفتتح مكتبة جديدة في الأقصر")


async def test_a_press_before_the_other_person_is_there_is_that_of_the_one_shown(page: Page) -> None:
    """Nobody writes in the name of a person whose chats are not on the page yet."""
    held = asyncio.Event()

    async def late(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/sandbox/api/state?as=admin", late)
    await page.get_by_text("مشرف").first.click()
    await page.get_by_role("button", name="ابدأ").first.click()
    await shows(page, "أهلًا بك في موجز")
    held.set()
    await page.locator("[data-key=admin][aria-checked=true]").wait_for()
    await page.get_by_role("button", name="ابدأ").first.wait_for()

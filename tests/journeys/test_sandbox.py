"""A newcomer's journey: no token, one command, a page in the browser."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"), reason="Chromium is not installed"
    ),
]


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where the sandbox says that its page is; it is ended as an operator ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LISTEN": "127.0.0.1:0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    found = re.search(r"http://127\.0\.0\.1:[0-9]+/", line)
    assert found, line
    yield found[0]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 12) == 0


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        await page.goto(address)
        yield page
        await browser.close()


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
    await page.get_by_role("button", name="ابدأ").first.click()
    await page.set_input_files("input[type=file]", str(document))
    await page.get_by_label("التعليق").fill("/ingest")
    await page.get_by_role("button", name="إرسال").last.click()
    await shows(page, "مصر تفتتح مكتبة جديدة في الأقصر")

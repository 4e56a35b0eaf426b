"""What a reader sees, in Chromium: the sandbox as a newcomer starts it, and boxes of letters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import chromium, sandbox
from playwright.async_api import Browser, Locator, Page
from programs import ROOT

# Each line of a text as [character, left, right, middle of its height]; folded quotations are opened.
BOXES = """root => {
  const lines = [];
  let line = [], block = null;
  const end = () => { if (line.length) lines.push(line); line = []; };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const owner = node.parentElement.closest("blockquote, .text, button");
    if (owner !== block) end();
    block = owner;
    let at = 0;
    for (const character of node.data) {
      range.setStart(node, at);
      at += character.length;
      range.setEnd(node, at);
      if (character === "\\n") { end(); continue; }
      const box = range.getBoundingClientRect();
      line.push([character, box.left, box.right, (box.top + box.bottom) / 2]);
    }
  }
  end();
  return lines;
}"""


@dataclass(frozen=True, slots=True)
class Box:
    """A character as it stands on the screen, in pixels from the left and from above."""

    character: str
    left: float
    right: float
    middle: float


Boxes = Callable[[Locator], Awaitable[list[list[Box]]]]


@pytest.fixture
def boxes() -> Boxes:
    """The lines of an element, each with the boxes of its characters in the order of writing."""

    async def read(element: Locator) -> list[list[Box]]:
        lines = await element.evaluate(BOXES)
        return [[Box(*box) for box in line] for line in lines]

    return read


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def paper(browser: Browser) -> Page:
    """An empty page with the chat's own styles, on which nothing is loaded."""
    page = await browser.new_page(viewport={"width": 430, "height": 900})
    styles = "".join((ROOT / f"bot/sandbox/page/{name}.css").read_text() for name in ("layout", "chat"))
    await page.set_content(f"<!doctype html><style>{styles}\n.text, button {{ display: block }}</style>")
    return page


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where the page of a sandbox is."""
    async with sandbox(tmp_path) as page:
        yield page

"""An address → the article that its page holds: fetched, then read in a worker process.

What the web answers is hostile until it is read. How a page is read stands in pages.py.
"""

from __future__ import annotations

from bot.errors import FetchFailed
from bot.intake import pages
from bot.intake.frugal import frugally
from bot.model import Draft, Fetched, FetchRequest
from bot.ports import Fetcher

LARGEST_PAGE = 5_000_000
"""Bytes."""


async def fetched_page(fetcher: Fetcher, url: str, deadline: float) -> Fetched:
    """What the page's address answers, its robots.txt asked first. Raises FetchFailed."""
    fetched = await fetcher.get(FetchRequest(url, most_bytes=LARGEST_PAGE, deadline=deadline))
    if fetched.status >= 400:
        raise FetchFailed(f"the server says {fetched.status}", status=fetched.status)
    return fetched


def read_page(fetched: Fetched) -> Draft:
    """The article of a page, uncleaned; for a worker process under a deadline.

    Raises FeedLink where a feed is there, UnreadablePage where no article is, UnreadableDocument where
    it takes too much memory.
    """
    with frugally():
        return pages.read(fetched.body, fetched.content_type, fetched.url)

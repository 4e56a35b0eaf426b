"""Links and files → the article that they hold, for a summary or for storage.

What the web answers and what a reader sends is hostile until it is read: that happens in a worker
process under a deadline. The way to the web is bot.ports.Fetcher; how a page is read stands in
bot/intake/pages.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from bot.errors import UnreadablePage
from bot.intake import documents
from bot.intake.clean import title_and_body
from bot.intake.frugal import frugally
from bot.intake.links import canonical
from bot.intake.webpages import fetched_page, read_page
from bot.model import Draft, Fetched
from bot.ports import Fetcher, Workers
from bot.summaries.summarise import summarise

T = TypeVar("T")

LARGEST_FILE = 5_000_000
"""Bytes of a reader's file."""
FETCHING, READING = 20.0, 15.0
"""Seconds."""
LINK = 36.0
"""Seconds for all of a link, waiting for a worker process too, so that an answer comes within 45: what
fetching leaves of them is there for waiting."""
WAITING = 15.0
"""Seconds that the reading of a file may wait for a worker process: it was downloaded before."""

_SENTENCES = 4
_LONGEST_TEXT = 100_000
"""Characters that are weighed for a summary: news is shorter, and a book's beginning tells enough."""


@dataclass(frozen=True, slots=True)
class Abridged:
    """An article in a few of its sentences."""

    title: str
    url: str
    sentences: tuple[str, ...]
    words_from: int
    words_to: int


@dataclass(frozen=True, slots=True)
class Linking:
    """Opens what a reader or an admin points at."""

    workers: Workers
    fetcher: Fetcher | None = None
    monotonic: Callable[[], float] = monotonic
    """Seconds that never go back."""

    @property
    def opens_links(self) -> bool:
        return self.fetcher is not None

    async def page(self, url: str) -> Draft:
        """The article behind a link, uncleaned.

        Raises FetchFailed where the address does not answer, UnreadablePage where no article is there,
        WorkerFailed where reading it takes too long, Busy where no process is free in time.
        """
        return await self._read(url, read_page)

    async def link_in_short(self, url: str) -> Abridged:
        """The article behind a link in a few sentences; raises as `page` does."""
        return await self._read(url, _page_in_short)

    async def file_in_short(self, name: str, content: bytes) -> Abridged:
        """The one article of a file in a few sentences.

        Raises UnreadableDocument, ManyArticles, WorkerFailed or Busy.
        """
        return await self.workers.run(_file_in_short, name, content, deadline=READING, patience=WAITING)

    async def _read(self, url: str, reading: Callable[[Fetched], T]) -> T:
        ends = self.monotonic() + LINK
        fetched = await self._fetched(url)
        left = max(0.0, ends - READING - self.monotonic())
        return await self.workers.run(reading, fetched, deadline=READING, patience=left)

    async def _fetched(self, url: str) -> Fetched:
        address = canonical(url)
        if self.fetcher is None or address is None:
            raise UnreadablePage(f"no address that can be opened: {url[:100]}")
        return await fetched_page(self.fetcher, address, FETCHING)


def _page_in_short(fetched: Fetched) -> Abridged:
    return in_short(read_page(fetched))


def _file_in_short(name: str, content: bytes) -> Abridged:
    with frugally():
        draft = documents.text_of(name, content)
    return in_short(draft)


def in_short(draft: Draft) -> Abridged:
    """What surrounds the article is left out first, as where articles are stored."""
    title, body = title_and_body(draft)
    sentences = summarise(body[:_LONGEST_TEXT], title=title, sentences=_SENTENCES)
    return Abridged(
        title=title,
        url=draft.url,
        sentences=tuple(sentences),
        words_from=len(body.split()),
        words_to=sum(len(sentence.split()) for sentence in sentences),
    )

"""A real database file for each test, a clock that stands still until it is moved, and news to store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model import (
    Analysis,
    Article,
    ChooseStory,
    Fingerprint,
    Neighbour,
    NewArticle,
    StoryId,
    TermCounts,
    TopicId,
    TopicWeight,
)
from storage import Storage, open_storage

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@dataclass
class StillClock:
    """Tells the same time until somebody moves it."""

    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **units: float) -> datetime:
        self.time += timedelta(**units)
        return self.time


@dataclass
class Newsroom:
    """Makes articles, each with its own words unless told otherwise."""

    made: int = 0
    now: datetime = field(default=NOON)

    def write(
        self,
        title: str = "",
        *,
        words: str = "",
        topics: Sequence[str] = (),
        terms: Sequence[str] = (),
        hours_ago: float = 0,
        received: datetime | None = None,
        **fields: Any,
    ) -> NewArticle:
        """`words`: the folded words of its body; `terms`: its fingerprint, heaviest first."""
        self.made += 1
        title = title or f"خبر {self.made}"
        published = self.now - timedelta(hours=hours_ago)
        analysis = Analysis(
            summary=(f"جملة أولى من {title}.",),
            topics=tuple(TopicWeight(TopicId(topic), 0.5) for topic in topics),
            fingerprint=Fingerprint.of((term, 1 / place) for place, term in enumerate(terms, 1)),
            words_digest=fields.pop("words_digest", f"digest-{self.made}"),
            search_title=title,
            search_body=words,
        )
        article = Article(title, fields.pop("body", words), published, received or published, **fields)
        return NewArticle(article, analysis)


def alone(_new: Neighbour, _neighbours: Sequence[Neighbour], _counts: TermCounts) -> StoryId | None:
    """Founds a story for each article."""
    return None


def together(_new: Neighbour, neighbours: Sequence[Neighbour], _counts: TermCounts) -> StoryId | None:
    """Joins the nearest neighbour's story, whatever it is."""
    return neighbours[0].story if neighbours else None


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "mojaz.db"


@pytest.fixture
async def storage(file: Path, clock: StillClock) -> AsyncIterator[Storage]:
    storage = await open_storage(f"sqlite:///{file}", clock)
    yield storage
    await storage.close()


@pytest.fixture
def held_terms() -> Callable[[Storage], Awaitable[dict[str, int]]]:
    """How many articles hold each term, as the database says."""

    async def held(storage: Storage) -> dict[str, int]:
        rows = await storage.database.fetch_all(
            "SELECT t.term, c.articles FROM terms AS t JOIN term_counts AS c ON c.id = t.id"
        )
        return {row["term"]: row["articles"] for row in rows if row["articles"]}

    return held


@pytest.fixture(name="alone")
def _alone() -> ChooseStory:
    return alone


@pytest.fixture(name="together")
def _together() -> ChooseStory:
    return together


@pytest.fixture
async def open_again(file: Path, clock: StillClock) -> AsyncIterator[Callable[[], Awaitable[Storage]]]:
    """Opens the same file once more, as another process or a later start does."""
    opened: list[Storage] = []

    async def again() -> Storage:
        opened.append(await open_storage(f"sqlite:///{file}", clock))
        return opened[-1]

    yield again
    for storage in opened:
        await storage.close()

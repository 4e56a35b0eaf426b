"""`mojaz bench stories`: what it costs to find an article's story, by how many are stored around it.

Articles are made of given ones (recombined.py) and stored within the 72 hours that a story reaches; the
database, its index of neighbours and the rule are the bot's own. What an article is told by is worked
out beforehand, in worker processes: the bench of intake (measuring_ingest.py) measures that.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

import bot.stories as stories
from bot.model import Analysis, Article, Draft, Neighbour, NewArticle, Placing, StoryId, TermCounts
from bot.ports import Workers
from bot.verbs.recombined import Made, read_drafts, recombined
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage
from storage.articles import SqlArticles
from storage.filling import Filling
from storage.slicing import Slicing

SIZES = (1_000, 10_000, 100_000)
MEASURED = 500
"""Articles that are then taken in, one after the other, as the newest."""
_WINDOW = timedelta(hours=71)
_AT_ONCE = 25
"""Articles of a transaction: as many as are stored in a slice of intake."""
_BATCH = 500
_PATIENCE = 300.0
"""Seconds: the machine may have other work, and what is worked out here is no stranger's."""
_SEED = 20180514


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured at one size, in seconds and bytes."""

    stored: int
    seconds: Sequence[float]
    """Of each article, its share of its transaction among them."""
    processor: float
    """Of the whole process, an article."""
    memory: int
    """By which the process grew meanwhile, from a new start of its caches."""
    joined: int
    """Articles that joined a story."""


async def bench(news: Path | None, sizes: Sequence[int] = SIZES) -> int:
    """Prints a table with a line for each size."""
    table = Table(
        "stored in 72 h", "p50", "p99", "mean", "processor", "memory", "joined",
        title="Stories: milliseconds an article",
    )  # fmt: skip
    drafts = read_drafts(news, datetime.now(UTC))
    for size in sizes:
        cost = await measure(drafts, size)
        table.add_row(*_cells(cost))
    Console().print(table)
    return 0


def _cells(cost: Cost) -> list[str]:
    ordered = sorted(cost.seconds)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.99))
    mean = sum(ordered) / len(ordered)
    return [
        f"{cost.stored:,}",
        *(f"{value * 1000:.2f}" for value in (p50, p99, mean, cost.processor)),
        f"{cost.memory / 1e6:.0f} MB",
        f"{cost.joined / len(ordered):.0%}",
    ]


async def measure(drafts: Sequence[Draft], size: int, measured: int = MEASURED) -> Cost:
    """Fills a new database with `size` articles of the window, then takes in the newest ones."""
    now = datetime.now(UTC)
    span = _WINDOW * (size + measured) / size
    made = recombined(drafts, size + measured, now - _WINDOW, span, _SEED)
    with tempfile.TemporaryDirectory(prefix="mojaz-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        async with ProcessWorkers(preload=[__name__]) as workers:
            async with opened_storage(url, lambda: datetime.now(UTC)) as storage:
                await _fill(storage, workers, itertools.islice(made, size), size)
            new = [one async for batch in _told(workers, made) for one, _ in batch]
        async with opened_storage(url, lambda: datetime.now(UTC)) as storage:
            return await _measure(storage, new, size)


async def _measure(storage: Storage, new: Sequence[NewArticle], size: int) -> Cost:
    articles = SqlArticles(storage.database, Slicing(most=60.0, gap=0.0, first=_AT_ONCE))
    watch = _Watch()
    gc.freeze()  # as the bot does when it has started (bot/app/parts.py)
    memory, processor = _memory(), time.process_time()
    joined = 0
    for start in range(0, len(new), _AT_ONCE):
        batch = new[start : start + _AT_ONCE]
        watch.begin()
        added = await articles.add(batch, watch.choose)
        watch.end(len(batch))
        joined += sum(one.story < one.id - 1 for one in added)
    spent = (time.process_time() - processor) / len(new)
    return Cost(size, watch.seconds, spent, _memory() - memory, joined)


class _Watch:
    """Notes when the rule was asked: an article's cost runs from the one before it to its own end."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._chosen: list[float] = []
        self._began = 0.0

    def begin(self) -> None:
        self._began, self._chosen = time.perf_counter(), []

    def choose(
        self, new: Neighbour, near: Sequence[Neighbour], counts: TermCounts
    ) -> Placing | StoryId | None:
        chosen = stories.choose(new, near, counts)
        self._chosen.append(time.perf_counter())
        return chosen

    def end(self, articles: int) -> None:
        """What is written when the last one has its story is shared by all of them."""
        ended = time.perf_counter()
        share = (ended - self._chosen[-1]) / articles
        times = itertools.pairwise([self._began, *self._chosen])
        self.seconds += [after - before + share for before, after in times]


# --- articles to store ----------------------------------------------------------------------------


async def _fill(storage: Storage, workers: Workers, made: Iterator[Made], size: int) -> None:
    filling = Filling(storage.database)
    with Progress(transient=True) as bar:
        task = bar.add_task(f"{size:,} articles", total=size)
        async for batch in _told(workers, made):
            await filling.add(batch)
            bar.advance(task, len(batch))


async def _told(
    workers: Workers, made: Iterator[Made]
) -> AsyncIterator[list[tuple[NewArticle, int | None]]]:
    """The articles as they are stored, with the places of those whose event they tell of."""
    pending: list[tuple[asyncio.Task[list[NewArticle]], list[Made]]] = []
    while True:
        while len(pending) < 3 and (batch := list(itertools.islice(made, _BATCH))):
            drafts = [one.draft for one in batch]
            pending.append(
                (asyncio.create_task(workers.run(told_by, drafts, deadline=_PATIENCE)), batch)
            )
        if not pending:
            return
        task, batch = pending.pop(0)
        yield [(new, one.joins) for new, one in zip(await task, batch, strict=True)]


def told_by(drafts: Sequence[Draft]) -> list[NewArticle]:
    """Articles with all that their stories are found by, and nothing else; for a worker process."""
    found = []
    for draft in drafts:
        when = draft.published
        assert when is not None
        analysis = Analysis(
            summary=(),
            topics=(),
            fingerprint=stories.fingerprint(draft.title, draft.text),
            words_digest=stories.words_digest(draft.title, draft.text),
            search_title="",
            search_body="",
            sketch=stories.sketch(draft.title, draft.text),
        )
        article = Article(draft.title, "", when, when, draft.url, draft.source, draft.category)
        found.append(NewArticle(article, analysis))
    return found


def _memory() -> int:
    """Bytes that the process has in memory, where /proc tells it."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE")

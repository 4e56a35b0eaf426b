"""`mojaz bench ingest`: how fast a file of articles is taken in, and how long others wait meanwhile.

The file is made of given articles (recombined.py) and taken in by `mojaz ingest` itself, a process of
its own with all that it does; this process uses the same database as a bot does, reading and writing.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

import bot.stories as stories
from bot.arabic.words import search_terms
from bot.clock import SystemClock
from bot.errors import MojazError
from bot.intake.clean import article
from bot.intake.documents import Document, open_document
from bot.intake.ingest import Ingest, prepare
from bot.model import Article, ChatId, Draft, Lane, NewArticle, OutboxMessage, Selection
from bot.summaries.summarise import summarise
from bot.topics.about import about
from bot.topics.lexicon import load
from bot.verbs.imagined_news import A_DAY
from bot.verbs.recombined import json_lines, read_drafts, recombined
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

ARTICLES = 30_000
_WINDOW = timedelta(hours=71)
"""All of them within the time that a story reaches: each has the most neighbours that it can have."""
_ASKED_EVERY = 0.1
"""Seconds between two readers who ask while articles are taken in."""
_LOOKED_AT = 400
"""Articles whose stages are measured one by one."""
_SEED = 20180515


@dataclass(slots=True)
class Waits:
    """How long others' calls took meanwhile, in seconds."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one intake."""

    articles: int
    seconds: float
    processor: float
    """Seconds of all processes that took part."""
    waits: Waits


async def bench(news: Path | None, articles: int = ARTICLES) -> int:
    """Prints how fast a file is taken in by the command line and inside of a bot, then the stages.

    The file is history, as many articles a day as a large instance gets; one as large whose articles all
    were published within 72 hours follows it, which is the worst for finding stories.
    """
    drafts = read_drafts(news, datetime.now(UTC))
    table = Table(
        "taken in by", "articles", "a second", "processor", "read p50", "longest", "write p50",
        "longest", title="Intake, and what readers wait meanwhile",
    )  # fmt: skip
    console = Console()
    with tempfile.TemporaryDirectory(prefix="mojaz-bench-") as folder:
        file = Path(folder) / "articles.jsonl"
        write_file(file, drafts, articles, _days(articles))
        table.add_row("mojaz ingest", *_cells(await by_command(file, articles)))
        few = min(articles, 5_000)  # a document of a chat has a bound
        write_file(file, drafts, few, _days(few))
        table.add_row("the bot itself", *_cells(await inside(file, few)))
        write_file(file, drafts, articles, _WINDOW)
        table.add_row("mojaz ingest, 72 hours", *_cells(await by_command(file, articles)))
        console.print(table)
        console.print(_stages(file))
    return 0


def _cells(result: Result) -> list[str]:
    return [
        f"{result.articles:,}",
        f"{result.articles / result.seconds:.0f}",
        f"{result.processor / result.articles * 1000:.1f} ms",
        *_waited(result.waits.reads),
        *_waited(result.waits.writes),
    ]


def _waited(seconds: Sequence[float]) -> list[str]:
    if not seconds:
        return ["-", "-"]
    return [f"{sorted(seconds)[len(seconds) // 2]:.3f} s", f"{max(seconds):.3f} s"]


def _days(articles: int) -> timedelta:
    """What so many articles take to come."""
    return timedelta(days=articles / A_DAY)


def write_file(
    file: Path, drafts: Sequence[Draft], articles: int, span: timedelta | None = None
) -> None:
    """A document of JSON lines: so many articles up to now, evenly over `span` (a large instance's)."""
    span = span or _days(articles)
    made = recombined(drafts, articles, datetime.now(UTC) - span, span, _SEED)
    with file.open("w", encoding="utf-8") as out, Progress(transient=True) as bar:
        for line in bar.track(json_lines(made), total=articles, description="making the file"):
            out.write(line + "\n")


async def by_command(file: Path, articles: int) -> Result:
    """`mojaz ingest FILE` as a process. Raises MojazError where it does not take all of them in."""
    database = file.with_name(f"command-{time.monotonic_ns()}.db")  # a new one each time
    url = f"sqlite:///{database}"
    async with opened_storage(url, lambda: datetime.now(UTC)) as storage:
        before, began = _children(), time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "import bot.cli; bot.cli.main()", "ingest", str(file),
            env={**os.environ, "DATABASE_URL": url}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        waits = await _meanwhile(storage, process.communicate())
        seconds = time.monotonic() - began
        stored = (await storage.articles.counts()).articles
        if process.returncode or stored != articles:
            raise MojazError(f"{stored} of {articles} articles were stored: {process.returncode}")
    return Result(articles, seconds, _children() - before, waits)


async def inside(file: Path, articles: int) -> Result:
    """The same way in as /ingest takes, beside everything else of this process."""
    url = f"sqlite:///{file.with_name('inside.db')}"
    document = await asyncio.to_thread(_opened, file)
    async with opened_storage(url, lambda: datetime.now(UTC)) as storage:
        before, began, own = _children(), time.monotonic(), time.process_time()
        async with ProcessWorkers() as workers:
            intake = Ingest(storage.articles, workers, SystemClock())
            waits = await _meanwhile(storage, _all_of(intake, document))
            seconds = time.monotonic() - began
        return Result(articles, seconds, _children() - before + time.process_time() - own, waits)


def _opened(file: Path) -> Document:
    return open_document(file.name, file.read_bytes())


async def _all_of(intake: Ingest, document: Document) -> None:
    async for _ in intake.stream(document):
        pass


def _children() -> float:
    """Processor seconds of all processes that were begun here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# --- others, meanwhile ----------------------------------------------------------------------------


async def _meanwhile(storage: Storage, work: Awaitable[object]) -> Waits:
    """What a reader's list and a queued answer take until `work` is done."""
    waits = Waits()
    task = asyncio.ensure_future(work)
    chat = 1
    while not task.done():
        await _timed(waits.reads, lambda: storage.articles.stories(Selection(), 0, 5))
        message = OutboxMessage(ChatId(chat), "جواب", Lane.REPLY)
        await _timed(waits.writes, lambda one=message: storage.outbox.reply(None, [one]))  # type: ignore[misc]
        chat += 1
        await asyncio.wait({task}, timeout=_ASKED_EVERY)
    await task
    return waits


async def _timed(seconds: list[float], call: Callable[[], Awaitable[object]]) -> None:
    began = time.monotonic()
    await call()
    seconds.append(time.monotonic() - began)


# --- the stages, one by one -----------------------------------------------------------------------


def _stages(file: Path) -> Table:
    table = Table("stage", "ms an article", title="Stages, one after the other on one processor")
    for name, seconds in stages(file):
        table.add_row(name, f"{seconds * 1000:.2f}")
    return table


def stages(file: Path) -> list[tuple[str, float]]:
    """(stage, processor seconds an article), the median of three rounds."""
    content = b"".join(file.read_bytes().splitlines(keepends=True)[:_LOOKED_AT])
    drafts = [one for one in open_document("n.jsonl", content).records() if isinstance(one, Draft)]
    now = datetime.now(UTC)
    prepared = [one for one in prepare(drafts, now) if isinstance(one, NewArticle)]
    articles = [one.article for one in prepared]
    works: list[tuple[str, Callable[[], object]]] = [
        ("reading the file", lambda: list(open_document("n.jsonl", content).records())),
        ("cleaning", lambda: [article(draft, now) for draft in drafts]),
        ("summary", lambda: [summarise(one.body, title=one.title) for one in articles]),
        ("topics", lambda: [about(one.title, one.body, load()) for one in articles]),
        ("what stories are told by", lambda: [_told_by(one) for one in articles]),
        (
            "search terms",
            lambda: [(search_terms(one.title), search_terms(one.body)) for one in articles],
        ),
        ("between processes", lambda: pickle.loads(pickle.dumps(prepared))),  # noqa: S301 - our own
    ]
    return [(name, _median(work) / len(drafts)) for name, work in works]


def _told_by(one: Article) -> object:
    return (
        stories.fingerprint(one.title, one.body),
        stories.words_digest(one.title, one.body),
        stories.sketch(one.title, one.body),
    )


def _median(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(3):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return sorted(seconds)[1]

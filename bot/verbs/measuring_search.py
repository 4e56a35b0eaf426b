"""`mojaz bench search`: lists, topics and searches over a store of a million articles.

The articles are made of given ones (imagined_news.py), the questions chosen by how their words and
topics meet (search_questions.py); database and answers are the bot's own.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from datetime import time as dtime
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.answers.desk import Desk
from bot.answers.reading import Reading
from bot.answers.request import Request
from bot.errors import MojazError
from bot.intake.ingest import prepare
from bot.model import Chat, ChatId, ChatKind, Language, NewArticle, Reply
from bot.texts.actions import PAGE, OnTopics, Search
from bot.texts.catalogue import Catalogue
from bot.texts.render_lists import Place
from bot.topics import lexicon
from bot.verbs.imagined_news import A_DAY, Imagined, imagined, original
from bot.verbs.recombined import read_drafts
from bot.verbs.search_questions import Question, questions
from storage import Storage, opened_storage
from storage.filling import Filling

ROUNDS = 25
"""How often each question is asked, in an order of chance."""
_BATCH = 2_000
_SEED = 20180517
_ZONE = "Africa/Cairo"


class Taken(NamedTuple):
    clock: float
    processor: float


@dataclass(slots=True)
class Times:
    """Seconds that questions of one kind took, on the clock and on this process's processors: where
    other programs run, the clock counts them too."""

    listed: list[Taken] = field(default_factory=list)
    """Of storage's page of stories."""
    answered: list[Taken] = field(default_factory=list)
    """Of the whole answer; none for what no command asks."""
    found: int = 0
    """Questions with any story."""
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """A database to be asked, and what its making took."""

    path: Path
    articles: int
    seconds: float | None
    """None where it was there already."""

    @property
    def bytes(self) -> int:
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())


async def search(news: Path | None, articles: int, keep: Path | None) -> int:
    """Prints tables of what was measured.

    news: a document of articles to make others of; the samples where none is named. keep: the database,
    made where it is not there yet and left for the next run.
    """
    originals = read_news(news)
    asked = questions(originals, lexicon.load())
    if not asked:
        raise MojazError(f"{news}: no topics or no words to ask about")
    with tempfile.TemporaryDirectory(prefix="mojaz-bench-") as folder:
        store = await made(originals, articles, keep or Path(folder) / "bench.db")
        times = await measure(store, asked, ROUNDS)
        Console().print(_table(times, store), _about(store))
    return 0


def read_news(news: Path | None) -> list[NewArticle]:
    """The articles of a document, worked out as intake does; MojazError where it holds none."""
    found = prepare(read_drafts(news, _now()), _now())
    return [one for one in found if isinstance(one, NewArticle)]


# --- making ---------------------------------------------------------------------------------------


async def made(originals: Sequence[NewArticle], articles: int, path: Path) -> Store:
    """The database with so many articles; MojazError where it is there with another number."""
    async with opened_storage(f"sqlite:///{path}", _now) as storage:
        held = (await storage.articles.counts()).articles
        if held == articles:
            return Store(path, articles, None)
        if held:
            raise MojazError(f"{path} holds {held:,} articles, not {articles:,}: remove it")
        began = time.perf_counter()
        await _fill(storage, originals, articles)
    return Store(path, articles, time.perf_counter() - began)


async def _fill(storage: Storage, originals: Sequence[NewArticle], articles: int) -> None:
    first = _now() - timedelta(days=articles / A_DAY)
    news = islice(imagined([original(one) for one in originals], first, _SEED), articles)
    filling = Filling(storage.database)
    with _progress() as progress:
        task = progress.add_task("Making articles", total=articles)
        async for batch in _batches(news):
            await filling.add([(one.new, one.joins) for one in batch])
            progress.advance(task, len(batch))


async def _batches(news: Iterator[Imagined]) -> AsyncIterator[list[Imagined]]:
    """The next batch is made while one is written."""
    batch = await asyncio.to_thread(_take, news)
    while batch:
        following = asyncio.create_task(asyncio.to_thread(_take, news))
        yield batch
        batch = await following


def _take(news: Iterator[Imagined]) -> list[Imagined]:
    return list(islice(news, _BATCH))


# --- asking ---------------------------------------------------------------------------------------


async def measure(store: Store, asked: Sequence[Question], rounds: int) -> dict[str, Times]:
    """Asks each question once unmeasured, then `rounds` times; by kind, in the order of `asked`."""
    times = {question.kind: Times() for question in asked}
    order = [question for question in asked for _ in range(rounds)]
    Random(_SEED).shuffle(order)  # noqa: S311 - no secret
    async with opened_storage(f"sqlite:///{store.path}", _now) as storage:
        reading = _reading(storage)
        for question in asked:
            page = await storage.articles.stories(question.selection, question.offset, PAGE)
            times[question.kind].found += bool(page.stories)
            times[question.kind].questions += 1
        gc.collect()
        gc.freeze()  # as the bot does after its start: to walk what stands to the end takes long
        with _progress() as progress:
            for question in progress.track(order, description="Asking"):
                await _ask(question, storage, reading, times[question.kind])
    return times


def _reading(storage: Storage) -> Reading:
    words = Catalogue.load()
    return Reading(Desk(storage.articles, storage.chats, lexicon.load(), words, _ZONE, dtime(8)))


async def _ask(question: Question, storage: Storage, reading: Reading, times: Times) -> None:
    page = storage.articles.stories(question.selection, question.offset, PAGE)
    times.listed.append(await _timed(page))
    if question.place is not None:
        times.answered.append(await _timed(_answer(question.place, reading)))


async def _timed(work: Awaitable[object]) -> Taken:
    clock, processor = time.perf_counter(), time.process_time()
    await work
    return Taken(time.perf_counter() - clock, time.process_time() - processor)


async def _answer(place: Place, reading: Reading) -> Reply:
    """The whole answer: to a command for the first page, to a button for the others."""
    request = Request(Chat(ChatId(1), ChatKind.PRIVATE), _now(), Language.AR, bot_name="MojazBot")
    match place:
        case Search(words, 0):
            return await reading.search(replace(request, words=words))
        case OnTopics(groups, 0):
            names = (reading.desk.name(topic, Language.AR) for group in groups for topic in group)
            return await reading.topic(replace(request, words=" ".join(names)))
        case _:
            return await reading.show(request, place)


# --- printing -------------------------------------------------------------------------------------


def _table(times: Mapping[str, Times], store: Store) -> Table:
    table = Table(
        "question", "asked", "found", "list p50", "p99", "CPU", "answer p50", "p99", "CPU",
        title=f"Lists and searches over {store.articles:,} articles, ms (CPU: p99 of processor time)",
    )  # fmt: skip
    for kind, taken in times.items():
        table.add_row(kind, *_cells(taken))
    every = Times()
    for taken in times.values():
        every.listed += taken.listed
        every.answered += taken.answered
        every.found, every.questions = every.found + taken.found, every.questions + taken.questions
    table.add_row("all", *_cells(every))
    return table


def _cells(taken: Times) -> list[str]:
    counts = [f"{taken.questions} × {len(taken.listed) // taken.questions}", str(taken.found)]
    return [*counts, *_percentiles(taken.listed), *_percentiles(taken.answered)]


def _percentiles(taken: Sequence[Taken]) -> Iterator[str]:
    clock = [one.clock for one in taken]
    yield from (percentile(clock, 0.5), percentile(clock, 0.99))
    yield percentile([one.processor for one in taken], 0.99)


def percentile(values: Sequence[float], part: float) -> str:
    """In milliseconds; the nearest rank."""
    if not values:
        return "-"
    return f"{sorted(values)[max(0, ceil(len(values) * part) - 1)] * 1000:.2f}"


def _about(store: Store) -> str:
    took = "there already" if store.seconds is None else f"made in {store.seconds:,.0f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = store.bytes / 1e9
    return f"Database: {size:.2f} GB, {took}. This process: {memory:,.0f} MB at most."


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal)


def _now() -> datetime:
    return datetime.now(UTC)

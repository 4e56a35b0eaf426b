"""`mojaz ingest FILE…`: articles from files, with a progress bar on a terminal.

A list of feeds (OPML) is taken in too: its feeds are added, a record each, and a running bot reads them.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import SystemClock
from bot.config import Config
from bot.errors import FeedList, UnreadableDocument
from bot.intake.charsets import LARGEST
from bot.intake.documents import Document, open_document
from bot.intake.ingest import Ingest, RecordOutcome
from bot.intake.large_files import LargeFile, open_large
from bot.model import Refusal
from bot.verbs.printing import json_line
from bot.workers import ProcessWorkers
from storage import Storage, opened_storage

_COLLECTED_EVERY = 50_000
"""New objects between two looks for garbage."""


async def ingest(config: Config, files: list[Path], as_json: bool) -> int:
    """Exit code 1 where a record or a whole file was refused."""
    tally: Counter[str] = Counter()
    clock = SystemClock()
    # records leave next to no cycles: looking for them at every 700 objects is a twentieth of the time
    gc.freeze()
    gc.set_threshold(_COLLECTED_EVERY)
    async with opened_storage(config.database_url, clock.now) as storage, ProcessWorkers() as workers:
        intake = Ingest(storage.articles, workers, clock)
        for file in files:
            try:
                await _ingest_file(storage, intake, file, as_json, tally)
            except UnreadableDocument as error:
                tally["refused"] += 1
                _show(_unreadable(file, error), as_json, file)
    if not as_json:
        print(f"{tally['stored']} stored, {tally['known']} known, {tally['refused']} refused")
    return 1 if tally["refused"] else 0


async def _ingest_file(
    storage: Storage, intake: Ingest, file: Path, as_json: bool, tally: Counter[str]
) -> None:
    try:
        document = _document(file)
    except FeedList as found:
        await _add_feeds(storage, found.content, file, as_json, tally)
        return
    with _bar() as bar:
        task = bar.add_task(file.name, total=None)
        if not bar.disable:
            bar.update(task, total=await asyncio.to_thread(document.count))
        records = document if isinstance(document, Document) else document.records()
        async for outcome in intake.stream(records):
            record = _record(outcome)
            tally[record["status"]] += 1
            if as_json or record["status"] == "refused":
                _show(record, as_json, file)
            bar.advance(task)


async def _add_feeds(
    storage: Storage, content: bytes, file: Path, as_json: bool, tally: Counter[str]
) -> None:
    from bot.intake.opml import read_opml
    from bot.verbs import feeds

    now = SystemClock().now()
    for place, listed in enumerate(read_opml(content), 1):
        record = feeds.record(await feeds.added(storage, listed, now), place)
        tally[record["status"]] += 1
        if as_json or record["status"] == "refused":
            _show(record, as_json, file)


def _document(file: Path) -> Document | LargeFile:
    """The opened file; one that is too large for memory is read a line at a time."""
    try:
        return open_document(file.name, _content(file))
    except UnreadableDocument as error:
        if error.arguments.get("megabytes") != LARGEST >> 20 or str(file) == "-":
            raise
        return open_large(file)


def _content(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{file}: {error.strerror}") from None


def _bar() -> Progress:
    """Standard error carries the bar, so that standard output stays for the lines."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _record(outcome: RecordOutcome) -> dict[str, Any]:
    result = outcome.result
    if isinstance(result, Refusal):
        reason = f"{result.reason.value}: {result.detail}" if result.detail else result.reason.value
        return {"line": outcome.line, "status": "refused", "id": None, "title": None, "reason": reason}
    return {
        "line": outcome.line,
        "status": result.status.value,
        "id": int(result.id),
        "title": result.title,
        "reason": None,
    }


def _unreadable(file: Path, error: UnreadableDocument) -> dict[str, Any]:
    named = error.cause.startswith(str(file))
    reason = error.cause if named else f"{file}: {error.cause}"
    return {"line": 0, "status": "refused", "id": None, "title": None, "reason": reason}


def _show(record: dict[str, Any], as_json: bool, file: Path) -> None:
    if as_json:
        json_line(record)
    elif record["line"]:
        print(f"{file}:{record['line']}: {record['reason']}", file=sys.stderr)
    else:
        print(record["reason"], file=sys.stderr)

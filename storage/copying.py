"""A copy of the whole database: its content where that is small, else a file beside the database.

Of the files beside the database the newest few are kept.
"""

from __future__ import annotations

import asyncio
import os
import re
from datetime import datetime
from pathlib import Path

from bot.errors import StorageError
from bot.model import DatabaseCopy
from storage import sqlite_opening
from storage.sqlite import SqliteDatabase

KEPT = 3
"""Copies that stay beside the database, the newest ones: each is as large as the database itself."""

_COPY = r"-\d{8}-\d{6}\.db"
_UNFINISHED = rf"{_COPY}\.(\d+)\.partial"


async def copy_beside(database: SqliteDatabase, now: datetime, most: int) -> DatabaseCopy:
    """A consistent copy; one of at most `most` bytes is read and its file taken away again.

    Raises StorageError where it cannot be written.
    """
    path = database.path.with_name(f"{database.path.stem}-{now:%Y%m%d-%H%M%S}.db")
    await sqlite_opening.copy_to(database, path)
    try:
        made = await asyncio.to_thread(_taken, path, most)
        await asyncio.to_thread(_tidy, database.path)
    except OSError as error:
        raise StorageError(f"{error.filename or path}: {error.strerror}") from error
    return made


def _taken(path: Path, most: int) -> DatabaseCopy:
    size = path.stat().st_size
    if size > most:
        return DatabaseCopy(path.name, str(path), size, None, KEPT)
    content = path.read_bytes()
    path.unlink()
    return DatabaseCopy(path.name, "", size, content)


def _tidy(database: Path) -> None:
    """Takes away all copies but the newest, and what a kill left of one that was being written.

    By the names that `copy_beside` gives, which tell their age; no other file is touched.
    """
    copies = sorted(_beside(database, _COPY), reverse=True)
    unfinished = [path for path in _beside(database, _UNFINISHED) if not _is_ours(path)]
    for path in (*copies[KEPT:], *unfinished):
        path.unlink(missing_ok=True)


def _beside(database: Path, ending: str) -> list[Path]:
    named = re.compile(re.escape(database.stem) + ending)
    return [path for path in database.parent.iterdir() if named.fullmatch(path.name)]


def _is_ours(path: Path) -> bool:
    """Whether this process is writing it just now."""
    return path.suffixes[-2] == f".{os.getpid()}"

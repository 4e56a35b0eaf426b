"""A copy of the whole database: its content where that is small, else a file beside the database."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from bot.model import DatabaseCopy
from storage import sqlite_opening
from storage.sqlite import SqliteDatabase


async def copy_beside(database: SqliteDatabase, now: datetime, most: int) -> DatabaseCopy:
    """A consistent copy; one of at most `most` bytes is read and its file taken away again.

    Raises StorageError where it cannot be written.
    """
    path = database.path.with_name(f"{database.path.stem}-{now:%Y%m%d-%H%M%S}.db")
    await sqlite_opening.copy_to(database, path)
    return await asyncio.to_thread(_taken, path, most)


def _taken(path: Path, most: int) -> DatabaseCopy:
    size = path.stat().st_size
    if size > most:
        return DatabaseCopy(path.name, str(path), size, None)
    content = path.read_bytes()
    path.unlink()
    return DatabaseCopy(path.name, "", size, content)

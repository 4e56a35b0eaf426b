"""Proves that the database can be used: by a write, since a full disk still lets everything be read."""

from __future__ import annotations

import asyncio

from bot.errors import StorageError
from storage.sqlite import SqliteDatabase

# another value each time: SQLite writes no page whose content stays as it is
_COUNT = """
    INSERT INTO numbers (name, value) VALUES ('proved', 1)
    ON CONFLICT (name) DO UPDATE SET value = value + 1
"""


async def prove(database: SqliteDatabase) -> None:
    """Raises StorageError where nothing can be written, or where the file is not in its place: what is
    written then goes to a file without a name and is lost with the process."""
    if not await asyncio.to_thread(database.path.exists):
        raise StorageError(f"{database.path}: the file is gone")
    await database.change(_COUNT)

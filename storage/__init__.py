"""What mojaz remembers: articles and stories, chats, and the queues in and out.

The only SQL of the program. `open_storage` is the way in; bot/ports/ says what each part does.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import StorageError
from bot.model import DatabaseCopy
from storage import sqlite_opening
from storage.articles import SqlArticles
from storage.broadcasts import SqlBroadcasts
from storage.channel_sources import SqlChannelSources
from storage.chats import SqlChats
from storage.copying import copy_beside
from storage.feeds import SqlFeeds
from storage.forgetting import SqlTraces
from storage.holding import held
from storage.inbox import SqlInbox
from storage.keeping import SqlShelf
from storage.outbox import SqlOutbox
from storage.proving import prove
from storage.sqlite import SqliteDatabase

__all__ = ["Storage", "held_storage", "open_storage", "opened_storage", "require_database"]

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Storage:
    """An open database, by what it is asked for."""

    articles: SqlArticles
    channels: SqlChannelSources
    chats: SqlChats
    outbox: SqlOutbox
    inbox: SqlInbox
    shelf: SqlShelf
    traces: SqlTraces
    broadcasts: SqlBroadcasts
    feeds: SqlFeeds
    database: SqliteDatabase
    """The engine beneath; for opening, closing and tests alone."""

    async def close(self) -> None:
        """Finishes the running transaction and closes; a second call does nothing."""
        await self.database.close()

    async def backup(self, path: Path | str) -> None:
        """Writes a consistent copy of everything to one file; StorageError where that fails."""
        await sqlite_opening.copy_to(self.database, Path(path))

    async def copy_beside(self, now: datetime, most: int) -> DatabaseCopy:
        """A copy that can be sent where it has at most `most` bytes, else a file beside the database."""
        return await copy_beside(self.database, now, most)

    async def prove(self) -> None:
        """Raises StorageError where the database cannot be written."""
        await prove(self.database)

    async def check(self) -> list[str]:
        """One line for each fault of the database; none where it is sound."""
        return await sqlite_opening.faults(self.database)


async def open_storage(url: str, clock: Callable[[], datetime], *, reading: bool = False) -> Storage:
    """Opens the database, making it or bringing it up to date where needed.

    url: `sqlite:///relative` (to the working directory) or `sqlite:////absolute`.
    clock: gives the present, aware, in UTC.
    reading: for who only reads: one that is there need not be writable.
    Raises StorageError with one line of cause that names the variable, as of any wrong value.
    """
    path = _path(url)
    try:
        if not reading:
            sqlite_opening.require_writable(path)
        database = await sqlite_opening.open_sqlite(path)
    except StorageError as error:
        raise StorageError(
            f"DATABASE_URL: {url!r} cannot be used ({error.cause});"
            " accepted: sqlite:/// and the path of a file of mojaz, or of none yet"
        ) from error
    return Storage(
        articles=SqlArticles(database),
        channels=SqlChannelSources(database, clock),
        chats=SqlChats(database, clock),
        outbox=SqlOutbox(database, clock),
        inbox=SqlInbox(database, clock),
        shelf=SqlShelf(database, clock),
        traces=SqlTraces(database, clock),
        broadcasts=SqlBroadcasts(database, clock),
        feeds=SqlFeeds(database, clock),
        database=database,
    )


@asynccontextmanager
async def opened_storage(
    url: str, clock: Callable[[], datetime], *, reading: bool = False
) -> AsyncIterator[Storage]:
    """open_storage for a `with` block, closed at its end."""
    storage = await open_storage(url, clock, reading=reading)
    try:
        yield storage
    finally:
        await storage.close()


def require_database(url: str) -> None:
    """Raises StorageError where no database is there: a new one, in a wrong place, would pass for it."""
    path = _path(url)
    if sqlite_opening.is_missing(path):
        raise StorageError(
            f"DATABASE_URL: {url!r}: no database there ({path}); mojaz run or mojaz ingest makes one"
        )


def held_storage(url: str) -> AbstractContextManager[None]:
    """Keeps a second bot off the same database; StorageError where one is there already."""
    return held(_path(url))


def _path(url: str) -> Path:
    name = url.removeprefix(_SQLITE)
    if name == url or not name or name == ":memory:":
        raise StorageError(f"not a database address: {url.split('@')[-1]!r}; sqlite:///path is one")
    # one file, one path: through a link a second bot would hold another lock
    return Path(os.path.realpath(name))

"""Opens a SQLite file (folder, connections, schema), and what is done to it as a whole (copy, check).

A fault comes out as a StorageError whose one line says what is wrong with which file.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import aiosqlite

from bot.errors import StorageError
from storage.common_pairs import pairs
from storage.packing import packed_numbers, packed_weights
from storage.sqlite import BUSY_SECONDS, SqliteDatabase
from storage.values import from_json

READERS = 3
APPLICATION_ID = 0x6D6F6A7A  # "mojz": tells our files from other programs' databases

# what migrations call, by the names that they call it by
_SQL_FUNCTIONS: Mapping[str, Callable[[str], str | bytes]] = {
    "packed_numbers": lambda array: packed_numbers(from_json(array)),
    "packed_weights": lambda array: packed_weights(from_json(array)),
    "common_pairs": pairs,
}

_log = logging.getLogger("mojaz.storage")

_FAULTS_SHOWN = 20
_PAGES_OF_LOG = 4_000
"""Of 4 kB, after which the log is copied into the file."""


# of a file's header (https://sqlite.org/fileformat2.html): how it is written and read, 2 with a log
_VERSIONS = slice(18, 20)
_WITHOUT_LOG = b"\x01\x01"


class Migration(NamedTuple):
    number: int
    name: str
    statements: tuple[str, ...]


async def open_sqlite(path: Path, migrations: Iterable[Migration] | None = None) -> SqliteDatabase:
    """The database in this file, made or brought up to date where needed."""
    _make_folder(path)
    async with AsyncExitStack() as on_failure:
        try:
            await asyncio.to_thread(_refuse_foreign_log, path)
            await asyncio.to_thread(_open_once, path)
            writer = await _connect(path, on_failure)
            await _use_wal(writer)
            for name, function in _SQL_FUNCTIONS.items():
                await writer.create_function(name, 1, function, deterministic=True)
            await _bring_up_to_date(
                writer, list_migrations() if migrations is None else tuple(migrations)
            )
            # from here on it asks for its turn itself (sqlite.py)
            await writer.execute_fetchall("PRAGMA busy_timeout = 0")
            # pages that every batch writes anew are copied into the file once for several batches
            await writer.execute_fetchall(f"PRAGMA wal_autocheckpoint = {_PAGES_OF_LOG}")
            readers = [await _connect(path, on_failure, reading=True) for _ in range(READERS)]
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"{path}: {error}") from error
        on_failure.pop_all()
    return SqliteDatabase(path, writer, readers)


def is_missing(path: Path) -> bool:
    """Whether nothing lies there; what may not be looked at is told of by SQLite."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def require_writable(path: Path) -> None:
    """Raises StorageError where SQLite would say so at the first change alone, naming no file."""
    if file := _not_writable(path):
        raise StorageError(f"{file}: may not be written")


def list_migrations() -> tuple[Migration, ...]:
    """The schema's files in their order."""
    files = sorted((Path(__file__).parent / "schema").glob("*.sqlite.sql"))
    return tuple(
        Migration(int(file.name[:4]), file.name, split_statements(file.read_text("utf-8")))
        for file in files
    )


def split_statements(script: str) -> tuple[str, ...]:
    """A script's statements; ValueError where the last one does not end.

    Not sqlite3's executescript: it commits first, so a script that fails half way leaves its half.
    """
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        if not pending and (not line.strip() or line.lstrip().startswith("--")):
            continue
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    if pending:
        raise ValueError(f"a statement without an end: {pending[:60]!r}")
    return tuple(statements)


async def copy_to(database: SqliteDatabase, path: Path) -> None:
    """A consistent copy of all that is committed, in one file; takes the place of an older one."""
    _make_folder(path)
    if await asyncio.to_thread(_same_file, database.path, path):
        raise StorageError(f"{path} is the database itself")
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        async with aiosqlite.connect(
            database.path, timeout=BUSY_SECONDS, isolation_level=None
        ) as source:
            await _vacuum_into(source, partial)
        await asyncio.to_thread(os.replace, partial, path)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"{path}: {error}") from error
    finally:
        await asyncio.to_thread(partial.unlink, missing_ok=True)


async def _vacuum_into(source: aiosqlite.Connection, path: Path) -> None:
    """Ends at once where nobody waits for it any more: closing would else wait for the whole copy."""
    try:
        await source.execute_fetchall("VACUUM INTO ?", (str(path),))
    except asyncio.CancelledError:
        await source.interrupt()
        raise


async def faults(database: SqliteDatabase) -> list[str]:
    """One line for each fault of the file: its pages, its version, whether it can be written."""
    try:
        rows = await database.fetch_all(f"PRAGMA integrity_check({_FAULTS_SHOWN})")
    except StorageError as error:  # too damaged even to be checked
        return [f"{database.path}: {error.cause}"]
    messages = [" ".join(row["integrity_check"].split()) for row in rows]
    found = [f"{database.path}: {message}" for message in messages if message != "ok"]
    version = await database.fetch_one("PRAGMA user_version")
    newest = list_migrations()[-1].number
    if version is None or version["user_version"] != newest:
        found.append(f"{database.path}: schema {version and version['user_version']}, expected {newest}")
    if file := _not_writable(database.path):
        found.append(f"{file}: may not be written")
    return found


def _not_writable(path: Path) -> Path | None:
    """The first that is there for reading alone, of the file and those that SQLite keeps beside it.

    They are asked for, not opened: to close one would let go of this process's locks on it.
    """
    for file in (path, _beside(path, "-wal"), _beside(path, "-shm")):
        if os.path.exists(file) and not os.access(file, os.W_OK, effective_ids=True):
            return file
    return None


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{path.parent}: no folder for the database: {error.strerror}") from error


def _refuse_foreign_log(path: Path) -> None:
    """Raises StorageError where the write-ahead log beside the file was not written for it.

    So it is where a copy was put in the place of a database whose bot had been killed: SQLite would
    write the old log's pages into the copy. A copy by VACUUM INTO says in its header that it has no
    such log; a database says that it has one before it makes it, so the log is looked for first.
    To close the file lets go of this process's locks on it: it is not open here yet.
    """
    log = _beside(path, "-wal")
    try:
        if not log.stat().st_size:
            return
        with path.open("rb") as file:
            header = file.read(_VERSIONS.stop)
    except FileNotFoundError:  # there is none, or the last to use it has just taken it away
        return
    if header[_VERSIONS] == _WITHOUT_LOG:
        raise StorageError(
            f"{log} belongs to the database that {path.name} took the place of;"
            f" delete it and {path.name}-shm"
        )


def _open_once(path: Path) -> None:
    """Raises what SQLite says of a file that it cannot open.

    aiosqlite would say it too, but leaves a thread behind that speaks up when the program has ended.
    """
    sqlite3.connect(path).close()


def _same_file(one: Path, other: Path) -> bool:
    return other.exists() and os.path.samefile(one, other)


async def _connect(
    path: Path, on_failure: AsyncExitStack, *, reading: bool = False
) -> aiosqlite.Connection:
    connection = aiosqlite.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256
    )
    await connection
    on_failure.push_async_callback(connection.close)
    connection.row_factory = sqlite3.Row
    # NORMAL: a killed program loses nothing; only a power cut may lose the last transactions
    for setting in ("synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -16000"):
        await connection.execute_fetchall(f"PRAGMA {setting}")
    await connection.execute_fetchall(f"PRAGMA journal_size_limit = {64 * 1024 * 1024}")
    if reading:
        await connection.execute_fetchall("PRAGMA query_only = ON")
    return connection


async def _use_wal(connection: aiosqlite.Connection) -> None:
    """Switches the file to WAL; the switch does not wait for a lock by itself, so it is tried again."""
    deadline = asyncio.get_running_loop().time() + BUSY_SECONDS
    while True:
        try:
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.02)


async def _bring_up_to_date(connection: aiosqlite.Connection, migrations: tuple[Migration, ...]) -> None:
    version = await _number(connection, "PRAGMA user_version")
    await _refuse_foreign(connection, version, migrations[-1].number)
    missing = [migration for migration in migrations if migration.number > version]
    for migration in missing:
        began = monotonic()
        if version:  # a new file holds nothing that takes time
            _log.info("migrating", extra={"to": migration.name})
        await _apply(connection, migration)
        if version:
            _log.info("migrated", extra={"to": migration.name, "seconds": round(monotonic() - began, 1)})


async def _refuse_foreign(connection: aiosqlite.Connection, version: int, newest: int) -> None:
    application = await _number(connection, "PRAGMA application_id")
    tables = await _number(connection, "SELECT COUNT(*) FROM sqlite_master")
    if tables and application != APPLICATION_ID:
        raise sqlite3.DatabaseError("this is another program's database")
    if version > newest:
        raise sqlite3.DatabaseError(
            f"this database is newer than the program (schema {version}, known {newest}): update mojaz"
        )


async def _apply(connection: aiosqlite.Connection, migration: Migration) -> None:
    """One file in one transaction: all of it or nothing is left, however it fails."""
    await connection.execute_fetchall("BEGIN IMMEDIATE")
    try:
        # another process may have been first while this one waited for the lock
        if await _number(connection, "PRAGMA user_version") < migration.number:
            for statement in migration.statements:
                await connection.execute_fetchall(statement)
            await connection.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
            await connection.execute_fetchall(f"PRAGMA user_version = {migration.number}")
        await connection.execute_fetchall("COMMIT")
    except sqlite3.Error as error:
        await connection.rollback()
        raise sqlite3.DatabaseError(f"{migration.name}: {error}") from error


async def _number(connection: aiosqlite.Connection, sql: str) -> int:
    for row in await connection.execute_fetchall(sql):
        return int(row[0])
    return 0

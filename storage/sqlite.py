"""The Database protocol over SQLite: one writing connection, a few reading ones.

No table is named here. WAL lets readers go on while one writes; the command line writes from another
process beside the bot, so a writer waits for its turn up to `BUSY_SECONDS`, and asks for it often.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import StorageError
from storage.database import Parameters, Row, Transaction
from storage.values import to_json

T = TypeVar("T")

BUSY_SECONDS = 15.0
_ASKED_EVERY = 0.003
"""Seconds between two tries of a writer. SQLite's own waiting grows to 0.1 s between two looks, and so
misses the short pauses that a process with much to write leaves to others."""
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))

_AS_THEY_ARE = frozenset((int, float, bytes, type(None)))

_LISTS = re.compile(r"\bIN :(\w+)")


class _Statements:
    """Statements on one connection; its errors come out as StorageError."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        # aiosqlite's cursors cost a thread switch a step; this is one switch a statement
        with refusals():
            return list(
                await self._connection.execute_fetchall(in_sqlite(sql), _bound(parameters or {}))
            )

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def fetch_first(self, sql: str, parameters: Parameters, by: str, most: int) -> list[Row]:
        arguments = in_sqlite(sql), _bound(parameters), by, most
        return await on_thread(self._connection, _fetch_first, *arguments)

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        await self.fetch_all(sql, parameters)

    async def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        if not rows:
            return
        values: Any = _all_bound(rows)  # sqlite3 takes mappings, aiosqlite's types do not say so
        with refusals():
            async with self._connection.executemany(in_sqlite(sql), values):
                return


class _AtOnce:
    """Statements on the connection's own thread: what awaits them never waits (see `_driven`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        return self._connection.execute(in_sqlite(sql), _bound(parameters or {})).fetchall()

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def fetch_first(self, sql: str, parameters: Parameters, by: str, most: int) -> list[Row]:
        return _fetch_first(self._connection, in_sqlite(sql), _bound(parameters), by, most)

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        await self.fetch_all(sql, parameters)

    async def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        self._connection.executemany(in_sqlite(sql), _all_bound(rows))


class SqliteDatabase:
    """One SQLite file, opened by storage.sqlite_opening; closed once, at the end."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection]
    ) -> None:
        self.path = path
        self._connections = (*readers, writer)
        self._writer = writer
        self._writing = _Statements(writer)
        # two tasks on one connection would roll back each other: one transaction at a time
        self._turn = asyncio.Lock()
        self._free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._free.put_nowait(reader)

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        async with self._reader() as reader:
            return await _Statements(reader).fetch_all(sql, parameters)

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def fetch_first(self, sql: str, parameters: Parameters, by: str, most: int) -> list[Row]:
        async with self._reader() as reader:
            return await _Statements(reader).fetch_first(sql, parameters, by, most)

    async def change(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        async with self._turn:
            # outside BEGIN a statement is its own transaction: it ends on the connection's thread,
            # whatever becomes of the task that waits for it
            return await self._on_thread(_change, in_sqlite(sql), _bound(parameters or {}))

    async def change_all(self, changes: Sequence[tuple[str, Parameters]]) -> None:
        bound = [(in_sqlite(sql), _bound(values)) for sql, values in changes]
        async with self._turn:
            await self._on_thread(_change_all, bound)

    async def in_one_go(self, work: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        async with self._turn:
            return await self._on_thread(_carry_out, work)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[_Statements]:
        async with self._turn:
            if not self._connections:
                raise StorageError("the database is closed")
            try:
                await self._on_thread(_begin)
                yield self._writing
                await self._writing.execute("COMMIT")
            except BaseException:
                # A cancelled task leaves its statement running on the connection's thread; the rollback
                # queues behind it, does nothing where COMMIT came first, and is waited for before
                # the next task has its turn.
                await _to_the_end(self._writer.rollback())
                raise

    async def _on_thread(self, function: Callable[..., T], *arguments: object) -> T:
        """Calls it with the writing connection, on that one's thread."""
        return await on_thread(self._writer, function, *arguments)

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[aiosqlite.Connection]:
        reader = await self._free.get()
        try:
            yield reader
        except asyncio.CancelledError:
            await reader.interrupt()  # or the next one to read would wait behind a query nobody wants
            raise
        finally:
            self._free.put_nowait(reader)

    async def close(self) -> None:
        """Waits for the running transaction, then closes; more calls do nothing."""
        async with self._turn:
            connections, self._connections = self._connections, ()
            for connection in connections:
                await _to_the_end(connection.close())


async def on_thread(
    connection: aiosqlite.Connection, function: Callable[..., T], *arguments: object
) -> T:
    """Calls it with the connection, on that one's thread."""
    with refusals():
        # aiosqlite has no public way to do more than one thing in a turn of its thread
        result: T = await connection._execute(  # type: ignore[no-untyped-call]
            function, connection._conn, *arguments
        )
        return result


# --- on the connection's thread, from beginning to end, whatever becomes of who waits for it ---------


def _fetch_first(connection: sqlite3.Connection, sql: str, values: Any, by: str, most: int) -> list[Row]:
    found: dict[object, Row] = {}
    with closing(connection.execute(sql, values)) as rows:
        while len(found) < most and (row := rows.fetchone()) is not None:
            found.setdefault(row[by], row)
    return list(found.values())


def _patiently(connection: sqlite3.Connection, sql: str, values: Any = ()) -> list[Row]:
    """Runs what needs the one writer's place, trying until it is free."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            # the low byte is the error, the others its occasion
            if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_ASKED_EVERY)


def _begin(connection: sqlite3.Connection) -> None:
    _patiently(connection, "BEGIN IMMEDIATE")


def _change(connection: sqlite3.Connection, sql: str, values: Any) -> list[Row]:
    return _patiently(connection, sql, values)


def _change_all(connection: sqlite3.Connection, changes: Sequence[tuple[str, Any]]) -> None:
    async def work(transaction: Transaction) -> None:
        for sql, values in changes:
            await transaction.execute(sql, values)

    _carry_out(connection, work)


def _carry_out(
    connection: sqlite3.Connection, work: Callable[[Transaction], Coroutine[Any, Any, T]]
) -> T:
    _begin(connection)
    try:
        result = _driven(work(_AtOnce(connection)))
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return result


def _driven(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that awaits nothing but statements at hand."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("work that is done in one go waited for something else")


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what SQLite says into a StorageError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"the database refused: {error}") from error
    except ValueError as error:
        if "onnection" not in str(error):  # aiosqlite's only word for a closed connection
            raise
        raise StorageError("the database is closed") from error


async def _to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Finishes `work` whatever happens; a cancellation meanwhile is raised when it is over."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return task.result()


@lru_cache(maxsize=512)
def in_sqlite(sql: str) -> str:
    """The statement with each `IN :name` in SQLite's form for a list of any length."""
    return _LISTS.sub(r"IN (SELECT value FROM json_each(:\1))", sql)


def _bound(parameters: Parameters) -> Parameters:
    """The parameters as SQLite takes them; most are so already and go through as they are."""
    for value in parameters.values():
        if type(value) not in _AS_THEY_ARE and not (type(value) is str and value.isascii()):
            return {name: _value(value) for name, value in parameters.items()}
    return parameters


def _all_bound(rows: Sequence[Parameters]) -> Sequence[Parameters]:
    """As `_bound`, each; looked at together, as there may be a hundred short ones for an article."""
    values = [value for row in rows for value in row.values()]
    texts = [value for value in values if type(value) is str]
    if {*map(type, values)} <= _AS_THEY_ARE | {str} and _is_whole("".join(texts)):
        return rows
    return [_bound(row) for row in rows]


def _is_whole(text: str) -> bool:
    """Whether it holds no halves of surrogate pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _value(value: Any) -> Any:
    """A value that SQLite takes: lists as JSON, text without halves of surrogate pairs.

    Such a half comes out of broken JSON escapes; one of them must not stop a whole batch.
    """
    if isinstance(value, str):
        if value.isascii() or _is_whole(value):
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple | set | frozenset):
        return _value(to_json(list(value)))
    return value

"""Opening, migrating, copying and checking a database file."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.model import Selection
from storage import open_storage, opened_storage
from storage.packing import packed_numbers, packed_weights
from storage.sqlite_opening import (
    APPLICATION_ID,
    Migration,
    list_migrations,
    open_sqlite,
    split_statements,
)

ALL = Selection()
ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import asyncio, sys
from datetime import UTC, datetime
from storage import open_storage
async def main():
    storage = await open_storage(sys.argv[1], lambda: datetime.now(UTC))
    assert await storage.check() == []
    await storage.close()
asyncio.run(main())
"""


NOBODY = 65534


@contextmanager
def bound_by_modes() -> Iterator[None]:
    """As a user whom the modes of files bind; to root they are nothing."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that such a user may use; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        yield Path(folder)


async def test_the_folder_is_made_and_the_address_is_relative_to_where_one_works(
    tmp_path, clock, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with opened_storage("sqlite:///data/deep/mojaz.db", clock) as storage:
        assert await storage.check() == []
    assert (tmp_path / "data/deep/mojaz.db").is_file()


@pytest.mark.parametrize(
    "url", ["postgresql://u:secret@h/db", "sqlite:///", "sqlite:///:memory:", "x.db", ""]
)
async def test_another_address_is_refused_without_its_password(url, clock):
    with pytest.raises(StorageError) as caught:
        await open_storage(url, clock)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_database_newer_than_the_program_is_refused(storage, file, clock):
    await storage.database.change("PRAGMA user_version = 999")
    with pytest.raises(StorageError, match="newer than the program"):
        await open_storage(f"sqlite:///{file}", clock)


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path, clock):
    file = tmp_path / "letter.txt"
    file.write_text("هذا نص وليس قاعدة بيانات\n" * 100)
    before = file.read_bytes()
    with pytest.raises(StorageError, match="not a database"):
        await open_storage(f"sqlite:///{file}", clock)
    assert file.read_bytes() == before


async def test_another_programs_database_is_refused(tmp_path, clock):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE notes (text TEXT)")
    other.close()
    with pytest.raises(StorageError, match="another program"):
        await open_storage(f"sqlite:///{tmp_path}/other.db", clock)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path, clock):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file"):
        await open_storage(f"sqlite:///{tmp_path}/file/mojaz.db", clock)


async def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path, clock):
    with pytest.raises(StorageError, match="unable to open"):
        await open_storage(f"sqlite:///{tmp_path}", clock)


async def test_a_migration_that_fails_half_way_leaves_nothing(tmp_path):
    broken = Migration(
        1, "0001_broken", ("CREATE TABLE a (x)", "CREATE TABLE b (x", "CREATE TABLE c (x)")
    )
    with pytest.raises(StorageError, match="0001_broken"):
        await open_sqlite(tmp_path / "m.db", [broken])

    with sqlite3.connect(tmp_path / "m.db") as raw:
        tables, version = (
            raw.execute("SELECT name FROM sqlite_master").fetchall(),
            raw.execute("PRAGMA user_version"),
        )
        assert (tables, version.fetchone()[0]) == ([], 0)
    raw.close()


async def test_later_migrations_are_added_to_an_older_database(tmp_path, caplog):
    caplog.set_level("INFO")
    first, second, *_ = list_migrations()
    await (await open_sqlite(tmp_path / "m.db", [first])).close()
    assert not caplog.records  # a new file is made without a word
    database = await open_sqlite(tmp_path / "m.db", [first, second])
    # a large one takes minutes: an operator who waits is told for what
    assert [(record.message, record.to) for record in caplog.records] == [
        ("migrating", second.name),
        ("migrated", second.name),
    ]

    assert await database.fetch_all("SELECT * FROM chats") == []
    row = await database.fetch_one("PRAGMA user_version")
    await database.close()
    assert row["user_version"] == 2


async def test_fingerprints_of_an_older_database_go_by_numbers(tmp_path, clock):
    before = [migration for migration in list_migrations() if migration.number < 15]
    old = await open_sqlite(tmp_path / "m.db", before)
    for number, (term, articles) in enumerate([("سد", 2), ("نهر", 1), ("بحر", 5)], 1):
        values = {"term": term, "id": number, "articles": articles}
        await old.change("INSERT INTO terms VALUES (:term, :id, :articles)", values)
    for article, told in enumerate(['[["بحر",1.5],["سد",0.3334]]', "[]"], 7):
        values = {"article": article, "told": told, "sketch": b"abcd"}
        await old.change("INSERT INTO article_texts VALUES (:article, 'نص', '', :told, :sketch)", values)
    await old.close()

    async with opened_storage(f"sqlite:///{tmp_path / 'm.db'}", clock) as storage:
        rows = await storage.database.fetch_all("SELECT * FROM fingerprints ORDER BY article")
        assert [tuple(row) for row in rows] == [
            (7, packed_numbers([3, 1]), packed_weights([1.5, 0.333]), b"abcd"),
            (8, b"", b"", b"abcd"),
        ]
        counts = await storage.database.fetch_all("SELECT * FROM term_counts ORDER BY id")
        assert [tuple(row) for row in counts] == [(1, 2), (2, 1), (3, 5)]
        assert await storage.check() == []


def test_migrations_are_numbered_without_gaps():
    numbers = [migration.number for migration in list_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert APPLICATION_ID.to_bytes(4, "big") == b"mojz"


def test_statements_end_where_sqlite_says_they_end():
    script = "-- a note; with a semicolon\nCREATE TABLE a (x DEFAULT ';');\n\nDROP TABLE\n a;\n"
    assert split_statements(script) == ("CREATE TABLE a (x DEFAULT ';');", "DROP TABLE\n a;")
    with pytest.raises(ValueError, match="without an end"):
        split_statements("CREATE TABLE a (x)")


def test_programs_that_start_at_once_all_succeed(tmp_path):
    url = f"sqlite:///{tmp_path}/mojaz.db"
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in started:
        _, errors = process.communicate(timeout=40)
        assert process.returncode == 0, errors.decode()


async def test_a_backup_holds_everything_and_is_itself_sound(storage, newsroom, alone, tmp_path, clock):
    await storage.articles.add([newsroom.write(words="كلمة")], alone)
    target = tmp_path / "copies" / "copy.db"
    await storage.backup(target)
    await storage.articles.add([newsroom.write()], alone)
    await storage.backup(target)

    async with opened_storage(f"sqlite:///{target}", clock) as copy:
        assert await copy.check() == []
        assert await copy.articles.articles(ALL, None) == await storage.articles.articles(ALL, None)
    assert not list(target.parent.glob("*.partial"))


LINES = """
    INSERT INTO digests
    WITH RECURSIVE chats (chat) AS (SELECT 1 UNION ALL SELECT chat + 1 FROM chats WHERE chat < 200000)
    SELECT chat, hex(zeroblob(40)), 480, 0, 1 FROM chats
"""


async def test_a_backup_that_nobody_waits_for_any_more_ends_at_once(storage, tmp_path):
    await storage.database.change(LINES)
    began = time.monotonic()
    await storage.backup(tmp_path / "whole.db")
    whole = time.monotonic() - began

    backup = asyncio.create_task(storage.backup(tmp_path / "broken" / "off.db"))
    while not list(tmp_path.glob("broken/*.partial")):
        await asyncio.sleep(0.001)
    began = time.monotonic()
    backup.cancel()
    with pytest.raises(asyncio.CancelledError):
        await backup

    assert time.monotonic() - began < whole / 2
    assert not list((tmp_path / "broken").iterdir())


KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from storage import open_storage
async def main():
    storage = await open_storage(sys.argv[1], lambda: datetime.now(UTC))
    await storage.backup(sys.argv[2])
    await storage.database.change("UPDATE numbers SET value = 7 WHERE name = 'sent'")
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


@pytest.fixture
def killed(tmp_path) -> tuple[Path, Path]:
    """The database of a bot that was killed after it had made a copy, and the copy."""
    file, copy = tmp_path / "mojaz.db", tmp_path / "copy.db"
    command = [sys.executable, "-c", KILLED, f"sqlite:///{file}", str(copy)]
    assert subprocess.run(command, cwd=ROOT, timeout=40, check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "mojaz.db-wal").stat().st_size
    return file, copy


async def test_a_copy_is_restored_as_the_readme_says(killed, clock):
    file, copy = killed
    shutil.copy(copy, file)
    for ending in ("-wal", "-shm"):
        file.with_name(f"mojaz.db{ending}").unlink()
    async with opened_storage(f"sqlite:///{file}", clock) as storage:
        assert await storage.check() == []
        rows = await storage.database.fetch_all("SELECT value FROM numbers WHERE name = 'sent'")
        assert [row["value"] for row in rows] == [0]


async def test_a_copy_beside_the_log_of_another_is_kept_from_it(killed, clock):
    file, copy = killed
    shutil.copy(copy, file)
    with pytest.raises(StorageError, match=r"mojaz\.db-wal belongs to .* delete it and mojaz\.db-shm"):
        await open_storage(f"sqlite:///{file}", clock)
    assert file.read_bytes() == copy.read_bytes()


async def test_what_a_kill_left_in_the_log_is_not_lost(killed, clock):
    async with opened_storage(f"sqlite:///{killed[0]}", clock) as storage:
        rows = await storage.database.fetch_all("SELECT value FROM numbers WHERE name = 'sent'")
        assert [row["value"] for row in rows] == [7]


async def test_a_backup_onto_the_database_itself_is_refused(storage, file):
    with pytest.raises(StorageError, match="itself"):
        await storage.backup(file)
    assert await storage.check() == []


async def test_a_backup_into_no_folder_says_so(storage, tmp_path):
    (tmp_path / "blocked").touch()
    with pytest.raises(StorageError, match="blocked"):
        await storage.backup(tmp_path / "blocked" / "copy.db")


async def test_a_database_for_reading_alone_is_read_and_told_of(open_folder, clock):
    file = open_folder / "mojaz.db"
    url = f"sqlite:///{file}"
    async with opened_storage(url, clock):
        pass
    file.chmod(0o444)
    with bound_by_modes():
        async with opened_storage(url, clock, reading=True) as storage:
            assert await storage.articles.articles(ALL, None) == []
            assert await storage.check() == [f"{file}: may not be written"]
        with pytest.raises(StorageError) as caught:
            await open_storage(url, clock)
    assert caught.value.cause.startswith(f"DATABASE_URL: '{url}' cannot be used ({file}: may not be")


async def test_check_finds_a_damaged_page(storage, newsroom, alone, file, open_again):
    await storage.articles.add([newsroom.write(words="كلمة " * 500) for _ in range(50)], alone)
    await storage.close()
    content = bytearray(file.read_bytes())
    content[-3 * 4096 : -2 * 4096] = b"\xff" * 4096
    file.write_bytes(content)

    faults = await (await open_again()).check()
    assert faults
    assert all("\n" not in fault for fault in faults)


async def test_closing_twice_and_while_a_transaction_runs_is_safe(storage):
    async def slow() -> None:
        async with storage.database.transaction() as transaction:
            await asyncio.sleep(0.05)
            await transaction.execute("UPDATE numbers SET value = 7 WHERE name = 'sent'")

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.01)
    await storage.close()
    await storage.close()
    assert await task is None

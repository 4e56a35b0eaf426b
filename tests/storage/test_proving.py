"""Whether a database can be used is told by writing into it."""

from __future__ import annotations

import shutil

import pytest

from bot.errors import StorageError
from storage import open_storage


async def test_a_sound_database_takes_a_write_each_time(storage):
    for _ in range(3):
        await storage.prove()
    rows = await storage.database.fetch_all("SELECT value FROM numbers WHERE name = 'proved'")
    assert [row["value"] for row in rows] == [3]


async def test_a_file_that_is_gone_is_told(tmp_path, clock):
    storage = await open_storage(f"sqlite:///{tmp_path}/data/mojaz.db", clock)
    shutil.rmtree(tmp_path / "data")
    with pytest.raises(StorageError, match="is gone"):
        await storage.prove()
    await storage.close()


async def test_what_cannot_be_written_is_told(storage):
    # as a full disk does: no page can be added to the file
    await storage.database.change("PRAGMA query_only = 1")
    with pytest.raises(StorageError, match="refused"):
        await storage.prove()
    await storage.database.change("PRAGMA query_only = 0")

"""Copies beside the database: where they lie, which stay, and what is never touched."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from bot.errors import StorageError
from storage.copying import KEPT


def beside(file):
    """What lies there besides the database's own files."""
    return {path.name for path in file.parent.iterdir() if not path.name.startswith(f"{file.name}")}


async def copies(storage, clock, number):
    return [
        await storage.copy_beside(clock.forward(days=1) - timedelta(days=1), 0) for _ in range(number)
    ]


async def test_the_newest_copies_stay_and_are_told(storage, clock, file):
    made = await copies(storage, clock, KEPT + 2)
    assert beside(file) == {copy.name for copy in made[2:]}
    assert made[-1].path == str(file.parent / made[-1].name)
    assert (made[-1].kept, made[-1].content) == (KEPT, None)


async def test_files_of_other_names_stay(storage, clock, file):
    others = {"other-20200101-000000.db", "mojaz-20200101-000000.db.gz", "mojaz-2020.db", "mojaz-x.db"}
    for name in others:
        (file.parent / name).write_text("x")
    made = await copies(storage, clock, KEPT + 1)
    assert beside(file) == others | {copy.name for copy in made[1:]}


async def test_what_a_kill_left_of_a_copy_goes_and_what_is_being_written_stays(storage, clock, file):
    ours = f"mojaz-20200102-000000.db.{os.getpid()}.partial"
    for name in ("mojaz-20200101-000000.db.99999999.partial", ours):
        (file.parent / name).write_text("x")
    [made] = await copies(storage, clock, 1)
    assert beside(file) == {made.name, ours}


async def test_a_small_copy_leaves_no_file(storage, clock, file):
    made = await storage.copy_beside(clock(), 10_000_000)
    assert (made.path, made.kept, beside(file)) == ("", 0, set())
    assert made.content.startswith(b"SQLite format 3")


async def test_a_copy_that_cannot_be_written_takes_none_away(storage, clock, file):
    made = await copies(storage, clock, KEPT)
    taken = f"mojaz-{clock():%Y%m%d-%H%M%S}.db"
    (file.parent / taken).mkdir()
    with pytest.raises(StorageError, match=taken):
        await storage.copy_beside(clock(), 0)
    assert beside(file) == {copy.name for copy in made} | {taken}

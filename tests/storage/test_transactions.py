"""Transactions under cancellation, under each other's feet, and under SIGKILL."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.model import ChatId, Lane, OutboxMessage, Selection
from storage.sqlite import in_sqlite

ROOT = Path(__file__).resolve().parents[2]
SET = "UPDATE numbers SET value = :value WHERE name = 'sent'"
GET = "SELECT value FROM numbers WHERE name = 'sent'"

WRITE_FOR_EVER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.model import ChatId, Lane, OutboxMessage
from storage import open_storage
async def main():
    storage = await open_storage(sys.argv[1], lambda: datetime.now(UTC))
    while True:
        pair = [OutboxMessage(ChatId(1), "pair", Lane.DIGEST) for _ in range(2)]
        await storage.outbox.queue(pair)
        print("queued", flush=True)
asyncio.run(main())
"""


NUMBERS = """
    WITH RECURSIVE numbers (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers)
    SELECT number, number / :each AS part FROM numbers
"""


async def test_a_walk_ends_where_enough_was_met(storage):
    for asked in (storage.database.fetch_first, reading_in_a_transaction(storage)):
        rows = await asked(NUMBERS, {"each": 3}, "part", 4)  # the statement itself has no end
        assert [tuple(row) for row in rows] == [(0, 0), (3, 1), (6, 2), (9, 3)]
        assert await asked("SELECT 1 AS part WHERE 0", {}, "part", 4) == []


def reading_in_a_transaction(storage):
    async def asked(*arguments):
        async with storage.database.transaction() as transaction:
            return await transaction.fetch_first(*arguments)

    return asked


async def test_a_walk_that_nobody_waits_for_any_more_ends(storage):
    for _ in range(5):  # more than there are connections to read with
        walk = storage.database.fetch_first(NUMBERS, {"each": 10**12}, "part", 2)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(walk, 0.1)
    assert await asyncio.wait_for(value(storage), 5) == 0


async def value(storage):
    return (await storage.database.fetch_one(GET))["value"]


async def test_a_cancelled_task_leaves_nothing_behind_and_the_next_goes_on(storage):
    written = asyncio.Event()

    async def stuck() -> None:
        async with storage.database.transaction() as transaction:
            await transaction.execute(SET, {"value": 1})
            written.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(stuck())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with storage.database.transaction() as transaction:
        await transaction.execute("UPDATE numbers SET value = 5 WHERE name = 'dead'")
    assert await value(storage) == 0


@pytest.mark.parametrize("steps", range(12))
async def test_cancelled_at_any_step_it_is_all_or_nothing(storage, steps):
    async def write() -> None:
        async with storage.database.transaction() as transaction:
            await transaction.execute(SET, {"value": 1})
            await transaction.execute("UPDATE numbers SET value = 1 WHERE name = 'dead'")

    task = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await storage.database.change("UPDATE numbers SET value = value WHERE name = 'id'")

    counts = await storage.articles.counts()
    assert counts.sent == counts.dead


async def test_tasks_that_write_at_once_do_not_mix(storage):
    async def add_one(fail: bool) -> None:
        async with storage.database.transaction() as transaction:
            now = (await transaction.fetch_one(GET))["value"]
            await asyncio.sleep(0)
            await transaction.execute(SET, {"value": now + 1})
            if fail:
                raise LookupError

    await asyncio.gather(*(add_one(n % 3 == 0) for n in range(30)), return_exceptions=True)
    assert await value(storage) == 20


async def test_a_reader_sees_nothing_of_an_open_transaction(storage):
    async with storage.database.transaction() as transaction:
        await transaction.execute(SET, {"value": 9})
        assert await value(storage) == 0
    assert await value(storage) == 9


async def test_readers_cannot_write(storage):
    with pytest.raises(StorageError, match="readonly"):
        await storage.database.fetch_all(SET, {"value": 1})


async def test_a_cancelled_search_frees_its_connection(storage):
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n"
    tasks = [asyncio.create_task(storage.database.fetch_all(endless)) for _ in range(3)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert await asyncio.wait_for(value(storage), 2) == 0


async def test_two_programs_on_one_file_both_get_their_turn(storage, open_again, newsroom, alone):
    other = await open_again()
    batches = [[newsroom.write(words="خبر") for _ in range(5)] for _ in range(10)]
    await asyncio.gather(
        *(
            one.articles.add(batch, alone)
            for one, batch in zip([storage, other] * 5, batches, strict=True)
        )
    )

    articles = await storage.articles.articles(Selection(), None)
    assert len({article.id for article in articles}) == 50
    assert await other.articles.articles(Selection(), None) == articles


async def test_a_writer_waits_for_another_program(storage, file):
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    task = asyncio.create_task(storage.outbox.queue([OutboxMessage(ChatId(1), "x", Lane.REPLY)]))
    await asyncio.sleep(0.2)
    assert not task.done()
    other.execute("COMMIT")
    other.close()
    assert len(await task) == 1


@pytest.mark.parametrize("transactions", [1, 20, 60])
async def test_killed_while_writing_nothing_is_half_done(file, transactions, open_again):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WRITE_FOR_EVER,
        f"sqlite:///{file}",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    for _ in range(transactions):
        assert await process.stdout.readline() == b"queued\n"
    process.kill()
    await process.communicate()

    storage = await open_again()
    assert await storage.check() == []
    queued = (await storage.articles.counts()).queued
    assert queued >= 2 * transactions
    assert queued % 2 == 0


def test_a_list_of_values_is_written_once_for_every_engine():
    assert in_sqlite("id IN :ids") == "id IN (SELECT value FROM json_each(:ids))"

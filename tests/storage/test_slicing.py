"""Slices: how many articles a transaction takes, the gaps between them, and who comes in meanwhile."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.errors import StorageError
from bot.model import ChatId, Lane, OutboxMessage, Selection
from storage.articles import SqlArticles
from storage.slicing import MOST_SECONDS, Slicing


class Time:
    """Stands still until work or a gap takes some of it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Time:  # type: ignore[override]
    return Time()


def worked(slicing: Slicing, clock: Time, a_piece: float) -> float:
    """The seconds of a slice of pieces that take so long each."""
    slicing.begin()
    done = 0
    while done < slicing.pieces and not (done and slicing.is_over):
        clock.now += a_piece
        done += 1
    slicing.end(done)
    return done * a_piece


@pytest.mark.parametrize("a_piece", [0.0002, 0.002, 0.01, 0.05])
def test_a_slice_takes_as_long_as_it_may_whatever_a_piece_takes(clock, a_piece):
    slicing = Slicing(0.08, 0.01, monotonic=clock, sleep=clock.sleep)
    took = [worked(slicing, clock, a_piece) for _ in range(8)][-1]
    assert took <= 0.08 + a_piece
    assert took >= min(0.04, 0.08 - a_piece)


def test_pieces_that_grow_heavier_end_the_slice_early(clock):
    slicing = Slicing(0.08, 0.01, monotonic=clock, sleep=clock.sleep)
    for _ in range(6):
        worked(slicing, clock, 0.001)
    assert worked(slicing, clock, 0.03) <= 0.12


async def test_a_gap_is_kept_after_a_slice_and_only_then(clock):
    slicing = Slicing(0.08, 0.01, monotonic=clock, sleep=clock.sleep)
    await slicing.gap()
    assert clock.slept == []
    worked(slicing, clock, 0.001)
    await slicing.gap()
    assert clock.slept == [pytest.approx(0.01)]


def slow(*_):
    time.sleep(0.004)


async def longest_write(storage, work) -> float:
    """Of answers that are queued while `work` goes on."""
    task = asyncio.create_task(work)
    longest = 0.0
    while not task.done():
        began = time.monotonic()
        await storage.outbox.queue([OutboxMessage(ChatId(1), "جواب", Lane.REPLY)])
        longest = max(longest, time.monotonic() - began)
        await asyncio.sleep(0.005)
    await task
    return longest


@pytest.mark.parametrize("same_program", [True, False])
async def test_a_large_intake_lets_others_write_in_between(storage, newsroom, open_again, same_program):
    other = storage if same_program else await open_again()
    batch = [newsroom.write() for _ in range(400)]
    longest = await longest_write(other, storage.articles.add(batch, slow))
    assert longest < 0.5
    assert (await storage.articles.counts()).articles == 400


async def test_what_a_failing_slice_left_is_what_the_slices_before_it_stored(storage, newsroom):
    articles = SqlArticles(storage.database, Slicing(first=5))
    batch = [newsroom.write() for _ in range(40)]

    def fail(new, *_):
        if new.words_digest == batch[12].analysis.words_digest:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await articles.add(batch, fail)
    stored = await articles.articles(Selection(), None)
    assert {one.title for one in stored} == {one.article.title for one in batch[:5]}


async def test_a_writer_that_finds_no_gap_says_so(storage, file, monkeypatch):
    import sqlite3

    monkeypatch.setattr("storage.sqlite.BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        await storage.outbox.queue([OutboxMessage(ChatId(1), "جواب", Lane.REPLY)])
    holder.close()


async def test_work_in_one_go_that_waits_for_something_else_is_refused_and_undone(storage):
    async def work(transaction):
        await transaction.execute("UPDATE numbers SET value = 7 WHERE name = 'sent'")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited for something else"):
        await storage.database.in_one_go(work)
    assert (await storage.articles.counts()).sent == 0


def test_a_slice_is_short_enough_for_a_reader():
    assert MOST_SECONDS <= 0.1

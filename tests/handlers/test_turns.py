"""What is slow work, and whose places it takes."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import Busy
from handlers.turns import Slow, Turns, slow_work

LINK = "https://news.example/1"


@pytest.mark.parametrize(
    ("command", "words", "is_admin", "has_enclosed", "work"),
    [
        ("", LINK, False, False, Slow.QUESTION),
        ("", "سوريا", False, False, None),
        ("", "سوريا", False, True, None),
        ("summarize", LINK, False, False, Slow.QUESTION),
        ("summarize", "", False, True, Slow.QUESTION),
        ("summarize", "نص طويل", False, False, None),
        ("ingest", LINK, True, False, Slow.INTAKE),
        ("ingest", LINK, False, True, None),
        ("checkfeed", "3", True, False, Slow.INTAKE),
        ("search", LINK, True, True, None),
    ],
)
def test_what_waits_for_more_than_the_database_is_slow(
    command: str, words: str, is_admin: bool, has_enclosed: bool, work: Slow | None
) -> None:
    assert slow_work(command, words, is_admin=is_admin, has_enclosed=has_enclosed) is work


async def test_readers_and_admins_keep_no_places_from_each_other() -> None:
    turns = Turns(questions=1, intake=1)
    async with turns.one() as reader, turns.one() as other, reader.aside(Slow.QUESTION):
        with pytest.raises(Busy):
            async with other.aside(Slow.QUESTION, 0.01):
                pass
        async with other.aside(Slow.INTAKE, 0.01):
            pass


async def test_a_place_is_given_back_once() -> None:
    turns = Turns(at_once=1)
    async with turns.one() as turn, turn.aside(Slow.QUESTION):
        turn.give_back()
    async with turns.one():
        second = asyncio.create_task(_one(turns))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not second.done()
    await second


async def _one(turns: Turns) -> None:
    async with turns.one():
        pass

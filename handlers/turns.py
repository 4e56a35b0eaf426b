"""Turns of updates: how many are handled at once, and where slow work waits meanwhile.

A turn begins at one of the places for quick answers. What opens links or files, or takes articles in,
gives its place back and waits aside, among its like: whoever sends much of it keeps those waiting who
send the same, and nobody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from enum import Enum, auto

from bot.answers.wording import is_link
from bot.seats import Seats

AT_ONCE = 32
"""Quick answers that are worked on at once."""
QUESTIONS = 12
"""Links and files of readers that are opened at once: each may hold several times 5 MB."""
INTAKE = 4
"""Works of admins and posts of channels at once."""
LONGEST = 2.0
"""Seconds at a place for quick answers. Whatever takes longer, such as a press that reads a feed, goes
on without one."""
PATIENCE = 2.5
"""Seconds that work waits aside before its sender is told that the bot is busy. The work itself takes
up to 41, and an answer comes within 45."""

_OF_ADMINS = frozenset({"ingest", "addfeed", "checkfeed", "backup"})


class Slow(Enum):
    """Work that waits for the network, for worker processes or for much of the database."""

    QUESTION = auto()
    """A reader's link or file."""
    INTAKE = auto()
    """What takes articles in, or copies all of them."""


def slow_work(command: str, words: str, *, is_admin: bool, has_enclosed: bool) -> Slow | None:
    """What answering a command is; None where it is quick, as a refusal is.

    command: without slash, empty for plain words. has_enclosed: whether it came with a file or answers
    another message.
    """
    if command in _OF_ADMINS:
        return Slow.INTAKE if is_admin else None
    opens = is_link(words) or (command == "summarize" and has_enclosed)
    return Slow.QUESTION if opens and command in ("", "summarize") else None


class Turn:
    """The turn of one update."""

    def __init__(self, quick: Seats, slow: Mapping[Slow, Seats]) -> None:
        self._quick = quick
        self._slow = slow
        self._has_place = True

    def give_back(self) -> None:
        """Leaves the place to the next one, once, whatever goes on."""
        if self._has_place:
            self._has_place = False
            self._quick.give_back()

    @asynccontextmanager
    async def aside(self, work: Slow | None, patience: float | None = None) -> AsyncIterator[None]:
        """Where slow work is done; None is quick and stays where it is.

        patience: seconds to wait there, after which Busy is raised. What comes after the work is a short
        transaction, for which the turn asks no place again.
        """
        if work is None:
            yield
            return
        self.give_back()
        async with self._slow[work].one(patience):
            yield


class Turns:
    """at_once, questions, intake: turns of each kind at the same time. longest: seconds of a quick one's
    place.
    """

    def __init__(
        self,
        at_once: int = AT_ONCE,
        questions: int = QUESTIONS,
        intake: int = INTAKE,
        longest: float = LONGEST,
    ) -> None:
        self._quick = Seats(at_once)
        self._slow = {Slow.QUESTION: Seats(questions), Slow.INTAKE: Seats(intake)}
        self._longest = longest

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Turn]:
        """A turn, from when a place is free."""
        await self._quick.take()
        turn = Turn(self._quick, self._slow)
        late = asyncio.get_running_loop().call_later(self._longest, turn.give_back)
        try:
            yield turn
        finally:
            late.cancel()
            turn.give_back()

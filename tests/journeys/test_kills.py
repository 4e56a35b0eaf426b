"""The bot is killed again and again, at moments of all kinds: nothing is lost, hardly anything repeated.

`MOJAZ_KILLS` sets the number of kills, `MOJAZ_SEED` the moments.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.emulator import Emulator
from bot.sandbox.hands import Conversation

KILLS = int(os.environ.get("MOJAZ_KILLS", "25"))
SEED = int(os.environ.get("MOJAZ_SEED", "6"))

READERS = 8
COMMANDS_A_KILL = 8
DIGESTS_A_KILL = 25

DUE_WITHIN = 4.0
"""Seconds from a kill on; the bot is up again after about one."""

LONGEST_LIFE = 2.5
"""Seconds that the bot serves at most before it is killed."""

CATCH_UP = 180
"""Seconds in which the last start must have made up for everything."""


@dataclass
class Crowd:
    """Readers who ask, and subscribed chats whose digests come due: what each of them is owed."""

    emulator: Emulator
    chance: random.Random
    readers: list[Conversation] = field(default_factory=list)
    asked: dict[str, tuple[Conversation, str]] = field(default_factory=dict)
    subscribers: list[int] = field(default_factory=list)

    def settle(self) -> None:
        for number in range(READERS):
            self.emulator.add_private(2001 + number, f"reader-{number}")
            self.readers.append(self.emulator.private(f"reader-{number}"))

    async def ask(self, seconds: float) -> None:
        """Commands at random moments; the answer to each holds its mark."""
        begun = time.monotonic()
        for moment in sorted(self.chance.uniform(0, seconds) for _ in range(COMMANDS_A_KILL)):
            await asyncio.sleep(max(0.0, begun + moment - time.monotonic()))
            chat, mark = self.chance.choice(self.readers), f"علامة{len(self.asked):04}"
            self.asked[mark] = chat, self.chance.choice(["/search", "/topic"])
            await chat.say(f"{self.asked[mark][1]} {mark}")

    def more_subscribers(self) -> dict[int, str]:
        """Chats that are to get one digest each."""
        first = 100_000 + len(self.subscribers)
        new = list(range(first, first + DIGESTS_A_KILL))
        self.subscribers += new
        for chat in new:
            self.emulator.add_private(chat)
        return dict.fromkeys(new, "private")

    def answers(self) -> Counter[str]:
        """How often each mark was answered."""
        words = Counter[str]()
        for chat in self.readers:
            for message in chat.messages:
                if message.from_bot:
                    words.update(
                        {m for m, (c, _) in self.asked.items() if m in message.text and c is chat}
                    )
        return words

    def digests(self) -> Counter[int]:
        """How many messages each subscriber got: nothing but digests goes to them."""
        messages = self.emulator.world.state.messages
        return Counter({chat: len(messages.get(chat, {})) for chat in self.subscribers})

    @property
    def missing(self) -> list[object]:
        answers, digests = self.answers(), self.digests()
        return [m for m in self.asked if not answers[m]] + [
            c for c in self.subscribers if not digests[c]
        ]

    @property
    def repeated(self) -> int:
        counted = [*self.answers().values(), *self.digests().values()]
        return sum(count - 1 for count in counted if count > 1)


def fault(database: Path) -> str:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


async def live(program: Any, crowd: Crowd, seconds: float) -> None:
    """One life of the bot, which ends with a kill: most of them while serving, some while starting."""
    starting = asyncio.create_task(program.start())
    asking = asyncio.create_task(crowd.ask(seconds + 1.0))
    if crowd.chance.random() < 0.2:
        await asyncio.sleep(crowd.chance.uniform(0.3, 1.5))
    else:
        await starting
        await asyncio.sleep(seconds)
    await program.kill()
    with contextlib.suppress(AssertionError):
        await starting
    await asking


@pytest.mark.slow
async def test_kills_lose_nothing_and_repeat_at_most_one_message_each(
    emulator: Emulator, news: Any, subscribe: Any, tmp_path: Path
) -> None:
    database = tmp_path / "news.db"
    crowd = Crowd(emulator, random.Random(SEED))
    crowd.settle()
    await news.kill()
    for _ in range(KILLS):
        subscribe(crowd.more_subscribers(), DUE_WITHIN, crowd.chance)
        await live(news, crowd, crowd.chance.uniform(0, LONGEST_LIFE))
        assert fault(database) == "ok"
    await news.start()
    for _ in range(CATCH_UP):
        if crowd.missing:
            await asyncio.sleep(1)
    await asyncio.sleep(2)
    assert await news.stop() == 0
    print(
        f"{KILLS} kills, seed {SEED}: {len(crowd.asked)} commands, {len(crowd.subscribers)} digests,"
        f" {len(crowd.missing)} missing, {crowd.repeated} repeated"
    )
    assert crowd.missing == []
    assert crowd.repeated <= KILLS
    assert emulator.pending == []
    assert fault(database) == "ok"

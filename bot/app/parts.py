"""What is opened first and closed last: the database, the worker processes, the words."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.clock import SystemClock
from bot.config import Config
from bot.ports import Workers
from bot.speaking import Speaking
from bot.texts.catalogue import Catalogue
from bot.topics import lexicon
from bot.topics.names import names_of
from bot.workers import ProcessWorkers
from storage import Storage, held_storage, opened_storage


@dataclass(frozen=True, slots=True)
class Parts:
    """What is opened first and closed last."""

    config: Config
    clock: SystemClock
    storage: Storage
    workers: Workers
    speaking: Speaking


@asynccontextmanager
async def opened_parts(config: Config) -> AsyncIterator[Parts]:
    """The database, which no other bot may serve, the worker processes, the words."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        stack.enter_context(held_storage(config.database_url))
        storage = await stack.enter_async_context(opened_storage(config.database_url, clock.now))
        workers = await stack.enter_async_context(
            ProcessWorkers(preload=["bot.intake.ingest", "bot.intake.feed_visits"])
        )
        speaking = Speaking(Catalogue.load(), lexicon.load(), config.timezone, config.language)
        names_of(speaking.lexicon)  # made now, so that no reader waits for it
        if not gc.isenabled():
            # what stands now stands to the end: to walk it would hold readers up for 60 ms each time
            gc.freeze()
            gc.enable()
        yield Parts(config, clock, storage, workers, speaking)

"""A program that visits a feed and is killed at a given moment: started by test_polling_rounds.py.

Arguments: database, feed, moment (claimed, asked, stored), the time that its clock shows.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

from bot.clock import SystemClock
from bot.intake.fetch import WebFetcher
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import FeedId
from storage import opened_storage
from storage.articles import SqlArticles
from storage.feeds import SqlFeeds


def die(*_given):
    os.kill(os.getpid(), signal.SIGKILL)


class HereWorkers:
    async def run(self, function, *arguments, deadline=30.0):
        return function(*arguments)


async def main(database, feed, moment, shown):
    clock = SystemClock()
    clock.now = lambda: datetime.fromisoformat(shown)
    kill_at = {
        "claimed": (WebFetcher, "get"),
        "asked": (SqlArticles, "add"),
        "stored": (SqlFeeds, "record"),
    }
    setattr(*kill_at[moment], die)
    async with opened_storage(database, clock.now) as storage, WebFetcher(allow_private=True) as fetcher:
        workers = HereWorkers()
        intake = Ingest(storage.articles, workers, clock)
        polling = Polling(storage.feeds, fetcher, workers, intake, clock, lambda *_given: ())
        await polling.visit(FeedId(int(feed)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

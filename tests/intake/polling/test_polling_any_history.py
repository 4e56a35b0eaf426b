"""Whatever a feed publishes, corrects and takes away, and wherever a visit is broken off: every entry
that was read is stored once, with the words that it had last."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FetchFailed
from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import FeedState, Fetched, NewFeed, Selection
from storage import opened_storage

URL = "https://hay.example/rss"


class Killed(BaseException):
    """The program ends here."""


class HereWorkers:
    async def run(self, function: Any, *arguments: object, deadline: float = 30.0) -> Any:
        return function(*arguments)


@dataclass
class Site:
    """Answers with what it holds, by number: the version of each entry's words."""

    entries: dict[int, int] = field(default_factory=dict)
    fault: int | None = None
    rss: Any = None
    item: Any = None
    report: Any = None

    async def get(self, request: Any) -> Fetched:
        if self.fault is not None:
            raise FetchFailed(f"hay.example: the server says {self.fault}", status=self.fault)
        items = [
            self.item(n, guid=f"g{n}", minutes=n, text=self.report(n, f"النسخة رقم {version} من الخبر."))
            for n, version in sorted(self.entries.items())
        ]
        body, etag = self.rss(*items), f'"{sorted(self.entries.items())}"'
        if request.etag == etag:
            return Fetched(URL, 304)
        return Fetched(URL, 200, body, "application/rss+xml", etag=etag)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 6)),
        st.tuples(st.just("correct"), st.integers(1, 6)),
        st.tuples(st.just("take away"), st.integers(1, 6)),
        st.tuples(st.just("fault"), st.sampled_from([None, 404, 500, 503])),
        st.tuples(st.just("visit"), st.integers(1, 60)),
        st.tuples(st.just("kill"), st.sampled_from(["add", "revise", "record"])),
    ),
    max_size=10,
)


def broken_off(target: Any, name: str) -> Any:
    async def dies(*_given: Any, **_named: Any) -> None:
        raise Killed

    return type("Broken", (), {"__getattr__": lambda _, n: dies if n == name else getattr(target, n)})()


async def lived(history: Any, site: Site, clock: Any, folder: str) -> None:
    read: dict[int, int] = {}
    async with opened_storage(f"sqlite:///{folder}/news.db", clock.now) as storage:
        [(feed, _)] = await storage.feeds.add([NewFeed(URL)], clock.now())

        async def visit(kill: str = "") -> None:
            articles: Any = broken_off(storage.articles, kill) if kill else storage.articles
            feeds: Any = broken_off(storage.feeds, kill) if kill else storage.feeds
            intake = Ingest(articles, HereWorkers(), clock)
            polling = Polling(feeds, site, HereWorkers(), intake, clock, lambda *_given: ())
            with suppress(Killed):
                report = await polling.visit(feed.id)
                if not report.feed.error and not report.already:
                    read.update(site.entries)

        for what, value in history:
            match what:
                case "publish":
                    site.entries.setdefault(value, 1)
                case "correct" if value in site.entries:
                    site.entries[value] += 1
                case "take away":
                    site.entries.pop(value, None)
                case "fault":
                    site.fault = value
                case "visit":
                    clock.forward(minutes=value)
                    await visit()
                case "kill":
                    await visit(value)
        site.fault = None
        clock.forward(minutes=6)
        await visit()
        stored = await storage.articles.articles(Selection(), None)
        bodies = [t.body for a in stored for t in await storage.articles.texts(a.story) if t.id == a.id]
        for number, version in read.items():
            own = [body for body in bodies if f"رقم {number} بعد عامين" in body]
            assert len(own) == 1
            assert f"النسخة رقم {version} من" in own[0]
        [held] = await storage.feeds.all()
        assert (held.state, held.failures, held.articles) == (FeedState.ACTIVE, 0, len(stored))
        assert held.next_check - clock.now() >= timedelta(minutes=4)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_every_entry_that_was_read_is_stored_once_with_its_last_words(
    history, clock, rss, item, report
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(rss=rss, item=item, report=report)
        asyncio.run(lived(history, site, clock, folder))

"""A day of the real news, published as feeds and polled as time goes on: all comes in, once, soon."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import escape
from statistics import median

import pytest

from bot.intake.ingest import Ingest
from bot.intake.polling import Polling
from bot.model import Fetched, NewFeed

BEGIN, END = datetime(2018, 5, 16, tzinfo=UTC), datetime(2018, 5, 17, tzinfo=UTC)
SHOWN = 20
"""Entries of a feed: the newest ones."""


class HereWorkers:
    async def run(self, function, *arguments, deadline=30.0):
        return function(*arguments)


class Outlets:
    """A feed for each source, as it stood at the clock's time."""

    def __init__(self, news, clock):
        self.clock, self.asked, self.news = clock, 0, {}
        for record in news:
            published = parsedate_to_datetime(record["published"])
            if BEGIN <= published < END:
                self.news.setdefault(record["source"], []).append((published, record))
        for shown in self.news.values():
            shown.sort(key=lambda pair: pair[0], reverse=True)

    def urls(self):
        return {f"https://outlet-{n}.example/rss": source for n, source in enumerate(sorted(self.news))}

    async def get(self, request):
        self.asked += 1
        source = self.urls()[request.url]
        shown = [pair for pair in self.news[source] if pair[0] <= self.clock.now()][:SHOWN]
        etag = f'"{shown[0][1]["id"] if shown else 0}-{len(shown)}"'
        if request.etag == etag:
            return Fetched(request.url, 304)
        items = "".join(
            f"<item><title>{escape(r['title'])}</title><guid isPermaLink='false'>{r['id']}</guid>"
            f"<pubDate>{r['published']}</pubDate><description>{escape(r['text'])}</description></item>"
            for _, r in shown
        )
        body = f"<rss version='2.0'><channel><title>{escape(source)}</title>{items}</channel></rss>"
        return Fetched(request.url, 200, body.encode(), "text/xml; charset=utf-8", etag=etag)


@pytest.mark.news
async def test_all_of_a_day_comes_in_once_and_soon(storage, clock, shared):
    lines = (shared / "arabic-news-week.jsonl").read_text("utf-8").splitlines()
    clock.time = BEGIN + timedelta(hours=1)
    outlets = Outlets(map(json.loads, lines), clock)
    intake = Ingest(storage.articles, HereWorkers(), clock)
    polling = Polling(storage.feeds, outlets, HereWorkers(), intake, clock, lambda *_: ())
    feeds = await storage.feeds.add([NewFeed(url) for url in outlets.urls()], clock.now())
    while clock.now() < END + timedelta(hours=6):
        await polling.poll(clock.now())
        clock.time = min(feed.next_check for feed in await storage.feeds.all())
    held = await storage.feeds.all()
    assert [feed.error for feed in held] == [""] * len(feeds)
    arrived = await storage.articles.arrived(BEGIN, clock.now(), BEGIN)
    articles = {a.id: a for story in arrived for a in story.articles}.values()
    # some stand twice in the week with the same words
    words = {(r["title"], r["text"]) for shown in outlets.news.values() for _, r in shown}
    assert len({text for _, text in words}) * 0.98 <= len(articles) <= len(words)
    delays = [a.received - a.published for a in articles if a.published > BEGIN + timedelta(hours=1)]
    print(
        len(articles), "articles,", outlets.asked, "requests, median delay", median(delays), max(delays)
    )
    assert median(delays) < timedelta(minutes=30)
    assert outlets.asked < len(held) * 24 * 12

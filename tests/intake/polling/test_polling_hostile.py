"""Feeds and pages that are made to do harm: each visit ends with an error, in time, in little memory."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.intake import feed_visits
from bot.intake.guard import Forbidden, Guard
from bot.intake.ingest import prepare
from bot.model import Draft

MOST_MEMORY = 100 * 1024 * 1024
DEADLINE = 1.5
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

NESTED = b"<rss version='2.0'><channel><item><title>x</title>" + b"<a>" * 100_000
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss ['
    + b'<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><rss version='2.0'><channel><item><title>&a11;</title></item></channel></rss>"
)
BLOW_UP = (
    b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss version="2.0"><channel><item><title>'
    + b"&a;" * 50_000
    + b"</title></item></channel></rss>"
)  # fmt: skip
READS_FILES = (
    b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    b"<rss version='2.0'><channel><item><title>a &f; z</title></item></channel></rss>"
)
MANY_ATTRIBUTES = (
    b"<rss version='2.0'><channel><item " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b">"
)
SECRET = Path("/etc/hostname").read_text().strip()
DOCUMENTS = {
    "100,000 nested tags": NESTED,
    "a billion laughs": LAUGHS,
    "a large entity, many times": BLOW_UP,
    "200,000 attributes": MANY_ATTRIBUTES,
    "4 MB of opening tags": b"<rss version='2.0'><channel>" + b"<item>" * 700_000,
    "4 MB of one tag that never ends": b"<rss version='2.0'><channel><item a='" + b"x" * 4_000_000,
    "4 MB of JSON brackets": b'{"version": "https://jsonfeed.org/version/1.1", "items": '
    + b"[" * 4_000_000,
    "4 MB of zeros": bytes(4_000_000),
    "4 MB of lt": b"<" * 4_000_000,
    "4 MB of ampersands": b"<rss version='2.0'><channel><item><title>" + b"&" * 4_000_000,
    "4 MB of comment starts": b"<rss version='2.0'><channel><item>" + b"<!--" * 1_000_000,
    "4 MB of unclosed CDATA": b"<rss version='2.0'><channel><item>" + b"<![CDATA[" * 440_000,
}


@pytest.fixture(autouse=True)
def short_deadlines(monkeypatch):
    monkeypatch.setattr(feed_visits, "FETCHING", DEADLINE)
    monkeypatch.setattr(feed_visits, "READING", DEADLINE)


def children_of_this_process() -> list[int]:
    """Processes below this one."""
    own = Path(f"/proc/self/task/{Path('/proc/self').resolve().name}/children")
    return [int(number) for number in own.read_text().split()]


@pytest.fixture
async def warm_workers(workers):
    """All of them know the topics: what the first article costs is no document's fault."""
    text = Draft(text="افتتحت البلدية في المدينة صباح اليوم حديقة عامة جديدة بعد عام من العمل فيها.")
    await asyncio.gather(*(workers.run(prepare, [text] * 20, NOON) for _ in range(6)))


@pytest.fixture
def workers_grown(warm_workers):
    """By how many bytes the largest worker was larger at most than at the start."""
    before = {}
    for number in children_of_this_process():
        try:
            Path(f"/proc/{number}/clear_refs").write_text("5")
        except OSError:
            pytest.skip("the system does not tell peaks of memory")
        before[number] = memory(number, "VmRSS")

    def grown() -> int:
        now = {number: memory(number, "VmHWM") for number in children_of_this_process()}
        return max((most - before.get(number, most) for number, most in now.items()), default=0) * 1024

    return grown


def memory(number: int, field: str) -> int:
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_hostile_document_is_an_error_in_time_and_in_little_memory(
    poller, publisher, rss, item, grown, workers_grown, name
):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, guid="one"))))).feed
    publisher.answer("/rss", DOCUMENTS[name])
    growth, began = grown(), time.monotonic()
    report = await poller.again(feed)
    # a process that was killed for its time is replaced, which takes a while
    assert time.monotonic() - began < 2 * DEADLINE + 3
    assert report.feed.error
    assert growth() < MOST_MEMORY
    assert workers_grown() < MOST_MEMORY
    assert len(await poller.articles()) == 1


async def test_an_entity_that_names_a_file_reads_none(poller, publisher):
    await poller.read(publisher.answer("/rss", READS_FILES))
    assert all(SECRET not in title for title in await poller.titles())


@pytest.mark.parametrize(
    "name",
    ["silence", "a drip in the head", "a drip in the body", "a body of 2 GB", "garbage", "nothing"],
)
async def test_a_hostile_server_is_an_error_in_time(poller, raw_server, hostile, grown, name):
    server = await raw_server(hostile.conversations()[name][0])
    growth, began = grown(), time.monotonic()
    report = await poller.read(server.url)
    assert time.monotonic() - began < DEADLINE + 1
    assert report.feed.error
    assert growth() < MOST_MEMORY


async def test_a_bomb_is_an_error_in_little_memory(poller, raw_server, hostile, grown):
    server = await raw_server(hostile.conversations()["gzip, 200 kB to 200 MB"][0])
    growth = grown()
    report = await poller.read(server.url)
    assert "more than" in report.feed.error
    assert growth() < MOST_MEMORY


async def test_redirects_without_end_are_an_error(poller, publisher):
    async def on(request: web.Request) -> web.Response:
        number = int(request.path[1:] or 0) + 1
        publisher.says[f"/{number}"] = on
        return web.Response(status=302, headers={"Location": f"/{number}"})

    publisher.says["/0"] = on
    report = await poller.read(f"{publisher.url}/0")
    assert "redirects" in report.feed.error
    assert len(publisher.asked) < 12


async def test_a_redirect_that_the_guard_forbids_is_an_error_and_nothing_is_connected_to(
    poller, publisher
):
    """The port is none of the web's: the guard says no even where this machine may be read."""
    url = publisher.answer("/rss", status=302, Location="http://127.0.0.1:25/")
    report = await poller.read(url)
    assert "port 25" in report.feed.error
    assert publisher.paths() == ["/rss"]


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://[::1]/", "http://printer.local/rss"])
def test_private_addresses_are_judged_before_anything_is_asked(address):
    with pytest.raises(Forbidden):
        Guard().address(address)


async def test_many_hostile_feeds_at_once_leave_little_behind(poller, publisher, grown):
    urls = [publisher.answer(f"/{n}", body) for n, body in enumerate([*DOCUMENTS.values()][::2])]
    feeds = [await poller.add(url) for url in urls]
    growth = grown()
    await poller.polling.poll(poller.clock.now())
    after = [await poller.storage.feeds.find(feed.id) for feed in feeds]
    assert all(feed.error and feed.failures == 1 for feed in after)
    assert growth() < MOST_MEMORY


async def test_an_entry_of_thousands_of_lines_stops_no_other(poller, publisher, rss, item, monkeypatch):
    monkeypatch.setattr(feed_visits, "READING", 10.0)
    heavy = item(1, guid="heavy", text="<br>".join(f"سطر {n}" for n in range(8_000)))
    report = await poller.read(publisher.answer("/rss", rss(heavy, item(2, guid="two"))))
    assert report.feed.error == ""
    assert report.stored + report.refused == 2
    assert "حديقة رقم 2 تفتح أبوابها" in await poller.titles()

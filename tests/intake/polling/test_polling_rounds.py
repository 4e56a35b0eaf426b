"""Many feeds: due ones alone, hosts in turn, claims, kills, the loop that goes on for ever."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.intake import polling as polling_module
from bot.model import FeedState
from storage import opened_storage

CHILD = Path(__file__).with_name("killed_visit.py")


# --- rounds -----------------------------------------------------------------------------------------


async def test_a_round_visits_the_due_feeds_once_each(poller, publisher, rss, item):
    due = [await poller.add(publisher.answer(f"/{n}", rss(item(n)))) for n in range(5)]
    later = (await poller.read(publisher.answer("/later", rss(item(9))))).feed
    asked = len(publisher.asked)
    assert await poller.polling.poll(poller.clock.now()) == len(due)
    assert sorted(publisher.paths()[asked:]) == sorted(f"/{n}" for n in range(5))
    assert await poller.polling.poll(poller.clock.now()) == 0
    assert later.next_check > poller.clock.now()


async def test_one_host_is_never_asked_in_parallel_and_its_visits_are_spaced(
    make_poller, publisher, rss, item
):
    poller = await make_poller(spacing=0.15)
    for number in range(5):
        await poller.add(publisher.answer(f"/{number}", rss(item(number)), delay=0.05))
    extra = await poller.add(publisher.answer("/extra", rss(item(9)), delay=0.05))
    # an admin's visit takes its turn at the host like any other, and is not repeated by the round
    await asyncio.gather(poller.polling.poll(poller.clock.now()), poller.polling.visit(extra.id))
    assert publisher.most_at_once == 1
    assert len(publisher.times) == 6
    assert all(later - earlier > 0.14 for earlier, later in pairwise(publisher.times))


async def test_a_slow_host_keeps_no_other_waiting(poller, publisher, rss, item, site):
    async def slow(_request):
        await asyncio.sleep(5)

    other = (await site({"/slow": slow})).replace("127.0.0.1", "localhost")
    slow_one = await poller.add(f"{other}/slow")
    quick = await poller.add(publisher.answer("/quick", rss(item(1))))
    round_ = asyncio.create_task(poller.polling.poll(poller.clock.now()))
    await asyncio.sleep(1.5)
    assert (await poller.storage.feeds.find(quick.id)).checked is not None
    assert (await poller.storage.feeds.find(slow_one.id)).checked is None
    round_.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await round_


async def test_one_feed_is_not_visited_twice_at_once(poller, publisher, rss, item):
    feed = await poller.add(publisher.answer("/rss", rss(item(1)), delay=0.2))
    reports = await asyncio.gather(*(poller.polling.visit(feed.id) for _ in range(3)))
    assert publisher.most_at_once == 1
    assert sum(report.stored for report in reports) == 1


async def test_two_programs_do_not_visit_a_feed_at_the_same_time(
    poller, make_poller, publisher, rss, item
):
    other = await make_poller()
    feed = await poller.add(publisher.answer("/rss", rss(item(1)), delay=0.3))
    mine = asyncio.create_task(poller.polling.visit(feed.id))
    await asyncio.sleep(0.1)
    assert (await other.polling.visit(feed.id)).already
    assert (await mine).stored == 1
    assert len(publisher.asked) == 1


async def test_a_visit_that_is_given_up_leaves_the_feed_due(poller, publisher, rss, item):
    feed = await poller.add(publisher.answer("/rss", rss(item(1)), delay=5))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await poller.polling.visit(feed.id)
    assert [one.id for one in await poller.storage.feeds.due(poller.clock.now(), 10)] == [feed.id]
    publisher.answer("/rss", rss(item(1)))
    assert (await poller.polling.visit(feed.id)).stored == 1


# --- the loop ---------------------------------------------------------------------------------------


async def wait_for(condition, seconds=5.0):
    ends = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < ends
        await asyncio.sleep(0.02)


async def test_the_loop_asks_feeds_when_their_time_comes_and_ends_when_it_should(
    poller, publisher, rss, item, monkeypatch
):
    monkeypatch.setattr(polling_module, "LOOK", 0.05)
    stop = asyncio.Event()
    task = asyncio.create_task(poller.polling.run(stop))
    feed = await poller.add(publisher.answer("/rss", rss(item(1, guid="one"))))

    async def read():
        return len(await poller.articles()) == 1

    await wait_for(read)
    publisher.answer("/rss", rss(item(2, guid="two"), item(1, guid="one")))
    await asyncio.sleep(0.3)
    assert len(publisher.asked) == 1
    poller.clock.forward(hours=7)

    async def read_again():
        return len(await poller.articles()) == 2

    await wait_for(read_again)
    stop.set()
    await asyncio.wait_for(task, 1)
    assert (await poller.storage.feeds.find(feed.id)).error == ""


async def test_the_loop_ends_in_time_with_a_visit_in_hand_which_is_due_again(
    poller, publisher, rss, item
):
    feed = await poller.add(publisher.answer("/rss", rss(item(1)), delay=30))
    stop = asyncio.Event()
    task = asyncio.create_task(poller.polling.run(stop))

    async def asked():
        return bool(publisher.asked)

    await wait_for(asked)
    stop.set()
    began = time.monotonic()
    await task
    assert time.monotonic() - began < polling_module.GRACE + 2
    assert [one.id for one in await poller.storage.feeds.due(poller.clock.now(), 10)] == [feed.id]


async def test_a_fault_in_one_visit_ends_neither_the_round_nor_the_others(
    poller, publisher, rss, item, monkeypatch
):
    bad = await poller.add(publisher.answer("/bad", rss(item(1))))
    good = await poller.add(publisher.answer("/good", rss(item(2))))
    claim = poller.storage.feeds.claim

    async def faulty(self, feed, *rest):
        if feed == bad.id:
            raise ZeroDivisionError
        return await claim(feed, *rest)

    monkeypatch.setattr(type(poller.storage.feeds), "claim", faulty)
    await poller.polling.poll(poller.clock.now())
    assert (await poller.storage.feeds.find(good.id)).articles == 1


# --- kills ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["claimed", "asked", "stored"])
async def test_a_kill_in_a_visit_loses_nothing_and_repeats_nothing(
    poller, publisher, rss, item, tmp_path, moment
):
    items = [item(n, guid=f"g{n}", minutes=None) for n in (1, 2, 3)]
    feed = await poller.add(publisher.answer("/rss", rss(*items)))
    database = f"sqlite:///{tmp_path}/news.db"
    command = [
        sys.executable,
        str(CHILD),
        database,
        str(feed.id),
        moment,
        poller.clock.now().isoformat(),
    ]
    child = await asyncio.to_thread(subprocess.run, command, timeout=60, check=False)
    assert child.returncode == -signal.SIGKILL
    stored = 3 if moment == "stored" else 0
    async with opened_storage(database, poller.clock.now) as later:
        assert (await later.feeds.find(feed.id)).checked is None
        assert await later.feeds.due(poller.clock.now(), 10) == []
        assert [one.id for one in await later.feeds.due(poller.clock.forward(minutes=5), 10)] == [
            feed.id
        ]
    report = await poller.polling.visit(feed.id)
    assert (report.stored, report.known) == (3 - stored, stored)
    assert len(await poller.articles()) == 3
    assert (await poller.again(feed)).known == 0


# --- jitter -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 27.0), (0.5, 30.0), (1.0, 33.0)])
async def test_visits_are_spread_by_ten_percent(poller, publisher, rss, item, chance, minutes):
    poller.chance = chance
    hourly = [item(n, guid=f"g{n}", minutes=60 * n) for n in range(1, 8)]
    report = await poller.read(publisher.answer("/rss", rss(*hourly)))
    assert report.feed.next_check - poller.clock.now() == timedelta(minutes=minutes)
    assert report.feed.state is FeedState.ACTIVE


async def test_a_clock_that_was_wrong_for_a_moment_does_not_stop_a_feed(poller, publisher, rss, item):
    true = poller.clock.now()
    await poller.add(publisher.answer("/feed", rss(item(1))))
    poller.clock.forward(days=2000)
    assert await poller.polling.poll(poller.clock.now()) == 1
    poller.clock.forward(days=-2000)
    assert await poller.polling.poll(true) == 1
    assert await poller.polling.poll(true) == 0

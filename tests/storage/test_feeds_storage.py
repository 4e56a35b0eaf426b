"""Feeds in a real database: adding, claiming, recording, forgetting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    ChatId,
    FeedAdded,
    FeedId,
    FeedState,
    FeedVisit,
    Lane,
    NewFeed,
    OutboxMessage,
    SeenEntry,
)

RSS = "https://news.example/rss"
WORD = OutboxMessage(ChatId(7), "a word for the admins", Lane.ALERT)


@pytest.fixture
def add(storage, clock):
    async def one(url=RSS, **values):
        [(feed, became)] = await storage.feeds.add([NewFeed(url, **values)], clock())
        return feed, became

    return one


async def claimed(storage, clock, feed, minutes=5):
    return await storage.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=minutes))


def visit(feed, *identities, seen=(), **values):
    entries = tuple(SeenEntry(name, f"digest of {name}") for name in seen)
    return FeedVisit(replace(feed, **values), entries, identities)


# --- a clock that was wrong for a moment -------------------------------------------------------------


async def test_a_visit_that_was_put_years_ahead_is_due_and_its_claim_ends(storage, add, clock):
    feed, _ = await add()
    now, week = clock(), clock() + timedelta(days=7)
    await storage.feeds.claim(feed.id, now.replace(year=2031), now.replace(year=2032))
    assert await storage.feeds.due(now, 10) == []

    assert await storage.feeds.bring_back(week, now) == 1
    assert [one.id for one in await storage.feeds.due(now, 10)] == [feed.id]
    assert await claimed(storage, clock, feed) is not None


async def test_what_is_due_in_time_stays_as_it_is(storage, add, clock):
    feed, _ = await add()
    week = clock() + timedelta(days=7)
    kept = await storage.feeds.record(visit(feed, next_check=week), [])
    assert await storage.feeds.bring_back(week, clock()) == 0
    assert await storage.feeds.find(feed.id) == kept


# --- adding and taking out --------------------------------------------------------------------------


async def test_a_feed_is_due_at_once_and_keeps_what_a_list_called_it(storage, add, clock):
    feed, became = await add(title="الخبر", category="أخبار")
    assert became is FeedAdded.NEW
    assert (feed.url, feed.title, feed.category, feed.state) == (RSS, "الخبر", "أخبار", FeedState.ACTIVE)
    assert await storage.feeds.due(clock(), 10) == [feed]


async def test_feeds_come_back_in_the_order_given_and_an_address_is_held_once(storage, clock):
    asked = [NewFeed("https://a.example/"), NewFeed("https://b.example/"), NewFeed("https://a.example/")]
    added = await storage.feeds.add(asked, clock())
    assert [became for _, became in added] == [FeedAdded.NEW, FeedAdded.NEW, FeedAdded.KNOWN]
    assert [feed.url for feed, _ in added] == [one.url for one in asked]
    assert len(await storage.feeds.all()) == 2


async def test_a_removed_feed_comes_back_with_its_number(storage, add, clock):
    feed, _ = await add(title="الخبر")
    removed = await storage.feeds.remove(feed.id)
    assert removed.state is FeedState.REMOVED
    assert await storage.feeds.all() == []
    assert await storage.feeds.due(clock.forward(days=1), 10) == []
    again, became = await add()
    assert (again.id, again.title, again.state, became) == (
        feed.id, "الخبر", FeedState.ACTIVE, FeedAdded.BACK,
    )  # fmt: skip


async def test_what_is_not_held_is_not_removed(storage, add):
    feed, _ = await add()
    await storage.feeds.remove(feed.id)
    assert await storage.feeds.remove(feed.id) is None
    assert await storage.feeds.remove(FeedId(99)) is None


async def test_a_removed_feed_is_asked_again_when_it_is_restored(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.remove(feed.id)
    later = clock.forward(minutes=3)
    restored = await storage.feeds.restore(feed.id, later)
    assert (restored.state, restored.next_check) == (FeedState.ACTIVE, later)
    assert await storage.feeds.restore(FeedId(99), later) is None


async def test_a_feed_that_is_asked_already_stays_as_it_is_when_it_is_restored(storage, add, clock):
    feed, _ = await add()
    assert await storage.feeds.restore(feed.id, clock.forward(hours=1)) == feed


async def test_a_gone_feed_is_listed_and_comes_back_without_its_failures(storage, add, clock):
    feed, _ = await add()
    gone = {"state": FeedState.GONE, "next_check": None, "failures": 3, "error": "410"}
    await storage.feeds.record(visit(feed, failing_since=clock(), **gone), [])
    [listed] = await storage.feeds.all()
    assert listed.state is FeedState.GONE
    back, became = await add()
    assert became is FeedAdded.BACK
    assert (back.failures, back.failing_since, back.error) == (0, None, "")


async def test_offers_are_neither_listed_nor_asked_until_they_are_chosen(storage, clock):
    [(offer, became)] = await storage.feeds.add([NewFeed(RSS)], clock(), offered=True)
    assert (offer.state, became) == (FeedState.OFFERED, FeedAdded.NEW)
    assert await storage.feeds.all() == await storage.feeds.due(clock(), 10) == []
    chosen = await storage.feeds.restore(offer.id, clock())
    assert chosen.state is FeedState.ACTIVE
    assert await storage.feeds.due(clock(), 10) == [chosen]


async def test_an_offer_is_called_as_its_page_calls_it_now(storage, clock):
    await storage.feeds.add([NewFeed(RSS, "الأخبار")], clock(), offered=True)
    for title, called in (("كل الأخبار", "كل الأخبار"), ("", "كل الأخبار")):
        [(offer, _)] = await storage.feeds.add([NewFeed(RSS, title)], clock(), offered=True)
        assert offer.title == called


async def test_an_offer_that_an_admin_adds_loses_its_pages_title_unless_the_admin_gives_one(
    storage, add, clock
):
    for url, given in (("https://a.example/", ""), ("https://b.example/", "المسائية")):
        await storage.feeds.add([NewFeed(url, "الأخبار")], clock(), offered=True)
        feed, _ = await add(url, title=given)
        assert feed.title == given


async def test_a_feed_that_is_held_stays_as_it_is_when_a_page_offers_it(storage, add, clock):
    feed, _ = await add()
    [(same, became)] = await storage.feeds.add([NewFeed(RSS)], clock(), offered=True)
    assert (same, became) == (feed, FeedAdded.KNOWN)


async def test_an_offer_that_an_admin_adds_is_asked(add, storage, clock):
    await storage.feeds.add([NewFeed(RSS)], clock(), offered=True)
    feed, became = await add()
    assert (feed.state, became) == (FeedState.ACTIVE, FeedAdded.BACK)


# --- due and claimed --------------------------------------------------------------------------------


async def test_the_longest_overdue_feed_comes_first(storage, add, clock):
    for minutes, name in ((3, "third"), (1, "first"), (2, "second")):
        feed, _ = await add(f"https://{name}.example/")
        await storage.feeds.record(visit(feed, next_check=clock() + timedelta(minutes=minutes)), [])
    due = await storage.feeds.due(clock.forward(minutes=2), 10)
    assert [feed.url for feed in due] == ["https://first.example/", "https://second.example/"]


async def test_a_claimed_feed_is_nobody_elses_until_its_visit_is_closed(storage, add, clock):
    feed, _ = await add()
    mine = await claimed(storage, clock, feed)
    assert await claimed(storage, clock, feed) is None
    assert await storage.feeds.due(clock(), 10) == []
    await storage.feeds.record(visit(mine, next_check=clock()), [])
    assert await claimed(storage, clock, feed) is not None


async def test_a_visit_that_a_kill_ended_is_due_again(storage, add, clock, open_again):
    feed, _ = await add()
    await claimed(storage, clock, feed, minutes=5)
    later = await open_again()
    assert await later.feeds.due(clock.forward(minutes=4), 10) == []
    assert [one.id for one in await later.feeds.due(clock.forward(minutes=1), 10)] == [feed.id]


async def test_what_a_killed_bot_held_is_due_at_its_next_start(storage, add, clock, open_again):
    feed, _ = await add()
    await storage.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=5), "bot")
    later = await open_again()
    assert await later.feeds.release("bot", clock.forward(seconds=2)) == 1
    assert [one.id for one in await later.feeds.due(clock(), 10)] == [feed.id]
    assert await later.feeds.release("bot", clock()) == 0
    assert await later.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=5), "bot") is not None


@pytest.mark.parametrize("owner", ["", "another"])
async def test_a_start_releases_nothing_that_another_program_holds(storage, add, clock, owner):
    feed, _ = await add()
    await storage.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=5), owner)
    assert await storage.feeds.release("bot", clock()) == 0
    assert await claimed(storage, clock, feed) is None


async def test_only_what_a_bot_still_held_is_moved_by_its_next_start(storage, add, clock):
    feed, _ = await add()
    mine = await storage.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=5), "bot")
    later = clock() + timedelta(hours=1)
    closed = await storage.feeds.record(visit(mine, next_check=later), [])
    assert await storage.feeds.release("bot", clock()) == 0
    assert (await storage.feeds.find(feed.id)).next_check == closed.next_check == later


async def test_a_feed_that_was_removed_while_a_killed_bot_held_it_is_not_asked(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.claim(feed.id, clock(), clock() + timedelta(minutes=5), "bot")
    await storage.feeds.remove(feed.id)
    assert await storage.feeds.release("bot", clock()) == 1
    assert await storage.feeds.due(clock.forward(days=1), 10) == []
    back = await storage.feeds.restore(feed.id, clock())
    assert await claimed(storage, clock, back) is not None


@pytest.mark.parametrize("state", ["gone", "removed", "offered"])
async def test_what_is_not_asked_cannot_be_claimed(storage, add, clock, state):
    feed, _ = await add()
    await storage.feeds.record(visit(feed, state=FeedState(state), next_check=None), [])
    assert await claimed(storage, clock, feed) is None


# --- a visit's end ----------------------------------------------------------------------------------


async def test_a_visit_is_kept_as_it_was_recorded(storage, add, clock):
    feed, _ = await add()
    now = clock.forward(minutes=1)
    after = replace(
        feed, title="عنوانها", etag='"a"', last_modified="Tue", next_check=now + timedelta(hours=1),
        checked=now, answered=now, changed=now, gap=1800.5, failures=0, failing_since=None, error="",
    )  # fmt: skip
    assert await storage.feeds.record(FeedVisit(after), []) == after
    assert await storage.feeds.find(feed.id) == after


async def test_a_feed_that_was_removed_during_its_visit_stays_removed_and_nobody_is_told(
    storage, add, clock
):
    feed, _ = await add()
    mine = await claimed(storage, clock, feed)
    await storage.feeds.remove(feed.id)
    closed = await storage.feeds.record(visit(mine, state=FeedState.FAILING), [WORD])
    assert (closed.state, closed.next_check) == (FeedState.REMOVED, None)
    assert await storage.outbox.claimable(clock(), [], 10) == []


async def test_admins_are_told_with_the_end_of_the_visit(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.record(visit(feed, state=FeedState.GONE, next_check=None), [WORD])
    [row] = await storage.outbox.claimable(clock(), [], 10)
    assert row.message == WORD


async def test_a_feed_moves_unless_another_has_that_address(storage, add):
    feed, _ = await add("https://old.example/")
    other, _ = await add("https://other.example/")
    moved = await storage.feeds.record(visit(feed, url="https://new.example/"), [])
    assert moved.url == "https://new.example/"
    stayed = await storage.feeds.record(visit(moved, url=other.url), [])
    assert stayed.url == "https://new.example/"


async def test_entries_are_known_by_feed_and_identity_with_their_last_digest(storage, add):
    feed, _ = await add()
    other, _ = await add("https://other.example/")
    await storage.feeds.record(visit(feed, "a", "b", seen=("a", "b")), [])
    changed = FeedVisit(feed, (SeenEntry("a", "new digest"),), ("a", "b"))
    await storage.feeds.record(changed, [])
    seen = await storage.feeds.seen(feed.id, ["a", "b", "c"])
    assert seen == {"a": SeenEntry("a", "new digest"), "b": SeenEntry("b", "digest of b")}
    assert await storage.feeds.seen(other.id, ["a", "b"]) == {}


async def test_a_feeds_articles_are_counted_and_no_other_feeds(storage, newsroom, alone, add):
    feed, _ = await add()
    names = ["feed:1/a", "feed:1/b", "feed:10/c", "feed:2/d"]
    new = [replace(newsroom.write(), names=(name,)) for name in names]
    stored = await storage.articles.add(new, alone)
    assert (await storage.feeds.find(feed.id)).articles == 2
    await storage.articles.delete(stored[0].id)
    assert [one.articles for one in await storage.feeds.all()] == [1]


async def test_pages_that_articles_came_from_are_told_whatever_their_source(storage, newsroom, alone):
    new = replace(newsroom.write(), names=("hay.example/1", "feed:1/a"))
    await storage.articles.add([new], alone)
    assert set(await storage.feeds.held(["hay.example/1", "hay.example/2"])) == {"hay.example/1"}


# --- forgetting -------------------------------------------------------------------------------------


async def test_offers_are_forgotten_after_a_day_and_removed_feeds_after_thirty(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.record(visit(feed, "a", seen=("a",)), [])
    await storage.feeds.remove(feed.id)
    [(offer, _)] = await storage.feeds.add([NewFeed("https://o.example/")], clock(), offered=True)
    assert await storage.feeds.sweep(clock.forward(hours=23)) == 0
    assert await storage.feeds.sweep(clock.forward(hours=2)) == 1
    assert await storage.feeds.find(offer.id) is None
    assert await storage.feeds.sweep(clock.forward(days=28)) == 0
    assert await storage.feeds.sweep(clock.forward(days=1)) == 2
    assert await storage.feeds.find(feed.id) is None
    assert await storage.feeds.seen(feed.id, ["a"]) == {}


async def test_a_number_is_never_given_to_another_feed(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.remove(feed.id)
    await storage.feeds.sweep(clock.forward(days=31))
    again, became = await add()
    assert became is FeedAdded.NEW
    assert again.id != feed.id


async def test_entries_that_left_their_feed_are_forgotten_after_ninety_days(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.record(visit(feed, "left", "stays", seen=("left", "stays")), [])
    for _ in range(9):
        clock.forward(days=10)
        await storage.feeds.record(visit(feed, "stays"), [])
        assert await storage.feeds.sweep(clock()) == 0
    await storage.feeds.record(visit(feed, "stays"), [])
    assert await storage.feeds.sweep(clock.forward(days=2)) == 1
    assert list(await storage.feeds.seen(feed.id, ["left", "stays"])) == ["stays"]


async def test_a_feed_that_does_not_change_or_cannot_be_read_forgets_nothing(storage, add, clock):
    feed, _ = await add()
    await storage.feeds.record(visit(feed, "a", seen=("a",)), [])
    for _ in range(20):
        clock.forward(days=10)
        await storage.feeds.record(visit(feed), [])
    assert await storage.feeds.sweep(clock()) == 0
    assert list(await storage.feeds.seen(feed.id, ["a"])) == ["a"]


async def test_a_copy_of_the_database_holds_the_feeds(storage, add, tmp_path, clock):
    from storage import opened_storage

    feed, _ = await add()
    await storage.backup(tmp_path / "copy.db")
    async with opened_storage(f"sqlite:///{tmp_path / 'copy.db'}", clock) as copy:
        assert await copy.feeds.find(feed.id) == feed
        assert await copy.check() == []

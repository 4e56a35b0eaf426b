"""What one visit of a feed does: a real server, a real database, real workers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model import FeedState, NewFeed

# --- answers ----------------------------------------------------------------------------------------


async def test_a_first_read_stores_all_entries_with_the_feeds_name(poller, publisher, rss, item):
    items = [item(n, f"https://hay.example/{n}", minutes=60 * n) for n in (1, 2, 3)]
    url = publisher.answer("/rss", rss(*items), etag='"one"')
    report = await poller.read(url, category="محليات")
    assert (report.stored, report.known, report.refused, report.already) == (3, 0, 0, False)
    assert (report.feed.title, report.feed.etag, report.feed.error) == ("صحيفة الحي", '"one"', "")
    assert report.feed.articles == 3
    articles = await poller.articles()
    assert [article.url for article in articles] == [f"https://hay.example/{n}" for n in (1, 2, 3)]
    assert {article.source for article in articles} == {"صحيفة الحي"}


async def test_what_a_list_called_a_feed_is_its_articles_source(poller, publisher, rss, item):
    url = publisher.answer("/rss", rss(item(1, "https://hay.example/1")))
    report = await poller.read(url, title="جريدة الحي")
    assert report.feed.title == "جريدة الحي"
    assert (await poller.articles())[0].source == "جريدة الحي"


async def test_a_feed_that_has_not_changed_answers_304_and_is_not_read(poller, publisher, rss, item):
    url = publisher.answer("/rss", rss(item(1, "https://hay.example/1")), etag='"one"')
    first = await poller.read(url)
    report = await poller.again(first.feed)
    assert publisher.asked[-1].headers["If-None-Match"] == '"one"'
    assert (report.stored, report.known, report.feed.error) == (0, 0, "")
    assert report.feed.answered == poller.clock.now()
    assert (report.feed.etag, report.feed.changed) == ('"one"', first.feed.changed)


async def test_only_new_entries_come_in_at_the_next_visit(poller, publisher, rss, item):
    old = [item(n, f"https://hay.example/{n}") for n in (1, 2)]
    feed = (await poller.read(publisher.answer("/rss", rss(*old)))).feed
    publisher.answer("/rss", rss(item(3, "https://hay.example/3", minutes=5), *old))
    report = await poller.again(feed)
    assert (report.stored, report.known, report.revised) == (1, 0, 0)
    assert report.feed.changed == poller.clock.now()


async def test_a_permanent_move_is_remembered(poller, publisher, rss, item):
    new = publisher.answer("/new", rss(item(1, "https://hay.example/1")), etag='"a"')
    old = publisher.answer("/old", status=301, Location="/new")
    report = await poller.read(old)
    assert report.feed.url == new
    await poller.again(report.feed)
    assert publisher.paths() == ["/old", "/new", "/new"]


async def test_a_permanent_move_is_remembered_after_a_304_too(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/old", rss(item(1)), etag='"a"'))).feed
    new = publisher.answer("/new", rss(item(1)), etag='"a"')
    publisher.answer("/old", status=308, Location="/new")
    assert (await poller.again(feed)).feed.url == new


async def test_a_passing_move_is_followed_and_not_remembered(poller, publisher, rss, item):
    publisher.answer("/new", rss(item(1, "https://hay.example/1")))
    old = publisher.answer("/old", status=302, Location="/new")
    report = await poller.read(old)
    assert (report.stored, report.feed.url) == (1, old)


async def test_a_move_to_what_is_no_feed_is_not_remembered(poller, publisher, rss, item):
    url = publisher.answer("/old", rss(item(1, "https://hay.example/1")))
    feed = (await poller.read(url)).feed
    publisher.answer("/home", b"<html><body>welcome</body></html>", kind="text/html")
    publisher.answer("/old", status=301, Location="/home")
    report = await poller.again(feed)
    assert (report.feed.url, report.feed.failures) == (url, 1)


async def test_a_feed_does_not_move_onto_another_feeds_address(poller, publisher, rss, item):
    new = publisher.answer("/new", rss(item(1, "https://hay.example/1")))
    await poller.read(new)
    old = publisher.answer("/old", status=301, Location="/new")
    report = await poller.read(old)
    assert (report.feed.url, report.feed.error, report.known) == (old, "", 1)


# --- faults -----------------------------------------------------------------------------------------


async def test_what_is_gone_is_not_asked_any_more_and_the_admins_hear_of_it(
    poller, publisher, rss, item
):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1)), etag='"a"'))).feed
    publisher.answer("/rss", status=410)
    report = await poller.again(feed)
    assert (report.feed.state, report.feed.next_check) == (FeedState.GONE, None)
    assert "410" in report.feed.error
    assert poller.told == [(feed.url, FeedState.ACTIVE, FeedState.GONE)]
    assert (await poller.again(feed)).already
    assert len(publisher.asked) == 2


async def test_whoever_adds_a_feed_that_is_gone_is_answered_so_and_told_nothing_more(poller, publisher):
    report = await poller.read(publisher.answer("/rss", status=410))
    assert (report.feed.state, poller.told) == (FeedState.GONE, [])


async def test_admins_hear_of_a_feed_of_a_list_that_is_gone_at_its_first_visit(poller, publisher):
    feed = await poller.add(publisher.answer("/rss", status=410))
    await poller.polling.poll(poller.clock.now())
    assert poller.told == [(feed.url, FeedState.ACTIVE, FeedState.GONE)]


async def test_a_server_that_asks_to_wait_is_not_asked_before(poller, publisher):
    url = publisher.answer("/rss", status=503, Retry_After="7200")
    report = await poller.read(url)
    assert report.feed.next_check == poller.clock.now() + timedelta(hours=2)
    assert (report.feed.failures, report.feed.state) == (1, FeedState.ACTIVE)
    assert "503" in report.feed.error
    assert poller.told == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss version='2.0'><channel><title>x</title></channel></rss>",
        b"<rss><channel><item><title>half",
        b"\x00\x01\x02 no feed at all",
        b'{"version": 1, "items": 3}',
    ],
    ids=["empty", "no entries", "cut off", "binary", "other json"],
)
async def test_an_empty_or_broken_answer_changes_nothing_that_is_known(
    poller, publisher, rss, item, body
):
    whole = rss(item(1, guid="one"), item(2, guid="two"))
    feed = (await poller.read(publisher.answer("/rss", whole, etag='"a"'))).feed
    publisher.answer("/rss", body, etag='"b"')
    after = (await poller.again(feed)).feed
    assert (after.title, after.etag) == (feed.title, '"a"')
    publisher.answer("/rss", whole, etag='"c"')
    again = await poller.again(feed, hours=12)
    assert (again.stored, again.known, again.revised, again.feed.error) == (0, 0, 0, "")


async def test_broken_markup_gives_what_can_be_read_of_it(poller, publisher, rss, item):
    whole = rss(item(1, "https://hay.example/1"), item(2, "https://hay.example/2"))
    url = publisher.answer("/rss", whole.replace(b"</channel></rss>", b"<item><title>half & <"))
    assert (await poller.read(url)).stored >= 2


async def test_a_feed_without_entries_is_a_feed(poller, publisher, rss):
    report = await poller.read(publisher.answer("/rss", rss()))
    assert (report.feed.error, report.feed.failures) == ("", 0)
    assert report.feed.answered == poller.clock.now()


async def test_admins_are_told_once_that_a_feed_fails_and_once_that_it_is_back(
    poller, make_poller, publisher, rss, item
):
    feed = await poller.add(publisher.answer("/rss", status=500))
    pollers = [poller, await make_poller()]
    for visit in range(12):
        # a later start of the program knows what was told before it
        await pollers[visit % 2].polling.poll(poller.clock.forward(hours=27))
    publisher.answer("/rss", rss(item(1)))
    await pollers[0].polling.poll(poller.clock.forward(hours=27))
    await pollers[1].polling.poll(poller.clock.forward(hours=27))
    assert len(publisher.asked) == 14
    told = pollers[0].told + pollers[1].told
    assert sorted(told) == [
        (feed.url, FeedState.ACTIVE, FeedState.FAILING),
        (feed.url, FeedState.FAILING, FeedState.ACTIVE),
    ]
    queued = await poller.storage.outbox.claimable(poller.clock.now(), [], 10)
    assert [row.message.text for row in queued] == ["active → failing"]


async def test_a_fault_of_our_own_is_an_error_of_the_feed_and_no_end_of_the_polling(
    poller, publisher, rss, item, monkeypatch
):
    from bot.intake import feed_entries

    def broken(*_given):
        raise ZeroDivisionError

    feed = await poller.add(publisher.answer("/rss", rss(item(1))))
    monkeypatch.setattr(feed_entries, "plan", broken)
    assert "ZeroDivisionError" in (await poller.polling.visit(feed.id)).feed.error


# --- pages that name feeds --------------------------------------------------------------------------


def page(*feeds: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{f}">' for f in feeds)
    return f"<!doctype html><html><head>{links}</head><body>news</body></html>".encode()


async def test_a_page_that_names_one_feed_gives_way_to_it(poller, publisher, rss, item):
    url = publisher.answer("/rss", rss(item(1, "https://hay.example/1")), etag='"a"')
    home = publisher.answer("/", page("/rss"), kind="text/html", etag='"page"')
    report = await poller.read(home)
    assert (report.feed.url, report.feed.etag, report.stored) == (url, '"a"', 1)
    assert [feed.url for feed in await poller.storage.feeds.all()] == [url]
    await poller.again(report.feed)
    assert publisher.paths() == ["/", "/rss", "/rss"]


async def test_a_page_that_names_several_feeds_offers_them(poller, publisher):
    home = publisher.answer("/", page("/rss", "/sport"), kind="text/html")
    report = await poller.read(home, category="محليات")
    assert [feed.url for feed in report.offers] == [f"{publisher.url}/rss", f"{publisher.url}/sport"]
    assert {feed.state for feed in report.offers} == {FeedState.OFFERED}
    assert {feed.category for feed in report.offers} == {"محليات"}
    assert report.feed.error
    assert publisher.paths() == ["/"]


async def test_offers_bear_what_the_page_calls_them_and_a_chosen_feed_its_own_name(
    poller, publisher, rss, item
):
    publisher.answer("/rss", rss(item(1), title="صحيفة الحي"))
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="الحي اليوم » {name}" href="{path}">'
        for path, name in (("/rss", "الأخبار"), ("/sport", "الرياضة &amp; &lt;b>الملاعب&lt;/b>"))
    )
    home = publisher.answer("/", f"<html><head>{links}</head></html>".encode(), kind="text/html")
    offers = (await poller.read(home)).offers
    assert [offer.title for offer in offers] == ["الأخبار", "الرياضة & الملاعب"]
    chosen = await poller.storage.feeds.restore(offers[0].id, poller.clock.now())
    assert (chosen.title, (await poller.polling.visit(chosen.id)).feed.title) == ("", "صحيفة الحي")
    assert [article.source for article in await poller.articles()] == ["صحيفة الحي"]


async def test_a_page_whose_one_feed_is_held_already_offers_that(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1))))).feed
    home = publisher.answer("/", page("/rss"), kind="text/html")
    report = await poller.read(home)
    assert [(offer.id, offer.state) for offer in report.offers] == [(feed.id, FeedState.ACTIVE)]


async def test_a_page_that_names_itself_is_no_feed(poller, publisher):
    report = await poller.read(publisher.answer("/", page("/"), kind="text/html"))
    assert "no feed" in report.feed.error
    assert report.offers == ()


async def test_a_page_that_names_another_page_is_no_feed(poller, publisher):
    publisher.answer("/other", page("/"), kind="text/html")
    report = await poller.read(publisher.answer("/", page("/other"), kind="text/html"))
    assert "no feed" in report.feed.error
    assert publisher.paths() == ["/", "/other"]


async def test_a_page_never_takes_the_place_of_a_feed_that_was_read(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/politics", rss(item(1))))).feed
    publisher.answer("/rss", rss(item(2)))
    publisher.answer("/politics", page("/rss"), kind="text/html")
    report = await poller.again(feed)
    assert (report.feed.url, report.stored, report.offers) == (feed.url, 0, ())
    assert "no feed" in report.feed.error


# --- entries beyond bounds --------------------------------------------------------------------------


async def test_an_entry_of_very_many_tags_takes_no_other_along(poller, publisher, rss, item, caplog):
    body = rss(item(1), item(2, text="<b>كلمة هنا</b> " * 90_000), item(3))
    extra = b"<item><title>x</title>" + b"<category>x</category>" * 20_000 + b"</item></channel>"
    report = await poller.read(publisher.answer("/rss", body.replace(b"</channel>", extra)))
    assert (report.stored, report.refused, report.feed.error) == (3, 1, "")
    assert "1 entries of more than 10000 tags are left out" in caplog.text


# --- who visits -------------------------------------------------------------------------------------


async def test_a_feed_that_is_removed_during_its_visit_stays_removed(poller, publisher, rss, item):
    feed = await poller.add(publisher.answer("/rss", rss(item(1))))
    handler = publisher.says["/rss"]

    async def removes(request):
        await poller.storage.feeds.remove(feed.id)
        return await handler(request)

    publisher.says["/rss"] = removes
    report = await poller.polling.visit(feed.id)
    assert report.feed.state is FeedState.REMOVED
    assert (await poller.polling.visit(feed.id)).already
    assert await poller.storage.feeds.due(poller.clock.forward(days=1), 10) == []


async def test_a_number_that_no_feed_has_is_not_visited(poller):
    with pytest.raises(LookupError):
        await poller.polling.visit(99)


async def test_a_feed_that_an_admin_restores_is_read_where_it_stopped(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, guid="one"))))).feed
    await poller.storage.feeds.remove(feed.id)
    publisher.answer("/rss", rss(item(2, guid="two"), item(1, guid="one")))
    await poller.storage.feeds.add([NewFeed(feed.url)], poller.clock.now())
    report = await poller.again(feed)
    assert (report.stored, report.known) == (1, 0)

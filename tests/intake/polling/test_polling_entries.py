"""Entries over several visits: revised, deleted, repeated, undated, cut short, on pages of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.model import Selection


async def body_of(poller, article):
    texts = await poller.storage.articles.texts(article.story)
    return next(text.body for text in texts if text.id == article.id)


# --- changed ----------------------------------------------------------------------------------------


async def test_a_changed_entry_revises_its_article_and_arrives_no_second_time(
    poller, publisher, rss, item, report
):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, guid="one"))))).feed
    [before] = await poller.articles()
    corrected = item(1, guid="one", title="تصحيح", text=report(1, "وصححت البلدية الرقم بعد ساعة."))
    publisher.answer("/rss", rss(corrected))
    again = await poller.again(feed)
    assert (again.stored, again.revised, again.known) == (0, 1, 0)
    [after] = await poller.articles()
    assert (after.id, after.received, after.published) == (before.id, before.received, before.published)
    assert after.title == "تصحيح"
    assert "وصححت البلدية الرقم بعد ساعة." in await body_of(poller, after)
    assert again.feed.changed == feed.changed
    assert (await poller.again(feed)).revised == 0


async def test_a_deleted_article_stays_away_even_when_its_entry_changes(
    poller, publisher, rss, item, report
):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, guid="one"))))).feed
    await poller.storage.articles.delete((await poller.articles())[0].id)
    publisher.answer("/rss", rss(item(1, guid="one", text=report(1, "وأضيف سطر."))))
    again = await poller.again(feed)
    assert (again.stored, again.revised) == (0, 0)
    assert await poller.articles() == []


async def test_an_entry_that_held_nothing_comes_in_once_it_does(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, guid="g", text="", title="…"))))).feed
    assert await poller.articles() == []
    publisher.answer("/rss", rss(item(1, guid="g")))
    assert (await poller.again(feed)).stored == 1


# --- identities -------------------------------------------------------------------------------------


async def test_a_guid_that_all_entries_share_hides_none_of_them(poller, publisher, rss, item):
    items = [item(n, f"https://hay.example/{n}", guid="always") for n in (1, 2, 3)]
    url = publisher.answer("/rss", rss(*items))
    report = await poller.read(url)
    assert report.stored == 3
    publisher.answer("/rss", rss(item(4, "https://hay.example/4", guid="always"), *items))
    assert (await poller.again(report.feed)).stored == 1


async def test_new_guids_for_old_links_are_known(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, "https://hay.example/1", "a"))))).feed
    publisher.answer("/rss", rss(item(1, "https://hay.example/1", "b")))
    again = await poller.again(feed)
    assert (again.stored, again.known) == (0, 1)


async def test_an_article_in_two_feeds_is_one_and_counts_for_the_first(poller, publisher, rss, item):
    one = publisher.answer("/one", rss(item(1, "https://hay.example/1?utm_source=one")))
    two = publisher.answer("/two", rss(item(1, "https://hay.example/1?utm_source=two")))
    first, second = await poller.read(one), await poller.read(two)
    assert (first.stored, second.stored, second.known) == (1, 0, 1)
    assert (first.feed.articles, second.feed.articles) == (1, 0)
    assert len(await poller.articles()) == 1


async def test_a_second_feeds_teaser_does_not_replace_the_first_ones_text(
    poller, publisher, rss, item, report
):
    link = "https://hay.example/1"
    await poller.read(publisher.answer("/one", rss(item(1, link))))
    feed = (await poller.read(publisher.answer("/two", rss(item(1, link))))).feed
    publisher.answer("/two", rss(item(1, link, text=report(1, "سطر من خلاصة أخرى."))))
    await poller.again(feed)
    [article] = await poller.articles()
    assert "سطر من خلاصة أخرى." not in await body_of(poller, article)


# --- dates ------------------------------------------------------------------------------------------


async def test_undated_entries_keep_the_feeds_order_and_their_first_time(poller, publisher, rss, item):
    items = [item(n, guid=f"g{n}", title=f"عنوان {n}", minutes=None) for n in (1, 2, 3)]
    feed = (await poller.read(publisher.answer("/rss", rss(*items)))).feed
    assert await poller.titles() == ["عنوان 1", "عنوان 2", "عنوان 3"]
    first = {article.id: article.published for article in await poller.articles()}
    publisher.answer("/rss", rss(item(0, guid="g0", title="عنوان 0", minutes=None), *items))
    await poller.again(feed)
    assert await poller.titles() == ["عنوان 0", "عنوان 1", "عنوان 2", "عنوان 3"]
    assert (
        first.items() <= {article.id: article.published for article in await poller.articles()}.items()
    )


async def test_how_often_a_feed_is_asked_follows_its_entries(poller, publisher, rss, item):
    hourly = [item(n, guid=f"g{n}", minutes=60 * n) for n in range(1, 8)]
    report = await poller.read(publisher.answer("/rss", rss(*hourly)))
    assert report.feed.gap == 3600
    assert report.feed.next_check == poller.clock.now() + timedelta(minutes=30)


# --- broken documents -------------------------------------------------------------------------------


async def test_a_document_that_breaks_off_spoils_no_article_and_is_asked_for_again(
    poller, publisher, rss, item
):
    whole = rss(item(1, guid="one"), item(2, guid="two"))
    feed = (await poller.read(publisher.answer("/rss", whole))).feed
    before = await poller.articles()
    cut = whole[: whole.index(b"</description>", whole.index(b"two")) - 400]
    publisher.answer("/rss", cut, etag='"cut"')
    again = await poller.again(feed)
    assert (again.stored, again.revised, again.feed.etag) == (0, 0, "")
    assert await poller.articles() == before


# --- teasers ----------------------------------------------------------------------------------------


def page(words: str, title: str = "حديقة") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    ).encode()


def teaser(item, publisher, number, **values):
    values.setdefault("text", f"افتتحت البلدية اليوم الحديقة رقم {number}…")
    return item(number, f"{publisher.url}/page/{number}", **values)


async def test_a_teasers_page_gives_the_article_its_text(poller, publisher, rss, item, report):
    publisher.answer("/page/1", page(report(1)), kind="text/html")
    result = await poller.read(publisher.answer("/rss", rss(teaser(item, publisher, 1))))
    assert result.stored == 1
    [article] = await poller.articles()
    assert article.title == "حديقة رقم 1 تفتح أبوابها"
    assert "وطالب سكان من الحي" in await body_of(poller, article)
    assert publisher.paths() == ["/rss", "/robots.txt", "/page/1"]


async def test_a_page_that_another_feed_shares_is_read_once(poller, publisher, rss, item, report):
    publisher.answer("/page/1", page(report(1)), kind="text/html")
    await poller.read(publisher.answer("/one", rss(teaser(item, publisher, 1))))
    second = await poller.read(publisher.answer("/two", rss(teaser(item, publisher, 1))))
    assert (second.stored, second.known) == (0, 1)
    assert publisher.paths().count("/page/1") == 1


async def test_an_entry_with_its_whole_text_needs_no_page(poller, publisher, rss, item):
    await poller.read(publisher.answer("/rss", rss(item(1, f"{publisher.url}/page/1"))))
    assert publisher.paths() == ["/rss"]


async def test_a_page_that_its_site_does_not_want_read_is_left_alone(poller, publisher, rss, item):
    publisher.answer("/robots.txt", b"User-agent: *\nDisallow: /page/", kind="text/plain")
    result = await poller.read(publisher.answer("/rss", rss(teaser(item, publisher, 1))))
    assert result.stored == 1
    assert "/page/1" not in publisher.paths()
    [article] = await poller.articles()
    assert await body_of(poller, article) == "افتتحت البلدية اليوم الحديقة رقم 1…"


async def test_pages_that_cannot_be_read_are_given_up_after_a_few(poller, publisher, rss, item):
    items = [teaser(item, publisher, n, minutes=n) for n in range(1, 9)]
    result = await poller.read(publisher.answer("/rss", rss(*items), etag='"a"'))
    assert (result.stored, result.feed.etag) == (8, '"a"')
    assert [path for path in publisher.paths() if "page" in path] == ["/page/1", "/page/2", "/page/3"]


async def test_what_there_was_no_time_for_comes_in_at_the_next_visit(
    poller, publisher, rss, item, report, monkeypatch
):
    monkeypatch.setattr("bot.intake.feed_visits.PAGES", 1.0)
    items = [teaser(item, publisher, n, minutes=n) for n in range(1, 5)]
    for number in range(1, 5):
        publisher.answer(f"/page/{number}", page(report(number)), kind="text/html", delay=0.4)
    feed = (await poller.read(publisher.answer("/rss", rss(*items), etag='"a"'))).feed
    first = len(await poller.articles())
    assert 0 < first < 4
    assert (feed.etag, feed.next_check - poller.clock.now()) == ("", timedelta(minutes=5))
    for _ in range(4):
        feed = (await poller.again(feed, minutes=5)).feed
    assert feed.etag == '"a"'
    articles = await poller.articles()
    assert [article.url for article in articles] == [f"{publisher.url}/page/{n}" for n in range(1, 5)]
    bodies = [await body_of(poller, article) for article in articles]
    assert all("وطالب سكان من الحي" in body for body in bodies)


async def test_a_teaser_takes_no_whole_texts_place_while_its_page_cannot_be_read(
    poller, publisher, rss, item, report
):
    publisher.answer("/page/1", page(report(1)), kind="text/html")
    feed = (await poller.read(publisher.answer("/rss", rss(teaser(item, publisher, 1))))).feed
    publisher.answer("/page/1", status=500)
    changed = teaser(item, publisher, 1, text="افتتحت البلدية أمس الحديقة رقم 1…")
    publisher.answer("/rss", rss(changed))
    assert (await poller.again(feed)).revised == 0
    [article] = await poller.storage.articles.articles(Selection(), None)
    assert "وطالب سكان من الحي" in await body_of(poller, article)
    publisher.answer("/page/1", page(report(1, "وجاء في تصحيح أنها افتتحت أمس.")), kind="text/html")
    assert (await poller.again(feed)).revised == 1
    assert "وجاء في تصحيح أنها افتتحت أمس." in await body_of(poller, article)


async def test_a_visit_that_was_broken_off_leaves_no_teaser_in_place_of_its_page(
    poller, publisher, rss, item, report, monkeypatch
):
    async def broken_off(*_given):
        raise StorageError("the disk is full")

    publisher.answer("/page/1", page(report(1)), kind="text/html")
    feed = await poller.add(publisher.answer("/rss", rss(teaser(item, publisher, 1))))
    with monkeypatch.context() as patch:
        patch.setattr(type(poller.storage.feeds), "record", broken_off)
        with pytest.raises(StorageError):
            await poller.polling.visit(feed.id)
    publisher.answer("/page/1", status=500)
    assert (await poller.again(feed)).feed.error == ""
    [article] = await poller.articles()
    assert "وطالب سكان من الحي" in await body_of(poller, article)
    publisher.answer("/page/1", page(report(1, "وأضيف سطر بعد ساعة.")), kind="text/html")
    assert (await poller.again(feed)).known == 1
    assert "وأضيف سطر بعد ساعة." in await body_of(poller, article)


async def test_a_feed_that_carries_teasers_from_now_on_shortens_no_article(poller, publisher, rss, item):
    link = f"{publisher.url}/page/1"
    feed = (await poller.read(publisher.answer("/rss", rss(item(1, link))))).feed
    publisher.answer("/rss", rss(teaser(item, publisher, 1)))
    assert (await poller.again(feed)).revised == 0
    [article] = await poller.articles()
    assert "وطالب سكان من الحي" in await body_of(poller, article)


async def test_a_teaser_that_had_to_do_follows_its_feed(poller, publisher, rss, item):
    feed = (await poller.read(publisher.answer("/rss", rss(teaser(item, publisher, 1))))).feed
    publisher.answer("/rss", rss(teaser(item, publisher, 1, text="أغلقت البلدية الحديقة رقم 1…")))
    assert (await poller.again(feed)).revised == 1
    [article] = await poller.articles()
    assert await body_of(poller, article) == "أغلقت البلدية الحديقة رقم 1…"


async def test_teasers_that_count_their_readers_ask_for_few_pages(poller, publisher, rss, item, report):
    def all_of(count):
        return rss(
            *(
                teaser(item, publisher, n, minutes=n, text=f"افتتحت البلدية الحديقة {n}… قرأها {count}")
                for n in range(1, 9)
            )
        )

    for number in range(1, 9):
        publisher.answer(f"/page/{number}", page(report(number)), kind="text/html")
    feed = (await poller.read(publisher.answer("/rss", all_of(10)))).feed
    asked = len(publisher.asked)
    publisher.answer("/rss", all_of(20), etag='"a"')
    after = await poller.again(feed)
    assert len(publisher.asked) - asked == 1 + 5
    assert after.feed.etag == '"a"'

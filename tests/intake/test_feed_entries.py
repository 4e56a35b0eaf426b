"""Entries as they are compared: identity, digest, what is new, what changed."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnreadableFeed
from bot.intake import feed_entries
from bot.intake.feed_entries import Fate, in_order_of_reading, plan, seen_as, with_page
from bot.model import Draft, Feed, FeedId, Fetched

FEED = Feed(FeedId(7), "https://hay.example/rss")


def item(title="خبر", link="", guid="", text="نص الخبر كما ورد.", date=""):
    parts = {"title": title, "link": link, "guid": guid, "description": text, "pubDate": date}
    inner = "".join(
        f"<{name}{' isPermaLink=' + repr('false') if name == 'guid' else ''}>{escape(value)}</{name}>"
        for name, value in parts.items()
        if value
    )
    return f"<item>{inner}</item>"


def read(*items, feed=FEED, end="</channel></rss>"):
    head = "<rss version='2.0'><channel><title>الحي</title><link>https://hay.example/</link>"
    body = f"{head}{''.join(items)}{end}".encode()
    return feed_entries.read(Fetched(feed.url, 200, body), feed)


def identities(*items):
    return [entry.identity for entry in read(*items).entries]


# --- identity ---------------------------------------------------------------------------------------


def test_a_guid_stays_the_identity_when_link_and_words_change():
    [one] = identities(item(guid="g", link="https://hay.example/1"))
    [two] = identities(item("غيره", guid="g", link="https://hay.example/2", text="كلام آخر."))
    assert one == two


def test_without_a_guid_the_page_is_the_identity_however_its_address_is_spelled():
    [one] = identities(item(link="http://www.hay.example/1?utm_source=rss"))
    [two] = identities(item("غيره", link="https://hay.example/1"))
    assert one == two


def test_without_guid_and_link_the_words_are_the_identity():
    [one] = identities(item("خبر"))
    [same] = identities(item("خبر"))
    [other] = identities(item("خبر آخر"))
    assert one == same != other


def test_posts_of_a_running_report_on_one_page_are_told_apart():
    posts = identities(*(item(link=f"https://hay.example/live#post-{n}") for n in (1, 2)))
    assert len(set(posts)) == 2


def test_routes_behind_the_front_page_are_pages_of_their_own_that_no_server_gives():
    home = "https://hay.example"
    entries = read(*(item(link=f"{home}/#/news/{n}", guid=f"g{n}") for n in (1, 2))).entries
    assert [entry.draft.url for entry in entries] == [f"{home}/#/news/{n}" for n in (1, 2)]
    assert len({entry.identity for entry in entries}) == 2
    assert not any(entry.is_teaser for entry in entries)


def test_a_guid_that_stands_at_two_links_is_no_identity():
    links = ["https://hay.example/1", "https://hay.example/2"]
    both = identities(*(item(guid="same", link=link) for link in links))
    assert both == identities(*(item(link=link) for link in links))
    assert len(set(both)) == 2


def test_a_guid_that_stands_at_two_titles_without_links_is_no_identity():
    assert len(identities(item("خبر", guid="same"), item("آخر", guid="same"))) == 2


def test_an_entry_that_stands_twice_in_a_document_is_read_once():
    one = item(guid="g", link="https://hay.example/1")
    assert len(identities(one, one)) == 1


def test_a_link_to_the_sites_front_page_is_no_articles_address():
    home = "https://hay.example"
    entries = read(item("خبر", link=home), item("آخر", link=f"{home}/")).entries
    assert len({entry.identity for entry in entries}) == 2
    assert [entry.draft.url for entry in entries] == ["", ""]


def test_an_entrys_article_is_known_by_the_feeds_number_and_its_identity():
    [entry] = read(item(guid="g")).entries
    assert entry.draft.post == f"feed:7/{entry.identity}"
    assert len(entry.draft.post) < 60


def test_a_lists_name_and_category_go_to_articles_that_have_none():
    feed = replace(FEED, title="جريدة", category="رياضة")
    [entry] = read(item(), feed=feed).entries
    assert (entry.draft.source, entry.draft.category) == ("جريدة", "رياضة")


# --- digests ----------------------------------------------------------------------------------------


def digest(**fields):
    return read(item(guid="g", **fields)).entries[0].digest


def test_a_digest_changes_with_the_words_and_with_nothing_else():
    one = digest(text="<p>نص   الخبر</p>", date="Tue, 10 Mar 2026 10:00:00 GMT")
    assert one == digest(text="<div class='x'>نص الخبر</div>", link="https://hay.example/1")
    assert one != digest(text="نص الخبر المعدل")
    assert one != digest(text="نص الخبر", title="عنوان آخر")


# --- documents --------------------------------------------------------------------------------------


def test_a_document_that_breaks_off_loses_its_last_entry():
    whole, half = item(guid="a"), "<item><guid>b</guid><title>عنوان نا"
    reading = read(whole, half, end="")
    assert not reading.is_whole
    assert [entry.identity for entry in reading.entries] == identities(whole)


def test_a_document_that_breaks_off_in_its_first_entry_is_an_error():
    with pytest.raises(UnreadableFeed, match="breaks off"):
        read("<item><title>عنوان نا", end="")


@pytest.mark.parametrize("end", ["</channel></rss>\n<!-- made in 0.1 s -->", "</channel></RSS>"])
def test_a_document_with_something_after_its_end_is_whole(end):
    assert read(item(), end=end).is_whole


def test_utf16_and_json_feeds_are_whole():
    xml = "<rss version='2.0'><channel><title>x</title><item><title>خبر</title></item></channel></rss>"
    json = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "x"}]}'
    for body in (xml.encode("utf-16"), json):
        reading = feed_entries.read(Fetched(FEED.url, 200, body), FEED)
        assert (reading.is_whole, len(reading.entries)) == (True, 1)


def test_the_gap_is_that_of_the_last_changes_where_no_publishing_is_told():
    entries = "".join(
        f"<entry><id>{n}</id><title>خبر {n}</title><updated>2026-03-10T{n:02}:00:00Z</updated></entry>"
        for n in range(5)
    )
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entries}</feed>".encode()
    assert feed_entries.read(Fetched(FEED.url, 200, body), FEED).gap == 3600


# --- new and changed --------------------------------------------------------------------------------


ENTRIES = read(*(item(f"خبر {n}", guid=f"g{n}") for n in range(8))).entries


@given(
    st.lists(st.sampled_from(["unseen", "same", "changed", "refused", "refused-changed"]), max_size=8)
)
def test_every_entry_is_new_changed_or_left(histories):
    pairs = list(zip(ENTRIES, histories, strict=False))
    seen = {}
    for entry, history in pairs:
        fate = Fate.REFUSED if history.startswith("refused") else Fate.PAGE
        before = replace(entry, digest="0" * 32) if history.endswith("changed") else entry
        if history != "unseen":
            seen[entry.identity] = seen_as(before, fate)
    made = plan([entry for entry, _ in pairs], seen)
    assert list(made.new) == [e for e, history in pairs if history in ("unseen", "refused-changed")]
    assert [change.entry for change in made.changed] == [e for e, h in pairs if h == "changed"]
    assert all(change.before is Fate.PAGE for change in made.changed)


@given(st.sampled_from(Fate))
def test_what_is_remembered_of_an_entry_tells_its_fate_and_that_it_is_as_it_was(fate):
    entry = ENTRIES[0]
    assert plan([entry], {entry.identity: seen_as(entry, fate)}) == plan([], {})


# --- pages ------------------------------------------------------------------------------------------


def teaser(date="Tue, 10 Mar 2026 10:00:00 GMT", **fields):
    given = {"title": "افتتاح الحديقة", "link": "https://hay.example/1", "date": date, **fields}
    return read(item(text="افتتحت البلدية الحديقة…", **given)).entries[0]


def test_the_newest_teasers_are_read_first_unless_dates_are_missing():
    dated, undated = [teaser(title="1"), teaser(title="2")], [teaser(title="1"), teaser("", title="2")]
    assert in_order_of_reading(dated) == dated
    assert in_order_of_reading(undated) == undated[::-1]


def test_a_page_gives_its_text_and_leaves_what_the_feed_told():
    page = Draft(text="افتتحت البلدية الحديقة اليوم بعد عامين من العمل فيها.", title="موقع الحي")
    draft = with_page(teaser(), page)
    assert (draft.title, draft.text) == ("افتتاح الحديقة", page.text)
    assert draft.abstract == "افتتحت البلدية الحديقة…"
    assert draft.post == teaser().draft.post


@pytest.mark.parametrize(
    "text",
    ["افتتحت الحديقة", "Please confirm that you are no robot to go on reading this site today."],
    ids=["shorter", "another thing"],
)
def test_a_page_that_tells_no_more_or_something_else_is_left(text):
    assert with_page(teaser(), Draft(text=text, title="Just a moment")) is None


def test_an_entry_without_a_link_has_no_page():
    assert not teaser(link="").is_teaser

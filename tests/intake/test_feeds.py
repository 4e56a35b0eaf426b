"""Feeds by hand: character sets, formats, dates, limits, attacks, drafts and teasers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from pace import within

from bot.errors import UnreadableFeed
from bot.intake.feed_dates import moment
from bot.intake.feed_limits import MOST_ENTRIES
from bot.intake.feeds import is_teaser, read, to_drafts
from bot.model import FeedDocument, FeedEntry, NewFeed

URL = "https://news.test/feeds/main.xml"
TITLE = "المزارعون يجمعون محصول الزيتون في الجبال"


def rss(items: str, before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>الصباح</title>{items}</channel></rss>'


def item(inside: str = "") -> str:
    return f"<item><title>{TITLE}</title><link>/a?id=1</link>{inside}</item>"


def first(text: str) -> FeedEntry:
    return read(text.encode(), "", URL).entries[0]


# --- character sets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859-6"]
)
@pytest.mark.parametrize(
    "said", ["", "utf-8", "iso-8859-1", "windows-1256", "iso-8859-6", "no-such-set"]
)
def test_arabic_comes_out_right_whatever_is_declared(encoding: str, said: str) -> None:
    before = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    content = rss(item(), before).encode(encoding)
    for content_type in ("", f"text/xml; charset={said}"):
        assert read(content, content_type, URL).entries[0].title == TITLE


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Été à la plage, où l’œuvre naît", "cp1252"),
        ("Größere Straßen für Fußgänger", "iso8859-1"),
        ("Новости города и области", "cp1251"),
        ("Νέα της πόλης και της χώρας", "iso8859-7"),
        ("新闻报道", "gb2312"),
    ],
)
def test_other_alphabets_are_as_declared(words: str, encoding: str) -> None:
    before = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = f'{before}<rss version="2.0"><channel><item><title>{words}</title></item></channel></rss>'
    assert read(text.encode(encoding), "", URL).entries[0].title == words


# --- formats ------------------------------------------------------------------------------------------


def test_an_rss_entry_has_all_its_fields() -> None:
    entry = first(
        rss(
            item(
                "<guid isPermaLink='false'>n-1</guid><pubDate>Thu, 01 Oct 2026 10:30:00 +0300</pubDate>"
                "<category>زراعة</category><description>&lt;p&gt;موجز&lt;/p&gt;</description>"
            )
        )
    )
    assert entry == FeedEntry(
        identity="n-1",
        title=TITLE,
        link="https://news.test/a?id=1",
        content="<p>موجز</p>",
        summary="<p>موجز</p>",
        published=datetime(2026, 10, 1, 7, 30, tzinfo=UTC),
        category="زراعة",
    )


def test_links_of_atom_start_at_its_base() -> None:
    entry = first(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://site.test/ar/"><entry><id>urn:1</id>'
        '<title type="html">أول &lt;b&gt;خبر&lt;/b&gt; &amp;amp; آخر</title>'
        '<link href="x.html"/></entry></feed>'
    )
    assert (entry.identity, entry.title, entry.link) == (
        "urn:1",
        "أول خبر & آخر",
        "https://site.test/ar/x.html",
    )


def test_rss_1_0_is_read() -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://news.test/7"><title>خبر</title>'
        "<link>https://news.test/7</link><dc:date>2026-10-01T10:30:00+03:00</dc:date></item></rdf:RDF>"
    )
    entry = first(text)
    assert (entry.title, entry.link, entry.updated) == (
        "خبر",
        "https://news.test/7",
        datetime(2026, 10, 1, 7, 30, tzinfo=UTC),
    )


def test_json_feed_is_read() -> None:
    items = [{"id": 7, "url": "/b", "title": "خبر", "content_text": "سطر\nآخر", "tags": ["علوم"]}, None]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "الصباح", "items": items}
    document = read(json.dumps(feed).encode(), "application/feed+json", URL)
    assert document.title == "الصباح"
    assert document.entries == (
        FeedEntry("7", "خبر", "https://news.test/b", content="سطر<br>آخر", category="علوم"),
    )


def test_a_page_names_its_feeds() -> None:
    page = (
        b"<!doctype html><html><head><base href='/ar/'>"
        b"<!-- <link rel=alternate type=text/xml href=no> -->"
        b"<link rel='alternate' type='application/rss+xml' href='rss?a=1&amp;b=2'>"
        b"<link rel=alternate type=application/json href=/wp-json>"
        b"<link rel=stylesheet href=s.css></head>"
    )
    document = read(page, "text/html", "https://news.test/home")
    feeds = (NewFeed("https://news.test/ar/rss?a=1&b=2"),)
    assert document == FeedDocument(feeds=feeds, is_feed=False)


def link(href: str, title: str) -> str:
    return f'<link rel="alternate" title="{title}" type="application/rss+xml" href="{href}">'


@pytest.mark.parametrize(
    ("titles", "called"),
    [
        (["سياسة", "رياضة"], ["سياسة", "رياضة"]),
        (["الحي &raquo; سياسة", "الحي &raquo; رياضة"], ["سياسة", "رياضة"]),
        (["الحي > سياسة", "الحي > رياضة"], ["سياسة", "رياضة"]),
        (["الحي - سياسة", "الحي - سوق", ""], ["سياسة", "سوق", ""]),
        (["الحي | ", "الحي | رياضة"], ["الحي |", "الحي | رياضة"]),
        (["الحي: كل الأخبار"], ["الحي: كل الأخبار"]),
        (["RSS", "RSS"], ["RSS", "RSS"]),
    ],
)
def test_feeds_of_a_page_are_called_as_it_calls_them_without_what_all_share(
    titles: list[str], called: list[str]
) -> None:
    page = "".join(link(f"/{n}", title) for n, title in enumerate(titles))
    document = read(f"<html><head>{page}</head></html>".encode(), "text/html", "https://news.test/")
    assert [(feed.url, feed.title) for feed in document.feeds] == [
        (f"https://news.test/{n}", title) for n, title in enumerate(called)
    ]


def test_the_first_title_of_a_feed_that_is_named_twice_counts() -> None:
    page = (
        link("/rss", "") + link("/rss", "الأخبار") + link("/rss", "غيرها") + '<link title=" href="/a">'
    )
    document = read(f"<html>{page}</html>".encode(), "text/html", "https://news.test/")
    assert document.feeds == (NewFeed("https://news.test/rss", "الأخبار"),)


@pytest.mark.parametrize(
    "content", ["", " ", "مرحبا", "<html><p>لا شيء</p></html>", '{"items": []}', "{", "\0\0"]
)
def test_what_is_no_feed_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFeed):
        read(content.encode(), "application/rss+xml", URL)


def test_broken_markup_gives_what_can_be_read() -> None:
    entry = first(
        "Warning: x in <b>y.php</b>\n" + rss(item("<description>a & b &nbsp;c</description>"))[:-20]
    )
    assert entry.title == TITLE


# --- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-01T10:30:00+03:00", datetime(2026, 10, 1, 7, 30, tzinfo=UTC)),
        ("الخميس، ١ تشرين الأول ٢٠٢٦ ١٠:٣٠ م +0300", datetime(2026, 10, 1, 19, 30, tzinfo=UTC)),
        ("01 أكتوبر 2026 12:05 ص", datetime(2026, 10, 1, 0, 5, tzinfo=UTC)),
        ("1 غشت 2026", datetime(2026, 8, 1, tzinfo=UTC)),
        ("31 شباط 2026", None),
        ("0001-01-01T00:00:00Z", None),
        ("أمس", None),
        ("", None),
    ],
)
def test_dates_are_utc_or_none(text: str, expected: datetime | None) -> None:
    assert moment(text) == expected


# --- limits and attacks -------------------------------------------------------------------------------


def test_the_first_entries_of_an_archive_are_read_and_what_follows_them_is_not_lost() -> None:
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(MOST_ENTRIES * 3))
    document = read(rss(items + "<language>ar</language>").encode(), "", URL)
    assert len(document.entries) == MOST_ENTRIES
    assert document.language == "ar"


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(9)),
        f'<!ENTITY a9 "{"x" * 1000}">',
    ],
)
def test_entities_that_grow_are_refused_at_once(entities: str) -> None:
    text = rss(item(f"<description>{'&a9;' * 2000}</description>"), f"<!DOCTYPE rss [{entities}]>")
    with within(1), pytest.raises(UnreadableFeed, match="entities"):
        read(text.encode(), "", URL)


def test_short_entities_of_a_document_and_those_of_html_are_resolved() -> None:
    text = rss(
        "<item><title>&paper; &laquo;اليوم&raquo;</title></item>",
        '<!DOCTYPE rss [<!ENTITY paper "الشروق"><!ENTITY far SYSTEM "file:///etc/hostname">]>',
    )
    assert first(text).title == "الشروق «اليوم»"


@pytest.mark.parametrize(
    "inside", ["<a>" * 20_000, "<a>" * 20_000 + "</a>" * 20_000, "&lt;div&gt;" * 20_000]
)
def test_deep_markup_is_read_in_time(inside: str) -> None:
    text = rss(item(f"<description>{inside}</description>"))
    with within(5):
        assert len(read(text.encode(), "", URL).entries) == 1


# --- drafts and teasers -------------------------------------------------------------------------------

WHOLE = "<p>" + "كلمة " * 60 + "</p><p>" + "أخرى " * 60 + "</p>"


def test_a_draft_has_the_entrys_own_paragraphs() -> None:
    html = (
        "<script>x()</script><figure><img src=a><figcaption>تعليق</figcaption></figure><p>سطر<br>ثان</p>"
        "<div>ثالث &amp; أخير</div>"
        "<p>ظهرت المقالة <a href=/a>عنوان</a> أولاً على <a href=/>الصباح</a>.</p>"
    )
    entry = FeedEntry("1", TITLE, "https://news.test/a?utm_source=rss", html, "<b>موجز</b>")
    (draft,) = to_drafts(FeedDocument(title="الصباح", entries=(entry,)))
    assert draft.text == "سطر\nثان\nثالث & أخير"
    assert (draft.url, draft.source, draft.abstract) == ("https://news.test/a", "الصباح", "موجز")


def test_a_source_may_be_named_and_a_whole_text_is_no_abstract() -> None:
    updated = datetime(2026, 1, 2, tzinfo=UTC)
    entry = FeedEntry("1", TITLE, "javascript:alert(1)", WHOLE, WHOLE, updated=updated)
    (draft,) = to_drafts(FeedDocument(title="الصباح", entries=(entry,)), "المساء")
    assert (draft.source, draft.abstract, draft.url, draft.line) == ("المساء", "", "", 1)
    assert draft.published == updated


def test_an_unclosed_figure_takes_no_text_with_it() -> None:
    (draft,) = to_drafts(FeedDocument(entries=(FeedEntry("1", content="<figure><p>نص باق</p>"),)))
    assert draft.text == "نص باق"


@pytest.mark.parametrize(
    ("content", "teaser"),
    [
        ("", True),
        ("<p>جملة قصيرة.</p>", True),
        (WHOLE, False),
        (WHOLE + "…", True),
        (WHOLE + "<p>اقرأ المزيد</p>", True),
    ],
)
def test_short_and_cut_texts_are_teasers(content: str, teaser: bool) -> None:
    assert is_teaser(FeedEntry("1", content=content)) is teaser


def test_items_of_an_entrys_own_lists_are_told_apart_from_links() -> None:
    content = '<p>نص.</p><ul><li>فتح <b>المعابر</b></li><li><a href="/x">خبر آخر</a></li></ul>'
    (draft,) = to_drafts(FeedDocument(entries=(FeedEntry("1", content=content),)))
    assert draft.items == "فتح المعابر"

"""Lists of feeds: what is read, what is refused and why, and that what is written is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.samples
from bot.errors import UnreadableDocument
from bot.intake.opml import DEEPEST, MOST_FEEDS, ListedFeed, read_opml, write_opml

FEED = '<outline text="الشروق" xmlUrl="https://news.test/rss"/>'


def opml(body: str, before: str = "") -> bytes:
    return f'{before}<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_a_feed_is_in_the_folder_that_holds_it() -> None:
    found = read_opml(
        opml(f'<outline text="أخبار"><outline text="عربية">{FEED}</outline></outline>{FEED}')
    )
    assert found == [ListedFeed("الشروق", "https://news.test/rss", "عربية")]


def test_names_of_attributes_may_be_spelt_in_any_case_and_addresses_as_feeds() -> None:
    body = '<outline title="ب" XMLURL="feed:https://b.test/" category="/رياضة"/>'
    body += '<outline xmlUrl="feed://c.test/"/>'
    assert read_opml(opml(body)) == [("ب", "https://b.test/", "رياضة"), ("", "http://c.test/", "")]


def test_bare_ampersands_and_entities_of_html_are_repaired() -> None:
    found = read_opml(opml('<outline text="A&B &laquo;ج&raquo;" xmlUrl="https://a.test/?x=1&y=2"/>'))
    assert found == [("A&B «ج»", "https://a.test/?x=1&y=2", "")]


def test_windows_1256_is_told_without_a_declaration() -> None:
    text = opml('<outline text="صحيفة الشروق اليومية" xmlUrl="https://a.test/"/>').decode()
    assert read_opml(text.encode("cp1256"))[0].title == "صحيفة الشروق اليومية"


def test_what_is_written_is_read_again() -> None:
    feeds = [
        ListedFeed('أ "ب" & <ج>', "https://a.test/?x=1&y=2"),
        ListedFeed("د", "https://d.test/", "رياضة"),
    ]
    assert read_opml(write_opml(reversed(feeds))) == feeds


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"<rss/>", "no OPML"),
        (b"", "broken OPML"),
        (opml(FEED)[:-8], "broken OPML"),
        (opml('<outline text="empty"/>'), "names no feed"),
        (opml("<outline>" * (DEEPEST + 1) + "</outline>" * (DEEPEST + 1)), "deep"),
        (
            opml("".join(f'<outline xmlUrl="https://{n}.test"/>' for n in range(MOST_FEEDS + 1))),
            "more than",
        ),
        (opml(FEED, '<!DOCTYPE opml [<!ENTITY a "b">]>'), "entities"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_cause(content: bytes, cause: str) -> None:
    with pytest.raises(UnreadableDocument, match=cause):
        read_opml(content)


def test_the_starter_list_holds_a_dozen_feeds_with_titles() -> None:
    feeds = read_opml(Path(bot.samples.__file__).with_name("feeds.opml").read_bytes())
    assert len(feeds) == 12
    assert all(feed.title and feed.url.startswith("https://") for feed in feeds)

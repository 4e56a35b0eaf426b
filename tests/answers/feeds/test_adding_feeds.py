"""/addfeed: links, pages, lists, and the ready list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import samples
from bot.answers.feeding import STAGGER
from bot.answers.feeding_reads import FeedReading, refusal
from bot.intake.links import canonical
from bot.model import Attachment, FeedId, FeedReport, FeedState, NewFeed
from bot.texts.feed_actions import Starter
from bot.texts.render_adding import Became

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""When the questions of tests/answers/conftest.py are asked."""


# --- adding ---------------------------------------------------------------------------------------


async def test_a_feed_is_added_and_read_at_once(room: Any, site: Any) -> None:
    reply = await room.add(f"{site.url}/rss")
    assert "أُضيفت الخلاصة وقُرئت: مقالان جديدان" in reply.text
    assert "صحيفة الحي" in reply.text
    feed = await room.only()
    assert (feed.title, feed.articles, feed.error) == ("صحيفة الحي", 2, "")
    assert room.said == ["أقرأ الخلاصة…"]


async def test_a_feed_that_is_there_is_told_and_not_read_again(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    room.said.clear()
    reply = await room.add(f"{site.url}/rss#top")
    assert "مضافة من قبل" in reply.text
    assert (site.asked, room.said) == (["/rss"], [])


async def test_a_feed_that_was_added_but_never_read_is_read(room: Any, site: Any) -> None:
    # a kill came between the two, and the command is answered again
    await room.feeding.feeds.add([NewFeed(f"{site.url}/rss")], NOW)
    assert "أُضيفت الخلاصة وقُرئت: مقالان" in (await room.add(f"{site.url}/rss")).text


async def test_a_page_that_names_one_feed_is_that_feed(room: Any, site: Any) -> None:
    reply = await room.add(f"{site.url}/one")
    assert "مقالان جديدان" in reply.text
    assert (await room.only()).url == f"{site.url}/rss"


async def test_a_page_whose_one_feed_is_there_says_so(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    reply = await room.add(f"{site.url}/one")
    assert ("مضافة من قبل" in reply.text, "صحيفة الحي" in reply.text) == (True, True)
    assert await room.states() == {"rss": FeedState.ACTIVE}


async def test_a_page_s_feeds_that_are_there_are_not_offered(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/sport.xml")
    reply = await room.add(f"{site.url}/many")
    assert "مضافة من قبل" in reply.text
    assert len([label for label in room.labels(reply) if "أضف" in label]) == 2


async def test_a_page_that_names_several_offers_each(room: Any, site: Any) -> None:
    reply = await room.add(f"{site.url}/many")
    assert "تدل هذه الصفحة على 3 خلاصات" in reply.text
    assert await room.feeding.feeds.all() == []
    assert site.asked == ["/many"]
    assert len([label for label in room.labels(reply) if "أضف" in label]) == 3


async def test_an_offered_feed_is_added_by_its_button_and_the_others_stay(room: Any, site: Any) -> None:
    offered = await room.add(f"{site.url}/many")
    first, *_ = sorted(b.action for row in offered.buttons for b in row if "|a|" in b.action)
    for said in ("أُضيفت الخلاصة وقُرئت: مقال جديد واحد", "مضافة من قبل"):
        reply = await room.feeding.press(await room.news.ask(is_admin=True), first[4:])
        assert said in reply.text
        assert len([label for label in room.labels(reply) if "أضف" in label]) == 2
    assert [feed.articles for feed in await room.feeding.feeds.all()] == [1]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/none", "ليس خلاصة"),
        ("/nowhere", "لا شيء في الموقع عند هذا الرابط (404)"),
        ("/gone", "أُزيلت من الموقع نهائيًا (410)"),
    ],
)
async def test_what_is_no_feed_is_refused_with_its_reason_and_not_kept(
    room: Any, site: Any, path: str, said: str
) -> None:
    reply = await room.add(site.url + path)
    assert "لم تُضف الخلاصة" in reply.text
    assert said in reply.text
    assert await room.feeding.feeds.all() == []


async def test_a_fault_that_passes_keeps_the_feed_and_says_so(room: Any, site: Any) -> None:
    reply = await room.add(f"{site.url}/broken")
    assert "تُعاد المحاولة من تلقاء نفسها" in reply.text
    assert "في الموقع عطل (503)" in reply.text
    assert (await room.only()).state is FeedState.ACTIVE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ftp://a.invalid/rss", "ليس رابطًا يُفتح"),
        ("https://me:secret@a.invalid/rss", "اسم مستخدم أو كلمة مرور"),
        ("http://", "ليس رابطًا يُفتح"),
        ("وكالة الأنباء", "لا أجد رابطًا في «وكالة الأنباء»"),
    ],
)
async def test_what_is_no_address_is_refused_before_anything_is_asked(
    room: Any, words: str, said: str
) -> None:
    reply = await room.add(words)
    assert said in reply.text
    assert "secret" not in reply.text
    assert await room.feeding.feeds.all() == []


async def test_a_private_address_is_refused_where_the_operator_did_not_open_them(
    room: Any, site: Any
) -> None:
    async with room.shut():
        reply = await room.add(f"{site.url}/rss")
    assert "الرابط في شبكة خاصة" in reply.text
    assert (site.asked, await room.feeding.feeds.all()) == ([], [])


async def test_several_links_are_told_line_by_line(room: Any, site: Any) -> None:
    paths = ("/rss", "/none", "/many", "/broken", "/sport.xml")
    reply = await room.add("\n".join(site.url + path for path in paths))
    for said in ("أُضيفت وقُرئت</b> (خلاصتان)", "تُعاد محاولة قراءتها</b>", "لم تُضف</b> (خلاصة واحدة)"):
        assert said in reply.text
    assert "أضف" in " ".join(room.labels(reply))
    assert await room.states() == {
        "rss": FeedState.ACTIVE,
        "broken": FeedState.ACTIVE,
        "sport.xml": FeedState.ACTIVE,
    }


async def test_the_links_of_the_message_that_is_replied_to_are_taken(room: Any, site: Any) -> None:
    text = f"هذه خلاصة الحي: {site.url}/rss، وهي جيدة."
    assert "مقالان جديدان" in (await room.add(attachment=Attachment(text))).text


async def test_more_links_than_are_read_at_once_are_told(room: Any, site: Any) -> None:
    reply = await room.add(" ".join(f"{site.url}/no{n}" for n in range(23)))
    assert "أكثر من 20 رابطًا" in reply.text
    assert len(site.asked) == 20


async def test_a_list_of_feeds_is_taken_in_as_a_document(room: Any, site: Any) -> None:
    listed = "".join(
        f"<outline text='{name}' xmlUrl='{site.url}/{name}.xml'/>" for name in ("politics", "sport", "x")
    )
    opml = f"<opml version='2.0'><body><outline text='عالم'>{listed}</outline></body></opml>".encode()
    reply = await room.add(attachment=Attachment(file_name="a.opml", content=opml))
    assert "أُضيفت وقُرئت</b> (خلاصتان)" in reply.text
    assert "لم تُضف</b> (خلاصة واحدة)" in reply.text
    assert {(f.title, f.category) for f in await room.feeding.feeds.all()} == {
        ("politics", "عالم"),
        ("sport", "عالم"),
    }


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "broken OPML"),
        (b"no list", "broken OPML"),
        (b"<opml><body/></opml>", "the list names no feed"),
        (b"<rss/>", "no OPML"),
        (b"<opml>" * 99, "broken OPML"),
        (b"<opml>" + b"<outline xmlUrl='http://a.invalid/%d'/>" * 1001, "more than 1000 feeds"),
    ],
)
async def test_a_document_that_is_no_list_is_told(room: Any, content: bytes, cause: str) -> None:
    numbered = content % tuple(range(content.count(b"%d"))) if b"%d" in content else content
    reply = await room.add(attachment=Attachment(file_name="a.opml", content=numbered))
    assert ("قائمة خلاصات" in reply.text, cause in reply.text) == (True, True)
    assert await room.feeding.feeds.all() == []


async def test_without_a_link_it_tells_how_and_offers_the_ready_list(room: Any) -> None:
    reply = await room.add()
    assert "قناة 0، قناة 1، قناة 2" in reply.text
    assert "أضف القائمة الجاهزة" in room.labels(reply)


async def test_reading_that_takes_too_long_is_left_to_the_polling(room: Any, site: Any) -> None:
    site.slow = 30
    reading = FeedReading(room.feeding.feeds, room.feeding.reader)
    [result] = await reading.take_in([NewFeed(f"{site.url}/rss")], NOW, within=0.5)
    assert result.became is Became.PENDING
    due = [feed.url for feed in await room.feeding.feeds.due(NOW + timedelta(minutes=6), 9)]
    assert due == [f"{site.url}/rss"]


# --- the ready list: its feeds are never asked here ------------------------------------------------


@dataclass
class Recording:
    """A reader that only writes down what it is asked."""

    asked: list[FeedId] = field(default_factory=list)

    async def visit(self, feed: FeedId) -> FeedReport:
        self.asked.append(feed)
        raise AssertionError("nothing is read when the ready list is taken in")


async def test_the_ready_list_is_added_at_staggered_times_and_not_read(room: Any) -> None:
    reader = Recording()
    room.feeding = replace(room.feeding, reader=reader)
    assert "أُضيفت القائمة الجاهزة (3 خلاصات)" in (await room.press(Starter())).text
    due = [feed.next_check for feed in await room.feeding.feeds.all()]
    assert due == [NOW, NOW + STAGGER, NOW + 2 * STAGGER]
    assert "كلها مضافة من قبل" in (await room.press(Starter())).text
    assert (await room.states(), reader.asked) == ({"rss": FeedState.ACTIVE}, [])


def test_the_ready_list_is_written_as_it_is_stored() -> None:
    feeds = samples.starter()
    assert len({feed.url for feed in feeds}) == len(feeds) >= 10
    for feed in feeds:
        assert (canonical(feed.url), refusal(feed.url), bool(feed.title)) == (feed.url, None, True)


async def test_what_is_there_of_the_ready_list_is_offered_no_more(room: Any) -> None:
    await room.feeding.feeds.add(room.feeding.starter[:2], NOW)
    assert "(خلاصة واحدة): قناة 2" in (await room.add()).text
    await room.feeding.feeds.add(room.feeding.starter[2:], NOW)
    assert "أضف القائمة الجاهزة" not in room.labels(await room.add())

"""/feeds, /removefeed, /checkfeed and the buttons under them: over real storage and a real site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.answers import feeding
from bot.intake.opml import read_opml
from bot.model import Attachment, ChatKind, FeedId, FeedState, NewFeed
from bot.texts.feed_actions import Card, Check, Choose, Export, Listing, Remove, Restore
from bot.texts.feed_actions import encode as wire

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""When the questions of tests/answers/conftest.py are asked."""


# --- the list and a card --------------------------------------------------------------------------


async def test_without_feeds_it_tells_how_to_begin(room: Any) -> None:
    reply = await room.show()
    assert "لا خلاصات بعد" in reply.text
    assert "/addfeed" in reply.text
    assert room.labels(reply) == ["أضف القائمة الجاهزة"]


async def test_the_list_has_pages_and_leads_to_cards_and_back(room: Any) -> None:
    await room.feeding.feeds.add(
        [NewFeed(f"http://f{n}.invalid/rss", f"خلاصة {n}") for n in range(10)], NOW
    )
    first = await room.show()
    assert ("خلاصة 7 " in first.text, "خلاصة 8 " in first.text) == (True, False)
    second = await room.press(Listing(8))
    assert "خلاصة 9 " in second.text
    card = await room.press(Card(FeedId(9), 8))
    assert "خلاصة 8" in card.text
    assert wire(Listing(8)) in [button.action for row in card.buttons for button in row]
    assert (await room.press(Listing(80))).text == second.text


async def test_a_feeds_number_after_the_command_opens_its_card(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    assert "رقم الخلاصة 1" in (await room.show("١")).text
    assert "لا خلاصة بالرقم 7" in (await room.show("7")).text


# --- removing, checking ---------------------------------------------------------------------------


async def test_a_feed_is_removed_by_its_number_and_one_tap_undoes_it(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    for _ in range(2):
        reply = await room.remove("١")
        assert "أُزيلت الخلاصة «صحيفة الحي»" in reply.text
        assert "تراجع" in room.labels(reply)
    assert await room.feeding.feeds.all() == []
    for said in ("عادت الخلاصة", "صحيفة الحي"):
        assert said in (await room.press(Restore(FeedId(1)))).text
    assert (await room.only()).articles == 2


async def test_its_articles_stay_when_a_feed_goes(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    await room.remove("1")
    assert "افتتاح السوق" in (await room.news.reading.latest(await room.news.ask())).text


async def test_a_check_reads_now_and_tells_what_is_new(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    assert "قُرئت الآن: لا جديد فيها" in (await room.check("1")).text
    site.publish("افتتاح السوق", "ترميم الجسر", "إنارة الشارع")
    assert "قُرئت الآن: مقال جديد واحد" in (await room.press(Check(FeedId(1)))).text


async def test_a_check_that_fails_says_why_and_keeps_the_feed(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    site.pages["/rss"] = (404, "x")
    reply = await room.check("1")
    assert "تعذّرت قراءتها الآن" in reply.text
    assert "(404)" in reply.text
    assert (await room.only()).failures == 1


async def test_a_gone_feed_is_asked_again_when_it_is_checked(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    site.pages["/rss"] = (410, "x")
    assert "أزالها موقعها نهائيًا" in (await room.check("1")).text
    assert (await room.only()).state is FeedState.GONE
    site.publish("عودة الخلاصة")
    assert "مقال جديد واحد" in (await room.check("1")).text
    assert (await room.only()).state is FeedState.ACTIVE


async def test_a_check_that_takes_too_long_is_left_to_the_polling(
    room: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.add(f"{site.url}/rss")
    monkeypatch.setattr(feeding, "PRESSED", 0.3)
    site.slow = 30
    assert "لم تكتمل قراءتها" in (await room.press(Check(FeedId(1)))).text
    assert [feed.id for feed in await room.feeding.feeds.due(NOW, 9)] == [1]


async def test_two_checks_at_once_read_it_once(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    claimed = await room.feeding.feeds.claim(FeedId(1), NOW, NOW + timedelta(minutes=5))
    assert claimed is not None
    assert "تُقرأ الآن" in (await room.press(Check(FeedId(1)))).text
    assert site.asked == ["/rss"]


async def test_a_removed_feed_is_not_read(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    await room.remove("1")
    for reply in (await room.check("1"), await room.press(Check(FeedId(1)))):
        assert "تراجع" in room.labels(reply)
    assert site.asked == ["/rss"]


@pytest.mark.parametrize(("words", "said"), [("", "اكتب رقم"), ("سبعة", "«سبعة»"), ("99", "99")])
async def test_a_number_that_is_missing_or_unknown_is_told(room: Any, words: str, said: str) -> None:
    for reply in (await room.remove(words), await room.check(words)):
        assert said.strip("«»") in reply.text
        assert "/feeds" in reply.text


async def test_a_feed_that_a_page_merely_named_is_none_yet(room: Any, site: Any) -> None:
    await room.feeding.feeds.add([NewFeed(f"{site.url}/rss")], NOW, offered=True)
    assert "لا خلاصة بالرقم 1" in (await room.check("1")).text
    assert "لم تعد هذه الخلاصة هنا" in (await room.press(Check(FeedId(1)))).toast
    assert site.asked == []


# --- the list as a document -----------------------------------------------------------------------


async def test_the_list_goes_out_as_opml_and_comes_in_again(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    reply = await room.press(Export())
    assert reply.document is not None
    assert [(feed.title, feed.url) for feed in read_opml(reply.document.content)] == [
        ("صحيفة الحي", f"{site.url}/rss")
    ]
    await room.remove("1")
    back = await room.add(attachment=Attachment(file_name="a.opml", content=reply.document.content))
    assert "عادت الخلاصة" in back.text


async def test_in_a_group_the_list_is_not_handed_out(room: Any, site: Any) -> None:
    await room.add(f"{site.url}/rss")
    reply = await room.press(Export(), kind=ChatKind.GROUP)
    assert (reply.document, "محادثة خاصة" in reply.toast) == (None, True)
    assert "/rss" not in (await room.show(kind=ChatKind.GROUP)).text


# --- who may --------------------------------------------------------------------------------------


async def test_others_are_refused_everywhere(room: Any, site: Any) -> None:
    await room.feeding.feeds.add([NewFeed(f"{site.url}/rss")], NOW)
    asked = await room.news.ask("1")
    for reply in (
        await room.add(f"{site.url}/rss", is_admin=False),
        await room.show(is_admin=False),
        await room.feeding.removefeed(asked),
        await room.feeding.checkfeed(asked, room.say),
    ):
        assert "لمديري البوت" in reply.text
    feed = FeedId(1)
    for action in (
        Listing(),
        Card(feed),
        Check(feed),
        Remove(feed),
        Restore(feed),
        Choose(feed),
        Export(),
    ):
        reply = await room.press(action, is_admin=False)
        assert ("لمديري البوت" in reply.toast, reply.text, reply.document) == (True, "", None)
    assert ((await room.only()).state, site.asked) == (FeedState.ACTIVE, [])


async def test_stale_and_forged_buttons_are_answered(room: Any) -> None:
    for action in (Card(FeedId(9)), Check(FeedId(9)), Remove(FeedId(9)), Restore(FeedId(9))):
        assert "لم تعد هذه الخلاصة هنا" in (await room.press(action)).toast
    assert "لم تعد هذه الخلاصة هنا" in (await room.press(Choose(FeedId(9), (FeedId(8),)))).toast
    forged = await room.feeding.press(await room.news.ask(is_admin=True), "x|1")
    assert "لم يعد يعمل" in forged.toast

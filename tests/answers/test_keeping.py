"""Kept stories and the buttons under a story's card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.answers.announcing import Announcing
from bot.answers.keeping import MOST_KEPT, Keeping
from bot.answers.owning import Owning
from bot.answers.pressing import Pressing
from bot.answers.reading import Reading
from bot.intake.ingest import analyse
from bot.model import Article, ArticleId, ChatKind, NewArticle, Reply, TopicId
from bot.texts import html
from bot.texts.keep_actions import FAMILY
from storage import keeping as stored

SYRIA = TopicId("syria")
NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@dataclass
class Room:
    """The newsroom with its shelf, and all buttons."""

    news: object
    keeping: Keeping
    pressing: Pressing

    async def card(self, number: int = 2, **fields: object) -> Reply:
        return await self.keeping.reading.read(await self.news.ask(str(number), **fields))

    async def saved(self, **fields: object) -> Reply:
        return await self.keeping.saved(await self.news.ask(**fields))

    async def press(self, reply: Reply, label: str, **fields: object) -> Reply:
        data = self.news.action(reply, label)
        return await self.pressing.press(await self.news.ask(**fields), data)


@pytest.fixture
def room(news) -> Room:
    desk = replace(news.desk, shelf=news.storage.shelf)
    reading = Reading(desk)
    owning = Owning(desk, news.storage.traces)
    announcing = Announcing(desk, news.storage.broadcasts, news.storage.copy_beside)
    keeping = Keeping(reading, news.storage.shelf, owning, announcing)
    families = {FAMILY: keeping.press}
    return Room(news, keeping, Pressing(desk, reading, news.subscribing, news.helping, families))


def labels(reply: Reply) -> str:
    return " ".join(button.label for row in reply.buttons for button in row)


def test_the_bound_that_is_said_is_the_one_that_holds() -> None:
    assert MOST_KEPT == stored.MOST_KEPT


async def test_a_story_is_kept_from_its_card_and_found_in_the_list(room) -> None:
    kept = await room.press(await room.card(), "احفظ")
    assert "حُفظ الخبر" in kept.toast
    assert "أزل من المحفوظات" in labels(kept)
    assert "سوريا تعيد فتح المعبر الجبلي" in (await room.saved()).text


async def test_kept_twice_it_is_there_once_and_dropped_twice_it_is_gone(room) -> None:
    card = await room.card()
    first = await room.press(card, "احفظ")
    assert await room.press(card, "احفظ") == first
    assert (await room.saved()).text.count("سوريا تعيد فتح") == 1
    dropped = await room.press(first, "أزل")
    assert await room.press(first, "أزل") == dropped
    assert "لا أخبار محفوظة" in (await room.saved()).text


async def test_the_list_opens_cards_that_lead_back_to_it(room) -> None:
    await room.press(await room.card(), "احفظ")
    listed = await room.saved()
    card = await room.press(listed, "1")
    assert (await room.press(card, "عودة")).text == listed.text
    # a press on the card keeps the way back
    dropped = await room.press(card, "أزل")
    assert "لا أخبار محفوظة" in (await room.press(dropped, "عودة")).text


async def test_the_list_pages_and_dropping_its_last_entry_shows_the_page_before(room) -> None:
    chat = (await room.news.ask()).chat.id
    for word in ("الزيتون", "القطار", "المتحف", "الجامعة", "الميناء", "المسرح"):
        written = Article(word, f"بدأ اليوم موسم {word} في مدينة بعيدة.", NOW, NOW)
        new = [NewArticle(written, analyse(written))]
        [added] = await room.news.storage.articles.add(new, lambda *_: None)
        await room.news.storage.shelf.keep(chat, added.story)
    first = await room.saved()
    second = await room.press(first, "التالي")
    assert "6." in second.text
    after = await room.press(second, "أزل 6")
    assert "1." in after.text
    assert "التالي" not in labels(after)


async def test_a_full_shelf_says_so_and_keeps_the_card(room, monkeypatch) -> None:
    monkeypatch.setattr(stored, "MOST_KEPT", 1)
    await room.press(await room.card(2), "احفظ")
    reply = await room.press(await room.card(4), "احفظ")
    assert ("المحفوظات ممتلئة" in reply.toast, reply.alert, reply.text) == (True, True, "")


@pytest.mark.parametrize("label", ["احفظ", "أقل من هذا"])
async def test_a_deleted_storys_buttons_say_so_and_change_nothing(room, label) -> None:
    card = await room.card()
    await room.news.storage.articles.delete(ArticleId(2))
    reply = await room.press(card, label)
    assert ("حُذف هذا الخبر" in reply.toast, reply.text) == (True, "")
    assert (await room.news.chat()).preferences.less == ()


async def test_a_kept_story_that_is_deleted_leaves_the_list_and_its_button_works(room) -> None:
    await room.press(await room.card(), "احفظ")
    listed = await room.saved()
    await room.news.storage.articles.delete(ArticleId(2))
    assert "حُذف" in (await room.press(listed, "1")).toast
    assert "لا أخبار محفوظة" in (await room.press(listed, "أزل 1")).text


async def test_less_of_a_topic_is_set_and_undone(room) -> None:
    less = await room.press(await room.card(), "أقل من هذا")
    assert (await room.news.chat()).preferences.less == (SYRIA,)
    assert "آخر الموجز" in less.toast
    assert "تابع" not in labels(less)
    assert await room.press(await room.card(), "أعده كما كان") == await room.press(less, "أعده كما كان")
    assert (await room.news.chat()).preferences.less == ()


async def test_a_followed_topic_offers_no_less(room) -> None:
    await room.news.storage.chats.follow((await room.news.ask()).chat.id, [SYRIA])
    card = await room.card()
    assert "ألغِ متابعة: سوريا" in labels(card)
    assert "أقل من هذا" not in labels(card)


async def test_in_a_group_its_managers_alone_set_less_and_all_may_keep(room) -> None:
    group = {"kind": ChatKind.GROUP, "may_manage": False}
    card = await room.card(**group)
    reply = await room.press(card, "أقل من هذا", **group)
    assert ("مشرفو المجموعة" in reply.toast, reply.text) == (True, "")
    assert (await room.news.chat()).preferences.less == ()
    assert "حُفظ" in (await room.press(card, "احفظ", **group)).toast


async def test_sharing_hands_on_the_card_with_its_headline(room) -> None:
    card = await room.card()
    shared = next(b.url for row in card.buttons for b in row if "شارك" in b.label)
    asked = parse_qs(urlsplit(shared).query)
    assert asked == {
        "url": ["https://t.me/MojazBot?start=r1"],
        "text": ["سوريا تعيد فتح المعبر الجبلي"],
    }


async def test_each_sentence_of_a_story_of_two_sources_names_its_own(room) -> None:
    title, body = (
        "فتح المعبر الجبلي بين سوريا والأردن",
        (
            "أعادت سوريا والأردن صباح اليوم فتح المعبر الجبلي أمام المسافرين والبضائع بعد صيانة طويلة.\n"
            "وعبرت مئتي شاحنة الحدود في الساعات الثلاث الأولى من الصباح بحسب إدارة المعبر في بيان.\n"
            "وقال سائقون إن الانتظار عند المعبر الجبلي لم يتجاوز عشرين دقيقة هذا الصباح."
        ),
    )
    await room.news.publish(title, body, source="صحيفة الحدود", minutes=10)
    card = await room.card()
    assert card.text.count("(وكالة الأنباء)") + card.text.count("(صحيفة الحدود)") >= 2
    assert html.size(card.text).within(html.BUDGET)


@pytest.mark.parametrize("data", ["1|K|", "1|K|v|x", "1|K|s|1|0|0|", "1|K|l|1|2|0|no-such-topic|"])
async def test_stale_and_forged_ones_are_answered(room, data) -> None:
    reply = await room.pressing.press(await room.news.ask(), data)
    assert ("لم يعد يعمل" in reply.toast, reply.text) == (True, "")


@pytest.mark.parametrize("data", ["1|K|s|1|404|0|", "1|K|l|1|404|0|syria|", f"1|K|s|1|{2**53}|0|"])
async def test_a_story_that_never_was_is_told_as_deleted(room, data) -> None:
    assert "حُذف" in (await room.pressing.press(await room.news.ask(), data)).toast


async def test_following_from_a_card_keeps_the_card(room) -> None:
    card = await room.card()
    followed = await room.press(card, "تابع: سوريا")
    assert (await room.news.chat()).follows == (SYRIA,)
    assert "سوريا" in followed.toast
    assert followed.text == card.text
    unfollowed = await room.press(followed, "ألغِ متابعة")
    assert (unfollowed.text, unfollowed.buttons) == (card.text, card.buttons)


async def test_what_comes_last_no_longer_leads(room) -> None:
    card = await room.card()
    await room.press(card, "تابع: سوريا")
    await room.press(card, "أقل من هذا")
    chat = await room.news.chat()
    assert (chat.follows, chat.preferences.less) == ((), (SYRIA,))


async def test_what_leads_no_longer_comes_last(room) -> None:
    card = await room.card()
    await room.press(card, "أقل من هذا")
    await room.press(card, "تابع: سوريا")
    chat = await room.news.chat()
    assert (chat.follows, chat.preferences.less) == ((SYRIA,), ())

"""Buttons: stale, forged, of others, pressed twice, and after their story was deleted."""

import pytest

from bot.model import ArticleId, ChatKind, TopicId


@pytest.mark.parametrize(
    "data", ["", "x", "0|T", "1|t|0|no-such-topic", "1|f|1|no-such-topic", "1|r|0|0"]
)
async def test_a_stale_or_forged_button_is_answered_with_a_toast(news, data: str) -> None:
    reply = await news.press(data)
    assert "هذا الزر لم يعد يعمل" in reply.toast
    assert reply.text == ""


@pytest.mark.parametrize("data", ["1|b|0800", "1|x", "1|z", "1|f|1|syria"])
async def test_who_may_not_manage_changes_nothing(news, data: str) -> None:
    await news.subscribing.subscribe(await news.ask("20:00 مصر"))
    before = await news.chat()
    reply = await news.press(data, kind=ChatKind.GROUP, may_manage=False)
    after = await news.chat()
    assert "مشرفو المجموعة وحدهم" in reply.toast
    assert (after.subscription, after.follows) == (before.subscription, before.follows)


@pytest.mark.parametrize(
    "data", ["1|b|0730", "1|f|1|syria", "1|f|0|syria", "1|T", "1|l|0|5", "1|i", "1|h", "1|d"]
)
async def test_a_second_press_does_no_harm(news, data: str) -> None:
    first = await news.press(data)
    settings = await news.chat()
    assert await news.press(data) == first
    assert (await news.chat()) == settings


async def test_stop_pressed_twice_says_that_it_is_stopped(news) -> None:
    await news.press("1|b|0730")
    await news.press("1|x")
    assert "لا اشتراك هنا" in (await news.press("1|x")).text


async def test_a_deleted_storys_button_says_so_and_keeps_the_list(news) -> None:
    added = await news.publish("خبر عابر", "وصل خبر عابر لا يهم أحدًا من القراء.", minutes=1)
    listed = await news.reading.latest(await news.ask())
    await news.storage.articles.delete(ArticleId(added.id))
    reply = await news.press(news.action(listed, "1"))
    assert "حُذف هذا الخبر" in reply.toast
    assert reply.text == ""


async def test_follow_turns_its_button_and_says_so(news) -> None:
    listed = await news.reading.topic(await news.ask("سوريا"))
    followed = await news.press(news.action(listed, "تابع"))
    assert (await news.chat()).follows == (TopicId("syria"),)
    assert "سوريا" in followed.toast
    await news.press(news.action(followed, "ألغِ متابعة"))
    assert (await news.chat()).follows == ()


async def test_a_card_leads_back_to_the_list_that_it_came_from(news) -> None:
    listed = await news.reading.topic(await news.ask("مصر"))
    card = await news.press(news.action(listed, "1"))
    assert (await news.press(news.action(card, "عودة"))).text == listed.text


async def test_a_page_that_is_not_there_any_more_leads_back(news) -> None:
    reply = await news.press("1|l|40|5")
    assert news.action(reply, "السابق") == "1|l|35|5"


async def test_each_button_of_each_message_is_answered(news) -> None:
    """Presses all buttons of all messages that buttons lead to."""
    waiting, pressed = [(await news.helping.start(await news.ask()))], set()
    while waiting:
        reply = waiting.pop()
        assert reply.text or reply.toast
        for data in (b.action for row in reply.buttons for b in row if b.action):
            if data not in pressed and len(pressed) < 150:
                pressed.add(data)
                waiting.append(await news.press(data))
    assert len(pressed) > 20


@pytest.mark.parametrize("data", ["1|d", "1|T", "1|l|0|5", "1|P|z|Asia/Gaza"])
async def test_a_channels_readers_change_none_of_its_posts(news, data: str) -> None:
    reply = await news.press(data, kind=ChatKind.CHANNEL, may_manage=False)
    assert ("مشرفو القناة" in reply.toast, reply.text) == (True, "")


WHO = [
    ("1|d", ChatKind.PRIVATE, False),
    ("1|b|0800", ChatKind.PRIVATE, False),
    ("1|d", ChatKind.SUPERGROUP, False),
    ("1|r|0|1", ChatKind.GROUP, False),
    ("no data", ChatKind.GROUP, False),
    ("1|b|0800", ChatKind.GROUP, True),
    ("1|f|1|syria", ChatKind.SUPERGROUP, True),
    ("1|P|z|Asia/Gaza", ChatKind.GROUP, True),
    ("1|d", ChatKind.CHANNEL, True),
]


@pytest.mark.parametrize(("data", "kind", "matters"), WHO)
async def test_who_presses_matters_only_where_something_is_changed(
    news, data: str, kind: ChatKind, matters: bool
) -> None:
    assert news.pressing.asks_who(data, kind) is matters

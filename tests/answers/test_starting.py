"""The first minute: the offer with today's digest, the two questions, and presses of any kind."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.model import ArticleId, ChatKind, Preferences, Selection
from bot.texts.start_actions import Countries, Country, Join, SetTime, SetZone, encode


async def test_start_shows_todays_digest_and_the_offer(news) -> None:
    reply = await news.helping.start(await news.ask())
    for said in ("أهلًا بك", "موجز الصباح", "أعادت سوريا والأردن", "08:00 بتوقيت القاهرة", "/help"):
        assert said in reply.text
    assert news.action(reply, "اشترك: كل يوم 08:00")


async def test_a_tap_subscribes_then_time_and_zone_are_asked_and_no_more(news) -> None:
    asked = await news.press(news.action(await news.helping.start(await news.ask()), "اشترك"))
    assert "في أي ساعة" in asked.text
    assert "أعادت سوريا والأردن" in asked.text
    zone = await news.press(news.action(asked, "07:00"))
    assert "الساعة عندك الآن 08:00؟" in zone.text
    done = await news.press(news.action(zone, "نعم"))
    assert "كل شيء جاهز" in done.text
    chat = await news.chat()
    assert (chat.subscription.times, chat.zone) == ((time(7),), "Africa/Cairo")


async def test_another_zone_moves_the_digest_to_its_clock(news) -> None:
    await news.press(encode(Join()))
    listed = await news.press(encode(Countries()))
    asked = await news.press(news.action(listed, "العراق"))
    assert "الساعة عندك الآن 09:00؟" in asked.text
    done = await news.press(news.action(asked, "نعم"))
    assert "بتوقيت بغداد" in done.text
    [due] = await news.storage.chats.due(datetime(2026, 12, 1, tzinfo=UTC), 9)
    assert due.due.astimezone(ZoneInfo("Asia/Baghdad")).time() == time(8)


async def test_a_zone_that_was_chosen_is_not_asked_for_again(news) -> None:
    await news.press(encode(SetZone("Asia/Damascus")))
    asked = await news.press(encode(Join()))
    assert "كل شيء جاهز" in (await news.press(news.action(asked, "✓ 08:00"))).text


async def test_whoever_comes_back_gets_back_what_they_had(news) -> None:
    await news.subscribing.subscribe(await news.ask("06:30 و21:15 سوريا"))
    await news.subscribing.unsubscribe(await news.ask())
    reply = await news.helping.start(await news.ask())
    await news.press(news.action(reply, "اشترك: كل يوم 06:30"))
    again = (await news.chat()).subscription
    assert (again.active, again.times, again.topics) == (True, (time(6, 30), time(21, 15)), ("syria",))


async def test_a_subscriber_is_told_when_the_digest_comes(news) -> None:
    await news.subscribing.subscribe(await news.ask("07:30"))
    reply = await news.helping.start(await news.ask())
    assert "يصل الموجز كل يوم في الساعة 07:30" in reply.text
    assert not any("اشترك" in button.label for row in reply.buttons for button in row)


async def test_an_empty_database_is_said_with_a_next_step(empty) -> None:
    reader = await empty.helping.start(await empty.ask())
    admin = await empty.helping.start(await empty.ask(is_admin=True))
    assert "لا أخبار بعد. اشترك الآن" in reader.text
    assert "/ingest" in admin.text
    assert "كل شيء جاهز" in (await _through(empty, reader)).text


async def _through(room, reply):
    """Subscribes at the time that is offered, in the zone that is offered."""
    for label in ("اشترك", "08:00", "نعم"):
        reply = await room.press(room.action(reply, label))
    return reply


async def test_old_news_is_not_todays(news) -> None:
    listed = await news.storage.articles.stories(Selection(), 0, 20)
    for article in (article for story in listed.stories for article in story.articles):
        await news.storage.articles.delete(ArticleId(article.id))
    await news.publish("خبر قديم", "وصل هذا الخبر قبل أيام من اليوم.", minutes=4000)
    assert "لا أخبار جديدة في آخر 24 ساعة" in (await news.helping.start(await news.ask())).text


async def test_choices_that_leave_nothing_are_named(news) -> None:
    chat = (await news.ask()).chat
    await news.storage.chats.choose(replace(chat, preferences=Preferences(wanted=("زلزال",))), ())
    assert "/settings" in (await news.helping.start(await news.ask())).text


@pytest.mark.parametrize(
    "data", [encode(a) for a in (Join(), SetTime(time(7)), SetZone("Asia/Gaza"), Country("PS"))]
)
async def test_a_second_press_does_no_harm(news, data: str) -> None:
    first = await news.press(data)
    chat = await news.chat()
    assert await news.press(data) == first
    assert await news.chat() == chat


@pytest.mark.parametrize("rest", ["", "Z|Mars/Base", "c|XX", "T|9999", "z|Asia", "nonsense"])
async def test_a_forged_press_is_answered_and_changes_nothing(news, rest: str) -> None:
    await news.ask()
    before = await news.chat()
    reply = await news.press(f"1|W|{rest}")
    assert (reply.text, bool(reply.toast), reply.alert) == ("", True, True)
    assert await news.chat() == before


async def test_an_old_message_answers_after_the_subscription_ended(news) -> None:
    asked = await news.press(encode(Join()))
    await news.subscribing.unsubscribe(await news.ask())
    assert "اضغط «اشترك»" in (await news.press(news.action(asked, "ساعة أخرى"))).text
    assert "تم الاشتراك" in (await news.press(news.action(asked, "09:00"))).text


@pytest.mark.parametrize("kind", [ChatKind.SUPERGROUP, ChatKind.CHANNEL])
async def test_in_groups_and_channels_administrators_decide(news, kind: ChatKind) -> None:
    reply = await news.helping.start(await news.ask(kind=kind))
    assert "مشرفيها" in reply.text
    assert "أعادت سوريا" not in reply.text
    data = news.action(reply, "اشترك")
    refused = await news.press(data, kind=kind, may_manage=False)
    assert (refused.text, refused.alert, (await news.chat()).subscription) == ("", True, None)
    assert "في أي ساعة" in (await news.press(data, kind=kind)).text


async def test_a_channel_is_told_only_commands_that_it_may_post(news) -> None:
    channel = ChatKind.CHANNEL
    reply = await news.helping.start(await news.ask(kind=channel))
    for label in ("اشترك", "08:00", "نعم"):
        reply = await news.press(news.action(reply, label), kind=channel)
        assert not any(c in reply.text for c in ("/help", "/settings", "/latest"))
    assert "/subscribe" in reply.text


async def test_a_time_that_is_written_is_offered_and_set_by_a_tap(news) -> None:
    reply = await news.helping.plain_words(await news.ask("٧:٣٠ صباحًا"))
    assert "كل يوم في الساعة 07:30 بتوقيت القاهرة؟" in reply.text
    assert (await news.chat()).subscription is None
    await news.press(news.action(reply, "نعم"))
    assert (await news.chat()).subscription.times == (time(7, 30),)


async def test_topics_that_brought_nothing_are_not_called_no_news(news) -> None:
    await news.subscribing.subscribe(await news.ask("7:30 السودان"))
    assert "توافق ما اخترته من مواضيع" in (await news.helping.start(await news.ask())).text

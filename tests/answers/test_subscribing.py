"""Subscriptions, followed topics and the digest, over a real database."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.answers.subscribing import merged
from bot.answers.wording import times_and_names
from bot.model import ChatKind, DigestRecord, Language, Subscription, TopicId

SYRIA, EGYPT = TopicId("syria"), TopicId("egypt")


async def test_a_subscription_says_when_the_next_digest_comes(empty) -> None:
    reply = await empty.subscribing.subscribe(await empty.ask("20:30 سوريا، مصر"))
    assert "الساعة 20:30 بتوقيت القاهرة" in reply.text
    assert "الموجز التالي: اليوم، الثلاثاء 24 نوفمبر، 20:30" in reply.text
    assert (await empty.chat()).subscription == Subscription((time(20, 30),), (SYRIA, EGYPT))
    due = await empty.storage.chats.due(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), 10)
    assert [digest.at for digest in due] == [time(20, 30)]


async def test_without_a_time_the_operators_time_is_taken(empty) -> None:
    reply = await empty.subscribing.subscribe(await empty.ask())
    # it is exactly 08:00 in Cairo
    assert "غدًا، الأربعاء 25 نوفمبر، 08:00" in reply.text


OLD = Subscription((time(7),), (SYRIA,))
MERGED = [
    ("", (), OLD),
    ("9", (), Subscription((time(9),), (SYRIA,))),
    ("", (EGYPT,), Subscription((time(7),), (EGYPT,))),
    ("الكل", (), Subscription((time(7),), ())),
    ("9 all", (), Subscription((time(9),), ())),
]


@pytest.mark.parametrize(("words", "topics", "new"), MERGED)
def test_what_is_not_named_stays_as_it_was(words: str, topics: tuple, new: Subscription) -> None:
    assert merged(OLD, times_and_names(words), topics, time(8)) == new


@pytest.mark.parametrize("words", ["25:00", "8:99 سوريا", "سوريا 830"])
async def test_a_wrong_time_changes_nothing_and_shows_examples(empty, words: str) -> None:
    reply = await empty.subscribing.subscribe(await empty.ask(words))
    assert "لا أفهم الوقت" in reply.text
    assert "/subscribe 08:00" in reply.text
    assert (await empty.chat()).subscription is None


@pytest.mark.parametrize("words", ["8 سورييا", "مصر، سورييا", "8 zzzzzz"])
async def test_a_guessed_or_unknown_topic_changes_nothing_and_is_named(empty, words: str) -> None:
    reply = await empty.subscribing.subscribe(await empty.ask(words))
    assert "لا أعرف موضوعًا باسم" in reply.text
    assert ("سوريا" in reply.text) == ("سورييا" in words)
    assert (await empty.chat()).subscription is None


async def test_stopping_and_undoing_gives_the_same_subscription_back(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30 سوريا"))
    stopped = await empty.subscribing.unsubscribe(await empty.ask())
    assert not (await empty.chat()).subscription.active
    again = await empty.press(empty.action(stopped, "تراجع"))
    assert "تم الاشتراك" in again.text
    assert (await empty.chat()).subscription == Subscription((time(20, 30),), (SYRIA,))


async def test_stopping_what_never_began_offers_a_beginning(empty) -> None:
    reply = await empty.subscribing.unsubscribe(await empty.ask())
    assert empty.action(reply, "اشترك") == "1|b|0800"


async def test_a_new_time_waits_for_tomorrow_where_todays_digest_came(empty) -> None:
    request = await empty.ask("08:00")
    await empty.subscribing.subscribe(request)
    record = DigestRecord(request.chat.id, request.now.date(), time(8), request.now, 3)
    await empty.storage.chats.record_digest(record, [], request.now + timedelta(days=1))
    reply = await empty.subscribing.subscribe(await empty.ask("20:00"))
    assert "الأربعاء 25 نوفمبر، 20:00" in reply.text


async def test_in_a_group_only_administrators_subscribe(empty) -> None:
    for command in ("subscribe", "unsubscribe", "follow", "unfollow"):
        asked = await empty.ask("سوريا", kind=ChatKind.GROUP, may_manage=False)
        reply = await getattr(empty.subscribing, command)(asked)
        assert "مشرفو المجموعة وحدهم" in reply.text
    assert (await empty.chat()).subscription is None


async def test_followed_topics_add_up_and_can_be_taken_out(empty) -> None:
    await empty.subscribing.follow(await empty.ask("سوريا"))
    await empty.subscribing.follow(await empty.ask("egypt"))
    assert (await empty.chat()).follows == (SYRIA, EGYPT)
    reply = await empty.subscribing.unfollow(await empty.ask("سورية"))
    assert (await empty.chat()).follows == (EGYPT,)
    assert "مصر" in reply.text


@pytest.mark.parametrize("command", ["follow", "unfollow"])
async def test_follow_without_a_name_says_what_is_followed(empty, command: str) -> None:
    await empty.subscribing.follow(await empty.ask("سوريا"))
    reply = await getattr(empty.subscribing, command)(await empty.ask())
    assert "سوريا" in reply.text
    assert f"/{command}" in reply.text


async def test_the_digest_puts_followed_topics_first_and_ends(news) -> None:
    await news.subscribing.follow(await news.ask("تونس"))
    reply = await news.subscribing.digest(await news.ask())
    assert reply.text.index("تونس تفوز") < reply.text.index("المعبر الجبلي")
    assert "3 أخبار من 3 مصادر" in reply.text
    assert "هذا كل شيء" in reply.text


async def test_the_digest_holds_only_the_subscribed_topics(news) -> None:
    await news.subscribing.subscribe(await news.ask("9 سوريا"))
    reply = await news.subscribing.digest(await news.ask())
    assert "المعبر" in reply.text
    assert "الفائدة" not in reply.text


async def test_where_nothing_came_one_line_says_so(empty) -> None:
    reply = await empty.subscribing.digest(await empty.ask(language=Language.EN))
    assert "Nothing new in the last 24 hours." in reply.text

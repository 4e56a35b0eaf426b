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


async def test_a_message_sets_no_more_times_than_a_day_holds(empty) -> None:
    times = " ".join(f"{hour:02}:30" for hour in range(7))
    reply = await empty.subscribing.subscribe(await empty.ask(times))
    assert "أكثر من 6 أوقات" in reply.text
    assert (await empty.chat()).subscription is None
    await empty.subscribing.subscribe(await empty.ask(times[:-6]))
    assert len((await empty.chat()).subscription.times) == 6


@pytest.mark.parametrize("command", ["subscribe", "follow", "unfollow"])
async def test_names_by_the_hundred_are_refused_before_any_is_looked_up(empty, command: str) -> None:
    names = ",".join(f"خخخ{number}" for number in range(21))
    reply = await getattr(empty.subscribing, command)(await empty.ask(names))
    assert "أكثر من 20 اسمًا" in reply.text


async def test_topics_side_by_side_are_bounded_too(empty) -> None:
    reply = await empty.subscribing.follow(await empty.ask("سوريا مصر " * 400))
    assert "لا أعرف" in reply.text
    assert (await empty.chat()).follows == ()


async def test_a_chat_follows_so_many_topics_and_no_more(empty) -> None:
    topics = list(empty.desk.lexicon.topics)[:50]
    chat = (await empty.ask()).chat
    await empty.storage.chats.follow(chat.id, topics[:49])
    others = [topic for topic in (SYRIA, EGYPT, TopicId("iraq")) if topic not in topics]
    await empty.subscribing.follow(await empty.ask(empty.desk.name(others[0], Language.AR)))
    assert len((await empty.chat()).follows) == 50
    shown = await empty.subscribing.follow(await empty.ask())
    assert "…" in shown.text
    full = await empty.subscribing.follow(await empty.ask(empty.desk.name(others[1], Language.AR)))
    assert "أكثر من 50" in full.text
    assert len((await empty.chat()).follows) == 50


async def test_unfollowing_what_was_not_followed_says_so(empty) -> None:
    await empty.subscribing.follow(await empty.ask("سوريا"))
    reply = await empty.subscribing.unfollow(await empty.ask("مصر"))
    assert "لم تكن تتابع: مصر" in reply.text
    assert (await empty.chat()).follows == (SYRIA,)


async def test_a_subscription_to_topics_alone_is_told_of_when_another_is_followed(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30 سوريا"))
    reply = await empty.subscribing.follow(await empty.ask("مصر"))
    assert "مقصور على: سوريا" in reply.text
    assert "الموجز لأخبار:</b> سوريا" in (await empty.settings.settings(await empty.ask())).text


async def test_a_stopped_subscription_is_offered_at_its_own_time(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    await empty.subscribing.unsubscribe(await empty.ask())
    again = await empty.subscribing.unsubscribe(await empty.ask())
    assert empty.action(again, "اشترك") == "1|b|2030"


async def test_two_times_are_told_in_the_dual(empty) -> None:
    reply = await empty.subscribing.subscribe(await empty.ask("07:42 08:00"))
    assert "في الساعتين 07:42 و08:00" in reply.text

"""Chats, subscriptions, due digests, the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.errors import StorageError
from bot.model import (
    ChatId,
    ChatKind,
    ChatState,
    DigestRecord,
    Digits,
    DueTime,
    Lane,
    Language,
    Length,
    MadeDigest,
    Months,
    Moved,
    OutboxMessage,
    Preferences,
    Subscription,
    TopicId,
)

ME, GROUP, SUPER = ChatId(7), ChatId(-70), ChatId(-1_000_000_000_070)
MORNING, EVENING = time(8, 0), time(18, 30)
DAY = date(2026, 3, 10)


async def subscribed(storage, clock, chat=ME, kind=ChatKind.PRIVATE, times=(MORNING,)):
    await storage.chats.seen(chat, kind)
    due = [DueTime(at, clock() + timedelta(hours=at.hour)) for at in times]
    await storage.chats.subscribe(chat, Subscription(times, ("oil",)), due)


def record(clock, chat=ME, at=MORNING):
    return DigestRecord(chat, DAY, at, clock(), stories=3)


def digest(chat=ME, lane=Lane.DIGEST):
    return OutboxMessage(chat, "الموجز", lane)


async def due_chats(storage, now):
    return [(due.chat.id, due.at) for due in await storage.chats.due(now, 100)]


async def test_a_chat_is_stored_when_it_is_first_seen(storage, open_again):
    assert await storage.chats.get(ME) is None
    chat = await storage.chats.seen(ME, ChatKind.PRIVATE)

    assert (chat.id, chat.state, chat.subscription) == (ME, ChatState.ACTIVE, None)
    assert await (await open_again()).chats.get(ME) == chat


async def test_a_subscription_comes_back_as_it_was_set(storage, clock, open_again):
    await subscribed(storage, clock, times=(MORNING, EVENING))
    await storage.chats.follow(ME, ["syria", "iraq"])

    chat = await (await open_again()).chats.get(ME)
    assert chat.subscription == Subscription((MORNING, EVENING), ("oil",), active=True)
    assert chat.follows == ("syria", "iraq")


async def test_only_a_chat_that_was_seen_can_subscribe_or_follow(storage):
    with pytest.raises(StorageError, match="not known"):
        await storage.chats.subscribe(ME, Subscription((MORNING,)), [])
    with pytest.raises(StorageError, match="not known"):
        await storage.chats.follow(ME, ["syria"])


async def test_digests_are_due_from_their_time_on_longest_overdue_first(storage, clock):
    await subscribed(storage, clock, times=(MORNING, EVENING))
    await subscribed(storage, clock, ChatId(8), times=(time(9, 0),))
    now = clock()

    assert await due_chats(storage, now + timedelta(hours=8, microseconds=-1)) == []
    assert await due_chats(storage, now + timedelta(hours=8)) == [(ME, MORNING)]
    assert await due_chats(storage, now + timedelta(days=1)) == [
        (ME, MORNING),
        (ChatId(8), time(9, 0)),
        (ME, EVENING),
    ]
    assert len(await storage.chats.due(now + timedelta(days=1), 2)) == 2


async def test_subscribing_again_replaces_the_times(storage, clock):
    await subscribed(storage, clock, times=(MORNING,))
    await subscribed(storage, clock, times=(EVENING,))

    assert await due_chats(storage, clock() + timedelta(days=1)) == [(ME, EVENING)]


async def test_unsubscribing_ends_it_at_once_and_keeps_it_for_an_undo(storage, clock):
    await subscribed(storage, clock)
    await storage.outbox.queue([digest(), digest(lane=Lane.BROADCAST), digest(lane=Lane.REPLY)])

    ended = await storage.chats.unsubscribe(ME)

    assert ended == Subscription((MORNING,), ("oil",), active=False)
    assert (await storage.chats.get(ME)).subscription == ended
    assert await due_chats(storage, clock() + timedelta(days=1)) == []
    assert [row.message.lane for row in await storage.outbox.claimable(clock(), (), 9)] == [Lane.REPLY]
    assert await storage.chats.unsubscribe(ME) is None


async def test_digests_are_recorded_together_each_once(storage, clock):
    await subscribed(storage, clock)
    made = MadeDigest(record(clock), digest(), clock() + timedelta(days=1))
    assert await storage.chats.record_digests([made, made]) == 1
    assert await storage.chats.record_digests([made]) == 0

    assert await storage.chats.digests_on(ME, DAY) == [MORNING]
    assert len(await storage.outbox.claimable(clock(), (), 9)) == 1
    assert await due_chats(storage, clock()) == []


async def test_a_chat_that_was_lost_meanwhile_gets_no_digest_with_the_others(storage, clock):
    await subscribed(storage, clock)
    await storage.chats.set_state(ME, ChatState.BLOCKED)
    made = MadeDigest(record(clock), digest(), clock() + timedelta(days=1))
    assert await storage.chats.record_digests([made]) == 0
    assert await storage.outbox.claimable(clock(), (), 9) == []


@pytest.mark.parametrize("state", [ChatState.BLOCKED, ChatState.GONE])
async def test_a_lost_chat_is_not_due_and_keeps_its_settings(storage, clock, state):
    await subscribed(storage, clock)
    await storage.outbox.queue([digest()])
    await storage.chats.set_state(ME, state)
    tomorrow = clock() + timedelta(days=1)

    assert await due_chats(storage, tomorrow) == []
    assert await storage.outbox.claimable(clock(), (), 9) == []
    assert (await storage.chats.get(ME)).subscription.active
    assert (await storage.articles.counts()).dead == 1

    assert (await storage.chats.seen(ME, ChatKind.PRIVATE)).state is ChatState.ACTIVE
    assert await due_chats(storage, tomorrow) == [(ME, MORNING)]


async def test_a_lost_chat_that_is_set_active_is_due_again(storage, clock):
    await subscribed(storage, clock)
    await storage.chats.set_state(ME, ChatState.BLOCKED)
    await storage.chats.set_state(ME, ChatState.ACTIVE)

    assert await due_chats(storage, clock() + timedelta(days=1)) == [(ME, MORNING)]


async def test_a_digest_is_recorded_with_its_messages_and_the_next_time(storage, clock, open_again):
    await subscribed(storage, clock)
    tomorrow = clock() + timedelta(days=1)
    assert await storage.chats.record_digest(record(clock), [digest(), digest()], tomorrow)

    again = await open_again()
    assert await again.chats.digests_on(ME, DAY) == [MORNING]
    assert (await again.chats.get(ME)).last_digest == clock()
    assert len(await again.outbox.claimable(clock(), (), 9)) == 1
    assert (await again.articles.counts()).queued == 2
    [due] = await again.chats.due(tomorrow, 9)
    assert due.due == tomorrow


async def test_a_second_digest_of_the_same_day_and_time_only_moves_the_due_time(storage, clock):
    await subscribed(storage, clock)
    later = clock() + timedelta(days=2)
    assert await storage.chats.record_digest(record(clock), [digest()], clock())
    assert not await storage.chats.record_digest(record(clock), [digest()], later)

    assert (await storage.articles.counts()).queued == 1
    assert [due.due for due in await storage.chats.due(later, 9)] == [later]


async def test_no_digest_goes_to_a_chat_that_left_while_it_was_made(storage, clock):
    await subscribed(storage, clock)
    await storage.chats.unsubscribe(ME)
    assert not await storage.chats.record_digest(record(clock), [digest()], clock())

    await subscribed(storage, clock)
    await storage.chats.set_state(ME, ChatState.BLOCKED)
    assert not await storage.chats.record_digest(record(clock), [digest()], clock())
    assert await storage.chats.digests_on(ME, DAY) == []


async def test_a_skipped_digest_moves_its_own_due_time_alone(storage, clock):
    await subscribed(storage, clock, times=(MORNING, EVENING))
    await storage.chats.move_on([Moved(ME, MORNING, clock() + timedelta(days=2))])

    assert await due_chats(storage, clock() + timedelta(days=1)) == [(ME, EVENING)]


async def test_an_upgraded_group_keeps_all_it_had(storage, clock):
    await subscribed(storage, clock, GROUP, ChatKind.GROUP, times=(MORNING, EVENING))
    await storage.chats.follow(GROUP, ["syria"])
    await storage.chats.record_digest(record(clock, GROUP), [digest(GROUP)], clock())

    await storage.chats.migrate(GROUP, SUPER)
    await storage.chats.migrate(GROUP, SUPER)

    chat = await storage.chats.get(SUPER)
    assert (chat.kind, chat.follows, chat.last_digest) == (ChatKind.SUPERGROUP, ("syria",), clock())
    assert await storage.chats.digests_on(SUPER, DAY) == [MORNING]
    assert await due_chats(storage, clock() + timedelta(days=1)) == [(SUPER, MORNING), (SUPER, EVENING)]
    assert [row.message.chat for row in await storage.outbox.claimable(clock(), (), 9)] == [SUPER]
    assert await storage.chats.get(GROUP) is None
    for table in ("chats", "due_times", "digests", "outbox"):
        column = "id" if table == "chats" else "chat"
        assert not await storage.database.fetch_all(f"SELECT 1 FROM {table} WHERE {column} = {GROUP}")


@pytest.mark.parametrize("wrote", [False, True])
async def test_a_move_proves_that_the_bot_is_inside(storage, clock, wrote):
    await subscribed(storage, clock, GROUP, ChatKind.GROUP)
    await storage.chats.set_state(GROUP, ChatState.BLOCKED)
    if wrote:
        await storage.chats.seen(SUPER, ChatKind.SUPERGROUP)
        await storage.chats.set_state(SUPER, ChatState.BLOCKED)

    await storage.chats.migrate(GROUP, SUPER)

    assert (await storage.chats.get(SUPER)).state is ChatState.ACTIVE
    assert await due_chats(storage, clock() + timedelta(days=1)) == [(SUPER, MORNING)]


async def test_a_group_moves_into_a_supergroup_that_already_wrote(storage, clock):
    await subscribed(storage, clock, GROUP, ChatKind.GROUP)
    await storage.chats.seen(SUPER, ChatKind.SUPERGROUP)
    await storage.chats.follow(SUPER, ["iraq"])
    await storage.outbox.queue([digest(GROUP), digest(SUPER)])

    await storage.chats.migrate(GROUP, SUPER)

    chat = await storage.chats.get(SUPER)
    assert (chat.subscription.times, chat.follows) == ((MORNING,), ("iraq",))
    assert await due_chats(storage, clock() + timedelta(days=1)) == [(SUPER, MORNING)]
    assert len(await storage.outbox.claimable(clock(), (), 9)) == 1


async def test_what_the_supergroup_subscribed_itself_stands(storage, clock):
    await subscribed(storage, clock, GROUP, ChatKind.GROUP, times=(MORNING,))
    await subscribed(storage, clock, SUPER, ChatKind.SUPERGROUP, times=(EVENING,))
    await storage.chats.migrate(GROUP, SUPER)

    assert await due_chats(storage, clock() + timedelta(days=1)) == [(SUPER, EVENING)]


async def test_the_language_that_was_heard_last_is_kept(storage):
    await storage.chats.seen(ChatId(5), ChatKind.PRIVATE, Language.EN)
    assert (await storage.chats.seen(ChatId(5), ChatKind.PRIVATE)).heard is Language.EN
    assert (await storage.chats.seen(ChatId(5), ChatKind.PRIVATE, Language.AR)).heard is Language.AR


async def test_weekdays_and_preferences_come_back_as_they_were_chosen(storage, clock):
    chat = await storage.chats.seen(ME, ChatKind.PRIVATE)
    chosen = Preferences(
        digits=Digits.ARABIC,
        months=Months.LEVANT,
        hijri=True,
        length=Length.SHORT,
        wanted=("وقف إطلاق النار",),
        unwanted=("كرة",),
        muted=("وكالة المثال",),
        less=(TopicId("football"),),
        quiet=(time(23, 30), time(6)),
    )
    await storage.chats.subscribe(ME, Subscription((MORNING,), days=(0, 6)), [])
    await storage.chats.choose(replace(chat, zone="Asia/Beirut", preferences=chosen), [])

    found = await storage.chats.get(ME)

    assert found.preferences == chosen
    assert found.zone == "Asia/Beirut"
    assert found.subscription.days == (0, 6)


async def test_never_quiet_is_a_choice_too(storage):
    chat = await storage.chats.seen(ME, ChatKind.PRIVATE)
    await storage.chats.choose(replace(chat, preferences=Preferences(quiet=None)), [])
    assert (await storage.chats.get(ME)).preferences == Preferences(quiet=None)


async def test_a_group_takes_weekdays_and_preferences_along_to_its_new_id(storage):
    chat = await storage.chats.seen(ME, ChatKind.GROUP)
    await storage.chats.subscribe(ME, Subscription((MORNING,), days=(4,)), [])
    await storage.chats.choose(replace(chat, preferences=Preferences(hijri=True)), [])
    await storage.chats.seen(ChatId(-100777), ChatKind.SUPERGROUP)

    await storage.chats.migrate(ME, ChatId(-100777))

    found = await storage.chats.get(ChatId(-100777))
    assert found.preferences.hijri
    assert found.subscription.days == (4,)


async def test_a_new_zone_moves_the_digest_times(storage, clock):
    chat = await storage.chats.seen(ME, ChatKind.PRIVATE)
    await storage.chats.subscribe(ME, Subscription((MORNING,)), [DueTime(MORNING, clock())])
    later = clock() + timedelta(hours=3)
    await storage.chats.choose(replace(chat, zone="Asia/Dubai"), [DueTime(MORNING, later)])
    assert await storage.chats.due(clock(), 10) == []
    assert [due.due for due in await storage.chats.due(later, 10)] == [later]


async def test_due_digests_are_read_on_from_where_the_last_slice_ended(storage, clock):
    for number in range(1, 6):
        await storage.chats.seen(ChatId(number), ChatKind.PRIVATE)
        due = [DueTime(MORNING, clock())]
        await storage.chats.subscribe(ChatId(number), Subscription((MORNING,)), due)

    first = await storage.chats.due(clock(), 2)
    second = await storage.chats.due(clock(), 10, first[-1])

    assert [digest.chat.id for digest in (*first, *second)] == [1, 2, 3, 4, 5]

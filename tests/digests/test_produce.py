"""Due digests: into the outbox once a local day, whatever happens in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.digests.compose import DigestPlan
from bot.digests.produce import RETRY, Produce, Render
from bot.model import (
    Analysis,
    Article,
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    DueTime,
    Fingerprint,
    Language,
    MessageId,
    NewArticle,
    OutboxRow,
    Reply,
    Sent,
    Subscription,
    TopicId,
    TopicWeight,
)
from storage import Storage, opened_storage

DUE = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""08:00 in Cairo."""


class Clock:
    def __init__(self) -> None:
        self.time = DUE

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def titles(chat: Chat, plan: DigestPlan, language: Language, now: datetime, late: bool) -> Reply:
    """A rendering that shows what it was given."""
    return Reply(" | ".join([f"late={late}", *(story.newest.title for story, _ in plan.stories)]))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def storage(tmp_path: Path, clock: Clock) -> AsyncIterator[Storage]:
    async with opened_storage(f"sqlite:///{tmp_path}/news.db", clock.now) as opened:
        yield opened


@pytest.fixture
def produce(storage: Storage, clock: Clock) -> Produce:
    return producing(storage, clock, titles)


def producing(storage: Storage, clock: Clock, render: Render) -> Produce:
    return Produce(
        storage.chats,
        storage.articles,
        render,
        clock,
        zone="Africa/Cairo",
        language=Language.AR,
        wake=lambda: None,
    )


async def subscribe(storage: Storage, chat: int, *topics: str, due: datetime = DUE) -> None:
    await storage.chats.seen(ChatId(chat), ChatKind.PRIVATE)
    chosen = Subscription((time(8),), tuple(TopicId(topic) for topic in topics))
    await storage.chats.subscribe(ChatId(chat), chosen, [DueTime(time(8), due)])


async def arrive(
    storage: Storage, title: str, received: datetime, *topics: str, days_old: int = 0
) -> None:
    article = Article(title, f"{title}.", received - timedelta(days=days_old), received, source=title)
    weights = tuple(TopicWeight(TopicId(topic), 0.5) for topic in topics)
    analysis = Analysis((f"{title}.",), weights, Fingerprint.of([(title, 1.0)]), title, title, title)
    await storage.articles.add([NewArticle(article, analysis)], lambda *_: None)


async def outbox(storage: Storage, clock: Clock) -> Sequence[OutboxRow]:
    return await storage.outbox.claimable(clock.now(), [], 100)


async def texts(storage: Storage, clock: Clock) -> list[str]:
    """What waits in the outbox, which is sent by this."""
    rows = await outbox(storage, clock)
    for number, row in enumerate(rows, start=1):
        await storage.outbox.settle(row, Sent(MessageId(number)), None)
    return [row.message.text for row in rows]


async def test_a_due_digest_is_queued_once(storage: Storage, produce: Produce, clock: Clock) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "خبر", DUE - timedelta(hours=1))
    assert [await produce.due_digests(), await produce.due_digests()] == [1, 0]
    assert await texts(storage, clock) == ["late=False | خبر"]


async def test_nothing_is_queued_before_its_time(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    clock.time = DUE - timedelta(seconds=1)
    assert await produce.due_digests() == 0


async def test_the_next_day_brings_what_arrived_since(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "أمس", DUE - timedelta(hours=1))
    await produce.due_digests()
    await texts(storage, clock)
    clock.time = DUE + timedelta(days=1)
    await arrive(storage, "اليوم", clock.time - timedelta(hours=1))
    await produce.due_digests()
    assert await texts(storage, clock) == ["late=False | اليوم"]


async def test_a_digest_for_topics_holds_them_alone(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1, "syria")
    await arrive(storage, "سوريا", DUE - timedelta(hours=1), "syria")
    await arrive(storage, "مصر", DUE - timedelta(hours=2), "egypt")
    await produce.due_digests()
    assert await texts(storage, clock) == ["late=False | سوريا"]


async def test_old_articles_that_arrive_now_are_no_news(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "أرشيف", DUE - timedelta(hours=1), days_old=4)
    await produce.due_digests()
    assert await texts(storage, clock) == ["late=False"]


async def test_after_an_outage_it_comes_late_but_once(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1, due=DUE - timedelta(days=2))
    clock.time = DUE + timedelta(hours=3)
    assert await produce.due_digests() == 1
    assert await texts(storage, clock) == ["late=True"]


async def test_what_was_passed_over_is_in_the_next_one(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await produce.due_digests()
    await texts(storage, clock)
    clock.time = DUE + timedelta(days=1, hours=13)
    await arrive(storage, "فات", DUE + timedelta(hours=20))
    assert await produce.due_digests() == 0
    clock.time = DUE + timedelta(days=2)
    await produce.due_digests()
    assert await texts(storage, clock) == ["late=False | فات"]


async def test_a_blocked_chat_gets_none_and_has_it_back_later(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await storage.chats.set_state(ChatId(1), ChatState.BLOCKED)
    assert await produce.due_digests() == 0
    await storage.chats.set_state(ChatId(1), ChatState.ACTIVE)
    assert await produce.due_digests() == 1


async def test_an_unknown_zone_in_the_database_counts_as_the_operators(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    async with storage.database.transaction() as transaction:
        await transaction.execute("UPDATE chats SET zone = 'No/Where' WHERE id = 1")
    assert await produce.due_digests() == 1
    assert list(await storage.chats.digests_on(ChatId(1), date(2026, 11, 24))) == [time(8)]


def fails_for_egypt(
    chat: Chat, plan: DigestPlan, language: Language, now: datetime, late: bool
) -> Reply:
    assert chat.subscription is not None
    if "egypt" in chat.subscription.topics:
        raise ValueError("cannot be said")
    return Reply("x")


async def test_one_chats_fault_keeps_no_other_waiting_and_is_tried_again_later(
    storage: Storage, clock: Clock
) -> None:
    for chat, topic in ((1, "egypt"), (2, "syria"), (3, "syria")):
        await subscribe(storage, chat, topic)
    produce = producing(storage, clock, fails_for_egypt)
    assert [await produce.due_digests(), await produce.due_digests()] == [2, 0]
    assert [digest.chat.id for digest in await storage.chats.due(clock.now() + RETRY, 10)] == [1]


async def test_a_fault_that_lasts_is_given_up_after_half_a_day(storage: Storage, clock: Clock) -> None:
    await subscribe(storage, 1, "egypt")
    produce = producing(storage, clock, fails_for_egypt)
    for _ in range(13):
        await produce.due_digests()
        clock.time += timedelta(hours=1)
    assert not await storage.chats.due(clock.now(), 10)
    (due,) = await storage.chats.due(DUE + timedelta(days=1), 10)
    assert due.due == DUE + timedelta(days=1)


async def test_of_two_times_missed_in_an_outage_one_digest_comes(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await storage.chats.seen(ChatId(1), ChatKind.PRIVATE)
    chosen = Subscription((time(8), time(14)))
    due = [DueTime(time(8), DUE), DueTime(time(14), DUE + timedelta(hours=6))]
    await storage.chats.subscribe(ChatId(1), chosen, due)
    clock.time = DUE + timedelta(hours=7)
    assert [await produce.due_digests(), await produce.due_digests()] == [1, 0]
    assert list(await storage.chats.digests_on(ChatId(1), date(2026, 11, 24))) == [time(14)]


async def test_an_article_stored_while_a_digest_was_made_is_in_the_next_one(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "أول", DUE - timedelta(hours=1))
    await produce.due_digests()
    await texts(storage, clock)
    # received before the digest was made, stored after it
    await arrive(storage, "ثان", DUE - timedelta(seconds=1))
    clock.time = DUE + timedelta(days=1)
    await produce.due_digests()
    assert await texts(storage, clock) == ["late=False | ثان"]


async def test_many_chats_share_one_rendering(storage: Storage, clock: Clock) -> None:
    rendered = []

    def counted(chat: Chat, plan: DigestPlan, language: Language, now: datetime, late: bool) -> Reply:
        rendered.append(chat.id)
        return Reply("x")

    for chat in range(1, 31):
        await subscribe(storage, chat)
    assert await producing(storage, clock, counted).due_digests() == 30
    assert len(rendered) == 1


async def test_a_digest_is_in_the_language_that_was_heard(storage: Storage, clock: Clock) -> None:
    spoken: list[Language] = []

    def heard(chat: Chat, plan: DigestPlan, language: Language, now: datetime, late: bool) -> Reply:
        spoken.append(language)
        return Reply("x")

    await subscribe(storage, 1)
    await storage.chats.seen(ChatId(1), ChatKind.PRIVATE, Language.EN)
    produce = Produce(
        storage.chats,
        storage.articles,
        heard,
        clock,
        zone="Africa/Cairo",
        language=Language.AR,
        wake=lambda: None,
    )
    await produce.due_digests()
    assert spoken == [Language.EN]


async def test_on_a_day_that_was_not_chosen_no_digest_comes(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await storage.chats.seen(ChatId(1), ChatKind.PRIVATE)
    tuesdays = Subscription((time(8),), days=(DUE.weekday(),))
    await storage.chats.subscribe(ChatId(1), tuesdays, [DueTime(time(8), DUE)])
    came = []
    for day in range(15):
        clock.time = DUE + timedelta(days=day)
        if await produce.due_digests():
            came.append(day)
            await texts(storage, clock)
    assert came == [0, 7, 14]


async def test_a_wave_of_several_slices_serves_each_chat_once(
    storage: Storage, produce: Produce, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.produce.SLICE", 3)
    for chat in range(1, 11):
        await subscribe(storage, chat)
    await arrive(storage, "خبر", DUE - timedelta(hours=1))
    assert await produce.due_digests() == 10
    rows = await outbox(storage, clock)
    assert sorted(row.message.chat for row in rows) == list(range(1, 11))
    assert {row.message.text for row in rows} == {"late=False | خبر"}


async def test_a_long_outage_passes_many_over_at_once(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    for chat in range(1, 6):
        await subscribe(storage, chat)
    clock.time = DUE + timedelta(hours=13)
    assert await produce.due_digests() == 0
    due = await storage.chats.due(DUE + timedelta(days=2), 10)
    assert {digest.due for digest in due} == {DUE + timedelta(days=1)}


# --- a clock that is wrong for a moment -------------------------------------------------------------

AWRY = [
    pytest.param(datetime(2031, 1, 1, 6, 0, tzinfo=UTC), id="at the digest's time"),
    pytest.param(datetime(2031, 1, 1, 1, 0, tzinfo=UTC), id="at night"),
    pytest.param(DUE + timedelta(days=10), id="ten days ahead"),
]


async def tick_at(produce: Produce, clock: Clock, storage: Storage, moment: datetime) -> list[str]:
    """The digests of one tick."""
    clock.time = moment
    await produce.due_digests()
    return await texts(storage, clock)


@pytest.mark.parametrize("awry", AWRY)
async def test_a_clock_that_was_wrong_for_a_moment_keeps_no_digest_away(
    storage: Storage, produce: Produce, clock: Clock, awry: datetime
) -> None:
    await subscribe(storage, 1)
    await tick_at(produce, clock, storage, awry)
    await arrive(storage, "خبر", DUE - timedelta(hours=1))
    assert await tick_at(produce, clock, storage, DUE - timedelta(seconds=1)) == []
    came = [await tick_at(produce, clock, storage, DUE + timedelta(days=day)) for day in range(12)]
    assert came == [["late=False | خبر"], *[["late=False"]] * 11]


@pytest.mark.parametrize("awry", AWRY)
async def test_a_digest_that_a_wrong_clock_missed_comes_late_and_once(
    storage: Storage, produce: Produce, clock: Clock, awry: datetime
) -> None:
    await subscribe(storage, 1)
    await tick_at(produce, clock, storage, awry)
    late = [await tick_at(produce, clock, storage, DUE + timedelta(minutes=minute)) for minute in (5, 6)]
    assert late == [["late=True"], []]
    assert await tick_at(produce, clock, storage, DUE + timedelta(days=1)) == ["late=False"]


@pytest.mark.parametrize("awry", AWRY)
async def test_what_came_does_not_come_again_after_a_wrong_clock(
    storage: Storage, produce: Produce, clock: Clock, awry: datetime
) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "خبر", DUE - timedelta(hours=1))
    assert await tick_at(produce, clock, storage, DUE) == ["late=False | خبر"]
    await tick_at(produce, clock, storage, awry)
    await arrive(storage, "ثان", DUE + timedelta(hours=1))
    assert await tick_at(produce, clock, storage, DUE + timedelta(hours=2)) == []
    tomorrow = DUE + timedelta(days=1)
    assert await tick_at(produce, clock, storage, tomorrow) == ["late=False | ثان"]


async def test_news_that_a_wrong_clock_stamped_hide_no_later_ones(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    awry = datetime(2031, 1, 1, 6, 0, tzinfo=UTC)
    await subscribe(storage, 1)
    await arrive(storage, "قبل", DUE - timedelta(hours=1))
    await tick_at(produce, clock, storage, DUE)
    await arrive(storage, "من المستقبل", awry - timedelta(minutes=1))
    assert await tick_at(produce, clock, storage, awry) == ["late=False | من المستقبل"]
    await arrive(storage, "بعد", DUE + timedelta(hours=1))
    assert await tick_at(produce, clock, storage, DUE + timedelta(days=1)) == ["late=False | بعد"]


async def test_a_clock_that_was_wrong_for_days_leaves_the_next_day_its_digest(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    for day in range(3):
        await tick_at(produce, clock, storage, datetime(2031, 1, 1 + day, 6, 0, tzinfo=UTC))
    assert await tick_at(produce, clock, storage, DUE + timedelta(minutes=1)) == []
    assert await tick_at(produce, clock, storage, DUE + timedelta(minutes=61)) == []
    assert await tick_at(produce, clock, storage, DUE + timedelta(days=1)) == ["late=False"]


async def test_a_time_chosen_while_the_clock_was_wrong_adds_no_digest_to_its_day(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    await subscribe(storage, 1)
    await tick_at(produce, clock, storage, DUE)
    due = [DueTime(time(20), datetime(2031, 1, 1, 18, 0, tzinfo=UTC))]
    await storage.chats.subscribe(ChatId(1), Subscription((time(20),)), due)
    evening = DUE + timedelta(hours=12)
    assert await tick_at(produce, clock, storage, DUE + timedelta(hours=1)) == []
    assert await tick_at(produce, clock, storage, evening) == []
    assert await tick_at(produce, clock, storage, evening + timedelta(days=1)) == ["late=False"]


BEHIND = [datetime(1970, 1, 1, tzinfo=UTC), DUE - timedelta(days=14), DUE - timedelta(days=8, hours=1)]


@pytest.mark.parametrize("awry", BEHIND)
async def test_a_clock_that_is_behind_for_a_moment_sends_nothing_twice(
    storage: Storage, produce: Produce, clock: Clock, awry: datetime
) -> None:
    await subscribe(storage, 1)
    await arrive(storage, "خبر", DUE - timedelta(hours=1))
    assert await tick_at(produce, clock, storage, DUE) == ["late=False | خبر"]
    assert await tick_at(produce, clock, storage, awry) == []
    assert await tick_at(produce, clock, storage, DUE + timedelta(hours=2)) == []
    assert await tick_at(produce, clock, storage, DUE + timedelta(days=1)) == ["late=False"]


async def test_many_digests_come_back_a_bounded_number_a_tick(
    storage: Storage, produce: Produce, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.produce.MOST_ASTRAY", 3)
    for chat in range(1, 9):
        await subscribe(storage, chat)
    await tick_at(produce, clock, storage, datetime(2031, 1, 1, 6, 0, tzinfo=UTC))
    came = [len(await tick_at(produce, clock, storage, DUE)) for _ in range(4)]
    assert came == [3, 3, 2, 0]

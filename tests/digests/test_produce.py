"""Due digests: into the outbox once a local day, whatever happens in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.digests.compose import DigestPlan
from bot.digests.produce import Produce
from bot.model import (
    Analysis,
    Article,
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    DueTime,
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
    return Produce(
        storage.chats,
        storage.articles,
        titles,
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
    analysis = Analysis((f"{title}.",), weights, ((title, 1.0),), title, title, title)
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


async def test_one_chats_fault_keeps_no_other_waiting(
    storage: Storage, produce: Produce, clock: Clock
) -> None:
    for chat in (1, 2, 3):
        await subscribe(storage, chat)
    async with storage.database.transaction() as transaction:
        await transaction.execute("UPDATE chats SET zone = 'No/Where' WHERE id = 1")
    assert await produce.due_digests() == 2
    assert {row.message.chat for row in await outbox(storage, clock)} == {2, 3}


async def test_many_chats_share_one_rendering(storage: Storage, clock: Clock) -> None:
    rendered = []

    def counted(chat: Chat, plan: DigestPlan, language: Language, now: datetime, late: bool) -> Reply:
        rendered.append(chat.id)
        return Reply("x")

    for chat in range(1, 31):
        await subscribe(storage, chat)
    many = Produce(
        storage.chats,
        storage.articles,
        counted,
        clock,
        zone="UTC",
        language=Language.AR,
        wake=lambda: None,
    )
    assert await many.due_digests() == 30
    assert len(rendered) == 1

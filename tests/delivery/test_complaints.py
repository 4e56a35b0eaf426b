"""Dead letters are told, but not by the thousand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.delivery.complaints import SPAN, Complaints
from bot.model import ChatId, Lane, OutboxId, OutboxMessage, OutboxRow


class Clock:
    seconds = 100.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def letter(number: int) -> OutboxRow:
    return OutboxRow(OutboxId(number), OutboxMessage(ChatId(number), "خبر", Lane.DIGEST), 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[tuple[int, str, int]]:
    return []


@pytest.fixture
def complaints(clock: Clock, told: list[tuple[int, str, int]]) -> Complaints:
    async def tell(row: OutboxRow, cause: str, others: int) -> None:
        told.append((row.id, cause, others))

    return Complaints(tell, clock)


async def test_the_first_is_told_at_once(complaints: Complaints, told: list[object]) -> None:
    await complaints.add(letter(1), "refused")
    assert told == [(1, "refused", 0)]


async def test_a_thousand_that_follow_are_one_word(
    complaints: Complaints, clock: Clock, told: list[object]
) -> None:
    for number in range(1, 1002):
        await complaints.add(letter(number), "refused")
    await complaints.flush()
    assert len(told) == 1
    clock.seconds += SPAN
    await complaints.flush()
    await complaints.flush()
    assert told[1:] == [(1001, "refused", 999)]


async def test_after_a_quiet_while_one_is_told_at_once_again(
    complaints: Complaints, clock: Clock, told: list[object]
) -> None:
    await complaints.add(letter(1), "refused")
    clock.seconds += SPAN
    await complaints.add(letter(2), "too long")
    assert told == [(1, "refused", 0), (2, "too long", 0)]

"""The pacer: Telegram's limits over moments that are handed in."""

from __future__ import annotations

import pytest

from bot.delivery.pacing import (
    CHAT_REST,
    GENTLE,
    MOST_TRIES,
    Pacer,
    retry_delay,
)
from bot.model import ChatId, MessageId, NetworkFault, RetryAfter, Sent

READER, GROUP = ChatId(7), ChatId(-100)
SENT = Sent(MessageId(1))


def moments(pacer: Pacer, count: int, start: float = 0.0, late: float = 0.0) -> list[float]:
    """When `count` messages go, where every wake-up is `late` seconds late."""
    now, gone = start, []
    for _ in range(count):
        wait = pacer.wait(now)
        now += wait + (late if wait else 0.0)
        pacer.take(now)
        gone.append(now)
    return gone


def most_in_a_second(gone: list[float]) -> int:
    return max(sum(1 for other in gone if 0 <= other - first < 1.0) for first in gone)


@pytest.mark.parametrize("rate", [1, 30, 1000])
@pytest.mark.parametrize("late", [0.0, 0.004])
def test_no_second_holds_more_than_the_rate(rate: int, late: float) -> None:
    assert most_in_a_second(moments(Pacer(rate, 0.0), 3 * rate + 1, late=late)) <= rate


def test_thirty_a_second_are_nearly_reached_though_wake_ups_are_late() -> None:
    gone = moments(Pacer(30, 0.0), 900, late=0.002)
    assert 899 / (gone[-1] - gone[0]) >= 0.99 * 30


def test_an_idle_hour_saves_up_no_burst() -> None:
    pacer = Pacer(30, 0.0)
    first, second = moments(pacer, 2, start=3600.0)
    assert second - first > 0.4 / 30


def test_a_short_refusal_stops_everyone_until_its_end_and_then_goes_gently() -> None:
    pacer = Pacer(30, 0.0)
    pacer.ended(READER, RetryAfter(3.0), 10.0)
    assert pacer.wait(10.0) == pytest.approx(3.0)
    gone = moments(pacer, 31, start=13.0)
    assert gone[-1] - gone[0] >= 1.9


def test_full_speed_comes_back_after_a_while() -> None:
    pacer = Pacer(30, 0.0)
    pacer.ended(READER, RetryAfter(3.0), 10.0)
    gone = moments(pacer, 61, start=13.0 + GENTLE)
    assert gone[-1] - gone[0] < 2.1


def test_a_long_refusal_holds_its_chat_alone() -> None:
    pacer = Pacer(30, 0.0)
    pacer.ended(READER, RetryAfter(43_837.0), 10.0)
    assert pacer.wait(10.0) == 0
    assert READER in pacer.resting(43_846.0)
    assert READER not in pacer.resting(43_848.0)


def test_a_later_shorter_refusal_does_not_shorten_the_pause() -> None:
    pacer = Pacer(30, 0.0)
    pacer.ended(READER, RetryAfter(30.0), 10.0)
    pacer.ended(ChatId(8), RetryAfter(2.0), 11.0)
    assert pacer.wait(12.0) == pytest.approx(28.0)


def test_a_chat_rests_a_second_after_each_message() -> None:
    pacer = Pacer(30, 0.0)
    pacer.ended(READER, SENT, 5.0)
    assert list(pacer.resting(5.5)) == [READER]
    assert pacer.next_end(5.25) == pytest.approx(0.75)
    assert not pacer.resting(5.0 + CHAT_REST)


def test_a_group_gets_twenty_messages_a_minute() -> None:
    pacer = Pacer(30, 0.0)
    now, gone = 0.0, []
    while now < 200:
        if GROUP not in pacer.resting(now):
            pacer.ended(GROUP, SENT, now)
            gone.append(now)
        now += 0.25
    assert max(sum(1 for other in gone if 0 <= other - first < 60) for first in gone) == 20


def test_idle_chats_are_forgotten() -> None:
    pacer = Pacer(1000, 0.0)
    for number in range(1, 5001):
        pacer.ended(ChatId(number), SENT, number / 1000)
        pacer.ended(ChatId(-number), SENT, number / 1000)
    assert pacer.chats_known == 10_000
    pacer.resting(66.0)
    assert pacer.chats_known == 0


def test_many_faults_in_a_row_make_everyone_wait_and_one_success_ends_that() -> None:
    pacer = Pacer(30, 0.0)
    for _ in range(6):
        pacer.ended(READER, NetworkFault("refused"), 1.0)
    assert pacer.wait(1.0) == pytest.approx(2.0)
    pacer.ended(READER, SENT, 3.0)
    pacer.ended(READER, NetworkFault("refused"), 3.0)
    assert pacer.wait(3.0) == 0


def test_tries_after_faults_spread_and_end() -> None:
    fault = NetworkFault("502")
    assert [retry_delay(fault, tries, 1.0) for tries in (1, 2, 3)] == [1.0, 2.0, 4.0]
    assert retry_delay(fault, 1, 0.0) == 0.5
    spans = [retry_delay(fault, tries, 0.5) or 0.0 for tries in range(1, MOST_TRIES)]
    assert 8 * 3600 < sum(spans) < 12 * 3600
    assert retry_delay(fault, MOST_TRIES, 0.5) is None


def test_telegrams_own_span_is_kept_however_often() -> None:
    assert retry_delay(RetryAfter(43_837.0), 500, 0.5) == 43_837.0


def test_a_call_that_arrived_late_does_not_crowd_the_next_second() -> None:
    pacer, arrivals, now = Pacer(30, 0.0), [], 0.0
    for number in range(91):
        now += pacer.wait(now)
        slot = pacer.take(now)
        delay = 0.015 if number in (10, 55) else 0.0
        arrivals.append(slot.at + delay)
        pacer.answered(slot, now + 0.02 + delay)
    assert most_in_a_second(arrivals) <= 30
    assert 90 / (now - arrivals[0]) >= 0.99 * 30

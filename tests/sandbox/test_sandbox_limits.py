"""Limits over a clock that the test moves."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.sandbox.emulator import Emulator
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.people import GROUP


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_thirty_messages_a_second_pass_and_the_next_waits() -> None:
    clock = Clock()
    meter = Meter(Limits(), clock)
    assert [meter.take(chat, False) for chat in range(31)] == [0] * 30 + [1]
    clock.time += 1
    assert meter.take(99, False) == 0


def test_a_refused_message_does_not_count() -> None:
    clock = Clock()
    meter = Meter(Limits(overall=1), clock)
    assert [meter.take(1, False), meter.take(2, False)] == [0, 1]
    clock.time += 1
    assert meter.take(2, False) == 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    meter = Meter(Limits(chat_burst=3), clock)
    assert [meter.take(1, False) for _ in range(4)] == [0, 0, 0, 1]
    clock.time += 1
    assert [meter.take(1, False) for _ in range(2)] == [0, 1]


def test_the_strictest_limit_takes_one_a_second_with_leeway_for_the_wire() -> None:
    clock = Clock()
    meter = Meter(Limits(chat_burst=1), clock)
    assert meter.take(1, False) == 0
    clock.time += 0.9
    assert meter.take(1, False) == 1
    clock.time += 0.06
    assert meter.take(1, False) == 0


def test_a_group_takes_twenty_a_minute() -> None:
    clock = Clock()
    meter = Meter(Limits(), clock)
    for _ in range(20):
        assert meter.take(-5, True) == 0
        clock.time += 1
    assert meter.take(-5, True) == 40
    clock.time += 40
    assert meter.take(-5, True) == 0


def test_a_hold_refuses_until_it_ends() -> None:
    clock = Clock()
    meter = Meter(Limits(), clock)
    meter.hold(None, 10)
    assert meter.take(1, False) == 10
    clock.time += 10
    assert meter.take(1, False) == 0


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_a_send_over_the_limit_is_told_how_long_to_wait(emulator: Emulator, bot: Bot) -> None:
    for number in range(3):
        await bot.send_message(GROUP, f"خبر {number}")
    with pytest.raises(RetryAfter, match=r"Retry in (1 seconds|0:00:01)"):
        await bot.send_message(GROUP, "رابع")
    assert len(emulator.group("reader").messages) == 3

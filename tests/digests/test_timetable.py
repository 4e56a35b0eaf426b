"""When digests come: every day of the calendar, clock changes and outages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digests import timetable

TIMES = [time(0), time(0, 30), time(2, 30), time(23, 30)]
ZONES = [
    "Africa/Cairo",
    "Asia/Beirut",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Europe/Berlin",
    "America/New_York",
]


def walk(at: time, zone: str, first: date, last: date) -> Iterator[timetable.Slot]:
    """Every slot from the first date to the last, as a chain of next slots."""
    start = datetime.combine(first, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(days=1)
    slot = timetable.next_slot(at, zone, start)
    while slot.local_date <= last:
        if slot.local_date >= first:
            yield slot
        slot = timetable.next_slot(at, zone, slot.moment)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("at", TIMES, ids=str)
@pytest.mark.parametrize("zone", ZONES)
def test_each_local_day_of_seven_years_has_its_digest_once(zone: str, at: time) -> None:
    first, last = date(2024, 1, 1), date(2030, 12, 31)
    assert [slot.local_date for slot in walk(at, zone, first, last)] == days(first, last)


@pytest.mark.parametrize("at", TIMES, ids=str)
def test_the_day_that_samoa_left_out_has_none(at: time) -> None:
    first, last = date(2011, 12, 1), date(2011, 12, 31)
    dates = [slot.local_date for slot in walk(at, "Pacific/Apia", first, last)]
    assert dates == [day for day in days(first, last) if day != date(2011, 12, 30)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", TIMES, ids=str)
def test_the_clock_reads_the_time_or_has_just_jumped_over_it(zone: str, at: time) -> None:
    for slot in walk(at, zone, date(2024, 1, 1), date(2027, 12, 31)):
        wanted = datetime.combine(slot.local_date, at)
        clock = slot.moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        before = (slot.moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert clock == wanted or before < wanted < clock


def test_a_time_that_the_jump_leaves_out_comes_right_after_it() -> None:
    # Cairo goes from 00:00 to 01:00 on the last Friday of April
    slot = timetable.slot_on(date(2026, 4, 24), time(0, 30), "Africa/Cairo")
    assert slot is not None
    assert slot.moment.astimezone(ZoneInfo("Africa/Cairo")).time() == time(1, 0)


def test_a_time_that_the_clock_shows_twice_comes_at_its_first_showing() -> None:
    slot = timetable.slot_on(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert slot is not None
    assert slot.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


CAIRO = "Africa/Cairo"


def cairo(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(CAIRO)).astimezone(UTC)


def test_a_new_subscription_starts_the_same_day() -> None:
    assert timetable.first_due(time(8), CAIRO, cairo(24, 7)) == cairo(24, 8)


def test_a_time_changed_after_the_digest_came_starts_the_next_day() -> None:
    assert timetable.first_due(time(20), CAIRO, cairo(24, 9), [time(8)]) == cairo(25, 20)


@pytest.mark.parametrize(
    ("at", "now", "send", "late"),
    [
        pytest.param(time(8), cairo(24, 8, 0), True, False, id="on time"),
        pytest.param(time(8), cairo(24, 8, 9), True, False, id="a long wave"),
        pytest.param(time(8), cairo(24, 13), True, True, id="five hours late"),
        pytest.param(time(8), cairo(24, 20), False, True, id="twelve hours late"),
        pytest.param(time(20), cairo(24, 23), False, True, id="the night has begun"),
        pytest.param(time(21, 55), cairo(24, 22, 1), True, False, id="on time as the night begins"),
        pytest.param(time(23), cairo(25, 3), True, True, id="its own time lies in the night"),
        pytest.param(time(20), cairo(25, 7), True, True, id="the night is over, eleven hours late"),
    ],
)
def test_what_becomes_of_a_digest_that_is_due(at: time, now: datetime, send: bool, late: bool) -> None:
    due = timetable.newest_slot(at, CAIRO, now).moment
    verdict = timetable.verdict(due, at, CAIRO, now)
    assert (verdict.send, verdict.late) == (send, late)


def test_of_several_missed_days_the_newest_counts() -> None:
    verdict = timetable.verdict(cairo(20, 8), time(8), CAIRO, cairo(24, 9))
    assert verdict.slot.local_date == date(2026, 11, 24)
    assert verdict.send


def test_a_time_missed_before_a_change_of_zone_keeps_its_own_moment() -> None:
    due = cairo(24, 8)
    verdict = timetable.verdict(due, time(8), "America/New_York", cairo(24, 8, 1))
    assert verdict.slot.moment == due

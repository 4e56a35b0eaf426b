"""When digests come: every day of the calendar, clock changes and outages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
    ("came", "previous", "chosen", "tomorrow"),
    [
        pytest.param([], [20], [22], False, id="changed before anything came"),
        pytest.param([8], [8], [22], True, id="changed after it came"),
        pytest.param([8], [22], [22], True, id="changed after it came, then chosen once more"),
        pytest.param([8], [], [22], True, id="ended and begun anew after it came"),
        pytest.param([8], [8], [8, 22], False, id="added"),
        pytest.param([8], [8, 20], [8, 22], False, id="in place of one still to come"),
        pytest.param([8], [8, 14, 22], [22], False, id="kept while the others go"),
        pytest.param([8, 22], [8, 22], [8, 22], True, id="all came"),
    ],
)
def test_when_a_time_at_22_starts(
    came: list[int], previous: list[int], chosen: list[int], tomorrow: bool
) -> None:
    lists = [[time(hour) for hour in hours] for hours in (came, previous, chosen)]
    assert timetable.first_due(time(22), CAIRO, cairo(24, 9), *lists) == cairo(24 + tomorrow, 22)


@pytest.mark.parametrize(("seconds", "day"), [(-1, 24), (0, 25), (59, 25)])
def test_a_time_whose_minute_has_begun_is_past(seconds: int, day: int) -> None:
    now = cairo(24, 8) + timedelta(seconds=seconds)
    assert timetable.first_due(time(8), CAIRO, now) == cairo(day, 8)


@pytest.mark.parametrize(
    ("at", "now", "send", "late"),
    [
        pytest.param(time(8), cairo(24, 8, 0), True, False, id="on time"),
        pytest.param(time(8), cairo(24, 8, 2), True, False, id="a quick restart"),
        pytest.param(time(8), cairo(24, 8, 3), True, True, id="an outage"),
        pytest.param(time(8), cairo(24, 19, 59), True, True, id="nearly twelve hours late"),
        pytest.param(time(8), cairo(24, 13), True, True, id="five hours late"),
        pytest.param(time(8), cairo(24, 20), False, True, id="twelve hours late"),
        pytest.param(time(20), cairo(24, 23), False, True, id="the night has begun"),
        pytest.param(time(21, 55), cairo(24, 22, 1), False, True, id="missed into the night"),
        pytest.param(time(21, 59), cairo(24, 22, 1), True, False, id="on time as the night begins"),
        pytest.param(time(20), cairo(25, 6, 59), False, True, id="the night is not over"),
        pytest.param(time(23), cairo(25, 3), True, True, id="its own time lies in the night"),
        pytest.param(time(20), cairo(25, 7), True, True, id="the night is over, eleven hours late"),
    ],
)
def test_what_becomes_of_a_digest_that_is_due(at: time, now: datetime, send: bool, late: bool) -> None:
    verdict = timetable.verdict(at, CAIRO, now)
    assert (verdict.send, verdict.late) == (send, late)


def test_of_several_missed_days_the_newest_counts() -> None:
    verdict = timetable.verdict(time(8), CAIRO, cairo(24, 9))
    assert verdict.slot.local_date == date(2026, 11, 24)
    assert verdict.send


def test_of_several_times_missed_on_one_day_the_newest_counts() -> None:
    times, now = (time(8), time(14), time(20)), cairo(24, 15)
    assert [timetable.verdict(at, CAIRO, now, times).send for at in times] == [False, True, False]


def test_after_a_change_of_zone_the_new_clock_decides() -> None:
    # 08:01 in Cairo is 01:01 in New York: its own 08:00 is still to come today
    assert not timetable.verdict(time(8), "America/New_York", cairo(24, 8, 1)).send


def test_a_jump_over_midnight_leaves_the_digest_on_the_date_before() -> None:
    # Nuuk went from Saturday 23:00 to Sunday 00:00 in March 2025
    slot = timetable.slot_on(date(2025, 3, 29), time(23, 30), "America/Nuuk")
    assert slot == timetable.Slot(date(2025, 3, 29), datetime(2025, 3, 30, 1, tzinfo=UTC))


def test_chosen_weekdays_alone_have_a_digest() -> None:
    slot = timetable.next_slot(time(8), CAIRO, cairo(24, 12), days={4})
    assert slot.moment == cairo(27, 8)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        timetable.next_due(time(8), "Middle/Earth", cairo(24, 8))


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut", "America/New_York"])
def test_weekdays_hold_across_clock_changes(zone: str) -> None:
    days, at = (4, 5), time(0, 0)  # Friday and Saturday: Cairo changes its clock on a Friday at midnight
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    dates = []
    while moment < datetime(2027, 1, 1, tzinfo=UTC):
        slot = timetable.next_slot(at, zone, moment, days)
        dates.append(slot.local_date)
        moment = slot.moment
    expected = [date(2026, 1, 2) + timedelta(days=n) for n in range(366)]
    assert dates == [each for each in expected if each.weekday() in days][: len(dates)]
    assert len(dates) >= 104


def test_a_digest_of_a_day_that_is_not_chosen_is_not_made_up_for() -> None:
    wednesday = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    found = timetable.verdict(time(8), "Africa/Cairo", wednesday, days=(1,))
    assert found.slot.local_date == date(2026, 11, 24)
    assert not found.send

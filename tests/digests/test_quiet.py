"""Quiet hours end when the chat's own clock says so."""

from datetime import UTC, datetime, time

import pytest

from bot.digests.quiet import quiet_until

NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("hour", "ends"),
    [(19, None), (20, 25), (23, 5 + 24), (4, 5), (5, None), (12, None)],
)
def test_the_night_ends_at_seven_in_cairo(hour: int, ends: int | None) -> None:
    now = datetime(2026, 1, 10, hour, tzinfo=UTC)
    wanted = None if ends is None else datetime(2026, 1, 10 + ends // 24, 5, tzinfo=UTC)
    assert quiet_until(NIGHT, "Africa/Cairo", now) == wanted


def test_hours_within_a_day_and_none_at_all() -> None:
    noon = datetime(2026, 1, 10, 12, tzinfo=UTC)
    assert quiet_until((time(11), time(13)), "UTC", noon) == noon.replace(hour=13)
    assert quiet_until((time(13), time(15)), "UTC", noon) is None
    assert quiet_until((time(12), time(12)), "UTC", noon) is None
    assert quiet_until(None, "UTC", noon) is None


def test_a_night_in_which_the_clock_jumps_over_its_end_ends_after_the_jump() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert quiet_until((time(22), time(2, 30)), "Europe/Berlin", before) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )

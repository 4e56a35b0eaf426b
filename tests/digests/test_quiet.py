"""Quiet hours are those of the chat's own clock."""

from datetime import UTC, datetime, time

import pytest

from bot.digests.quiet import is_quiet

NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(19, 59, False), (20, 0, True), (23, 0, True), (4, 59, True), (5, 0, False), (12, 0, False)],
)
def test_the_night_is_from_ten_to_seven_in_cairo(hour: int, minute: int, quiet: bool) -> None:
    assert is_quiet(NIGHT, "Africa/Cairo", datetime(2026, 1, 10, hour, minute, tzinfo=UTC)) is quiet


def test_hours_within_a_day_and_none_at_all() -> None:
    noon = datetime(2026, 1, 10, 12, tzinfo=UTC)
    assert is_quiet((time(11), time(13)), "UTC", noon)
    assert not is_quiet((time(13), time(15)), "UTC", noon)
    assert not is_quiet((time(12), time(12)), "UTC", noon)
    assert not is_quiet(None, "UTC", noon)


def test_a_night_in_which_the_clock_jumps_over_its_end_ends_with_the_jump() -> None:
    night = (time(22), time(2, 30))
    assert is_quiet(night, "Europe/Berlin", datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    assert not is_quiet(night, "Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC))

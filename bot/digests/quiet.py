"""When a chat wants no messages that it did not ask for. Pure.

For alerts and broadcasts alone: a digest comes at the time that its reader chose.
"""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.digests import timetable


def quiet_until(quiet: tuple[time, time] | None, zone: str, now: datetime) -> datetime | None:
    """The moment (UTC) at which a chat's quiet hours end; None where they are not now.

    quiet: the chat's (Preferences.quiet). zone: the chat's, or the operator's where it chose none. The
    hours are the local clock's on every day, across clock changes; the end itself is quiet no longer.
    """
    if quiet is None:
        return None
    first, last = quiet
    if not is_within(now.astimezone(ZoneInfo(zone)).time(), first, last):
        return None
    return timetable.next_due(last, zone, now)


def is_within(clock: time, first: time, last: time) -> bool:
    """Whether a time of day lies in [first, last), which may go over midnight; equal ends: never."""
    if first <= last:
        return first <= clock < last
    return clock >= first or clock < last

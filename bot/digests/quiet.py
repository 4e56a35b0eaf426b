"""When a chat wants no sound of messages that it did not ask for. Pure.

For alerts and broadcasts alone: a digest comes at the time that its reader chose.
"""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo


def is_quiet(quiet: tuple[time, time] | None, zone: str, now: datetime) -> bool:
    """Whether it is one of a chat's quiet hours.

    quiet: the chat's (Preferences.quiet). zone: the chat's, or the operator's where it chose none. The
    hours are the local clock's on every day, across clock changes; the end itself is quiet no longer.
    """
    return quiet is not None and is_within(now.astimezone(ZoneInfo(zone)).time(), *quiet)


def is_within(clock: time, first: time, last: time) -> bool:
    """Whether a time of day lies in [first, last), which may go over midnight; equal ends: never."""
    if first <= last:
        return first <= clock < last
    return clock >= first or clock < last

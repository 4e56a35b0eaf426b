"""When a chat's digests come: local times of day in IANA zones, across clock changes and outages.

Pure: every rule takes the moment it is asked at. A slot is one chosen time on one local date. Its
moment is

- the first instant of that date at which the local clock reads the time (a time that the clock shows
  twice counts once);
- where the clock jumps over the time, the first instant after the jump;
- nowhere on a date that the zone left out (Samoa had no 30 December 2011).

A slot over which the clock jumps belongs to the date on which it was skipped, also where the jump ends
on the next one: the ledger is keyed by what was chosen, not by where the clock landed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import EVERY_DAY

ON_TIME = timedelta(minutes=2)
"""Up to here a digest is not late: a tick and a quick restart take their time. A long wave costs none,
as it decides all of its digests by the moment at which it began."""

TOO_LATE = timedelta(hours=12)
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
"""Contract, section 7: what was missed is made up for outside of these hours, within half a day."""

FURTHEST = timedelta(days=9)
"""No timetable puts a digest further ahead, but where a zone left a date out: a week to the next chosen
weekday, a day as today's may have come, and what clock changes take. What is due later than that was put
there by a clock that was wrong."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One chosen time on one local date."""

    local_date: date
    moment: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a digest that is due: sent for its newest slot, or left to the next one."""

    slot: Slot
    send: bool
    late: bool


def slot_on(local_date: date, at: time, zone: str) -> Slot | None:
    """The slot of that date; None where the zone has no such date."""
    tz = ZoneInfo(zone)
    wall = datetime.combine(local_date, at, tzinfo=tz)
    moment = wall.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return Slot(local_date, moment)
    jump = _jump(wall, tz)
    # the last second before the jump tells whether the date had begun
    before = (jump - timedelta(seconds=1)).astimezone(tz).date()
    after = jump.astimezone(tz).date()
    return Slot(local_date, jump) if local_date in (before, after) else None


def _jump(wall: datetime, tz: ZoneInfo) -> datetime:
    """The instant at which the clock jumped over `wall`, to the second.

    In a gap fold=0 reads the wall time with the offset before the jump and fold=1 with the one after
    it (PEP 495), so the jump lies between the two readings.
    """
    early = wall.replace(fold=1).astimezone(UTC)
    late = wall.replace(fold=0).astimezone(UTC)
    offset = early.astimezone(tz).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(tz).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late


def next_slot(at: time, zone: str, after: datetime, days: Collection[int] = EVERY_DAY) -> Slot:
    """The first slot strictly after that moment, on one of the weekdays `days` (at least one)."""
    day = after.astimezone(ZoneInfo(zone)).date() - _DAY
    while True:
        slot = slot_on(day, at, zone) if day.weekday() in days else None
        if slot and slot.moment > after:
            return slot
        day += _DAY


def newest_slot(at: time, zone: str, until: datetime, days: Collection[int] = EVERY_DAY) -> Slot:
    """The last slot that is not after that moment, on one of the weekdays."""
    day = until.astimezone(ZoneInfo(zone)).date() + _DAY
    while True:
        slot = slot_on(day, at, zone) if day.weekday() in days else None
        if slot and slot.moment <= until:
            return slot
        day -= _DAY


def next_due(at: time, zone: str, after: datetime, days: Collection[int] = EVERY_DAY) -> datetime:
    """When the time comes next, strictly after that moment."""
    return next_slot(at, zone, after, days).moment


def first_due(
    at: time,
    zone: str,
    now: datetime,
    came_today: Collection[time] = (),
    previous: Collection[time] = (),
    chosen: Collection[time] = (),
    days: Collection[int] = EVERY_DAY,
) -> datetime:
    """When a time that is chosen now, or chosen anew, comes first.

    came_today: the times whose digest came already on the chat's present local date.
    previous: the chat's times before, those of an ended subscription too. chosen: all its times now.

    A day holds no more digests than the chat had times before or has now: what takes the place of a
    time that came today waits for tomorrow; what is added, or takes the place of one still to come,
    starts today. A time whose minute has begun is past: whoever subscribes at 08:00 during 08:00 is
    told of tomorrow.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    slot = next_slot(at, zone, now, days)
    is_full = len(came_today) >= max(len(previous), len(chosen), 1)
    while (at in came_today or is_full) and slot.local_date <= today:
        slot = next_slot(at, zone, slot.moment, days)
    return slot.moment


def verdict(
    at: time,
    zone: str,
    now: datetime,
    others: Collection[time] = (),
    days: Collection[int] = EVERY_DAY,
) -> Verdict:
    """What becomes at `now` of a digest of the time `at` that is due.

    others: the chat's other times. Of several slots that were missed, of one time or of several, the
    newest alone counts: its digest covers the others' time too. The slot decides and not the moment for
    which the digest was noted, which may have been put off after a fault or stem from another zone.

    A digest missed into the night is passed over for good, not held until the morning: 'as soon as the
    bot is back' is the one moment that the contract gives it.
    """
    slot = newest_slot(at, zone, now, days)
    behind = now - slot.moment
    if behind <= ON_TIME:
        return Verdict(slot, send=True, late=False)
    is_covered = any(newest_slot(other, zone, now, days).moment > slot.moment for other in others)
    clock = now.astimezone(ZoneInfo(zone)).time()
    disturbs = _is_quiet(clock) and not _is_quiet(at)
    return Verdict(slot, send=behind < TOO_LATE and not disturbs and not is_covered, late=True)


def _is_quiet(clock: time) -> bool:
    return clock >= QUIET_FROM or clock < QUIET_UNTIL

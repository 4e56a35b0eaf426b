"""When a feed is asked next, and what becomes of its state after a visit.

Pure functions of values and `now`; `chance` is a number from 0 up to 1 that the caller draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.model import Feed, FeedState

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

SHORTEST, LONGEST = 5 * MINUTE, 6 * HOUR
"""Seconds between two visits of a feed that answers."""
UNKNOWN = HOUR
"""For a feed that never had an entry."""
JITTER = 0.1
"""So that feeds that were added together are not asked together for ever."""
FIRST_PAUSE, LONGEST_PAUSE = 5 * MINUTE, DAY
LONGEST_RETRY_AFTER = 7 * DAY
FURTHEST = timedelta(seconds=LONGEST_RETRY_AFTER + HOUR)
"""No visit is put further ahead; where one is, a clock that was wrong put it there. An hour more than it
may be, as a clock may be set back a little."""

FAILING_AFTER, FAILING_FOR = 6, timedelta(days=1)
"""Failures in a row, over so long a time, of which the admins are told: a site's bad day is not worth a
word."""

_DATED = 20
"""Entries of which the usual gap is taken: what a feed was like a year ago says little."""
_LONGEST_ERROR = 300
_GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed answered, as far as it changes how the feed is asked."""

    moved_to: str = ""
    title: str = ""
    etag: str | None = None
    """None keeps what is known, as after a 304."""
    last_modified: str | None = None
    gap: float | None = None
    news: bool = False
    """Whether there were entries that were new."""
    more: bool = False
    """Whether some of them are left for a next visit, which then comes soon."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a feed could not be read."""

    cause: str
    status: int | None = None
    retry_after: float | None = None
    """Seconds, as its server asked for them."""


def usual_gap(moments: Iterable[datetime]) -> float | None:
    """Seconds between two entries, the median of the newest ones; None for fewer than two."""
    newest = sorted(moments, reverse=True)[:_DATED]
    if len(newest) < 2:
        return None
    return median((later - earlier).total_seconds() for later, earlier in pairwise(newest))


def interval(gap: float | None, quiet: float | None) -> float:
    """Seconds until the next visit of a feed that answered.

    gap: seconds between two of its entries; asked at half of that, the feed is seen to change soon
    after it does. quiet: seconds since it last changed; by a quarter of that visits become rarer, at
    night or for good. Either may be unknown.
    """
    waits = ([] if gap is None else [gap / 2]) + ([] if quiet is None else [quiet / 4])
    return min(max(*waits, SHORTEST), LONGEST) if waits else UNKNOWN


def pause(failures: int) -> float:
    """Seconds until the next visit after so many failures in a row: twice as long after each."""
    # beyond 2**20 the bound holds anyhow
    return float(min(FIRST_PAUSE * 2 ** min(max(failures - 1, 0), 20), LONGEST_PAUSE))


def jittered(seconds: float, chance: float) -> float:
    """From 10 % less to 10 % more."""
    return seconds * (1 + JITTER * (2 * chance - 1))


def answered(feed: Feed, answer: Answer, now: datetime, chance: float) -> Feed:
    """The feed after a visit that was answered with a feed, or with 304."""
    changed = now if answer.news else feed.changed
    gap = feed.gap if answer.gap is None else answer.gap
    quiet = None if changed is None else max((now - changed).total_seconds(), 0.0)
    wait = SHORTEST if answer.more else interval(gap, quiet)
    return replace(
        feed,
        url=answer.moved_to or feed.url,
        title=feed.title or answer.title,
        state=FeedState.ACTIVE,
        etag=feed.etag if answer.etag is None else answer.etag,
        last_modified=feed.last_modified if answer.last_modified is None else answer.last_modified,
        next_check=now + timedelta(seconds=jittered(wait, chance)),
        checked=now,
        answered=now,
        changed=changed,
        gap=gap,
        failures=0,
        failing_since=None,
        error="",
    )


def failed(feed: Feed, fault: Fault, now: datetime, chance: float) -> Feed:
    """The feed after a visit that failed; all that its answers told stays as it was."""
    failures, since = feed.failures + 1, min(feed.failing_since or now, now)
    state = _state_after(feed, fault, failures, now - since)
    wait = jittered(pause(failures), chance)
    if fault.retry_after is not None:
        wait = max(wait, min(fault.retry_after, LONGEST_RETRY_AFTER))
    return replace(
        feed,
        state=state,
        next_check=None if state is FeedState.GONE else now + timedelta(seconds=wait),
        checked=now,
        failures=failures,
        failing_since=since,
        error=" ".join(fault.cause.split())[:_LONGEST_ERROR] or "it could not be read",
    )


def _state_after(feed: Feed, fault: Fault, failures: int, lasted: timedelta) -> FeedState:
    if fault.status == _GONE:
        return FeedState.GONE
    if failures >= FAILING_AFTER and lasted >= FAILING_FOR:
        return FeedState.FAILING
    return feed.state

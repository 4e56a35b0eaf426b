"""How values stand in the database: times, JSON, and the key that orders articles.

Pure functions, the same for every engine. No SQL and no rows of a certain table here.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_NUMBER_BITS = 20
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1
# 43 bits of milliseconds and 20 of the number fill the 63 bits of a BIGINT: the years 1691 to 2248
_LATEST = (1 << 43) - 1

DAY = 86_400_000_000
"""A day in stamps."""


# a wave of digests turns the same few moments over by the hundred thousand
@lru_cache(maxsize=4096)
def stamp(moment: datetime) -> int:
    """Microseconds since 1970; ValueError for a naive time, which would name no moment."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return (moment - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=4096)
def moment(value: int) -> datetime:
    """The aware time in UTC of a stamp."""
    return _EPOCH + timedelta(microseconds=value)


def moment_or_none(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def recency(published: int, number: int) -> int:
    """The key by which articles stand newest first, from a stamp and the article's number.

    Times that a BIGINT cannot hold are drawn to the nearest one that it can.
    """
    milliseconds = max(-_LATEST, min(_LATEST, published // 1000))
    return (milliseconds << _NUMBER_BITS) | (number & _NUMBER_MASK)


def published_at(key: int) -> datetime:
    """The time of publication that such a key holds, to the millisecond."""
    return moment((key >> _NUMBER_BITS) * 1000)


def recency_range(first: int, last: int) -> tuple[int, int]:
    """The lowest and the highest key of articles published between two stamps, both included."""
    return recency(first, 0), recency(last, _NUMBER_MASK)


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    return json.loads(text)


def minute_of(at: time) -> int:
    """Minutes since the local midnight."""
    return at.hour * 60 + at.minute


def time_of(minute: int) -> time:
    return time(minute // 60, minute % 60)

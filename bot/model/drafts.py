"""Articles as they were read, before any cleaning, and records that were not taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as it was read from a message, a document or a feed, before any cleaning."""

    text: str = ""
    title: str = ""
    url: str = ""
    source: str = ""
    category: str = ""
    abstract: str = ""
    published: datetime | None = None
    line: int = 1
    """Where the record starts in its document, counted from 1."""
    post: str = ""
    """Which post of a channel it is, to find it again when it is edited: `tg:CHAT/POST`."""
    items: str = ""
    """Those lines of the text that its markup shows to be items of lists and no links."""


class RefusalReason(StrEnum):
    """Why a record was not taken in. Each has a message `refused-…` in the text catalogues."""

    EMPTY = "empty"
    """Neither text nor title."""
    NOT_AN_OBJECT = "not-an-object"
    """A JSON record that is no object."""
    BROKEN_JSON = "broken-json"
    WRONG_TYPE = "wrong-type"
    """A field holds something that is no text."""
    BAD_ROW = "bad-row"
    """A row of a table with more or fewer cells than its header."""
    BAD_DATE = "bad-date"
    BAD_URL = "bad-url"
    TOO_LONG = "too-long"
    NO_WORDS = "no-words"
    """Nothing that could be read: punctuation, digits or links alone."""
    NOT_OPENED = "not-opened"
    """A link among several that could not be read."""
    FEED = "feed"
    """A link among several that is a feed's and no article's."""
    TOO_SLOW = "too-slow"
    """Reading it took longer than its deadline."""
    TOO_MANY = "too-many"
    """It and all that follow it were left out: a document in a chat holds only so many."""
    NO_TIME = "no-time"
    """It and all that follow it were left out: an answer is due. What was stored stays stored."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken in, where it stood and why."""

    line: int
    reason: RefusalReason
    detail: str = ""
    """What was found, shortened: the bad value or the field's name."""

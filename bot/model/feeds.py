"""Feeds: as their documents say, as they are held, and what a visit changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import FeedId


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, its texts as they stand there: titles plain, content as HTML."""

    identity: str
    """Its guid or id, else its link; empty where it has neither."""
    title: str = ""
    link: str = ""
    """Absolute."""
    content: str = ""
    """The fullest text that the feed carries, HTML."""
    summary: str = ""
    """HTML."""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a feed's address answered, read."""

    title: str = ""
    link: str = ""
    """The site's address."""
    language: str = ""
    entries: tuple[FeedEntry, ...] = ()
    oversized: int = 0
    """Entries that were left out as their markup is beyond all bounds."""
    feeds: tuple[NewFeed, ...] = ()
    """Where the address was a page and no feed: the feeds that it names, as it calls them."""
    is_feed: bool = True


class FeedState(StrEnum):
    ACTIVE = "active"
    FAILING = "failing"
    """It has failed for so long that the admins were told; it is still asked, ever more rarely."""
    GONE = "gone"
    """Its server said that it is gone for good (410): it is not asked any more."""
    REMOVED = "removed"
    """An admin took it out, which one tap undoes."""
    OFFERED = "offered"
    """A page named it; an admin has not chosen it yet."""


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is to be added."""

    url: str
    title: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed whose entries are stored as articles, and what is known of its visits."""

    id: FeedId
    url: str
    """Where it is asked; changes when the feed moves for good."""
    title: str = ""
    """What a list called it, else its own title; empty until it was read."""
    category: str = ""
    state: FeedState = FeedState.ACTIVE
    etag: str = ""
    last_modified: str = ""
    next_check: datetime | None = None
    """None where it is not asked any more."""
    checked: datetime | None = None
    """The last visit, whatever became of it."""
    answered: datetime | None = None
    """The last visit that was answered with a feed, or with 304."""
    changed: datetime | None = None
    """The last visit that brought entries that were new."""
    gap: float | None = None
    """Seconds between two of its entries, the median of the last dated ones."""
    failures: int = 0
    """In a row, up to the last visit."""
    failing_since: datetime | None = None
    error: str = ""
    """Of the last visit; empty where it went well."""
    articles: int = 0
    """That came from it and are still stored."""

    @property
    def name(self) -> str:
        """What it is called where it is listed."""
        return self.title or self.url


class FeedAdded(StrEnum):
    """What became of a feed that was to be added."""

    NEW = "new"
    KNOWN = "known"
    """It is asked already."""
    BACK = "back"
    """It had been removed, was gone, or had only been offered; it is asked again."""


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a feed that was read before."""

    identity: str
    """Its guid, else its link, else a digest of its words."""
    digest: str
    """Of its words, to see when they change."""


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """What a visit changes, written at once after its articles are stored."""

    feed: Feed
    """As it stands after the visit."""
    seen: tuple[SeenEntry, ...] = ()
    """Those that are new or changed."""
    present: tuple[str, ...] = ()
    """The identities of all entries that the feed carries now; empty where it was not read."""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one visit brought."""

    feed: Feed
    """As it stands after the visit."""
    stored: int = 0
    known: int = 0
    revised: int = 0
    refused: int = 0
    offers: tuple[Feed, ...] = ()
    """Where its address was a page that names several feeds: those, to choose from."""
    already: bool = False
    """Another visit of the same feed was under way, or it is removed: nothing was asked."""

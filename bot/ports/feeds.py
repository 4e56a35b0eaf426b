"""What storage does for feeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Feed, FeedAdded, FeedId, FeedVisit, NewFeed, OutboxMessage, SeenEntry


class Feeds(Protocol):
    """Feeds, what was seen of them, and when they are asked next."""

    async def add(
        self, feeds: Sequence[NewFeed], now: datetime, *, offered: bool = False
    ) -> Sequence[tuple[Feed, FeedAdded]]:
        """Feeds to be asked from now on, in the order given; an address is held once.

        offered: they are kept for a day for an admin to choose from, and not asked; one that is held
        already stays as it is.
        """
        ...

    async def all(self) -> Sequence[Feed]:
        """Those that are asked, failing and gone ones among them, by id; neither removed nor offered."""
        ...

    async def find(self, feed: FeedId) -> Feed | None:
        """Whatever its state."""
        ...

    async def remove(self, feed: FeedId) -> Feed | None:
        """Takes it out; its articles stay. None where it was not held."""
        ...

    async def restore(self, feed: FeedId, now: datetime) -> Feed | None:
        """Asks a removed, gone, failing or offered feed again, at once; None where there is none."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Those whose time has come, the longest overdue first. Marks nothing."""
        ...

    async def bring_back(self, furthest: datetime, now: datetime) -> int:
        """Feeds that are due after `furthest` only are due now, and claims until then end; how many."""
        ...

    async def claim(self, feed: FeedId, now: datetime, until: datetime, owner: str = "") -> Feed | None:
        """Before a visit: nobody else visits it until then; None where somebody does or it is not asked.

        A visit that a kill ended is due again when `until` has come, or when its owner's next start
        releases it. owner: of which there is never more than one; empty for whoever may have others of
        its kind beside it.
        """
        ...

    async def release(self, owner: str, now: datetime) -> int:
        """At an owner's start: feeds that it held when it died are due; how many."""
        ...

    async def seen(self, feed: FeedId, identities: Sequence[str]) -> Mapping[str, SeenEntry]:
        """Which of these entries were read before, by identity."""
        ...

    async def held(self, names: Sequence[str]) -> Collection[str]:
        """Which of these names (of pages, of feeds' entries) a stored article is known by."""
        ...

    async def record(self, visit: FeedVisit, messages: Sequence[OutboxMessage]) -> Feed:
        """Closes a visit: the feed's new values, its entries, what admins are told, all at once.

        A feed that an admin removed meanwhile stays removed, and an address that another feed has is
        not taken over. Gives the feed as it stands.
        """
        ...

    async def sweep(self, now: datetime) -> int:
        """Forgets offers older than a day, removed feeds older than 30 days, and entries that have not
        been in their feed for 90 days; how many rows."""
        ...

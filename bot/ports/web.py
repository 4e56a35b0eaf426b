"""The way to the web."""

from __future__ import annotations

from typing import Protocol

from bot.model import Fetched, FetchRequest


class Fetcher(Protocol):
    """The one way to the web."""

    async def get(self, request: FetchRequest) -> Fetched:
        """What the address answers, redirects followed, every address checked before connecting.

        Any status below 400, and 410, comes back as it is; everything else raises FetchFailed.
        """
        ...

"""What storage does for a chat that wants to see all of it, or to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.model import ChatId


class Traces(Protocol):
    """All that is stored of a chat."""

    async def of(self, chat: ChatId) -> Mapping[str, object]:
        """By kind, in plain values, dataclasses and times."""
        ...

    async def forget(self, chat: ChatId, until: datetime) -> None:
        """Takes out all of it at once. What comes after (the answer that says so) goes at `until`, which
        a kill does not change."""
        ...

    async def finish(self, now: datetime) -> int:
        """The last traces of chats whose time has come; of how many. A chat in which somebody has
        written since is a new one: what came of that stays."""
        ...

    async def put_off(self, until: datetime) -> int:
        """At the start: no chat's last traces go before then, so that an answer which a kill held up is
        still sent."""
        ...

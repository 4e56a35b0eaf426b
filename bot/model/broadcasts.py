"""Messages to every subscriber."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.chats import Chat


class BroadcastState(StrEnum):
    ASKED = "asked"
    """Waits for its confirmation."""
    GOING = "going"
    """Being queued for one subscriber after the other."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to every subscriber."""

    id: int
    state: BroadcastState
    text: str
    """Telegram's HTML; empty once it is done."""
    queued: int
    """For how many chats it was queued so far."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The next subscribers of a broadcast, in the order of their ids; none: it has reached them all."""

    after: int
    """The id behind which they stand."""
    chats: tuple[Chat, ...]

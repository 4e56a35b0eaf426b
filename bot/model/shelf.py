"""Stories that a chat keeps for later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.ids import StoryId


class Kept(StrEnum):
    """What became of a story that a chat wanted to keep."""

    NEW = "new"
    ALREADY = "already"
    FULL = "full"
    """The chat keeps as many as it may."""
    GONE = "gone"
    """There is no such story any more."""


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """A part of the stories that a chat keeps, the one kept last first."""

    stories: tuple[StoryId, ...]
    total: int
    """How many the chat keeps in all."""

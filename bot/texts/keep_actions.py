"""The buttons under a story that set something, and those of /saved, /forgetme and /broadcast.

Their form is `1|K|code|fields…`, by the rules of bot/texts/families.py. They set, they never toggle.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import TopicId
from bot.texts.actions import Back, Saved
from bot.texts.families import BACK, FLAG, ID, OFFSET, TOPIC, Family, form

FAMILY = "K"


@dataclass(frozen=True, slots=True)
class Keep:
    """The story is kept from now on, or no longer; its card, as it was opened, is shown again."""

    number: int
    on: bool
    more: bool = False
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The topic's stories lead the digests from now on, or no longer."""

    number: int
    """Of the story under whose card the button stands."""
    on: bool
    topic: TopicId
    more: bool = False
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Less:
    """The topic's stories come last from now on, or no longer."""

    number: int
    """Of the story under whose card the button stands."""
    on: bool
    topic: TopicId
    more: bool = False
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """The story is kept no longer; the list of kept ones from `offset` on is shown again."""

    number: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Forget:
    """All that is stored of the chat is deleted, or stays."""

    on: bool


@dataclass(frozen=True, slots=True)
class Send:
    """The broadcast with that number goes out, or is thrown away."""

    number: int
    on: bool


KeepAction = Saved | Keep | Lead | Less | Drop | Forget | Send


_KEEPING = Family[KeepAction](
    FAMILY,
    v=form(Saved, offset=OFFSET),
    s=form(Keep, on=FLAG, number=ID, more=FLAG, back=BACK),
    f=form(Lead, on=FLAG, number=ID, more=FLAG, topic=TOPIC, back=BACK),
    l=form(Less, on=FLAG, number=ID, more=FLAG, topic=TOPIC, back=BACK),
    x=form(Drop, number=ID, offset=OFFSET),
    g=form(Forget, on=FLAG),
    b=form(Send, on=FLAG, number=ID),
)
encode, decode, button = _KEEPING.encode, _KEEPING.decode, _KEEPING.button

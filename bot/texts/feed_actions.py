"""The buttons of the feeds' list, of a feed's card, and of what admins are told of feeds.

Their form is `1|F|code|fields…`, by the rules of bot/texts/families.py. They set, they never toggle.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import FeedId
from bot.texts.families import ID, OFFSET, Family, Field, form

FAMILY = "F"


@dataclass(frozen=True, slots=True)
class Listing:
    """The feeds from `offset` on."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One feed; the list from `offset` on is where its card leads back to."""

    feed: FeedId
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """The feed is read now, and asked again where it was asked no more; its card is shown."""

    feed: FeedId
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Remove:
    """The feed is taken out."""

    feed: FeedId
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Restore:
    """A feed that was taken out is asked again."""

    feed: FeedId
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Choose:
    """A feed that a page named is taken in; the page's others stay offered."""

    feed: FeedId
    others: tuple[FeedId, ...] = ()


@dataclass(frozen=True, slots=True)
class Starter:
    """The starter list is taken in."""


@dataclass(frozen=True, slots=True)
class Export:
    """All feeds as a document."""


@dataclass(frozen=True, slots=True)
class HowToAdd:
    """How a feed is added."""


OnFeed = Card | Check | Remove | Restore
FeedAction = Listing | OnFeed | Choose | Starter | Export | HowToAdd


def _numbers(wire: str) -> tuple[FeedId, ...]:
    return tuple(FeedId(ID.read(digits)) for digits in wire.split(".") if digits)


_OTHERS: Field[tuple[FeedId, ...]] = Field(lambda feeds: ".".join(map(str, feeds)), _numbers, spare=True)

_FEEDS = Family[FeedAction](
    FAMILY,
    l=form(Listing, offset=OFFSET),
    c=form(Card, feed=ID, offset=OFFSET),
    r=form(Check, feed=ID, offset=OFFSET),
    x=form(Remove, feed=ID, offset=OFFSET),
    u=form(Restore, feed=ID, offset=OFFSET),
    a=form(Choose, feed=ID, others=_OTHERS),
    s=form(Starter),
    e=form(Export),
    h=form(HowToAdd),
)
encode, decode, button = _FEEDS.encode, _FEEDS.decode, _FEEDS.button

"""The buttons of the feeds' list, of a feed's card, and of what admins are told of feeds.

Their form is `1|F|code|fields…`, by the rules of bot/texts/actions.py. They set, they never toggle.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.model import Button, FeedId
from bot.texts.actions import LIMIT, VERSION

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


def encode(action: FeedAction) -> str:
    """The button's data, without a choice's other feeds where those do not fit; empty where it does
    not fit even so."""
    wire = _wire(action)
    if len(wire) > LIMIT and isinstance(action, Choose):
        wire = _wire(replace(action, others=()))
    return wire if len(wire) <= LIMIT else ""


def button(label: str, action: FeedAction) -> tuple[Button, ...]:
    """The button as a part of a row; nothing where its action does not fit."""
    wire = encode(action)
    return (Button(label, action=wire),) if wire else ()


def decode(rest: str) -> FeedAction | None:
    """The action of what stands behind the family's code; None for what `encode` would not write."""
    code, _, fields = rest.partition("|")
    read = _READERS.get(code)
    action = read(fields) if read else None
    return action if action is not None and encode(action) == f"{VERSION}|{FAMILY}|{rest}" else None


_CODES: dict[type[OnFeed], str] = {Card: "c", Check: "r", Remove: "x", Restore: "u"}


def _wire(action: FeedAction) -> str:
    return f"{VERSION}|{FAMILY}|{_body(action)}"


def _body(action: FeedAction) -> str:
    match action:
        case Listing(offset):
            return f"l|{offset}"
        case Card(feed, offset) | Check(feed, offset) | Remove(feed, offset) | Restore(feed, offset):
            return f"{_CODES[type(action)]}|{feed}|{offset}"
        case Choose(feed, others):
            return f"a|{feed}|{'.'.join(map(str, others))}"
        case Starter():
            return "s|"
        case Export():
            return "e|"
        case HowToAdd():
            return "h|"


# --- from the wire: `encode` is asked afterwards whether it would have written the same ------------


def _number(digits: str) -> int | None:
    return int(digits) if re.fullmatch("[0-9]{1,15}", digits) else None


def _listing(fields: str) -> Listing | None:
    offset = _number(fields)
    return None if offset is None else Listing(offset)


def _on_feed(kind: type[OnFeed]) -> Callable[[str], OnFeed | None]:
    def read(fields: str) -> OnFeed | None:
        feed, _, offset = fields.partition("|")
        number, start = _number(feed), _number(offset)
        return kind(FeedId(number), start) if number and start is not None else None

    return read


def _choose(fields: str) -> Choose | None:
    feed, _, others = fields.partition("|")
    numbers = [_number(digits) for digits in (feed, *filter(None, others.split(".")))]
    first, *rest = (FeedId(number) for number in numbers if number)
    return Choose(first, tuple(rest)) if all(numbers) else None


_READERS: dict[str, Callable[[str], FeedAction | None]] = {
    **{code: _on_feed(kind) for kind, code in _CODES.items()},
    "l": _listing,
    "a": lambda fields: _choose(fields) if _number(fields.partition("|")[0]) else None,
    "s": lambda fields: Starter(),
    "e": lambda fields: Export(),
    "h": lambda fields: HowToAdd(),
}

"""The buttons under a story that set something, and those of /saved, /forgetme and /broadcast.

Their form is `1|K|code|fields…`, by the rules of bot/texts/actions.py. They set, they never toggle.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.model import Button, TopicId
from bot.texts.actions import LIMIT, VERSION, Back, Saved, place, place_body

FAMILY = "K"


@dataclass(frozen=True, slots=True)
class Keep:
    """The story is kept from now on, or no longer; its card, as it was opened, is shown again."""

    number: int
    on: bool
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


KeepAction = Saved | Keep | Less | Drop | Forget | Send


def encode(action: KeepAction) -> str:
    """The button's data, without the way back where that does not fit; empty where nothing fits."""
    wire = _wire(action)
    if len(wire) > LIMIT and isinstance(action, Keep | Less):
        wire = _wire(replace(action, back=None))
    return wire if len(wire.encode("utf-8", "surrogatepass")) <= LIMIT else ""


def button(label: str, action: KeepAction) -> tuple[Button, ...]:
    """The button as a part of a row; nothing where its action does not fit."""
    wire = encode(action)
    return (Button(label, action=wire),) if wire else ()


def decode(rest: str) -> KeepAction | None:
    """The action of what stands behind the family's code; None for what `encode` would not write."""
    code, _, fields = rest.partition("|")
    read = _READERS.get(code)
    action = read(fields) if read else None
    return action if action is not None and encode(action) == f"{VERSION}|{FAMILY}|{rest}" else None


def _wire(action: KeepAction) -> str:
    return f"{VERSION}|{_body(action)}"


def _body(action: KeepAction) -> str:
    match action:
        case Saved():
            return place_body(action)
        case Keep(number, on, more, back):
            return f"{FAMILY}|s|{int(on)}|{number}|{int(more)}|{place_body(back) if back else ''}"
        case Less(number, on, topic, more, back):
            rest = place_body(back) if back else ""
            return f"{FAMILY}|l|{int(on)}|{number}|{int(more)}|{topic}|{rest}"
        case Drop(number, offset):
            return f"{FAMILY}|x|{number}|{offset}"
        case Forget(on):
            return f"{FAMILY}|g|{int(on)}"
        case Send(number, on):
            return f"{FAMILY}|b|{int(on)}|{number}"


# --- from the wire: `encode` is asked afterwards whether it would have written the same ------------


def _number(digits: str) -> int | None:
    return int(digits) if re.fullmatch("[0-9]{1,16}", digits) else None


def _saved(fields: str) -> Saved | None:
    offset = _number(fields)
    return None if offset is None else Saved(offset)


def _keep(fields: str) -> Keep | None:
    on, _, rest = fields.partition("|")
    number, _, rest = rest.partition("|")
    more, _, back = rest.partition("|")
    story = _number(number)
    return None if not story else Keep(story, on == "1", more == "1", place(back))


def _less(fields: str) -> Less | None:
    on, _, rest = fields.partition("|")
    number, _, rest = rest.partition("|")
    more, _, rest = rest.partition("|")
    topic, _, back = rest.partition("|")
    story = _number(number)
    return None if not story else Less(story, on == "1", TopicId(topic), more == "1", place(back))


def _drop(fields: str) -> Drop | None:
    number, _, offset = fields.partition("|")
    story, start = _number(number), _number(offset)
    return Drop(story, start) if story and start is not None else None


def _send(fields: str) -> Send | None:
    on, _, number = fields.partition("|")
    broadcast = _number(number)
    return Send(broadcast, on == "1") if broadcast else None


_READERS: dict[str, Callable[[str], KeepAction | None]] = {
    "v": _saved,
    "s": _keep,
    "l": _less,
    "x": _drop,
    "g": lambda fields: Forget(fields == "1"),
    "b": _send,
}

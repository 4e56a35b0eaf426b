"""What the buttons of the first minute ask for, and their form on the wire (family W).

The form is `1|W|code|fields…`, by the rules of bot/texts/actions.py. They set, they never toggle: a
second press, or one of an old message, does what its label says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from bot.model import Button
from bot.texts.actions import LIMIT, VERSION

FAMILY = "W"


@dataclass(frozen=True, slots=True)
class Join:
    """The daily digest from now on; then its time is asked for."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times to choose from: the usual ones, or every full hour."""

    every: bool = False


@dataclass(frozen=True, slots=True)
class SetTime:
    """The digest comes at that time; then the time zone is asked for where none was chosen."""

    at: time


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries from `offset` on."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class Country:
    """The zones of a country by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class AskZone:
    """What the clock says in that zone, to be confirmed."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetZone:
    zone: str


Changing = Join | SetTime | SetZone
StartAction = Changing | Times | Countries | Country | AskZone


def encode(action: StartAction) -> str:
    """The button's data, or an empty string where it would pass 64 bytes."""
    wire = f"{VERSION}|{FAMILY}|{_body(action)}"
    return wire if len(wire.encode("utf-8", "surrogatepass")) <= LIMIT else ""


def button(label: str, action: StartAction) -> tuple[Button, ...]:
    """The button as a part of a row; nothing where its action does not fit."""
    wire = encode(action)
    return (Button(label, action=wire),) if wire else ()


def decode(rest: str) -> StartAction | None:
    """The action of what follows the family's code; None for what `encode` would not have written."""
    code, _, fields = rest.partition("|")
    read = _READERS.get(code)
    action = read(fields) if read else None
    return action if action is not None and encode(action) == f"{VERSION}|{FAMILY}|{rest}" else None


def _body(action: StartAction) -> str:
    match action:
        case Join():
            return "j|"
        case Times(every):
            return f"t|{every:d}"
        case SetTime(at):
            return f"T|{at:%H%M}"
        case Countries(offset):
            return f"o|{offset}"
        case Country(code):
            return f"c|{code}"
        case AskZone(zone):
            return f"z|{zone}"
        case SetZone(zone):
            return f"Z|{zone}"


# --- from the wire: `encode` is asked afterwards whether it would have written the same ------------


def _time(fields: str) -> SetTime | None:
    if not re.fullmatch("[0-9]{4}", fields) or int(fields[:2]) > 23 or int(fields[2:]) > 59:
        return None
    return SetTime(time(int(fields[:2]), int(fields[2:])))


def _countries(fields: str) -> Countries | None:
    return Countries(int(fields)) if re.fullmatch("[0-9]{1,4}", fields) else None


def _zone(fields: str) -> str:
    """A zone's name by its form: whether there is such a zone is for the answers to know."""
    return fields if re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}", fields) else ""


_READERS: dict[str, Callable[[str], StartAction | None]] = {
    "j": lambda fields: Join(),
    "t": lambda fields: Times(fields == "1"),
    "T": _time,
    "o": _countries,
    "c": lambda fields: Country(fields) if re.fullmatch("[A-Z]{2}", fields) else None,
    "z": lambda fields: AskZone(_zone(fields)) if _zone(fields) else None,
    "Z": lambda fields: SetZone(_zone(fields)) if _zone(fields) else None,
}

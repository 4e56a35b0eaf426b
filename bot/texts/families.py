"""Families of buttons as tables: which code an action has, and how each of its fields is written.

The form on the wire is `1|FAMILY|code|fields…`, by the rules of bot/texts/actions.py. A field's reading
may be lax: what was read is written again, and what does not come out the same is no action. So the
table of a family is all that is to be known of its wire, and a code or an order that was once written
there stays for good: old messages keep their buttons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.model import Button
from bot.texts.actions import FARTHEST, LARGEST_ID, TOPIC_FORM, VERSION, Back, fits, place, place_body

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """How a value stands on the wire."""

    write: Callable[[T], str]
    read: Callable[[str], T]
    """Raises ValueError for what can be no value."""
    spare: bool = False
    """It is left empty where the button's data would not fit with it."""


@dataclass(frozen=True, slots=True)
class Form(Generic[A_co]):
    """An action's fields in the order of the wire."""

    kind: type[A_co]
    fields: Mapping[str, Field[Any]]

    def write(self, action: object, *, short: bool = False) -> str:
        """short: without the fields that can be spared."""
        return "|".join(
            "" if short and field.spare else field.write(getattr(action, name))
            for name, field in self.fields.items()
        )

    def read(self, wire: str) -> A_co | None:
        """The last field may hold bars of its own."""
        parts = wire.split("|", len(self.fields) - 1) if self.fields else []
        try:
            pairs = zip(self.fields.items(), parts, strict=True)
            return self.kind(**{name: field.read(part) for (name, field), part in pairs})
        except ValueError:
            return None


def form(kind: type[A], **fields: Field[Any]) -> Form[A]:
    """The fields by their names, in the order of the wire."""
    return Form(kind, fields)


class Family(Generic[A]):
    """The actions of one family by their codes."""

    def __init__(self, code: str, **forms: Form[A]) -> None:
        self._head = f"{VERSION}|{code}|"
        self._forms = forms
        self._codes = {form.kind: code for code, form in forms.items()}

    def encode(self, action: A) -> str:
        """The button's data, without what can be spared where all does not fit; empty where nothing
        fits."""
        code = self._codes[type(action)]
        for short in (False, True):
            wire = f"{self._head}{code}|{self._forms[code].write(action, short=short)}"
            if fits(wire):
                return wire
        return ""

    def button(self, label: str, action: A) -> tuple[Button, ...]:
        """The button as a part of a row; nothing where its action does not fit."""
        wire = self.encode(action)
        return (Button(label, action=wire),) if wire else ()

    def decode(self, rest: str) -> A | None:
        """The action of what stands behind the family's code; None for what `encode` would not write."""
        code, _, fields = rest.partition("|")
        form = self._forms.get(code)
        action = form.read(fields) if form else None
        written = action is not None and self.encode(action) == self._head + rest
        return action if written else None


# --- fields ---------------------------------------------------------------------------------------


def number(least: int, most: int) -> Field[int]:
    """A whole number in Latin digits."""

    def read(digits: str) -> int:
        if not re.fullmatch("[0-9]{1,16}", digits) or not least <= int(digits) <= most:
            raise ValueError
        return int(digits)

    return Field(str, read)


def words(pattern: str) -> Field[str]:
    """Letters that stand as they are, where they have that form."""

    def read(letters: str) -> str:
        if not re.fullmatch(pattern, letters):
            raise ValueError
        return letters

    return Field(str, read)


def choice(kind: type[E]) -> Field[E]:
    """One of an enum's values."""
    return Field(str, kind)


def _clock(digits: str) -> time:
    if not re.fullmatch("[0-9]{4}", digits):
        raise ValueError
    return time(int(digits[:2]), int(digits[2:]))


FLAG: Field[bool] = Field(lambda on: f"{on:d}", lambda digit: digit == "1")
OFFSET = number(0, FARTHEST)
ID = number(1, LARGEST_ID)
CLOCK: Field[time] = Field(lambda at: f"{at:%H%M}", _clock)
TOPIC = words(TOPIC_FORM)
COUNTRY = words("[A-Z]{2}")

ZONE = words(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")
"""A zone's name by its form: whether there is such a zone is for the answers to know."""

BACK: Field[Back | None] = Field(lambda back: place_body(back) if back else "", place, spare=True)
"""Where a card leads back to; always the last field."""

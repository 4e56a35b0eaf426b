"""What the buttons of the first minute ask for, and their form on the wire (family W).

The form is `1|W|code|fields…`, by the rules of bot/texts/families.py. They set, they never toggle: a
second press, or one of an old message, does what its label says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.texts.families import CLOCK, COUNTRY, FLAG, OFFSET, ZONE, Family, form
from bot.texts.settings_actions import AskZone as AskZone
from bot.texts.settings_actions import Country as Country
from bot.texts.settings_actions import SetZone as SetZone

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


Changing = Join | SetTime | SetZone
StartAction = Changing | Times | Countries | Country | AskZone


_FIRST_MINUTE = Family[StartAction](
    FAMILY,
    j=form(Join),
    t=form(Times, every=FLAG),
    T=form(SetTime, at=CLOCK),
    o=form(Countries, offset=OFFSET),
    c=form(Country, code=COUNTRY),
    z=form(AskZone, zone=ZONE),
    Z=form(SetZone, zone=ZONE),
)
encode, decode, button = _FIRST_MINUTE.encode, _FIRST_MINUTE.decode, _FIRST_MINUTE.button

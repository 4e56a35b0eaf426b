"""The first minute's buttons on the wire."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import zones
from bot.texts.start_actions import (
    AskZone,
    Countries,
    Country,
    Join,
    SetTime,
    SetZone,
    Times,
    button,
    decode,
    encode,
)

ACTIONS = [
    Join(),
    Times(),
    Times(every=True),
    SetTime(time(7, 42)),
    Countries(22),
    Country("SY"),
    AskZone("Asia/Damascus"),
    SetZone("Africa/Cairo"),
]


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_comes_back_as_it_went(action) -> None:
    wire = encode(action)
    assert decode(wire.removeprefix("1|W|")) == action
    assert len(wire.encode()) <= 64


def test_every_zone_fits_a_button() -> None:
    for zone in zones.available_zones():
        assert button("نعم", SetZone(zone)), zone


FORGED = [
    "",
    "j",
    "j|1",
    "t|2",
    "T|2400",
    "T|0860",
    "T|٠٨٠٠",
    "o|-1",
    "o|007",
    "c|sy",
    "z|",
    "Z|a b",
    "Z|../x",
]


@pytest.mark.parametrize("rest", FORGED)
def test_what_was_not_written_here_is_no_action(rest: str) -> None:
    assert decode(rest) is None


@given(st.text(max_size=80))
def test_any_text_is_what_encode_writes_or_nothing(rest: str) -> None:
    action = decode(rest)
    assert action is None or encode(action) == f"1|W|{rest}"

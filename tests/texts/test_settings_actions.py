"""Buttons of the settings: what is written is read back, nothing else is."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Digits, Language, Length, Months, TopicId
from bot.texts import settings_actions, zones
from bot.texts.actions import LIMIT
from bot.texts.settings_actions import (
    AllNews,
    AskZone,
    Country,
    DropTopic,
    DropWord,
    Hour,
    Mute,
    Open,
    Page,
    SetDay,
    SetDays,
    SetDigits,
    SetHijri,
    SetLanguage,
    SetLength,
    SetMonths,
    SetQuiet,
    SetSubscribed,
    SetTime,
    SettingsAction,
    SetZone,
    decode,
    encode,
    mark,
)

flags = st.booleans()
offsets = st.integers(0, 100_000)
marks = st.text(max_size=200).map(mark)
topics = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True).map(TopicId)
known_zones = st.sampled_from(sorted(zones.available_zones() - {"localtime"}))
hours = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] != pair[1])
anything = st.one_of(
    st.builds(Open, st.sampled_from(Page), offsets),
    st.builds(Hour, st.integers(0, 23)),
    st.builds(Country, st.from_regex("[A-Z]{2}", fullmatch=True)),
    st.builds(AskZone, known_zones),
    st.builds(SetZone, known_zones),
    st.builds(SetTime, st.builds(time, st.integers(0, 23), st.integers(0, 59)), flags),
    st.builds(SetSubscribed, flags),
    st.builds(SetDay, st.integers(0, 6), flags),
    st.builds(SetDays, flags),
    st.just(AllNews()),
    st.builds(DropTopic, topics, flags),
    st.builds(DropWord, marks, flags),
    st.builds(Mute, marks, flags, offsets),
    st.builds(SetLength, st.sampled_from(Length)),
    st.builds(SetLanguage, st.sampled_from(Language)),
    st.builds(SetDigits, st.sampled_from(Digits)),
    st.builds(SetMonths, st.none() | st.sampled_from(Months)),
    st.builds(SetHijri, flags),
    st.builds(SetQuiet, st.none() | hours),
)


@given(anything)
def test_a_settings_action_comes_back_as_it_was(action: SettingsAction) -> None:
    wire = encode(action)
    assert 0 < len(wire.encode()) <= LIMIT
    assert decode(wire.removeprefix("1|P|")) == action


@given(st.text(max_size=70) | st.from_regex(r"[a-zA-Z]\|[a-zA-Z0-9|/]{0,20}", fullmatch=True))
def test_any_other_data_is_no_settings_action(rest: str) -> None:
    action = decode(rest)
    assert action is None or encode(action) == f"1|P|{rest}"


FORGED = [
    "",
    "o",
    "o|m",
    "o|m|00",
    "o|x|0",
    "h|24",
    "h|07",
    "c|sy",
    "z|",
    "z|a/../b",
    "z|a b",
    "t|800|1",
]
FORGED += [
    "t|0860|1",
    "t|0800|2",
    "t|0800",
    "u|",
    "u|on",
    "d|7|1",
    "D|2",
    "A",
    "A|1",
    "f|Syria|0",
    "f||0",
]
FORGED += [
    "w|12|1",
    "w|" + "g" * 12 + "|1",
    "s|" + "a" * 12 + "|1",
    "l|huge",
    "g|fr",
    "n|roman",
    "a|none",
]
FORGED += ["i|2", "q|22", "q|22|24", "q|7|7", "q|022|7", "q|OFF"]


@pytest.mark.parametrize("rest", FORGED)
def test_forged_settings_data_is_no_action(rest: str) -> None:
    assert decode(rest) is None


def test_the_family_is_not_one_of_the_other_buttons() -> None:
    assert settings_actions.FAMILY == "P"
    assert encode(Open(Page.MAIN)) == "1|P|o|m|0"


def test_every_zone_and_its_country_fit_into_a_button() -> None:
    assert all(encode(SetZone(zone)) for zone in zones.available_zones())

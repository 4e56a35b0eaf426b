"""Tables of buttons: every action of a family has its form, every code is written once."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, get_args

import pytest

from bot.texts import feed_actions, keep_actions, settings_actions, start_actions
from bot.texts.families import BACK, FLAG, Family, form, number

FAMILIES = [
    (feed_actions._FEEDS, feed_actions.FeedAction),
    (keep_actions._KEEPING, keep_actions.KeepAction),
    (settings_actions._SETTINGS, settings_actions.SettingsAction),
    (start_actions._FIRST_MINUTE, start_actions.StartAction),
]


@pytest.mark.parametrize(("family", "actions"), FAMILIES)
def test_every_action_of_a_family_has_one_form(family: Family[Any], actions: Any) -> None:
    kinds = [form.kind for form in family._forms.values()]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(get_args(actions))


@pytest.mark.parametrize(("family", "actions"), FAMILIES)
def test_every_field_of_an_action_is_written(family: Family[Any], actions: Any) -> None:
    for each in family._forms.values():
        assert set(each.fields) == {field.name for field in fields(each.kind)}


@pytest.mark.parametrize(("family", "actions"), FAMILIES)
def test_a_place_to_lead_back_to_stands_last(family: Family[Any], actions: Any) -> None:
    for each in family._forms.values():
        assert BACK not in list(each.fields.values())[:-1]


@dataclass(frozen=True)
class Lamp:
    number: int
    on: bool


LAMPS = Family[Lamp]("Y", p=form(Lamp, on=FLAG, number=number(3, 12)))


def test_fields_stand_in_the_order_of_the_table() -> None:
    assert LAMPS.encode(Lamp(7, True)) == "1|Y|p|1|7"
    assert LAMPS.decode("p|1|7") == Lamp(7, True)


@pytest.mark.parametrize("rest", ["p|1|2", "p|1|13", "p|1|07", "p|1|7|", "p|1", "q|1|7", "p|yes|7"])
def test_what_a_table_would_not_write_it_does_not_read(rest: str) -> None:
    assert LAMPS.decode(rest) is None


def test_a_number_that_is_longer_than_a_button_makes_none() -> None:
    assert LAMPS.encode(Lamp(10**70, False)) == ""
    assert LAMPS.button("مصباح", Lamp(10**70, False)) == ()


def test_codes_are_one_letter_each() -> None:
    codes = [code for family, _ in FAMILIES for code in family._forms]
    assert all(re.fullmatch("[A-Za-z]", code) for code in codes)

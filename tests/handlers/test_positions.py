"""Positions are told apart before anything is stored, and kept nowhere."""

import json
from typing import Any

import pytest

from handlers.positions import without_positions

DAMASCUS = {"latitude": 33.5138, "longitude": 36.2765, "horizontal_accuracy": 12.5}


def update(kind: str = "private", **content: Any) -> dict[str, Any]:
    chat = {"id": 7, "type": kind}
    who = {"id": 7, "is_bot": False, "first_name": "س"}
    return {
        "update_id": 1,
        "message": {"message_id": 5, "date": 9, "chat": chat, "from": who, **content},
    }


def test_a_private_position_becomes_the_command_with_its_zone() -> None:
    stored = without_positions(update(location=DAMASCUS))
    assert stored["message"]["text"] == "/settings Asia/Damascus"
    assert stored["message"]["from"]["id"] == 7
    assert "33.5" not in json.dumps(stored)


@pytest.mark.parametrize(
    "location", [{}, {"latitude": "x", "longitude": 1}, {"latitude": 900, "longitude": 1}]
)
def test_a_position_that_is_none_asks_for_the_settings_alone(location: dict[str, Any]) -> None:
    assert without_positions(update(location=location))["message"]["text"] == "/settings"


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_elsewhere_a_position_leaves_an_empty_message(kind: str) -> None:
    venue = {"location": DAMASCUS, "title": "مقهى", "address": "شارع 5"}
    stored = without_positions(update(kind, location=DAMASCUS, venue=venue))
    assert set(stored["message"]) == {"message_id", "date", "chat", "from"}


def test_a_position_within_another_message_goes_and_the_rest_stays() -> None:
    answered = {"message_id": 4, "date": 8, "chat": {"id": 7, "type": "private"}, "location": DAMASCUS}
    stored = without_positions(update(text="/latest", reply_to_message=answered))
    assert stored["message"]["text"] == "/latest"
    assert "location" not in json.dumps(stored)
    assert stored["message"]["reply_to_message"]["message_id"] == 4


def test_an_update_without_a_position_is_left_as_it_is() -> None:
    plain = update(text="location", entities=[{"type": "bold", "offset": 0, "length": 3}])
    assert without_positions(plain) is plain

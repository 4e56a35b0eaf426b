"""The table of the Bot API: the same facts as the specification, and what it refuses."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.refusal import Refused
from bot.sandbox.table import Upload, bot_api

SHORT = {"Integer": "i", "String": "s", "Boolean": "b", "Float": "f"}


def kind(name: str) -> str:
    depth = name.count("Array of ")
    plain = name.replace("Array of ", "")
    return "*" * depth + SHORT.get(plain, plain)


def fields(given: dict[str, Any]) -> str:
    return " ".join(
        f"{name}{'' if field['required'] else '?'}:{'|'.join(map(kind, field['types']))}"
        for name, field in given.items()
    )


def lines(specification: dict[str, Any]) -> list[str]:
    """The specification in the format of bot_api.txt: write these lines there for a new version."""
    made = [f"{name}({fields(method['fields'])})" for name, method in specification["methods"].items()]
    for name, given in specification["types"].items():
        subtypes = " | ".join(map(kind, given.get("subtypes", ())))
        made.append(
            f"{name} = {subtypes}" if subtypes else f"{name} {{{fields(given.get('fields', {}))}}}"
        )
    return sorted(made, key=str.lower)


@pytest.mark.news
def test_the_table_says_what_the_specification_says(shared: Path) -> None:
    specification = json.loads((shared / "bot-api.json").read_text(encoding="utf-8"))
    text = (resources.files("bot.sandbox") / "bot_api.txt").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("#")]
    assert kept == lines(specification)
    assert specification["version"] in text.splitlines()[0]


def test_values_from_a_form_get_their_own_types() -> None:
    given = {"chat_id": "7", "text": "12", "disable_notification": "true"}
    expected = {"chat_id": 7, "text": "12", "disable_notification": True}
    assert bot_api().check("sendMessage", given) == expected
    assert bot_api().check("getChat", {"chat_id": "@channel"}) == {"chat_id": "@channel"}


def test_an_unknown_method_is_not_found() -> None:
    with pytest.raises(Refused) as refused:
        bot_api().check("sendTelegram", {})
    assert refused.value.code == 404


@pytest.mark.parametrize(
    ("method", "given", "reason"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, 'unknown parameter "colour"'),
        ("sendMessage", {"chat_id": 1}, 'parameter "text" of sendMessage is required'),
        ("sendMessage", {"chat_id": 1, "text": 5}, "text: String expected"),
        ("sendMessage", {"chat_id": [1], "text": "x"}, "chat_id: Integer expected"),
        ("getUpdates", {"limit": "many"}, "limit: Integer expected"),
        ("getUpdates", {"limit": True}, "limit: Integer expected"),
        ("getUpdates", {"allowed_updates": "[1]"}, "allowed_updates[0]: String expected"),
        ("getUpdates", {"allowed_updates": "message"}, "allowed_updates: JSON expected"),
        ("sendMessage", {"chat_id": 1, "text": "x", "disable_notification": "yes"}, "Boolean expected"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, 'field "description" of BotCommand'),
        ("setMyCommands", {"commands": "[" * 100_000}, "commands: JSON expected"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(
    method: str, given: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        bot_api().check(method, given)
    assert refused.value.code == 400
    assert reason in refused.value.description


def test_the_reason_names_the_type_that_was_meant() -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback": "y"}]]}
    with pytest.raises(Refused, match=r'\[0\]\[0\]: unknown field "callback" of InlineKeyboardButton'):
        bot_api().check("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": markup})


def test_a_file_or_its_identifier_is_a_document() -> None:
    upload = Upload("a.txt", b"x")
    assert bot_api().check("sendDocument", {"chat_id": 1, "document": upload})["document"] is upload
    with pytest.raises(Refused, match="String expected"):
        bot_api().check("sendMessage", {"chat_id": 1, "text": upload})

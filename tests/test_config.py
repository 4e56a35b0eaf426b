"""Configuration: every variable, its default, its faults, and the file that documents it."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.config import Config
from bot.errors import ConfigurationError

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

WRONG = {
    "BOT_TOKEN": "no token",
    "ADMIN_IDS": "12,x",
    "DATABASE_URL": "mysql://x",
    "TELEGRAM_API_URL": "ftp://127.0.0.1",
    "TIMEZONE": "Mars/Olympus",
    "DIGEST_TIME": "24:00",
    "LANGUAGE": "fr",
    "SEND_RATE": "0",
    "UPDATE_MODE": "push",
    "WEBHOOK_URL": "http://news.example/hook",
    "WEBHOOK_SECRET": "has spaces",
    "LISTEN": "8080",
    "FETCH_ALLOW_PRIVATE": "yes",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
}


def fault(**values: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        Config.from_environ(values)
    return caught.value.cause


def test_nothing_set_gives_the_defaults() -> None:
    config = Config.from_environ({})
    assert config.bot_token is None
    assert config.digest_time == time(8, 0)
    assert config.listen == ("127.0.0.1", 8080)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_gives_one_line_that_names_it(name: str) -> None:
    line = fault(**{name: WRONG[name]})
    assert line.startswith(f"{name}: ")
    assert "accepted: " in line
    assert "\n" not in line


@pytest.mark.parametrize("name", ["posixrules", "localtime", "right/Asia/Amman", "africa/cairo"])
def test_a_file_beside_the_zones_is_none(name: str) -> None:
    assert fault(TIMEZONE=name).startswith(f"TIMEZONE: '{name}' is not accepted")


def test_every_variable_has_a_wrong_value_here() -> None:
    assert {name.upper() for name in Config.model_fields} == set(WRONG)


def test_several_faults_give_a_line_each() -> None:
    assert len(fault(**WRONG).splitlines()) == len(WRONG)


@pytest.mark.parametrize("name", ["BOT_TOKEN", "WEBHOOK_SECRET"])
def test_a_wrong_secret_is_not_shown(name: str) -> None:
    assert "hunter2" not in fault(**{name: "hunter2 !"})


def test_a_token_in_the_wrong_variable_is_not_shown() -> None:
    assert TOKEN not in fault(ADMIN_IDS=TOKEN)


@pytest.mark.parametrize(
    "secret", ["me:hunter2", ":hunter2", "hunter2", "me:hunter2/more", "me:of hunter2", "me:hunter2@b"]
)
def test_a_password_in_an_address_is_refused_and_not_shown(secret: str) -> None:
    line = fault(TELEGRAM_API_URL=f"https://{secret}@127.0.0.1/")
    assert line.startswith("TELEGRAM_API_URL: 'https://[secret]@127.0.0.1/' is not accepted")


@pytest.mark.parametrize("rest", ["?", "#", "/?", "?a=b", "@", ":0", ":99999"])
def test_an_address_is_a_host_with_a_path_alone(rest: str) -> None:
    assert fault(TELEGRAM_API_URL=f"http://127.0.0.1{rest}").startswith("TELEGRAM_API_URL: ")


@pytest.mark.parametrize("path", [":memory:", ""])
def test_a_database_is_a_file(path: str) -> None:
    line = fault(DATABASE_URL=f"sqlite:///{path}")
    assert line.startswith(f"DATABASE_URL: 'sqlite:///{path}' is not accepted; accepted: sqlite:///")


@pytest.mark.parametrize("number", ["9" * 5_000, "0", str(2**52), "٧"])
def test_numbers_that_are_no_users_are_told_what_is_accepted(number: str) -> None:
    assert fault(ADMIN_IDS=number).endswith(
        "; accepted: user ids, comma separated, such as 123456789,987654321"
    )


def test_the_token_is_in_no_form_of_the_configuration() -> None:
    config = Config.from_environ({"BOT_TOKEN": TOKEN})
    assert TOKEN not in repr(config) + str(config) + config.model_dump_json()


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Config.from_environ({"TIMEZONE": "", "BOT_TOKEN": "  "}) == Config.from_environ({})


def test_anonymous_administrators_cannot_be_named_admins() -> None:
    assert "anonymous" in fault(ADMIN_IDS="1087968824")


def test_an_address_holds_no_braces() -> None:
    assert fault(WEBHOOK_URL="https://news.example/{hook}").startswith("WEBHOOK_URL: ")


def test_the_webhook_needs_its_address_and_its_secret() -> None:
    lines = fault(UPDATE_MODE="webhook").splitlines()
    assert [line.partition(":")[0] for line in lines] == ["WEBHOOK_URL", "WEBHOOK_SECRET"]


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LANGUAGE=en\nSEND_RATE=5\n", encoding="utf-8")
    config = Config.load({"SEND_RATE": "7"}, tmp_path)
    assert (config.language, config.send_rate) == ("en", 7)


def test_an_empty_variable_does_not_hide_the_files(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nTIMEZONE=Asia/Beirut\n", encoding="utf-8")
    config = Config.load({"BOT_TOKEN": "", "TIMEZONE": " "}, tmp_path)
    assert config.bot_token is not None
    assert config.timezone == "Asia/Beirut"


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LANGUAGE=\xff\xfe\n")
    with pytest.raises(ConfigurationError, match=r"^\.env: "):
        Config.load({}, tmp_path)


@pytest.mark.parametrize(
    "line",
    [f"BOT_TOKEN: {TOKEN}", f"BOT_TOKEN {TOKEN}", f"BOT_TOKEN='{TOKEN}", f'BOT_TOKEN="{TOKEN}', TOKEN],
)
def test_a_line_of_the_file_that_says_nothing_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"# who\n\n{line}\nLANGUAGE=en\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        Config.load({}, tmp_path)
    assert caught.value.cause.startswith(".env: line 3 is not accepted; accepted: ")
    assert TOKEN not in caught.value.cause
    assert "\n" not in caught.value.cause


def test_each_such_line_has_its_own(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A: 1\r\n\r\n  B 2\r\nSEND_RATE=5\r\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        Config.load({}, tmp_path)
    assert [line[:12] for line in caught.value.cause.splitlines()] == [".env: line 1", ".env: line 3"]


def test_the_file_may_quote_comment_export_and_leave_empty(tmp_path: Path) -> None:
    lines = (
        "\ufeff# first\n",
        'LANGUAGE="en" # theirs\n',
        "export SEND_RATE='5'\n",
        "BOT_TOKEN=\n",
        "ADMIN_IDS = 7\n\n",
    )
    (tmp_path / ".env").write_text("".join(lines), encoding="utf-8")
    config = Config.load({}, tmp_path)
    assert (config.language, config.send_rate, config.bot_token) == ("en", 5, None)
    assert config.admin_ids == {7}


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(ConfigurationError, match=r"^\.env: cannot be read"):
        Config.load({}, tmp_path)


def test_the_example_lists_every_variable_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert {name.lower() for name in example} == set(Config.model_fields)
    assert Config.from_environ(example) == Config.from_environ({})

"""Logs: one line an event, and no secret in any of them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import telemetry

TOKEN = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    telemetry.configure("debug", request.param, [TOKEN], stream)
    yield stream
    logging.basicConfig(force=True)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "text",
    [TOKEN, f"http://127.0.0.1/bot{TOKEN}/getMe", TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2]],
)
def test_the_token_never_shows(log: io.StringIO, text: str) -> None:
    structlog.get_logger("t").info("event", value=text, nested={"inner": [text]})
    logging.getLogger("telegram").debug("library says %s", text)
    assert TOKEN.partition(":")[2] not in log.getvalue()
    assert log.getvalue().count("[secret]") >= 3


def test_the_token_never_shows_in_a_traceback(log: io.StringIO) -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError:
        structlog.get_logger("t").exception("failed")
        logging.getLogger("apscheduler").exception("failed")
    assert "ValueError" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_token_that_nobody_configured_is_hidden_by_its_form(log: io.StringIO) -> None:
    structlog.get_logger("t").info("event", value=TOKEN.replace("AAH", "BBH"))
    assert "[secret]" in log.getvalue()


def test_json_lines_keep_arabic_readable() -> None:
    stream = io.StringIO()
    telemetry.configure("info", "json", [], stream)
    structlog.get_logger("t").info("event", topic="سوريا")
    assert json.loads(stream.getvalue())["topic"] == "سوريا"
    assert "سوريا" in stream.getvalue()

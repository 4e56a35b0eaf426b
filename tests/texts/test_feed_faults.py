"""Causes of intake are told in both languages, and addresses are shown without what is private."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Language
from bot.texts import feed_faults
from bot.texts.catalogue import Catalogue
from bot.texts.feed_faults import NO_ADDRESS, Fault, read, short_address

ROOT = Path(__file__).resolve().parents[2] / "bot"
CATALOGUE = Catalogue.load()
CALLS = {"FetchFailed", "UnreadableFeed", "Forbidden", "Refused", "TooMuch", "Broken", "WorkerFailed"}
FILES = [
    *(ROOT / "intake" / f"{name}.py" for name in ("fetch", "guard", "robots", "sockets", "unpacking")),
    *(
        ROOT / "intake" / f"{name}.py"
        for name in ("feeds", "feed_xml", "jsonfeed", "feed_visits", "feed_entries")
    ),
    ROOT / "intake" / "web_words.py",
    ROOT / "workers.py",
]
NOT_OF_A_FEED = {"the processes are closed"}
"""Said when the program ends."""


def as_example(node: ast.expr) -> str | None:
    """A cause as it is written in the code, with 7 in the place of each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "707" for v in node.values)
    return None


def causes() -> set[str]:
    found = set()
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                is_cause = node.func.id in CALLS
                found |= {text for text in [as_example(node.args[0])] if is_cause and text}
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_FAULTS":
                pairs = ast.walk(node.value) if node.value else ()
                found |= {t for pair in pairs if (t := as_example(pair))}  # type: ignore[arg-type]
    # "host: fault" alone hands another cause on
    return {cause for cause in found if re.search("[a-z]", cause)} - NOT_OF_A_FEED


def test_every_cause_that_intake_writes_has_its_words() -> None:
    written = causes()
    assert len(written) > 40
    assert {cause for cause in written if read(cause).key == "fault-other"} == set()


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        ("a.example: the server says 404", Fault("fault-missing", "404")),
        ("a.example: the server says 410", Fault("fault-gone", "410")),
        ("a.example: the server says 403", Fault("fault-refused", "403")),
        ("a.example: the server says 418", Fault("fault-status", "418")),
        ("a.example: the server says 429", Fault("fault-busy", "429", is_passing=True)),
        ("a.example: the server says 503", Fault("fault-server", "503", is_passing=True)),
        ("no whole answer within 30 seconds", Fault("fault-slow", is_passing=True)),
        ("no result within 10 s", Fault("fault-heavy", is_passing=True)),
        ("reading it failed: KeyError('x')", Fault("fault-ours", is_passing=True)),
        ("10.0.0.1 is not a public address", Fault("fault-private")),
        ("port 6379 is not one of the web's", Fault("fault-port", "6379")),
        ("a.example: its name is not known", Fault("fault-name")),
        ("the address names no host", NO_ADDRESS),
        ("it is no feed, and no page that names one", Fault("fault-none")),
        ("it is no feed, and no page that names one alone", Fault("fault-several")),
    ],
)
def test_a_cause_says_what_is_wrong_and_whether_it_passes(cause: str, fault: Fault) -> None:
    assert read(cause) == fault


@pytest.mark.parametrize("language", Language)
def test_every_fault_has_a_text_that_shows_its_value(language: Language) -> None:
    for fault in (*map(read, causes()), *(read(f"the server says {n}") for n in range(400, 600))):
        assert fault.value in CATALOGUE.say(language, fault.key, value=fault.value)


def test_an_unknown_cause_is_shown_without_what_an_address_carries() -> None:
    fault = read("odd: https://me:secret@a.example/feed?key=hidden#top and so on " + "x" * 500)
    assert fault.value.startswith("odd: a.example/feed?… and so on")
    assert len(fault.value) <= 120


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/rss.xml", "a.example/rss.xml"),
        ("http://127.0.0.1:8080/feed", "127.0.0.1:8080/feed"),
        ("https://a.example/", "a.example"),
        ("https://me:pw@A.example/f?token=1#x", "a.example/f?…"),
        ("ftp://a.example/rss", "ftp://a.example/rss"),
        ("nonsense", "nonsense"),
        ("http://[::1", "…"),
    ],
)
def test_an_address_is_shown_by_host_and_path(url: str, shown: str) -> None:
    assert short_address(url) == shown


def test_a_long_address_loses_its_middle() -> None:
    shown = short_address(f"https://a.example/{'long/' * 40}rss.xml")
    assert (len(shown), shown[:14], shown[-8:]) == (40, "a.example/long", "/rss.xml")
    assert short_address("https://a.example/key/123", host_only=True) == "a.example"


@given(st.text(max_size=300))
def test_any_text_can_be_a_cause_or_an_address(text: str) -> None:
    assert len(feed_faults.read(text).value) <= 120
    assert len(short_address(text)) <= 40
    assert not re.search(r"\?.*=", short_address(f"https://a.example/x?{text}"))

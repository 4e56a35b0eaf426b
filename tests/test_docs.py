"""Documents say what is there: commands, verbs, targets, rooms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot import ports
from bot.cli import cli
from bot.texts.menus import ADMIN, READERS

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_that_documents_name_exist(name: str) -> None:
    commands = set(re.findall(r"(?<![\w/.:])/([a-z]+)\b(?![/.\w])", read(name)))
    assert commands <= {*READERS, *ADMIN, "healthz", "metrics"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_verbs_that_documents_name_exist(name: str) -> None:
    verbs = set(re.findall(r"(?:`|^)mojaz ([a-z]+)\b", read(name), re.MULTILINE))
    known = set(get_command(cli).commands)  # type: ignore[attr-defined] # a group
    assert {
        verb for verb in verbs if f"`mojaz {verb}" in read(name) or f"\nmojaz {verb}" in read(name)
    } <= known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_that_documents_name_exist(name: str) -> None:
    targets = set(re.findall(r"`make ([a-z]+)`", read(name)))
    assert targets <= set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def test_the_map_shows_every_room() -> None:
    shown = read("docs/architecture.md")
    rooms = [path for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name != "__pycache__"]
    for path in [*rooms, *(ROOT / "bot").glob("[a-z]*.py")]:
        assert re.search(rf"\b{path.name}\b", shown), path.name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_project_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", read(name)):
        assert (folder / target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_documents_name_are_there(name: str) -> None:
    named = set(re.findall(r"`((?:\w+/)+[\w*]+\.(?:py|txt|toml))", read(name)))
    for path in named:
        assert [*ROOT.glob(path), *(ROOT / "bot").glob(path)], path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_modules_that_documents_name_are_there(name: str) -> None:
    rooms = "|".join(path.name for path in (ROOT / "bot").iterdir() if path.is_dir())
    for room, module in re.findall(rf"`({rooms}|handlers|storage)\.(\w+)", read(name)):
        folder = next(place for place in (ROOT / "bot" / room, ROOT / room) if place.is_dir())
        is_there = (folder / f"{module}.py").exists()
        assert is_there or re.search(rf"\b{module}\b", (folder / "__init__.py").read_text()), module


@pytest.mark.parametrize("name", DOCUMENTS)
def test_benches_that_documents_name_exist(name: str) -> None:
    benches = set(re.findall(r"`mojaz bench ([a-z]+)`", read(name)))
    benches |= set(re.findall(r"^mojaz bench ([a-z]+)", read(name), re.MULTILINE))
    assert benches <= set(get_command(cli).commands["bench"].commands)  # type: ignore[attr-defined] # groups


@pytest.mark.parametrize("name", DOCUMENTS)
def test_methods_that_documents_name_are_there(name: str) -> None:
    for port, method in re.findall(rf"`({'|'.join(ports.__all__)})\.(\w+)`", read(name)):
        assert hasattr(getattr(ports, port), method), f"{port}.{method}"

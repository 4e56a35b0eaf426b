"""Web servers on 127.0.0.1, well behaved and hostile, and how a fetcher that meets them is watched."""

from __future__ import annotations

import contextlib
import importlib.util
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from sites import Handler, keep_on_this_machine, served

from bot.intake.guard import Address, Guard


def _load(name: str) -> ModuleType:
    """Tests are no packages: what they share is loaded by its path."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """The misbehaving servers: tests/intake/hostile.py."""
    return _load("hostile")


@pytest.fixture
async def raw_server(hostile: ModuleType) -> AsyncIterator[Callable[[Any], Awaitable[Any]]]:
    """Opens a server that holds a conversation of raw bytes: `await raw_server(hostile.silent)`."""
    async with contextlib.AsyncExitStack() as stack:

        async def open_one(conversation: Any) -> Any:
            return await stack.enter_async_context(hostile.Loopback(conversation).open())

        yield open_one


@pytest.fixture
async def site() -> AsyncIterator[Callable[[Mapping[str, Handler]], Awaitable[str]]]:
    """Opens a web site of paths and their handlers, and gives its address without a last slash."""
    async with contextlib.AsyncExitStack() as stack:

        async def open_one(pages: Mapping[str, Handler]) -> str:
            return await stack.enter_async_context(served(pages))

        yield open_one


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever guard a test uses, its fetchers connect to this machine or it fails."""
    keep_on_this_machine(monkeypatch)


class RecordingGuard(Guard):
    """Writes down what it is asked when a connection is about to be made, and judges as ever.

    doors: ports of 127.0.0.1 that pass for public. lax: the first look at a URL lets private
    addresses pass, so that the second one stands alone.
    """

    def __init__(self, doors: tuple[int, ...] = (), *, lax: bool = False) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []
        self.doors, self.lax = doors, lax

    def address(self, text: str) -> Address:
        return Guard(allow_private=self.lax).address(text)

    def admit(self, host: str, port: int) -> None:
        self.asked.append((host, port))
        if (host, port) not in {("127.0.0.1", door) for door in self.doors}:
            super().admit(host, port)


@pytest.fixture
def recording_guard() -> type[RecordingGuard]:
    return RecordingGuard


class Names(AbstractResolver):
    """Answers that are given in advance, one after the other, the last one for ever; all loopback."""

    def __init__(self, answers: Mapping[str, list[str]]) -> None:
        self.answers = {name: list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.answers:
            raise OSError("no such name")
        given = self.answers[host]
        address = given.pop(0) if len(given) > 1 else given[0]
        assert address.startswith("127.") or address == "::1"
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.fixture
def names() -> type[Names]:
    return Names


@pytest.fixture
def grown() -> Callable[[], Callable[[], int]]:
    """Starts measuring memory; what it gives says by how many bytes the process was larger at most."""

    def start() -> Callable[[], int]:
        try:
            # the kernel forgets the peak so far (proc(5), clear_refs)
            Path("/proc/self/clear_refs").write_text("5")
        except OSError:
            pytest.skip("the system does not tell peaks of memory")
        before = _kilobytes("VmRSS")
        return lambda: (_kilobytes("VmHWM") - before) * 1024

    return start


def _kilobytes(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))

"""The bot as a process of its own, for tests that drive the whole program.

To start Python, import everything and read the lexicon takes the bot a second of processor time, which
a hundred journeys would each pay again. So a server imports it once and forks it (multiprocessing's
forkserver): what runs from there on is what `python -m bot` runs, but for the rest that it takes between
two messages to a chat, which is given. A fresh program is started by that command itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]


@cache
def _server() -> multiprocessing.context.ForkServerContext:
    """The server, which goes on preparing itself after this."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["warmed"])
    with pytest.MonkeyPatch.context() as patch:
        # it hands its path on to what it forks alone, and passes over what it cannot import
        patch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(Path(__file__).parent))))
        forkserver.ensure_running()
    return made


class Process(Protocol):
    """What both kinds of processes can do."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, number: int) -> None: ...

    async def wait(self) -> int: ...


@dataclass(slots=True)
class Forked:
    """A process of the server."""

    process: multiprocessing.process.BaseProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        await asyncio.to_thread(self.process.join)
        assert self.returncode is not None
        return self.returncode


def _serve(folder: Path, environment: Mapping[str, str], rest: float, output: Connection) -> None:
    """Becomes the bot: its folder, its environment, its output."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number in (1, 2):
        os.dup2(output.fileno(), number)
    output.close()
    # those of the server stand elsewhere
    sys.stdout, sys.stderr = (os.fdopen(number, "w", 1, "utf-8", closefd=False) for number in (1, 2))
    import warmed  # noqa: F401 - that is done, unless it failed: then this tells why

    from bot.cli import main
    from bot.delivery import pacing

    pacing.CHAT_REST = rest
    main(["run"])


async def forked(
    folder: Path, environment: Mapping[str, str], rest: float
) -> tuple[Process, asyncio.StreamReader]:
    """The bot, forked by the server, and what it writes."""
    server = _server()
    ours, theirs = server.Pipe(duplex=False)
    process = server.Process(target=_serve, args=(folder, environment, rest, theirs))
    process.start()
    theirs.close()
    output = asyncio.StreamReader()
    with ours:
        pipe = os.fdopen(os.dup(ours.fileno()), "rb")
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(output), pipe
    )
    return Forked(process), output


async def fresh(folder: Path, environment: Mapping[str, str]) -> tuple[Process, asyncio.StreamReader]:
    """The bot, started by its command, and what it writes."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout


@dataclass
class Program:
    """The bot as a process of its own; it can be started again and again."""

    folder: Path
    environment: dict[str, str]
    rest: float | None = None
    """Seconds between two messages to a chat; None: started by its command, as operators start it."""
    process: Process | None = None
    output: list[str] = field(default_factory=list)
    reader: asyncio.Task[None] | None = None

    async def start(self, **environment: str) -> None:
        """Starts it and waits until it serves."""
        environment = {**self.environment, **environment}
        if self.rest is None:
            self.process, output = await fresh(self.folder, environment)
        else:
            self.process, output = await forked(self.folder, environment, self.rest)
        serves = asyncio.get_running_loop().create_future()
        self.reader = asyncio.create_task(self._read(output, serves))
        if not await asyncio.wait_for(serves, 30):
            raise AssertionError("the bot ended:\n" + "".join(self.output))

    async def _read(self, output: asyncio.StreamReader, serves: asyncio.Future[bool]) -> None:
        while line := (await output.readline()).decode():
            self.output.append(line)
            if '"serving"' in line and not serves.done():
                serves.set_result(True)
        if not serves.done():
            serves.set_result(False)

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ends it as an operator does; its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> int:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), 15)
        if self.reader:
            await self.reader
        return code

"""Separate processes for heavy or hostile text: each piece of work has a deadline and can be killed.

The processes are started with the first piece of work, are held to a memory limit, give way to the
bot's own loop, and end with the bot even where that is killed. What is worked out is the callers'.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import importlib
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from bot.errors import WorkerFailed
from bot.seats import Seats

T = TypeVar("T")

MOST_PROCESSES = 2
"""More would take the readers' processor time; a machine with one core gets one."""

MEMORY = 512 * 1024 * 1024
"""Bytes of address space that work may take beyond what a started process has."""

NICENESS = 10
"""Work in the background yields to the loop that answers readers."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class ProcessWorkers:
    """Workers (bot.ports) in up to `size` processes.

    preload: modules that each process imports before its memory is measured and its first work
    comes, so that neither the limit nor a deadline pays for them.
    """

    def __init__(
        self, size: int | None = None, *, memory: int = MEMORY, preload: Sequence[str] = ()
    ) -> None:
        self._size = size or min(os.cpu_count() or 1, MOST_PROCESSES)
        self._memory = memory
        self._preload = tuple(preload)
        self._free = Seats(self._size)
        self._pool: Any = None
        self._unfinished: set[Future[Any]] = set()
        self._closed = False

    async def __aenter__(self) -> ProcessWorkers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(
        self,
        function: Callable[..., T],
        *arguments: object,
        deadline: float = 30.0,
        patience: float | None = None,
    ) -> T:
        """The function's result; it and the arguments must be picklable.

        deadline: seconds from the start of the work. patience: seconds that it may wait for a free
        process before that, first come first served; None waits as long as it takes.
        Raises WorkerFailed when the deadline passes, the memory limit is reached or the process
        dies, Busy when the patience ends; other errors of the function come through. Cancelling
        kills the work.
        """
        # the library takes work in before a process is free, and kills a process to give it up
        async with self._free.one(patience):
            return await self._result(function, arguments, deadline)

    async def _result(
        self, function: Callable[..., T], arguments: tuple[object, ...], deadline: float
    ) -> T:
        future = self._schedule(function, arguments, deadline)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            if error.args == ("Task timeout", deadline):
                raise WorkerFailed(f"no result within {deadline:g} s") from error
            raise
        except ProcessExpired as error:
            raise WorkerFailed(f"the process died (exit code {error.exitcode})") from error
        except BrokenProcessPool as error:
            raise WorkerFailed(f"the processes could not go on: {error}") from error
        except MemoryError as error:
            raise WorkerFailed(f"more than {self._memory >> 20} MiB of memory") from error

    async def close(self) -> None:
        """Ends all processes; unfinished work is given up."""
        self._closed = True
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_end, pool)
        # the library leaves what it gave up without a result, and its callers waiting, now and then
        for future in self._unfinished.copy():
            with contextlib.suppress(InvalidStateError):
                future.set_exception(BrokenProcessPool("closed"))

    def _schedule(
        self, function: Callable[..., T], arguments: tuple[object, ...], deadline: float
    ) -> Future[T]:
        if self._closed:
            raise WorkerFailed("the processes are closed")
        try:
            future = self._opened().schedule(function, args=arguments, timeout=deadline)
        except RuntimeError:
            # an idle process was killed from outside: the library gives up the whole pool then
            broken, self._pool = self._pool, None
            threading.Thread(target=_end, args=(broken,), daemon=True).start()
            future = self._opened().schedule(function, args=arguments, timeout=deadline)
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        return cast("Future[T]", future)

    def _opened(self) -> Any:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._size,
                initializer=_begin,
                initargs=(os.getpid(), self._memory, self._preload),
                # a fork would copy the bot's threads' locks and its open database
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool


def _end(pool: Any) -> None:
    pool.stop()
    pool.join()


def _begin(parent: int, memory: int, preload: tuple[str, ...]) -> None:
    """Runs in each new process before its first work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the group; the bot decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for C code
    _die_with(parent)
    os.nice(NICENESS)
    for module in preload:
        importlib.import_module(module)
    _limit_memory(memory)


def _die_with(parent: int) -> None:
    """Ends this process when the bot dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    # also covers a parent that died before prctl, and systems that have no prctl
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _limit_memory(memory: int) -> None:
    """Limits address space to what is in use now and `memory` bytes more, where /proc tells it."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        in_use = int(statm.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (in_use + memory, in_use + memory))

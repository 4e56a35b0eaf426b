"""What is measured against: in a process of its own, so that it takes no time from what is measured."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_GOODBYE = 5.0
"""Seconds that the process gets to end by itself."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A process that serves."""

    pipe: Connection
    first: Any
    """What it sent first: where it can be found."""
    process: int


@asynccontextmanager
async def beside(serve: Callable[..., None], *arguments: object) -> AsyncIterator[Beside]:
    """`serve(pipe, *arguments)` runs in the process: it sends where it can be found, and ends when the
    pipe does."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Beside(ours, await asyncio.to_thread(ours.recv), process.pid or 0)
    finally:
        ours.close()
        await asyncio.to_thread(process.join, _GOODBYE)
        if process.is_alive():
            process.kill()

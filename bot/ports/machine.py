"""The machine that the program runs on: its time and its processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, from an arbitrary start."""
        ...

    async def sleep(self, seconds: float) -> None: ...


T = TypeVar("T")


class Workers(Protocol):
    """Separate processes for heavy or hostile work."""

    async def run(
        self,
        function: Callable[..., T],
        *arguments: object,
        deadline: float = 30.0,
        patience: float | None = None,
    ) -> T:
        """The function's result; it and the arguments must be picklable.

        deadline: seconds from the start of the work. patience: seconds that it may wait for a free
        process before that; None as long as it takes, where nobody waits for an answer.
        Raises WorkerFailed when the deadline passes or the process dies, and Busy when the patience
        ends; errors that the function raises come through as they are.
        """
        ...

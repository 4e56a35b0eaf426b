"""The last calls of the bot and their answers, as they went over the wire."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusal import Json
from bot.sandbox.table import Upload

_CALLS = 500
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its number, when it came (epoch seconds) and was answered, what was said."""

    number: int
    at: float
    took: float
    method: str
    given: Json
    status: int
    """0 where the connection was cut instead of an answer."""
    answer: Json

    def json(self) -> Json:
        return {
            "number": self.number, "at": self.at, "took": round(self.took, 4), "method": self.method,
            "given": self.given, "status": self.status, "answer": self.answer,
        }  # fmt: skip


@dataclass(slots=True)
class Transcript:
    """A ring of calls: the oldest go first. Never holds the token."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=_CALLS))
    _count: int = 0

    def note(
        self, at: float, took: float, method: str, given: Mapping[str, Any], status: int, answer: Json
    ) -> None:
        self._count += 1
        shown = {name: _shown(value) for name, value in given.items()}
        self.calls.append(Call(self._count, at, took, method, shown, status, answer))

    def of(self, *methods: str) -> list[Call]:
        """The calls of some methods, oldest first."""
        return [call for call in self.calls if call.method in methods]


def _shown(value: Any) -> Any:
    if isinstance(value, Upload):
        return f"[{value.name}: {len(value.content)} bytes]"
    return value[:_LONGEST] if isinstance(value, str) else value

"""How much may be sent: Telegram's limits over the clock that is handed in.

The figures are those of Telegram's FAQ for bots: 30 messages a second overall, one a second a chat
("short bursts" are tolerated, without a number), 20 a minute a group.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What the sandbox lets through."""

    overall: int = 30
    """Messages in any one second."""
    chat_every: float = 1.0
    """Seconds between two messages of a chat, on the average."""
    chat_burst: int = 3
    """Messages that a chat takes at once before the average holds; 1 is the strictest."""
    group_per_minute: int = 20
    leeway: float = 0.05
    """Seconds by which a message may come early: two machines' clocks and the way between them."""
    count_edits: bool = False
    """Whether edits count like messages. Telegram does limit them but publishes no figure."""


@dataclass(slots=True)
class Meter:
    """Counts what was sent. A refused message does not count."""

    limits: Limits
    clock: Callable[[], float]
    _sent: deque[float] = field(default_factory=deque)
    _ready: dict[int, float] = field(default_factory=dict)
    _minute: dict[int, deque[float]] = field(default_factory=dict)
    _held: dict[int | None, float] = field(default_factory=dict)

    def take(self, chat: int, is_group: bool) -> int:
        """Counts one message to a chat: 0 where it may go, or the seconds to wait (retry_after)."""
        now = self.clock()
        wait = max(self._hold(chat, now), self._overall(now), self._chat(chat, now))
        if is_group:
            wait = max(wait, self._group(chat, now))
        if wait > 0:
            return max(1, math.ceil(wait))
        self._count(chat, is_group, now)
        return 0

    def hold(self, chat: int | None, seconds: float) -> None:
        """Refuses a chat (None: every chat) for so long: what follows a 429 asked for by hand."""
        self._held[chat] = self.clock() + seconds

    def _hold(self, chat: int, now: float) -> float:
        return max(self._held.get(chat, now), self._held.get(None, now)) - now - self.limits.leeway

    def _overall(self, now: float) -> float:
        while self._sent and self._sent[0] <= now - 1 + self.limits.leeway:
            self._sent.popleft()
        return self._sent[0] + 1 - now if len(self._sent) >= self.limits.overall else 0

    def _chat(self, chat: int, now: float) -> float:
        ahead = self._ready.get(chat, now) - now
        return ahead - (self.limits.chat_burst - 1) * self.limits.chat_every - self.limits.leeway

    def _group(self, chat: int, now: float) -> float:
        minute = self._minute.setdefault(chat, deque())
        while minute and minute[0] <= now - 60 + self.limits.leeway:
            minute.popleft()
        return minute[0] + 60 - now if len(minute) >= self.limits.group_per_minute else 0

    def _count(self, chat: int, is_group: bool, now: float) -> None:
        self._sent.append(now)
        self._ready[chat] = max(self._ready.get(chat, now), now) + self.limits.chat_every
        if is_group:
            self._minute[chat].append(now)

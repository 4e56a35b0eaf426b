"""Updates that wait for the bot, in order, until it confirms them or Telegram would forget them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.refusal import Json, Refused

# what the Bot API server keeps, in seconds
_LIFETIMES = {"callback_query": 150, "inline_query": 30}
_LIFETIME = 24 * 3600
_ASKED_FOR = ("chat_member", "message_reaction", "message_reaction_count")
"""Kinds that come only where allowed_updates names them."""
_LONGEST_POLL = 50
_REPEAT = 0.5
_FIRST_UPDATE = 100_000


@dataclass(slots=True)
class Updates:
    """The queue between people and the bot."""

    now: Callable[[], float]
    allowed: tuple[str, ...] = ()
    """Empty: all but those that must be asked for by name."""
    webhook: bool = False
    """Whether a webhook is set, which forbids polling."""
    bell: Bell = field(default_factory=Bell)
    closed: bool = False
    _pending: list[tuple[float, Json]] = field(default_factory=list)
    _last: int = _FIRST_UPDATE
    _poll: int = 0
    _repeated: tuple[int, float] = (0, 0.0)

    def number_from(self, first: int) -> None:
        """Numbers the next update so, for a bot that remembers those of an earlier sandbox."""
        self._last = first - 1

    def add(self, kind: str, body: Json) -> int | None:
        """Queues an update, numbered; None where the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ASKED_FOR
        if not wanted:
            return None
        self._last += 1
        self._pending.append((self.now(), {"update_id": self._last, kind: body}))
        self.bell.ring()
        return self._last

    @property
    def pending(self) -> list[Json]:
        """What is not confirmed yet, oldest first."""
        now = self.now()
        self._pending = [(at, u) for at, u in self._pending if now - at < _lifetime(u)]
        return [update for _, update in self._pending]

    def confirm(self, offset: int) -> None:
        """Forgets all before `offset`; a negative one keeps the last so many."""
        pending = self.pending
        if offset < 0:
            offset = pending[offset]["update_id"] if len(pending) >= -offset else 0
        self._pending = [(at, u) for at, u in self._pending if u["update_id"] >= offset]

    def drop(self) -> None:
        self._pending.clear()

    async def poll(
        self, offset: int = 0, limit: int = 100, seconds: int = 0, allowed: Sequence[str] | None = None
    ) -> list[Json]:
        """getUpdates. Raises Refused 409 beside a webhook, or where a later poll took over."""
        if self.webhook:
            raise _conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        if allowed is not None:
            self.allowed = tuple(allowed)
        self._poll += 1
        mine = self._poll
        self.bell.ring()  # an older poll learns that it is over
        self.confirm(offset)
        limit = self._repeat_limit(offset, max(1, min(limit, 100)))
        await self.bell.until(
            lambda: bool(self.pending) or self._poll != mine or self.webhook or self.closed,
            min(max(seconds, 0), _LONGEST_POLL),
        )
        if self._poll != mine:
            raise _conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        if self.webhook:
            raise _conflict("terminated by setWebhook request")
        return self.pending[:limit]

    def _repeat_limit(self, offset: int, limit: int) -> int:
        """Telegram answers an offset that is repeated within half a second with one update."""
        last, at = self._repeated
        self._repeated = (offset, self.now())
        return 1 if offset > 0 and offset == last and self.now() - at < _REPEAT else limit


def _lifetime(update: Json) -> float:
    return next((seconds for kind, seconds in _LIFETIMES.items() if kind in update), _LIFETIME)


def _conflict(reason: str) -> Refused:
    return Refused(409, f"Conflict: {reason}")

"""Faults on demand: what Telegram and the network do on bad days, for the next calls of the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.sandbox.refusal import NOT_MODIFIED, Refused, bad_request, forbidden, too_many
from bot.sandbox.refusal import migrated as was_migrated

SENDS = ("sendMessage", "sendDocument", "sendPhoto")
EDITS = ("editMessageText", "editMessageReplyMarkup")

_REFUSALS: Mapping[str, Refused] = MappingProxyType(
    {
        "blocked": forbidden("bot was blocked by the user"),
        "deactivated": forbidden("user is deactivated"),
        "kicked": forbidden("bot was kicked from the supergroup chat"),
        "chat-not-found": bad_request("chat not found"),
        "not-modified": bad_request(NOT_MODIFIED),
        "edit-not-found": bad_request("message to edit not found"),
        "query-too-old": bad_request(
            "query is too old and response timeout expired or query ID is invalid"
        ),
        "server-error": Refused(500, "Internal Server Error"),
        "bad-gateway": Refused(502, "Bad Gateway"),
    }
)
_METHODS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "not-modified": EDITS,
        "edit-not-found": EDITS,
        "query-too-old": ("answerCallbackQuery",),
    }
)
KINDS = (*_REFUSALS, "flood", "migrated", "drop-before", "drop-after", "slow")
"""flood is a 429; drop-before loses the call, drop-after carries it out and loses the answer."""


class Dropped(Exception):
    """The connection is to be cut instead of an answer."""


@dataclass(slots=True)
class Fault:
    """One fault, for the next `times` calls of its methods."""

    kind: str
    methods: Sequence[str] = ()
    """Empty: those that the kind usually strikes; a single "*" is every method."""
    chat: int | None = None
    """Strikes calls to this chat alone."""
    times: int = 1
    retry_after: int = 3
    """Seconds, for flood."""
    seconds: float = 3.0
    """Seconds, for slow."""
    new_chat: int = 0
    """The group's new id, for migrated."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault {self.kind!r}; there are {', '.join(KINDS)}")
        self.methods = self.methods or _METHODS.get(self.kind, SENDS)

    def strikes(self, method: str, given: Mapping[str, Any]) -> bool:
        hit = "*" in self.methods or method.lower() in (m.lower() for m in self.methods)
        return hit and (self.chat is None or str(given.get("chat_id")) == str(self.chat))

    def refusal(self) -> Refused | None:
        """What it answers; None where it cuts or delays."""
        if self.kind == "flood":
            return too_many(self.retry_after)
        if self.kind == "migrated":
            return was_migrated(self.new_chat)
        found = _REFUSALS.get(self.kind)
        return found and Refused(found.code, found.description)


@dataclass(slots=True)
class Faults:
    """The faults that are to come, in order."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, kind: str, **details: Any) -> Fault:
        """The next fitting call meets this fault; details are Fault's fields."""
        fault = Fault(kind, **details)
        self.waiting.append(fault)
        return fault

    def next(self, method: str, given: Mapping[str, Any]) -> Fault | None:
        """The fault that this call meets, used up by one."""
        fault = next((f for f in self.waiting if f.strikes(method, given)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

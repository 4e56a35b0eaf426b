"""Everything that a call of the bot may touch, in one value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.limits import Meter
from bot.sandbox.people import Room
from bot.sandbox.refusal import Json, bad_request, forbidden, migrated, too_many
from bot.sandbox.state import State
from bot.sandbox.transcript import Transcript
from bot.sandbox.updates import Updates


@dataclass(slots=True)
class Profile:
    """What the bot set about itself."""

    commands: dict[tuple[str, int, int, str], list[Json]] = field(default_factory=dict)
    """(scope, chat, user, language) → commands."""
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """(name, description or short_description, language) → text."""

    def text(self, name: str, language: str) -> str:
        """The text in a language, or the one for every language."""
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")


@dataclass(slots=True)
class World:
    """The sandbox's parts, side by side."""

    state: State
    updates: Updates
    meter: Meter
    profile: Profile = field(default_factory=Profile)
    faults: Faults = field(default_factory=Faults)
    transcript: Transcript = field(default_factory=Transcript)

    @property
    def bot_id(self) -> int:
        return int(self.state.bot["id"])

    def room(self, chat: Any) -> Room:
        """The chat that a call names by id or @username. Raises Refused where the bot knows none."""
        if isinstance(chat, str):
            found = (r for r in self.state.rooms.values() if r.username and f"@{r.username}" == chat)
            room = next((r for r in found if r.type == "channel"), None)
        else:
            room = self.state.rooms.get(chat)
        if room is None:
            raise bad_request("chat not found")
        person = self.state.person(room.id)
        if room.type == "private" and person is not None and not person.met:
            raise bad_request("chat not found")
        return room

    def reachable(self, chat: Any) -> Room:
        """The chat where the bot may write now. Raises Refused with Telegram's reason otherwise."""
        room = self.room(chat)
        if room.migrated_to is not None:
            raise migrated(room.migrated_to)
        if room.type == "private":
            if room.blocked:
                raise forbidden("bot was blocked by the user")
            if not room.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif room.members.get(self.bot_id) not in ("member", "administrator", "creator"):
            raise forbidden(f"bot was kicked from the {room.type} chat")
        elif room.type == "channel" and room.members[self.bot_id] == "member":
            raise bad_request("need administrator rights in the channel chat")
        return room

    def count(self, room: Room, *, edit: bool = False) -> None:
        """Counts one message against the limits. Raises Refused 429 where it is one too many."""
        if edit and not self.meter.limits.count_edits:
            return
        if wait := self.meter.take(room.id, room.is_group):
            raise too_many(wait)


Calls = dict[str, Callable[[World, Json], Any]]
"""Methods that are played: each takes its checked parameters and gives the result."""
AsyncCalls = dict[str, Callable[[World, Json], Awaitable[Any]]]

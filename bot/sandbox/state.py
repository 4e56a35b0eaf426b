"""What the sandbox remembers: chats, messages, files, pressed buttons, and what changed when.

It outlives restarts of the bot. Nothing is decided here; messages.py, profile.py and acts.py change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.people import ADMIN, Person, Room, people, rooms
from bot.sandbox.refusal import Json

_CHANGES = 10_000
"""At least so many are kept; older ones go."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that somebody sent."""

    id: str
    path: str
    name: str
    content: bytes
    mime_type: str


@dataclass(slots=True)
class Press:
    """A pressed button that waits for the bot's answer."""

    id: str
    user: int
    at: float
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a chat page must show. Numbers rise by one."""

    number: int
    kind: str
    """new, edited, deleted, typing, reaction, chat, profile, answer or call."""
    chat: int
    body: Json


@dataclass(slots=True)
class State:
    """All of it. Message ids: one row of numbers for private chats and small groups, as Telegram
    counts them for a bot, and one for each supergroup and channel."""

    bot: Json
    now: Callable[[], float]
    admin: int = ADMIN
    people: dict[str, Person] = field(init=False)
    rooms: dict[int, Room] = field(init=False)
    messages: dict[int, dict[int, Json]] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    reactions: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """The bot's own, by chat and message."""
    changes: list[Change] = field(default_factory=list)
    by_bot: set[tuple[int, int]] = field(default_factory=set)
    """Chat and number of the bot's messages: in a channel a message does not tell."""
    bell: Bell = field(default_factory=Bell)
    closed: bool = False
    _counters: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = people(self.admin)
        self.rooms = rooms(self.people, self.bot["id"])

    def next_number(self, row: str) -> int:
        """The next number of a named row, from 1."""
        self._counters[row] = self._counters.get(row, 0) + 1
        return self._counters[row]

    def person(self, user: int) -> Person | None:
        return next((p for p in self.people.values() if p.id == user), None)

    def new_message(self, room: Room, parts: Json, *, by_bot: bool = False) -> Json:
        """Writes a message into a chat; parts are its fields in the Bot API."""
        common = room.type in ("private", "group")
        number = self.next_number("messages" if common else f"messages of {room.id}")
        message = {"message_id": number, "date": int(self.now()), "chat": room.json()} | parts
        self.messages.setdefault(room.id, {})[number] = message
        if by_bot:
            self.by_bot.add((room.id, number))
        self.note("new", room.id, message)
        return message

    def message(self, chat: int, number: int) -> Json | None:
        return self.messages.get(chat, {}).get(number)

    def store(self, name: str, content: bytes, mime_type: str) -> StoredFile:
        number = self.next_number("files")
        file = StoredFile(f"file-{number}", f"documents/file_{number}", name, content, mime_type)
        self.files[file.id] = file
        return file

    @property
    def last_change(self) -> int:
        return self._counters.get("changes", 0)

    def note(self, kind: str, chat: int, body: Json) -> None:
        """Records a change, as it is at this moment, and wakes whoever waits for one."""
        self.changes.append(Change(self.next_number("changes"), kind, chat, dict(body)))
        if len(self.changes) > 2 * _CHANGES:
            del self.changes[:_CHANGES]
        self.bell.ring()

    async def wait_for_change(self, after: int, seconds: float) -> None:
        """Returns when there is a change later than `after`, the sandbox closes, or time is up."""
        await self.bell.until(lambda: self.closed or self.last_change > after, seconds)

    def since(self, number: int) -> list[Change]:
        """The changes later than `number`, oldest first."""
        count = self.last_change - number
        return self.changes[-count:] if count > 0 else []

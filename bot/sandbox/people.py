"""Who lives in the sandbox: a few people and chats with fixed ids, so that every run is alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.refusal import Json

READER, SECOND, ADMIN = 1001, 1002, 9001
GROUP, SMALL_GROUP, CHANNEL = -1001000000001, -4000001, -1001000000002
UPGRADED = -1001000000003
"""What the small group becomes when it is upgraded to a supergroup."""


@dataclass(slots=True)
class Person:
    """A user of Telegram."""

    key: str
    """How tests and the page name this person."""
    id: int
    first_name: str
    username: str = ""
    language_code: str = "ar"
    met: bool = False
    """Whether the bot ever had an update from this person: before, it cannot address them at all."""

    def json(self) -> Json:
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        shown |= {"username": self.username} if self.username else {}
        return shown | ({"language_code": self.language_code} if self.language_code else {})


@dataclass(slots=True)
class Room:
    """A chat: private, group, supergroup or channel."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    first_name: str = ""
    members: dict[int, str] = field(default_factory=dict)
    """User id → creator, administrator, member, left or kicked; the bot is one of them."""
    started: bool = True
    """A private chat lives from the user's first message on."""
    blocked: bool = False
    migrated_to: int | None = None

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")

    def json(self) -> Json:
        shown: Json = {"id": self.id, "type": self.type}
        for name in ("title", "username", "first_name"):
            if getattr(self, name):
                shown[name] = getattr(self, name)
        return shown


def people(admin: int = ADMIN) -> dict[str, Person]:
    """A reader, a second reader and an admin of the bot, by their keys."""
    return {
        "reader": Person("reader", READER, "ليلى", "layla_reads"),
        "second": Person("second", SECOND, "Sam", "", "en"),
        "admin": Person("admin", admin, "نور", "nour_admin"),
    }


def rooms(persons: Mapping[str, Person], bot: int) -> dict[int, Room]:
    """A private chat for each person, a supergroup, a small group and a channel."""
    reader, second, admin = (persons[key].id for key in ("reader", "second", "admin"))
    group = {admin: "creator", second: "administrator", reader: "member", bot: "member"}
    channel = {admin: "creator", bot: "administrator", reader: "member", second: "member"}
    private = [
        Room(
            p.id, "private", first_name=p.first_name, username=p.username, members={p.id: "member"},
            started=False,
        )
        for p in persons.values()
    ]  # fmt: skip
    shared = [
        Room(GROUP, "supergroup", "مجموعة القرّاء", members=dict(group)),
        Room(SMALL_GROUP, "group", "مجموعة صغيرة", members=dict(group)),
        Room(CHANNEL, "channel", "قناة الأخبار", "sandbox_news", members=channel),
    ]
    return {room.id: room for room in [*private, *shared]}

"""What one person sees of the sandbox, as plain JSON for the page."""

from __future__ import annotations

from bot.sandbox.people import Person, Room
from bot.sandbox.profile import menu
from bot.sandbox.refusal import Json
from bot.sandbox.state import Change
from bot.sandbox.world import World


def state(world: World, person: Person) -> Json:
    """Everything at once: who I am, the bot, my chats with their messages and command menus."""
    return {
        "change": world.state.last_change,
        "me": {"key": person.key, "id": person.id, "name": person.first_name},
        "people": [{"key": p.key, "name": p.first_name} for p in world.state.people.values()],
        "bot": bot(world, person),
        "chats": [chat(world, person, room) for room in world.state.rooms.values() if _in(room, person)],
    }


def bot(world: World, person: Person) -> Json:
    """The bot's names and the text of an empty chat, in the person's language."""
    language = person.language_code
    own = {"id": world.bot_id, "username": world.state.bot["username"]}
    name = world.profile.text("name", language) or world.state.bot["first_name"]
    return own | {"name": name, "description": world.profile.text("description", language)}


def chat(world: World, person: Person, room: Room) -> Json:
    """A chat with all of its messages."""
    may_write = room.type != "channel" or room.members[person.id] in ("creator", "administrator")
    messages = world.state.messages.get(room.id, {}).values()
    return {
        "id": room.id, "type": room.type, "title": room.title, "members": len(room.members),
        "started": room.started, "blocked": room.blocked,
        "may_write": may_write and not room.migrated_to, "commands": menu(world, room, person),
        "messages": [shown(world, message) for message in messages],
    }  # fmt: skip


def shown(world: World, message: Json) -> Json:
    """A message with what its JSON in the Bot API does not tell: the bot's reaction."""
    emoji = world.state.reactions.get((message["chat"]["id"], message["message_id"]), [])
    return {**message, "reaction": emoji, "by_bot": is_bots(world, message)}


def is_bots(world: World, message: Json) -> bool:
    return (message["chat"]["id"], message["message_id"]) in world.state.by_bot


def change(world: World, person: Person, change: Change) -> Json | None:
    """A change as the page hears of it; None where it is none of this person's business."""
    if change.kind == "answer":
        return None  # the press itself is answered over its own request
    if change.kind in ("profile", "call"):
        return {"kind": change.kind}
    room = world.state.rooms.get(change.chat)
    if room is None or not _in(room, person):
        return None
    body = shown(world, change.body) if change.kind in ("new", "edited") else change.body
    return {"kind": change.kind, "chat": change.chat, "body": body}


def _in(room: Room, person: Person) -> bool:
    return room.members.get(person.id, "left") not in ("left", "kicked")

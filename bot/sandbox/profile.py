"""What the bot says about itself, and what it asks about chats and files."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.sandbox.people import Person, Room
from bot.sandbox.refusal import Json, bad_request
from bot.sandbox.world import Calls, World

_COMMANDS = 100
_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_NO_RIGHTS = (
    "can_be_edited", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories", "is_anonymous",
    "can_change_info",
)  # fmt: skip

_Key = tuple[str, int, int, str]


def _get_me(world: World, given: Json) -> Json:
    name = world.profile.text("name", "")
    return world.state.bot | ({"first_name": name} if name else {})


def _key(world: World, given: Json) -> _Key:
    """Where commands are kept. Raises Refused for a chat that the bot does not know."""
    scope = given.get("scope", {"type": "default"})
    kind, language = scope["type"], given.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    needs = {"chat": "i", "chat_administrators": "i", "chat_member": "ii"}.get(kind, "")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if (needs and "chat_id" not in scope) or (needs == "ii" and "user_id" not in scope):
        raise bad_request("can't parse BotCommandScope: chat_id or user_id is not specified")
    chat = world.room(scope["chat_id"]).id if needs else 0
    return kind, chat, scope["user_id"] if needs == "ii" else 0, language


_SCOPES = (
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
)  # fmt: skip


def _set_my_commands(world: World, given: Json) -> bool:
    if len(given["commands"]) > _COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given["commands"]:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[_key(world, given)] = [
        {**c, "command": c["command"].lstrip("/")} for c in given["commands"]
    ]
    world.state.note("profile", 0, {})
    return True


def _get_my_commands(world: World, given: Json) -> list[Json]:
    return world.profile.commands.get(_key(world, given), [])


def _delete_my_commands(world: World, given: Json) -> bool:
    world.profile.commands.pop(_key(world, given), None)
    world.state.note("profile", 0, {})
    return True


def menu(world: World, room: Room, person: Person) -> list[Json]:
    """The commands that a person is shown in a chat: the narrowest scope that is set, and there the
    person's language before the one for all."""
    for kind, chat, user in _scopes_of(room, person):
        for language in (person.language_code, ""):
            if found := world.profile.commands.get((kind, chat, user, language)):
                return found
    return []


def _scopes_of(room: Room, person: Person) -> list[tuple[str, int, int]]:
    default = ("default", 0, 0)
    if room.type == "private":
        return [("chat", room.id, 0), ("all_private_chats", 0, 0), default]
    if room.type == "channel":
        return []
    manages = room.members.get(person.id) in ("creator", "administrator")
    own = [("chat_member", room.id, person.id)]
    own += [("chat_administrators", room.id, 0)] if manages else []
    own += [("chat", room.id, 0)]
    own += [("all_chat_administrators", 0, 0)] if manages else []
    return [*own, ("all_group_chats", 0, 0), default]


def _setter(name: str) -> Callable[[World, Json], bool]:
    def set_text(world: World, given: Json) -> bool:
        text = given.get(name, "")
        if len(text) > _TEXT_LIMITS[name]:
            raise bad_request(f"{name} is too long")
        world.profile.texts[name, given.get("language_code", "")] = text
        world.state.note("profile", 0, {})
        return True

    return set_text


def _getter(name: str) -> Callable[[World, Json], Json]:
    def get_text(world: World, given: Json) -> Json:
        text = world.profile.text(name, given.get("language_code", ""))
        return {name: text or (world.state.bot["first_name"] if name == "name" else "")}

    return get_text


def _get_chat(world: World, given: Json) -> Json:
    room = world.room(given["chat_id"])
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return room.json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def _get_chat_member(world: World, given: Json) -> Json:
    room = world.room(given["chat_id"])
    known = given["user_id"] == world.bot_id or world.state.person(given["user_id"])
    if not known:
        raise bad_request("PARTICIPANT_ID_INVALID" if room.is_group else "user not found")
    return _member(world, room, given["user_id"])


def _get_chat_administrators(world: World, given: Json) -> list[Json]:
    room = world.room(given["chat_id"])
    if room.type == "private":
        raise bad_request("there are no administrators in the private chat")
    managing = [user for user, status in room.members.items() if status in ("creator", "administrator")]
    return [_member(world, room, user) for user in managing if user != world.bot_id]


def _get_chat_member_count(world: World, given: Json) -> int:
    return len(world.room(given["chat_id"]).members)


def _member(world: World, room: Room, user: int) -> Json:
    return member_json(room.members.get(user, "left"), _user(world, user), room)


def _user(world: World, user: int) -> Json:
    person = world.state.person(user)
    me = {key: world.state.bot[key] for key in ("id", "is_bot", "first_name", "username")}
    return person.json() if person else me


def member_json(status: str, user: Json, room: Room) -> Json:
    """A ChatMember of the Bot API with the rights that its status usually has here."""
    member: Json = {"status": status, "user": user}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status == "administrator":
        rights = {"can_manage_chat": True, "can_delete_messages": True} | dict.fromkeys(
            _NO_RIGHTS, False
        )
        posting = (
            {"can_post_messages": True, "can_edit_messages": True} if room.type == "channel" else {}
        )
        return member | rights | posting
    return member | ({"until_date": 0} if status == "kicked" else {})


def _get_file(world: World, given: Json) -> Json:
    file = world.state.files.get(given["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > _LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    shown: Json = {"file_id": file.id, "file_unique_id": f"unique-{file.id}"}
    return shown | {"file_size": len(file.content), "file_path": file.path}


CALLS: Calls = {
    "getMe": _get_me,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyName": _setter("name"),
    "setMyDescription": _setter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyName": _getter("name"),
    "getMyDescription": _getter("description"),
    "getMyShortDescription": _getter("short_description"),
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "getChatAdministrators": _get_chat_administrators,
    "getChatMemberCount": _get_chat_member_count,
    "getFile": _get_file,
}

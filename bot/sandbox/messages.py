"""The bot's messages: sending, editing, deleting, reacting, answering a pressed button."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.cleanup import cleaned, units
from bot.sandbox.markup import parsed_html, settled
from bot.sandbox.mentions import with_found
from bot.sandbox.people import Room
from bot.sandbox.reactions import is_reaction
from bot.sandbox.refusal import NOT_MODIFIED, Json, bad_request
from bot.sandbox.table import Upload
from bot.sandbox.world import Calls, World

_TEXT = 4096
_CAPTION = 1024
_TOAST = 200
_QUERY_LIFE = 60.0
"""Seconds in which a pressed button may be answered. Telegram publishes no figure."""
_DELETABLE = 48 * 3600
_PHOTO = 10 * 1024 * 1024
_ACTIONS = """typing upload_photo record_video upload_video record_voice upload_voice upload_document
choose_sticker find_location record_video_note upload_video_note"""


def formatted(given: Mapping[str, Any], name: str, longest: int) -> tuple[str, list[Json]]:
    """Text and entities of a call's `text` or `caption`, as a message keeps them.

    Raises Refused for markup that cannot be read and for a text that is too long.
    """
    source, mode = given.get(name, ""), given.get("parse_mode", "").lower()
    entities = given.get("entities" if name == "text" else "caption_entities", [])
    if mode == "html":
        text, entities = _understood(source)
        return _bounded(text, name, longest), [dict(entity) for entity in entities]
    if mode:
        what = (
            "this sandbox reads HTML alone" if mode.startswith("markdown") else "unsupported parse_mode"
        )
        raise bad_request(what)
    text, entities = cleaned(source, settled(entities))
    return _bounded(text, name, longest), with_found(text, entities)


@lru_cache(maxsize=64)
def _understood(source: str) -> tuple[str, list[Json]]:
    """Text and entities of HTML. A wave repeats one text by the thousand, and reading it takes longer
    than all the rest of a call. The entities are shared: copy them."""
    text, entities = cleaned(*parsed_html(source))
    return text, with_found(text, entities)


def _bounded(text: str, name: str, longest: int) -> str:
    if units(text) > longest:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text


def _text(given: Mapping[str, Any]) -> tuple[str, list[Json]]:
    if not given["text"].strip():
        raise bad_request("message text is empty")
    text, entities = formatted(given, "text", _TEXT)
    if not text:
        raise bad_request("text must be non-empty")
    return text, entities


def _parts(text: str, entities: list[Json], name: str = "text") -> Json:
    listed = {"entities" if name == "text" else "caption_entities": entities} if entities else {}
    return ({name: text} if text else {}) | listed


def _send(world: World, given: Json, parts: Json) -> Json:
    """Puts a message into its chat, once everything about it was found right."""
    room = world.reachable(given["chat_id"])
    markup = keyboards.checked(given.get("reply_markup"))
    extra = {"reply_markup": markup} if markup else {}
    extra |= _reply(world, room, given.get("reply_parameters"))
    world.count(room)
    author = {"sender_chat": room.json()} if room.type == "channel" else {"from": _me(world)}
    return world.state.new_message(room, author | parts | extra, by_bot=True)


def _me(world: World) -> Json:
    return {key: world.state.bot[key] for key in ("id", "is_bot", "first_name", "username")}


def _reply(world: World, room: Room, asked: Json | None) -> Json:
    if asked is None:
        return {}
    found = world.state.message(room.id, asked["message_id"])
    if found is None:
        if asked.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in found.items() if k != "reply_to_message"}}


def _send_message(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    text, entities = _text(given)
    preview = given.get("link_preview_options")
    return _send(
        world, given, _parts(text, entities) | ({"link_preview_options": preview} if preview else {})
    )


def _send_document(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    file = _file(world, given["document"])
    caption = _parts(*formatted(given, "caption", _CAPTION), "caption")
    return _send(world, given, {"document": file, **caption})


def _send_photo(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    caption = _parts(*formatted(given, "caption", _CAPTION), "caption")
    photo = given["photo"]
    if isinstance(photo, Upload):
        _check_photo(photo)
    file = _file(world, photo)
    size = {
        "file_id": file["file_id"],
        "file_unique_id": file["file_unique_id"],
        "width": 800,
        "height": 600,
    }
    return _send(world, given, {"photo": [size | {"file_size": file["file_size"]}], **caption})


def _check_photo(photo: Upload) -> None:
    if len(photo.content) > _PHOTO:
        raise bad_request("file is too big")
    if not photo.content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        raise bad_request("IMAGE_PROCESS_FAILED")


def _file(world: World, given: Upload | str) -> Json:
    """An upload is stored; a string names a file that is known. The sandbox fetches no URLs."""
    if isinstance(given, str):
        found = world.state.files.get(given)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file_json(found.id, found.name, len(found.content), found.mime_type)
    if not given.content:
        raise bad_request("file must be non-empty")
    stored = world.state.store(given.name, given.content, given.mime_type)
    return file_json(stored.id, stored.name, len(stored.content), stored.mime_type)


def file_json(file_id: str, name: str, size: int, mime_type: str) -> Json:
    """A Document of the Bot API."""
    shown = {
        "file_id": file_id,
        "file_unique_id": f"unique-{file_id}",
        "file_name": name,
        "file_size": size,
    }
    return shown | ({"mime_type": mime_type} if mime_type else {})


def _own(world: World, given: Json) -> tuple[Room, Json]:
    """The bot's own message that a call edits."""
    if "inline_message_id" in given or "chat_id" not in given or "message_id" not in given:
        raise bad_request("message identifier is not specified")
    room = world.reachable(given["chat_id"])
    message = world.state.message(room.id, given["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    mine = message.get("from", {}).get("id") == world.bot_id or room.type == "channel"
    if not mine:
        raise bad_request("message can't be edited")
    return room, message


def _edit(world: World, room: Room, message: Json, parts: Json) -> Json:
    changeable = ("text", "entities", "reply_markup", "link_preview_options")
    old = {name: message[name] for name in changeable if name in message}
    new = {name: value for name, value in parts.items() if value}
    if {**old, "link_preview_options": None} == {**new, "link_preview_options": None}:
        raise bad_request(NOT_MODIFIED)
    world.count(room, edit=True)
    for name in old:
        del message[name]
    if {**old, "reply_markup": None} != {**new, "reply_markup": None}:
        message["edit_date"] = int(world.state.now())  # a changed keyboard alone is no edit
    message.update(new)
    world.state.note("edited", room.id, message)
    return message


def _edit_message_text(world: World, given: Json) -> Json:
    room, message = _own(world, given)
    if "text" not in given:
        raise bad_request("message text is empty")
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    text, entities = _text(given)
    markup = keyboards.checked(given.get("reply_markup"))
    preview = given.get("link_preview_options")
    kept = {"reply_markup": markup, "link_preview_options": preview}
    return _edit(world, room, message, _parts(text, entities) | kept)


def _edit_message_reply_markup(world: World, given: Json) -> Json:
    room, message = _own(world, given)
    markup = keyboards.checked(given.get("reply_markup"))
    kept = {name: message.get(name) for name in ("text", "entities", "link_preview_options")}
    return _edit(world, room, message, kept | {"reply_markup": markup})


def _delete_message(world: World, given: Json) -> bool:
    room = world.reachable(given["chat_id"])
    message = world.state.message(room.id, given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    mine = message.get("from", {}).get("id") == world.bot_id
    allowed = mine or room.type == "private" or room.members.get(world.bot_id) == "administrator"
    if not allowed or world.state.now() - message["date"] > _DELETABLE:
        raise bad_request("message can't be deleted")
    del world.state.messages[room.id][given["message_id"]]
    world.state.note("deleted", room.id, {"message_id": given["message_id"]})
    return True


def _send_chat_action(world: World, given: Json) -> bool:
    room = world.reachable(given["chat_id"])
    if given["action"] not in _ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    world.state.note("typing", room.id, {"action": given["action"]})
    return True


def _answer_callback_query(world: World, given: Json) -> bool:
    press = world.state.presses.get(given["callback_query_id"])
    late = press is None or world.state.now() - press.at > _QUERY_LIFE
    if press is None or late or press.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(given.get("text", "")) > _TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = {k: v for k, v in given.items() if k in ("text", "show_alert", "url")}
    world.state.note("answer", 0, {"id": press.id, "user": press.user, **press.answer})
    return True


def _set_message_reaction(world: World, given: Json) -> bool:
    room = world.reachable(given["chat_id"])
    message = world.state.message(room.id, given["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    chosen = given.get("reaction", [])
    if len(chosen) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(r.get("type") == "emoji" and is_reaction(r["emoji"]) for r in chosen):
        raise bad_request("REACTION_INVALID")
    emoji = [r["emoji"] for r in chosen]
    world.state.reactions[room.id, given["message_id"]] = emoji
    world.state.note("reaction", room.id, {"message_id": given["message_id"], "emoji": emoji})
    return True


CALLS: Calls = {
    "sendMessage": _send_message,
    "sendDocument": _send_document,
    "sendPhoto": _send_photo,
    "editMessageText": _edit_message_text,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
    "sendChatAction": _send_chat_action,
    "answerCallbackQuery": _answer_callback_query,
    "setMessageReaction": _set_message_reaction,
}

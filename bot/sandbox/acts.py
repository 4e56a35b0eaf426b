"""What people do: writing, sending files, pressing buttons, blocking. Each becomes the bot's updates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.cleanup import cleaned, units
from bot.sandbox.mentions import with_found
from bot.sandbox.messages import file_json
from bot.sandbox.people import UPGRADED, Person, Room
from bot.sandbox.profile import member_json
from bot.sandbox.refusal import Json
from bot.sandbox.state import Press
from bot.sandbox.world import World

_LONGEST = 4096


class NotPossible(Exception):
    """A person tried what Telegram's apps do not let them do."""


@dataclass(slots=True)
class Acts:
    """The people's side of the sandbox."""

    world: World

    def say(
        self,
        person: Person,
        room: Room,
        text: str,
        *,
        reply_to: int | None = None,
        extra: Json | None = None,
    ) -> Json:
        """Writes a text; one that is longer than a message is parted, as the apps do.

        Gives the (last) message. extra: further fields, such as where it was forwarded from.
        """
        text, _ = cleaned(text)
        if not text:
            raise NotPossible("an empty text cannot be sent")
        pieces = _pieces(text)
        for piece in pieces:
            entities = with_found(piece, [])
            parts = {"text": piece} | ({"entities": entities} if entities else {})
            message = self._write(person, room, parts | (extra or {}), reply_to)
        return message

    def edit(self, person: Person, room: Room, number: int, text: str) -> Json:
        """Changes the text, or the caption, of a message that a person wrote."""
        self._may_write(person, room)
        message = self.world.state.message(room.id, number)
        text, _ = cleaned(text)
        if message is None or not text:
            raise NotPossible("there is no such message, or no text to give it")
        words, marks = ("text", "entities") if "text" in message else ("caption", "caption_entities")
        message.pop(marks, None)
        message[words] = text
        if entities := with_found(text, []):
            message[marks] = entities
        message["edit_date"] = int(self.world.state.now())
        self.world.state.note("edited", room.id, message)
        if self._reaches_bot(room, message):
            kind = "edited_channel_post" if room.type == "channel" else "edited_message"
            self.world.updates.add(kind, dict(message))
        return message

    def send_document(
        self, person: Person, room: Room, name: str, content: bytes, *, caption: str = "",
        mime_type: str = "", reply_to: int | None = None,
    ) -> Json:  # fmt: skip
        """Sends a file with its caption."""
        if not content:
            raise NotPossible("an empty file cannot be sent")
        file = self.world.state.store(name, content, mime_type)
        parts: Json = {"document": file_json(file.id, name, len(content), mime_type)}
        caption, _ = cleaned(caption)
        if caption:
            entities = with_found(caption, [])
            parts |= {"caption": caption} | ({"caption_entities": entities} if entities else {})
        return self._write(person, room, parts, reply_to)

    def forward(self, person: Person, room: Room, message: Json) -> Json:
        """Forwards a message from any chat into this one, with its origin."""
        parts = {k: message[k] for k in _FORWARDED if k in message}
        if not parts:
            raise NotPossible("this message cannot be forwarded")
        origin = message.get("forward_origin") or _origin(message)
        return self._write(person, room, parts | {"forward_origin": origin}, None)

    def press(self, person: Person, room: Room, message: Json | None, number: int, data: str) -> Press:
        """Presses a button with that data; a forged one is delivered like any other."""
        self._may_see(person, room)
        shown = message or {"message_id": number, "date": 0, "chat": room.json()}
        press = Press(
            f"press-{self.world.state.next_number('presses')}", person.id, self.world.state.now()
        )
        self.world.state.presses[press.id] = press
        person.met = True
        query = {"id": press.id, "from": person.json(), "message": _flat(shown), "data": data}
        self.world.updates.add("callback_query", {**query, "chat_instance": str(abs(room.id))})
        return press

    def block(self, person: Person, blocked: bool) -> None:
        """Blocks or unblocks the bot in the person's private chat."""
        room = self.world.state.rooms[person.id]
        if room.blocked == blocked:
            return
        if not room.started:
            raise NotPossible("the bot is not started")
        room.blocked = blocked
        self._bot_status(person, room, *(("member", "kicked") if blocked else ("kicked", "member")))
        self.world.state.note("chat", room.id, {"blocked": blocked})

    def set_bot_status(self, person: Person, room: Room, status: str) -> None:
        """Adds the bot to a group or channel, promotes it or puts it out."""
        bot = self.world.bot_id
        old = room.members.get(bot, "left")
        room.members[bot] = status
        self._bot_status(person, room, old, status)
        self.world.state.note("chat", room.id, {})

    def upgrade(self, person: Person, room: Room) -> Room:
        """Turns a small group into a supergroup with a new id; both chats tell of it."""
        if room.type != "group" or room.migrated_to is not None:
            raise NotPossible("only a small group is upgraded, once")
        new = Room(UPGRADED, "supergroup", room.title, members=dict(room.members))
        self.world.state.rooms[new.id] = new
        sender: Json = {"from": person.json()}
        old_note = self.world.state.new_message(room, sender | {"migrate_to_chat_id": new.id})
        room.migrated_to = new.id
        new_note = self.world.state.new_message(new, sender | {"migrate_from_chat_id": room.id})
        for note in (old_note, new_note):
            self.world.updates.add("message", _flat(note))
        return new

    def _write(self, person: Person, room: Room, parts: Json, reply_to: int | None) -> Json:
        self._may_write(person, room)
        if reply_to is not None:
            found = self.world.state.message(room.id, reply_to)
            if found is None:
                raise NotPossible("the message to reply to is gone")
            parts = parts | {"reply_to_message": _flat(found)}
        room.started = True
        author: Json = (
            {"sender_chat": room.json()} if room.type == "channel" else {"from": person.json()}
        )
        message = self.world.state.new_message(room, author | parts)
        if self._reaches_bot(room, message):
            person.met = person.met or room.type != "channel"
            kind = "channel_post" if room.type == "channel" else "message"
            self.world.updates.add(kind, dict(message))
        return message

    def _may_see(self, person: Person, room: Room) -> None:
        if room.members.get(person.id, "left") in ("left", "kicked"):
            raise NotPossible("this person is not in this chat")

    def _may_write(self, person: Person, room: Room) -> None:
        self._may_see(person, room)
        if room.migrated_to is not None:
            raise NotPossible("the group was upgraded: write in the new one")
        if room.blocked:
            raise NotPossible("unblock the bot first")
        if room.type == "channel" and room.members[person.id] not in ("creator", "administrator"):
            raise NotPossible("only administrators post in a channel")

    def _reaches_bot(self, room: Room, message: Json) -> bool:
        """Privacy mode: of a group the bot sees commands to it and replies to it alone, a bare
        command only where no other bot spoke (here there is none), and all where it manages."""
        status = self.world.state.rooms[room.id].members.get(self.world.bot_id, "left")
        if room.type == "private" or status in ("administrator", "creator"):
            return True
        if status != "member" or room.type == "channel":
            return False
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        return replied == self.world.bot_id or self._is_command_here(room, message)

    def _is_command_here(self, room: Room, message: Json) -> bool:
        text = message.get("text") or message.get("caption") or ""
        found = re.match(r"/[A-Za-z0-9_]+(@[A-Za-z0-9_]+)?", text)
        if found is None:
            return False
        if found[1]:
            return found[1][1:].lower() == str(self.world.state.bot["username"]).lower()
        spoken = self.world.state.messages.get(room.id, {}).values()
        return any(m.get("from", {}).get("id") == self.world.bot_id for m in spoken)

    def _bot_status(self, person: Person, room: Room, old: str, new: str) -> None:
        me = {key: self.world.state.bot[key] for key in ("id", "is_bot", "first_name", "username")}
        change = {"chat": room.json(), "from": person.json(), "date": int(self.world.state.now())}
        change |= {"old_chat_member": member_json(old, me, room)}
        change |= {"new_chat_member": member_json(new, me, room)}
        self.world.updates.add("my_chat_member", change)


_FORWARDED = ("text", "entities", "document", "photo", "caption", "caption_entities")


def _flat(message: Json) -> Json:
    """A message within another: it does not carry the one that it replies to."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def _origin(message: Json) -> Json:
    chat, date = message["chat"], message["date"]
    if chat["type"] == "channel":
        return {"type": "channel", "date": date, "chat": chat, "message_id": message["message_id"]}
    return {"type": "user", "date": date, "sender_user": message["from"]}


def _pieces(text: str) -> list[str]:
    """Messages of at most 4096 UTF-16 units, parted after a line or word where there is one."""
    pieces = []
    while units(text) > _LONGEST:
        cut = _LONGEST
        while units(text[:cut]) > _LONGEST:
            cut -= units(text[:cut]) - _LONGEST
        at = max(text.rfind("\n", cut // 2, cut), text.rfind(" ", cut // 2, cut))
        cut = at if at > 0 else cut
        pieces.append(text[:cut])
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces

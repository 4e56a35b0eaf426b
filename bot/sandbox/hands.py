"""A person in a chat, for programs: write, wait for the bot, look at its message, press its buttons."""

# ruff: noqa: ASYNC109 - whoever waits for a bot says how long: a time-out is the caller's first question
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.acts import Acts
from bot.sandbox.cleanup import cut
from bot.sandbox.people import Person, Room
from bot.sandbox.profile import menu
from bot.sandbox.refusal import Json
from bot.sandbox.state import State


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button under a message."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pressed button was answered with: a toast, an alert, or nothing to show."""

    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it at this moment; it does not change with later edits."""

    json: Json
    from_bot: bool
    content: bytes = b""
    """The bytes of its document or photo."""

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        """Its text, or the caption of its file."""
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        return [*self.json.get("entities", []), *self.json.get("caption_entities", [])]

    @property
    def links(self) -> list[str]:
        """Where its text's links lead, in order."""
        found = [e for e in self.entities if e["type"] in ("text_link", "url")]
        return [str(e["url"]) if e["type"] == "text_link" else self.piece(e) for e in found]

    @property
    def rows(self) -> list[list[ShownButton]]:
        rows = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return [
            [ShownButton(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row]
            for row in rows
        ]

    @property
    def buttons(self) -> list[ShownButton]:
        """All its buttons, row by row, left to right."""
        return [button for row in self.rows for button in row]

    @property
    def edited(self) -> bool:
        return "edit_date" in self.json

    @property
    def file_name(self) -> str:
        return str(self.json.get("document", {}).get("file_name", ""))

    def piece(self, entity: Json) -> str:
        """The words that an entity covers."""
        return cut(self.text, entity["offset"], entity["length"])

    def button(self, wanted: str) -> ShownButton:
        """The button whose label is or holds `wanted`, or whose data it is. LookupError for none."""
        for fits in (
            lambda b: b.text == wanted,
            lambda b: wanted in b.text,
            lambda b: b.data == wanted,
        ):
            if found := next(filter(fits, self.buttons), None):
                return found
        labels = [b.text for b in self.buttons]
        raise LookupError(f"no button {wanted!r} among {labels}")


@dataclass(slots=True)
class Conversation:
    """One person in one chat. It reads the bot's messages in order, each once."""

    person: Person
    room: Room
    acts: Acts
    state: State
    _read: int = field(init=False)

    def __post_init__(self) -> None:
        self._read = self.state.last_change

    async def say(self, text: str, *, reply_to: Shown | int | None = None) -> Shown:
        """Writes a text or a command."""
        return self._shown(self.acts.say(self.person, self.room, text, reply_to=_id(reply_to)))

    async def edit(self, message: Shown, text: str) -> Shown:
        """Changes the text, or the caption, of a message of this chat."""
        return self._shown(self.acts.edit(self.person, self.room, message.id, text))

    async def send_document(
        self, name: str, content: bytes, *, caption: str = "", mime_type: str = "",
        reply_to: Shown | int | None = None,
    ) -> Shown:  # fmt: skip
        """Sends a file."""
        message = self.acts.send_document(
            self.person,
            self.room,
            name,
            content,
            caption=caption,
            mime_type=mime_type,
            reply_to=_id(reply_to),
        )
        return self._shown(message)

    async def forward(self, message: Shown) -> Shown:
        """Forwards a message of any chat into this one."""
        return self._shown(self.acts.forward(self.person, self.room, message.json))

    async def press(self, message: Shown, wanted: str, *, timeout: float = 5) -> Answer:
        """Presses the button whose label is or holds `wanted`. TimeoutError where no answer comes."""
        return await self.press_data(message.id, message.button(wanted).data, timeout=timeout)

    async def press_data(self, message: int, data: str, *, timeout: float = 5) -> Answer:
        """Presses a button by its data, a stale or forged one too."""
        found = self.state.message(self.room.id, message)
        press = self.acts.press(self.person, self.room, found, message, data)
        if not await self.state.bell.until(lambda: press.answer is not None, timeout):
            raise TimeoutError(f"the press of {data!r} was not answered within {timeout} s")
        answer = press.answer or {}
        return Answer(answer.get("text", ""), bool(answer.get("show_alert")))

    async def next_message(self, timeout: float = 5) -> Shown:
        """The bot's next new message in this chat. TimeoutError where none comes."""
        return await self._next(("new",), timeout)

    async def next_edit(self, timeout: float = 5) -> Shown:
        """The bot's next edit in this chat; new messages before it are passed over."""
        return await self._next(("edited",), timeout)

    async def next_change(self, timeout: float = 5) -> Shown:
        """The bot's next new message or edit, whichever comes first."""
        return await self._next(("new", "edited"), timeout)

    async def ask(self, text: str, timeout: float = 5) -> Shown:
        """Writes, and gives the bot's next new message."""
        self.skip()
        await self.say(text)
        return await self.next_message(timeout)

    def skip(self) -> None:
        """Passes over all that has come so far."""
        self._read = self.state.last_change

    def block(self) -> None:
        self.acts.block(self.person, True)

    def unblock(self) -> None:
        self.acts.block(self.person, False)

    @property
    def messages(self) -> list[Shown]:
        """All messages of the chat as they stand now, oldest first."""
        return [self._shown(m) for m in self.state.messages.get(self.room.id, {}).values()]

    @property
    def commands(self) -> list[str]:
        """The names in this person's command menu here."""
        return [c["command"] for c in menu(self.acts.world, self.room, self.person)]

    async def _next(self, kinds: tuple[str, ...], timeout: float) -> Shown:
        if not await self.state.bell.until(lambda: any(self._unread(kinds)), timeout):
            raise TimeoutError(f"no {' or '.join(kinds)} message of the bot within {timeout} s")
        number, message = next(self._unread(kinds))
        self._read = number
        return self._shown(message)

    def _unread(self, kinds: tuple[str, ...]) -> Iterator[tuple[int, Json]]:
        for change in self.state.since(self._read):
            mine = change.chat == self.room.id and change.kind in kinds
            if mine and self._is_bots(change.body):
                yield change.number, change.body

    def _is_bots(self, message: Json) -> bool:
        return (self.room.id, message["message_id"]) in self.state.by_bot

    def _shown(self, message: Json) -> Shown:
        sent = message.get("document") or (message.get("photo") or [{}])[-1]
        file = self.state.files.get(sent.get("file_id", ""))
        return Shown(dict(message), self._is_bots(message), file.content if file else b"")


def _id(message: Shown | int | None) -> int | None:
    return message.id if isinstance(message, Shown) else message

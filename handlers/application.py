"""What surrounds every answer: an update in, a question to bot/answers, rows of the outbox out.

What is answered is decided there, by the function that stands in table.py. Here the answer becomes
rows of the outbox, in one step with the update's end; only acknowledgements, "typing" and menus go
straight to Telegram.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog
from telegram import (
    ChatMember,
    ChatMemberUpdated,
    Message,
    Update,
)
from telegram.constants import ChatType

from bot.answers.linking import LARGEST_FILE
from bot.answers.request import Request
from bot.errors import FileTooLarge, MojazError
from bot.model import (
    Attachment,
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    Lane,
    Language,
    MessageId,
    OutboxId,
    OutboxMessage,
    Reply,
    StoredUpdate,
)
from handlers.albums import Albums
from handlers.commands import (
    MANAGING,
    TAKING_FILES,
    Command,
    asked,
    enclosed,
    formatted,
    heard_in,
    language_for,
    thread,
)
from handlers.messenger import plain
from handlers.permissions import person
from handlers.presses import TYPING_EVERY, Presses
from handlers.saying import Saying
from handlers.surroundings import Surroundings as Surroundings
from handlers.table import Answers as Answers
from handlers.table import table
from handlers.turns import PATIENCE, Slow, Turn, slow_work

log = structlog.get_logger("mojaz.application")

TAKEN_WHOLE = TAKING_FILES - {"summarize"}
"""Admins' commands that take a document, as large as Telegram hands over."""

TYPING_AFTER = 0.7
"""Seconds; a quicker answer comes without it."""


class Application:
    """Answers updates (handlers.dispatch.Handler)."""

    def __init__(self, answers: Answers, around: Surroundings) -> None:
        self._answers = answers
        self._table = table(answers)
        self._presses = Presses(answers, around)
        self._around = around
        self._said: dict[int, OutboxId] = {}
        self._albums = Albums()
        self._asides: set[asyncio.Task[None]] = set()

    async def handle(self, stored: StoredUpdate, turn: Turn) -> None:
        """Answers one update and marks it as done, at once; raises where it could not."""
        update = self._read(stored)
        message = update.message or update.channel_post
        if update.callback_query is not None:
            await self._presses.handle(stored, update.callback_query)
        elif update.my_chat_member is not None:
            await self._membership(stored, update.my_chat_member)
        elif message is not None:
            await self._message(stored, message, turn)
        elif update.edited_channel_post is not None:
            await self._post(stored, update.edited_channel_post, turn, is_edit=True)
        else:
            await self._around.inbox.done(stored.id)
        self._said.pop(stored.id, None)

    async def give_up(self, stored: StoredUpdate, cause: str) -> None:
        """Tells the reader that it went wrong, and the admins why."""
        with suppress(Exception):
            await self._apologise(stored)
        self._said.pop(stored.id, None)
        await self._around.set_aside(stored.id, cause)
        self._around.wake()

    def _read(self, stored: StoredUpdate) -> Update:
        return Update.de_json(json.loads(stored.payload), self._around.bot)

    # --- messages ---------------------------------------------------------------------------------

    async def _message(self, stored: StoredUpdate, message: Message, turn: Turn) -> None:
        around = self._around
        command = self._albums.command(message, asked(message, around.bot_name, self._table))
        if message.migrate_to_chat_id is not None:
            await around.chats.migrate(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))
        elif message.migrate_from_chat_id is not None:
            await around.chats.migrate(ChatId(message.migrate_from_chat_id), ChatId(message.chat.id))
        elif command is not None:
            await self._answer(stored, message, command, turn)
            return
        await self._post(stored, message, turn)

    async def _answer(
        self, stored: StoredUpdate, message: Message, command: Command, turn: Turn
    ) -> None:
        around = self._around
        chat = await around.chats.seen(
            ChatId(message.chat.id),
            ChatKind(message.chat.type),
            heard_in(message.chat, message.from_user),
        )
        language = language_for(message.from_user, chat, around.language)
        say = self._saying(stored, message)
        try:
            asking = self._ask(message, command, chat, language, say, turn)
            reply = await self._with_typing(asking, message)
        except MojazError as error:
            log.log(error.severity, "refused", command=command.name, cause=error.cause[:200])
            reply = Reply(around.explain(error, language))
        finally:
            if say.row is not None:
                self._said[stored.id] = say.row
        if reply.text:
            await around.outbox.reply(stored.id, [outgoing(message, reply, say.row)])
            around.wake()
        else:
            await around.inbox.done(stored.id)
        self._offer_menu(message)

    async def _ask(
        self,
        message: Message,
        command: Command,
        chat: Chat,
        language: Language,
        say: Saying,
        turn: Turn,
    ) -> Reply:
        async with turn.aside(self._slow_work(message, command), PATIENCE):
            request = await self._request(message, command, chat, language)
            answer = self._table.get(command.name)
            if answer is not None:
                return await answer(request, say)
            if command.name:
                return await self._answers.unknown_command(request)
            return await self._answers.plain_words(request)

    def _slow_work(self, message: Message, command: Command) -> Slow | None:
        return slow_work(
            command.name,
            command.words,
            is_admin=self._around.permissions.is_admin(person(message)),
            has_enclosed=enclosed(message) is not None,
        )

    async def _request(
        self, message: Message, command: Command, chat: Chat, language: Language
    ) -> Request:
        around = self._around
        user = person(message)
        is_admin = around.permissions.is_admin(user)
        # asking Telegram costs a call, so only where the answer changes something
        asks = command.name in MANAGING or chat.kind is ChatKind.PRIVATE
        return Request(
            chat=chat,
            now=around.clock.now(),
            language=language,
            user=user,
            words=command.words,
            markup=formatted(message) if command.name == "broadcast" else "",
            command=command.name,
            is_admin=is_admin,
            may_manage=asks and await around.permissions.may_write_settings(message),
            bot_name=around.bot_name,
            attachment=await self._attachment(message, command.name, is_admin),
        )

    async def _attachment(self, message: Message, command: str, is_admin: bool) -> Attachment | None:
        """Documents are downloaded where they are asked for: an admin's whole, a reader's small ones."""
        found = enclosed(message)
        if found is None:
            return None
        content, document = None, found.document
        if document is not None and command in TAKEN_WHOLE and is_admin:
            content = await self._around.messenger.download(document.file_id)
        elif document is not None and command == "summarize":
            if (document.file_size or 0) > LARGEST_FILE:
                raise FileTooLarge(f"{document.file_size} bytes", megabytes=LARGEST_FILE // 1_000_000)
            content = await self._around.messenger.download(document.file_id, LARGEST_FILE)
        return found.attachment(content)

    def _saying(self, stored: StoredUpdate, message: Message) -> Saying:
        around = self._around
        return Saying(
            around.outbox,
            around.clock,
            lambda reply, row: outgoing(message, reply, row),
            around.wake,
            self._said.get(stored.id),
        )

    async def _with_typing(self, work: Coroutine[Any, Any, Reply], message: Message) -> Reply:
        if message.chat.type == ChatType.CHANNEL:
            return await work
        typing = asyncio.create_task(self._type(message))
        try:
            return await work
        finally:
            typing.cancel()

    async def _type(self, message: Message) -> None:
        await self._around.clock.sleep(TYPING_AFTER)
        while True:
            with suppress(Exception):
                await self._around.messenger.typing(ChatId(message.chat.id), thread(message))
            await self._around.clock.sleep(TYPING_EVERY)

    def _offer_menu(self, message: Message) -> None:
        user = person(message)
        if self._around.menus is None or user is None or message.chat.type != ChatType.PRIVATE:
            return
        self._aside(self._around.menus.set_for(user))

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._forget_aside)

    def _forget_aside(self, task: asyncio.Task[None]) -> None:
        self._asides.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("aside_failed", cause=type(task.exception()).__name__)

    async def _post(
        self, stored: StoredUpdate, message: Message, turn: Turn, *, is_edit: bool = False
    ) -> None:
        """A channel's post that asks nothing; its update is done once its article is stored."""
        work = Slow.INTAKE if message.chat.type == ChatType.CHANNEL else None
        if self._around.channels is not None:
            # however long it takes: it was accepted, and nobody is there to send it again
            async with turn.aside(work):
                await self._around.channels.post(message, is_edit=is_edit)
        await self._around.inbox.done(stored.id)

    # --- membership -------------------------------------------------------------------------------

    async def _membership(self, stored: StoredUpdate, change: ChatMemberUpdated) -> None:
        state = ChatState.ACTIVE if is_inside(change.new_chat_member) else ChatState.BLOCKED
        chat = ChatId(change.chat.id)
        log.info("membership", chat=chat, state=state)
        await self._around.chats.set_state(chat, state)
        if self._around.channels is not None:
            await self._around.channels.membership(change)
        await self._around.inbox.done(stored.id)

    # --- what could not be answered ---------------------------------------------------------------

    async def _apologise(self, stored: StoredUpdate) -> None:
        around = self._around
        update = self._read(stored)
        user = update.effective_user
        message = update.message or update.channel_post
        chat = Chat(ChatId(0), ChatKind.PRIVATE)
        text = around.explain(MojazError("given up"), language_for(user, chat, around.language))
        if update.callback_query is not None:
            await around.messenger.acknowledge(update.callback_query.id, plain(text), alert=True)
        elif message is not None and asked(message, around.bot_name, self._table) is not None:
            row = self._said.get(stored.id)
            await around.outbox.queue([outgoing(message, Reply(text), row)])


def outgoing(question: Message, reply: Reply, row: OutboxId | None) -> OutboxMessage:
    """The answer as a row of the outbox; in a group it is tied to its question."""
    in_group = question.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    return OutboxMessage(
        chat=ChatId(question.chat.id),
        text=reply.text,
        lane=Lane.REPLY,
        buttons=reply.buttons,
        preview=reply.preview,
        document=reply.document,
        reply_to=MessageId(question.message_id) if in_group else None,
        thread=thread(question),
        edits_row=row,
    )


def is_inside(member: ChatMember) -> bool:
    """Whether the bot can write in a chat where it is such a member."""
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return False
    return bool(getattr(member, "is_member", True))

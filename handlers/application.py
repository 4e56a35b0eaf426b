"""What surrounds every answer: an update in, a question to bot/answers, rows of the outbox out.

What is answered is decided there, by the function that stands in table.py. Here the answer becomes
rows of the outbox, in one step with the update's end; only acknowledgements, "typing" and menus go
straight to Telegram.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.constants import ChatType

from bot.answers.request import Request
from bot.errors import MojazError
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
    UserId,
)
from bot.ports import Chats, Clock, Inbox, Outbox
from handlers.commands import MANAGING, Command, asked, enclosed, language_for
from handlers.menus import CommandMenus
from handlers.messenger import TelegramMessenger, plain
from handlers.permissions import Permissions, person
from handlers.saying import Saying
from handlers.table import Answers as Answers
from handlers.table import table

log = structlog.get_logger("mojaz.application")

TYPING_AFTER = 0.7
TYPING_EVERY = 4.5
"""Seconds; Telegram shows it for five."""

ACKNOWLEDGE_WITHIN = 1.5
"""Seconds that a pressed button waits for its toast; a slower answer comes without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the application works with.

    explain: a MojazError as a text for the reader, in HTML.
    set_aside: what the admins are told of an update that was given up (its id, the cause), in HTML.
    wake: tells the sender that something was queued.
    """

    bot: Bot
    bot_name: str
    messenger: TelegramMessenger
    permissions: Permissions
    inbox: Inbox
    outbox: Outbox
    chats: Chats
    clock: Clock
    language: Language
    admins: frozenset[UserId]
    explain: Callable[[MojazError, Language], str]
    set_aside: Callable[[int, str], str]
    wake: Callable[[], None]
    menus: CommandMenus | None = None


class Application:
    """Answers updates (handlers.dispatch.Handler)."""

    def __init__(self, answers: Answers, around: Surroundings) -> None:
        self._answers = answers
        self._table = table(answers)
        self._around = around
        self._said: dict[int, OutboxId] = {}
        self._asides: set[asyncio.Task[None]] = set()

    async def handle(self, stored: StoredUpdate) -> None:
        """Answers one update and marks it as done, at once; raises where it could not."""
        update = self._read(stored)
        message = update.message or update.channel_post
        if update.callback_query is not None:
            await self._press(stored, update.callback_query)
        elif update.my_chat_member is not None:
            await self._membership(stored, update.my_chat_member)
        elif message is not None:
            await self._message(stored, message)
        else:
            await self._around.inbox.done(stored.id)
        self._said.pop(stored.id, None)

    async def give_up(self, stored: StoredUpdate, cause: str) -> None:
        """Tells the reader that it went wrong, and the admins why."""
        with suppress(Exception):
            await self._apologise(stored)
        self._said.pop(stored.id, None)
        text = self._around.set_aside(stored.id, cause)
        admins = sorted(self._around.admins)
        await self._around.outbox.queue(
            [OutboxMessage(ChatId(admin), text, Lane.ALERT) for admin in admins]
        )
        self._around.wake()

    def _read(self, stored: StoredUpdate) -> Update:
        return Update.de_json(json.loads(stored.payload), self._around.bot)

    # --- messages ---------------------------------------------------------------------------------

    async def _message(self, stored: StoredUpdate, message: Message) -> None:
        around = self._around
        command = asked(message, around.bot_name, self._table)
        if message.migrate_to_chat_id is not None:
            await around.chats.migrate(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))
        elif message.migrate_from_chat_id is not None:
            await around.chats.migrate(ChatId(message.migrate_from_chat_id), ChatId(message.chat.id))
        elif command is not None:
            await self._answer(stored, message, command)
            return
        await around.inbox.done(stored.id)

    async def _answer(self, stored: StoredUpdate, message: Message, command: Command) -> None:
        around = self._around
        chat = await around.chats.seen(ChatId(message.chat.id), ChatKind(message.chat.type))
        language = language_for(message.from_user, chat, around.language)
        say = self._saying(stored, message)
        try:
            reply = await self._with_typing(self._ask(message, command, chat, language, say), message)
        except MojazError as error:
            log.info("refused", command=command.name, cause=error.cause[:200])
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
        self, message: Message, command: Command, chat: Chat, language: Language, say: Saying
    ) -> Reply:
        request = await self._request(message, command, chat, language)
        answer = self._table.get(command.name)
        if answer is not None:
            return await answer(request, say)
        if command.name:
            return await self._answers.unknown_command(request)
        return await self._answers.plain_words(request)

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
            command=command.name,
            is_admin=is_admin,
            may_manage=asks and await around.permissions.may_write_settings(message),
            bot_name=around.bot_name,
            attachment=await self._attachment(message, is_admin and command.name == "ingest"),
        )

    async def _attachment(self, message: Message, wants_document: bool) -> Attachment | None:
        """Documents are downloaded for those alone who may put them in."""
        found = enclosed(message)
        if found is None:
            return None
        content = None
        if wants_document and found.document is not None:
            content = await self._around.messenger.download(found.document.file_id)
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
                await self._around.messenger.typing(ChatId(message.chat.id), _thread(message))
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

    # --- buttons ----------------------------------------------------------------------------------

    async def _press(self, stored: StoredUpdate, pressed: CallbackQuery) -> None:
        around, message = self._around, pressed.message
        if message is None:
            # a message that was sent through another bot: there are none
            await around.messenger.acknowledge(pressed.id)
            await around.inbox.done(stored.id)
            return
        reply = await self._pressed(pressed)
        if not reply.text:
            await around.inbox.done(stored.id)
            return
        edit = OutboxMessage(
            chat=ChatId(message.chat.id),
            text=reply.text,
            lane=Lane.REPLY,
            buttons=reply.buttons,
            preview=reply.preview,
            thread=_thread(message) if isinstance(message, Message) else None,
            edits=MessageId(message.message_id),
        )
        await around.outbox.reply(stored.id, [edit])
        around.wake()

    async def _pressed(self, pressed: CallbackQuery) -> Reply:
        """The answer to a press, which is acknowledged with its toast, or without where that is slow."""
        acknowledge = self._around.messenger.acknowledge
        work = asyncio.ensure_future(self._answer_press(pressed))
        try:
            done, _ = await asyncio.wait({work}, timeout=ACKNOWLEDGE_WITHIN)
            if not done:
                await acknowledge(pressed.id)
                return await work
            reply = work.result()
        finally:
            work.cancel()
        await acknowledge(pressed.id, reply.toast, reply.alert)
        return reply

    async def _answer_press(self, pressed: CallbackQuery) -> Reply:
        around, message = self._around, pressed.message
        assert message is not None
        chat = await around.chats.seen(ChatId(message.chat.id), ChatKind(message.chat.type))
        user, language = pressed.from_user, language_for(pressed.from_user, chat, around.language)
        request = Request(
            chat=chat,
            now=around.clock.now(),
            language=language,
            user=UserId(user.id),
            is_admin=around.permissions.is_admin(UserId(user.id)),
            may_manage=await around.permissions.may_press_settings(chat.id, message.chat.type, user),
            bot_name=around.bot_name,
        )
        # of a message that Telegram does not show any more nothing can be edited: an empty action is
        # answered as a stale one
        data = (pressed.data or "") if is_shown(message) else ""
        try:
            return await self._answers.press(request, data)
        except MojazError as error:
            log.info("press_refused", cause=error.cause[:200])
            return Reply(toast=plain(around.explain(error, language)), alert=True)

    # --- membership -------------------------------------------------------------------------------

    async def _membership(self, stored: StoredUpdate, change: ChatMemberUpdated) -> None:
        state = ChatState.ACTIVE if is_inside(change.new_chat_member) else ChatState.BLOCKED
        chat = ChatId(change.chat.id)
        log.info("membership", chat=chat, state=state)
        await self._around.chats.set_state(chat, state)
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
        reply_to=MessageId(question.message_id) if in_group else None,
        thread=_thread(question),
        edits_row=row,
    )


def is_shown(message: MaybeInaccessibleMessage) -> bool:
    """Whether Telegram still shows what a button stands under: a date of 0 says that it does not
    (InaccessibleMessage), and the library reads that as a Message of 1970."""
    return isinstance(message, Message) and message.date.timestamp() > 0


def is_inside(member: ChatMember) -> bool:
    """Whether the bot can write in a chat where it is such a member."""
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return False
    return bool(getattr(member, "is_member", True))


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None

"""Pressed buttons: acknowledged at once, answered by an edit through the outbox."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog
from telegram import CallbackQuery, MaybeInaccessibleMessage, Message

from bot.answers.request import Request
from bot.errors import MojazError
from bot.model import ChatId, ChatKind, Lane, MessageId, OutboxMessage, Reply, StoredUpdate, UserId
from handlers.commands import heard_in, language_for, thread
from handlers.messenger import plain
from handlers.surroundings import Surroundings
from handlers.table import Answers

log = structlog.get_logger("mojaz.presses")

TYPING_EVERY = 4.5
"""Seconds; Telegram shows it for five."""

ACKNOWLEDGE_WITHIN = 1.5
"""Seconds that a pressed button waits for its toast; a slower answer comes without one."""


class Presses:
    """Answers presses (CallbackQuery) one by one."""

    def __init__(self, answers: Answers, around: Surroundings) -> None:
        self._answers = answers
        self._around = around

    async def handle(self, stored: StoredUpdate, pressed: CallbackQuery) -> None:
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
            thread=thread(message) if isinstance(message, Message) else None,
            edits=None if reply.document else MessageId(message.message_id),
            document=reply.document,
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
                return await self._typing_until(work, pressed.message)
            reply = work.result()
        finally:
            work.cancel()
        await acknowledge(pressed.id, reply.toast, reply.alert)
        return reply

    async def _typing_until(
        self, work: asyncio.Future[Reply], message: MaybeInaccessibleMessage | None
    ) -> Reply:
        """The answer; until it is there the chat sees that something goes on."""
        while message is not None and not work.done():
            place = thread(message) if isinstance(message, Message) else None
            with suppress(Exception):
                await self._around.messenger.typing(ChatId(message.chat.id), place)
            await asyncio.wait({work}, timeout=TYPING_EVERY)
        return await work

    async def _answer_press(self, pressed: CallbackQuery) -> Reply:
        around, message = self._around, pressed.message
        assert message is not None
        chat = await around.chats.seen(
            ChatId(message.chat.id),
            ChatKind(message.chat.type),
            heard_in(message.chat, pressed.from_user),
        )
        user, language = pressed.from_user, language_for(pressed.from_user, chat, around.language)
        # of a message that Telegram does not show any more nothing can be edited: an empty action is
        # answered as a stale one
        data = (pressed.data or "") if is_shown(message) else ""
        asks = chat.kind is ChatKind.PRIVATE or self._answers.asks_who(data, chat.kind)
        request = Request(
            chat=chat,
            now=around.clock.now(),
            language=language,
            user=UserId(user.id),
            is_admin=around.permissions.is_admin(UserId(user.id)),
            may_manage=asks
            and await around.permissions.may_press_settings(chat.id, message.chat.type, user),
            bot_name=around.bot_name,
        )
        try:
            return await self._answers.press(request, data)
        except MojazError as error:
            log.log(error.severity, "press_refused", cause=error.cause[:200])
            return Reply(toast=plain(around.explain(error, language)), alert=True)


def is_shown(message: MaybeInaccessibleMessage) -> bool:
    """Whether Telegram still shows what a button stands under: a date of 0 says that it does not
    (InaccessibleMessage), and the library reads that as a Message of 1970."""
    return isinstance(message, Message) and message.date.timestamp() > 0

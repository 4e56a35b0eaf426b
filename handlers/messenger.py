"""Messages of the outbox become calls of the Bot API, and Telegram's errors become outcomes, once.

Also the three calls that do not wait their turn in the outbox: a button's acknowledgement, "typing",
and a file's content. When a message is sent, and how often it is tried, is not decided here.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.error import RetryAfter as Limited

from bot.errors import TelegramRefused
from bot.model import (
    Button,
    ButtonRows,
    ChatId,
    ChatLost,
    ChatState,
    Document,
    MessageId,
    Migrated,
    NetworkFault,
    OutboxMessage,
    Outcome,
    Refused,
    RetryAfter,
    Sent,
)
from handlers.transport import NotSent, TokenRefused

log = structlog.get_logger("mojaz.messenger")

DATA_LIMIT = 64
"""Bytes of UTF-8 in a button's data."""

TOAST_LIMIT = 200
"""Characters of an acknowledgement."""

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of a file that Telegram hands to a bot."""

UPLOAD = 120.0
"""Seconds without a byte from Telegram after which the sending of a file is given up."""

_SHORT = 5.0
"""Seconds that an acknowledgement or "typing" may take: later they are worth nothing."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# Telegram's descriptions, in lower case (tdlib/telegram-bot-api, Client.cpp)
_GONE = (
    "user is deactivated",
    "chat not found",
    "peer_id_invalid",
    "group chat was deleted",
    "bots can't send messages to bots",
    "user not found",
)
_SHUT_OUT = ("bot was kicked", "bot is not a member", "bot was blocked")
_NOT_MODIFIED = "message is not modified"
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_THREAD = ("message thread not found", "topic_deleted")
_TAG = re.compile(r"<[^<>]*>")


class TelegramMessenger:
    """bot.ports.Messenger over a Bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, message: OutboxMessage, edits: MessageId | None) -> Outcome:
        """Sends or edits one message; edits: the message to edit, None sends a new one.

        Raises TokenRefused alone: with that nothing can be sent any more.
        """
        try:
            return Sent(await self._deliver(_sound(message), edits))
        except TokenRefused:
            raise
        except TelegramError as error:
            return outcome(error)
        except Exception as error:  # an answer of another shape than Telegram's: it may have arrived
            log.exception("send_failed", chat=message.chat)
            return NetworkFault(f"unexpected: {type(error).__name__}")

    async def _deliver(self, message: OutboxMessage, edits: MessageId | None) -> MessageId:
        """Once as it is; where Telegram refuses what it holds, once more as what it can take."""
        try:
            return await self._call(message, edits)
        except BadRequest as error:
            said = error.message.lower()
            if edits is not None and _NOT_MODIFIED in said:
                return edits
            if edits is not None and any(words in said for words in _NOTHING_TO_EDIT):
                return await self._deliver(message, None)
            if message.thread is not None and any(words in said for words in _NO_THREAD):
                return await self._deliver(replace(message, thread=None), edits)
            if outcome(error) != Refused(error.message):
                raise
            log.warning("sent_plain", chat=message.chat, cause=error.message[:200])
            return await self._call(replace(message, text=plain(message.text), buttons=()), edits, None)

    async def _call(
        self, message: OutboxMessage, edits: MessageId | None, markup: str | None = ParseMode.HTML
    ) -> MessageId:
        if message.document is not None:
            return await self._upload(message, message.document, markup)
        options: dict[str, Any] = {
            "text": message.text,
            "parse_mode": markup,
            "link_preview_options": None if message.preview else _NO_PREVIEW,
            "reply_markup": keyboard(message.buttons),
        }
        if edits is not None:
            await self._bot.edit_message_text(chat_id=message.chat, message_id=edits, **options)
            return edits
        sent = await self._bot.send_message(**options, **_address(message))
        return MessageId(sent.message_id)

    async def _upload(self, message: OutboxMessage, document: Document, markup: str | None) -> MessageId:
        sent = await self._bot.send_document(
            document=document.content,
            filename=document.name,
            caption=message.text,
            parse_mode=markup,
            reply_markup=keyboard(message.buttons),
            read_timeout=UPLOAD,
            **_address(message),
        )
        return MessageId(sent.message_id)

    async def acknowledge(self, callback: str, toast: str = "", alert: bool = False) -> None:
        """Ends the waiting of a pressed button. One that waited too long is not worth a word."""
        try:
            await self._bot.answer_callback_query(
                callback, text=_sound_text(toast)[:TOAST_LIMIT] or None, show_alert=alert, **_quick()
            )
        except TokenRefused:
            raise
        except TelegramError as error:
            log.info("not_acknowledged", cause=str(error)[:200])

    async def typing(self, chat: ChatId, thread: int | None = None) -> None:
        """Shows for five seconds that an answer is being worked on."""
        try:
            await self._bot.send_chat_action(
                chat, ChatAction.TYPING, message_thread_id=thread, **_quick()
            )
        except TokenRefused:
            raise
        except TelegramError as error:
            log.info("not_typing", chat=chat, cause=str(error)[:200])

    async def download(self, file: str, limit: int = FILE_LIMIT) -> bytes:
        """A file's content. Raises TelegramRefused where it is over `limit` bytes or cannot be had."""
        try:
            found = await self._bot.get_file(file)
            if (found.file_size or 0) > limit:
                raise TelegramRefused(f"the file has {found.file_size} bytes, {limit} are taken")
            content = bytes(await found.download_as_bytearray())
        except TokenRefused:
            raise
        except TelegramError as error:
            raise TelegramRefused(f"the file cannot be had: {error}"[:200]) from error
        if len(content) > limit:
            raise TelegramRefused(f"the file has {len(content)} bytes, {limit} are taken")
        return content


def outcome(error: TelegramError) -> Outcome:
    """What an error says about a message that was to be sent."""
    said = str(error).lower()
    match error:
        case Limited():
            return RetryAfter(seconds(error))
        case ChatMigrated():
            return Migrated(ChatId(error.new_chat_id))
        case BadRequest() | Forbidden() if any(words in said for words in _GONE):
            return ChatLost(ChatState.GONE, str(error))
        case Forbidden():
            return ChatLost(ChatState.BLOCKED, str(error))
        case BadRequest() if any(words in said for words in _SHUT_OUT):
            return ChatLost(ChatState.BLOCKED, str(error))
        case BadRequest():
            return Refused(str(error))
        case NotSent():
            return NetworkFault(f"not sent: {error}"[:200])
        case _:
            return NetworkFault(str(error)[:200])


def seconds(error: Limited) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def keyboard(rows: ButtonRows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; one that it would refuse is left out and logged."""
    made = [[_button(button) for button in row if _fits(button)] for row in rows]
    return InlineKeyboardMarkup([row for row in made if row]) if any(made) else None


def plain(text: str) -> str:
    """The words of Telegram's HTML without its markup."""
    return html.unescape(_TAG.sub("", text)).strip()


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.action)


def _fits(button: Button) -> bool:
    fits = bool(button.label) and (
        bool(button.url) or 0 < len(button.action.encode("utf-8", "replace")) <= DATA_LIMIT
    )
    if not fits:
        log.error("button_left_out", action=button.action[:80])
    return fits


def _address(message: OutboxMessage) -> dict[str, Any]:
    """Where a new message goes, and how."""
    return {
        "chat_id": message.chat,
        "disable_notification": message.silent or None,
        "message_thread_id": message.thread,
        "reply_parameters": _reply_to(message.reply_to),
    }


def _reply_to(message: MessageId | None) -> ReplyParameters | None:
    # a question that was deleted meanwhile is no reason to leave its answer out
    return None if message is None else ReplyParameters(message, allow_sending_without_reply=True)


def _sound(message: OutboxMessage) -> OutboxMessage:
    text = _sound_text(message.text)
    return message if text == message.text else replace(message, text=text)


def _sound_text(text: str) -> str:
    """Without lone surrogates, which cannot be put on the wire and would be tried for ever."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _quick() -> dict[str, Any]:
    return {"read_timeout": _SHORT, "connect_timeout": _SHORT, "pool_timeout": _SHORT}

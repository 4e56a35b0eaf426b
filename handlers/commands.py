"""A message of Telegram's becomes a question in plain values: what is asked, by whom, about what.

Nothing is answered here. Edited messages and other bots' words never get this far.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from telegram import Chat as TelegramChat
from telegram import (
    Document,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    User,
)
from telegram.constants import ChatType

from bot.model import Attachment, Chat, Language

CHANNEL_COMMANDS = ("start", "subscribe", "unsubscribe", "stop", "follow", "unfollow")
"""What a channel's administrators may write as a post."""

MANAGING = frozenset({*CHANNEL_COMMANDS, "settings", "mydata", "forgetme"}) - {"start"}
"""What changes a chat's subscription, shows or deletes what is stored of it: in groups for
administrators alone."""

TAKING_FILES = frozenset({"ingest", "addfeed", "summarize"})
"""What a document may be sent with."""

# Arabic keyboards put direction marks in front of a slash
_COMMAND = re.compile(
    r"[\s\u200e\u200f\u061c\u2066-\u2069]*/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class Command:
    """What a message asks."""

    name: str = ""
    """In lower case, without slash and bot name; empty for plain words."""
    words: str = ""
    is_addressed: bool = False
    """It names this bot."""


def read(text: str, bot_name: str) -> Command | None:
    """The command in a text, or its plain words; None for a command of another bot."""
    found = _COMMAND.match(text)
    if found is None:
        return Command(words=text.strip())
    name, addressee = found[1].lower(), found[2]
    if addressee is not None and addressee.lower() != bot_name.lower():
        return None
    return Command(name, text[found.end() :].strip(), addressee is not None)


def formatted(message: Message) -> str:
    """What stands after the command as Telegram's HTML, or, where nothing does, the message that is
    answered; empty where its writer formatted nothing, or the command itself."""
    found = _COMMAND.match(message.text or message.caption or "")
    answered = message.reply_to_message
    if found and found.end() == len(found.string) and answered and not message.quote:
        return _markup(answered)
    text = _markup(message)
    behind = _COMMAND.match(text)
    return text[behind.end() :].strip() if behind else ""


def _markup(message: Message) -> str:
    """Its text as HTML; empty where nothing in it is formatted by hand."""
    kinds = {entity.type for entity in (*message.entities, *message.caption_entities)}
    if kinds <= _UNFORMATTED:
        return ""
    return message.text_html if message.text else message.caption_html


_UNFORMATTED = frozenset(
    {
        MessageEntity.BOT_COMMAND,
        MessageEntity.URL,
        MessageEntity.MENTION,
        MessageEntity.HASHTAG,
        MessageEntity.CASHTAG,
        MessageEntity.EMAIL,
        MessageEntity.PHONE_NUMBER,
    }
)
"""What Telegram marks by itself, and marks again in what is sent."""


def asked(message: Message, bot_name: str, known: Collection[str]) -> Command | None:
    """What this message asks of the bot; None where it asks nothing.

    known: the commands that the bot has. In groups an unknown one may be another bot's.
    """
    if _is_no_question(message):
        return None
    command = read(message.text or message.caption or "", bot_name)
    if command is None:
        return None
    match message.chat.type:
        case ChatType.PRIVATE:
            return command if command.name or _has_content(message) else None
        case ChatType.CHANNEL:
            return command if command.name in CHANNEL_COMMANDS else None
        case _:
            for_us = command.is_addressed or command.name in known
            return command if command.name and for_us else None


def _is_no_question(message: Message) -> bool:
    """What other bots write, and what a channel's linked group copies from it."""
    user = message.from_user
    if message.is_automatic_forward or message.via_bot is not None:
        return True
    # whoever writes in a group's or a channel's name is shown as a bot of Telegram's own
    return user is not None and user.is_bot and message.sender_chat is None


def _has_content(message: Message) -> bool:
    """Text or something attached, not a service message; of an album only what has a caption."""
    if message.text or message.caption:
        return True
    return message.effective_attachment is not None and message.media_group_id is None


def language_for(user: User | None, chat: Chat, default: Language) -> Language:
    """What the chat chose, else the user's own language where the bot speaks it, else the default."""
    return chat.language or spoken(user) or default


def spoken(user: User | None) -> Language | None:
    """The language of a user's Telegram, where the bot speaks it."""
    code = (user.language_code if user else None) or ""
    short = code.lower().partition("-")[0]
    return next((language for language in Language if language.value == short), None)


def heard_in(chat: TelegramChat, user: User | None) -> Language | None:
    """The language to remember for a chat: a private one has one reader, whose it is."""
    return spoken(user) if chat.type == ChatType.PRIVATE else None


# --- what came with it ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a command is about besides its own words; its document is not downloaded yet."""

    text: str = ""
    source: str = ""
    url: str = ""
    published: datetime | None = None
    document: Document | None = None

    def attachment(self, content: bytes | None) -> Attachment:
        name = (self.document.file_name or "") if self.document else ""
        return Attachment(self.text, self.source, self.url, self.published, name, content)


def enclosed(message: Message) -> Enclosed | None:
    """The message's own document, else the message that it answers; None where it stands alone."""
    if message.document is not None:
        return _with_origin("", message.forward_origin, message.document)
    answered = message.reply_to_message
    # in a forum every message "answers" the one that opened its topic
    if answered is not None and answered.forum_topic_created is None:
        quoted = message.quote.text if message.quote and message.quote.is_manual else ""
        text = quoted or answered.text or answered.caption or ""
        return _with_origin(text, answered.forward_origin, answered.document)
    if message.external_reply is not None:
        text = message.quote.text if message.quote else ""
        return _with_origin(text, message.external_reply.origin, message.external_reply.document)
    return None


def _with_origin(text: str, origin: MessageOrigin | None, document: Document | None) -> Enclosed:
    match origin:
        case MessageOriginChannel():
            channel = origin.chat
            # the posts of a channel without a name have no address that others can open
            url = f"https://t.me/{channel.username}/{origin.message_id}" if channel.username else ""
            return Enclosed(text, channel.title or "", url, origin.date, document)
        case MessageOriginChat():
            return Enclosed(text, origin.sender_chat.title or "", "", origin.date, document)
        case None:
            return Enclosed(text, document=document)
        case _:
            return Enclosed(text, published=origin.date, document=document)


def thread(message: Message) -> int | None:
    """The forum topic that a message stands in."""
    return message.message_thread_id if message.is_topic_message else None

"""Channels in Telegram's words → posts and memberships as plain values (bot/answers/channelling.py)."""

from __future__ import annotations

from telegram import (
    ChatMember,
    ChatMemberUpdated,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)
from telegram.constants import ChatType

from bot.answers.channelling import Channelling, Origin, Post
from bot.model import ChatId, UserId
from handlers.commands import read
from handlers.permissions import Permissions

_MANAGERS = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


class Channels:
    """Hands on what channels tell the bot."""

    def __init__(self, channelling: Channelling, permissions: Permissions, bot_name: str) -> None:
        self._channelling = channelling
        self._permissions = permissions
        self._bot_name = bot_name

    async def membership(self, change: ChatMemberUpdated) -> None:
        """A channel is a source from when one of ADMIN_IDS made the bot its administrator until it is
        none any more, whoever ended that."""
        if change.chat.type != ChatType.CHANNEL:
            return
        chat = ChatId(change.chat.id)
        if change.new_chat_member.status not in _MANAGERS:
            await self._channelling.left(chat)
        elif self._permissions.is_admin(UserId(change.from_user.id)):
            await self._channelling.joined(chat, change.chat.title or "", change.chat.username or "")

    async def post(self, message: Message, *, is_edit: bool = False) -> None:
        """Stores a post of a channel that is a source, or what an edit made of it."""
        text = message.text or message.caption or ""
        command = read(text, self._bot_name)
        if message.chat.type == ChatType.CHANNEL and command is not None and not command.name:
            await self._channelling.post(post_in(message, text), is_edit=is_edit)


def post_in(message: Message, text: str) -> Post:
    """The post as a plain value. text: its text or its caption."""
    return Post(
        chat=ChatId(message.chat.id),
        number=message.message_id,
        text=text,
        channel=message.chat.title or "",
        username=message.chat.username or "",
        published=message.date,
        album=message.media_group_id or "",
        origin=_origin(message.forward_origin),
    )


def _origin(origin: MessageOrigin | None) -> Origin | None:
    match origin:
        case MessageOriginChannel():
            name = origin.chat.username
            url = f"https://t.me/{name}/{origin.message_id}" if name else ""
            return Origin(origin.chat.title or "", url, origin.date)
        case MessageOriginChat():
            return Origin(origin.sender_chat.title or "", "", origin.date)
        case MessageOriginUser() | MessageOriginHiddenUser():
            return Origin("", "", origin.date)  # a private person's name is not kept
        case _:
            return None

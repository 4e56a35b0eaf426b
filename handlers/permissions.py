"""Who may change a chat's subscription, and who is one of the bot's admins."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection

import structlog
from telegram import Bot, Message, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.model import ChatId, UserId
from handlers.transport import TokenRefused

log = structlog.get_logger("mojaz.permissions")

ANONYMOUS_ADMIN = 1087968824
"""Telegram's @GroupAnonymousBot, the sender of what a group's anonymous administrators write."""

CACHE_SECONDS = 60.0
CACHE_SIZE = 10_000

_MANAGERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class Permissions:
    """Asks Telegram who administers a group, at most once a minute for each member.

    admins: the operator's ADMIN_IDS. monotonic: seconds that never go back.
    """

    def __init__(self, bot: Bot, admins: Collection[UserId], monotonic: Callable[[], float]) -> None:
        self._bot = bot
        self._admins = frozenset(admins)
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[int, int], tuple[float, bool]] = OrderedDict()

    def is_admin(self, user: UserId | None) -> bool:
        """One of ADMIN_IDS: a person, never an anonymous administrator or a channel."""
        return user is not None and user in self._admins

    async def may_write_settings(self, message: Message) -> bool:
        """Whether the sender of this message may change what its chat is subscribed to."""
        if message.chat.type in (ChatType.PRIVATE, ChatType.CHANNEL):
            return True
        if message.sender_chat is not None:
            return is_anonymous_admin(message)
        return await self._administers(ChatId(message.chat.id), message.from_user)

    async def may_press_settings(self, chat: ChatId, kind: str, user: User) -> bool:
        """Whether this user's press may change it; in a channel its readers press too."""
        return kind == ChatType.PRIVATE or await self._administers(chat, user)

    async def _administers(self, chat: ChatId, user: User | None) -> bool:
        if user is None:
            return False
        key, now = (chat, user.id), self._monotonic()
        asked, answer = self._known.get(key, (float("-inf"), False))
        if now - asked < CACHE_SECONDS:
            return answer
        try:
            member = await self._bot.get_chat_member(chat, user.id)
        except TokenRefused:
            raise
        except TelegramError as error:
            log.warning("member_unknown", chat=chat, cause=str(error)[:200])
            return False
        self._remember(key, now, member.status in _MANAGERS)
        return member.status in _MANAGERS

    def _remember(self, key: tuple[int, int], now: float, answer: bool) -> None:
        self._known[key] = (now, answer)
        self._known.move_to_end(key)
        if len(self._known) > CACHE_SIZE:
            self._known.popitem(last=False)


def is_anonymous_admin(message: Message) -> bool:
    """A group's administrator who writes in the group's own name."""
    sender, user = message.sender_chat, message.from_user
    return (
        sender is not None
        and sender.id == message.chat.id
        and user is not None
        and user.id == ANONYMOUS_ADMIN
    )


def person(message: Message) -> UserId | None:
    """The user who wrote it; None for an anonymous administrator or a channel."""
    if message.sender_chat is not None or message.from_user is None or message.from_user.is_bot:
        return None
    return UserId(message.from_user.id)

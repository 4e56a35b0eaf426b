"""The command menus and the bot's profile, set at the start for each scope and language.

A menu is a courtesy: whatever Telegram refuses of it is logged and stops nothing. The words come from
outside (bot/texts/menus.py).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.model import UserId
from handlers.transport import TokenRefused

log = structlog.get_logger("mojaz.menus")

Lines: TypeAlias = tuple[tuple[str, str], ...]
"""(command without slash, description) in the order of the menu."""


@dataclass(frozen=True, slots=True)
class Menus:
    """All menus in one language, and the profile."""

    language: str
    """Two letters; empty for users of every language that has no menus of its own."""
    private: Lines
    group: Lines
    admin: Lines
    """What the bot's admins see in their private chats: the readers' commands and their own."""
    description: str = ""
    """What an empty chat shows, up to 512 characters."""
    short_description: str = ""
    """What the bot's profile shows, up to 120 characters."""


class CommandMenus:
    """Sets the menus, and an admin's own once that admin has a chat with the bot."""

    def __init__(self, bot: Bot, admins: Collection[UserId], menus: Sequence[Menus]) -> None:
        self._bot = bot
        self._menus = menus
        self._without = set(admins)

    async def set(self) -> None:
        """Sets all of them; never raises but TokenRefused."""
        for menu in self._menus:
            await self._set(menu.private, BotCommandScopeDefault(), menu)
            await self._set(menu.group, BotCommandScopeAllGroupChats(), menu)
            await self._describe(menu)
        for admin in sorted(self._without):
            await self.set_for(admin)

    async def set_for(self, user: UserId) -> None:
        """Sets an admin's menu where that has not succeeded yet: Telegram knows no chat before."""
        if user not in self._without:
            return
        self._without.discard(user)
        scope = BotCommandScopeChat(user)
        if not all([await self._set(menu.admin, scope, menu) for menu in self._menus]):
            self._without.add(user)

    async def _set(self, lines: Lines, scope: BotCommandScope, menu: Menus) -> bool:
        language = menu.language or None
        return await self._try(
            f"setMyCommands {scope.type} {menu.language}".strip(),
            lambda: self._bot.set_my_commands(lines, scope, language),
        )

    async def _describe(self, menu: Menus) -> None:
        bot, language = self._bot, menu.language or None
        if menu.description:
            await self._try(
                "setMyDescription", lambda: bot.set_my_description(menu.description, language)
            )
        if menu.short_description:
            await self._try(
                "setMyShortDescription",
                lambda: bot.set_my_short_description(menu.short_description, language),
            )

    async def _try(self, what: str, call: Callable[[], Awaitable[bool]]) -> bool:
        try:
            await call()
        except TokenRefused:
            raise
        except TelegramError as error:
            # an admin who has not written to the bot yet gets the menu when they do
            is_early = "chat not found" in str(error).lower()
            tell = log.debug if is_early else log.info
            tell("menu_not_set", call=what, cause=str(error)[:200])
            return False
        return True

"""What the application works with, built once by bot/app/."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot

from bot.errors import MojazError
from bot.model import Language
from bot.ports import Chats, Clock, Inbox, Outbox
from handlers.channels import Channels
from handlers.menus import CommandMenus
from handlers.messenger import TelegramMessenger
from handlers.permissions import Permissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the application works with.

    explain: a MojazError as a text for the reader, in HTML.
    set_aside: tells the admins of an update that was given up (its id, the cause).
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
    explain: Callable[[MojazError, Language], str]
    set_aside: Callable[[int, str], Awaitable[None]]
    wake: Callable[[], None]
    menus: CommandMenus | None = None
    channels: Channels | None = None

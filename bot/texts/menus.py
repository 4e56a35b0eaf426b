"""The command menus and the bot's profile, for setMyCommands, setMyDescription and their like."""

from __future__ import annotations

from bot.model import Language
from bot.texts.catalogue import Catalogue

PRIVATE = (
    "latest",
    "digest",
    "topics",
    "topic",
    "search",
    "read",
    "subscribe",
    "unsubscribe",
    "follow",
    "unfollow",
    "settings",
    "sources",
    "saved",
    "summarize",
    "help",
    "start",
    "privacy",
    "mydata",
    "forgetme",
)
"""What readers see in a private chat, most wanted first."""

GROUP = (
    "latest",
    "digest",
    "topics",
    "topic",
    "search",
    "subscribe",
    "unsubscribe",
    "settings",
    "sources",
    "help",
)

ADMIN = (
    "ingest",
    "feeds",
    "addfeed",
    "removefeed",
    "checkfeed",
    "channel",
    "delete",
    "stats",
    "broadcast",
    "backup",
)
"""What the bot's admins see besides, in their private chats alone."""

READERS = (*PRIVATE, "stop")
"""All commands that a reader may write."""


def menu(
    catalogue: Catalogue, language: Language, commands: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """(command, description) pairs: Telegram takes up to 100, descriptions up to 256 characters."""
    return tuple((name, catalogue.say(language, f"menu-{name}")) for name in commands)


def profile(catalogue: Catalogue, language: Language) -> tuple[str, str, str]:
    """The bot's name (at most 64), description (512) and short description (120 characters)."""
    keys = ("bot-name", "bot-description", "bot-short-description")
    name, description, short = (catalogue.say(language, key) for key in keys)
    return name, description, short

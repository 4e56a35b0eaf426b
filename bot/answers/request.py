"""What an answer is asked: a reader's command or button press as plain values, without Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model import Attachment, Chat, Language, UserId


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the bot."""

    chat: Chat
    now: datetime
    language: Language
    """The language to answer in."""
    user: UserId | None = None
    """Who asks; None for a channel or an anonymous administrator."""
    words: str = ""
    """What stands after the command; all of the text where it is no command."""
    markup: str = ""
    """The same as Telegram's HTML, as its writer formatted it; only of a broadcast."""
    command: str = ""
    """The command without slash and bot name; empty for plain words."""
    is_admin: bool = False
    """One of ADMIN_IDS."""
    may_manage: bool = True
    """May change this chat's subscription: anyone in private, administrators in groups."""
    bot_name: str = ""
    """The bot's username without @."""
    attachment: Attachment | None = None
    """What the command replies to, or the document that it came with."""

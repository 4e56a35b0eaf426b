"""Help, privacy, unknown commands and what is said of errors."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import FeedLink, MojazError
from bot.model import Reply
from bot.texts.parts import notice, short, ways_on
from bot.texts.voice import Voice


def help_(voice: Voice) -> Reply:
    """All commands with examples; the admins' for an admin in private."""
    extra = "" if voice.in_group else voice.line("help-private")
    for_admins = voice.line("help-admin") if voice.is_admin and not voice.in_group else ""
    return voice.reply([voice.line("help"), for_admins, extra], ways_on(voice)[:1])


def privacy(voice: Voice) -> Reply:
    return notice(voice, "privacy")


def unknown_command(voice: Voice, command: str, nearest: Sequence[str]) -> Reply:
    """An unknown command, with the nearest known ones."""
    lines = [voice.line("unknown-command", **short({"command": command}))]
    if nearest:
        named = voice.listing(f"/{name}{voice.at}" for name in nearest)
        lines.append(voice.line("unknown-nearest", commands=named))
    return voice.reply([*lines, voice.line("unknown-help")], ways_on(voice)[:1], between="\n")


def link_alone(voice: Voice) -> Reply:
    return notice(voice, "link-alone", ways_on(voice)[:1])


def ask(voice: Voice, key: str) -> Reply:
    """A command without what it needs: how to write it. key: `read-ask`, `search-ask`, …"""
    return notice(voice, key, ways_on(voice)[:1])


def error(voice: Voice, fault: MojazError) -> Reply:
    """What a reader is told of an error; an admin may be told more."""
    key = _TO_ADMINS.get(fault.key, fault.key) if voice.is_admin else fault.key
    known = voice.catalogue.has(voice.language, key)
    return notice(voice, key if known else MojazError.key, (), **fault.arguments)


_TO_ADMINS = {FeedLink.key: "error-feed-link-admin"}

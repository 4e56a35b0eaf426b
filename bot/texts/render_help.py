"""The first message, help, privacy, unknown commands and what is said of errors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.errors import MojazError
from bot.model import Reply, Subscription
from bot.texts import html
from bot.texts.actions import Subscribe, button
from bot.texts.parts import notice, short, ways_on
from bot.texts.voice import Voice


def start(voice: Voice, subscription: Subscription | None, default_time: time) -> Reply:
    """Who the bot is, with a button that subscribes in one tap where there is no subscription."""
    head = html.join("\n", [html.bold(voice.label("start-title")), voice.line("start-what")])
    active = subscription if subscription and subscription.active else None
    clock = voice.clocks(active.times if active else (default_time,))
    zone = voice.times.zone()
    if active:
        days = voice.days(active.days)
        line = voice.line("start-subscribed", days=days, clock=clock, zone=zone)
        return voice.reply([head, line, voice.line("start-help")], ways_on(voice))
    label = voice.label("button-subscribe", clock=clock)
    line = voice.line("start-offer", clock=clock, zone=zone)
    rows = [button(label, Subscribe(default_time)), *ways_on(voice)]
    return voice.reply([head, line, voice.line("start-help")], rows)


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
    """What a reader is told of an error."""
    known = voice.catalogue.has(voice.language, fault.key)
    return notice(voice, fault.key if known else MojazError.key, (), **fault.arguments)

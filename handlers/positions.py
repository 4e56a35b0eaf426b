"""Positions that people send: told apart before anything is stored, kept nowhere.

What a private chat sends becomes the command that names its time zone, as if it had been written; from
everything else positions are taken out. So an update in the inbox, a log or a fault never holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.answers.places import zone_at

_POSITIONS = frozenset({"location", "venue"})
_TOLD = frozenset({"message_id", "date", "chat", "from", "message_thread_id", "is_topic_message"})
"""Of a message with a position all that is kept."""


def without_positions(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """The update without any position in it."""
    if not _holds(update):
        return update
    message = update.get("message")
    if isinstance(message, Mapping) and isinstance(message.get("location"), Mapping):
        return {**_cleared(update), "message": _as_command(message)}
    cleared = _cleared(update)
    assert isinstance(cleared, dict)
    return cleared


def _as_command(message: Mapping[str, Any]) -> dict[str, Any]:
    """A private chat's position as /settings with its zone; a group's as an empty message."""
    kept = {name: value for name, value in message.items() if name in _TOLD}
    if not isinstance(message.get("chat"), Mapping) or message["chat"].get("type") != "private":
        return kept
    return {**kept, "text": f"/settings {_zone(message['location'])}".rstrip()}


def _zone(location: Mapping[str, Any]) -> str:
    try:
        return zone_at(float(location["latitude"]), float(location["longitude"]))
    except (KeyError, TypeError, ValueError):
        return ""


def _holds(part: object) -> bool:
    if isinstance(part, Mapping):
        return not _POSITIONS.isdisjoint(part) or any(map(_holds, part.values()))
    return isinstance(part, list) and any(map(_holds, part))


def _cleared(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {name: _cleared(value) for name, value in part.items() if name not in _POSITIONS}
    return [_cleared(each) for each in part] if isinstance(part, list) else part

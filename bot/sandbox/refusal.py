"""What the sandbox answers instead of a result, and the shape of what goes over the wire."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""An object of the Bot API as it goes over the wire."""


class Refused(Exception):
    """A call that is not carried out: the status, Telegram's words, and its hints for the caller."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)


def bad_request(reason: str) -> Refused:
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    return Refused(403, f"Forbidden: {reason}")


def too_many(seconds: int) -> Refused:
    """retry_after counts whole seconds, at least one."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(new_chat: int) -> Refused:
    return Refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=new_chat,
    )

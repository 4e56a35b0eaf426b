"""Inline keyboards: what Telegram refuses in them, and how they look on a message."""

from __future__ import annotations

from bot.sandbox.links import web_address
from bot.sandbox.refusal import Json, bad_request

_MOST_BUTTONS = 100
_MOST_IN_ROW = 8
_DATA_BYTES = 64
_COPY_TEXT = 256
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
)  # fmt: skip


def checked(markup: Json | None) -> Json | None:
    """The keyboard to keep on a message: None for none, or for one that belongs to no message.

    Raises Refused, 400, for buttons that Telegram refuses.
    """
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > _MOST_BUTTONS or any(len(row) > _MOST_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button)
    return {"inline_keyboard": rows} if rows else None


def _check(button: Json) -> None:
    actions = [name for name in _ACTIONS if name in button]
    if not button["text"].strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action expected")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode("utf-8", "surrogatepass")) <= _DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and web_address(button["url"]) is None:
        raise bad_request(
            f"inline keyboard button URL '{button['url'][:200]}' is invalid: Wrong HTTP URL"
        )
    if len(button.get("copy_text", {}).get("text", "x")) not in range(1, _COPY_TEXT + 1):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")

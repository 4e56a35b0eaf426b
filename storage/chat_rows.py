"""The rows of a chat as several methods touch them: reading one, its state, its move to a new id.

Steps inside a transaction that chats.py or outbox.py opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from functools import lru_cache

from bot.model import (
    EVERY_DAY,
    NO_PREFERENCES,
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    Digits,
    Language,
    Length,
    Months,
    Preferences,
    Subscription,
    TopicId,
)
from storage import queue_rows
from storage.database import Row, Transaction
from storage.values import from_json, minute_of, moment_or_none, time_of, to_json

COLUMNS = (
    "c.id, c.kind, c.state, c.language, c.heard, c.zone,"
    " c.follows, c.times, c.topics, c.active, c.days, c.last_digest, c.preferences"
)
# by value: calling an enumeration costs more than all else about a row, and a wave reads a million
_KINDS = {kind.value: kind for kind in ChatKind}
_STATES = {state.value: state for state in ChatState}

_LANGUAGES = {None: None} | {language.value: language for language in Language}

_SET_STATE = "UPDATE chats SET state = :state WHERE id = :chat"

_HOLD = "UPDATE due_times SET held = :held WHERE chat = :chat"

_EXISTS = "SELECT id FROM chats WHERE id = :chat"

# Telegram tells of a move only who is inside, though it may tell before that the old group was left
_RENAME = "UPDATE chats SET id = :new, kind = 'supergroup', state = 'active' WHERE id = :old"

# what the new chat chose itself in the meantime stands; the rest comes from the old one
_MERGE = """
    UPDATE chats SET
        kind = 'supergroup',
        state = 'active',
        language = COALESCE(language, (SELECT o.language FROM chats AS o WHERE o.id = :old)),
        zone = COALESCE(zone, (SELECT o.zone FROM chats AS o WHERE o.id = :old)),
        preferences = COALESCE(preferences, (SELECT o.preferences FROM chats AS o WHERE o.id = :old)),
        follows = CASE WHEN follows = '[]'
            THEN (SELECT o.follows FROM chats AS o WHERE o.id = :old) ELSE follows END,
        last_digest = COALESCE(last_digest, (SELECT o.last_digest FROM chats AS o WHERE o.id = :old))
    WHERE id = :new
"""

_MERGE_SUBSCRIPTION = """
    UPDATE chats SET
        times = (SELECT o.times FROM chats AS o WHERE o.id = :old),
        topics = (SELECT o.topics FROM chats AS o WHERE o.id = :old),
        active = (SELECT o.active FROM chats AS o WHERE o.id = :old),
        days = (SELECT o.days FROM chats AS o WHERE o.id = :old)
    WHERE id = :new AND times IS NULL
    RETURNING id
"""

_MOVE_DUE = "UPDATE due_times SET chat = :new WHERE chat = :old"

_FOLLOW_STATE = """
    UPDATE due_times
    SET held = (SELECT CASE WHEN state = 'active' THEN 0 ELSE 1 END FROM chats WHERE id = :new)
    WHERE chat = :new
"""

_COPY_LEDGER = """
    INSERT INTO digests (chat, local_date, minute, covers_until, stories)
    SELECT :new, local_date, minute, covers_until, stories FROM digests WHERE chat = :old
    ON CONFLICT (chat, local_date, minute) DO NOTHING
"""

_MOVE_SAVED = """
    INSERT INTO saved (chat, story, saved) SELECT :new, story, saved FROM saved WHERE chat = :old
    ON CONFLICT (chat, story) DO NOTHING
"""

_MOVE_FORGETTING = """
    INSERT INTO forgetting (chat, due) SELECT :new, due FROM forgetting WHERE chat = :old
    ON CONFLICT (chat) DO NOTHING
"""

_MOVE_QUEUE = f"""
    UPDATE outbox SET chat = :new WHERE {queue_rows.OF_CHAT.replace(":chat", ":old")}
"""  # noqa: S608 - made of constants

_MOVING = (_COPY_LEDGER, _MOVE_SAVED, _MOVE_FORGETTING, _MOVE_QUEUE)

_FORGET = (
    "DELETE FROM saved WHERE chat = :old",
    "DELETE FROM forgetting WHERE chat = :old",
    "DELETE FROM digests WHERE chat = :old",
    "DELETE FROM due_times WHERE chat = :old",
    "DELETE FROM chats WHERE id = :old",
)


async def set_state(
    transaction: Transaction, chat: ChatId, state: ChatState, now: int, cause: str
) -> None:
    """Marks a chat. While it is lost its digests are not due and nothing waits for it."""
    held = int(state is not ChatState.ACTIVE)
    await transaction.execute(_SET_STATE, {"chat": chat, "state": state})
    await transaction.execute(_HOLD, {"chat": chat, "held": held})
    if held:
        await queue_rows.bury(transaction, chat, cause, now)


async def move(transaction: Transaction, old: ChatId, new: ChatId) -> None:
    """All that is kept of `old` under the id `new`, which may be known already."""
    if old == new:
        return
    ids = {"old": old, "new": new}
    if await transaction.fetch_one(_EXISTS, {"chat": old}):
        if await transaction.fetch_one(_EXISTS, {"chat": new}):
            await transaction.execute(_MERGE, ids)
            if await transaction.fetch_all(_MERGE_SUBSCRIPTION, ids):
                await transaction.execute(_MOVE_DUE, ids)
        else:
            await transaction.execute(_RENAME, ids)
            await transaction.execute(_MOVE_DUE, ids)
    for sql in (_FOLLOW_STATE, *_MOVING, *_FORGET):
        await transaction.execute(sql, ids)
    await queue_rows.renew_fronts(transaction, new)


def chat(row: Row) -> Chat:
    return Chat(
        id=ChatId(row["id"]),
        kind=_KINDS[row["kind"]],
        state=_STATES[row["state"]],
        language=_LANGUAGES[row["language"]],
        heard=_LANGUAGES[row["heard"]],
        zone=row["zone"],
        follows=_topics(row["follows"]),
        subscription=_subscription(row["times"], row["topics"], row["active"], row["days"]),
        last_digest=moment_or_none(row["last_digest"]),
        preferences=NO_PREFERENCES if row["preferences"] is None else _preferences(row["preferences"]),
    )


# chats by the thousand choose alike
@lru_cache(maxsize=4096)
def _subscription(times: str | None, topics: str, active: int, days: int | None) -> Subscription | None:
    if times is None:
        return None
    return Subscription(
        tuple(time_of(minute) for minute in from_json(times)),
        _topics(topics),
        bool(active),
        EVERY_DAY if days is None else _days(days),
    )


@lru_cache(maxsize=1024)
def _topics(text: str) -> tuple[TopicId, ...]:
    return tuple(TopicId(topic) for topic in from_json(text))


@lru_cache(maxsize=128)
def _days(bits: int) -> tuple[int, ...]:
    return tuple(day for day in EVERY_DAY if bits & 1 << day)


def day_bits(days: Sequence[int]) -> int | None:
    """The weekdays as they stand in a row."""
    return None if tuple(days) == EVERY_DAY else sum(1 << day for day in days)


@lru_cache(maxsize=1024)
def _preferences(text: str) -> Preferences:
    """What is missing in the row is as in a chat that chose nothing."""
    found = from_json(text)
    quiet = found.get("quiet")
    return Preferences(
        digits=Digits(found.get("digits", Digits.LATIN)),
        months=Months(found["months"]) if found.get("months") else None,
        hijri=bool(found.get("hijri")),
        length=Length(found.get("length", Length.NORMAL)),
        wanted=tuple(found.get("wanted", ())),
        unwanted=tuple(found.get("unwanted", ())),
        muted=tuple(found.get("muted", ())),
        less=tuple(TopicId(topic) for topic in found.get("less", ())),
        quiet=NO_PREFERENCES.quiet if "quiet" not in found else quiet and _span(quiet),
    )


def _span(minutes: Sequence[int]) -> tuple[time, time]:
    first, last = minutes
    return time_of(first), time_of(last)


def preferences_text(chosen: Preferences) -> str | None:
    """The preferences as they stand in a row: only what differs from a chat that chose nothing."""
    parts: dict[str, object] = {}
    for name in ("digits", "months", "hijri", "length", "wanted", "unwanted", "muted", "less"):
        value = getattr(chosen, name)
        if value != getattr(NO_PREFERENCES, name):
            parts[name] = list(value) if isinstance(value, tuple) else value
    if chosen.quiet != NO_PREFERENCES.quiet:
        parts["quiet"] = chosen.quiet and [minute_of(at) for at in chosen.quiet]
    return to_json(parts) if parts else None

"""When a chat's digests come next, by its choices and by what the ledger says came already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.desk import Desk
from bot.digests import timetable
from bot.model import Chat, DueTime, Subscription


async def due_times(desk: Desk, chat: Chat, wanted: Subscription, now: datetime) -> Sequence[DueTime]:
    """When each time comes next; what takes the place of one that came today waits for tomorrow.

    The days are those of the chat's zone as it stands in `chat`: whoever flies west after the day's
    digest gets none for a date whose digest came in the east.
    """
    today = desk.local(chat, now).date()
    came = await desk.chats.digests_on(chat.id, today)
    zone, old = desk.zone_of(chat), chat.subscription.times if chat.subscription else ()
    found = []
    for at in wanted.times:
        due = timetable.first_due(
            at, zone, now, came, previous=old, chosen=wanted.times, days=wanted.days
        )
        # where the clock went back over midnight the next dates may have had theirs
        while at in await desk.chats.digests_on(chat.id, due.astimezone(ZoneInfo(zone)).date()):
            due = timetable.next_due(at, zone, due, wanted.days)
        found.append(DueTime(at, due))
    return found

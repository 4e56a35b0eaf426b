"""What is done again and again, each in its own time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.app.parts import Parts
from bot.delivery.complaints import Complaints
from bot.delivery.sender import Sender
from bot.digests.produce import Produce
from bot.jobs import Jobs

DIGEST_TICK = 1.0
"""Seconds between two looks at the index of due digests."""

SWEEP_TICK = 3600.0
"""Seconds between two sweeps of what is kept no longer."""

FORGET_TICK = 1.0
"""Seconds between two looks at chats whose last traces are to go."""

COMPLAINTS_TICK = 60.0
"""Seconds between two looks at what admins have not been told yet."""

KEPT = timedelta(days=3)
"""How long is kept what was sent and answered: longer than Telegram repeats an update."""


def ticks(parts: Parts, name: str, sender: Sender, complaints: Collection[Complaints[Any]]) -> Jobs:
    """name: the bot's, which digests' links lead to."""
    config, clock, storage = parts.config, parts.clock, parts.storage
    produce = Produce(
        storage.chats,
        storage.articles,
        parts.speaking.digest_renderer(name),
        clock,
        zone=config.timezone,
        language=config.language,
        wake=sender.wake,
    )

    async def sweep() -> None:
        await storage.outbox.sweep(clock.now() - KEPT)
        await storage.broadcasts.sweep(clock.now() - KEPT)
        await storage.feeds.sweep(clock.now())

    async def forget() -> None:
        await storage.traces.finish(clock.now())

    async def complain() -> None:
        for kind in complaints:
            await kind.flush()

    jobs = Jobs()
    jobs.add("digests", DIGEST_TICK, produce.due_digests)
    jobs.add("sweep", SWEEP_TICK, sweep)
    jobs.add("forgetting", FORGET_TICK, forget)
    jobs.add("complaints", COMPLAINTS_TICK, complain)
    return jobs

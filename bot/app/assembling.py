"""Every object of the running bot, built by hand.

Which command is answered by which room: rooms.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app.door import Door, webhook_path
from bot.app.parts import Parts
from bot.app.rooms import Rooms, answers, furnished
from bot.app.ticks import ticks
from bot.config import Config
from bot.delivery.complaints import Complaints
from bot.delivery.sender import Sender
from bot.intake.ingest import Ingest
from bot.intake.polling import SERVING, Polling
from bot.jobs import Jobs
from bot.model import Feed, FeedState, OutboxMessage, OutboxRow
from bot.ports import Fetcher
from handlers.application import Application, Surroundings
from handlers.channels import Channels
from handlers.connection import unless
from handlers.dispatch import Dispatch
from handlers.menus import CommandMenus
from handlers.messenger import TelegramMessenger
from handlers.permissions import Permissions
from handlers.receiver import Receiver

Tasks = Sequence[Callable[[asyncio.Event], Awaitable[None]]]


@dataclass(frozen=True, slots=True)
class Telegram:
    """The bot as it is connected, and what goes straight through it."""

    bot: Any
    name: str
    messenger: TelegramMessenger
    permissions: Permissions
    menus: CommandMenus

    async def set_menus(self, stop: asyncio.Event) -> None:
        await unless(stop, self.menus.set())


def assemble(parts: Parts, door: Door, bot: Any, name: str, fetcher: Fetcher) -> tuple[Tasks, Jobs]:
    """What runs until the end, and what is done again and again."""
    config, storage, clock = parts.config, parts.storage, parts.clock
    telegram = _telegram(parts, bot, name)
    letters, updates = _dead_letters(parts), _set_aside(parts)
    send_rate, on_dead = config.send_rate, letters.add
    sender = Sender(storage.outbox, telegram.messenger, clock, send_rate, on_dead=on_dead)
    polling = _polling(parts, fetcher)
    rooms = furnished(parts, fetcher, polling)
    around = _surroundings(parts, telegram, rooms, sender, updates)
    dispatch = Dispatch(storage.inbox, Application(answers(rooms), around), clock)
    receiver = Receiver(bot, storage.inbox, dispatch, clock)
    _open_door(door, parts, receiver)
    receiving = _receiving(config, receiver)
    tasks = (dispatch.run, receiving, sender.run, polling.run, telegram.set_menus)
    return tasks, ticks(parts, name, sender, (letters, updates))


def _telegram(parts: Parts, bot: Any, name: str) -> Telegram:
    admins = parts.config.admin_ids
    return Telegram(
        bot,
        name,
        TelegramMessenger(bot),
        Permissions(bot, admins, parts.clock.monotonic),
        CommandMenus(bot, admins, parts.speaking.menus()),
    )


def _dead_letters(parts: Parts) -> Complaints[OutboxRow]:
    admins = parts.config.admin_ids

    async def tell_admins(row: OutboxRow, cause: str, others: int) -> None:
        await parts.storage.outbox.queue(parts.speaking.dead_letter(admins, row, cause, others))

    return Complaints(tell_admins, parts.clock)


def _set_aside(parts: Parts) -> Complaints[int]:
    admins = parts.config.admin_ids

    async def tell_admins(update: int, cause: str, others: int) -> None:
        await parts.storage.outbox.queue(parts.speaking.set_aside(admins, update, cause, others))

    return Complaints(tell_admins, parts.clock)


def _surroundings(
    parts: Parts, telegram: Telegram, rooms: Rooms, sender: Sender, updates: Complaints[int]
) -> Surroundings:
    config, storage, speaking = parts.config, parts.storage, parts.speaking
    return Surroundings(
        bot=telegram.bot,
        bot_name=telegram.name,
        messenger=telegram.messenger,
        permissions=telegram.permissions,
        inbox=storage.inbox,
        outbox=storage.outbox,
        chats=storage.chats,
        clock=parts.clock,
        language=config.language,
        explain=speaking.explain,
        set_aside=updates.add,
        wake=sender.wake,
        menus=telegram.menus,
        channels=Channels(rooms.channelling, telegram.permissions, telegram.name),
    )


def _receiving(config: Config, receiver: Receiver) -> Callable[[asyncio.Event], Awaitable[None]]:
    if config.update_mode == "polling":
        return receiver.poll
    assert config.webhook_secret is not None
    secret = config.webhook_secret.get_secret_value()

    async def serve(stop: asyncio.Event) -> None:
        await receiver.serve(config.webhook_url, secret, stop)

    return serve


def _open_door(door: Door, parts: Parts, receiver: Receiver) -> None:
    config = parts.config
    if config.webhook_secret is not None:
        secret = config.webhook_secret.get_secret_value()
        door.webhook = receiver.webhook_route(webhook_path(config), secret).handler
    door.health = parts.storage.prove
    door.figures = parts.storage.articles.counts


def _polling(parts: Parts, fetcher: Fetcher) -> Polling:
    config, storage, clock = parts.config, parts.storage, parts.clock

    def announce(feed: Feed, before: FeedState) -> Sequence[OutboxMessage]:
        return parts.speaking.feed_alert(config.admin_ids, feed, before)

    intake = Ingest(storage.articles, parts.workers, clock)
    return Polling(storage.feeds, fetcher, parts.workers, intake, clock, announce, owner=SERVING)

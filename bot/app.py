"""The wiring: Config in, every object built by hand, started and stopped in one place.

Nothing is decided here. One TaskGroup owns every task of the program: where one dies of a fault that
it could not handle itself, the others stop too and the program ends with that fault.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot import samples
from bot.answers.administering import Administering
from bot.answers.announcing import Announcing
from bot.answers.channelling import Channelling
from bot.answers.desk import Desk
from bot.answers.feeding import Feeding
from bot.answers.helping import Helping
from bot.answers.keeping import Keeping
from bot.answers.linking import Linking
from bot.answers.owning import LAST_TRACES, Owning
from bot.answers.pressing import Pressing
from bot.answers.reading import Reading
from bot.answers.settings import Settings
from bot.answers.starting import Starting
from bot.answers.subscribing import Subscribing
from bot.clock import SystemClock
from bot.config import Config
from bot.delivery.complaints import Complaints
from bot.delivery.sender import Sender
from bot.digests.produce import Produce
from bot.errors import MojazError
from bot.intake.fetch import WebFetcher, warn_of_private
from bot.intake.ingest import Ingest
from bot.intake.polling import SERVING, Polling
from bot.jobs import Jobs
from bot.model import Feed, FeedState, OutboxMessage, OutboxRow
from bot.ports import Fetcher, Workers
from bot.server import Server
from bot.speaking import Speaking
from bot.stories import mend
from bot.texts import feed_actions, keep_actions, settings_actions, start_actions
from bot.texts.catalogue import Catalogue
from bot.topics import lexicon
from bot.topics.names import names_of
from bot.workers import ProcessWorkers
from handlers.application import Answers, Application, Surroundings
from handlers.channels import Channels
from handlers.connection import greeted, opened_bot, refused_token, unless
from handlers.dispatch import Dispatch
from handlers.menus import CommandMenus
from handlers.messenger import TelegramMessenger
from handlers.permissions import Permissions
from handlers.receiver import Receiver
from handlers.table import brief
from handlers.transport import TokenRefused
from storage import Storage, held_storage, opened_storage

DIGEST_TICK = 1.0
"""Seconds between two looks at the index of due digests."""

SWEEP_TICK = 3600.0

FORGET_TICK = 1.0
"""Seconds between two looks at chats whose last traces are to go."""

COMPLAINTS_TICK = 60.0

TICK_GRACE = 1.5
"""Seconds that a running tick gets when the program stops; what it leaves is done at the next start."""

KEPT = timedelta(days=3)
"""How long is kept what was sent and answered: longer than Telegram repeats an update."""

Tasks = Sequence[Callable[[asyncio.Event], Awaitable[None]]]

_log = structlog.get_logger("mojaz")


@dataclass(slots=True)
class Door:
    """What the HTTP listener answers with; the bot's part is bound once the bot stands."""

    health: Callable[[], Awaitable[object]] | None = None
    webhook: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None

    async def is_healthy(self) -> bool:
        try:
            return self.health is not None and bool([await self.health()])
        except MojazError:
            return False

    async def receive(self, request: web.Request) -> web.StreamResponse:
        if self.webhook is None:
            return web.Response(status=503)
        return await self.webhook(request)

    def routes(self, config: Config) -> list[web.RouteDef]:
        """The webhook's route, where one is configured."""
        if config.update_mode != "webhook":
            return []
        return [web.post(urlsplit(config.webhook_url).path or "/", self.receive)]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is opened first and closed last."""

    config: Config
    clock: SystemClock
    storage: Storage
    workers: Workers
    speaking: Speaking


async def run(config: Config) -> int:
    """Serves Telegram until SIGTERM or SIGINT."""
    door = Door()
    server = Server(*config.listen, door.is_healthy, door.routes(config))
    stop = stop_on_signals()
    url = await server.start()
    _log.info("listening", url=url)
    try:
        async with opened_parts(config) as parts:
            await _take_out_samples(parts)
            await serve(parts, door, stop)
    finally:
        await server.stop()
    return 0


async def _take_out_samples(parts: Parts) -> None:
    """What the sandbox brought along is no news for Telegram's readers."""
    articles = parts.storage.articles
    for article in await articles.by_url(samples.ADDRESS):
        await articles.delete(article, mend)


def stop_on_signals() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def opened_parts(config: Config) -> AsyncIterator[Parts]:
    """The database, which no other bot may serve, the worker processes, the words."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        stack.enter_context(held_storage(config.database_url))
        storage = await stack.enter_async_context(opened_storage(config.database_url, clock.now))
        workers = await stack.enter_async_context(
            ProcessWorkers(preload=["bot.intake.ingest", "bot.intake.feed_visits"])
        )
        speaking = Speaking(Catalogue.load(), lexicon.load(), config.timezone, config.language)
        names_of(speaking.lexicon)  # made now, so that no reader waits for it
        yield Parts(config, clock, storage, workers, speaking)


async def serve(parts: Parts, door: Door, stop: asyncio.Event, *, is_public: bool = True) -> None:
    """Connects to Telegram and works until `stop`. Raises ConfigurationError for a refused token.

    is_public: whether the bot is one that Telegram knows, so that the sites that it reads are told
    where it can be found.
    """
    config = parts.config
    assert config.bot_token is not None
    async with AsyncExitStack() as stack:
        token = config.bot_token.get_secret_value()
        bot = await stack.enter_async_context(opened_bot(token, config.telegram_api_url))
        name = await unless(stop, greeted(bot, parts.clock))
        if name is None:
            return
        await parts.storage.traces.put_off(parts.clock.now() + LAST_TRACES)
        await parts.storage.feeds.release(SERVING, parts.clock.now())
        warn_of_private(config.fetch_allow_private)
        contact = f"https://t.me/{name}" if is_public else ""
        fetcher = WebFetcher(allow_private=config.fetch_allow_private, contact=contact)
        await stack.enter_async_context(fetcher)
        tasks, jobs = _assemble(parts, door, bot, name, fetcher)
        jobs.start()
        stack.push_async_callback(_finish, jobs)
        _log.info("serving", bot=name, updates=config.update_mode, admins=len(config.admin_ids))
        await _together(tasks, stop)
        _log.info("stopped")


async def _finish(jobs: Jobs) -> None:
    """A tick that runs gets its end, so that it does not meet a closed database."""
    jobs.stop()
    await jobs.finish(TICK_GRACE)


async def _together(tasks: Tasks, stop: asyncio.Event) -> None:
    """Runs them until all end; the first fault ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                group.create_task(_run(task, stop))
    except* TokenRefused:
        raise refused_token() from None
    except* MojazError as faults:
        _raise_first(faults)


async def _run(task: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    await task(stop)


def _raise_first(faults: BaseExceptionGroup[Any]) -> NoReturn:
    fault: BaseException = faults
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    raise fault


def _assemble(parts: Parts, door: Door, bot: Any, name: str, fetcher: Fetcher) -> tuple[Tasks, Jobs]:
    """Every object of the running bot."""
    config, clock, storage, speaking = parts.config, parts.clock, parts.storage, parts.speaking
    messenger = TelegramMessenger(bot)

    async def tell_admins(row: OutboxRow, cause: str, others: int) -> None:
        await storage.outbox.queue(speaking.dead_letter(config.admin_ids, row, cause, others))

    complaints = Complaints(tell_admins, clock)
    sender = Sender(storage.outbox, messenger, clock, config.send_rate, on_dead=complaints.add)
    menus = CommandMenus(bot, config.admin_ids, speaking.menus())
    polling = _polling(parts, fetcher)
    answers, channelling = _answers(parts, fetcher, polling)
    permissions = Permissions(bot, config.admin_ids, clock.monotonic)
    around = Surroundings(
        bot=bot,
        bot_name=name,
        messenger=messenger,
        permissions=permissions,
        inbox=storage.inbox,
        outbox=storage.outbox,
        chats=storage.chats,
        clock=clock,
        language=config.language,
        admins=config.admin_ids,
        explain=speaking.explain,
        set_aside=speaking.set_aside,
        wake=sender.wake,
        menus=menus,
        channels=Channels(channelling, permissions, name),
    )
    dispatch = Dispatch(storage.inbox, Application(answers, around), clock)
    receiver = Receiver(bot, storage.inbox, dispatch, clock)
    _open_door(door, parts, receiver)

    async def set_menus(stop: asyncio.Event) -> None:
        await unless(stop, menus.set())

    tasks = (dispatch.run, _receiving(config, receiver), sender.run, polling.run, set_menus)
    jobs = _jobs(parts, name, sender)
    jobs.add("complaints", COMPLAINTS_TICK, complaints.flush)
    return tasks, jobs


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
        path = urlsplit(config.webhook_url).path or "/"
        door.webhook = receiver.webhook_route(path, config.webhook_secret.get_secret_value()).handler
    door.health = parts.storage.outbox.next_retry


def _polling(parts: Parts, fetcher: Fetcher) -> Polling:
    config, storage, clock = parts.config, parts.storage, parts.clock

    def announce(feed: Feed, before: FeedState) -> Sequence[OutboxMessage]:
        return parts.speaking.feed_alert(config.admin_ids, feed, before)

    intake = Ingest(storage.articles, parts.workers, clock)
    return Polling(storage.feeds, fetcher, parts.workers, intake, clock, announce, owner=SERVING)


def _answers(parts: Parts, fetcher: Fetcher, polling: Polling) -> tuple[Answers, Channelling]:
    """Which command is answered by which room, and the room of channels' posts."""
    storage, config, speaking = parts.storage, parts.config, parts.speaking
    desk = Desk(
        storage.articles,
        storage.chats,
        speaking.lexicon,
        speaking.catalogue,
        config.timezone,
        config.digest_time,
        storage.shelf,
    )
    reading, subscribing, settings = Reading(desk), Subscribing(desk), Settings(desk)
    linking = Linking(parts.workers, fetcher)
    helping = Helping(desk, reading, subscribing, linking)
    intake = Ingest(storage.articles, parts.workers, parts.clock)
    channelling = Channelling(desk, storage.channels, intake, parts.clock)
    owning = Owning(desk, storage.traces)
    announcing = Announcing(desk, storage.broadcasts, storage.copy_beside)
    keeping = Keeping(reading, storage.shelf, owning, announcing)
    feeding = Feeding(desk, storage.feeds, polling, samples.starter(), parts.workers)
    administering = Administering(desk, intake, linking, feeding.add_list)
    families = {
        settings_actions.FAMILY: settings.press,
        keep_actions.FAMILY: keeping.press,
        start_actions.FAMILY: Starting(desk).press,
        feed_actions.FAMILY: feeding.press,
    }
    answers = Answers(
        start=helping.start,
        help=helping.help,
        latest=reading.latest,
        topic=reading.topic,
        topics=reading.topics,
        search=reading.search,
        read=reading.read,
        digest=subscribing.digest,
        subscribe=subscribing.subscribe,
        unsubscribe=subscribing.unsubscribe,
        follow=subscribing.follow,
        unfollow=subscribing.unfollow,
        sources=reading.sources,
        privacy=helping.privacy,
        unknown_command=helping.unknown_command,
        plain_words=helping.plain_words,
        ingest=administering.ingest,
        delete=administering.delete,
        stats=administering.stats,
        press=Pressing(desk, reading, subscribing, helping, families).press,
        summarize=helping.summarize,
        settings=settings.settings,
        further={
            "saved": brief(keeping.saved),
            "mydata": brief(owning.mydata),
            "forgetme": brief(owning.forgetme),
            "broadcast": brief(announcing.broadcast),
            "backup": brief(announcing.backup),
            "channel": brief(channelling.channel),
            "feeds": brief(feeding.list_feeds),
            "addfeed": feeding.addfeed,
            "removefeed": brief(feeding.removefeed),
            "checkfeed": feeding.checkfeed,
        },
    )
    return answers, channelling


def _jobs(parts: Parts, name: str, sender: Sender) -> Jobs:
    """The fixed ticks."""
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

    jobs = Jobs()
    jobs.add("digests", DIGEST_TICK, produce.due_digests)
    jobs.add("sweep", SWEEP_TICK, sweep)
    jobs.add("forgetting", FORGET_TICK, forget)
    return jobs

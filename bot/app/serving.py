"""Started and stopped: the listener, the database, Telegram, then every task until the end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, NoReturn

import structlog

from bot import samples
from bot.answers.owning import LAST_TRACES
from bot.app.assembling import Tasks, assemble
from bot.app.door import Door
from bot.app.parts import Parts, opened_parts
from bot.config import Config
from bot.errors import MojazError
from bot.intake.fetch import WebFetcher, warn_of_private
from bot.intake.polling import SERVING
from bot.jobs import Jobs
from bot.server import Server
from bot.stories import mend
from handlers.connection import greeted, opened_bot, refused_token, unless
from handlers.transport import TokenRefused

TICK_GRACE = 1.5
"""Seconds that a running tick gets when the program stops; what it leaves is done at the next start."""

_log = structlog.get_logger("mojaz")


async def run(config: Config) -> int:
    """Serves Telegram until SIGTERM or SIGINT."""
    door = Door()
    server = Server(*config.listen, door.is_healthy, door.counted, door.routes(config))
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
        tasks, jobs = assemble(parts, door, bot, name, fetcher)
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

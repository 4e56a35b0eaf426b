"""The bot's own connection to Telegram: opened, greeted, and told apart from a wrong token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError
from telegram.error import RetryAfter as Limited

from bot.errors import ConfigurationError
from bot.ports import Clock
from handlers.messenger import seconds
from handlers.transport import AiohttpRequest, TokenRefused

log = structlog.get_logger("mojaz.telegram")

POLL_READ = 10.0
"""Seconds that an answer to getUpdates may be late after its own time is over."""

TELEGRAM = "https://api.telegram.org"
"""Telegram's own Bot API."""

LONGEST_PAUSE = 30.0
"""Seconds between two tries while Telegram cannot be reached."""

T = TypeVar("T")


@asynccontextmanager
async def opened_bot(token: str, api_url: str, *, pool: int = 256) -> AsyncIterator[Bot]:
    """A bot whose calls go to `api_url`, over connections that are closed at the end.

    Nothing is asked of Telegram yet: `greeted` does that. pool: calls at once, beyond which they wait.
    """
    proxies = not _is_this_machine(api_url)
    calls = AiohttpRequest(pool, proxies=proxies)
    polling = AiohttpRequest(2, read=POLL_READ, total=None, proxies=proxies)
    bot = Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=calls,
        get_updates_request=polling,
    )
    await calls.initialize()
    await polling.initialize()
    try:
        yield bot
    finally:
        await calls.shutdown()
        await polling.shutdown()


def _is_this_machine(url: str) -> bool:
    """A proxy of the environment is for the world outside."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def refused_token() -> ConfigurationError:
    """The fault of a token that Telegram refuses, in one line, without the token."""
    return ConfigurationError(
        "BOT_TOKEN: the value is refused by Telegram; accepted: the token of a bot, from @BotFather"
    )


def _is_telegram(bot: Bot) -> bool:
    """Whether the bot calls Telegram's own servers."""
    return urlsplit(bot.base_url).hostname == urlsplit(TELEGRAM).hostname


def _refused_address() -> ConfigurationError:
    """The fault of a token, or of another server than Telegram's own, without what it said: that may
    hold the token."""
    return ConfigurationError(
        "BOT_TOKEN or TELEGRAM_API_URL: no bot answers at this address; accepted: the token of a bot,"
        " from @BotFather, and the address of a Bot API server that knows it"
    )


async def greeted(bot: Bot, clock: Clock) -> str:
    """Asks Telegram who the bot is, however long Telegram cannot be reached: its username without @.

    Raises ConfigurationError where Telegram, or the server that is asked instead, knows no such bot.
    """
    try:
        await insist("getMe", bot.initialize, clock)
    except (InvalidToken, EndPointNotFound, BadRequest, Forbidden):
        # a 404: what stands in the address is no token to Telegram, or it is no address of a Bot API
        raise refused_token() if _is_telegram(bot) else _refused_address() from None
    return bot.username


async def insist(what: str, call: Callable[[], Awaitable[T]], clock: Clock) -> T:
    """Makes a call that may be made twice, again and again until Telegram has answered it.

    Raises ConfigurationError for a refused token, and whatever Telegram refuses for good.
    """
    pause = 1.0
    while True:
        try:
            return await call()
        except TokenRefused:
            raise refused_token() from None
        except (InvalidToken, EndPointNotFound, BadRequest, Forbidden):
            raise
        except Limited as error:
            wait = seconds(error)
        except TelegramError as error:
            wait, pause = pause, min(2 * pause, LONGEST_PAUSE)
            log.warning("telegram_unreachable", call=what, cause=str(error)[:200], again_in=wait)
        await clock.sleep(wait)


async def unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """The result of `work`, or None where `stop` came first: the work is then cancelled."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    return None if task.cancelled() else task.result()

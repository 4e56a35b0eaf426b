"""The bot in the sandbox: its own Bot API, a chat page and sample articles, all on this machine."""

from __future__ import annotations

import secrets
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from pydantic import SecretStr

from bot import samples
from bot.app import Door, Parts, opened_parts, serve, stop_on_signals
from bot.config import Config
from bot.errors import ConfigurationError
from bot.intake.ingest import Ingest
from bot.model import UserId
from bot.sandbox.emulator import Emulator
from bot.sandbox.people import ADMIN
from bot.server import Server
from bot.stories import mend

_log = structlog.get_logger("mojaz")


async def run_sandbox(config: Config) -> int:
    """Serves the chat page until SIGTERM or SIGINT; its address is printed once it can be used."""
    # a token of the right form that is nobody's
    token = f"1000:{secrets.token_urlsafe(24)}"
    emulator = Emulator(token)
    # the bot's database outlives the sandbox: an update with a number that it knows is not answered
    emulator.world.updates.number_from(int(time.time()))
    door, stop = Door(), stop_on_signals()
    server, url = await _listening(config, door, emulator)
    own = on_this_machine(url)
    inside = config.model_copy(
        update={
            "bot_token": SecretStr(token),
            "telegram_api_url": own,
            "update_mode": "polling",
            "admin_ids": config.admin_ids | {UserId(ADMIN)},
        }
    )
    try:
        async with opened_parts(inside) as parts:
            await _bring_samples(parts)
            print(f"mojaz sandbox: {own}/  (Ctrl+C ends it)", flush=True)
            await serve(parts, door, stop, is_public=False)
    finally:
        await emulator.close()
        await server.stop()
    return 0


def on_this_machine(url: str) -> str:
    """The listener's address as this machine calls it: where it listens on all addresses, the loopback
    one, as the sandbox answers no other name."""
    parts = urlsplit(url)
    address = ip_address(parts.hostname or "")
    if address.is_unspecified:
        host = "127.0.0.1" if address.version == 4 else "[::1]"
        return parts._replace(netloc=f"{host}:{parts.port}").geturl()
    if not address.is_loopback:
        raise ConfigurationError(
            f"LISTEN: '{parts.netloc}' is not accepted for the sandbox, which answers this machine"
            " alone; accepted: 127.0.0.1:port, or 0.0.0.0:port inside a container"
        )
    return url


async def _listening(config: Config, door: Door, emulator: Emulator) -> tuple[Server, str]:
    """On LISTEN; where that is the default and in use, on any free port of this machine."""
    try:
        return await _started(config.listen, door, emulator)
    except ConfigurationError:
        if config.listen != Config().listen:
            raise
        return await _started((config.listen[0], 0), door, emulator)


async def _started(listen: tuple[str, int], door: Door, emulator: Emulator) -> tuple[Server, str]:
    server = Server(*listen, door.is_healthy, door.counted, emulator.routes)
    return server, await server.start()


async def _bring_samples(parts: Parts) -> None:
    """Fresh samples where the database holds nothing else; an operator's own articles are left alone."""
    articles = parts.storage.articles
    known = await articles.by_url(samples.ADDRESS)
    if (await articles.counts()).articles > len(known):
        return
    for article in known:
        await articles.delete(article, mend)
    now = parts.clock.now()
    intake = Ingest(articles, parts.workers, parts.clock)
    report = await intake.document(samples.NAME, samples.document(now))
    _log.info("samples", stored=len(report.stored))

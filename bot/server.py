"""The one HTTP listener: health, metrics, and the routes that webhook and sandbox hand it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web, web_response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest

from bot.errors import ConfigurationError, MojazError
from bot.model import Counts

# Who serves is nobody's business, and its version helps whoever looks for holes. This constant is what
# aiohttp puts on every answer, those to requests that it cannot parse too, which pass no signal.
web_response.SERVER_SOFTWARE = "mojaz"  # type: ignore[attr-defined]

HEALTH_SECONDS = 2.0
"""Whoever asks for health gives up soon: no answer by then is an unhealthy one."""

_log = structlog.get_logger(__name__)

Health = Callable[[], Awaitable[bool]]
"""Whether the database answers and the tasks live; a fault that it raises counts as no."""


Figures = Callable[[], Awaitable[Counts | None]]
"""The bot in figures; None before it stands."""

_GAUGES = {
    "articles": "Articles stored",
    "stories": "Stories that they form",
    "sources": "Sources that they are from",
    "chats": "Chats that the bot can write to",
    "subscribers": "Chats that get digests",
    "sent": "Messages sent since the database was made",
    "queued": "Messages that wait to be sent",
    "dead": "Messages given up since the database was made",
}


class Server:
    """Listens on one address from `start` to `stop`."""

    def __init__(
        self,
        host: str,
        port: int,
        health: Health,
        figures: Figures,
        routes: Sequence[web.RouteDef] = (),
    ) -> None:
        self._host = host
        self._port = port
        self._health = health
        self._figures = figures
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._metrics), *routes])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)

    async def start(self) -> str:
        """Starts to listen and gives the base URL; port 0 has picked a free one.

        Raises ConfigurationError where the address cannot be listened on.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            shown = f"{self._host}:{self._port}"
            cause = f"LISTEN: '{shown}' cannot be used ({error.strerror}); accepted: a free address:port"
            raise ConfigurationError(cause) from None
        host, port = self._runner.addresses[0][:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        healthy = await self._is_healthy()
        state = "ok" if healthy else "unhealthy"
        return web.json_response({"status": state}, status=200 if healthy else 503)

    async def _is_healthy(self) -> bool:
        try:
            return await asyncio.wait_for(self._health(), HEALTH_SECONDS)
        except Exception as fault:
            _log.warning("health_check_failed", cause=repr(fault))
            return False

    async def _metrics(self, _: web.Request) -> web.Response:
        """The process' figures, and the bot's own where it stands and its database answers."""
        try:
            counts = await asyncio.wait_for(self._figures(), HEALTH_SECONDS)
        except (MojazError, TimeoutError) as fault:
            _log.warning("metrics_incomplete", cause=repr(fault))
            counts = None
        body = generate_latest(REGISTRY) + (generate_latest(_registry(counts)) if counts else b"")
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _registry(counts: Counts) -> CollectorRegistry:
    registry = CollectorRegistry()
    for name, meaning in _GAUGES.items():
        Gauge(f"mojaz_{name}", meaning, registry=registry).set(getattr(counts, name))
    return registry

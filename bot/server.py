"""The one HTTP listener: health, metrics, and the routes that webhook and sandbox hand it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import ConfigurationError

Health = Callable[[], Awaitable[bool]]


class Server:
    """Listens on one address from `start` to `stop`."""

    def __init__(
        self, host: str, port: int, health: Health, routes: Sequence[web.RouteDef] = ()
    ) -> None:
        self._host = host
        self._port = port
        self._health = health
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", _metrics), *routes])
        app.on_response_prepare.append(_hide_versions)
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
        healthy = await self._health()
        state = "ok" if healthy else "unhealthy"
        return web.json_response({"status": state}, status=200 if healthy else 503)


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _hide_versions(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "mojaz"

"""What the HTTP listener hands to the bot, which stands later than the listener."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.config import Config
from bot.model import Counts


@dataclass(slots=True)
class Door:
    """What the HTTP listener answers with; the bot's part is bound once the bot stands."""

    health: Callable[[], Awaitable[None]] | None = None
    """Raises where the bot can do nothing."""
    figures: Callable[[], Awaitable[Counts]] | None = None
    webhook: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None

    async def is_healthy(self) -> bool:
        if self.health is None:
            return False
        await self.health()
        return True

    async def counted(self) -> Counts | None:
        """The bot in figures; None before it stands."""
        return await self.figures() if self.figures is not None else None

    async def receive(self, request: web.Request) -> web.StreamResponse:
        if self.webhook is None:
            return web.Response(status=503)
        return await self.webhook(request)

    def routes(self, config: Config) -> list[web.RouteDef]:
        """The webhook's route, where one is configured."""
        if config.update_mode != "webhook":
            return []
        return [web.post(webhook_path(config), self.receive)]


def webhook_path(config: Config) -> str:
    """Where on the listener Telegram's updates come in."""
    return urlsplit(config.webhook_url).path or "/"

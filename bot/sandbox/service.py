"""One call of the bot from the wire and back: token, faults, grammar, play, envelope, transcript."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox import messages, profile
from bot.sandbox.faults import Dropped, Fault
from bot.sandbox.refusal import Json, Refused, bad_request
from bot.sandbox.table import Table, bot_api
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import envelope, failure, is_loopback, parameters, success
from bot.sandbox.world import World

_PLAYED = {**messages.CALLS, **profile.CALLS}
_POLLS = ("getUpdates",)


@dataclass(slots=True)
class Service:
    """The Bot API's side of the sandbox."""

    token: str
    world: World
    webhook: Webhook
    delay: float = 0.0
    """Seconds that every call takes longer: the round trip to Telegram."""

    @property
    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call. The answer is what Telegram would say, or a cut connection."""
        if not is_loopback(request.host):
            return failure(Refused(403, "Forbidden: the sandbox answers this machine alone"))
        if not self._knows(request.match_info["token"]):
            return failure(Refused(401, "Unauthorized"))
        started, at = time.monotonic(), self.world.state.now()
        given: dict[str, Any] = {}
        method = _method(request.match_info["method"])
        try:
            given = await parameters(request)
            result = await self._answer(method, given)
            response: web.StreamResponse = success(result)
            status, body = 200, {"ok": True, "result": result}
        except Refused as refused:
            response, status, body = failure(refused), refused.code, envelope(refused)
        except Dropped:
            response, status, body = _cut(request), 0, {}
        if method not in _POLLS or status != 200 or body.get("result"):
            self.world.transcript.note(at, time.monotonic() - started, method, given, status, body)
            self.world.state.note("call", 0, {})
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file's bytes, by the path that getFile gave."""
        if not is_loopback(request.host) or not self._knows(request.match_info["token"]):
            return failure(Refused(401, "Unauthorized"))
        path = request.match_info["path"]
        found = next((f for f in self.world.state.files.values() if f.path == path), None)
        if found is None:
            return failure(Refused(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    def _knows(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())

    async def _answer(self, method: str, given: dict[str, Any]) -> Any:
        if self.delay:
            await asyncio.sleep(self.delay)
        fault = self.world.faults.next(method, given)
        if fault is not None:
            await self._suffer(fault, given)
        result = await self._play(method, bot_api().check(method, given))
        if fault is not None and fault.kind == "drop-after":
            raise Dropped
        return result

    async def _suffer(self, fault: Fault, given: dict[str, Any]) -> None:
        """What a fault does before the call is carried out."""
        if fault.kind == "drop-before":
            raise Dropped
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "flood":
            chat = str(given.get("chat_id", ""))
            held = int(chat) if fault.chat is not None and chat.lstrip("-").isdigit() else None
            self.world.meter.hold(held, fault.retry_after)
        if refused := fault.refusal():
            raise refused

    async def _play(self, method: str, given: Json) -> Any:
        if method == "getUpdates":
            return await self.world.updates.poll(
                given.get("offset", 0), given.get("limit", 100), given.get("timeout", 0),
                given.get("allowed_updates"),
            )  # fmt: skip
        own: dict[str, Callable[[Json], Awaitable[bool]]] = {
            "setWebhook": self.webhook.set,
            "deleteWebhook": self.webhook.delete,
        }
        if method in own:
            return await own[method](given)
        if method == "getWebhookInfo":
            return self.webhook.info()
        if method not in _PLAYED:
            raise bad_request(f"{method} is not played by this sandbox")
        return _PLAYED[method](self.world, given)


def _method(name: str) -> str:
    """The method's own spelling: Telegram does not mind the case."""
    return _spellings(bot_api()).get(name.lower(), name[:64])


def _spellings(table: Table) -> dict[str, str]:
    return {name.lower(): name for name in table.methods}


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()

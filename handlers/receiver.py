"""Updates come in: by long polling or by webhook, into the inbox before Telegram may forget them.

Telegram forgets an update once a later offset is asked for, or once the webhook was answered. Both
happen only after the inbox has it. What was left unanswered by a former run comes first. Positions never
get that far (positions.py).
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, TelegramError
from telegram.error import RetryAfter as Limited

from bot.errors import ConfigurationError
from bot.model import StoredUpdate, UpdateId
from bot.ports import Clock, Inbox
from handlers.connection import insist, refused_token, unless
from handlers.dispatch import Dispatch
from handlers.messenger import seconds
from handlers.positions import without_positions
from handlers.transport import TokenRefused

log = structlog.get_logger("mojaz.receiver")

HANDLED = ("message", "callback_query", "my_chat_member", "channel_post", "edited_channel_post")
"""The only updates that are asked for."""

POLL = 30
"""Seconds that Telegram may keep an empty answer back."""

PAGE = 100

LONGEST_PAUSE = 30.0

FORGET_OFFSET = 24 * 3600.0
"""Seconds without an update after which the offset is dropped: Telegram may number anew after a week
(core.telegram.org/bots/api, Update.update_id), and a number below the offset would never be seen."""

BODY_LIMIT = 1024 * 1024
"""Bytes of one update over the webhook."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Receiver:
    """Takes updates in, in either way, and hands them to the dispatch."""

    def __init__(self, bot: Bot, inbox: Inbox, dispatch: Dispatch, clock: Clock) -> None:
        self._bot = bot
        self._inbox = inbox
        self._dispatch = dispatch
        self._clock = clock
        self._offset: int | None = None
        self._heard = clock.monotonic()
        self._faults = 0
        self._is_open = False

    async def poll(self, stop: asyncio.Event) -> None:
        """Replays what is pending, then polls until `stop`.

        Raises ConfigurationError where Telegram refuses the token.
        """
        await self._replay(stop)
        await unless(stop, insist("deleteWebhook", self._bot.delete_webhook, self._clock))
        while not stop.is_set():
            page = await unless(stop, self._next_page())
            if page:
                await self._take(page, stop)

    async def serve(self, url: str, secret: str, stop: asyncio.Event) -> None:
        """Replays what is pending, opens the webhook's route, and tells Telegram its address."""
        await self._replay(stop)
        self._is_open = True

        async def register() -> bool:
            return await self._bot.set_webhook(url, allowed_updates=HANDLED, secret_token=secret)

        try:
            await unless(stop, insist("setWebhook", register, self._clock))
        except (BadRequest, Forbidden) as error:
            raise ConfigurationError(
                f"WEBHOOK_URL: {url!r} is refused by Telegram ({error.message}); accepted: an https://"
                " address that Telegram can reach, on port 443, 80, 88 or 8443"
            ) from None
        await stop.wait()
        self._is_open = False

    def webhook_route(self, path: str, secret: str) -> web.RouteDef:
        """The route for Telegram's POST: 403 for a wrong secret, 413 over 1 MB, 400 for no update,
        503 while there is no room (Telegram comes again), otherwise 200 once the update is stored."""

        async def receive(request: web.Request) -> web.Response:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
                return web.Response(status=403)
            if not self._is_open or self._dispatch.is_full:
                return web.Response(status=503)
            body = await _capped(request)
            if body is None:
                return web.Response(status=413)
            return web.Response(status=await self._receive(body))

        return web.post(path, receive)

    async def _receive(self, body: bytes) -> int:
        try:
            update = json.loads(body)
            stored = self._stored(update)
        except (ValueError, TypeError, KeyError, RecursionError):
            return 400
        try:
            new = await self._inbox.record([stored])
        except Exception:
            log.exception("inbox_failed")
            return 503
        for each in new:
            await self._dispatch.put(each)
        return 200

    # --- polling ----------------------------------------------------------------------------------

    async def _next_page(self) -> Sequence[Mapping[str, Any]]:
        """Updates as Telegram sent them; empty after a fault, which was waited out."""
        try:
            page = await self._ask()
        except TokenRefused:
            raise refused_token() from None
        except EndPointNotFound:
            # what the library makes of a 404: with this address or token nothing will be found
            await self._wait_out("not_found", "Telegram does not know the bot's address (404)")
        except Conflict:
            await self._wait_out("conflict", "another program receives this bot's updates (409)")
        except Limited as error:
            await self._clock.sleep(seconds(error))
        except TelegramError as error:
            await self._wait_out("unreachable", str(error)[:200])
        else:
            if self._faults:
                log.info("polling_goes_on", after_faults=self._faults)
            self._faults = 0
            return page
        return ()

    async def _ask(self) -> Sequence[Mapping[str, Any]]:
        if self._clock.monotonic() - self._heard > FORGET_OFFSET:
            self._offset = None
        # Bot.get_updates parses a whole page at once, so that one update of an unknown shape would
        # keep the others out for ever; this spelling gives the page as it came
        page = await self._bot.do_api_request(
            "get_Updates",
            api_kwargs={
                "offset": self._offset,
                "limit": PAGE,
                "timeout": POLL,
                "allowed_updates": list(HANDLED),
            },
            read_timeout=POLL + (self._bot._request[0].read_timeout or 0),
        )
        if not isinstance(page, list):
            raise TelegramError("the page of updates is no list")
        return page

    async def _wait_out(self, event: str, cause: str) -> None:
        wait = min(2.0 ** min(self._faults, 10), LONGEST_PAUSE)
        self._faults += 1
        # one line a fault would fill the log of a long outage
        if self._faults & (self._faults - 1) == 0:
            log.warning(f"polling_{event}", cause=cause, faults=self._faults, again_in=wait)
        await self._clock.sleep(wait)

    async def _take(self, page: Sequence[Mapping[str, Any]], stop: asyncio.Event) -> None:
        """Records a page, and only then lets the next request confirm it."""
        stored = [self._stored(update) for update in page]
        try:
            new = await self._inbox.record(stored)
        except Exception:
            log.exception("inbox_failed")
            await self._clock.sleep(1.0)
            return
        self._heard = self._clock.monotonic()
        self._offset = max(update.id for update in stored) + 1
        await self._put(new, stop)

    async def _replay(self, stop: asyncio.Event) -> None:
        pending = await self._inbox.pending()
        if pending:
            log.info("replaying", updates=len(pending))
        await self._put(pending, stop)

    async def _put(self, updates: Sequence[StoredUpdate], stop: asyncio.Event) -> None:
        for update in updates:
            if stop.is_set():
                return
            await unless(stop, self._dispatch.put(update))

    def _stored(self, update: Mapping[str, Any]) -> StoredUpdate:
        payload = json.dumps(without_positions(update), separators=(",", ":"))
        return StoredUpdate(UpdateId(int(update["update_id"])), payload, self._clock.now())


async def _capped(request: web.Request) -> bytes | None:
    """The body; None where it is too large, of which no more is read."""
    if (request.content_length or 0) > BODY_LIMIT:
        return None
    parts, size = [], 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)

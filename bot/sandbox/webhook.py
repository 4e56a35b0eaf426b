"""Updates by webhook: posted one at a time, in order, with the secret header, tried again until taken.

Loopback addresses alone are called: the sandbox has no business anywhere else.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.refusal import Json, bad_request
from bot.sandbox.updates import Updates
from bot.sandbox.wire import is_loopback

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0
_ANSWER_TIME = 30.0


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to, if anywhere."""

    updates: Updates
    url: str = ""
    secret: str = ""
    most_connections: int = 40
    last_error: tuple[int, str] | None = None
    _posting: asyncio.Task[None] | None = field(default=None)

    async def set(self, given: Json) -> bool:
        """setWebhook; an empty url ends it. Raises Refused for an address that is not loopback."""
        url, secret = given["url"], given.get("secret_token", "")
        _check(url, secret)
        await self.close()
        if given.get("drop_pending_updates"):
            self.updates.drop()
        if "allowed_updates" in given:
            self.updates.allowed = tuple(given["allowed_updates"])
        self.url, self.secret, self.last_error = url, secret, None
        self.most_connections = given.get("max_connections", 40)
        self.updates.webhook = bool(url)
        self.updates.bell.ring()
        if url:
            self._posting = asyncio.create_task(self._post_all())
        return True

    async def delete(self, given: Json) -> bool:
        return await self.set({"url": "", **given})

    def info(self) -> Json:
        shown: Json = {"url": self.url, "has_custom_certificate": False}
        shown["pending_update_count"] = len(self.updates.pending)
        if self.url:
            shown |= {"max_connections": self.most_connections, "ip_address": "127.0.0.1"}
        if self.updates.allowed:
            shown["allowed_updates"] = list(self.updates.allowed)
        if self.last_error:
            shown |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        return shown

    async def close(self) -> None:
        """Posts nothing more."""
        task, self._posting = self._posting, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _post_all(self) -> None:
        wait = _FIRST_WAIT
        timeout = aiohttp.ClientTimeout(total=_ANSWER_TIME)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self.updates.bell.until(lambda: bool(self.updates.pending), 3600)
                for update in self.updates.pending[:1]:
                    fault = await self._post(session, update)
                    if fault is None:
                        self.updates.confirm(update["update_id"] + 1)
                        wait = _FIRST_WAIT
                        continue
                    self.last_error = int(self.updates.now()), fault
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, _LONGEST_WAIT)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> str | None:
        """Posts one update; what went wrong, or None."""
        headers = {_SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(
                self.url, json=update, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
                sound = 200 <= answer.status < 300
                return (
                    None
                    if sound
                    else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                )
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"


def _check(url: str, secret: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if not url:
        return
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and is_loopback(parts.hostname or "")
    except ValueError:
        sound = False
    if not sound:
        raise bad_request("bad webhook: this sandbox calls loopback addresses alone")

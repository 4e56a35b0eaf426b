"""HTTP to the Bot API: python-telegram-bot's BaseRequest over aiohttp.

httpx, the library's own choice, falls from 901 to 148 requests a second between 8 and 256 in flight,
and writes the token into its log; aiohttp was measured at seven times its speed there.

A call is made once. Whether a failed one may have reached Telegram is told by the error's class:
NotSent says certainly not, any other NetworkError that nobody knows. Trying again is the outbox's.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

LARGEST_BODY = 32 * 1024 * 1024
"""Bytes; Telegram gives files of at most 20 MB, and pages of updates are far smaller."""

CONNECT = 5.0
"""Seconds for a connection to stand."""

READ = 15.0
"""Seconds without a byte from Telegram after which a call is given up."""

UPLOAD = 300.0
"""Seconds that a call with a file may take from start to end: 50 MB at 1.4 Mbit/s."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Seconds = Any
"""A time-out as the library hands it over: seconds, None for none, or DEFAULT_NONE for the default."""


class NotSent(NetworkError):
    """The call certainly never reached Telegram: no connection came about."""


class TokenRefused(TelegramError):
    """Telegram answered 401: the token is none, or was revoked.

    Not telegram.error.InvalidToken, which the library also raises for a 404 and whose message it
    rewrites so that it holds the token.
    """


class AiohttpRequest(BaseRequest):
    """A bounded pool of connections.

    pool: connections at once; further calls wait for one.
    total: seconds that a call may take from start to end; None for long polling.
    proxies: take a proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
    """

    def __init__(
        self, pool: int, *, read: float = READ, total: float | None = 30.0, proxies: bool = True
    ) -> None:
        self._pool = pool
        self._read = read
        self._total = total
        self._proxies = proxies
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Opens the session; it belongs to the loop that runs now."""
        if self._session is not None and not self._session.closed:
            return
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._pool, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trust_env=self._proxies,
        )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises NotSent, TimedOut, NetworkError or TokenRefused."""
        spans = aiohttp.ClientTimeout(
            total=UPLOAD if request_data and request_data.contains_files else self._total,
            connect=_given(pool_timeout, 2 * CONNECT),
            sock_connect=_given(connect_timeout, CONNECT),
            sock_read=_given(read_timeout, self._read),
        )
        status, body = await self._exchange(url, method, request_data, spans)
        if status == 401:
            raise TokenRefused("the token is not accepted (401)")
        return status, body

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, spans: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("the transport is closed")
        form, headers = _form(data)
        # the errors' own texts and contexts hold the URL, and with it the token: none is passed on
        try:
            async with self._session.request(
                method, url, data=form, headers=headers, timeout=spans, allow_redirects=False
            ) as response:
                return response.status, await _body(response)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSent(_told(error)) from None
        except (aiohttp.InvalidURL, aiohttp.ClientHttpProxyError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. The library's own version logs a broken one whole, with what readers wrote."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no JSON object")
        return answer


def _given(value: Seconds, default: float) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _told(error: aiohttp.ClientError | TimeoutError) -> str:
    reason = getattr(error, "os_error", None)
    return f"{type(error).__name__}: {reason.strerror or reason}" if reason else type(error).__name__


def _form(data: RequestData | None) -> tuple[aiohttp.FormData | str | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        # a form as the library sends it, not JSON, though that is shorter in Arabic: it is what every
        # server of the Bot API is sure to read
        return urlencode(data.json_parameters, errors="replace"), _FORM
    # with quoted fields the names of Arabic files arrive as %D8%…
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form, None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in response.content.iter_any():
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            raise NetworkError("the answer is too large")
    return b"".join(parts)

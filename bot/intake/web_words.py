"""What servers say in headers, and what went wrong with them in plain words. Pure."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin

import aiohttp

from bot.intake.sockets import Refused
from bot.intake.unpacking import Broken, TooMuch

LONGEST_WAIT = 31 * 86_400.0
"""Seconds: the most that a Retry-After is believed."""
_PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, given as seconds or as a date (RFC 9110, 10.2.3).

    None where it says nothing that can be read; a date that has passed is 0.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # "-0000" and missing zones come out naive; HTTP's dates are in UTC
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)


def target(base: str, location: str) -> str:
    """Where a Location leads. Bytes beyond ASCII, in whatever character set, are percent-encoded."""
    raw = location.strip().encode("utf-8", "surrogateescape")
    try:
        return urljoin(base, quote(raw, safe=_PRINTABLE))
    except ValueError:
        # brackets that are no IPv6 address: the guard will say that it names no host
        return "http://"


def fault(error: BaseException) -> str:
    """One line, without anything that the server or the address said."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Refused):
        return str(error.os_error)
    if isinstance(error, (TooMuch, Broken)):
        return str(error)
    for kind, words in _FAULTS:
        if isinstance(error, kind):
            return words
    return f"the connection failed ({type(error).__name__})"


# from the special to the general
_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "its name is not known"),
    (aiohttp.ClientConnectorCertificateError, "its certificate is not valid"),
    (aiohttp.ClientSSLError, "no secure connection"),
    (aiohttp.ServerTimeoutError, "no connection in time"),
    (aiohttp.ServerDisconnectedError, "the server hung up"),
    (aiohttp.ClientPayloadError, "its body breaks off or is garbled"),
    (aiohttp.ClientResponseError, "its answer is not HTTP, or has too large a header"),
    (aiohttp.ClientConnectorError, "no connection to any of its addresses that may be read"),
    (aiohttp.ClientOSError, "the connection broke off"),
)

"""What went wrong with a feed: from the causes that intake writes to the words that admins read.

A feed keeps its last error as the plain English cause that the fetcher, the guard or the readers of
feeds gave. This table knows all of theirs (a test compares); any other is shown as it stands, without
what an address might carry. Addresses are shortened here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

ADDRESS = 40
"""Characters of a shown address: a line of a telephone."""
_TAIL = 16
_OTHER = 120


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a feed could not be read."""

    key: str
    """The text of the catalogues that tells it: `fault-…`."""
    value: str = ""
    """What that text shows: a status, a port, an unknown cause."""
    is_passing: bool = False
    """Whether the same address may well be read later without anybody changing it: also where this
    machine was busy, or the fault is ours."""


NO_ADDRESS = Fault("fault-address")

_STATUS = re.compile(r"the server says ([0-9]{3})")
_PORT = re.compile(r"port ([0-9]+) is not one of the web's")

_KNOWN = tuple(
    (re.compile(causes), fault)
    for causes, fault in (
        (r"the address (?:names|is not|has more|holds)|only http:// and https://", NO_ADDRESS),
        (r"a user name or a password", Fault("fault-user")),
        (r"not a public|local network|only IP addresses|one interface|no IP", Fault("fault-private")),
        (r"name is not known", Fault("fault-name")),
        (r"certificate is not valid|no secure connection", Fault("fault-certificate")),
        (r"connection (?:in time|to any|broke off|failed)|hung up", Fault("fault-connection", "", True)),
        (r"no whole answer within|takes too long", Fault("fault-slow", "", True)),
        (r"redirects?\b", Fault("fault-redirects")),
        (r"does not want this page read", Fault("fault-robots")),
        (r"robots.txt cannot be had now", Fault("fault-rules", "", True)),
        (r"more than \d+ bytes|gzip members|larger than|of entities", Fault("fault-large")),
        (r"no result within|of memory|the process(?:es)? ", Fault("fault-heavy", "", True)),
        (r"its body|encoding that is not read|is not HTTP", Fault("fault-broken", "", True)),
        (r"reading it failed", Fault("fault-ours", "", True)),
        (r"the answer is empty", Fault("fault-empty", "", True)),
        (r"names one alone", Fault("fault-several")),
        (r"of which a known feed", Fault("fault-page")),
        (r"is no feed", Fault("fault-none")),
        (r"beyond reading|broken JSON", Fault("fault-markup")),
    )
)
"""The first that fits is it."""
_REFUSED = frozenset((401, 402, 403, 407, 451))
_PASSING = frozenset((408, 425, 429))
_URL = re.compile(r"(?:[a-z]+://|www\.)\S+", re.IGNORECASE)


def read(cause: str) -> Fault:
    """The fault that a cause tells of."""
    if status := _STATUS.search(cause):
        return _of_status(int(status[1]))
    if port := _PORT.search(cause):
        return Fault("fault-port", port[1])
    for causes, fault in _KNOWN:
        if causes.search(cause):
            return fault
    return Fault("fault-other", scrubbed(cause))


def _of_status(status: int) -> Fault:
    value, passing = str(status), status in _PASSING or status >= 500
    if status == 429:
        return Fault("fault-busy", value, passing)
    if status == 410:
        return Fault("fault-gone", value)
    if status == 404:
        return Fault("fault-missing", value)
    if status in _REFUSED:
        return Fault("fault-refused", value)
    return Fault("fault-server" if status >= 500 else "fault-status", value, passing)


def scrubbed(cause: str) -> str:
    """An unknown cause without what an address in it might carry, and not too long."""
    plain = _URL.sub(lambda url: short_address(url.group()), " ".join(cause.split()))
    return plain if len(plain) <= _OTHER else plain[: _OTHER - 1] + "…"


def short_address(url: str, limit: int = ADDRESS, *, host_only: bool = False) -> str:
    """An address to be seen, not opened: host and path; its query, which may be a reader's key, and a
    user's name are left out, and a long path loses its middle."""
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        host = parts.netloc.rpartition("@")[2].lower()
    except ValueError:
        return "…"
    if not host_only and parts.scheme not in ("", "http", "https"):
        host = f"{parts.scheme}://{host}"
    path = "" if host_only else parts.path
    whole = f"{host}{path if path != '/' else ''}{'?…' if parts.query and not host_only else ''}"
    if len(whole) <= limit:
        return whole
    return f"{whole[: limit - _TAIL - 1]}…{whole[-_TAIL:]}"

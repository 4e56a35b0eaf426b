"""What went wrong with a feed: from the causes that intake writes to the words that admins read.

A feed keeps its last error as the plain English cause that the fetcher, the guard or the readers of
feeds gave. This table knows all of theirs (a test compares); any other is shown as it stands, without
what an address might carry. Addresses are shortened here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

ADDRESS = 60
"""Characters of a shown address."""
_TAIL = 20
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

_KNOWN: tuple[tuple[str, Fault], ...] = tuple(
    (pattern, Fault(key, is_passing=is_passing))
    for key, is_passing, patterns in (
        (
            "fault-address",
            False,
            (
                "the address names no host",
                "the address is not well formed",
                "the address has more than",
                "the address holds control characters",
                "only http:// and https:// addresses are read",
                "no address",
            ),
        ),
        ("fault-user", False, ("with a user name or a password",)),
        (
            "fault-private",
            False,
            (
                "is not a public address",
                "is a name of a local network",
                "only IP addresses are connected to",
                "an address of one interface",
                "what is to be connected to is no IP address",
            ),
        ),
        ("fault-name", False, ("its name is not known",)),
        ("fault-certificate", False, ("its certificate is not valid", "no secure connection")),
        (
            "fault-connection",
            True,
            (
                "no connection in time",
                "the server hung up",
                "no connection to any of its addresses",
                "the connection broke off",
                "the connection failed",
            ),
        ),
        ("fault-slow", True, ("no whole answer within", "takes too long")),
        ("fault-redirects", False, ("redirects", "a redirect to nowhere")),
        ("fault-robots", False, ("does not want this page read",)),
        ("fault-rules", True, ("its robots.txt cannot be had now",)),
        (
            "fault-large",
            False,
            (
                "more than [0-9]+ bytes",
                "gzip members",
                "its entities make it larger",
                "entities of entities",
            ),
        ),
        (
            "fault-heavy",
            True,
            ("no result within", "MiB of memory", "the process died", "the processes "),
        ),
        (
            "fault-broken",
            True,
            (
                "its body ",
                "a content encoding that is not read",
                "its answer is not HTTP",
            ),
        ),
        ("fault-ours", True, ("reading it failed",)),
        ("fault-empty", True, ("the answer is empty",)),
        ("fault-several", False, ("no page that names one alone",)),
        ("fault-none", False, ("it is no feed, and no page", "the JSON is no feed")),
        ("fault-markup", False, ("its markup is beyond reading", "broken JSON")),
    )
    for pattern in patterns
)
_PATTERNS = tuple((re.compile(pattern), fault) for pattern, fault in _KNOWN)
_REFUSED = frozenset((401, 402, 403, 407, 451))
_PASSING = frozenset((408, 425, 429))
_URL = re.compile(r"(?:[a-z]+://|www\.)\S+", re.IGNORECASE)


def read(cause: str) -> Fault:
    """The fault that a cause tells of."""
    if status := _STATUS.search(cause):
        return _of_status(int(status[1]))
    if port := _PORT.search(cause):
        return Fault("fault-port", port[1])
    for pattern, fault in _PATTERNS:
        if pattern.search(cause):
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

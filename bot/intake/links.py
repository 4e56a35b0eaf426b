"""Web addresses as they are stored: one spelling for what leads to the same page, and no rubbish.

Pure. Whether an address may be fetched is the fetcher's to decide, not this module's.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

LONGEST = 4096
"""Characters; an Arabic address is six times as long percent-encoded as it looks."""

_TRACKING = re.compile(
    r"(?:utm_|at_|ns_|mc_|pk_|piwik_|matomo_|hsa_|oly_|vero_|wt\.|__hs)[\w.]*"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|_ga|_gl"
    r"|ocid|xtor|cmpid|icid|s_cid|smid|mkt_tok|ref_src|ref_url|share_id|guccounter|__twitter_impression",
    re.IGNORECASE,
)
"""Query parameters that say who sent a reader and never which page is meant: those of the large
analytics, advertising and sharing services, by their own documentation."""

_ROUTE = re.compile(r"(?:/|!/?)[^/].*")
"""A fragment by which a page's program tells what to show; `#/` and `#!` alone lead nowhere."""
_HOST = re.compile(r"[\w.-]+|\[[0-9a-fA-F:.]+\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """The address to store, or None where `url` is no web address.

    The scheme and host are lower case; user names, default ports, tracking parameters and fragments
    are left out, but for a route (`#/news/1`, `#!news/1`), which names the page as a path does. The path
    keeps its spelling, encoded or not: servers may tell spellings apart.
    """
    url = url.strip()
    if url.lower().startswith("www."):
        url = f"https://{url}"
    if len(url) > LONGEST or any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in url):
        return None
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:  # brackets or a port that are none
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    query = "&".join(pair for pair in parts.query.split("&") if not _is_tracking(pair))
    route = parts.fragment if _ROUTE.fullmatch(parts.fragment) else ""
    return parts._replace(netloc=host, query=query, fragment=route).geturl()


def has_route(url: str) -> bool:
    """Whether a stored address names its page behind a `#`, so that the server answers all alike."""
    return "#" in url


def same_page(url: str) -> str:
    """A name that is the same for all spellings of one page's address; empty for no web address.

    For comparing alone: it need not open. Besides what `canonical` leaves out, it passes over the
    scheme, `www.`, mobile and AMP variants, the last slash, the order of the parameters, and how signs
    are encoded. `p?id=1` and `p?id=2` stay two pages.
    """
    given = canonical(url)
    if given is None:
        return ""
    parts = urlsplit(given)
    pairs = sorted(
        _one_encoding(p, "/=+") for p in parts.query.split("&") if p and not _AMP_PAIR.fullmatch(p)
    )
    host = _one_host(parts)
    query = f"?{'&'.join(pairs)}" if pairs else ""
    route = f"#{_one_encoding(parts.fragment.rstrip('/'), '/?&=+')}" if parts.fragment else ""
    return f"{host}{_one_path(parts.path)}{query}{route}"


_VARIANT_HOST = re.compile(r"(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")
_AMP_PAIR = re.compile(r"amp(?:=(?:1|true)?)?|output(?:Type)?=amp|mode=amp", re.IGNORECASE)
_AMP_PATH = re.compile(r"/amp(?:\.html)?$|\.amp(?=\.html?$|$)", re.IGNORECASE)


def _one_host(parts: SplitResult) -> str:
    name, port = parts.hostname or "", parts.port
    with suppress(UnicodeError):  # a label that no domain may have is compared as it stands
        name = name.encode("idna").decode("ascii")
    name = f"[{name}]" if ":" in name else _VARIANT_HOST.sub("", name.rstrip("."), count=1)
    return name if port in (None, *_DEFAULT_PORTS.values()) else f"{name}:{port}"


def _one_path(path: str) -> str:
    path = _AMP_PATH.sub("", path.rstrip("/"))
    return _one_encoding(path.rstrip("/"), "/")


def _one_encoding(text: str, kept: str) -> str:
    """Percent signs only where they must be, in capitals; an encoded `/`, `&` or `%` stays encoded."""
    pieces = re.split(r"(%(?:2[356F]|3[DF]|2B))", text, flags=re.IGNORECASE)
    signs = f"{kept}!$'()*,;:@~"
    return "".join(
        piece.upper() if at % 2 else quote(unquote_to_bytes(piece), safe=signs)
        for at, piece in enumerate(pieces)
    )


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        return ""
    port = parts.port
    return host if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def _is_tracking(pair: str) -> bool:
    return _TRACKING.fullmatch(pair.partition("=")[0]) is not None

"""A web page → the feeds that it names.

Pure. By the convention that browsers and readers share: <link rel="alternate" type="…rss+xml">.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

MOST_FEEDS = 20

_LOOKED_AT = 1 << 20
"""Signs: links stand in a page's head, which scripts and styles can make long."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript)\b[^<>]*+>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(link|base)\b([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = frozenset(
    (
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/x-rss+xml",
        "application/x.atom+xml",
        "application/rss",
        "application/atom",
        "application/xml",
        "text/xml",
        "text/rss+xml",
        "text/rss",
    )
)


def named_feeds(page: str, url: str) -> tuple[str, ...]:
    """The addresses of the page's feeds, absolute, in its order, each once."""
    base = url
    found: dict[str, None] = {}
    for tag in _TAG.finditer(_UNSEEN.sub(" ", page[:_LOOKED_AT])):
        values = _attributes(tag.group(2))
        if tag.group(1).lower() == "base":
            base = absolute(url, values.get("href", ""))
        elif _names_feed(values) and (feed := absolute(base, values.get("href", ""))):
            found.setdefault(feed)
    return tuple(found)[:MOST_FEEDS]


def absolute(base: str, href: str) -> str:
    """`href` as an absolute web address; empty where it is none."""
    href = href.strip()
    if not href:
        return ""
    try:
        joined = urljoin(base, href)
        parts = urlsplit(joined)
    except ValueError:  # brackets that hold no address
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc else ""


def _attributes(text: str) -> dict[str, str]:
    return {
        found.group(1).lower(): unescape(next(filter(None, found.group(2, 3, 4)), ""))
        for found in _ATTRIBUTE.finditer(text)
    }


def _names_feed(values: dict[str, str]) -> bool:
    kind = values.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in values.get("rel", "").lower().split() and kind in _FEED_TYPES

"""A web page → the feeds that it names.

Pure. By the convention that browsers and readers share: <link rel="alternate" type="…rss+xml">.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import takewhile
from urllib.parse import urljoin, urlsplit

from bot.intake.feed_limits import LONGEST_NAME
from bot.intake.feed_text import title_of
from bot.model import NewFeed

MOST_FEEDS = 20

_LOOKED_AT = 1 << 20
"""Signs: links stand in a page's head, which scripts and styles can make long."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript)\b[^<>]*+>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# quoted values may hold what ends a tag; where quotation marks do not pair, they mean nothing
_TAG = re.compile(
    r"""<(link|base)\b((?:[^<>"']{1,4000}+|"[^"]{0,4000}"|'[^']{0,4000}'){1,100}+|[^<>]{1,4000})>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SITE_NAME = re.compile(r".*(?:[»«›>|:]|\s[-–—]\s)")
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


def named_feeds(page: str, url: str) -> tuple[NewFeed, ...]:
    """The page's feeds in its order, each address once and absolute, with what the page calls it."""
    base = url
    found: dict[str, str] = {}
    for tag in _TAG.finditer(_UNSEEN.sub(" ", page[:_LOOKED_AT])):
        values = _attributes(tag.group(2))
        if tag.group(1).lower() == "base":
            base = absolute(url, values.get("href", ""))
        elif _names_feed(values) and (feed := absolute(base, values.get("href", ""))):
            found[feed] = found.get(feed) or title_of(values.get("title", ""), LONGEST_NAME)
    addresses, titles = [*found][:MOST_FEEDS], [*found.values()][:MOST_FEEDS]
    return tuple(map(NewFeed, addresses, _told_apart(titles)))


def _told_apart(titles: Sequence[str]) -> Sequence[str]:
    """The titles without what all of them begin with: a site puts its own name before each, and a
    button is too short for both. One that would have nothing left leaves all as they are."""
    named = sorted(filter(None, titles))
    if len(named) < 2:
        return titles
    # what the first and the last in this order share, all share
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(named[0], named[-1], strict=False))
    site = _SITE_NAME.match("".join(sign for sign, _ in alike))
    rest = [title[site.end() :].strip() if site else title for title in titles]
    return rest if len(list(filter(None, rest))) == len(named) else titles


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

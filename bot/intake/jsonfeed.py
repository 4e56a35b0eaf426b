"""JSON Feed 1.0 and 1.1 → FeedDocument.

Pure. The format: https://www.jsonfeed.org/version/1.1/. A field of a wrong type counts as missing.
"""

from __future__ import annotations

import json
from typing import Any

from bot.errors import UnreadableFeed
from bot.intake.feed_dates import moment
from bot.intake.feed_limits import LONGEST_CONTENT, LONGEST_NAME, LONGEST_TITLE, MOST_ENTRIES
from bot.intake.feed_pages import absolute
from bot.intake.feed_text import html_of, title_of
from bot.model import FeedDocument, FeedEntry

_VERSION = "://jsonfeed.org/version/"


def read_json(text: str, url: str) -> FeedDocument:
    """The feed in `text`. Raises UnreadableFeed where it is other JSON, or none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"broken JSON: {error}") from error
    if not _is_feed(feed):
        raise UnreadableFeed("the JSON is no feed")
    items = [item for item in feed["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    return FeedDocument(
        title=title_of(_text(feed, "title"), LONGEST_TITLE),
        link=absolute(url, _text(feed, "home_page_url")),
        language=_text(feed, "language")[:LONGEST_NAME],
        entries=tuple(_entry(item, url) for item in items),
    )


def is_json_feed(text: str) -> bool:
    """Whether `text` is a feed of this format."""
    if "jsonfeed.org" not in text:
        return False
    try:
        return _is_feed(json.loads(text))
    except (ValueError, RecursionError):
        return False


def _is_feed(feed: object) -> bool:
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return False
    return _VERSION in str(feed.get("version", "")).replace("://www.", "://")


def _entry(item: dict[str, Any], url: str) -> FeedEntry:
    link = absolute(url, _text(item, "url")) or absolute(url, _text(item, "external_url"))
    content = _text(item, "content_html") or html_of(_text(item, "content_text"))
    return FeedEntry(
        identity=_text(item, "id") or link,
        title=title_of(_text(item, "title"), LONGEST_TITLE),
        link=link,
        content=(content or html_of(_text(item, "summary")))[:LONGEST_CONTENT],
        summary=html_of(_text(item, "summary"))[:LONGEST_CONTENT],
        published=moment(_text(item, "date_published")),
        updated=moment(_text(item, "date_modified")),
        author=_author(item),
        category=title_of(next(iter(_texts(item.get("tags"))), ""), LONGEST_NAME),
    )


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return title_of(_text(first, "name"), LONGEST_NAME) if isinstance(first, dict) else ""


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _texts(values: object) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []

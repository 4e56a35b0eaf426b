"""How the command line shows articles and stories: JSON lines for programs, short blocks for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.model import StoredArticle, Story


def json_line(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second, such as 2026-11-24T08:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def articles(found: Iterable[StoredArticle], as_json: bool) -> None:
    for article in found:
        if as_json:
            json_line(_article(article))
        else:
            print(_block(article), end="\n\n")


def stories(found: Iterable[Story], as_json: bool) -> None:
    for story in found:
        if as_json:
            json_line(_story(story))
        else:
            print(f"{story.id}  {story.newest.title}")
            for article in story.articles:
                source = article.source or "-"
                print(f"    {article.id}  {source}  {iso(article.published)}  {article.title}")


def _article(article: StoredArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url or None,
        "source": article.source or None,
        "published": iso(article.published),
        "story": article.story,
        "topics": list(article.topics),
        "summary": list(article.summary),
    }


def _story(story: Story) -> dict[str, Any]:
    return {
        "story": story.id,
        "articles": [article.id for article in story.articles],
        "urls": [article.url for article in story.articles if article.url],
        "title": story.newest.title,
    }


def _block(article: StoredArticle) -> str:
    about = "  ".join(part for part in (article.source, iso(article.published), article.url) if part)
    lines = (f"{article.id}  {article.title}", about, *article.summary)
    return "\n".join(lines)

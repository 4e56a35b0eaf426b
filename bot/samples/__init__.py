"""What comes along: a few short articles for the sandbox, and a list of feeds to begin with.

The articles were written for this project: they tell of ordinary events, name no real person and come
from outlets that do not exist. The feeds are real ones; nothing asks them before an admin takes them in.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from importlib.resources import files

from bot.intake.opml import read_opml
from bot.model import NewFeed

NAME = "samples.jsonl"
ADDRESS = "https://mojaz.example/"
"""Every sample's link starts so: that is how they are known again."""


def document(now: datetime) -> bytes:
    """The samples as a JSONL document for intake, published in the hours before `now`."""
    lines = files(__name__).joinpath("articles.jsonl").read_text(encoding="utf-8").splitlines()
    return "\n".join(
        json.dumps(_dated(json.loads(line), now), ensure_ascii=False) for line in lines
    ).encode()


def _dated(record: dict[str, object], now: datetime) -> dict[str, object]:
    hours = float(str(record.pop("hours_ago")))
    return {**record, "published": (now - timedelta(hours=hours)).isoformat()}


def starter() -> list[NewFeed]:
    """Feeds of Arabic news (feeds.opml)."""
    content = files(__name__).joinpath("feeds.opml").read_bytes()
    return [NewFeed(feed.url, feed.title, feed.category) for feed in read_opml(content)]

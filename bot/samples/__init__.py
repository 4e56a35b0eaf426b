"""A few short articles written for this project, so that the sandbox has something to show.

They tell of ordinary events, name no real person and come from outlets that do not exist.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from importlib.resources import files

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

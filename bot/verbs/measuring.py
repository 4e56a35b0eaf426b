"""`mojaz bench …`: tables of measurements, made in one run so that they can be compared."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot import samples
from bot.summaries import bench
from bot.verbs.given import named


def summaries(extracts: Path | None) -> int:
    """Quality where human extracts are given, and speed on texts made of the sample articles."""
    console = Console()
    if extracts:
        console.print(_quality(extracts))
    console.print(_speed())
    return 0


def _quality(extracts: Path) -> Table:
    table = Table("way", "ROUGE-1", "ROUGE-2", "ROUGE-L", title="Quality: mean F1 in percent")
    with named(extracts):
        texts = bench.read_extracts(extracts)
        if not all(each.references for each in texts) or not texts:
            raise ValueError("no texts with summaries to judge by")
    for row in bench.quality(texts):
        table.add_row(row.name, f"{row.one:.1f}", f"{row.two:.1f}", f"{row.longest:.1f}")
    return table


def _speed() -> Table:
    table = Table("sentences", "texts a second", "stock LexRank", "times", title="Speed: medians")
    for row in bench.speed(_sample_text()):
        table.add_row(
            str(row.sentences), f"{1 / row.ours:,.0f}", f"{1 / row.stock:,.1f}", f"{row.times:,.0f}"
        )
    return table


def _sample_text() -> str:
    lines = samples.document(datetime.now(UTC)).splitlines()
    return "\n".join(json.loads(line)["text"] for line in lines)

"""The benches measure what they say."""

import json
from pathlib import Path

import pytest

from bot.summaries.bench import WAYS, Extracts, quality, read_extracts, speed

TEXT = (
    "فتح الجسر اليوم أمام السيارات في المدينة. وزار الوفد السوق القديم والميناء. "
    "وعاد في المساء إلى الفندق."
)


def test_references_set_the_budget(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(
        json.dumps({"text": TEXT, "summaries": ["فتح الجسر", "زار الوفد السوق القديم"]}) + "\n"
    )
    assert [each.budget for each in read_extracts(path)] == [3]


def test_the_table_has_ours_lead_stock_and_a_ceiling_above_them() -> None:
    rows = quality([Extracts(TEXT, ("وزار الوفد السوق القديم والميناء.",))])
    assert [row.name for row in rows] == ["ours", "lead", "lead of pieces", "stock LexRank", "ceiling"]
    assert rows[-1].one == pytest.approx(100)


def test_speed_is_measured_at_each_size() -> None:
    (row,) = speed(TEXT, sizes=(12,), runs=1)
    assert row.sentences == 12
    assert row.times == row.stock / row.ours > 0


@pytest.mark.news
def test_ours_is_above_lead_on_human_extracts(shared: Path) -> None:
    ways = {name: WAYS[name] for name in ("ours", "lead")}
    ours, lead = quality(read_extracts(shared / "easc-dev.jsonl"), ways)
    assert min(ours.one - lead.one, ours.two - lead.two, ours.longest - lead.longest) > 0

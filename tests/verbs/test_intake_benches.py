"""The benches of intake and of stories, on a few articles made of the samples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.intake.documents import open_document
from bot.model import Draft
from bot.verbs import measuring_ingest, measuring_stories
from bot.verbs.recombined import json_lines, read_drafts, recombined

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_articles_are_made_the_same_again_and_no_two_are_alike() -> None:
    drafts = read_drafts(None, NOW)
    made = list(recombined(drafts, 300, NOW, DAY, 7))
    assert made == list(recombined(drafts, 300, NOW, DAY, 7))
    assert len({one.draft.text for one in made}) == 300
    assert [one.draft.published for one in made] == sorted(one.draft.published or NOW for one in made)


def test_half_of_them_tell_of_an_earlier_ones_event() -> None:
    made = list(recombined(read_drafts(None, NOW), 1_000, NOW, DAY, 7))
    joins = [one.joins for one in made if one.joins is not None]
    assert 400 < len(joins) < 600
    assert all(made[first].joins is None for first in joins)


def test_the_lines_are_read_as_the_drafts_that_they_were() -> None:
    made = list(recombined(read_drafts(None, NOW), 20, NOW, DAY, 7))
    content = "\n".join(json_lines(made)).encode()
    read = list(open_document("n.jsonl", content).records())
    assert [one.title for one in read if isinstance(one, Draft)] == [one.draft.title for one in made]


async def test_stories_are_measured_among_as_many_as_were_asked_for() -> None:
    cost = await measuring_stories.measure(read_drafts(None, NOW), 120, measured=50)
    assert (cost.stored, len(cost.seconds)) == (120, 50)
    assert 0 < min(cost.seconds) <= max(cost.seconds) < 2
    assert cost.joined


async def test_a_file_is_taken_in_by_the_command_and_inside_while_others_read_and_write(
    tmp_path: Path,
) -> None:
    file = tmp_path / "articles.jsonl"
    measuring_ingest.write_file(file, read_drafts(None, NOW), 150)
    for result in (
        await measuring_ingest.by_command(file, 150),
        await measuring_ingest.inside(file, 150),
    ):
        assert result.articles == 150
        assert result.processor > 0
        assert max(result.waits.reads) < 3
        assert max(result.waits.writes) < 3


def test_each_stage_takes_its_time(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    measuring_ingest.write_file(file, read_drafts(None, NOW), 30)
    found = dict(measuring_ingest.stages(file))
    assert len(found) == 7
    assert sum(found.values()) > 0


@pytest.mark.slow
@pytest.mark.news
async def test_a_story_is_found_in_5_ms_among_100_000(shared: Path) -> None:
    drafts = read_drafts(shared / "arabic-news-week.jsonl", NOW)
    cost = await measuring_stories.measure(drafts, 100_000)
    assert sum(cost.seconds) / len(cost.seconds) < 0.005
    assert cost.memory < 250_000_000


@pytest.mark.slow
@pytest.mark.news
async def test_30_000_articles_are_taken_in_at_300_a_second_and_others_wait_half_a_second_at_most(
    shared: Path, tmp_path: Path
) -> None:
    file = tmp_path / "articles.jsonl"
    measuring_ingest.write_file(
        file, read_drafts(shared / "arabic-news-week.jsonl", NOW), measuring_ingest.ARTICLES
    )
    result = await measuring_ingest.by_command(file, measuring_ingest.ARTICLES)
    assert result.articles / result.seconds >= 300
    assert max(result.waits.reads + result.waits.writes) < 0.5

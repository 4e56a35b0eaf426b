"""The bench of feeds: what it serves is read whole, and a round without news keeps its bounds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.intake import feed_entries
from bot.model import Feed, FeedId, Fetched
from bot.verbs.measuring_feeds import MEMORY, TIME, documents, measure


def test_the_feeds_carry_whole_texts_so_that_no_page_is_asked_for() -> None:
    made = documents(3, 4, datetime.now(UTC))
    assert list(made) == ["feed-0.example", "feed-1.example", "feed-2.example"]
    for body in made.values():
        reading = feed_entries.read(Fetched("https://x.example/", 200, body), Feed(FeedId(1), ""))
        assert len(reading.entries) == 4
        assert not any(entry.is_teaser for entry in reading.entries)


async def test_a_few_feeds_are_read_once_and_then_have_no_news() -> None:
    first, quiet = await measure(5, 4)
    assert (first.visited, first.articles, first.faults) == (5, 20, 0)
    assert (quiet.visited, quiet.articles, quiet.faults) == (5, 20, 0)


@pytest.mark.slow
async def test_500_feeds_without_news_are_asked_in_ten_seconds_and_150_megabytes() -> None:
    first, quiet = await measure(500, 10)
    assert (first.visited, first.articles, first.faults) == (500, 5000, 0)
    assert (quiet.visited, quiet.faults) == (500, 0)
    assert quiet.seconds < TIME
    assert quiet.grown < MEMORY

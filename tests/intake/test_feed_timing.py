"""When feeds are asked, and what becomes of their state: properties over any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import feed_timing as timing
from bot.intake.feed_timing import Answer, Fault
from bot.model import Feed, FeedId, FeedState

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed(FeedId(1), "https://news.example/rss", title="الخبر", etag='"a"', next_check=NOW)

chances = st.floats(0, 1, exclude_max=True)
spans = st.one_of(st.none(), st.floats(0, 1e9))
answers = st.builds(
    Answer,
    moved_to=st.sampled_from(["", "https://news.example/new"]),
    etag=st.sampled_from([None, "", '"b"']),
    gap=spans,
    news=st.booleans(),
    more=st.booleans(),
)
faults = st.builds(
    Fault,
    cause=st.text(max_size=500),
    status=st.sampled_from([None, 404, 410, 500, 503]),
    retry_after=spans,
)
histories = st.lists(
    st.tuples(st.one_of(answers, faults), st.integers(0, 400_000), chances), max_size=30
)


def lived(history, feed=FEED, now=NOW):
    """The feed after each visit of a history, with the visit and its time."""
    for event, seconds, chance in history:
        now += timedelta(seconds=seconds)
        change = timing.answered if isinstance(event, Answer) else timing.failed
        feed = change(feed, event, now, chance)
        yield feed, event, now


# --- spans ------------------------------------------------------------------------------------------


@given(spans, spans)
def test_an_interval_lies_between_five_minutes_and_six_hours(gap, quiet):
    assert timing.SHORTEST <= timing.interval(gap, quiet) <= timing.LONGEST


@given(spans, spans, st.floats(0, 1e9))
def test_a_feed_that_is_quiet_for_longer_is_never_asked_more_often(gap, quiet, more):
    assert timing.interval(gap, (quiet or 0) + more) >= timing.interval(gap, quiet or 0)


@pytest.mark.parametrize(
    ("gap", "quiet", "minutes"),
    [
        (None, 0, 5),
        (60 * 60, 0, 30),
        (60, 0, 5),
        (60 * 60, 4 * 60 * 60, 60),
        (7 * 24 * 3600, 0, 360),
        (None, None, 60),
    ],
    ids=["just changed", "hourly", "every minute", "quiet", "weekly", "never an entry"],
)
def test_a_feed_is_asked_at_half_of_its_gap_or_a_quarter_of_its_quiet_time(gap, quiet, minutes):
    assert timing.interval(gap, quiet) == minutes * 60


@given(st.floats(0, 1e6), chances)
def test_jitter_is_ten_percent_at_most(seconds, chance):
    assert 0.9 * seconds - 1e-6 <= timing.jittered(seconds, chance) <= 1.1 * seconds + 1e-6


def test_jitter_is_spread_evenly_over_its_range():
    spread = [timing.jittered(100, step / 10) for step in range(11)]
    assert spread == pytest.approx([90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110])


@given(st.integers(1, 10_000))
def test_each_failure_doubles_the_pause_up_to_a_day(failures):
    assert timing.pause(failures + 1) in (2 * timing.pause(failures), timing.LONGEST_PAUSE)
    assert timing.FIRST_PAUSE <= timing.pause(failures) <= timing.LONGEST_PAUSE


@given(st.lists(st.datetimes(timezones=st.just(UTC)), max_size=60))
def test_the_usual_gap_does_not_depend_on_the_order_of_entries(moments):
    gap = timing.usual_gap(moments)
    assert gap == timing.usual_gap(reversed(moments))
    assert (gap is None) == (len(moments) < 2)
    assert gap is None or gap >= 0


def test_the_usual_gap_is_that_of_the_newest_entries_and_minds_no_outlier():
    hourly = [NOW - timedelta(hours=hour) for hour in range(20)]
    archive = [NOW - timedelta(days=400 + day) for day in range(50)]
    future = [NOW + timedelta(days=3000)]
    assert timing.usual_gap([*archive, *hourly, *future]) == 3600


# --- a visit's end ----------------------------------------------------------------------------------


@given(histories)
def test_a_feed_is_asked_again_unless_it_is_gone_and_never_too_soon(history):
    for feed, _, now in lived(history):
        assert (feed.next_check is None) == (feed.state is FeedState.GONE)
        if feed.next_check is not None:
            wait = (feed.next_check - now).total_seconds()
            assert 0.9 * timing.SHORTEST - 1e-3 <= wait <= timing.LONGEST_RETRY_AFTER + 1e-3


@given(histories)
def test_an_answer_ends_all_failures_and_a_failure_forgets_nothing(history):
    before = FEED
    for feed, event, now in lived(history):
        if isinstance(event, Answer):
            assert (feed.failures, feed.failing_since, feed.error) == (0, None, "")
            assert (feed.state, feed.answered) == (FeedState.ACTIVE, now)
        else:
            assert feed.failures == before.failures + 1
            assert feed.failing_since == (before.failing_since or now)
            assert feed.error.strip()
            kept = ("url", "title", "etag", "last_modified", "answered", "changed", "gap")
            assert all(getattr(feed, name) == getattr(before, name) for name in kept)
        assert feed.checked == now
        before = feed


@given(histories)
def test_a_feed_is_failing_only_after_six_failures_over_a_day(history):
    for feed, event, now in lived(history):
        if feed.state is FeedState.FAILING:
            assert feed.failures >= 6
            assert now - feed.failing_since >= timedelta(days=1)
        elif isinstance(event, Fault) and feed.state is FeedState.ACTIVE:
            assert feed.failures < 6 or now - feed.failing_since < timedelta(days=1)


def test_a_failure_that_a_wrong_clock_noted_began_now():
    awry = replace(FEED, failures=1, failing_since=NOW.replace(year=2031))
    assert timing.failed(awry, Fault("503", 503), NOW, 0.5).failing_since == NOW


@given(st.floats(0, 1e9), chances, st.integers(0, 30))
def test_no_server_is_asked_before_it_allows_but_for_more_than_a_week(seconds, chance, failures):
    feed = timing.failed(replace(FEED, failures=failures), Fault("503", 503, seconds), NOW, chance)
    wait = (feed.next_check - NOW).total_seconds()
    assert wait >= min(seconds, timing.LONGEST_RETRY_AFTER) - 1e-3


def test_a_feed_that_left_entries_for_the_next_visit_is_asked_soon():
    feed = timing.answered(FEED, Answer(gap=1e6, more=True, etag=""), NOW, 0.5)
    assert (feed.next_check - NOW, feed.etag) == (timedelta(minutes=5), "")


def test_a_304_keeps_what_is_known_and_slows_down():
    feed = replace(FEED, changed=NOW - timedelta(hours=8), gap=600.0)
    after = timing.answered(feed, Answer(), NOW, 0.5)
    assert (after.etag, after.gap, after.changed) == ('"a"', 600.0, feed.changed)
    assert after.next_check == NOW + timedelta(hours=2)


def test_a_changed_time_in_the_future_does_no_harm():
    feed = replace(FEED, changed=NOW + timedelta(days=1))
    assert timing.answered(feed, Answer(), NOW, 0.5).next_check == NOW + timedelta(minutes=5)

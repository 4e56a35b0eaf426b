"""Family F on the wire: what is written is read, what is not exactly that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import FeedId
from bot.texts import actions, feed_actions
from bot.texts.feed_actions import (
    FAMILY,
    Card,
    Check,
    Choose,
    Export,
    HowToAdd,
    Listing,
    Remove,
    Restore,
    Starter,
)

EACH = [
    Listing(),
    Listing(16),
    Card(FeedId(3)),
    Card(FeedId(3), 8),
    Check(FeedId(3), 8),
    Remove(FeedId(3)),
    Restore(FeedId(123_456_789_012), 8),
    Choose(FeedId(4)),
    Choose(FeedId(4), (FeedId(5), FeedId(17))),
    Starter(),
    Export(),
    HowToAdd(),
]


def read(wire: str) -> object:
    found = actions.family(wire, {FAMILY})
    assert found is not None
    return feed_actions.decode(found[1])


@pytest.mark.parametrize("action", EACH)
def test_what_is_written_is_read(action) -> None:
    wire = feed_actions.encode(action)
    assert 0 < len(wire.encode()) <= 64
    assert read(wire) == action


@pytest.mark.parametrize(
    "wire",
    [
        "1|F|",
        "1|F|l",
        "1|F|l|-1",
        "1|F|l|08",
        "1|F|l|1|2",
        "1|F|l|٣",
        "1|F|c|0|0",
        "1|F|c|3",
        "1|F|c|3|",
        "1|F|c|3|0|0",
        "1|F|c|x|0",
        "1|F|a||",
        "1|F|a|3",
        "1|F|a|3|4..5",
        "1|F|a|3|4.x",
        "1|F|a|3|0",
        "1|F|s",
        "1|F|s|1",
        "1|F|e|0",
        "1|F|z|3|0",
        "1|F|c|9999999999999999|0",
    ],
)
def test_what_is_not_written_is_not_read(wire: str) -> None:
    assert read(wire) is None


@given(st.text(max_size=64))
def test_whatever_stands_behind_the_code_is_read_or_refused(rest: str) -> None:
    action = feed_actions.decode(rest)
    assert action is None or feed_actions.encode(action) == f"1|F|{rest}"


def test_a_choice_that_is_too_long_forgets_the_others() -> None:
    many = tuple(FeedId(number) for number in range(10**14, 10**14 + 8))
    assert read(feed_actions.encode(Choose(FeedId(4), many))) == Choose(FeedId(4))


def test_what_does_not_fit_is_no_button() -> None:
    assert feed_actions.button("زر", Card(FeedId(10**70))) == ()

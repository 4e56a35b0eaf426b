"""Buttons' data: what is written is read back, nothing else is."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import TopicId
from bot.texts.actions import (
    LIMIT,
    Action,
    Digest,
    Follow,
    Help,
    Latest,
    OfSource,
    OnTopics,
    Read,
    Search,
    Sources,
    Start,
    Subscribe,
    Topics,
    Undo,
    Unsubscribe,
    button,
    decode,
    encode,
)

offsets = st.integers(0, 100_000)
topics = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True).map(TopicId)
groups = st.lists(st.lists(topics, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple)
searches = st.builds(Search, st.text('ابتثسوريا ABCxyz0189"|~=é', min_size=1, max_size=30), offsets)
places = st.one_of(
    st.builds(Latest, offsets, st.integers(1, 20)),
    st.builds(OnTopics, groups, offsets),
    searches,
    st.builds(OfSource, st.from_regex("[0-9a-f]{12}", fullmatch=True), offsets),
    st.just(Topics()),
    st.builds(Sources, offsets),
)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
anything = st.one_of(
    places,
    st.builds(Read, st.integers(1, 2**53), st.booleans(), st.none() | places),
    st.builds(Subscribe, times),
    st.builds(Follow, topics, st.booleans()),
    st.sampled_from([Digest(), Start(), Help(), Unsubscribe(), Undo()]),
)


@given(anything)
def test_an_action_comes_back_as_it_was(action: Action) -> None:
    wire = encode(action)
    back = decode(wire) if wire else action
    assert len(wire.encode()) <= LIMIT
    # a card whose way back does not fit goes without it
    assert back == action or back == Read(action.number, action.more)


@given(st.text(max_size=80))
def test_any_other_data_is_no_action(wire: str) -> None:
    action = decode(wire)
    assert action is None or encode(action) == wire


FORGED = ["", "1", "1|", "1|T|", "2|T", "T", "1|l|05|5", "1|l|0|0", "1|l|0|21", "1|l|-1|5", "1|b|2460"]
FORGED += [
    "1|b|800",
    "1|r|0|0",
    "1|r|1|2",
    "1|r|1|0|x",
    "1|f|1|Syria",
    "1|t|0|",
    "1|s|0|",
    "1|s|0|=سوريا",
    "1|o|0|",
    "1|o|0|0123456789a",
    "1|o|0|0123456789AB",
    "1|o|0|0123456789abc",
    "1|o|x|0123456789ab",
    "1|o|100001|0123456789ab",
]


@pytest.mark.parametrize("wire", FORGED)
def test_forged_data_is_no_action(wire: str) -> None:
    assert decode(wire) is None


def test_fifty_letters_of_an_arabic_search_still_page() -> None:
    words = "الانتخابات البرلمانية العراقية في بغداد والموصل"
    assert decode(encode(Search(words, 20))) == Search(words, 20)


def test_a_search_that_does_not_fit_has_no_button() -> None:
    assert button("التالي", Search("é" * 30, 5)) == ()


def test_a_card_keeps_its_way_back_only_where_it_fits() -> None:
    assert encode(Read(12, back=Search("é" * 26))) == "1|r|12|0"

"""Family K on the wire: what is written is read, what is not exactly that is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import TopicId
from bot.texts import actions, keep_actions
from bot.texts.actions import Latest, OnTopics, Read, Saved, Search
from bot.texts.keep_actions import FAMILY, Drop, Forget, Keep, Less, Send

SYRIA = TopicId("syria")
EACH = [
    Saved(),
    Saved(15),
    Keep(12, True),
    Keep(12, False, True, Latest(5, 20)),
    Keep(12, True, back=Saved(5)),
    Less(12, True, SYRIA),
    Less(12, False, TopicId("vladimir-putin"), True, OnTopics(((SYRIA,),), 5)),
    Drop(12, 10),
    Forget(True),
    Forget(False),
    Send(4, True),
    Send(4, False),
]


def read(wire: str) -> object:
    found = actions.family(wire, {FAMILY})
    assert found is not None
    return keep_actions.decode(found[1])


@pytest.mark.parametrize("action", EACH)
def test_what_is_written_is_read(action) -> None:
    wire = keep_actions.encode(action)
    assert 0 < len(wire.encode()) <= 64
    assert read(wire) == action


@pytest.mark.parametrize(
    "wire",
    [
        "1|K",
        "1|K|",
        "1|K|v",
        "1|K|v|-1",
        "1|K|v|05",
        "1|K|v|1|2",
        "1|K|s|2|12|0|",
        "1|K|s|1|0|0|",
        "1|K|s|1|12|0|x",
        "1|K|s|1|12|0",
        "1|K|l|1|12|0|",
        "1|K|g|",
        "1|K|g|2",
        "1|K|b|1|0",
        "1|K|b|1|٤",
        "1|K|x|12",
        "1|K|q|1",
    ],
)
def test_forged_data_is_none(wire: str) -> None:
    assert read(wire) is None


def test_a_way_back_that_does_not_fit_is_left_out() -> None:
    far = Search("معبر حدودي بين سوريا والأردن بعد الصيانة", 5)
    wire = keep_actions.encode(Less(2**40, True, TopicId("vladimir-putin"), True, far))
    assert read(wire) == Less(2**40, True, TopicId("vladimir-putin"), True)


def test_cards_lead_back_to_kept_stories() -> None:
    here = Read(12, back=Saved(5))
    assert actions.decode(actions.encode(here)) == here
    assert actions.decode("1|r|12|0|K|s|1|12|0|") is None


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_read_as_itself_or_as_nothing(text: str) -> None:
    action = keep_actions.decode(text)
    assert action is None or keep_actions.encode(action) == f"1|{FAMILY}|{text}"

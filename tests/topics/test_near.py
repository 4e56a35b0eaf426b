"""Names within a slip: found quickly, and exactly those that comparing every name would find."""

from __future__ import annotations

from random import Random
from statistics import quantiles
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import slowness, within

from bot.topics import slipping
from bot.topics.lexicon import load
from bot.topics.names import names_of
from bot.topics.near import SHORTEST, Near, slipped
from bot.topics.query import parse_topics, words_of

LEXICON = load()
KEYS = tuple(names_of(LEXICON).keys)


def compared(key: str, names: tuple[str, ...]) -> list[tuple[float, str]]:
    """The slow way: every name letter by letter."""
    longest = max(map(len, names))
    if not SHORTEST <= len(key) <= longest + 2:
        return []
    far = ((slipped(key, name), name) for name in names if len(name) >= SHORTEST)
    return [(one, name) for one, name in far if one is not None]


def slips(count: int, seed: int, times: int = 1) -> list[str]:
    chance = Random(seed)
    names = [name for topic in LEXICON.all() for name in topic.names.values()]
    made = []
    for _ in range(count):
        name = chance.choice(names)
        for _ in range(times):
            name = slipping.slip(name, chance.choice(list(slipping.KINDS)), chance)
        made.append(name)
    return made


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_index_finds_what_comparing_every_name_finds(times: int) -> None:
    names = KEYS[::5]
    near = Near(names)
    for typed in slips(40, seed=times, times=times):
        key = " ".join(words_of(typed))
        assert near.within(key) == compared(key, names)


letters = st.text(alphabet="ابتنيهسعقر ", min_size=1, max_size=14).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(letters, min_size=1, max_size=30, unique=True), letters)
def test_so_it_does_for_any_words_of_few_letters(names: list[str], key: str) -> None:
    assert Near(names).within(key) == compared(key, tuple(names))


def test_a_slip_is_resolved_in_a_few_milliseconds() -> None:
    names_of(LEXICON)
    took = []
    for typed in slips(400, seed=9):
        start = process_time()
        parse_topics(typed, LEXICON)
        took.append(process_time() - start)
    assert quantiles(took, n=100)[98] < 0.003 * slowness()


@pytest.mark.parametrize("words", ["ا" * 200, "سوريا " * 40, "xyz " * 60, "الشرق " * 30 + "xyz"])
def test_long_nonsense_takes_no_longer(words: str) -> None:
    parse_topics(words, LEXICON)
    with within(0.05):
        parse_topics(words, LEXICON)

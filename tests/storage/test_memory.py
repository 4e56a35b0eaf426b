"""What is remembered between slices is what a fresh look gives, whoever wrote meanwhile."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ChatId, Lane, OutboxMessage
from storage import terms
from storage.articles import SqlArticles
from storage.memory import Holding, Postings
from storage.packing import unpacked_numbers
from storage.values import recency, stamp
from storage.vocabulary import RareTerm

LETTERS = "abcdefghijklmnopqrst"


def written(newsroom, chance: Random):
    held = chance.sample(LETTERS, 6)
    return newsroom.write(terms=held, hours_ago=chance.random() * 200)


async def looked_at(articles: SqlArticles, new):
    """What the rule would be told of `new`; nothing is stored."""
    seen = []

    def look(one, near, counts):
        numbers = unpacked_numbers(*(one.fingerprint.numbers for one in near))
        seen.append((list(near), counts.articles, counts.holding[numbers].tolist()))
        raise LookupError

    with pytest.raises(LookupError):
        await articles.add([new], look)
    return seen[0]


async def write_something(chance, storage, other, newsroom, together, added):
    match chance.randrange(6):
        case 0 | 1:
            batch = [written(newsroom, chance) for _ in range(chance.randrange(1, 9))]
            added += await storage.articles.add(batch, together)
        case 2:
            added += await other.articles.add([written(newsroom, chance)], together)
        case 3 if added:
            gone = added.pop(chance.randrange(len(added)))
            await chance.choice([storage, other]).articles.delete(gone.id)
        case 4:
            await storage.outbox.queue([OutboxMessage(ChatId(1), "جواب", Lane.REPLY)])
        case _:
            await looked_at(storage.articles, written(newsroom, chance))


@pytest.mark.parametrize("seed", range(3))
async def test_a_process_that_remembers_sees_what_one_that_just_began_sees(
    storage, newsroom, together, open_again, seed
):
    chance, added, other = Random(seed), [], await open_again()
    for _ in range(40):
        await write_something(chance, storage, other, newsroom, together, added)
        new = written(newsroom, chance)
        remembered = await looked_at(storage.articles, new)
        assert remembered == await looked_at(SqlArticles(storage.database), new)


def remembered(memory):
    return {term: int(memory.holding.counts[number]) for term, number in memory.ids.items()}


async def test_nothing_is_read_again_while_nobody_else_writes_of_terms(
    storage, newsroom, together, open_again
):
    await storage.articles.add([newsroom.write(terms=["a", "b"]) for _ in range(9)], together)
    memory = storage.articles._memory
    assert remembered(memory) == {"a": 9, "b": 9}
    await storage.articles.add([newsroom.write(terms=["a"])], together)
    assert remembered(memory) == {"a": 10, "b": 9}
    await storage.outbox.queue([OutboxMessage(ChatId(1), "جواب", Lane.REPLY)])
    await storage.articles.add([newsroom.write(terms=["a"])], together)
    assert remembered(memory) == {"a": 11, "b": 9}
    other = await open_again()
    await other.articles.add([newsroom.write(terms=["b"])], together)
    await storage.articles.add([newsroom.write(terms=["z"])], together)
    assert remembered(memory) == {"z": 1}


async def test_all_is_remembered_from_slice_to_slice_of_a_real_intake(storage, newsroom, alone):
    batch = [newsroom.write(terms=[f"t{number}", "all"]) for number in range(30)]
    await storage.articles.add(batch, alone)  # the first slice holds fewer
    assert remembered(storage.articles._memory)["all"] == 30
    assert len(storage.articles._memory.ids) == 31


@pytest.mark.parametrize("seed", range(3))
async def test_the_nearest_are_those_that_hold_the_heaviest_terms(storage, newsroom, alone, seed):
    chance = Random(seed)
    articles = [written(newsroom, chance) for _ in range(180)]
    added = await storage.articles.add(articles, alone)
    ids = storage.articles._memory.ids
    postings = Postings()
    for _ in range(30):
        letters = chance.sample(LETTERS, 9)
        # as if some were read whole, others by their newest alone
        held = {letter: chance.choice([1, terms.READ_WHOLE + 1]) for letter in letters}
        weights = {letter: float(2**place) for place, letter in enumerate(letters)}
        published = stamp(newsroom.now) - chance.randrange(200) * 3_600_000_000
        asked = [RareTerm(ids[letter], held[letter], weights[letter]) for letter in letters]
        async with storage.database.transaction() as transaction:
            nearest = await terms.near(transaction, published, asked, postings, terms.Unwritten())
        assert nearest == expected(articles, added, published, weights)


def expected(articles, added, published, weights):
    """Looked for one by one; no term is in more articles than are looked at."""
    totals = {}
    for article, became in zip(articles, added, strict=True):
        at = stamp(article.article.published)
        total = sum(weights.get(term, 0.0) for term in article.analysis.fingerprint.terms)
        if total and abs(at - published) <= terms.WINDOW:
            totals[recency(at, became.id)] = total
    return sorted(totals, key=lambda key: (totals[key], key), reverse=True)[: terms.CANDIDATES]


@given(st.lists(st.lists(st.integers(-9, 9), max_size=8), max_size=60), st.data())
def test_the_heaviest_keys_stand_first_and_of_equal_ones_the_newest(found, data):
    weights = [float(data.draw(st.integers(1, 4))) for _ in found]
    totals = defaultdict(float)
    for keys, weight in zip(found, weights, strict=True):
        for key in keys:
            totals[key] += weight
    best = sorted(totals, key=lambda key: (totals[key], key), reverse=True)
    assert terms._heaviest(found, weights, 9) == best[:9]


def test_common_terms_are_asked_for_as_long_as_they_give_few_articles():
    def asked(*held):
        return len(terms._worth_asking([RareTerm(1, articles, 1.0) for articles in held]))

    assert asked(*[1] * 40) == 40
    assert asked(*[terms.ROWS_A_PART] * 40) == terms.ASKED_AT_LEAST
    assert asked(*[20] * 40) == terms.ROWS_ASKED // 20
    assert asked(*[9] * 3) == 3
    assert asked() == 0


def test_postings_that_are_not_whole_know_where_they_end():
    postings = Postings()
    postings.set(1, 7, [30, 40, 50], is_all=False)
    postings.add(1, 7, 20)
    assert list(postings.newest(1, 7, 35, 60, 9)) == [40, 50]
    assert list(postings.newest(1, 7, 10, 60, 2)) == [40, 50]
    assert postings.newest(1, 7, 10, 60, 4) is None
    assert postings.newest(1, 7, 10, 25, 1) is None


def test_postings_give_the_newest_of_a_window_and_take_in_what_comes_out_of_order():
    postings = Postings()
    postings.set(1, 7, [10, 30])
    for key in (20, 50, 40):
        postings.add(1, 7, key)
    postings.add(1, 8, 5)
    assert list(postings.newest(1, 7, 15, 45, 2)) == [30, 40]
    assert list(postings.newest(1, 7, 60, 90, 2)) == []
    assert not postings.holds(1, 8)


async def test_what_is_remembered_is_bounded(storage, newsroom, alone, monkeypatch):
    monkeypatch.setattr("storage.memory.MOST_TERMS", 30)
    for number in range(20):
        await storage.articles.add([newsroom.write(terms=[f"t{number}-{n}" for n in range(6)])], alone)
    assert 6 <= len(storage.articles._memory.ids) <= 36


async def test_nothing_is_remembered_of_what_was_undone(storage, newsroom, alone):
    await storage.articles.add([newsroom.write(terms=["a"])], alone)

    def fail(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.articles.add([newsroom.write(terms=["a", "b"])], fail)
    seen = []

    def look(new, _near, counts):
        seen.append(counts.holding[unpacked_numbers(new.fingerprint.numbers)].tolist())

    await storage.articles.add([newsroom.write(terms=["a", "b"])], look)
    assert seen == [[1, 0]]


def test_counts_of_terms_find_room_and_know_what_was_not_met():
    holding = Holding()
    holding.reach(5_000)
    holding.meet(5_000, 7)
    holding.meet(3, 0)
    asked = np.array([3, 4, 5_000, 4])
    assert holding.counts[asked].tolist() == [0, 0, 7, 0]
    assert holding.unmet(asked) == [4]
    holding.clear()
    assert holding.unmet(asked) == [3, 4, 5_000]
    assert holding.counts[5_000] == 0

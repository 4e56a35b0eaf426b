"""Storing new articles: known or new, their neighbours, their stories, their places in every index.

In slices, each a transaction. Which story an article joins is decided by the `choose` that is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model import (
    Added,
    AddedStatus,
    ArticleId,
    ChooseStory,
    Neighbour,
    NewArticle,
    Placing,
    StoryId,
)
from storage import neighbours, regrouping, terms, vocabulary
from storage.database import Database, Transaction
from storage.known import known_among
from storage.memory import Memory
from storage.neighbours import NeighbourCache
from storage.slicing import Slicing
from storage.values import DAY, moment, recency, stamp
from storage.writing import INSERT_ARTICLE, Batch, article_row, finish

_LAST_ARRIVAL = "SELECT MAX(received) AS received FROM articles WHERE received <= :latest"

_AHEAD = 2 * DAY
"""How far before what is stored an arrival may lie that is moved behind it, in stamps. Where it is more,
a clock that was wrong stamped what is stored: what comes later would lie as far ahead, in no digest."""

_NUMBERS = "UPDATE numbers SET value = value RETURNING name, value"

_INSERT = f"{INSERT_ARTICLE} ON CONFLICT (recency) DO NOTHING RETURNING id"


async def add(
    database: Database,
    new: Sequence[NewArticle],
    choose: ChooseStory,
    cache: NeighbourCache,
    memory: Memory,
    slicing: Slicing,
) -> list[Added]:
    """Stores what is new of `new`, in its order, slice by slice, and says what became of each.

    A kill leaves the slices that were done; given again, their articles are known.
    """
    added: list[Added] = []

    async def work(transaction: Transaction) -> list[Added]:
        slicing.begin()
        became = await _store(transaction, part, choose, cache, memory, slicing)
        slicing.end(len(became))
        return became

    while len(added) < len(new):
        await slicing.gap()
        part = new[len(added) : len(added) + slicing.pieces]
        added += await database.in_one_go(work)
    return added


async def _store(
    transaction: Transaction,
    new: Sequence[NewArticle],
    choose: ChooseStory,
    cache: NeighbourCache,
    memory: Memory,
    slicing: Slicing,
) -> list[Added]:
    """Stores the first of `new`, as many as the slice has time for."""
    # an update first: what is read after it no other process can change
    numbers = {row["name"]: row["value"] for row in await transaction.fetch_all(_NUMBERS)}
    memory.begin(numbers[vocabulary.WRITTEN])
    new = await _in_order_of_arrival(transaction, new)
    known = await known_among(transaction, new)
    unknown = [one for one in new if known.find(one) is None]
    words = await vocabulary.vocabulary(
        transaction, numbers, (one.analysis.fingerprint for one in unknown), memory
    )
    batch = Batch(choose, cache, words, numbers["id"], memory=memory)
    added: list[Added] = []
    for one in new:
        if added and slicing.is_over:
            break
        became = known.find(one)
        if became is None:
            became = await _store_one(transaction, batch, one)
            known.add(one, became)
        added.append(became)
    memory.end(await finish(transaction, batch) if batch.stored else numbers[vocabulary.WRITTEN])
    moved = batch.moved.story
    return [replace(one, story=moved.get(one.id, one.story)) for one in added] if moved else added


async def _in_order_of_arrival(
    transaction: Transaction, new: Sequence[NewArticle]
) -> Sequence[NewArticle]:
    """None arrives before what is stored: a digest asks for what came after the last one.

    Two processes may stamp their batches in one order and store them in the other. What is stored as of
    more than two days from now is left aside.
    """
    latest = max(stamp(one.article.received) for one in new) + _AHEAD
    last = await transaction.fetch_one(_LAST_ARRIVAL, {"latest": latest})
    if last is None or last["received"] is None:
        return new
    first = moment(last["received"]) + timedelta(microseconds=1)
    return [
        one
        if one.article.received >= first
        else replace(one, article=replace(one.article, received=first))
        for one in new
    ]


async def _store_one(transaction: Transaction, batch: Batch, new: NewArticle) -> Added:
    told_by = batch.vocabulary.numbered(new.analysis.fingerprint)
    one = neighbours.as_neighbour(new, told_by)
    placing = await _placing(transaction, batch, one)
    story = StoryId(batch.next_id()) if placing.story is None else placing.story
    await _move(transaction, batch, placing, story)
    key, article = await _insert(transaction, batch, new, story)
    if placing.copy_of is not None:
        await regrouping.set_copy(transaction, article, placing.copy_of)
    batch.vocabulary.take_in(told_by)
    terms.index(key, stamp(one.published), told_by, batch.unwritten, batch.memory.postings)
    one = replace(one, id=article, story=story)
    batch.stored[key] = (new, one)
    batch.cache.keep(key, one)
    return Added(AddedStatus.STORED, article, story, new.article.title)


async def _placing(transaction: Transaction, batch: Batch, one: Neighbour) -> Placing:
    published = stamp(one.published)
    rarest = batch.vocabulary.rarest(one.fingerprint, terms.ASKED_TERMS)
    keys = await terms.near(transaction, published, rarest, batch.memory.postings, batch.unwritten)
    near = await _whole_stories(transaction, batch, keys, published)
    await vocabulary.learn(transaction, batch.vocabulary, (each.fingerprint for each in near))
    chosen = batch.choose(one, near, batch.vocabulary.counts())
    placing = chosen if isinstance(chosen, Placing) else Placing(chosen)
    regrouping.check(placing, near)
    return placing


async def _whole_stories(
    transaction: Transaction, batch: Batch, keys: Sequence[int], published: int
) -> list[Neighbour]:
    """The stories of the articles with these keys, the nearest ones, with all of their articles."""
    places = await neighbours.places(transaction, keys)
    stories = regrouping.nearest_stories(keys, places)
    # each once, the nearest first
    whole = {key: places[key] for key in keys if key in places and places[key].story in stories}
    whole |= await regrouping.members(transaction, stories, published)
    return await _neighbours(transaction, batch, whole)


async def _move(transaction: Transaction, batch: Batch, placing: Placing, story: StoryId) -> None:
    """Moves the articles that the new one's arrival moves, those of the batch among them."""
    await batch.moved.move(transaction, placing.companions, story)
    for move in placing.moves:
        to = StoryId(batch.next_id()) if move.to is None else move.to
        await batch.moved.move(transaction, move.articles, to)
    if placing.companions or placing.moves:
        for key, (new, at) in batch.stored.items():
            now = batch.moved.story.get(at.id, at.story)
            if now != at.story:
                batch.stored[key] = (new, replace(at, story=now))


async def _neighbours(
    transaction: Transaction, batch: Batch, places: Mapping[int, neighbours.Place]
) -> list[Neighbour]:
    # the texts of the batch's own articles are not written yet
    own = {key: batch.stored[key][1] for key in places if key in batch.stored}
    others = {key: place for key, place in places.items() if key not in own}
    found = {**own, **await neighbours.at(transaction, others, batch.cache)}
    return [found[key] for key in places if key in found]


async def _insert(
    transaction: Transaction, batch: Batch, new: NewArticle, story: StoryId
) -> tuple[int, ArticleId]:
    """The new row's key and id. A key that is taken (a million ids apart, same time) costs a number."""
    published = stamp(new.article.published)
    values = article_row(new, story)
    while True:
        article = batch.next_id()
        key = recency(published, article)
        if await transaction.fetch_all(_INSERT, {**values, "id": article, "recency": key}):
            return key, ArticleId(article)

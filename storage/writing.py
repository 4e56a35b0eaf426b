"""What a batch of new articles is while it runs, and what is written of it at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import ChooseStory, Neighbour, NewArticle, StoryId
from storage import regrouping, terms, vocabulary
from storage import sqlite_search as search
from storage.database import Transaction
from storage.memory import Memory
from storage.neighbours import NeighbourCache
from storage.values import stamp, to_json
from storage.vocabulary import Vocabulary

INSERT_ARTICLE = """
    INSERT INTO articles (id, recency, story, published, received, source, category, url, title, summary,
                          topics, words_digest)
    VALUES (:id, :recency, :story, :published, :received, :source, :category, :url, :title, :summary,
            :topics, :words_digest)
"""

_INSERT_NAME = """
    INSERT INTO article_names (name, article) VALUES (:name, :article) ON CONFLICT (name) DO NOTHING
"""

_SET_NUMBER = "UPDATE numbers SET value = :value WHERE name = :name"

_INSERT_TEXT = """
    INSERT INTO article_texts (article, body, abstract) VALUES (:article, :body, :abstract)
"""

_INSERT_FINGERPRINT = """
    INSERT INTO fingerprints (article, terms, weights, sketch)
    VALUES (:article, :terms, :weights, :sketch)
"""

_INSERT_TOPIC = """
    INSERT INTO article_topics (topic, recency, story, received, weight)
    VALUES (:topic, :recency, :story, :received, :weight)
    ON CONFLICT (topic, recency) DO NOTHING
"""

_INSERT_STORY = """
    INSERT INTO stories (id, newest) VALUES (:id, :newest)
    ON CONFLICT (id) DO UPDATE SET newest = excluded.newest WHERE excluded.newest > stories.newest
"""


@dataclass(slots=True)
class Batch:
    """What a running batch has to remember until its end."""

    choose: ChooseStory
    cache: NeighbourCache
    vocabulary: Vocabulary
    last_id: int
    stored: dict[int, tuple[NewArticle, Neighbour]] = field(default_factory=dict)
    """The batch's new articles by their keys."""
    moved: regrouping.Moved = field(default_factory=regrouping.Moved)
    memory: Memory = field(default_factory=Memory)
    unwritten: terms.Unwritten = field(default_factory=terms.Unwritten)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id


def article_row(new: NewArticle, story: StoryId) -> dict[str, int | str]:
    """All but its number and its key."""
    article = new.article
    return {
        "story": story,
        "published": stamp(article.published),
        "received": stamp(article.received),
        "source": article.source,
        "category": article.category,
        "url": article.url,
        "title": article.title,
        "summary": to_json(new.analysis.summary),
        "topics": to_json([weight.topic for weight in new.analysis.topics]),
        "words_digest": new.analysis.words_digest,
    }


async def finish(transaction: Transaction, batch: Batch) -> int:
    """What later articles of the batch do not ask for is written at once, at its end.

    The number that tells what was written of terms."""
    stored = batch.stored
    await transaction.execute_many(_INSERT_TEXT, [_text(new, at) for new, at in stored.values()])
    await transaction.execute_many(
        _INSERT_FINGERPRINT, [fingerprint_row(at) for _, at in stored.values()]
    )
    names = [{"name": name, "article": at.id} for new, at in stored.values() for name in new.names]
    await transaction.execute_many(_INSERT_NAME, names)
    await transaction.execute_many(
        _INSERT_TOPIC, [row for key, (new, at) in stored.items() for row in _topics(key, new, at)]
    )
    await transaction.execute_many(
        _INSERT_STORY, [{"id": at.story, "newest": key} for key, (_, at) in stored.items()]
    )
    await batch.moved.settle(transaction)
    await search.index(transaction, (search.Indexed(key, new) for key, (new, _) in stored.items()))
    await batch.unwritten.write(transaction)
    written = await vocabulary.write(transaction, batch.vocabulary)
    counted = {
        "id": batch.last_id,
        "term": batch.vocabulary.last_id,
        "articles": batch.vocabulary.articles,
    }
    await transaction.execute_many(
        _SET_NUMBER, [{"name": name, "value": value} for name, value in counted.items()]
    )
    return written


def _text(new: NewArticle, at: Neighbour) -> dict[str, int | str]:
    return {"article": at.id, "body": new.article.body, "abstract": new.article.abstract}


def fingerprint_row(at: Neighbour) -> dict[str, int | bytes]:
    terms = at.fingerprint
    return {
        "article": at.id,
        "terms": terms.numbers,
        "weights": terms.weights,
        "sketch": at.sketch,
    }


def _topics(key: int, new: NewArticle, at: Neighbour) -> Iterable[dict[str, int | str | float]]:
    received = stamp(new.article.received)
    for topic in new.analysis.topics:
        yield {
            "topic": topic.topic,
            "recency": key,
            "story": at.story,
            "received": received,
            "weight": topic.weight,
        }

"""An article that its source changed: all that was worked out of it is replaced, in one transaction.

Its number and its times stay: it arrived once, and no digest tells of it again. Its story may become
another one.
"""

from __future__ import annotations

from bot.model import ChooseStory, Neighbour, NewArticle
from storage import neighbours, regrouping, terms, vocabulary
from storage import sqlite_search as search
from storage.database import Row, Transaction
from storage.neighbours import NeighbourCache
from storage.values import from_json, to_json
from storage.vocabulary import Vocabulary
from storage.writing import fingerprint_row

# an update first: it takes the write lock before anything is read
_NUMBERS = "UPDATE numbers SET value = value RETURNING name, value"

_SET_TERMS = "UPDATE numbers SET value = :value WHERE name = 'term'"

_FIND = """
    SELECT a.id, a.recency, a.story, a.published, a.received, a.topics, f.terms
    FROM article_names AS n JOIN articles AS a ON a.id = n.article
    JOIN fingerprints AS f ON f.article = a.id
    WHERE n.name = :name
"""

_SAME_WORDS = "SELECT id FROM articles WHERE words_digest = :digest AND words_digest <> '' AND id <> :id"

_SET_ARTICLE = """
    UPDATE articles SET title = :title, summary = :summary, topics = :topics, words_digest = :digest
    WHERE id = :id
"""

_SET_TEXT = "UPDATE article_texts SET body = :body, abstract = :abstract WHERE article = :id"

_SET_FINGERPRINT = """
    UPDATE fingerprints SET terms = :terms, weights = :weights, sketch = :sketch
    WHERE article = :article
"""

_DELETE_TOPICS = "DELETE FROM article_topics WHERE recency = :recency AND topic IN :topics"

_INSERT_TOPIC = """
    INSERT INTO article_topics (topic, recency, story, received, weight)
    VALUES (:topic, :recency, :story, :received, :weight)
    ON CONFLICT (topic, recency) DO NOTHING
"""


async def revise(
    transaction: Transaction,
    name: str,
    new: NewArticle,
    choose: ChooseStory | None,
    cache: NeighbourCache,
) -> Row | None:
    """Replaces the words of the article that is known by `name`; None where there is none.

    choose: says which story it belongs to now; without it, it stays where it is.
    Gives the article's row as it was before.
    """
    numbers = {row["name"]: row["value"] for row in await transaction.fetch_all(_NUMBERS)}
    row = await transaction.fetch_one(_FIND, {"name": name})
    if row is None:
        return None
    await _set_words(transaction, row, new)
    await _set_topics(transaction, row, new)
    await search.remove(transaction, row["recency"])
    await search.index(transaction, [search.Indexed(row["recency"], new)])
    one, words = await _set_terms(transaction, row, new, numbers)
    await regrouping.forget_copies(transaction, row["id"])
    if choose is not None:
        await regrouping.place_again(transaction, row, one, choose, cache, words)
    return row


async def _set_words(transaction: Transaction, row: Row, new: NewArticle) -> None:
    digest = new.analysis.words_digest
    # where another article has come to hold these words, that one answers for them
    if await transaction.fetch_one(_SAME_WORDS, {"digest": digest, "id": row["id"]}):
        digest = ""
    values = {
        "id": row["id"],
        "title": new.article.title,
        "summary": to_json(new.analysis.summary),
        "topics": to_json([weight.topic for weight in new.analysis.topics]),
        "digest": digest,
        "body": new.article.body,
        "abstract": new.article.abstract,
    }
    await transaction.execute(_SET_ARTICLE, values)
    await transaction.execute(_SET_TEXT, values)


async def _set_topics(transaction: Transaction, row: Row, new: NewArticle) -> None:
    place = {name: row[name] for name in ("recency", "story", "received")}
    before = from_json(row["topics"])
    await transaction.execute(_DELETE_TOPICS, {"recency": row["recency"], "topics": before})
    rows = [{**place, "topic": one.topic, "weight": one.weight} for one in new.analysis.topics]
    await transaction.execute_many(_INSERT_TOPIC, rows)


async def _set_terms(
    transaction: Transaction, row: Row, new: NewArticle, numbers: dict[str, int]
) -> tuple[Neighbour, Vocabulary]:
    """The terms are counted anew; how many articles there are stays as it was.

    What the rules see of the article now, and what is known of its terms."""
    key, published = row["recency"], row["published"]
    await terms.forget(transaction, key, published, row["terms"])
    words = await vocabulary.vocabulary(transaction, numbers, [new.analysis.fingerprint])
    told_by = words.numbered(new.analysis.fingerprint)
    one = neighbours.as_neighbour(new, told_by)
    words.take_in(told_by)
    unwritten = terms.Unwritten()
    terms.index(key, published, told_by, unwritten)
    await unwritten.write(transaction)
    await transaction.execute(_SET_FINGERPRINT, {**fingerprint_row(one), "article": row["id"]})
    await vocabulary.write(transaction, words)
    await transaction.execute(_SET_TERMS, {"value": words.last_id})
    return one, words

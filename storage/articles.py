"""Articles and stories: reading them, finding them, taking them out (bot.ports.Articles).

How new ones are stored stands in adding.py, which stories match a selection in matching.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.model import (
    Added,
    ArticleId,
    ArticleText,
    ChooseStory,
    Counts,
    MendStory,
    NewArticle,
    RelateStories,
    Selection,
    SourceCount,
    StoredArticle,
    Story,
    StoryId,
    StoryPage,
    TopicId,
)
from storage import adding, regrouping, relating, revising, sqlite_words, terms
from storage import sqlite_search as search
from storage.database import Database, Reading, Row, Transaction
from storage.matching import matching_stories
from storage.memory import Memory
from storage.neighbours import NeighbourCache
from storage.slicing import Slicing
from storage.values import from_json, moment, published_at, recency, stamp

ARRIVED_AT_MOST = 20_000
"""Articles that one digest looks at, the newest ones; two weeks' worth of a large instance."""

_AFTER_ALL = (1 << 63) - 1
_ALL = Selection()

_COLUMNS = "id, story, title, url, source, published, received, summary, topics, copy_of, recency"

_NEWEST = f"SELECT {_COLUMNS} FROM articles ORDER BY recency DESC LIMIT :limit"  # noqa: S608 - made of constants

_BY_KEYS = f"SELECT {_COLUMNS} FROM articles WHERE recency IN :keys ORDER BY recency DESC"  # noqa: S608 - made of constants

_OF_SOURCE = f"""
    SELECT {_COLUMNS} FROM articles
    WHERE source = :source AND source <> '' ORDER BY recency DESC LIMIT :limit
"""  # noqa: S608 - made of constants

_BY_STORIES = f"""
    SELECT {_COLUMNS} FROM articles
    WHERE story IN :stories AND received <= :until
    ORDER BY recency DESC
"""  # noqa: S608 - made of constants

_NEWEST_STORIES = "SELECT id FROM stories ORDER BY newest DESC LIMIT :limit OFFSET :offset"

_STORY_OF = """
    SELECT id FROM stories WHERE id = :number
    UNION ALL
    SELECT story FROM articles WHERE id = :number
    UNION ALL
    SELECT story FROM former_stories WHERE id = :number
"""

_TEXTS = """
    SELECT a.id, a.title, a.source, a.published, t.body
    FROM articles AS a JOIN article_texts AS t ON t.article = a.id
    WHERE a.story = :story ORDER BY a.recency DESC
"""

_TEXTS_OF = """
    SELECT a.id, a.title, a.source, a.published, t.body
    FROM articles AS a JOIN article_texts AS t ON t.article = a.id WHERE a.id IN :articles
"""

_ARRIVED = """
    SELECT recency, story FROM articles
    WHERE received > :after AND received <= :until AND published > :published_after
    ORDER BY recency DESC LIMIT :limit
"""

# bounded on both sides: with one bound SQLite walks the whole table in the order of its topics instead
_TOPIC_COUNTS = """
    SELECT topic, COUNT(DISTINCT story) AS stories FROM article_topics
    WHERE received > :after AND received < :ever GROUP BY topic ORDER BY stories DESC, topic
"""

_SOURCES = """
    SELECT source, articles,
           (SELECT MAX(recency) FROM articles WHERE source = counted.source AND source <> '') AS newest
    FROM source_counts AS counted ORDER BY articles DESC, source
"""

_WHOLE = f"""
    SELECT {_COLUMNS}, f.terms
    FROM articles AS a JOIN fingerprints AS f ON f.article = a.id WHERE a.id = :id
"""  # noqa: S608 - made of constants

_DELETE = "DELETE FROM articles WHERE id = :id"
_DELETE_TEXT = "DELETE FROM article_texts WHERE article = :id"
_DELETE_FINGERPRINT = "DELETE FROM fingerprints WHERE article = :id"
_DELETE_NAMES = "DELETE FROM article_names WHERE article = :id"
_DELETE_TOPICS = "DELETE FROM article_topics WHERE recency = :recency AND topic IN :topics"
_DELETE_EMPTY_STORY = """
    DELETE FROM stories WHERE id = :story AND NOT EXISTS (SELECT 1 FROM articles WHERE story = :story)
"""
_DELETE_SAVED = """
    DELETE FROM saved WHERE story = :story AND NOT EXISTS (SELECT 1 FROM stories WHERE id = :story)
"""
_DELETE_FORMER = """
    DELETE FROM former_stories
    WHERE story = :story AND NOT EXISTS (SELECT 1 FROM stories WHERE id = :story)
"""
_RENEW_STORY = """
    UPDATE stories SET newest = (SELECT MAX(recency) FROM articles WHERE story = :story)
    WHERE id = :story
"""
_STORY_AFTER = (_DELETE_EMPTY_STORY, _DELETE_SAVED, _DELETE_FORMER, _RENEW_STORY)
_ONE_LESS = "UPDATE numbers SET value = value - 1 WHERE name = 'articles'"

_COUNTS = """
    SELECT
        (SELECT value FROM numbers WHERE name = 'articles') AS articles,
        (SELECT value FROM numbers WHERE name = 'stories') AS stories,
        (SELECT COUNT(*) FROM source_counts) AS sources,
        (SELECT value FROM numbers WHERE name = 'chats') AS chats,
        (SELECT value FROM numbers WHERE name = 'subscribers') AS subscribers,
        (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'in-flight')) AS queued,
        (SELECT value FROM numbers WHERE name = 'sent') AS sent,
        (SELECT value FROM numbers WHERE name = 'dead') AS dead
"""

_ARRIVALS = "SELECT COUNT(*) AS articles FROM articles WHERE received >= :since AND received < :until"

_BY_URL = "SELECT id FROM articles WHERE url <> '' AND url >= :from AND url < :to ORDER BY id"

_BY_TOPIC = "SELECT topic, articles FROM topic_counts ORDER BY articles DESC, topic"


class SqlArticles:
    """bot.ports.Articles over a database."""

    def __init__(self, database: Database, slicing: Slicing | None = None) -> None:
        self._database = database
        self._cache = NeighbourCache()
        self._memory = Memory()
        self._slicing = slicing or Slicing()

    async def add(self, new: Sequence[NewArticle], choose: ChooseStory) -> Sequence[Added]:
        return await adding.add(self._database, new, choose, self._cache, self._memory, self._slicing)

    async def stories(self, selection: Selection, offset: int, limit: int) -> StoryPage:
        if selection == _ALL:
            values = {"limit": limit + 1, "offset": offset}
            ids = [row["id"] for row in await self._database.fetch_all(_NEWEST_STORIES, values)]
            return StoryPage(await self._load(ids[:limit]), more=len(ids) > limit)
        keys = await matching_stories(self._database, selection, offset + limit + 1)
        ids = list(keys)[offset:]
        shown = await self._load(ids[:limit])
        found = tuple(_by_key(story, keys[story.id]) for story in shown)
        return StoryPage(shown, more=len(ids) > limit, found=found)

    async def articles(self, selection: Selection, limit: int | None) -> Sequence[StoredArticle]:
        at_most = _AFTER_ALL if limit is None else limit
        match = search.match_expression(selection)
        if selection.source is not None:
            values = {"source": selection.source, "limit": at_most}
            rows = await self._database.fetch_all(_OF_SOURCE, values)
        elif match is None:
            rows = await self._database.fetch_all(_NEWEST, {"limit": at_most})
        elif match == search.NOTHING:
            return []
        else:
            keys = await search.keys(self._database, match, at_most)
            rows = await self._database.fetch_all(_BY_KEYS, {"keys": keys})
        return [_stored_article(row) for row in rows]

    async def story(self, number: int) -> Story | None:
        if not 0 < number < _AFTER_ALL:
            return None
        row = await self._database.fetch_one(_STORY_OF, {"number": number})
        stories = await self._load([row["id"]]) if row else ()
        return stories[0] if stories else None

    async def texts(self, story: StoryId) -> Sequence[ArticleText]:
        rows = await self._database.fetch_all(_TEXTS, {"story": story})
        return [_article_text(row) for row in rows]

    async def texts_of(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, ArticleText]:
        values = {"articles": articles}
        rows = await self._database.fetch_all(_TEXTS_OF, values) if articles else ()
        return {one.id: one for one in map(_article_text, rows)}

    async def arrived(
        self, after: datetime, until: datetime, published_after: datetime
    ) -> Sequence[Story]:
        values = {
            "after": stamp(after),
            "until": stamp(until),
            "published_after": stamp(published_after),
            "limit": ARRIVED_AT_MOST,
        }
        rows = await self._database.fetch_all(_ARRIVED, values)
        found = await self._load(_each_once(row["story"] for row in rows), until=values["until"])
        return sorted(found, key=lambda story: (story.newest.published, story.newest.id), reverse=True)

    async def holding(
        self, phrases: Sequence[Sequence[str]], articles: Iterable[StoredArticle]
    ) -> frozenset[ArticleId]:
        return await sqlite_words.holding(self._database, phrases, articles)

    async def related(self, story: StoryId, rule: RelateStories, limit: int) -> Sequence[Story]:
        this = await self.story(story)
        if this is None:
            return []
        ids = await relating.related(self._database, this, rule, limit)
        return await self._load(ids)

    async def topic_counts(self, received_after: datetime) -> Mapping[TopicId, int]:
        rows = await self._database.fetch_all(
            _TOPIC_COUNTS, {"after": stamp(received_after), "ever": _AFTER_ALL}
        )
        return {TopicId(row["topic"]): row["stories"] for row in rows}

    async def sources(self) -> Sequence[SourceCount]:
        rows = await self._database.fetch_all(_SOURCES)
        return [SourceCount(row["source"], row["articles"], published_at(row["newest"])) for row in rows]

    async def delete(self, article: ArticleId, mend: MendStory | None = None) -> StoredArticle | None:
        async with self._database.transaction() as transaction:
            row = await transaction.fetch_one(_WHOLE, {"id": article})
            if row is None:
                return None
            await _take_out(transaction, row)
            if mend is not None:
                await regrouping.mend(transaction, row["story"], mend, self._cache)
        return _stored_article(row)

    async def revise(
        self,
        name: str,
        new: NewArticle,
        choose: ChooseStory | None = None,
        mend: MendStory | None = None,
    ) -> bool:
        async with self._database.transaction() as transaction:
            row = await revising.revise(transaction, name, new, choose, self._cache)
            if row is not None and mend is not None:
                await regrouping.mend(transaction, row["story"], mend, self._cache)
        if row is not None:
            self._cache.drop(row["recency"])
        return row is not None

    async def by_url(self, beginning: str) -> Sequence[ArticleId]:
        span = {"from": beginning, "to": f"{beginning}\U0010ffff"}
        rows = await self._database.fetch_all(_BY_URL, span)
        return [ArticleId(row["id"]) for row in rows]

    async def counts(self) -> Counts:
        row = await self._database.fetch_one(_COUNTS)
        assert row is not None
        names = ("articles", "stories", "sources", "chats", "subscribers", "sent", "queued", "dead")
        topics = await self._database.fetch_all(_BY_TOPIC)
        by_topic = {TopicId(topic["topic"]): topic["articles"] for topic in topics}
        return Counts(**{name: row[name] for name in names}, by_topic=by_topic)

    async def arrivals(self, moments: Sequence[datetime]) -> Sequence[int]:
        counts = []
        for since, until in itertools.pairwise(map(stamp, moments)):
            row = await self._database.fetch_one(_ARRIVALS, {"since": since, "until": until})
            counts.append(int(row["articles"]) if row else 0)
        return counts

    async def _load(self, ids: Sequence[int], until: int = _AFTER_ALL) -> tuple[Story, ...]:
        return await _stories(self._database, ids, until)


async def _stories(database: Reading, ids: Sequence[int], until: int) -> tuple[Story, ...]:
    """The stories with these ids, in that order, with their articles received up to `until`."""
    if not ids:
        return ()
    articles: dict[int, list[StoredArticle]] = {story: [] for story in ids}
    for row in await database.fetch_all(_BY_STORIES, {"stories": ids, "until": until}):
        articles[row["story"]].append(_stored_article(row))
    # one that was deleted between two statements has no articles left
    return tuple(Story(StoryId(story), tuple(held)) for story, held in articles.items() if held)


def _by_key(story: Story, key: int) -> ArticleId:
    """The article with this key; the newest where it was deleted since the key was read."""
    ids = (one.id for one in story.articles if recency(stamp(one.published), one.id) == key)
    return next(ids, story.newest.id)


async def _take_out(transaction: Transaction, row: Row) -> None:
    values = {
        "id": row["id"],
        "story": row["story"],
        "recency": row["recency"],
        "topics": from_json(row["topics"]),
    }
    await regrouping.forget_copies(transaction, row["id"])
    await search.remove(transaction, row["recency"])
    await terms.forget(transaction, row["recency"], row["published"], row["terms"])
    gone = (_DELETE_TOPICS, _DELETE_TEXT, _DELETE_FINGERPRINT, _DELETE_NAMES, _DELETE)
    for sql in (*gone, *_STORY_AFTER, _ONE_LESS):
        await transaction.execute(sql, values)


def _each_once(stories: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(stories))


def _stored_article(row: Row) -> StoredArticle:
    return StoredArticle(
        id=ArticleId(row["id"]),
        story=StoryId(row["story"]),
        title=row["title"],
        url=row["url"],
        source=row["source"],
        published=moment(row["published"]),
        received=moment(row["received"]),
        summary=tuple(from_json(row["summary"])),
        topics=tuple(from_json(row["topics"])),
        copy_of=row["copy_of"],
    )


def _article_text(row: Row) -> ArticleText:
    return ArticleText(
        id=ArticleId(row["id"]),
        title=row["title"],
        source=row["source"],
        published=moment(row["published"]),
        body=row["body"],
    )

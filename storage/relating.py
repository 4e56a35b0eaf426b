"""Stories that a reader of one may want next: of the same affair first, then of the same topics.

Of the same affair are those around it in time that share several of its rare terms. The rest is filled
with those that share topics with it, a topic that few articles are about counting more: two reports from
Paris have less in common than two of one trial.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.model import Story
from storage import terms
from storage.database import Reading, Row
from storage.packing import unpacked_numbers

_TOLD_BY = 8
"""Articles of the story, the newest, whose terms are asked for."""
_SHARED = 4
"""Rare terms of SHARED_OF from which on two stories are of one affair."""
_RARE = 20
"""A term is rare where at most one article in so many holds it: a handful of articles has none."""
_LIKE = 0.4
"""The part of the story's topics, by weight, that another one must share to be shown for them."""
_TOPICS = 8
_ROWS = 400

_FINGERPRINTS = """
    SELECT f.terms FROM articles AS a JOIN fingerprints AS f ON f.article = a.id
    WHERE a.story = :story ORDER BY a.recency DESC LIMIT :limit
"""

_COUNTS = """
    SELECT id, articles, (SELECT value FROM numbers WHERE name = 'articles') AS stored
    FROM term_counts WHERE id IN :ids
"""

_STORIES = "SELECT recency, story FROM articles WHERE recency IN :keys"

_NEWEST_ABOUT = """
    SELECT recency, story FROM article_topics WHERE topic = :topic ORDER BY recency DESC LIMIT :limit
"""


async def related(reading: Reading, story: Story, published: int, limit: int) -> list[int]:
    """The ids of other stories, the nearest first.

    published: the stamp of the story's newest article.
    """
    found = dict.fromkeys(await _of_the_affair(reading, story, published))
    if len(found) <= limit:
        found |= dict.fromkeys(await _of_the_topics(reading, story))
    found.pop(story.id, None)
    return list(found)[:limit]


async def _of_the_affair(reading: Reading, story: Story, published: int) -> list[int]:
    shared = await terms.most_shared(reading, published, await _rarest(reading, story))
    keys = [key for key, count in shared.items() if count >= _SHARED]
    if not keys:
        return []
    rows = await reading.fetch_all(_STORIES, {"keys": keys})
    most: Counter[int] = Counter()
    for row in rows:
        most[row["story"]] = max(most[row["story"]], shared[row["recency"]])
    return sorted(most, key=lambda each: (-most[each], -each))


async def _rarest(reading: Reading, story: Story) -> list[int]:
    """The ids of the story's terms that fewest other articles hold, of the rare ones that any holds."""
    held = await reading.fetch_all(_FINGERPRINTS, {"story": story.id, "limit": _TOLD_BY})
    own = Counter(unpacked_numbers(*(row["terms"] for row in held)).tolist())
    rows = await reading.fetch_all(_COUNTS, {"ids": list(own)})
    others = {row["id"]: row["articles"] - own[row["id"]] for row in rows}
    most = rows[0]["stored"] / _RARE if rows else 0
    known = sorted((count, term) for term, count in others.items() if 0 < count <= most)
    return [term for _, term in known[: terms.SHARED_OF]]


async def _of_the_topics(reading: Reading, story: Story) -> list[int]:
    topics = Counter(topic for article in story.articles for topic in article.topics)
    about: dict[str, Sequence[Row]] = {
        topic: await reading.fetch_all(_NEWEST_ABOUT, {"topic": topic, "limit": _ROWS})
        for topic, _ in topics.most_common(_TOPICS)
    }
    return _most_shared(about)


def _most_shared(about: Mapping[str, Sequence[Row]]) -> list[int]:
    """The stories that share most of some topics, rare ones counting more, then the newest."""
    newest: dict[int, int] = {}
    shared: dict[int, float] = {}
    weights = {topic: 1.0 / math.log(2.0 + len(rows)) for topic, rows in about.items()}
    for topic, rows in about.items():
        of_topic = {row["story"]: row["recency"] for row in reversed(rows)}
        for story, key in of_topic.items():
            newest[story] = max(key, newest.get(story, key))
            shared[story] = shared.get(story, 0.0) + weights[topic]
    least = _LIKE * sum(weights.values())
    like = (story for story in shared if shared[story] >= least)
    return sorted(like, key=lambda story: (shared[story], newest[story]), reverse=True)

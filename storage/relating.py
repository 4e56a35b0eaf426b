"""Stories that a reader of one may want next: of the same affair first, then of the same topics.

Of the same affair are those around it in time that a rule of likeness says to be. The rest is filled
with those that share topics with it, a topic that few articles are about counting more: two reports
from Paris have less in common than two of one trial.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.model import Neighbour, NumberedTerms, RelateStories, Story, StoryId
from storage import neighbours, terms, vocabulary
from storage.database import Reading, Row
from storage.memory import Postings
from storage.neighbours import NeighbourCache
from storage.packing import packed_numbers, unpacked_numbers
from storage.values import stamp

_TOLD_BY = 8
"""Articles of the story, the newest, that others are compared with."""
_COMPARED = 60
"""Articles that share most of their rare terms, the story's own among them."""
_LIKE = 0.4
"""The part of the story's topics, by weight, that another one must share to be shown for them."""
_TOPICS = 8
_ROWS = 400

_OWN = "SELECT recency FROM articles WHERE story = :story ORDER BY recency DESC LIMIT :limit"

_NUMBERS = "SELECT name, value FROM numbers"

_NEWEST_ABOUT = """
    SELECT recency, story FROM article_topics WHERE topic = :topic ORDER BY recency DESC LIMIT :limit
"""


async def related(reading: Reading, story: Story, rule: RelateStories, limit: int) -> list[int]:
    """The ids of other stories, the nearest first. rule: says which are of the same affair."""
    found: dict[int, None] = dict.fromkeys(await _of_the_affair(reading, story, rule))
    if len(found) < limit:
        found |= dict.fromkeys(await _of_the_topics(reading, story))
    found.pop(story.id, None)
    return list(found)[:limit]


async def _of_the_affair(reading: Reading, story: Story, rule: RelateStories) -> Sequence[StoryId]:
    cache = NeighbourCache()  # its own: the one that writers use is of another thread
    keys = await reading.fetch_all(_OWN, {"story": story.id, "limit": _TOLD_BY})
    own = (await neighbours.read(reading, [row["recency"] for row in keys], cache)).values()
    numbers = {row["name"]: row["value"] for row in await reading.fetch_all(_NUMBERS)}
    known = await vocabulary.vocabulary(reading, numbers, [])
    await vocabulary.learn(reading, known, (one.fingerprint for one in own))
    rarest = known.rarest(_all_terms(own), terms.ASKED_TERMS)
    published = stamp(story.newest.published)
    near = await terms.near(reading, published, rarest, Postings(), terms.Unwritten(), most=_COMPARED)
    found = (await neighbours.read(reading, near, cache)).values()
    others = [one for one in found if one.story != story.id]
    await vocabulary.learn(reading, known, (one.fingerprint for one in others))
    return rule(list(own), others, known.counts())


def _all_terms(articles: Iterable[Neighbour]) -> NumberedTerms:
    """The terms of all of them, each once; without their weights."""
    numbers = unpacked_numbers(*(one.fingerprint.numbers for one in articles))
    return NumberedTerms(packed_numbers(list(dict.fromkeys(numbers.tolist()))))


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

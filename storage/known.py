"""Which new articles are stored already: the same address, another name of it, or the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Added, AddedStatus, ArticleId, NewArticle, StoryId
from storage.database import Transaction

_KNOWN = """
    SELECT id, story, title, url, words_digest FROM articles WHERE url IN :urls AND url <> ''
    UNION
    SELECT id, story, title, url, words_digest FROM articles
    WHERE words_digest IN :digests AND words_digest <> ''
"""

_KNOWN_BY_NAME = """
    SELECT n.name, a.id, a.story, a.title FROM article_names AS n JOIN articles AS a ON a.id = n.article
    WHERE n.name IN :names
"""


@dataclass(slots=True)
class Known:
    """The articles that a batch may repeat, by URL, by other names and by words."""

    by_url: dict[str, Added] = field(default_factory=dict)
    by_name: dict[str, Added] = field(default_factory=dict)
    by_words: dict[str, Added] = field(default_factory=dict)

    def find(self, new: NewArticle) -> Added | None:
        named = (self.by_name[name] for name in new.names if name in self.by_name)
        return (
            self.by_url.get(new.article.url)
            or next(named, None)
            or self.by_words.get(new.analysis.words_digest)
        )

    def remember(
        self, url: str, digest: str, id_: int, story: int, title: str, names: Sequence[str] = ()
    ) -> None:
        known = Added(AddedStatus.KNOWN, ArticleId(id_), StoryId(story), title)
        if url:
            self.by_url.setdefault(url, known)
        if digest:
            self.by_words.setdefault(digest, known)
        for name in names:
            self.by_name.setdefault(name, known)

    def add(self, new: NewArticle, became: Added) -> None:
        self.remember(
            new.article.url,
            new.analysis.words_digest,
            became.id,
            became.story,
            became.title,
            new.names,
        )


async def known_among(transaction: Transaction, new: Sequence[NewArticle]) -> Known:
    """What of `new` is stored already, by URL, by other names and by words."""
    urls = {one.article.url for one in new}
    digests = {one.analysis.words_digest for one in new}
    known = Known()
    for row in await transaction.fetch_all(_KNOWN, {"urls": urls, "digests": digests}):
        known.remember(row["url"], row["words_digest"], row["id"], row["story"], row["title"])
    names = {name for one in new for name in one.names}
    for row in await transaction.fetch_all(_KNOWN_BY_NAME, {"names": names}) if names else ():
        known.remember("", "", row["id"], row["story"], row["title"], [row["name"]])
    return known

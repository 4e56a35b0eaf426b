"""What storage does for articles and the stories that they form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

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


class Articles(Protocol):
    """Articles and the stories that they form."""

    async def add(self, new: Sequence[NewArticle], choose: ChooseStory) -> Sequence[Added]:
        """Stores articles in their order and says what became of each.

        Many are stored in several transactions, so that others may write in between: a kill leaves the
        first of them. An article with the URL or the words digest of a stored one (or of an earlier one
        in `new`) is known and changes nothing. For the others `choose` gets whole stories, as far as
        they were published within 72 hours, of the stored articles that share most of its rare terms;
        what it moves moves at once.
        """
        ...

    async def stories(self, selection: Selection, offset: int, limit: int) -> StoryPage:
        """Stories with a matching article, newest first; each holds all of its articles."""
        ...

    async def articles(self, selection: Selection, limit: int | None) -> Sequence[StoredArticle]:
        """Matching articles, newest first; None: all of them."""
        ...

    async def story(self, number: int) -> Story | None:
        """The story with this id, or that of the article with this id."""
        ...

    async def texts(self, story: StoryId) -> Sequence[ArticleText]:
        """The words of a story's articles, newest first."""
        ...

    async def texts_of(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, ArticleText]:
        """The words of some articles; without those that are not there any more."""
        ...

    async def arrived(
        self, after: datetime, until: datetime, published_after: datetime
    ) -> Sequence[Story]:
        """Stories with an article received in (after, until] and published after `published_after`.

        Each holds all of its articles received up to `until`. Newest first.
        """
        ...

    async def holding(
        self, phrases: Sequence[Sequence[str]], articles: Iterable[StoredArticle]
    ) -> Collection[ArticleId]:
        """Which of the articles hold any of the phrases in their titles or bodies.

        phrases: search terms (bot.arabic.words) that stand one after the other.
        """
        ...

    async def related(self, story: StoryId, rule: RelateStories, limit: int) -> Sequence[Story]:
        """Other stories of the same affair, the nearest first; none where there are none.

        rule: says which are of the same affair (bot.stories.related).
        """
        ...

    async def topic_counts(self, received_after: datetime) -> Mapping[TopicId, int]:
        """How many stories each topic had since then."""
        ...

    async def sources(self) -> Sequence[SourceCount]:
        """Sources by number of articles, largest first."""
        ...

    async def delete(self, article: ArticleId, mend: MendStory | None = None) -> StoredArticle | None:
        """Takes one article out, everywhere; its story goes with its last article.

        mend: says whether the others are still one story; without it they are.
        """
        ...

    async def revise(
        self,
        name: str,
        new: NewArticle,
        choose: ChooseStory | None = None,
        mend: MendStory | None = None,
    ) -> bool:
        """Replaces title, body and all that was worked out of the article known by `name`.

        Its id, source, address and times stay. choose: says which story it belongs to now, mend: whether
        those that it leaves are still one; without them its story stays. False where there is no such
        article.
        """
        ...

    async def by_url(self, beginning: str) -> Sequence[ArticleId]:
        """The articles whose URL begins so."""
        ...

    async def counts(self) -> Counts: ...

    async def arrivals(self, moments: Sequence[datetime]) -> Sequence[int]:
        """How many articles arrived in each span from one of the moments, which rise, to the next."""
        ...

"""Stories, and what is weighed when an article looks for its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.articles import Fingerprint, NewArticle, StoredArticle
from bot.model.ids import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one event, newest first; never empty."""

    id: StoryId
    articles: tuple[StoredArticle, ...]

    @property
    def newest(self) -> StoredArticle:
        return self.articles[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that are known, newest article first, each once."""
        return tuple(dict.fromkeys(a.source for a in self.articles if a.source))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored article near a new one: it, or another one of its story, shares some of its rare
    terms."""

    id: ArticleId
    story: StoryId
    source: str
    published: datetime
    fingerprint: Fingerprint
    words_digest: str
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How many stored articles hold each of a new article's and its neighbours' terms."""

    articles: int
    """All articles that are stored."""
    holding: Mapping[str, int]
    """term → articles that hold it; a term that is missing is in none. Good for one choice: it goes on
    counting afterwards."""


@dataclass(frozen=True, slots=True)
class Move:
    """Stored articles that go to another story."""

    articles: tuple[ArticleId, ...]
    to: StoryId | None
    """None: a new one, which they found together."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a new article goes, and which stored ones its arrival moves."""

    story: StoryId | None
    """None: it founds a new one."""
    companions: tuple[ArticleId, ...] = ()
    """Stored articles that go to its story with it."""
    moves: tuple[Move, ...] = ()
    """Others that move."""
    copy_of: ArticleId | None = None
    """The article whose words it repeats nearly."""


ChooseStory = Callable[[NewArticle, Sequence[Neighbour], TermCounts], Placing | StoryId | None]
"""The pure rule that says which story an article joins (bot.stories.choose); a mere id moves no other
article, None founds a new story."""

MendStory = Callable[[Sequence[Neighbour], TermCounts], Sequence[Sequence[ArticleId]]]
"""The pure rule that says which of a story's articles still tell of one event (bot.stories.mend), the
ones that keep its id first."""

"""Stories, and what is weighed when an article looks for its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.model.articles import StoredArticle
from bot.model.ids import ArticleId, StoryId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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


TERM_NUMBER = "<u4"
TERM_WEIGHT = "<u2"
"""How numpy reads a term's number and its weight where they stand packed."""
WEIGHT_STEP = 1_000
"""Of the packed weights that make a weight of 1."""


@dataclass(frozen=True, slots=True)
class NumberedTerms:
    """A fingerprint whose terms go by the store's numbers for them, heaviest first.

    Packed: thousands are kept in memory, and dozens are compared at a time, in arrays.
    """

    numbers: bytes = b""
    """TERM_NUMBER a term, each term once."""
    weights: bytes = b""
    """TERM_WEIGHT a term, in steps of 1/WEIGHT_STEP."""

    def __len__(self) -> int:
        return len(self.weights) // 2


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What the rules of stories see of an article: of a new one, or of a stored one near it, which
    shares some of its rare terms or is of the story of one that does."""

    id: ArticleId
    story: StoryId
    source: str
    published: datetime
    fingerprint: NumberedTerms
    words_digest: str
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How many stored articles hold each of a new article's and its neighbours' terms."""

    articles: int
    """All articles that are stored."""
    holding: NDArray[np.int32]
    """By a term's number, how many articles hold it. Good for one choice: it goes on counting
    afterwards, and says nothing of other terms."""


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


NO_ARTICLE = ArticleId(0)
NO_STORY = StoryId(0)
"""No stored article and no story has these numbers: a new article does until it is stored."""

ChooseStory = Callable[[Neighbour, Sequence[Neighbour], TermCounts], Placing | StoryId | None]
"""The pure rule that says which story a new article, the first one here, joins (bot.stories.choose); a
mere id moves no other article, None founds a new story."""

MendStory = Callable[[Sequence[Neighbour], TermCounts], Sequence[Sequence[ArticleId]]]
"""The pure rule that says which of a story's articles still tell of one event (bot.stories.mend), the
ones that keep its id first."""

RelateStories = Callable[[Sequence[Neighbour], Sequence[Neighbour], TermCounts], Sequence[StoryId]]
"""The pure rule that says which stories of other articles are of the same affair as a story's own, the
first ones here; the nearest first (bot.stories.related)."""

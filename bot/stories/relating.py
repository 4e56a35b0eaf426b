"""Which stories are of one affair: alike, but not one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.model import Neighbour, StoryId, TermCounts
from bot.stories.choosing import JOIN
from bot.stories.likeness import Likeness

_AFFAIR = JOIN / 2
"""The likeness from which on articles tell of one affair: half of what makes them one event."""


def related(
    own: Sequence[Neighbour], others: Sequence[Neighbour], counts: TermCounts
) -> Sequence[StoryId]:
    """The stories of the others that are of the same affair as a story's own articles.

    A story is as near as the nearest two articles are; the nearest first, then the newest.
    """
    if not own or not others:
        return []
    articles = [*own, *others]
    alike = Likeness(articles, counts).among(range(len(articles)))[: len(own), len(own) :].max(axis=0)
    nearest: defaultdict[StoryId, float] = defaultdict(float)
    for one, likeness in zip(others, alike.tolist(), strict=True):
        nearest[one.story] = max(nearest[one.story], likeness)
    affair = [story for story, likeness in nearest.items() if likeness >= _AFFAIR]
    return sorted(affair, key=lambda story: (-nearest[story], -story))

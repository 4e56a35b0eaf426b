"""Which stories are of one affair: alike, but not one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Neighbour, StoryId, TermCounts
from bot.stories.choosing import JOIN
from bot.stories.likeness import Likeness

_AFFAIR = 1.1 * JOIN
"""The likeness from which on articles tell of one affair. Of what it leaves of 140 of a week's stories a
reader found 89 in a hundred related; of half of JOIN, filled up with stories of their topics, 52."""


def related(
    own: Sequence[Neighbour], others: Sequence[Neighbour], counts: TermCounts
) -> Sequence[StoryId]:
    """The stories of the others that are of the same affair as a story's own articles.

    Those that would be of its event if all had come at once: what parts the events of an affair is time,
    so likeness does not fade with it here. A story is as near as the nearest two articles are; the
    nearest first, then the newest.
    """
    if not own or not others:
        return []
    articles = [replace(one, published=own[0].published) for one in (*own, *others)]
    alike = Likeness(articles, counts).among(range(len(articles)))[: len(own), len(own) :].max(axis=0)
    nearest: defaultdict[StoryId, float] = defaultdict(float)
    for one, likeness in zip(others, alike.tolist(), strict=True):
        nearest[one.story] = max(nearest[one.story], likeness)
    affair = [story for story, likeness in nearest.items() if likeness >= _AFFAIR]
    return sorted(affair, key=lambda story: (-nearest[story], -story))

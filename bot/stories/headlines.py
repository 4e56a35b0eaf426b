"""Which of a story's articles stands for it."""

from __future__ import annotations

from datetime import timedelta

from bot.model import StoredArticle, Story


def headline(story: Story) -> StoredArticle:
    """The article whose title stands for the story: the fullest of its newest reports.

    Of the articles of the story's last day, without copies of an article that it holds, too: the one
    with a title, then most sentences of summary, then the newest; ties fall to the lower id, so that the
    choice stays the same.
    """
    held = {one.id for one in story.articles}
    last_day = [
        one for one in story.articles if story.newest.published - one.published < timedelta(days=1)
    ]
    own = [one for one in last_day if one.copy_of not in held]
    return max(
        own or last_day, key=lambda one: (bool(one.title), len(one.summary), one.published, -one.id)
    )

"""What a digest holds: which stories, in which order, each under which topic. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.digests import filters
from bot.digests.filters import NOTHING, Held
from bot.model import Chat, Length, Story, TopicId
from bot.topics import lexicon

FIRST_SPAN = timedelta(hours=24)
"""How far back a chat's first digest reaches."""

LONGEST_SPAN = timedelta(days=14)
"""How far back any digest reaches, so that a chat that comes back after months costs no more."""

FRESH = timedelta(days=3)
"""An article published earlier than that before it arrived is an archive's, not news."""

STORIES = {Length.SHORT: 4, Length.NORMAL: 8, Length.LONG: 14}
"""Stories of a digest; the message holds as many of them as fit."""

Pick = tuple[Story, TopicId | None]
"""A story and the topic that it stands under."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which arrivals a digest covers: received in (after, until]."""

    after: datetime
    until: datetime

    @property
    def published_after(self) -> datetime:
        """The earliest that any article of the window may have been published."""
        return self.after - FRESH


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """A digest's stories in their order, and how many there were to choose from."""

    stories: tuple[Pick, ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.stories)


def window(last_digest: datetime | None, now: datetime) -> Window:
    """Since the chat's last digest; a day back for the first one, and where a clock that was wrong put
    the last one into days to come."""
    after = now - FIRST_SPAN if last_digest is None or last_digest > now else last_digest
    return Window(max(after, now - LONGEST_SPAN), now)


def digest(
    chat: Chat,
    arrived: Sequence[Story],
    covers: Window,
    held: Held = NOTHING,
    limit: int | None = None,
) -> DigestPlan:
    """The chat's digest of stories that arrived in the window; `limit` of them, else as it chose.

    held: which of their articles hold the chat's words (bot/digests/gather.py).

    Only the subscription's topics where it names some, and only what the chat's words and muted sources
    leave (bot/digests/filters.py). Followed topics first, then by weight: the number of sources, then
    newness (contract, section 7); topics of which it wants less last.
    """
    wanted = chat.subscription.topics if chat.subscription else ()
    picks = [
        (story, _heading(story, chat.follows, wanted))
        for told in arrived
        if _is_new(told, covers) and (story := filters.shown(told, chat.preferences, held))
        # what is new of a story may be in a muted source alone
        if _is_new(story, covers) and (not wanted or _shared(story, wanted))
    ]
    picks.sort(key=lambda pick: _weight(pick[0], chat), reverse=True)
    most = STORIES[chat.preferences.length] if limit is None else limit
    return DigestPlan(tuple(picks[:most]), len(picks))


def covered_until(arrived: Sequence[Story], covers: Window) -> datetime | None:
    """Up to when a digest of these stories covers the news: the newest arrival that it saw, if any.

    Not the moment of composing: an article that is being stored just then, stamped as received a
    little earlier, would lie before it and come in no digest at all.
    """
    seen = (
        article.received
        for story in arrived
        for article in story.articles
        if covers.after < article.received <= covers.until
    )
    return max(seen, default=None)


def _is_new(story: Story, covers: Window) -> bool:
    return any(
        covers.after < article.received <= covers.until and article.published >= article.received - FRESH
        for article in story.articles
    )


def _weight(story: Story, chat: Chat) -> tuple[bool, bool, int, datetime]:
    is_liked = not _shared(story, chat.preferences.less)
    return is_liked, bool(_shared(story, chat.follows)), len(story.sources), story.newest.published


def _shared(story: Story, topics: Sequence[TopicId]) -> TopicId | None:
    """The first of the topics that the story is about; a group is told by its members."""
    if not topics:
        return None
    about = {topic for article in story.articles for topic in article.topics}
    return next((topic for topic in topics if not _members(topic).isdisjoint(about)), None)


@lru_cache(maxsize=1 << 12)
def _members(topic: TopicId) -> frozenset[TopicId]:
    """What a chosen topic stands for; itself where the lexicon no longer has it."""
    known = lexicon.load()
    return known.members(topic) if known.topic(topic) else frozenset((topic,))


def _heading(story: Story, follows: Sequence[TopicId], wanted: Sequence[TopicId]) -> TopicId | None:
    """A topic that the chat chose, otherwise what the newest article is most about."""
    chosen = _shared(story, follows) or _shared(story, wanted)
    return chosen or next(iter(story.newest.topics), None)

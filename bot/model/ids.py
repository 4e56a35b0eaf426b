"""What articles, stories, chats, messages and the like are called by: numbers and slugs that cannot be
mixed up.
"""

from __future__ import annotations

from typing import NewType

ArticleId = NewType("ArticleId", int)
StoryId = NewType("StoryId", int)
"""Articles and stories draw their ids from one sequence: a number never means two things."""
ChatId = NewType("ChatId", int)
UserId = NewType("UserId", int)
MessageId = NewType("MessageId", int)
UpdateId = NewType("UpdateId", int)
OutboxId = NewType("OutboxId", int)
FeedId = NewType("FeedId", int)
TopicId = NewType("TopicId", str)
"""A topic's stable English slug: `syria`, `vladimir-putin`, `football`."""

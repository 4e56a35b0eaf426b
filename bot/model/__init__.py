"""The nouns of mojaz: frozen values that every room of the house passes around.

No behaviour lives here beyond what a value can say of itself. Times are aware and in UTC; local
times of day (`datetime.time`) are naive by nature and belong to a chat's zone.

Each file holds one family of nouns; whoever needs them takes them from here.
"""

from bot.model.articles import (
    Added,
    AddedStatus,
    Analysis,
    Article,
    ArticleText,
    Fingerprint,
    NewArticle,
    StoredArticle,
    TopicWeight,
)
from bot.model.broadcasts import Audience, Broadcast, BroadcastState
from bot.model.chats import EVERY_DAY, Chat, ChatKind, ChatState, Subscription
from bot.model.delivery import (
    ChatLost,
    Migrated,
    NetworkFault,
    OutboxRow,
    OutboxState,
    Outcome,
    Recent,
    Refused,
    RetryAfter,
    Sent,
)
from bot.model.digests import DigestRecord, DueDigest, DueTime, MadeDigest, Moved
from bot.model.drafts import Draft, Refusal, RefusalReason
from bot.model.feeds import (
    Feed,
    FeedAdded,
    FeedDocument,
    FeedEntry,
    FeedReport,
    FeedState,
    FeedVisit,
    NewFeed,
    SeenEntry,
)
from bot.model.ids import (
    ArticleId,
    ChatId,
    FeedId,
    MessageId,
    OutboxId,
    StoryId,
    TopicId,
    UpdateId,
    UserId,
)
from bot.model.incoming import Attachment, StoredUpdate
from bot.model.lists import SearchQuery, Selection, StoryPage
from bot.model.messages import Button, ButtonRows, Document, Lane, OutboxMessage, Reply
from bot.model.operating import Counts, DatabaseCopy
from bot.model.preferences import NO_PREFERENCES, Digits, Language, Length, Months, Preferences
from bot.model.shelf import Kept, ShelfPage
from bot.model.sources import ChannelSource, SourceCount
from bot.model.stories import ChooseStory, MendStory, Move, Neighbour, Placing, Story, TermCounts
from bot.model.web import Fetched, FetchRequest

__all__ = [
    "EVERY_DAY",
    "NO_PREFERENCES",
    "Added",
    "AddedStatus",
    "Analysis",
    "Article",
    "ArticleId",
    "ArticleText",
    "Attachment",
    "Audience",
    "Broadcast",
    "BroadcastState",
    "Button",
    "ButtonRows",
    "ChannelSource",
    "Chat",
    "ChatId",
    "ChatKind",
    "ChatLost",
    "ChatState",
    "ChooseStory",
    "Counts",
    "DatabaseCopy",
    "DigestRecord",
    "Digits",
    "Document",
    "Draft",
    "DueDigest",
    "DueTime",
    "Feed",
    "FeedAdded",
    "FeedDocument",
    "FeedEntry",
    "FeedId",
    "FeedReport",
    "FeedState",
    "FeedVisit",
    "FetchRequest",
    "Fetched",
    "Fingerprint",
    "Kept",
    "Lane",
    "Language",
    "Length",
    "MadeDigest",
    "MendStory",
    "MessageId",
    "Migrated",
    "Months",
    "Move",
    "Moved",
    "Neighbour",
    "NetworkFault",
    "NewArticle",
    "NewFeed",
    "OutboxId",
    "OutboxMessage",
    "OutboxRow",
    "OutboxState",
    "Outcome",
    "Placing",
    "Preferences",
    "Recent",
    "Refusal",
    "RefusalReason",
    "Refused",
    "Reply",
    "RetryAfter",
    "SearchQuery",
    "SeenEntry",
    "Selection",
    "Sent",
    "ShelfPage",
    "SourceCount",
    "StoredArticle",
    "StoredUpdate",
    "Story",
    "StoryId",
    "StoryPage",
    "Subscription",
    "TermCounts",
    "TopicId",
    "TopicWeight",
    "UpdateId",
    "UserId",
]

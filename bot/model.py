"""The nouns of mojaz: frozen values that every room of the house passes around.

No behaviour lives here beyond what a value can say of itself. Times are aware and in UTC; local
times of day (`datetime.time`) are naive by nature and belong to a chat's zone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
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


class Language(StrEnum):
    """The languages of the bot's own words."""

    AR = "ar"
    EN = "en"


# --- articles and stories -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as it was read from a message, a document or a feed, before any cleaning."""

    text: str = ""
    title: str = ""
    url: str = ""
    source: str = ""
    category: str = ""
    abstract: str = ""
    published: datetime | None = None
    line: int = 1
    """Where the record starts in its document, counted from 1."""
    post: str = ""
    """Which post of a channel it is, to find it again when it is edited: `tg:CHAT/POST`."""


class RefusalReason(StrEnum):
    """Why a record was not taken in. Each has a message `refused-…` in the text catalogues."""

    EMPTY = "empty"
    """Neither text nor title."""
    NOT_AN_OBJECT = "not-an-object"
    """A JSON record that is no object."""
    BROKEN_JSON = "broken-json"
    WRONG_TYPE = "wrong-type"
    """A field holds something that is no text."""
    BAD_ROW = "bad-row"
    """A row of a table with more or fewer cells than its header."""
    BAD_DATE = "bad-date"
    BAD_URL = "bad-url"
    TOO_LONG = "too-long"
    NO_WORDS = "no-words"
    """Nothing that could be read: punctuation, digits or links alone."""
    NOT_OPENED = "not-opened"
    """A link among several that could not be read."""
    TOO_SLOW = "too-slow"
    """Reading it took longer than its deadline."""
    TOO_MANY = "too-many"
    """It and all that follow it were left out: a document in a chat holds only so many."""
    NO_TIME = "no-time"
    """It and all that follow it were left out: an answer is due. What was stored stays stored."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken in, where it stood and why."""

    line: int
    reason: RefusalReason
    detail: str = ""
    """What was found, shortened: the bad value or the field's name."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article, cleaned: its body holds the article's own paragraphs and nothing around them."""

    title: str
    body: str
    """Paragraphs parted by one newline, each verbatim."""
    published: datetime
    """Never later than `received`; equal to it where the source gave no time."""
    received: datetime
    url: str = ""
    source: str = ""
    category: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class TopicWeight:
    """How much an article is about a topic: 0 (not at all) to 1 (about nothing else)."""

    topic: TopicId
    weight: float


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an article is about, for telling stories: its folded terms, each once, heaviest first."""

    terms: tuple[str, ...] = ()
    weights: array[float] = field(default_factory=lambda: array("d"))
    """Of each term, above 0."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, float]]) -> Fingerprint:
        terms, weights = [], array("d")
        for term, weight in pairs:
            terms.append(term)
            weights.append(weight)
        return cls(tuple(terms), weights)

    def __iter__(self) -> Iterator[tuple[str, float]]:
        return zip(self.terms, self.weights, strict=True)

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is worked out of an article once, when it comes in."""

    summary: tuple[str, ...]
    """Whole sentences of the body, verbatim, in its order."""
    topics: tuple[TopicWeight, ...]
    """The topics it is about, heaviest first."""
    fingerprint: Fingerprint
    words_digest: str
    """Hex digest of its folded words: two articles with the same words have the same digest."""
    search_title: str
    search_body: str
    """Folded search terms parted by single spaces (bot.arabic.words.search_terms)."""
    sketch: bytes = b""
    """By which near-copies are told (bot.stories.sketch); empty for a very short text."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article ready to be stored."""

    article: Article
    analysis: Analysis
    names: tuple[str, ...] = ()
    """What it is known by besides its address as it was given: its page, a channel's post."""


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


class AddedStatus(StrEnum):
    STORED = "stored"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article that was handed to storage."""

    status: AddedStatus
    id: ArticleId
    story: StoryId
    title: str
    """The stored title (of the older one, where the article was known)."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as lists and story cards need it: without its body."""

    id: ArticleId
    story: StoryId
    title: str
    url: str
    source: str
    published: datetime
    received: datetime
    summary: tuple[str, ...]
    topics: tuple[TopicId, ...]
    copy_of: ArticleId | None = None
    """The article of the same story whose words it repeats nearly: one agency's report in two
    outlets."""


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
class ArticleText:
    """The words of one stored article."""

    id: ArticleId
    title: str
    source: str
    published: datetime
    body: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Folded search terms: every phrase must stand in an article, no excluded one may.

    A single word is a phrase of one term. An empty query finds nothing.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles a list shows. Nothing set: all news."""

    topics: tuple[frozenset[TopicId], ...] = ()
    """An article must be about at least one topic of each set."""
    query: SearchQuery | None = None


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of a list of stories, each once, newest first by its newest matching article."""

    stories: tuple[Story, ...]
    more: bool
    """Whether another page follows."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source with what came from it."""

    name: str
    articles: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class ChannelSource:
    """A Telegram channel whose posts are stored as articles."""

    chat: ChatId
    title: str
    username: str
    """Without @; empty where the channel is private."""
    articles: int
    """That came from it and are still stored."""


# --- the web --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What is asked of the web."""

    url: str
    etag: str = ""
    """Of the last answer; it and last_modified make the request conditional."""
    last_modified: str = ""
    most_bytes: int = 10_000_000
    """Of the opened body; an answer that holds more is refused while it streams."""
    deadline: float = 30.0
    """Seconds for all of it, redirects included."""
    polite: bool = True
    """Whether robots.txt is asked first."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the web answered."""

    url: str
    """Where the answer came from, after redirects."""
    status: int
    """200, 304 (the body is then empty) or 410, as a rule."""
    body: bytes = b""
    """Opened: neither gzip nor brotli."""
    content_type: str = ""
    """As the server said it, with its charset: `application/rss+xml; charset=windows-1256`."""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """The address to remember, where every redirect on the way was permanent (301, 308)."""
    retry_after: float | None = None
    """Seconds."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, its texts as they stand there: titles plain, content as HTML."""

    identity: str
    """Its guid or id, else its link; empty where it has neither."""
    title: str = ""
    link: str = ""
    """Absolute."""
    content: str = ""
    """The fullest text that the feed carries, HTML."""
    summary: str = ""
    """HTML."""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a feed's address answered, read."""

    title: str = ""
    link: str = ""
    """The site's address."""
    language: str = ""
    entries: tuple[FeedEntry, ...] = ()
    feeds: tuple[str, ...] = ()
    """Where the address was a page and no feed: the feeds that it names, absolute."""
    is_feed: bool = True


# --- feeds ----------------------------------------------------------------------------------------


class FeedState(StrEnum):
    ACTIVE = "active"
    FAILING = "failing"
    """It has failed for so long that the admins were told; it is still asked, ever more rarely."""
    GONE = "gone"
    """Its server said that it is gone for good (410): it is not asked any more."""
    REMOVED = "removed"
    """An admin took it out, which one tap undoes."""
    OFFERED = "offered"
    """A page named it; an admin has not chosen it yet."""


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is to be added."""

    url: str
    title: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed whose entries are stored as articles, and what is known of its visits."""

    id: FeedId
    url: str
    """Where it is asked; changes when the feed moves for good."""
    title: str = ""
    """What a list called it, else its own title; empty until it was read."""
    category: str = ""
    state: FeedState = FeedState.ACTIVE
    etag: str = ""
    last_modified: str = ""
    next_check: datetime | None = None
    """None where it is not asked any more."""
    checked: datetime | None = None
    """The last visit, whatever became of it."""
    answered: datetime | None = None
    """The last visit that was answered with a feed, or with 304."""
    changed: datetime | None = None
    """The last visit that brought entries that were new."""
    gap: float | None = None
    """Seconds between two of its entries, the median of the last dated ones."""
    failures: int = 0
    """In a row, up to the last visit."""
    failing_since: datetime | None = None
    error: str = ""
    """Of the last visit; empty where it went well."""
    articles: int = 0
    """That came from it and are still stored."""

    @property
    def name(self) -> str:
        """What it is called where it is listed."""
        return self.title or self.url


class FeedAdded(StrEnum):
    """What became of a feed that was to be added."""

    NEW = "new"
    KNOWN = "known"
    """It is asked already."""
    BACK = "back"
    """It had been removed, was gone, or had only been offered; it is asked again."""


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a feed that was read before."""

    identity: str
    """Its guid, else its link, else a digest of its words."""
    digest: str
    """Of its words, to see when they change."""


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """What a visit changes, written at once after its articles are stored."""

    feed: Feed
    """As it stands after the visit."""
    seen: tuple[SeenEntry, ...] = ()
    """Those that are new or changed."""
    present: tuple[str, ...] = ()
    """The identities of all entries that the feed carries now; empty where it was not read."""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one visit brought."""

    feed: Feed
    """As it stands after the visit."""
    stored: int = 0
    known: int = 0
    revised: int = 0
    refused: int = 0
    offers: tuple[Feed, ...] = ()
    """Where its address was a page that names several feeds: those, to choose from."""
    already: bool = False
    """Another visit of the same feed was under way, or it is removed: nothing was asked."""


class Kept(StrEnum):
    """What became of a story that a chat wanted to keep."""

    NEW = "new"
    ALREADY = "already"
    FULL = "full"
    """The chat keeps as many as it may."""
    GONE = "gone"
    """There is no such story any more."""


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """A part of the stories that a chat keeps, the one kept last first."""

    stories: tuple[StoryId, ...]
    total: int
    """How many the chat keeps in all."""


# --- chats and subscriptions ----------------------------------------------------------------------


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatState(StrEnum):
    ACTIVE = "active"
    BLOCKED = "blocked"
    """The reader blocked the bot, or the bot was put out of the chat: settings are kept."""
    GONE = "gone"
    """The chat does not exist any more, or its user is deactivated."""


EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
"""Weekdays as date.weekday() counts them: 0 is Monday."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What digests a chat asked for."""

    times: tuple[time, ...]
    """Local times of day, to the minute, sorted."""
    topics: tuple[TopicId, ...] = ()
    """Empty: all news."""
    active: bool = True
    """False after /unsubscribe, which one tap undoes."""
    days: tuple[int, ...] = EVERY_DAY
    """The weekdays on which digests come, sorted; never empty."""


class Digits(StrEnum):
    """The digits that a chat reads."""

    LATIN = "latin"
    ARABIC = "arabic"
    """Arabic-Indic: ٠١٢٣."""


class Months(StrEnum):
    """The month names that a chat reads in Arabic; which countries use them stands in CLDR."""

    LEVANT = "levant"
    """كانون الثاني."""
    EGYPT = "egypt"
    """يناير, in Egypt, the Gulf and elsewhere."""
    MAGHREB = "maghreb"
    """جانفي, in Tunisia and Algeria."""
    MOROCCO = "morocco"
    """يناير, غشت, دجنبر."""
    BOTH = "both"
    """كانون الثاني (يناير)."""


class Length(StrEnum):
    """How long a chat's digests are."""

    SHORT = "short"
    """Headlines with a sentence each."""
    NORMAL = "normal"
    LONG = "long"
    """More stories."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a chat chose about what it reads and how; the defaults are a chat's that chose nothing."""

    digits: Digits = Digits.LATIN
    months: Months | None = None
    """None: those of the chat's zone."""
    hijri: bool = False
    """Whether dates are also told in the Hijri calendar."""
    length: Length = Length.NORMAL
    wanted: tuple[str, ...] = ()
    """Words as the reader wrote them, of which a digest's story must hold at least one."""
    unwanted: tuple[str, ...] = ()
    """Words as the reader wrote them, none of which a story may hold."""
    muted: tuple[str, ...] = ()
    """Sources whose articles are not shown."""
    less: tuple[TopicId, ...] = ()
    """Topics of which the reader wants less: their stories come last."""
    quiet: tuple[time, time] | None = (time(22), time(7))
    """Local times from and until which nothing comes that was not asked for; None: never quiet."""


NO_PREFERENCES = Preferences()
"""Those of a chat that chose nothing."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and what it chose. No names, no texts: the least that is needed."""

    id: ChatId
    kind: ChatKind
    state: ChatState = ChatState.ACTIVE
    language: Language | None = None
    """What was chosen for the chat."""
    heard: Language | None = None
    """What its reader's Telegram speaks: where none was chosen, digests are in it as answers are."""
    zone: str | None = None
    """IANA name; None: the operator's TIMEZONE."""
    follows: tuple[TopicId, ...] = ()
    subscription: Subscription | None = None
    last_digest: datetime | None = None
    """Up to when the chat's last digest covered the news."""
    preferences: Preferences = NO_PREFERENCES


@dataclass(frozen=True, slots=True)
class DueTime:
    """When one of a chat's digest times comes next."""

    at: time
    due: datetime


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest that is due now or overdue."""

    chat: Chat
    at: time
    due: datetime


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """The ledger's line of one digest: unique by chat, local date and chosen time."""

    chat: ChatId
    local_date: date
    at: time
    covers_until: datetime
    stories: int


# --- what goes out --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: it opens `url`, or sends `action` back (at most 64 bytes)."""

    label: str
    action: str = ""
    url: str = ""


ButtonRows = tuple[tuple[Button, ...], ...]
"""Rows in the order in which Telegram shows them, left to right."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a message, whose text is then its caption (1,024 units at most)."""

    name: str
    content: bytes
    """Never empty."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer says: one message in Telegram's HTML, its buttons, and a toast.

    For a pressed button the message is edited in place; an empty text leaves it as it is, and
    `toast` is shown either way.
    """

    text: str = ""
    buttons: ButtonRows = ()
    toast: str = ""
    alert: bool = False
    """Show the toast as a window that must be closed."""
    preview: bool = False
    """Whether Telegram may preview the first link."""
    document: Document | None = None
    """Comes as a new message; for a pressed button beside the message that has it, which stays."""


class Lane(StrEnum):
    """What is sent first: the order here is the order of sending."""

    REPLY = "reply"
    ALERT = "alert"
    DIGEST = "digest"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message that is to be sent, or an edit of one that was."""

    chat: ChatId
    text: str
    lane: Lane
    buttons: ButtonRows = ()
    preview: bool = False
    silent: bool = False
    reply_to: MessageId | None = None
    thread: int | None = None
    """A forum's topic."""
    edits: MessageId | None = None
    """Edit this message of the bot's instead of sending a new one."""
    edits_row: OutboxId | None = None
    """Edit what that row sent; where it was never sent, send a new message."""
    document: Document | None = None
    """Sent as a new message, whatever was to be edited."""


class BroadcastState(StrEnum):
    ASKED = "asked"
    """Waits for its confirmation."""
    GOING = "going"
    """Being queued for one subscriber after the other."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to every subscriber."""

    id: int
    state: BroadcastState
    text: str
    """Telegram's HTML; empty once it is done."""
    queued: int
    """For how many chats it was queued so far."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The next subscribers of a broadcast, in the order of their ids; none: it has reached them all."""

    after: int
    """The id behind which they stand."""
    chats: tuple[Chat, ...]


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """A copy of the whole database: its content, or where the file lies that is too large for one."""

    name: str
    path: str
    size: int
    """Bytes."""
    content: bytes | None


@dataclass(frozen=True, slots=True)
class MadeDigest:
    """A digest that is ready: its line in the ledger, its message, and when it comes next."""

    record: DigestRecord
    message: OutboxMessage
    next_due: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A digest time that moves on without a digest."""

    chat: ChatId
    at: time
    next_due: datetime


class OutboxState(StrEnum):
    QUEUED = "queued"
    IN_FLIGHT = "in-flight"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message with its place in the queue."""

    id: OutboxId
    message: OutboxMessage
    attempts: int
    """How often it was already tried."""


@dataclass(frozen=True, slots=True)
class Recent:
    """What a former run did that the next one must mind."""

    groups: tuple[tuple[ChatId, datetime], ...] = ()
    """The groups that got messages, with the moments, oldest first."""
    held_until: datetime | None = None
    """Until when nothing may go to anyone."""


@dataclass(frozen=True, slots=True)
class Sent:
    message: MessageId


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Telegram said 429: nothing may go to this chat before `seconds` are over."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ChatLost:
    """The chat cannot be reached: blocked by its user (BLOCKED) or not there any more (GONE)."""

    state: ChatState
    cause: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with a new id."""

    to: ChatId


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message: a dead letter."""

    cause: str


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """Nobody knows whether it arrived, or Telegram is ill (5xx): try again later."""

    cause: str


Outcome = Sent | RetryAfter | ChatLost | Migrated | Refused | NetworkFault
"""How the sending of one message ended (handlers/messenger.py tells them apart, once)."""


# --- what comes in --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update as Telegram sent it."""

    id: UpdateId
    payload: str
    """JSON."""
    received: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a command: the text or document that it answers, or its own document."""

    text: str = ""
    source: str = ""
    """Where a forwarded message came from: a channel's title."""
    url: str = ""
    published: datetime | None = None
    file_name: str = ""
    content: bytes | None = None
    """The document's bytes; None where there is no document."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures for /stats."""

    articles: int
    stories: int
    sources: int
    chats: int
    subscribers: int
    sent: int
    queued: int
    dead: int
    by_topic: Mapping[TopicId, int] = field(default_factory=dict)

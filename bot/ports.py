"""What the house needs from outside itself: time, storage, the messenger, other processes.

Protocols alone. Storage keeps one rule: a method is one transaction, so that a kill leaves either
all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Protocol, TypeVar

from bot.model import (
    Added,
    ArticleId,
    ArticleText,
    Audience,
    Broadcast,
    ChannelSource,
    Chat,
    ChatId,
    ChatKind,
    ChatState,
    ChooseStory,
    Counts,
    DigestRecord,
    DueDigest,
    DueTime,
    Feed,
    FeedAdded,
    FeedId,
    FeedVisit,
    Fetched,
    FetchRequest,
    Kept,
    Language,
    MadeDigest,
    MendStory,
    MessageId,
    Moved,
    NewArticle,
    NewFeed,
    OutboxId,
    OutboxMessage,
    OutboxRow,
    Outcome,
    Recent,
    Reply,
    SeenEntry,
    Selection,
    ShelfPage,
    SourceCount,
    StoredArticle,
    StoredUpdate,
    Story,
    StoryId,
    StoryPage,
    Subscription,
    TopicId,
    UpdateId,
)

T = TypeVar("T")

Say = Callable[[Reply], Awaitable[None]]
"""Says how long work goes on: the first call sends a message, later ones and the answer edit it."""


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, from an arbitrary start."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class Workers(Protocol):
    """Separate processes for heavy or hostile work."""

    async def run(self, function: Callable[..., T], *arguments: object, deadline: float = 30.0) -> T:
        """The function's result; it and the arguments must be picklable.

        Raises WorkerFailed when `deadline` seconds pass or the process dies; errors that the
        function raises come through as they are.
        """
        ...


class Fetcher(Protocol):
    """The one way to the web."""

    async def get(self, request: FetchRequest) -> Fetched:
        """What the address answers, redirects followed, every address checked before connecting.

        Any status below 400, and 410, comes back as it is; everything else raises FetchFailed.
        """
        ...


class Feeds(Protocol):
    """Feeds, what was seen of them, and when they are asked next."""

    async def add(
        self, feeds: Sequence[NewFeed], now: datetime, *, offered: bool = False
    ) -> Sequence[tuple[Feed, FeedAdded]]:
        """Feeds to be asked from now on, in the order given; an address is held once.

        offered: they are kept for a day for an admin to choose from, and not asked; one that is held
        already stays as it is.
        """
        ...

    async def all(self) -> Sequence[Feed]:
        """Those that are asked, failing and gone ones among them, by id; neither removed nor offered."""
        ...

    async def find(self, feed: FeedId) -> Feed | None:
        """Whatever its state."""
        ...

    async def remove(self, feed: FeedId) -> Feed | None:
        """Takes it out; its articles stay. None where it was not held."""
        ...

    async def restore(self, feed: FeedId, now: datetime) -> Feed | None:
        """Asks a removed, gone, failing or offered feed again, at once; None where there is none."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Those whose time has come, the longest overdue first. Marks nothing."""
        ...

    async def claim(self, feed: FeedId, now: datetime, until: datetime, owner: str = "") -> Feed | None:
        """Before a visit: nobody else visits it until then; None where somebody does or it is not asked.

        A visit that a kill ended is due again when `until` has come, or when its owner's next start
        releases it. owner: of which there is never more than one; empty for whoever may have others of
        its kind beside it.
        """
        ...

    async def release(self, owner: str, now: datetime) -> int:
        """At an owner's start: feeds that it held when it died are due; how many."""
        ...

    async def seen(self, feed: FeedId, identities: Sequence[str]) -> Mapping[str, SeenEntry]:
        """Which of these entries were read before, by identity."""
        ...

    async def held(self, names: Sequence[str]) -> Collection[str]:
        """Which of these names (of pages, of feeds' entries) a stored article is known by."""
        ...

    async def record(self, visit: FeedVisit, messages: Sequence[OutboxMessage]) -> Feed:
        """Closes a visit: the feed's new values, its entries, what admins are told, all at once.

        A feed that an admin removed meanwhile stays removed, and an address that another feed has is
        not taken over. Gives the feed as it stands.
        """
        ...

    async def sweep(self, now: datetime) -> int:
        """Forgets offers older than a day, removed feeds older than 30 days, and entries that have not
        been in their feed for 90 days; how many rows."""
        ...


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

    async def arrived(
        self, after: datetime, until: datetime, published_after: datetime
    ) -> Sequence[Story]:
        """Stories with an article received in (after, until] and published after `published_after`.

        Each holds all of its articles received up to `until`. Newest first.
        """
        ...

    async def related(self, story: StoryId, limit: int) -> Sequence[Story]:
        """Other stories: of the same affair first, then those that share most topics, then newest."""
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


class ChannelSources(Protocol):
    """Channels whose posts are stored as articles."""

    async def add(self, chat: ChatId, title: str, username: str) -> None:
        """Makes the channel a source, or renews its title and username."""
        ...

    async def remove(self, chat: ChatId) -> bool:
        """False where it was none."""
        ...

    async def holds(self, chat: ChatId) -> bool: ...

    async def all(self) -> Sequence[ChannelSource]:
        """Oldest first."""
        ...


class Chats(Protocol):
    """Chats, their subscriptions, and the ledger of digests."""

    async def seen(self, chat: ChatId, kind: ChatKind, heard: Language | None = None) -> Chat:
        """The chat as it is known, stored now where it is new.

        heard: its reader's language; None leaves what was heard before.

        A lost chat that writes is active again.
        """
        ...

    async def get(self, chat: ChatId) -> Chat | None: ...

    async def subscribe(self, chat: ChatId, subscription: Subscription, due: Sequence[DueTime]) -> None:
        """Sets the chat's subscription and when each of its times comes next."""
        ...

    async def unsubscribe(self, chat: ChatId) -> Subscription | None:
        """Ends it at once and keeps it inactive for an undo; None where none was active."""
        ...

    async def follow(self, chat: ChatId, topics: Sequence[TopicId]) -> None:
        """Sets the topics that lead the chat's digests."""
        ...

    async def choose(self, chat: Chat, due: Sequence[DueTime]) -> None:
        """Stores the chat's language, zone and preferences, and moves its digest times to `due`.

        due: needed where the zone changed; empty leaves the times where they are.
        """
        ...

    async def set_state(self, chat: ChatId, state: ChatState) -> None:
        """Marks a chat as lost or back. A lost chat's queued messages are dead letters."""
        ...

    async def migrate(self, old: ChatId, new: ChatId) -> None:
        """Moves all that is kept of a group to its new id: settings, subscription, ledger, queue."""
        ...

    async def due(
        self, now: datetime, limit: int, after: DueDigest | None = None
    ) -> Sequence[DueDigest]:
        """Digests of active chats that are due at `now`, longest overdue first.

        after: only those that stand behind it in this order.
        """
        ...

    async def digests_on(self, chat: ChatId, local_date: date) -> Sequence[time]:
        """The chosen times whose digest the ledger has for that local date."""
        ...

    async def record_digest(
        self, record: DigestRecord, messages: Sequence[OutboxMessage], next_due: datetime
    ) -> bool:
        """The ledger's line, the outbox rows and the next due time, at once.

        False where the ledger already had that line: nothing is queued, only the due time moves.
        """
        ...

    async def record_digests(self, made: Sequence[MadeDigest]) -> int:
        """As record_digest for each of them, all at once; how many were queued."""
        ...

    async def move_on(self, moved: Sequence[Moved]) -> None:
        """Moves due times on without a digest, all at once."""
        ...


class Shelf(Protocol):
    """Stories that chats keep for later."""

    async def keep(self, chat: ChatId, story: StoryId) -> Kept:
        """Keeps it; one that is kept already stays where it is."""
        ...

    async def drop(self, chat: ChatId, story: StoryId) -> bool:
        """False where it was not kept."""
        ...

    async def holds(self, chat: ChatId, story: StoryId) -> bool: ...

    async def page(self, chat: ChatId, offset: int, limit: int) -> ShelfPage:
        """What the chat keeps, the one kept last first."""
        ...


class Traces(Protocol):
    """All that is stored of a chat."""

    async def of(self, chat: ChatId) -> Mapping[str, object]:
        """By kind, in plain values, dataclasses and times."""
        ...

    async def forget(self, chat: ChatId, until: datetime) -> None:
        """Takes out all of it at once. What comes after (the answer that says so) goes at `until`, which
        a kill does not change."""
        ...

    async def finish(self, now: datetime) -> int:
        """The last traces of chats whose time has come; of how many. A chat in which somebody has
        written since is a new one: what came of that stays."""
        ...

    async def put_off(self, until: datetime) -> int:
        """At the start: no chat's last traces go before then, so that an answer which a kill held up is
        still sent."""
        ...


class Broadcasts(Protocol):
    """Messages to every subscriber."""

    async def ask(self, text: str) -> int:
        """Keeps it until it is confirmed; its number."""
        ...

    async def begin(self, number: int) -> Broadcast | None:
        """From now on it is queued; one that goes or is done already stays as it is."""
        ...

    async def get(self, number: int) -> Broadcast | None: ...

    async def cancel(self, number: int) -> bool:
        """False for one that goes or is done, and for none."""
        ...

    async def subscribers(self) -> int:
        """Active chats with an active subscription."""
        ...

    async def audience(self, number: int, limit: int) -> Audience | None:
        """Whom a broadcast has not reached yet; None where it does not go (any more)."""
        ...

    async def queue(self, number: int, audience: Audience, waiting: Mapping[ChatId, datetime]) -> None:
        """Queues it for them and moves on, at once; for nobody: it is done.

        waiting: before which moment nothing may go to a chat. Where it has moved on from
        `audience.after` already, nothing happens.
        """
        ...


class Inbox(Protocol):
    """Updates that Telegram handed over and that are not yet answered."""

    async def record(self, updates: Sequence[StoredUpdate]) -> Sequence[StoredUpdate]:
        """Stores updates before they are confirmed to Telegram; gives back those that are new."""
        ...

    async def pending(self) -> Sequence[StoredUpdate]:
        """What a former run left unanswered, in order."""
        ...

    async def done(self, update: UpdateId) -> None:
        """Nothing is to be said to this update."""
        ...

    async def failed(self, update: UpdateId, cause: str) -> int:
        """Counts a failed try and gives the number of tries so far."""
        ...

    async def set_aside(self, update: UpdateId, cause: str) -> None:
        """Puts a poisonous update away, with its cause, so that it is not tried again."""
        ...


class Outbox(Protocol):
    """Messages that are to be sent."""

    async def reply(
        self, update: UpdateId | None, messages: Sequence[OutboxMessage]
    ) -> Sequence[OutboxId]:
        """Queues the answer and marks the update as done, at once.

        Where the update is already done nothing is queued: it was answered before.
        """
        ...

    async def queue(self, messages: Sequence[OutboxMessage]) -> Sequence[OutboxId]: ...

    async def claimable(
        self, now: datetime, busy: Collection[ChatId], limit: int
    ) -> Sequence[OutboxRow]:
        """Queued rows that may be sent now: by lane, then oldest; the oldest one of each chat alone.

        Rows of chats in `busy` and rows put off beyond `now` are left out. Marks nothing.
        """
        ...

    async def mark_in_flight(self, row: OutboxId) -> bool:
        """Before the call, so that a kill during it is seen at the next start.

        False where the row does not wait any more: it was taken back since it was claimed.
        """
        ...

    async def settle(self, row: OutboxRow, outcome: Outcome, retry_at: datetime | None) -> None:
        """Closes a try.

        Sent, Refused: done. ChatLost: the chat is marked, its queued rows are dead letters.
        Migrated: all that is kept of the chat moves, the row is queued again. RetryAfter and
        NetworkFault: queued again, not before `retry_at`; None makes it a dead letter.
        """
        ...

    async def recover(self) -> int:
        """At the start: rows in flight when the program died are queued again; how many."""
        ...

    async def recent(self, since: datetime, soonest: datetime) -> Recent:
        """At the start: what a former run left to be minded.

        since: messages that groups got after then are told. soonest: a chat that is held back no longer
        than until then was held back by a short 429, which holds back everything.
        """
        ...

    async def sent_message(self, row: OutboxId) -> MessageId | None:
        """The message that a row became; None where it was never sent."""
        ...

    async def next_retry(self) -> datetime | None:
        """When the earliest row that is put off may be tried; None where there is none."""
        ...

    async def sweep(self, before: datetime) -> int:
        """Forgets what was sent, answered or set aside before then; how many rows."""
        ...


class Messenger(Protocol):
    """The way to Telegram."""

    async def send(self, message: OutboxMessage, edits: MessageId | None) -> Outcome:
        """Sends or edits one message; never raises for what Telegram or the network does.

        edits: the message to edit, resolved; None sends a new one.
        """
        ...

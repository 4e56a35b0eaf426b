"""A feed's document → its entries as they are compared and stored: identity, digest, draft.

Pure. Also what of them is new or changed against what was seen before. How documents are read stands in
feeds.py; when and in which process, in feed_visits.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from bot.arabic.words import fold
from bot.errors import UnreadableFeed
from bot.intake import feed_timing, feeds
from bot.intake.links import has_route, same_page
from bot.model import Draft, Feed, FeedDocument, FeedEntry, FeedId, Fetched, NewFeed, SeenEntry

_DIGEST_BYTES = 16
_OF_ITS_PAGE = 0.25
"""Share of a teaser's words that stand in its page. In the project's week of news the articles that hold
least of their own headline and abstract hold 0.38; of any other article's, 95 in 100 hold under 0.19."""
_WORD = re.compile(r"\w{3,}")
_LOOKED_AT = 1000
_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, worked out."""

    identity: str
    """A digest of its guid, else of its link, else of its words."""
    digest: str
    """Of its words, to see when they change."""
    draft: Draft
    is_teaser: bool
    """Whether its page is worth reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed's document, worked out."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    """In the feed's order, as a rule the newest first; each identity once."""
    gap: float | None = None
    """Seconds between two of them."""
    feeds: tuple[NewFeed, ...] = ()
    """Where it is a page: the feeds that it names, as it calls them."""
    is_feed: bool = True
    oversized: int = 0
    """Entries that were left out as their markup is beyond all bounds."""
    is_whole: bool = True
    """False where the document breaks off: then its last entry is left out."""


def read(fetched: Fetched, feed: Feed) -> Reading:
    """What an address answered.

    Raises UnreadableFeed for what is no feed and names none, and for one that breaks off before its
    first entry ends.
    """
    document = feeds.read(fetched.body, fetched.content_type, fetched.url)
    is_whole = not document.is_feed or _ends(fetched.body)
    if not is_whole:
        # half an entry would take the place of the whole one that is stored
        document = replace(document, entries=document.entries[:-1])
        if not document.entries:
            raise UnreadableFeed("its markup is beyond reading: it breaks off")
    dates = (entry.published or entry.updated for entry in document.entries)
    return Reading(
        title=document.title,
        entries=tuple(_entries(document, feed)),
        gap=feed_timing.usual_gap(date for date in dates if date),
        feeds=document.feeds,
        is_feed=document.is_feed,
        oversized=document.oversized,
        is_whole=is_whole,
    )


def _ends(body: bytes) -> bool:
    """Whether a document that could be read has its end; JSON is not read without it."""
    # in UTF-16 every second byte is a zero
    start, end = (part.replace(b"\0", b"") for part in (body[:_LOOKED_AT], body[-_LOOKED_AT:]))
    return b"<" not in start or _END.search(end) is not None


def _entries(document: FeedDocument, feed: Feed) -> Iterable[Entry]:
    given = [_told_apart(entry, document.link) for entry in document.entries]
    shared = _shared_guids(given)
    known: set[str] = set()
    for line, entry in enumerate(given, 1):
        draft = feeds.draft(entry, feed.title or document.title, line)
        guid = "" if entry.identity in shared else entry.identity
        identity = _identity(guid, draft)
        if identity not in known:
            known.add(identity)
            post = name(feed.id, identity)
            draft = replace(draft, post=post, category=draft.category or feed.category)
            has_page = bool(draft.url) and not has_route(draft.url)
            yield Entry(identity, _words_digest(draft), draft, has_page and feeds.is_teaser(entry))


def name(feed: FeedId, identity: str) -> str:
    """What an entry's article is known by; all names of a feed begin with `feed:ID/`."""
    return f"feed:{feed}/{identity}"


# --- identity ---------------------------------------------------------------------------------------


def _told_apart(entry: FeedEntry, home: str) -> FeedEntry:
    """The entry with its guid and link as far as they name an article.

    Some feeds link every entry to the site's front page. A guid that is the link is taken as one, so
    that its spelling does not matter; a link into a page (`#post-7`) tells more than the page does.
    """
    link = "" if home and same_page(entry.link) == same_page(home) else entry.link
    is_link = entry.identity == entry.link and "#" not in entry.link
    return replace(entry, link=link, identity="" if is_link else entry.identity)


def _shared_guids(entries: Sequence[FeedEntry]) -> set[str]:
    """Guids that stand at several articles of one document, and so name none of them."""
    of: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        # where there are no links, what tells articles apart is their titles
        of[entry.identity].add(same_page(entry.link) or f"title {entry.title}")
    return {guid for guid, articles in of.items() if len(articles) > 1}


def _identity(guid: str, draft: Draft) -> str:
    if guid:
        return _digest("guid", guid)
    page = same_page(draft.url)
    return _digest("page", page) if page else _digest("words", draft.title, draft.text)


def _words_digest(draft: Draft) -> str:
    return _digest(draft.title, draft.text, draft.abstract)


def _digest(*parts: str) -> str:
    content = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


# --- what is new, what changed ----------------------------------------------------------------------


class Fate(StrEnum):
    """What became of an entry, as it is remembered in front of its digest."""

    WHOLE = "w"
    """The feed carried its whole text."""
    PAGE = "p"
    """Its text was taken from its page."""
    TEASER = "t"
    """Its teaser had to do."""
    REFUSED = "r"
    """Nothing that could be read stood there."""


def seen_as(entry: Entry, fate: Fate) -> SeenEntry:
    return SeenEntry(entry.identity, f"{fate}{entry.digest}")


class Changed(NamedTuple):
    """An entry whose words are others than when it was seen."""

    entry: Entry
    before: Fate


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with a document's entries, in its order."""

    new: tuple[Entry, ...]
    """Also those that were refused and have other words now."""
    changed: tuple[Changed, ...]


def plan(entries: Iterable[Entry], seen: Mapping[str, SeenEntry]) -> Plan:
    """What is new and what changed since the entries were seen; an entry that is as it was is left."""
    new: list[Entry] = []
    changed: list[Changed] = []
    for entry in entries:
        before = seen.get(entry.identity)
        if before is None:
            new.append(entry)
        elif before.digest[1:] != entry.digest:
            fate = Fate(before.digest[0])
            if fate is Fate.REFUSED:
                new.append(entry)
            else:
                changed.append(Changed(entry, fate))
    return Plan(tuple(new), tuple(changed))


# --- pages ------------------------------------------------------------------------------------------


def in_order_of_reading(entries: Sequence[Entry]) -> list[Entry]:
    """Teasers in the order in which their pages are read, which may end before all are.

    The newest first; but where dates are missing, the order of arrival is all that tells which is newer,
    so that the oldest must come in first.
    """
    teasers = [entry for entry in entries if entry.is_teaser]
    dated = all(entry.draft.published for entry in teasers)
    return teasers if dated else teasers[::-1]


def with_page(entry: Entry, page: Draft) -> Draft | None:
    """The entry's draft with its page's text; None where the page tells no more, or something else."""
    given = entry.draft
    if len(page.text.split()) <= len(given.text.split()) or not _is_its_page(given, page):
        return None
    return replace(
        given,
        text=page.text,
        title=given.title or page.title,
        abstract=given.abstract or given.text,
        published=given.published or page.published,
    )


def _is_its_page(given: Draft, page: Draft) -> bool:
    """Sites answer with consent, subscription and robot checks in place of articles."""
    words = _words(f"{given.title}\n{given.text}\n{given.abstract}")
    found = words & _words(f"{page.title}\n{page.text}")
    return len(found) >= _OF_ITS_PAGE * len(words)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))

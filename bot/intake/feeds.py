"""What a feed's address answered → its entries, and entries → drafts.

Pure functions of bytes: nothing is fetched here. The caller reads in a worker process under a deadline,
since markup can be made to cost time. The formats stand in feed_xml.py, jsonfeed.py and feed_pages.py.
"""

from __future__ import annotations

import re

from bot.errors import UnreadableDocument, UnreadableFeed
from bot.intake.charsets import declared, opened, to_text
from bot.intake.feed_pages import named_feeds
from bot.intake.feed_text import paragraphs
from bot.intake.feed_xml import read_xml, root_of
from bot.intake.jsonfeed import is_json_feed, read_json
from bot.intake.links import canonical
from bot.intake.markup import unlinked_items
from bot.model import Draft, FeedDocument, FeedEntry

_FEWEST_WORDS = 80
"""Of a text that is taken for whole. Editors' abstracts are a sentence or two: of the 1,191 in the
project's week of news, 99 in 100 are under 66 words, and half of the texts are over 190."""
_CUT = re.compile(
    r"(?:…|\.\.\.?|\[…\]|\[\.\.\.\]|\[&hellip;\])\W*$"
    r"|(?:اقرأ|إقرأ|لقراءة|قراءة|تابع|متابعة|read|continue|keep)\s+"
    r"(?:المزيد|بقية|البقية|التفاصيل|القراءة|more|reading|on|the)\b[^\n]{0,80}$",
    re.IGNORECASE,
)


def read(content: bytes, content_type: str, url: str) -> FeedDocument:
    """The feed in `content`, or, where it is a page, the feeds that it names.

    content_type: as the server said it, or empty; its charset is asked, its type is not: servers call
    feeds text/html and text/plain. url: where the answer came from; relative links start there.
    Raises UnreadableFeed for what is no feed and names none.
    """
    try:
        content = opened(content)
    except UnreadableDocument as error:
        raise UnreadableFeed(error.cause) from error
    text = to_text(content, declared(content, content_type))
    if not text.strip():
        raise UnreadableFeed("the answer is empty")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return read_json(text.lstrip("\ufeff \t\r\n"), url)
    is_page = root_of(text) == "html"
    document = None if is_page else read_xml(text, url)
    return document or _page(text, url)


def is_feed(text: str) -> bool:
    """Whether a text is a feed and no page, as far as its beginning tells."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return is_json_feed(text.lstrip("\ufeff \t\r\n"))
    return root_of(text) in ("rss", "feed", "rdf")


def _page(text: str, url: str) -> FeedDocument:
    feeds = named_feeds(text, url)
    if not feeds:
        raise UnreadableFeed("it is no feed, and no page that names one")
    return FeedDocument(feeds=feeds, is_feed=False)


def to_drafts(document: FeedDocument, source_name: str = "") -> list[Draft]:
    """The document's entries as drafts, in its order; their lines count the entries from 1.

    source_name: what the articles' source is called; where it is empty, the feed's own title.
    """
    source = source_name or document.title
    return [draft(entry, source, line) for line, entry in enumerate(document.entries, 1)]


def draft(entry: FeedEntry, source: str, line: int = 1) -> Draft:
    """One entry as a draft: its text in plain paragraphs. An address that is none is left out."""
    text, summary = paragraphs(entry.content), paragraphs(entry.summary)
    return Draft(
        text=text,
        title=entry.title,
        url=canonical(entry.link) or "",
        source=source,
        category=entry.category,
        # feeds that carry whole texts alone repeat them as their summaries
        abstract="" if summary == text and not _is_short(text) else summary,
        published=entry.published or entry.updated,
        line=line,
        items="\n".join(sorted(unlinked_items(entry.content))),
    )


def is_teaser(entry: FeedEntry) -> bool:
    """Whether the feed carries no more than a teaser, so that the entry's page is worth reading.

    It does where the text is as short as abstracts are, or ends as cut texts do: with an ellipsis, or a
    prompt to read on. A short report that is whole passes for a teaser too; then its page is read once
    in vain, while a teaser taken for whole would stay an article of one sentence.
    """
    text = paragraphs(entry.content)
    return _is_short(text) or _CUT.search(text[-200:]) is not None


def _is_short(text: str) -> bool:
    return len(text.split()) < _FEWEST_WORDS

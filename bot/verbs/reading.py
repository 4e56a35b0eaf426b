"""`mojaz latest`, `topic`, `search`, `stories` and `digest`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from bot.answers import meaning, naming
from bot.clock import SystemClock
from bot.config import Config
from bot.digests import compose
from bot.model import Chat, ChatId, ChatKind, Selection, Story
from bot.topics import lexicon, query
from bot.verbs import printing
from storage import Storage, opened_storage

_PAGE = 200


async def latest(config: Config, limit: int, as_json: bool) -> int:
    return await _articles(config, Selection(), limit, as_json)


async def topic(config: Config, name: str, limit: int, as_json: bool) -> int:
    """Articles about a topic, or of the source of that name; what a name that is no topic was taken
    for is said on standard error: a source, a guessed topic, words that are searched in the texts."""
    known = lexicon.load()
    answer = query.parse_topics(name, known)
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        source = naming.source_named(await storage.articles.sources(), name)
        is_searched = await meaning.are_searched(storage.articles, name, answer, known)
        about = await storage.articles.articles(Selection(topics=answer.selection), 1)
        is_topic = naming.is_topic(answer) and (source is None or bool(about))
    if source is not None and not is_topic:
        print(f"no news about {name!r}; the articles of the source {source!r}", file=sys.stderr)
        return await _articles(config, Selection(source=source), limit, as_json)
    if is_searched:
        near = f" (near it: {', '.join(answer.topics)})" if answer.topics else ""
        print(f"no topic {name!r}{near}; searched in the texts", file=sys.stderr)
        return await _articles(config, Selection(query=query.parse_search(name)), limit, as_json)
    if answer.guessed:
        print(f"taken for: {', '.join(answer.topics)}", file=sys.stderr)
    return await _articles(config, Selection(topics=answer.selection), limit, as_json)


async def search(config: Config, words: str, limit: int, as_json: bool) -> int:
    return await _articles(config, Selection(query=query.parse_search(words)), limit, as_json)


async def _articles(config: Config, selection: Selection, limit: int, as_json: bool) -> int:
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        printing.articles(await storage.articles.articles(selection, limit or None), as_json)
    return 0


async def stories(config: Config, limit: int, as_json: bool) -> int:
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        shown = 0
        async for story in _all_stories(storage):
            printing.stories([story], as_json)
            shown += 1
            if shown == limit:
                break
    return 0


async def _all_stories(storage: Storage) -> AsyncIterator[Story]:
    offset, more = 0, True
    while more:
        page = await storage.articles.stories(Selection(), offset, _PAGE)
        for story in page.stories:
            yield story
        offset, more = offset + _PAGE, page.more


async def digest(config: Config, as_json: bool) -> int:
    """The digest of all news for a chat that never had one; each story by its newest article."""
    now = SystemClock().now()
    covers = compose.window(None, now)
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        arrived = await storage.articles.arrived(covers.after, covers.until, covers.published_after)
    anyone = Chat(ChatId(0), ChatKind.PRIVATE)
    plan = compose.digest(anyone, arrived, covers, limit=len(arrived))
    printing.articles((story.newest for story, _ in plan.stories), as_json)
    if not plan.stories and not as_json:
        print("nothing arrived in the last 24 hours")
    return 0

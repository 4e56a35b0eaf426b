"""What words mean that are exactly no topic's name: a topic near to them, or the words themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.arabic.words import search_terms
from bot.model import ArticleText, SearchQuery, Selection
from bot.ports import Articles
from bot.topics import own_words
from bot.topics.lexicon import Lexicon
from bot.topics.query import TopicAnswer, parse_search

_LOOKED_AT = 20
"""The newest stories with the words' stems: in the time that they reach back the readings are compared.

Half as many decided otherwise than all stories of a week for one common word in twelve, so many for one
in twenty-eight, twice as many for no fewer."""


async def are_searched(articles: Articles, words: str, answer: TopicAnswer, lexicon: Lexicon) -> bool:
    """Whether the words are to be searched for: they come near no topic, or the texts bear them out more
    than the topic that was guessed."""
    if not answer.selection:
        return True
    if answer.is_doubtful:
        found = await articles.stories(Selection(query=parse_search(words)), 0, 1)
        return bool(found.stories)
    if not own_words.may_be_own(words, answer, lexicon):
        return False
    return await _are_own(articles, words, answer)


async def _are_own(articles: Articles, words: str, answer: TopicAnswer) -> bool:
    together = SearchQuery((tuple(search_terms(words)),))
    page = await articles.stories(Selection(query=together), 0, _LOOKED_AT)
    texts = await articles.texts_of(page.found)
    held = await asyncio.to_thread(_holding, [*texts.values()], words) if texts else 0
    if not held:
        return False
    newest = [story.newest.published for story in page.stories]
    about = await articles.stories(Selection(topics=answer.selection), 0, held)
    # without a further page the words were looked for in all that there is
    recent = [one for one in about.stories if not page.more or one.newest.published >= min(newest)]
    return own_words.are_own(held, len(recent))


def _holding(texts: Sequence[ArticleText], words: str) -> int:
    return sum(own_words.stands(words, own_words.laid(f"{one.title}\n{one.body}")) for one in texts)

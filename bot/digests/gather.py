"""What a digest or a list is made of, fetched: the arrivals, and which of them hold a chat's words.

What follows from it is decided in compose.py and filters.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.digests import compose, filters
from bot.digests.compose import DigestPlan, Window
from bot.digests.filters import NOTHING, Held
from bot.model import Chat, Preferences, Story
from bot.ports import Articles


async def planned(articles: Articles, chat: Chat, covers: Window) -> DigestPlan:
    """The chat's digest of what arrived in the window."""
    arrived = await articles.arrived(covers.after, covers.until, covers.published_after)
    return compose.digest(chat, arrived, covers, await held(articles, arrived, chat.preferences))


async def held(articles: Articles, stories: Iterable[Story], chosen: Preferences) -> Held:
    """Which of the stories' articles hold the chat's wanted words, and which its unwanted ones."""
    wanted, unwanted = filters.phrases(chosen.wanted), filters.phrases(chosen.unwanted)
    if not wanted and not unwanted:
        return NOTHING
    looked_at = [article for story in stories for article in story.articles]
    return Held(
        wanted=await articles.holding(wanted, looked_at) if wanted else frozenset(),
        unwanted=await articles.holding(unwanted, looked_at) if unwanted else frozenset(),
    )

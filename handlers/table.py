"""Which command is answered by which function: one ordered table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.answers.request import Request
from bot.model import Reply
from bot.ports import Say

Answer: TypeAlias = Callable[[Request], Awaitable[Reply]]
LongAnswer: TypeAlias = Callable[[Request, Say], Awaitable[Reply]]
Press: TypeAlias = Callable[[Request, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the bot can be asked. A command that is None is unknown."""

    start: Answer
    help: Answer
    latest: Answer
    topic: Answer
    topics: Answer
    search: Answer
    read: Answer
    digest: Answer
    subscribe: Answer
    unsubscribe: Answer
    follow: Answer
    unfollow: Answer
    sources: Answer
    privacy: Answer
    unknown_command: Answer
    plain_words: Answer
    ingest: LongAnswer
    delete: Answer
    stats: Answer
    press: Press
    summarize: Answer | None = None
    settings: Answer | None = None


def table(answers: Answers) -> dict[str, LongAnswer]:
    """Command → function, in the order in which help tells them."""
    readers = {
        "start": answers.start,
        "help": answers.help,
        "latest": answers.latest,
        "topic": answers.topic,
        "topics": answers.topics,
        "search": answers.search,
        "read": answers.read,
        "digest": answers.digest,
        "subscribe": answers.subscribe,
        "unsubscribe": answers.unsubscribe,
        "stop": answers.unsubscribe,
        "follow": answers.follow,
        "unfollow": answers.unfollow,
        "settings": answers.settings,
        "sources": answers.sources,
        "summarize": answers.summarize,
        "privacy": answers.privacy,
        "delete": answers.delete,
        "stats": answers.stats,
    }
    short = {name: _short(answer) for name, answer in readers.items() if answer is not None}
    return {**short, "ingest": answers.ingest}


def _short(answer: Answer) -> LongAnswer:
    async def ask(request: Request, say: Say) -> Reply:
        return await answer(request)

    return ask

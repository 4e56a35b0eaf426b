"""Which command is answered by which function: one ordered table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.answers.request import Request
from bot.model import ChatKind, Reply
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
    asks_who: Callable[[str, ChatKind], bool]
    """(a button's data, where it stands) → whether it matters who may manage the chat."""
    summarize: Answer | None = None
    settings: Answer | None = None
    further: Mapping[str, LongAnswer] = field(default_factory=dict)
    """Further commands by their names."""


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
    short = {name: brief(answer) for name, answer in readers.items() if answer is not None}
    return {**short, "ingest": answers.ingest, **answers.further}


def brief(answer: Answer) -> LongAnswer:
    """An answer that is there at once, among those that may say how long work goes on."""

    async def ask(request: Request, say: Say) -> Reply:
        return await answer(request)

    return ask

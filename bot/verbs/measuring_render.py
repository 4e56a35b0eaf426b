"""`mojaz bench render`: how long the layouts take, made of the sample articles, with real summaries.

A list of 20 stories, a card with the longest summary, a digest of 8 stories: in Arabic, with the marks
that each line needs. What is read from the database is not in these figures.
"""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from bot import samples
from bot.intake.ingest import analyse
from bot.model import (
    Article,
    ArticleId,
    Language,
    Reply,
    StoredArticle,
    Story,
    StoryId,
    StoryPage,
    TopicId,
)
from bot.texts import render_digest, render_lists, render_story
from bot.texts.actions import Latest, Read
from bot.texts.catalogue import Catalogue
from bot.texts.render_story import Said, Stance
from bot.texts.times import local_now
from bot.texts.voice import Voice
from bot.topics import lexicon

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ROUNDS = 15
TIMES = 20
"""Messages of a round: the figure is a round's share."""


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    most: float
    """Milliseconds that it may take."""
    made: Callable[[int], Reply]
    """The message with that number: no two have the same headlines, as no two readers' hours do."""


def render() -> int:
    """Prints a table of the layouts; 0 where each keeps within its bar."""
    table = Table(
        "layout",
        "median",
        "best",
        "worst",
        "bar",
        title="Layouts: milliseconds of processor time a message",
    )
    is_quick = True
    for layout in layouts():
        rounds = measure(layout)
        is_quick &= statistics.median(rounds) < layout.most
        cells = (statistics.median(rounds), min(rounds), max(rounds))
        table.add_row(layout.name, *(f"{each:.2f}" for each in cells), f"{layout.most:g}")
    Console().print(table)
    return 0 if is_quick else 1


def measure(layout: Layout) -> list[float]:
    """Milliseconds of processor time a message, one figure a round, whatever else the machine does;
    collecting garbage is not in them."""
    layout.made(0)
    found = []
    number = 0
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        begun = time.process_time()
        for _ in range(TIMES):
            number += 1
            layout.made(number)
        found.append((time.process_time() - begun) * 1000 / TIMES)
        gc.enable()
    return found


def layouts() -> Sequence[Layout]:
    """The three that readers see most, for a reader in Cairo."""
    names = lexicon.load()
    catalogue, told = Catalogue.load(), list(_stories())

    def voice() -> Voice:
        return Voice(catalogue, Language.AR, local_now(NOW, "Africa/Cairo"), names.name, "MojazBot")

    def some(number: int, count: int) -> tuple[Story, ...]:
        return tuple(_anew(told[n % len(told)], number * count + n) for n in range(count))

    def story_list(number: int) -> Reply:
        page = StoryPage(some(number, 20), more=True)
        return render_lists.story_list(voice(), page, Latest(size=20))

    def card(number: int) -> Reply:
        story, *related = some(number, 4)
        said = [Said(sentence, story.newest.source) for sentence in story.newest.summary]
        here, stance = Read(story.id, back=Latest()), Stance(False, TopicId("syria"))
        return render_story.card(voice(), story, said, related, here, has_more=True, stance=stance)

    def digest(number: int) -> Reply:
        speaking = voice()
        picks = [(story, next(iter(story.newest.topics), None)) for story in some(number, 8)]
        return render_digest.digest(
            picks,
            3,
            language=Language.AR,
            local_now=speaking.now,
            catalogue=catalogue,
            names=names.name,
            bot_name=speaking.bot_name,
        )

    return (
        Layout("list of 20", 2.0, story_list),
        Layout("card", 2.0, card),
        Layout("digest of 8", 10.0, digest),
    )


def _stories() -> Iterator[Story]:
    for number, line in enumerate(samples.document(NOW).splitlines(), start=1):
        given = json.loads(line)
        when = NOW - timedelta(minutes=37 * number)
        analysis = analyse(Article(given["title"], given["text"], when, when))
        article = StoredArticle(
            ArticleId(number * 2 + 1),
            StoryId(number * 2),
            given["title"],
            given["url"],
            given["source"],
            when,
            when,
            tuple(analysis.summary),
            tuple(weight.topic for weight in analysis.topics),
        )
        yield Story(article.story, (article,))


def _anew(story: Story, number: int) -> Story:
    """The story as another one: with a number in its headline and in its first sentence."""
    newest = story.newest
    summary = (f"{newest.summary[0]} {number}", *newest.summary[1:]) if newest.summary else ()
    article = replace(newest, title=f"{newest.title} {number}", summary=summary)
    return Story(story.id, (article,))

"""Any number of drafts made of a few real ones, sentence by sentence: for measuring intake.

A made article is as long as a real one. Half of them tell of an event that an earlier one told of, in
some of its sentences and with other background. Which sentences meet, and when, is drawn by chance, the
same for the same seed. Nothing is stored or measured here.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bot import samples
from bot.arabic.sentences import sentences
from bot.errors import MojazError
from bot.intake.documents import open_document
from bot.model import Draft
from bot.verbs.given import content

_JOINING = 0.5
"""The share of articles that tell of an earlier one's event."""
_REACH = 5_000
"""How many articles back that one is, at most: a story grows while it is new."""
_CORE = 5
"""Sentences that tell an event; each report of it holds most of them."""
_HELD = 0.6
_SHORTEST = 5
"""Words of a sentence that is used."""


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and which one it shares its event with."""

    draft: Draft
    joins: int | None
    """The place of the event's first article, counted from 0; None for a new event."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A real article in sentences."""

    draft: Draft
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    first: int
    title: str
    core: tuple[str, ...]
    category: str


def read_drafts(news: Path | None, now: datetime) -> list[Draft]:
    """The articles of a document, the samples where none is named; MojazError where it holds none."""
    name, held = (news.name, content(news)) if news else (samples.NAME, samples.document(now))
    drafts = [one for one in open_document(name, held).records() if isinstance(one, Draft)]
    if not drafts:
        raise MojazError(f"{news or name}: no articles to make others of")
    return drafts


def recombined(
    drafts: Sequence[Draft], articles: int, first: datetime, span: timedelta, seed: int
) -> Iterator[Made]:
    """So many articles, evenly spread over `span` from `first` on, in their order."""
    chance = Random(seed)  # noqa: S311 - no secret
    sources = [_source(draft) for draft in drafts]
    by_category: defaultdict[str, list[_Source]] = defaultdict(list)
    for source in sources:
        by_category[source.draft.category].append(source)
    events: list[_Event] = []
    for place in range(articles):
        if place and chance.random() < _JOINING:
            event = events[chance.randrange(max(0, len(events) - _REACH), len(events))]
        else:
            event = _event(place, chance.choice(sources), by_category, chance)
        events.append(event)
        length = len(chance.choice(sources).sentences)
        text = "\n".join(_told(place, event, length, by_category[event.category], chance))
        when = first + span * place / articles
        draft = _draft(place, event, text, chance.choice(sources).draft.source, when)
        yield Made(draft, None if event.first == place else event.first)


def json_lines(made: Iterable[Made]) -> Iterator[str]:
    """The articles as lines of a document."""
    for one in made:
        draft = one.draft
        published = draft.published.isoformat() if draft.published else None
        record = {
            "title": draft.title,
            "text": draft.text,
            "url": draft.url,
            "source": draft.source,
            "category": draft.category,
            "published": published,
        }
        yield json.dumps(record, ensure_ascii=False)


def _source(draft: Draft) -> _Source:
    found = (sentence.text for sentence in sentences(draft.text))
    whole = tuple(text for text in found if len(text.split()) >= _SHORTEST)
    return _Source(draft, whole or (draft.text or draft.title,))


def _event(place: int, base: _Source, by_category: dict[str, list[_Source]], chance: Random) -> _Event:
    """An event told in sentences of three articles, with a number of its own, as a toll or a sum is."""
    alike = by_category[base.draft.category]
    lenders = [base, chance.choice(alike), chance.choice(alike)]
    core = [chance.choice(one.sentences) for one in itertools.islice(itertools.cycle(lenders), _CORE)]
    core[0] = f"{10_000 + place} {core[0]}"
    return _Event(place, base.draft.title, tuple(dict.fromkeys(core)), base.draft.category)


def _told(place: int, event: _Event, length: int, alike: Sequence[_Source], chance: Random) -> list[str]:
    """Most of an event's sentences, its first among them, then background up to so many sentences."""
    some = chance.sample(event.core, max(1, round(_HELD * len(event.core))))
    told = list(dict.fromkeys([event.core[0], *some]))
    while len(told) < length:
        told.append(chance.choice(chance.choice(alike).sentences))
    # no two have the same words
    return [*told, f"{1_000_000 + place} {chance.choice(chance.choice(alike).sentences)}"]


def _draft(place: int, event: _Event, text: str, source: str, when: datetime) -> Draft:
    return Draft(
        text=text,
        title=event.title,
        url=f"https://news.example/{place}",
        source=source,
        category=event.category,
        published=when,
        line=place + 1,
    )

"""The daily digest: the date, followed topics first, one story after the other, and an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model import Language, Length, Preferences, Reply, Story, TopicId
from bot.texts import direction, html
from bot.texts.catalogue import Catalogue
from bot.texts.html import Html
from bot.texts.parts import NAME, dotted, linked_headline
from bot.texts.voice import PLAIN, Headline, TopicNames, Voice, newest_title

Pick = tuple[Story, TopicId | None]
"""A story and the topic that it stands under; None where it leads under none."""

_SENTENCES = {Length.SHORT: 1, Length.NORMAL: 2, Length.LONG: 2}
_LEAD = 320
"""Characters up to which a further sentence still joins a story's summary in a digest."""
_LONGEST = 700
"""A single sentence longer than that is left to the story's card."""

_WORDS_A_MINUTE = 138
"""Reading speed in Arabic (S. Trauzettel-Klosinski, K. Dietz, IReST, IOVS 53, 2012, table 2)."""


def digest(
    picks: Sequence[Pick],
    left_out: int,
    *,
    language: Language,
    local_now: datetime,
    catalogue: Catalogue,
    names: TopicNames,
    bot_name: str,
    late: bool = False,
    headline: Headline = newest_title,
    in_group: bool = False,
    subscribed: bool = True,
    first: bool = False,
    preferences: Preferences = PLAIN,
) -> Reply:
    """One message of whole stories, as long and in such digits and dates as the chat prefers.

    left_out: how many stories the digest holds beyond `picks`. local_now: aware, in the chat's zone.
    subscribed: False for a preview that nobody subscribed to. first: no digest came before.
    """
    voice = Voice(
        catalogue,
        language,
        local_now,
        names,
        bot_name,
        in_group,
        headline=headline,
        preferences=preferences,
    )
    if not picks:
        return _nothing(voice, first)
    blocks, shown = _blocks(voice, picks, _around(voice, picks, late))
    ends = _ends(voice, left_out + len(picks) - shown, subscribed)
    return voice.reply([_head(voice, picks[:shown], late), *blocks[:shown], ends])


def within(voice: Voice, picks: Sequence[Pick], left_out: int, around: Html) -> list[Html]:
    """The digest as a part of a longer message: its head, its stories, and how many more there are.

    around: what else the message says. Empty where there are no picks.
    """
    if not picks:
        return []
    more = voice.line("digest-left-out", stories=1_000)
    blocks, shown = _blocks(voice, picks, html.join("\n\n", [around, _head(voice, picks, False), more]))
    left = left_out + len(picks) - shown
    rest = [voice.line("digest-left-out", stories=left)] if left else []
    return [_head(voice, picks[:shown], False), *blocks[:shown], *rest]


def _around(voice: Voice, picks: Sequence[Pick], late: bool) -> Html:
    """The longest of beginnings and ends."""
    return html.join("\n\n", [_head(voice, picks, late), _ends(voice, 1_000, subscribed=False)])


def _blocks(voice: Voice, picks: Sequence[Pick], around: Html) -> tuple[list[Html], int]:
    """The stories, and how many of them fit. In a long digest the last ones are told in one sentence
    each where that brings more of them in."""
    most = _SENTENCES[voice.preferences.length]
    full = [_story(voice, number, pick, most) for number, pick in enumerate(picks, start=1)]
    shown = _shown(voice, full, around)
    if voice.preferences.length is not Length.LONG or shown == len(picks):
        return full, shown
    brief = [_story(voice, number, pick, 1) for number, pick in enumerate(picks, start=1)]
    best = full, shown
    for whole in range(shown - 1, -1, -1):
        mixed = [*full[:whole], *brief[whole:]]
        fitting = _shown(voice, mixed, around)
        best = (mixed, fitting) if fitting > best[1] else best
    return best


def _shown(voice: Voice, blocks: Sequence[Html], around: Html) -> int:
    """How many stories fit beside what else the message says."""
    laid = [direction.lay_out(block, voice.language) for block in blocks]
    return html.fit(laid, direction.lay_out(around, voice.language))


def _nothing(voice: Voice, first: bool) -> Reply:
    line = voice.line("digest-nothing-day" if first else "digest-nothing")
    if is_choosy(voice.preferences):
        line = voice.line("digest-nothing-chosen")
    return voice.reply([dotted([html.bold(_title(voice)), _date(voice)]), line], between="\n")


def is_choosy(chosen: Preferences) -> bool:
    """Whether there may be news that the chat's words or muted sources leave out."""
    return bool(chosen.wanted or chosen.unwanted or chosen.muted)


def _title(voice: Voice) -> str:
    hour = voice.now.hour
    return voice.label(
        f"digest-{'morning' if 4 <= hour < 12 else 'midday' if 12 <= hour < 17 else 'evening'}"
    )


def _date(voice: Voice) -> str:
    return voice.times.today()


def _head(voice: Voice, picks: Sequence[Pick], late: bool) -> Html:
    known = {source for story, _ in picks for source in story.sources}
    key = "digest-counts" if known else "digest-counts-plain"
    counts = voice.line(key, stories=len(picks), sources=len(known), minutes=_minutes(voice, picks))
    title = dotted([html.bold(_title(voice)), _date(voice)])
    return html.join("\n", [title, counts, voice.line("digest-late") if late else ""])


def _minutes(voice: Voice, picks: Sequence[Pick]) -> int:
    most = _SENTENCES[voice.preferences.length]
    texts = [
        part
        for story, _ in picks
        for part in (voice.headline(story), *_brief(story.newest.summary, most))
    ]
    return round(sum(len(text.split()) for text in texts) / _WORDS_A_MINUTE)


def _story(voice: Voice, number: int, pick: Pick, most: int) -> Html:
    story, topic = pick
    first, origin = _headed(voice, number, story, topic), _origin(voice, story)
    # a quotation folds after three lines: who says it must not be hidden there
    sentences = _brief(story.newest.summary, most)
    return html.join("\n", [first, origin, html.quote(sentences) if sentences else ""])


def _headed(voice: Voice, number: int, story: Story, topic: TopicId | None) -> Html:
    words = linked_headline(voice, story)
    if topic is None:
        return html.join(" ", [html.bold(f"{number}."), words])
    name = html.shorten(voice.topic(topic), NAME)
    return html.join(" — ", [html.bold(f"{number}. {name}"), words])


def _brief(summary: Sequence[str], most: int) -> list[str]:
    """One or two whole sentences, `most` of them."""
    kept: list[str] = []
    for sentence in summary[:most]:
        limit = _LEAD if kept else _LONGEST
        if sum(map(len, kept)) + len(sentence) > limit:
            break
        kept.append(sentence)
    return kept


def _origin(voice: Voice, story: Story) -> Html:
    """Source and time, and where there are several sources a link to the card that has them all."""
    newest = story.newest
    when = voice.times.clock(newest.published)
    if voice.times.local(newest.published).date() != voice.now.date():
        when = voice.times.moment(newest.published)
    parts = [html.escape(html.shorten(newest.source, NAME)), html.escape(when)]
    if len(story.sources) > 1:
        counted = voice.label("n-sources", sources=len(story.sources))
        parts.append(html.link(voice.deep_link(story.id), counted))
    return dotted(parts)


def _ends(voice: Voice, left_out: int, subscribed: bool) -> Html:
    what_next = voice.line("digest-stop" if subscribed else "digest-daily")
    if left_out:
        return html.join("\n", [voice.line("digest-left-out", stories=left_out), what_next])
    return html.join(" ", [voice.line("digest-all"), what_next])

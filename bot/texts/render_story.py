"""A story's card: its summary, every source's link, its time and related stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.model import Button, Reply, StoredArticle, Story, TopicId
from bot.texts import direction, html
from bot.texts.actions import Back, Read, button
from bot.texts.html import BUDGET, Html, Size
from bot.texts.keep_actions import Keep, Lead, Less
from bot.texts.keep_actions import button as keep_button
from bot.texts.parts import NAME, Row, back, dotted, headline, linked_headline
from bot.texts.voice import Voice

_ARTICLES = 15
"""Articles of a story that its card links; more than a screen of links is no help."""
_RELATED = 3

_TITLE = 200
"""Characters of a headline above the summary of a text that a reader sent."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a summary, verbatim, and the source that it stands in."""

    sentence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """How the chat stands to a story: what the buttons under its card set."""

    kept: bool
    topic: TopicId | None = None
    """What the story is about most; None where that is no known topic."""
    follows: bool = False
    less: bool = False
    """Whether the chat wants less of that topic."""


def card(
    voice: Voice,
    story: Story,
    summary: Sequence[Said],
    related: Sequence[Story],
    here: Read,
    *,
    has_more: bool = False,
    stance: Stance | None = None,
) -> Reply:
    """The card of a story; sentences that do not fit are left out whole.

    here: the action that opened it, which knows the way back. has_more: whether further sentences
    could be shown. stance: None where the chat can set nothing.
    """
    head = _head(voice, story)
    foot = [part for part in (_sources(voice, story), _related(voice, related)) if part]
    room = html.join("\n\n", [head, *foot])
    return voice.reply(
        [head, *_body(voice, story, summary, html.size(direction.lay_out(room, voice.language))), *foot],
        _buttons(voice, story, here, has_more, stance),
    )


def _head(voice: Voice, story: Story) -> Html:
    newest = story.newest
    source = html.shorten(newest.source, NAME)
    times = dotted([source, voice.times.moment(newest.published)])
    return html.join("\n", [html.bold(headline(voice, story)), times])


def _body(voice: Voice, story: Story, summary: Sequence[Said], taken: Size) -> list[Html]:
    """The first sentence open, the others in a quotation that folds; of a story that several sources
    report each with the one that says it."""
    if not summary:
        return [voice.line("card-no-text")]
    several = len(story.sources) > 1
    lines = [_sentence(said, several) for said in summary]
    kept = [lines[n] for n in _fitting(voice, lines, taken)]
    if len(kept) < 2:
        return kept
    return [kept[0], html.quote(html.join(" ", ["•", line]) for line in kept[1:])]


def _fitting(voice: Voice, lines: Sequence[Html], taken: Size) -> list[int]:
    kept = []
    total = taken + Size(4, 1)
    for number, line in enumerate(lines):
        grown = total + html.size(direction.lay_out(line, voice.language)) + Size(5, 0)
        if grown.within(BUDGET):
            kept.append(number)
            total = grown
    return kept


def _sentence(said: Said, several: bool) -> Html:
    source = html.shorten(said.source, NAME) if several else ""
    return html.join(" ", [said.sentence, f"({source})" if source else ""])


def _sources(voice: Voice, story: Story) -> Html:
    """Every article with its source's name and time, linked."""
    lines = [_article(voice, article) for article in story.articles[:_ARTICLES]]
    left = len(story.articles) - _ARTICLES
    more = [voice.line("and-more", count=left)] if left > 0 else []
    number = voice.line("card-number", number=str(story.id))
    title = dotted([html.bold(voice.label("card-sources")), number])
    return html.join("\n", [title, *lines, *more])


def _article(voice: Voice, article: StoredArticle) -> Html:
    name = html.shorten(article.source or article.title, NAME) or voice.label("untitled")
    number = f"({article.id})" if voice.is_admin else ""
    shown = html.link(article.url, name)
    return html.join(" ", ["•", dotted([shown, voice.times.moment(article.published)]), number])


def _related(voice: Voice, stories: Sequence[Story]) -> Html:
    if not stories:
        return Html("")
    lines = [html.join(" ", ["•", _opening(voice, story)]) for story in stories[:_RELATED]]
    return html.join("\n", [html.bold(voice.label("card-related")), *lines])


def _opening(voice: Voice, story: Story) -> Html:
    """A headline that opens the story's card; its article, where the bot's name is not known."""
    address = voice.deep_link(story.id)
    return html.link(address, headline(voice, story)) if address else linked_headline(voice, story)


def _buttons(voice: Voice, story: Story, here: Read, has_more: bool, stance: Stance | None) -> list[Row]:
    at_source: Row = ()
    if html.is_web_address(story.newest.url):
        at_source = (Button(voice.label("button-source"), url=story.newest.url),)
    extent: Row = ()
    if here.more:
        extent = button(voice.label("button-less"), Read(here.number, back=here.back))
    elif has_more:
        extent = button(voice.label("button-more"), Read(here.number, more=True, back=here.back))
    kept, wanted = _setting(voice, here, stance) if stance else ((), ())
    first = at_source + _share(voice, story)
    return [first, kept + extent, wanted, back(voice, here.back)]


def _share(voice: Voice, story: Story) -> Row:
    """Hands the card on, or its article where the bot's own address is not known."""
    asked = {"url": voice.deep_link(story.id) or story.newest.url, "text": headline(voice, story)}
    if not html.is_web_address(asked["url"]):
        return ()
    address = f"https://t.me/share/url?{urlencode(asked, quote_via=quote)}"
    # a headline takes up to six characters a letter there
    return (Button(voice.label("button-share"), url=address),) if html.is_web_address(address) else ()


def _setting(voice: Voice, here: Read, stance: Stance) -> tuple[Row, Row]:
    """Whether the story is kept, and whether its topic leads or comes last: one of both at most."""
    label = voice.label("button-drop" if stance.kept else "button-keep")
    kept = keep_button(label, Keep(here.number, not stance.kept, here.more, here.back))
    if stance.topic is None:
        return kept, ()
    name, less = voice.topic(stance.topic), stance.less
    wanted: Row = ()
    if not less:
        key = "button-unfollow" if stance.follows else "button-follow"
        lead = Lead(here.number, not stance.follows, stance.topic, here.more, here.back)
        wanted += keep_button(voice.label(key, topic=name), lead)
    if less or not stance.follows:
        key = "button-less-undo" if less else "button-less-of"
        action = Less(here.number, not less, stance.topic, here.more, here.back)
        wanted += keep_button(voice.label(key, topic=name), action)
    return kept, wanted


def no_story(voice: Voice, number: str, place: Back | None, rows: Sequence[Row]) -> Reply:
    """What is said for a number that no story and no article has."""
    line = voice.line("read-missing", number=html.shorten(number, 20))
    return voice.reply([line], [back(voice, place), *rows])


def text_summary(
    voice: Voice,
    sentences: Sequence[str],
    words_from: int,
    words_to: int,
    headline: str = "",
    url: str = "",
) -> Reply:
    """The summary of a text that a reader sent, or of the article with that headline and address."""
    named = html.link(url, html.shorten(headline, _TITLE))
    title, on = html.bold(named or voice.label("summary-title")), voice.line("summary-next")
    if words_to >= words_from and not (headline and sentences):
        return voice.reply([title, voice.line("summary-whole"), on])
    is_shorter = words_to < words_from
    counted = voice.line("summary-saved", **{"from": words_from, "to": words_to}) if is_shorter else ""
    kept = _fitting(
        voice, [html.escape(s) for s in sentences], html.size(html.join("\n\n", [title, counted, on]))
    )
    ends = html.join("\n", [counted, on])
    return voice.reply([title, html.join("\n", [sentences[n] for n in kept]), ends])

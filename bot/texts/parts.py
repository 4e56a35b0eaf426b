"""Parts that several messages share: headlines, source lines, rows of buttons, plain notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.arabic.quotations import quotations
from bot.model import Button, Reply, Story, TopicId
from bot.texts import html
from bot.texts.actions import Back, Digest, Help, Latest, OnTopics, Topics, button
from bot.texts.html import Html
from bot.texts.voice import Voice

HEADLINE = 200
"""Characters of a headline in a list; newspapers' own stay far below."""
NAME = 40
"""Characters of a source's or topic's name."""
_SOURCES = 4
"""Sources of a story that a list names; the others are counted."""

Row = tuple[Button, ...]


def headline(voice: Voice, story: Story) -> str:
    return html.shorten(well_quoted(voice.headline(story)), HEADLINE) or voice.label("untitled")


def well_quoted(title: str) -> str:
    """The title without quotation marks that close nothing or that nothing closes."""
    found = quotations(title)
    lonely = {*found.unclosed, *found.strays}
    return "".join(c for at, c in enumerate(title) if at not in lonely) if lonely else title


def linked_headline(voice: Voice, story: Story, marked: Html | None = None) -> Html:
    """The headline, linked to the newest article; where that has no address, to the story's card.

    marked: the headline with tags inside.
    """
    words = marked or headline(voice, story)
    for address in (story.newest.url, voice.deep_link(story.id)):
        if html.is_web_address(address):
            return html.link(address, words)
    return words if isinstance(words, Html) else html.bold(words)


def sources(voice: Voice, names: Sequence[str]) -> str:
    """The first few names and how many more there are; empty where none is known."""
    shown = [html.shorten(name, NAME) for name in names]
    if len(shown) <= _SOURCES:
        return voice.listing(shown)
    return (
        f"{voice.listing(shown[:_SOURCES])} {voice.label('more-sources', sources=len(shown) - _SOURCES)}"
    )


def dotted(parts: Iterable[str]) -> Html:
    return html.join(" · ", parts)


def topic_buttons(voice: Voice, topics: Iterable[TopicId]) -> list[Row]:
    """Buttons that open topics, two in a row."""
    return pairs(b for t in topics for b in button(voice.topic(t), OnTopics(((t,),))))


def pairs(buttons: Iterable[Button]) -> list[Row]:
    flat = list(buttons)
    return [tuple(flat[n : n + 2]) for n in range(0, len(flat), 2)]


def ways_on(voice: Voice) -> list[Row]:
    """Where one may always go on."""
    return [
        button(voice.label("button-latest"), Latest()) + button(voice.label("button-topics"), Topics()),
        button(voice.label("button-digest"), Digest()) + button(voice.label("button-help"), Help()),
    ]


def in_private(voice: Voice) -> Row:
    """Opens the chat with the bot; nothing where its name is not known."""
    if not voice.bot_name:
        return ()
    return (Button(voice.label("button-private"), url=f"https://t.me/{voice.bot_name}?start=private"),)


def back(voice: Voice, place: Back | None) -> Row:
    return button(voice.label("button-back"), place) if place else ()


def notice(voice: Voice, key: str, rows: Iterable[Row] = (), **arguments: str | int) -> Reply:
    """One text of the catalogues as a whole message; long arguments are shortened."""
    return voice.reply([voice.line(key, **short(arguments))], rows)


def short(arguments: dict[str, str | int]) -> dict[str, str | int]:
    """Strings that a reader or an article brought, made to fit into a line and its quotation marks."""
    return {
        name: html.shorten(inside_quotes(v), HEADLINE)
        if isinstance(v, str) and not isinstance(v, Html)
        else v
        for name, v in arguments.items()
    }


def inside_quotes(words: str) -> str:
    """The words as they stand between « and »: with the other marks of quotation inside."""
    return words.translate(_INNER)


_INNER = str.maketrans({"«": "“", "»": "”"})

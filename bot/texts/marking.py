"""Found words: where a search's words stand in a text, and how they are shown to have been found.

Words are found as the search finds them: folded, spelling variants joined, particles and endings off. So
what is marked is what made the article a result. What is searched for is told in bot/topics/query.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from bot.arabic.paragraphs import paragraphs
from bot.arabic.sentences import sentences
from bot.arabic.words import places, search_terms
from bot.model import ArticleId, ArticleText, SearchQuery, StoryId
from bot.texts import html
from bot.texts.html import Html
from bot.texts.parts import well_quoted

EXTRACT = 160
"""Characters of an extract, ellipses among them."""
_FROM_START = 110
"""Characters within which a found word is, so that a shortened sentence keeps its beginning."""
_BEFORE = 50
"""Characters before the first found word that stay, where the beginning does not."""
_MARKS = 4
"""Marks in one line: each is one of the hundred entities that Telegram shows."""
_READ = 40_000
"""Characters of a body in which words are looked for."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a list shows of a search: its words, and extracts of stories whose headline lacks some."""

    query: SearchQuery
    extracts: Mapping[StoryId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """The words [start:end] of a text, which are one of the phrases that were asked for."""

    start: int
    end: int
    phrase: Phrase


def spans(text: str, query: SearchQuery) -> list[Span]:
    """Where the phrases of a query stand in a text, in its order; offsets are the text's own.

    A found word is marked with the particles that are written together with it.
    """
    return _spans(text, _by_first_word(query.phrases))


_ByFirstWord = Mapping[str, Sequence[Phrase]]


def _by_first_word(phrases: Iterable[Phrase]) -> _ByFirstWord:
    beginning: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        beginning.setdefault(phrase[0], []).append(phrase)
    return beginning


def _spans(text: str, phrases: _ByFirstWord) -> list[Span]:
    terms = search_terms(text)
    # most texts hold none of them; only one that does is worth the places of its words
    if phrases.keys().isdisjoint(terms):
        return []
    found = [
        (at, phrase)
        for at, first in enumerate(terms)
        for phrase in phrases.get(first, ())
        if tuple(terms[at : at + len(phrase)]) == phrase
    ]
    stand = places(text) if found else []
    return [Span(stand[at][0], stand[at + len(phrase) - 1][1], phrase) for at, phrase in found]


def marked(text: str, query: SearchQuery, most: int = _MARKS) -> Html:
    """One line of plain text as HTML, the first found words in bold; neighbouring ones in one mark."""
    line = html.clean(text)
    parts: list[str] = []
    done = 0
    for start, end in _joined(line, spans(line, query))[:most]:
        parts += [_escaped(line[done:start]), "<b>", _escaped(line[start:end]), "</b>"]
        done = end
    return Html("".join([*parts, _escaped(line[done:])]))


def _escaped(text: str) -> str:
    """A part of a clean line, with the blanks at its ends."""
    return escape(text, quote=False)


def _joined(line: str, found: Iterable[Span]) -> list[tuple[int, int]]:
    """The spans without overlaps, those joined between which there are only blanks."""
    joined: list[tuple[int, int]] = []
    for span in found:
        if joined and (span.start <= joined[-1][1] or line[joined[-1][1] : span.start].isspace()):
            joined[-1] = (joined[-1][0], max(span.end, joined[-1][1]))
        else:
            joined.append((span.start, span.end))
    return joined


def lacks(headline: str, query: SearchQuery) -> bool:
    """Whether some of the phrases do not stand in a headline."""
    return {span.phrase for span in spans(headline, query)} < set(query.phrases)


def extracts(
    texts: Iterable[ArticleText], query: SearchQuery, headlines: Mapping[ArticleId, str]
) -> dict[ArticleId, str]:
    """Of each article what shows why it was found. headlines: those that stand above the extracts."""
    return {text.id: extract(text, query, headlines[text.id]) for text in texts}


def extract(text: ArticleText, query: SearchQuery, headline: str = "") -> str:
    """What shows why an article was found, plain; empty where it holds no word of the search.

    Of its body the sentence with most of the phrases, the earliest of equals; its title where that holds
    more of them and is not the headline above.
    """
    titled = spans(text.title, query) if text.title != headline else []
    shown, most = _best_sentence(text.body[:_READ], query.phrases)
    if len({span.phrase for span in titled}) > most:
        return shortened(text.title, titled[0].start, titled[0].end)
    return shown


def _best_sentence(body: str, phrases: Sequence[Phrase]) -> tuple[str, int]:
    """The first sentence with most of the phrases, and how many it holds."""
    best, most = "", 0
    wanted = _by_first_word(phrases)
    for start, end in paragraphs(body):
        paragraph = body[start:end]
        found = _spans(paragraph, wanted)
        if len({span.phrase for span in found}) <= most:
            continue
        for sentence in sentences(paragraph):
            inside = [span for span in found if sentence.start <= span.start < sentence.end]
            held = len({span.phrase for span in inside})
            if held > most:
                first, most = inside[0], held
                at = first.start - sentence.start, first.end - sentence.start
                best = shortened(sentence.text, *at)
        if most == len(set(phrases)):
            break
    return best, most


def shortened(sentence: str, start: int, end: int) -> str:
    """At most EXTRACT characters of a sentence around its words [start:end], cut at blanks."""
    before, behind = html.clean(sentence[:start]), html.clean(sentence[start:])
    blank = " " if before and sentence[start - 1].isspace() else ""
    whole = f"{before}{blank}{behind}"
    reached = len(before) + len(blank) + len(html.clean(sentence[start:end]))
    # most sentences are understood best from their beginning
    if len(whole) > EXTRACT and reached > _FROM_START and len(before) > _BEFORE:
        _, _, left = before[-_BEFORE:].partition(" ")
        whole = f"… {left}{blank}{behind}"
    return well_quoted(html.shorten(whole, EXTRACT))

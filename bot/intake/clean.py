"""A draft as it was read → the article alone: its title, its own paragraphs, its address and time.

Pure: `now` is an argument. What surrounds an article is told by rules in phrases.py (by a line's own
words) and headlines.py (by its neighbours). Datelines stay: they are the article's own words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.arabic.words import fold, search_terms, tokens
from bot.intake.credits import is_credited_sentence
from bot.intake.headlines import is_loose, related_headlines
from bot.intake.lines import Ending, Line, lines
from bot.intake.links import canonical
from bot.intake.markup import one_line, plain, unlinked_items
from bot.intake.phrases import TWEET_SIGNATURE, Says, says
from bot.model import Article, Draft, Refusal, RefusalReason

LONGEST_TEXT = 1_000_000
"""Characters of one article: a book, not news, is longer."""
LONGEST_TITLE = 300
LONGEST_MADE_TITLE = 120
LONGEST_NAME = 100
"""Characters of a title, of one made from the text, of a source or category."""
_LONGEST_TAIL = 300
"""Characters at a paragraph's end in which a glued credit or prompt is looked for."""
_SHORTEST_REPEAT = 6
"""Words of a line that no article says twice; shorter ones are answers and subheadings."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@\w+")
_SENTENCE = re.compile(r".+?[.!?؟…]+[\"'”’»)]*(?=\s|$)")


def article(draft: Draft, now: datetime) -> Article | Refusal:
    """The article that `draft` holds, or why it holds none.

    now: when it came in, aware; an article is never dated later.
    """
    if not draft.text.strip() and not draft.title.strip():
        return Refusal(draft.line, RefusalReason.EMPTY)
    if len(draft.text) > LONGEST_TEXT or len(draft.title) > LONGEST_TEXT:
        return Refusal(draft.line, RefusalReason.TOO_LONG, f"{max(len(draft.text), len(draft.title))}")
    url = canonical(draft.url) if draft.url.strip() else ""
    if url is None:
        return Refusal(draft.line, RefusalReason.BAD_URL, shortened(one_line(draft.url), LONGEST_NAME))
    title, body = title_and_body(draft)
    if not _has_words(title) and not _has_words(body):
        return Refusal(draft.line, RefusalReason.NO_WORDS, shortened(title or body, LONGEST_NAME))
    return Article(
        title=title,
        body=body,
        published=min(draft.published or now, now),
        received=now,
        url=url,
        source=shortened(one_line(draft.source), LONGEST_NAME),
        category=shortened(one_line(draft.category), LONGEST_NAME),
        abstract=plain(draft.abstract).strip()[:LONGEST_TEXT],
    )


def title_and_body(draft: Draft) -> tuple[str, str]:
    """The title, made from the text where the draft has none, and the body's paragraphs by lines."""
    title = one_line(draft.title)
    outlet = frozenset(token.folded for token in tokens(draft.source))
    items = unlinked_items(draft.text).union(filter(None, draft.items.split("\n")))
    found = _known(lines(plain(draft.text)), items)
    if not _has_words(title):
        title, found = _headline_of(found, outlet)
    # a feed or a list often gives the abstract alone
    found = found or lines(plain(draft.abstract))
    body = "\n".join(paragraphs(found, title, outlet))
    if not _has_words(title):
        title = made_title(body)
    return shortened(title, LONGEST_TITLE), body


def _known(found: Sequence[Line], items: Collection[str]) -> list[Line]:
    """The lines, each with whether it is one of the items of lists."""
    return [
        replace(line, is_item=True) if line.text in items or line.bare in items else line
        for line in found
    ]


def paragraphs(found: Sequence[Line], title: str, outlet: Collection[str]) -> list[str]:
    """The article's own paragraphs among the lines of its page.

    None where all lines are surroundings and a title says what it is about; without a title the text
    is no page, and its longest line is the article.
    """
    kept = _without_surroundings(_without_title(found, title), outlet)
    if not kept and (not title or len(found) == 1):
        kept = _longest(found)
    cut = [_without_tail(line, outlet) for line in kept]
    seen: set[str] = set()
    own = []
    for text in filter(None, cut):
        if text not in seen or len(text.split()) < _SHORTEST_REPEAT:
            own.append(text)
        seen.add(text)
    return own


def made_title(body: str) -> str:
    """The first sentence, shortened at a word."""
    first = body.split("\n", 1)[0]
    sentence = _SENTENCE.match(first[: LONGEST_MADE_TITLE * 4])
    title = shortened(sentence.group() if sentence else first, LONGEST_MADE_TITLE)
    return _without_open_quotation(title) if title.endswith("…") else title


_QUOTATIONS = (("“", "”"), ("«", "»"), ("(", ")"), ('"', '"'))


def _without_open_quotation(title: str) -> str:
    """A shortened title without the quotation that the cut left open."""
    for opening, closing in _QUOTATIONS:
        is_open = (
            title.count(opening) % 2
            if opening == closing
            else title.count(opening) > title.count(closing)
        )
        start = title.rfind(opening)
        if is_open and start > len(title) // 3:
            title = title[:start].rstrip(" ،؛:,-–—") + "…"
    return title


def shortened(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, cut between words where it can be; `…` tells of a cut."""
    if len(text) <= longest:
        return text
    head, _, rest = text[: longest - 1].rpartition(" ")
    return (head if len(head) > longest // 2 else head + " " + rest).strip(" ،؛:,-–—") + "…"


def _headline_of(found: Sequence[Line], outlet: Collection[str]) -> tuple[str, list[Line]]:
    """A pasted text's own headline: its first line, where it is short and a longer text follows."""
    start = 0
    while start < len(found) and says(found[start], outlet) is not Says.NOTHING:
        start += 1
    rest = list(found[start + 1 :])
    if not rest or not _may_be_headline(found[start]):
        return "", list(found)
    stands_apart = rest[0].after_gap or rest[0].words > found[start].words
    longer = any(line.words > found[start].words and line.ending is not Ending.OPEN for line in rest)
    return (found[start].text, rest) if stands_apart and longer else ("", list(found))


def _may_be_headline(line: Line) -> bool:
    is_short = 2 <= line.words <= 20 and not line.has_bullet
    return is_short and (is_loose(line) or line.ending is Ending.SOFT)


def _without_title(found: Sequence[Line], title: str) -> Sequence[Line]:
    """Without the headline that pages repeat above the text."""
    if len(found) < 2 or not title:
        return found
    wanted, first = search_terms(title), search_terms(found[0].text) if found[0].words <= 40 else []
    return found[1:] if first and wanted == first else found


def _without_surroundings(found: Sequence[Line], outlet: Collection[str]) -> list[Line]:
    verdicts = [says(line, outlet) for line in found]
    for place in _tweets_above_signatures(found):
        verdicts[place] = Says.SURROUNDING
    kept: list[Line] = []
    announced: list[int] = []
    for line, verdict in zip(found, verdicts, strict=True):
        if verdict is Says.NOTHING:
            kept.append(line)
        elif verdict is Says.LINKS_FOLLOW:
            announced.append(len(kept))
    related = related_headlines(kept, announced)
    return [line for place, line in enumerate(kept) if place not in related]


def _longest(found: Sequence[Line]) -> list[Line]:
    with_words = [line for line in found if _has_words(line.text)]
    return [max(with_words, key=lambda line: line.words)] if with_words else []


def _tweets_above_signatures(found: Sequence[Line]) -> list[int]:
    """Places of an embedded tweet's words where its signature stands on the line below them."""
    places = []
    for place, (line, following) in enumerate(itertools.pairwise(found)):
        signed = TWEET_SIGNATURE.match(following.text) is not None
        is_tweet = re.search(r"#\w|https?://|@\w|t\.co/|pic\.", line.text) or line.ending is Ending.OPEN
        if signed and is_tweet and line.ending is not Ending.COLON and len(line.text) <= 560:
            places.append(place)
    return places


_AFTER_SENTENCE = re.compile(r"[.!?؟…][\"'”’»)]*\s+(?=\S)")


def _without_tail(line: Line, outlet: Collection[str]) -> str:
    """The paragraph without a credit or a prompt that was glued to its end."""
    text = line.text
    for _ in range(2):
        ends = [end.end() for end in _AFTER_SENTENCE.finditer(text, max(0, len(text) - _LONGEST_TAIL))]
        cut = next((end for end in ends if _is_tail(Line(text[end:]), outlet)), None)
        if cut is None:
            break
        text = text[:cut].rstrip()
    return text


def _is_tail(line: Line, outlet: Collection[str]) -> bool:
    return says(line, outlet) is not Says.NOTHING and not is_credited_sentence(line)


def _has_words(text: str) -> bool:
    return _WORD.search(_ADDRESS.sub(" ", fold(text[:10_000]))) is not None or (
        len(text) > 10_000 and _WORD.search(_ADDRESS.sub(" ", text)) is not None
    )

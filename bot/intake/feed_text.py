"""The HTML that feeds carry → an article's plain paragraphs.

Pure. Scraps of markup in single fields are markup.py's; whole web pages are another matter.
"""

from __future__ import annotations

import re
from html import escape

from bot.intake.markup import one_line, plain

_ASIDE = re.compile(
    r"<(/?)(figure|figcaption|script|style|noscript|iframe|video|audio|object|form|button|svg|select)\b"
    r"[^<>]*+>",
    re.IGNORECASE,
)
"""Elements whose words are not the article's: captions, players' fallbacks, controls."""
_FOOTER = re.compile(
    r"(?:the post|ظهرت المقالة|ظهرت التدوينة|المقالة|التدوينة|المقال)\b.{1,600}"
    r"\b(?:appeared first on|أولا?ً?ا? على|أولا?ً?ا? في)\b.{1,200}",
    re.IGNORECASE,
)
"""What WordPress and its plug-ins append to entries: the title and the site's name in a sentence."""


def paragraphs(html: str) -> str:
    """The words of `html`: a paragraph a line, what stands aside left out."""
    lines = [" ".join(line.split()) for line in plain(_without_asides(html)).split("\n")]
    kept = [line for line in lines if line]
    if kept and _FOOTER.fullmatch(kept[-1]):
        kept.pop()
    return "\n".join(kept)


def html_of(text: str) -> str:
    """Plain text as HTML: its lines stay lines."""
    return "<br>".join(escape(line, quote=False) for line in text.split("\n"))


def title_of(markup: str, longest: int) -> str:
    """A title or a name without its markup, on one line, at most `longest` signs."""
    return one_line(markup[: longest * 10])[:longest]


def _without_asides(html: str) -> str:
    """One pass with a count of open elements; one that is never closed takes nothing with it."""
    kept: list[str] = []
    end, name, depth, start = 0, "", 0, 0
    for tag in _ASIDE.finditer(html):
        closes, found = bool(tag.group(1)), tag.group(2).lower()
        if not depth and not closes:
            name, depth, start = found, 1, tag.start()
        elif depth and found == name:
            depth += -1 if closes else 1
            if not depth:
                kept.append(html[end:start])
                end = tag.end()
    return "\n".join([*kept, html[end:]])

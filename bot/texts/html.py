"""Telegram's HTML: the one place that escapes and measures.

Nothing here knows a word of the bot's own; what the messages say is in the catalogues, how they are
laid out in the `render_` modules, which side a line runs from in direction.py.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

# every character that steers direction, and the separators that Telegram's server deletes
_MARK = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
MARKS = re.compile(f"[{_MARK}]")
# control characters, lone surrogates, and the invisible ones that would make an "empty" word
_HIDDEN = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u200b\u2060\ufeff\ufff9-\ufffb"
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_SEEN = rf"[^\s{_MARK}{_HIDDEN}]"
_SPACE = re.compile(r"\s+")
# what `clean` has nothing to do to, as most of what is stored
_CLEAN = re.compile(rf"{_SEEN}+(?: {_SEEN}+)*")
TAG = re.compile(r"(<[^<>]*>)")
_OPENING_TAG = re.compile(r"<[a-z]")
# what Telegram's apps turn into a link, a mention, a tag or a command by themselves
_SELF_MADE = re.compile(r"https?://\S|(?<!\w)[@#/$]\w|\w\.\w")


class Html(str):
    """Text that is already Telegram's HTML; any other string still has to be escaped."""

    __slots__ = ()


# --- pieces ---------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """One line of plain text: no direction marks, no control characters, single spaces."""
    if _CLEAN.fullmatch(text):
        return text
    spaced = _SPACE.sub(" ", text)
    return _SPACE.sub(" ", _UNSEEN.sub("", MARKS.sub("", spaced))).strip()


def escape(text: str) -> Html:
    """Plain text as HTML, on one line; HTML stays what it is."""
    if isinstance(text, Html):
        return text
    return escaped(clean(text))


def escaped(text: str) -> Html:
    return Html(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def bold(text: str) -> Html:
    return Html(f"<b>{escape(text)}</b>")


def link(url: str, text: str) -> Html:
    """The text as a link; only the text where the address is none that Telegram opens."""
    if not is_web_address(url):
        return escape(text)
    return Html(f'<a href="{html.escape(url, quote=True)}">{escape(text)}</a>')


@lru_cache(maxsize=4096)
def is_web_address(url: str) -> bool:
    """Whether Telegram takes it as the target of a link or a button."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    sound = not re.search(r"[\s\x00-\x1f\ud800-\udfff]", url) and len(url) <= 2048
    return sound and parts.scheme in ("http", "https") and ("." in host or host == "localhost")


def quote(lines: Iterable[str]) -> Html:
    """A quotation that folds after its third line."""
    return Html(f"<blockquote expandable>{join(chr(10), lines)}</blockquote>")


def join(between: str, parts: Iterable[str]) -> Html:
    """The parts that are not empty, escaped, with `between` among them."""
    return Html(between.join(escape(part) for part in parts if part))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of plain text, ended at a word with an ellipsis."""
    line = clean(text)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    whole, _, _ = head.rpartition(" ")
    kept = whole or _whole_characters(head, line[limit - 1])
    return kept.rstrip(" ،,;:؛.-–—«“\"'(") + "…"


def _whole_characters(head: str, following: str) -> str:
    """Of text without any space: not cut between a character and what belongs to it."""
    while head and (
        unicodedata.combining(following) or following in "\u200d\ufe0f" or head[-1] == "\u200d"
    ):
        head, following = head[:-1], head[-1]
    return head


# --- measures -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """What Telegram counts of a message: UTF-16 units after its HTML is read, and entities."""

    units: int
    entities: int

    def __add__(self, other: Size) -> Size:
        return Size(self.units + other.units, self.entities + other.entities)

    def within(self, other: Size) -> bool:
        return self.units <= other.units and self.entities <= other.entities


BUDGET = Size(units=3_800, entities=90)
"""Telegram takes 4,096 units and shows 100 entities; the rest is room for its own way of counting."""


def size(markup: str) -> Size:
    """How much of Telegram's allowance the message takes."""
    text = html.unescape(TAG.sub("", markup))
    own = sum(len(_OPENING_TAG.findall(tag)) for tag in TAG.findall(markup))
    return Size(len(text.encode("utf-16-le", "surrogatepass")) // 2, own + len(_SELF_MADE.findall(text)))


def fit(blocks: Sequence[str], around: str = "", budget: Size = BUDGET) -> int:
    """How many of the first blocks fit, each whole, with two newlines before it, beside `around`."""
    taken = size(around)
    for number, block in enumerate(blocks):
        taken += size(block) + Size(2, 0)
        if not taken.within(budget):
            return number
    return len(blocks)

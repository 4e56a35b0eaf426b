"""Plain text out of text that may carry scraps of HTML and signs that no reader can see.

Pure. For the scraps that feeds and exports leave in text fields; whole web pages are another matter.
"""

from __future__ import annotations

import re
from html import unescape

_BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li"
    "|main|nav|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
)
_INLINES = (
    "a|abbr|b|bdi|bdo|big|center|cite|code|del|em|font|i|iframe|img|ins|mark|q|s|small|source|span"
    "|strike|strong|sub|sup|time|tt|u|video|wbr"
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|svg)\b[^<>]*+>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_UNLINKED_ITEM = re.compile(
    r"<li(?:\s[^<>]*+)?>((?:[^<]|<(?!/?(?:li|ul|ol|a)\b))*+)</?(?:li|ul|ol)\b", re.IGNORECASE
)
_LINKED = re.compile(r"<a\b[^<>]*+>(?:[^<]|<(?!/?a\b))*+</a\s*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*+)?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINES})(?:\s[^<>]*+)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` without tags, entities and control characters; block tags and odd line ends part lines.

    Only names of HTML elements count as tags, so that `3 < 5 > 2` stays. Half of a surrogate pair,
    which no database and no message can hold, becomes U+FFFD.
    """
    if "<" in text:
        text = _untagged(text)
    if "&" in text:
        unescaped = _unescaped(text)
        # feeds often carry HTML that was escaped as a whole: &lt;p&gt;
        text = _unescaped(_untagged(unescaped)) if "<" in unescaped and "<" not in text else unescaped
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def one_line(text: str) -> str:
    """`text` as plain words parted by single spaces."""
    return " ".join(plain(text).split())


def unlinked_items(text: str) -> frozenset[str]:
    """The items of lists that hold no link and stand in none, each as one line."""
    if "<" not in text:
        return frozenset()
    unlinked = _LINKED.sub("<a>", _UNSEEN.sub("\n", text))
    return frozenset(map(one_line, _UNLINKED_ITEM.findall(unlinked)))


def _untagged(text: str) -> str:
    return _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", _UNSEEN.sub("\n", text)))


def _unescaped(text: str) -> str:
    # not html.unescape over all: it also takes `&copy=2` in an address for a sign
    return _ENTITY.sub(lambda entity: unescape(entity.group()), text)

"""A web page → the draft of its article: its own paragraphs and what the page says of them.

Pure, and for a worker process under a deadline: markup can be made to cost any time. trafilatura finds
the block that holds the article; the rules here take out beforehand what only a page can tell (what is
nothing but a link, what leads to the site's own terms), and weigh the text against the one that many
pages repeat for search engines. Tables are page_tables.py's; what a line says of itself is left to
clean.py.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections import Counter
from collections.abc import Collection
from typing import Any

from bot.arabic.stemming import split_prefix
from bot.arabic.words import fold, is_stop_word, search_terms, tokens
from bot.errors import FeedLink, UnreadablePage
from bot.intake import page_tables
from bot.intake.charsets import declared, to_text
from bot.intake.clean import LONGEST_TEXT
from bot.intake.credits import any_of
from bot.intake.feed_xml import root_of
from bot.intake.feeds import is_feed
from bot.intake.lines import Ending, Line
from bot.intake.markup import plain
from bot.intake.page_facts import PageFacts, facts
from bot.intake.phrases import Says, says
from bot.intake.signatures import is_binary
from bot.model import Draft

LARGEST = 10_000_000
"""Bytes of a page that is looked at."""
LARGEST_MARKUP = 2_000_000
"""Characters that are parsed, scripts and styles left out; of a longer page the beginning. Markup made
to be slow was measured at 3 s for a million of them; news pages have some 300,000."""
MOST_TAGS = 60_000
"""Opening and closing: a news page of 500 kB was seen to have 4,700; 900,000 took 500 MB to read."""

_MOST_LINKED, _LARGEST_LINKED = 20, 1_000_000
"""JSON-LD blocks, and characters of each."""
_LINKED = re.compile(
    r"<script\b[^<>]{0,500}?\bld\+json[^<>]{0,500}>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*+>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,30})\b[^<>]{5000,}+>")
"""Tags of pictures that carry themselves, and of thousands of attributes, which take lxml 35 s."""
_NO_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXTS = ("", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml")

_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "div", "td", "dd", "blockquote", "section")
_LISTS = ("ul", "ol", "dl", "menu", "nav", "header", "footer", "aside", "table", "form")
_CONTROLS = ("noscript", "button", "select", "datalist")
_WORD = re.compile(r"\w")
_OWN_PAGES = re.compile(
    r"privacy|terms|cookies?[-_/.]?(?:policy|notice)?|guidelines|conditions|disclaimer|user-?agreement",
    re.IGNORECASE,
)
"""How addresses of a site's rules are spelled, whatever the language of its pages."""
_LONGEST_NOTICE = 120
_OPINIONS = re.compile(
    rf"{any_of('الآراء|التعليقات|المشاركات|آراء|المقالات|جميع الآراء|جميع التعليقات|كل التعليقات')}\b"
    rf".{{0,80}}\b{any_of('تعبر|تعكس|تمثل|يعبر')}\b.{{0,40}}\b{any_of('رأي|آراء|وجهة|وجهات|أصحابها|كتابها')}\b"
    rf".*\b{any_of('أصحابها|أصحابه|كاتبها|كتابها|كاتبه|الموقع|موقع|الصحيفة|القناة')}\b"
)
_LINK_SHARE = 0.95
_FEWEST_LINK_WORDS = 4
_FEWEST_LINKS = 3
"""Of a menu."""
_FEWEST_WORDS = 3
"""Of a line that may be an article's; 'loading …' and the names of a site's parts are shorter."""

_CUT = re.compile(r"(?:…|\.\.\.|\[…\])\W*\Z")
_COVERS, _LACKS, _OF_ARTICLE = 0.6, 0.7, 0.75
"""Shares of words: see _weighed."""
_WORDS_OF_END, _OF_END = 6, 0.5
"""The last words of that text, and the share of them that the line holds in which it ends."""
_MOST_COMPARED, _LONGEST_COMPARED, _MOST_BEHIND = 20_000, 1000, 200
"""Characters of that text and of a line, and lines, that are compared: terms are slow, 7 s for 1 MB."""


def read(content: bytes, content_type: str, url: str) -> Draft:
    """The article of the page in `content`, uncleaned.

    content_type: as the server said it, or empty. url: where the page came from; empty for a file.
    Raises FeedLink for a feed, UnreadablePage for what else is no page, is over LARGEST bytes, or holds
    no text.
    """
    kind = content_type.partition(";")[0].strip().lower()
    _refuse(content, kind)
    text = _NO_SIGNS.sub("", to_text(content, declared(content, content_type)))
    if is_feed(text):
        raise FeedLink("it is a feed and no page")
    if root_of(text) == "opml":
        raise UnreadablePage("it is a list of feeds (OPML): /addfeed takes it as a document")
    if kind not in _TEXTS and b"<" not in content[:4096]:
        raise UnreadablePage(f"it is no page but {kind}")
    if "<" not in text:
        return _plain(text, url)
    linked = [found.group(1) for found in _LINKED.finditer(text)][:_MOST_LINKED]
    tree = _tree(_beginning(text))
    known = facts(tree, [source for source in linked if len(source) <= _LARGEST_LINKED], url)
    items = _unlinked_items(tree)
    lines = _weighed(_extracted(tree), known.body)
    if not lines:
        raise UnreadablePage("the page holds no text of an article")
    return _draft(known, "\n".join(lines), items)


def _refuse(content: bytes, kind: str) -> None:
    if is_binary(content) or kind.startswith(("image/", "video/", "audio/", "font/")):
        raise UnreadablePage(f"it is no page but {kind or 'a file of another kind'}")
    if len(content) > LARGEST:
        raise UnreadablePage(f"the page is larger than {LARGEST // 1_000_000} MB")


def _plain(text: str, url: str) -> Draft:
    if not text.strip():
        raise UnreadablePage("the page is empty")
    return Draft(text=text[: LONGEST_TEXT + 1], url=url)


def _draft(known: PageFacts, text: str, items: str) -> Draft:
    return Draft(
        text=text[:LONGEST_TEXT],
        items=items,
        title=known.title,
        url=known.url,
        source=known.site,
        category=known.category,
        abstract=known.abstract,
        published=known.published,
    )


def _beginning(text: str) -> str:
    """As much of the page as is parsed, without scripts, styles and comments."""
    text = _LONG_TAG.sub(r"<\1>", _UNSEEN.sub(" ", text))[:LARGEST_MARKUP]
    tag = next(itertools.islice(re.finditer("<", text), MOST_TAGS, None), None)
    return text[: tag.start()] if tag else text


def _tree(text: str) -> Any:
    # here and below: the main process never reads pages, and starts without these
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadablePage(f"the page's markup cannot be read: {error}"[:200]) from error


# --- the article's block ----------------------------------------------------------------------------


def _extracted(tree: Any) -> list[str]:
    """The lines of the article's block; of a page without one, all that it shows, where that is text."""
    from trafilatura import bare_extraction

    headings = {" ".join(heading.text_content().split()) for heading in list(tree.iter("h1"))[:5]}
    page_tables.resolve(tree)
    _prune(tree)
    # it warns of each page without an article; that is told by our own error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    except Exception as error:  # a library's fault on markup that its authors did not think of
        raise UnreadablePage(f"the page cannot be read: {error!r}"[:200]) from error
    lines = [line for line in _lines(getattr(found, "text", None) or "") if not _is_notice(line)]
    if _is_text(lines, headings):
        return lines
    shown = _shown(tree)
    return shown if _is_text(shown, headings) else []


def _is_text(lines: list[str], headings: Collection[str]) -> bool:
    """Whether anything among the lines may be an article's.

    What is left of a page that a script builds is its name, a word of patience and its rights.
    """
    return any(
        len(line.split()) >= _FEWEST_WORDS
        and line not in headings
        and says(Line(line), ()) is Says.NOTHING
        for line in lines
    )


def _unlinked_items(tree: Any) -> str:
    """The items of lists that hold no link, stand in none, and hold no list, a line each."""
    items = [item for item in tree.iter("li") if next(item.iterdescendants("a", "li"), None) is None]
    items = [item for item in items if next(item.iterancestors("a"), None) is None]
    return "\n".join(" ".join(item.text_content().split()) for item in items)[:LONGEST_TEXT]


def _is_notice(line: str) -> bool:
    """'The comments below express their writers' opinions alone', in its many wordings."""
    return len(line.split()) <= _LONGEST_NOTICE and _OPINIONS.match(fold(line)) is not None


def _lines(text: str) -> list[str]:
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def _shown(tree: Any) -> list[str]:
    from lxml import etree

    body = next(tree.iter("body"), None)
    if body is None:
        return []
    etree.strip_elements(body, "nav", "footer", "form", "noscript", "svg", "iframe", with_tail=False)
    inside = [body.text or "", *(etree.tostring(c, encoding="unicode", method="html") for c in body)]
    return _lines(plain("".join(inside)))


def _prune(tree: Any) -> None:
    """Takes out blocks that are no part of any article: links alone, and notices of the site's rules."""
    asides = [block for block in tree.iter(*_BLOCKS) if _is_aside(block)]
    # one that is not closed may hold the page
    controls = [block for block in tree.iter(*_CONTROLS) if _is_short(block)]
    for block in (*asides, *controls):
        _drop(block)
    for menu in _menus(tree):
        _drop(menu)


def _drop(block: Any) -> None:
    if block.getparent() is not None and block.tag != "body":
        block.drop_tree()


def _is_short(block: Any) -> bool:
    return len(block.text_content().split()) <= _LONGEST_NOTICE


def _menus(tree: Any) -> list[Any]:
    """The outermost blocks of links without a word between them."""
    linked = {inner for link in tree.iter("a") if link.get("href") for inner in link.iter()}
    speaking: set[Any] = {tree, *tree.iter("body")}
    for element in tree.iter():
        for text, owner in ((element.text, element), (element.tail, element.getparent())):
            if text and owner not in linked and _WORD.search(text):
                while owner is not None and owner not in speaking:
                    speaking.add(owner)
                    owner = owner.getparent()
    return [
        block
        for block in tree.iter(*_BLOCKS, *_LISTS)
        if block not in speaking
        and block.getparent() in speaking
        and len(block.findall(".//a[@href]")) >= _FEWEST_LINKS
    ]


def _is_aside(block: Any) -> bool:
    links = list(block.iter("a"))
    if not links or any(inner is not block for inner in block.iter(*_BLOCKS)):
        return False
    own = sum(_OWN_PAGES.search((link.get("href") or "")[:500]) is not None for link in links)
    text = " ".join(block.text_content().split())
    if own >= 2:
        return len(text.split()) <= _LONGEST_NOTICE
    linked = sum(len(" ".join(link.text_content().split())) for link in links)
    is_headline = len(text.split()) >= _FEWEST_LINK_WORDS and not text.endswith((".", "!"))
    return is_headline and linked >= _LINK_SHARE * len(text)


# --- the text for search engines --------------------------------------------------------------------


def _weighed(own: list[str], repeated: str) -> list[str]:
    """The lines of the page, weighed against the text that it repeats for search engines.

    That text holds nothing of the surroundings, but often has no paragraphs, and is cut on many sites.
    So: one that ends cut off tells nothing. Where much of it is missing from the page's own lines, the
    block that was found is the wrong one, or the page is built by a script: then it is the article.
    Where it covers most of the lines, those that it does not hold surround the article; behind its end,
    where it may be cut without a sign, those alone that do not go on with it.
    """
    told = _lines(plain(repeated))
    if not told or _CUT.search(told[-1]):
        return own
    mine, theirs = _words("\n".join(own)), _words("\n".join(told))
    if _share(theirs, mine) < _LACKS and theirs.total() > mine.total() * _LACKS:
        return told
    return _covered(own, told) if _share(mine, theirs) >= _COVERS else own


def _covered(own: list[str], told: list[str]) -> list[str]:
    """The lines that the text for search engines holds, and those that go on where it ends."""
    counted, theirs = [_words(line) for line in own], _words("\n".join(told))
    last = Counter(_in_order("\n".join(told)[-_LONGEST_COMPARED:])[-_WORDS_OF_END:])
    end = max(range(len(own)), key=lambda place: (last & counted[place]).total())
    is_found = _share(last, counted[end]) >= _OF_END
    going_on = range(end, _going_on(own, end, "\n".join(told)) if is_found else end)
    is_held = [_share(words, theirs) >= _OF_ARTICLE for words in counted]
    return [line for place, line in enumerate(own) if is_held[place] or place in going_on] or own


def _going_on(own: list[str], end: int, told: str) -> int:
    """The place after the last line that goes on with `told`, which ends in the line at `end`.

    One line among them may look strange, a subheading or a turn of the report; with two on end
    something else begins.
    """
    is_cut, above = _is_cut(own[max(0, end - 1) : end + 2], told), _terms(told[-_MOST_COMPARED:])
    after = end + 1
    for place in range(after, min(len(own), after + _MOST_BEHIND)):
        if _says_more(own[place], above, is_cut=is_cut):
            after = place + 1
        elif place > after:
            break
    return after


def _is_cut(around: list[str], told: str) -> bool:
    """Whether `told` ends without a stop inside a line of those around its end."""
    last = _in_order(told[-_LONGEST_COMPARED:])[-_WORDS_OF_END:]
    if Line(told[-_LONGEST_COMPARED:]).ending is not Ending.OPEN or not last:
        return False
    # the last word may be cut too
    stands_there = f" {' '.join(last)}" in f" {' '.join(_in_order(' '.join(around)))}"
    ends = [words[-_WORDS_OF_END:] for line in around if (words := _in_order(line))]
    return stands_there and not any(last[-len(end) :] == end for end in ends)


def _says_more(line: str, above: frozenset[str], *, is_cut: bool) -> bool:
    """Whether a line goes on with a text that has the terms `above`: headlines and prompts do not.

    is_cut: whether the text surely goes on; then a term in common is enough, and else none are.
    """
    if Line(line).ending is Ending.OPEN:
        return False
    first = next((token.folded for token in tokens(line[:80])), "")
    # "and", with which hardly any text begins
    if first.startswith("و") and (is_stop_word(first) or split_prefix(first)[0].startswith("و")):
        return True
    return is_cut and bool(_terms(line[:_LONGEST_COMPARED]) & above)


def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term in search_terms(text) if len(term) > 1 and not is_stop_word(term))


def _in_order(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _words(text: str) -> Counter[str]:
    return Counter(_in_order(text))


def _share(words: Counter[str], of: Counter[str]) -> float:
    """How much of `words` stands in `of`, 0 to 1."""
    return (words & of).total() / words.total() if words else 0.0

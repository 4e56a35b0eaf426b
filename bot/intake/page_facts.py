"""What a web page says of itself: title, site, address, time of publishing, abstract, category.

Pure. Three vocabularies are asked, those that news sites write for search engines and social networks:
schema.org in JSON-LD, Open Graph (ogp.me), and HTML's own elements. The article's text is pages.py's.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.arabic.words import fold, to_latin_digits
from bot.intake.feed_dates import moment
from bot.intake.links import canonical, same_page
from bot.intake.markup import one_line

_LONGEST = 2000
"""Characters of a value that is looked at."""
_MOST_NODES, _DEEPEST = 300, 6
"""Of what JSON-LD nests: pages put their whole menu in it."""
_FEWEST_TITLE_WORDS = 3
"""Of a title that stands inside another one; a site's name may be shorter."""
_SEPARATOR = re.compile(r"\s+[|\-–—:•·»«/]+\s+|\s*[|•]\s*")
_TIMES: tuple[str, ...] = ("article:published_time", "og:published_time", "datepublished", "pubdate")
_TIMES += ("publishdate", "publish-date", "publication_date", "parsely-pub-date", "dc.date.issued")
_TIMES += ("dc.date", "date")
_AFTER_HEADING, _LONGEST_STAMP = 30, 100
"""Elements after the heading, and signs of one, that may tell the date in words."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page's article besides its text; empty where the page does not say it."""

    title: str = ""
    site: str = ""
    url: str = ""
    published: datetime | None = None
    abstract: str = ""
    category: str = ""
    body: str = ""
    """The text that the page repeats in JSON-LD (articleBody)."""


def facts(tree: Any, linked: Sequence[str], url: str) -> PageFacts:
    """The facts of the page in `tree` (lxml). linked: its JSON-LD; url: where it came from, or empty."""
    metas = _metas(tree)
    address = _address(tree, metas, url)
    article = _article(linked, _titles(tree, metas), address)
    site = _site(metas, article) or (urlsplit(address).hostname or "").removeprefix("www.")
    title = _title(tree, metas, article, site)
    abstract = _text(article.get("description")) or metas.get("og:description", "")
    abstract = abstract or metas.get("description", "")
    return PageFacts(
        title=title,
        site=site,
        url=address,
        published=_published(tree, metas, article),
        abstract="" if abstract == title else abstract,
        category=_text(article.get("articleSection")) or metas.get("article:section", ""),
        body=_string(article.get("articleBody")),
    )


def _metas(tree: Any) -> dict[str, str]:
    """<meta> by property, name or itemprop, lower case; the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = one_line((meta.get("content") or "")[:_LONGEST])
        if name and value:
            found.setdefault(name, value)
    return found


# --- JSON-LD ----------------------------------------------------------------------------------------


def _article(linked: Sequence[str], titles: Sequence[str], address: str) -> dict[str, Any]:
    """The page's article as the JSON-LD describes it; a description with a text before one without.

    Related stories are described too. The page's own has its title or at least its address; where none
    has, as with headlines that are written for search engines, one that is of no other page.
    """
    found = [node for source in linked for node in _nodes(_parsed(source)) if _is_article(node)]
    titled = [node for node in found if _is_titled(_text(node.get("headline")), titles)]
    here = same_page(address)
    own = titled or [node for node in found if here and here in _pages(node, address)]
    own = own or [node for node in found if not _is_of_another(node, titles, address)]
    with_body = [node for node in own if _string(node.get("articleBody"))]
    return next(iter(with_body or own), {})


def _is_titled(headline: str, titles: Sequence[str]) -> bool:
    """Whether it is one of the titles; they may carry the site's name, and it may be shortened."""
    mine, long = _bare(headline), len(headline.split()) >= _FEWEST_TITLE_WORDS
    for title in titles:
        name = _bare(title)
        if mine and name == mine:
            return True
        if long and len(title.split()) >= _FEWEST_TITLE_WORDS and (mine in name or name in mine):
            return True
    return False


def _is_of_another(node: dict[str, Any], titles: Sequence[str], address: str) -> bool:
    """Whether the description names another page's address, under a headline unlike the titles."""
    words = set(fold(_text(node.get("headline"))).split())
    alike = max((len(words & set(fold(title).split())) for title in titles), default=0)
    return bool(same_page(address) and _pages(node, address)) and 2 * alike <= len(words)


def _pages(node: dict[str, Any], address: str) -> set[str]:
    """The pages that the description names as its own, as `same_page` spells them; no front page."""
    named = [node.get(key) for key in ("url", "mainEntityOfPage", "@id")]
    named += [value.get(key) for value in named if isinstance(value, dict) for key in ("@id", "url")]
    found = set()
    for value in named:
        with suppress(ValueError):  # brackets that hold no address
            found.add(same_page(urljoin(address, _string(value)[:_LONGEST])) if value else "")
    return {page for page in found if "/" in page}


def _parsed(source: str) -> object:
    try:
        return json.loads(source.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """The objects in `value`, level by level."""
    level, seen = [value], 0
    for _ in range(_DEEPEST):
        below: list[object] = []
        for node in level:
            seen += 1
            if seen > _MOST_NODES:
                return
            if isinstance(node, dict):
                yield node
                below += node.values()
            elif isinstance(node, list):
                below += node
        level = [node for node in below if isinstance(node, dict | list)]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in names)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text(value: object) -> str:
    """A value as a line: JSON-LD gives a text, a thing with a name, or a list of either."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return one_line(value[:_LONGEST]) if isinstance(value, str) else ""


# --- single facts -----------------------------------------------------------------------------------


def _site(metas: dict[str, str], article: dict[str, Any]) -> str:
    """The publisher's name, which readers know; what sites call themselves may be a program's name."""
    return (
        _text(article.get("publisher")) or metas.get("og:site_name") or metas.get("application-name", "")
    )


def _address(tree: Any, metas: dict[str, str], url: str) -> str:
    """The page's own address, where it is one of the same site and no front page; else `url`."""
    links = [
        link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for named in (*(link.get("href") or "" for link in links[:1]), metas.get("og:url", "")):
        try:
            found = canonical(urljoin(url, named.strip())) if named.strip() else None
        except ValueError:  # brackets that hold no address
            continue
        if found and (not url or (_same_site(found, url) and _has_path(found, url))):
            return found
    return url


def _same_site(one: str, other: str) -> bool:
    hosts = sorted((_host(one), _host(other)), key=len)
    return hosts[0] == hosts[1] or hosts[1].endswith(f".{hosts[0]}")


def _host(url: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host


def _has_path(found: str, url: str) -> bool:
    return bool(urlsplit(found).path.strip("/")) or not urlsplit(url).path.strip("/")


def _titles(tree: Any, metas: dict[str, str]) -> list[str]:
    """What the page itself gives as its title, in all its places."""
    headings = [one_line(h.text_content()[:_LONGEST]) for h in list(tree.iter("h1"))[:2]]
    page = next((one_line(t.text_content()[:_LONGEST]) for t in tree.iter("title")), "")
    # of several headings one may be a related story's
    found = (*(headings if len(headings) == 1 else ()), page)
    return list(filter(None, (*found, metas.get("og:title", ""), metas.get("twitter:title", ""))))


def _title(tree: Any, metas: dict[str, str], article: dict[str, Any], site: str) -> str:
    """What is written for sharing comes without the site's name most often; the heading always."""
    headings = [one_line(h.text_content()[:_LONGEST]) for h in list(tree.iter("h1"))[:5]]
    headings = [heading for heading in headings if len(heading.split()) > 1]
    page = next((one_line(t.text_content()[:_LONGEST]) for t in tree.iter("title")), "")
    candidates = (
        metas.get("og:title", ""),
        _text(article.get("headline")),
        metas.get("twitter:title", ""),
    )
    found = next(filter(None, candidates), "")
    if not found and len(headings) == 1:
        found = headings[0]
    return _without_site(found or page, site, headings) or next(iter(headings), "")


def _without_site(title: str, site: str, headings: Sequence[str]) -> str:
    """`title` without the site's name before or after it."""
    known = {_bare(heading) for heading in headings}
    if _bare(title) in known:
        return title
    for cut in _SEPARATOR.finditer(title):
        head, tail = title[: cut.start()], title[cut.end() :]
        if _bare(head) in known or (_names(tail, site) and len(head.split()) > 1):
            return head
        if _bare(tail) in known or (_names(head, site) and len(tail.split()) > 1):
            return tail
    return title


def _bare(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text)))


def _names(part: str, site: str) -> bool:
    """Whether a part of a title is the site's name: one holds the other, spaces and dots aside."""
    name, own = _bare(part), _bare(site)
    return len(name) > 1 and len(part.split()) <= 5 and bool(own) and (name in own or own in name)


def _published(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> datetime | None:
    named = [_string(article.get("datePublished")), *(metas.get(name, "") for name in _TIMES)]
    named += [element.get("datetime") or "" for element in list(tree.iter("time"))[:3]]
    named += _stamps(tree)
    return next((found for value in named if value and (found := _moment(value))), None)


def _stamps(tree: Any) -> Iterator[str]:
    """Short texts under the main heading that hold a year: pages without any metadata print the date."""
    heading = max(tree.iter("h1"), key=lambda h1: len(h1.text_content()), default=None)
    if heading is None:
        return
    for element in itertools.islice(heading.itersiblings(), _AFTER_HEADING):
        for part in itertools.islice(element.iter(), _AFTER_HEADING):
            text = one_line((part.text if isinstance(part.text, str) else "")[:_LONGEST])
            if len(text) <= _LONGEST_STAMP and _YEAR.search(to_latin_digits(text)):
                yield text
                # months are often told in both ways: 28 آب/أغسطس 2013
                yield re.sub(r"(?<=[^\W\d])\s*/\s*[^\W\d]+", "", text)


def _moment(value: str) -> datetime | None:
    try:
        return moment(value.strip())
    except (ValueError, TypeError, OverflowError):
        return None

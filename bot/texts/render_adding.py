"""What became of feeds that were to be added, or read now: one in full, many line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.model import Feed, FeedId, FeedState, Reply
from bot.texts import feed_faults, html
from bot.texts.feed_actions import Choose, button
from bot.texts.feed_faults import Fault
from bot.texts.html import Html
from bot.texts.parts import Row, dotted, notice
from bot.texts.render_feeds import address, card, feeds_button, name, reason
from bot.texts.voice import Voice

_SHOWN = (10, 5, 3, 1)
"""Lines of each section, as many as fit into a message; the others are counted."""
_OFFERS = 8
"""Feeds of a page that are offered with a button."""
_IN_A_ROW = 4
ASKED = (FeedState.ACTIVE, FeedState.FAILING)
"""Of a page's feeds, those that need not be added any more."""


class Became(StrEnum):
    """What became of an address that was to be added."""

    ADDED = "added"
    BACK = "back"
    """It had been removed or was gone; it is asked again, and was read."""
    KNOWN = "known"
    WAITING = "waiting"
    """It is kept although it could not be read: the fault is passing, or it has been read before."""
    PENDING = "pending"
    """It is kept; reading it has not ended yet."""
    OFFERS = "offers"
    """A page that names several feeds."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tried:
    """One address that was to be added."""

    url: str
    """As it was given."""
    became: Became
    feed: Feed | None = None
    """None for an address that was refused."""
    stored: int = 0
    """New articles."""
    fault: Fault | None = None
    offers: tuple[Feed, ...] = ()


def reading(voice: Voice, done: int, total: int) -> Reply:
    """How far the reading is; nothing done at its beginning."""
    if not done:
        return voice.reply([voice.line("feeds-reading", feeds=total)])
    return voice.reply([voice.line("feeds-progress", done=str(done), total=str(total))])


def tried(voice: Voice, results: Sequence[Tried], refused: str = "") -> Reply:
    """What became of each. refused: what else there is to say, such as how many links are taken."""
    if len(results) == 1 and not refused:
        return one(voice, results[0])
    feeds = [feed for result in results for feed in result.offers][:_OFFERS]
    rows = [*choices(voice, feeds), feeds_button(voice)]
    for most in _SHOWN:
        sections = [_section(voice, became, results, most) for became in Became]
        reply = voice.reply([*sections, refused, voice.line("feeds-next")], rows)
        if html.size(reply.text).within(html.BUDGET):
            break
    return reply


# --- one ------------------------------------------------------------------------------------------


def one(voice: Voice, result: Tried) -> Reply:
    """One address in full: the feed's card, the feeds to choose from, or why it was refused."""
    if result.became is Became.OFFERS:
        return offered(voice, result)
    if result.feed is None:
        told = voice.line("feed-refused", reason=_why(voice, result))
        about = address(voice, result.url) if result.url else ""
        return voice.reply(
            [html.join("\n", [told, about]), voice.line("feed-again")], [feeds_button(voice)]
        )
    return card(voice, result.feed, lead=lead(voice, result))


_LEADS = {
    Became.ADDED: "feed-added",
    Became.BACK: "feed-back",
    Became.KNOWN: "feed-known",
    Became.WAITING: "feed-waiting",
    Became.PENDING: "feed-pending",
}


def lead(voice: Voice, result: Tried) -> Html:
    """What has just become of a feed, above its card."""
    return voice.line(_LEADS[result.became], articles=result.stored)


def _why(voice: Voice, result: Tried) -> str:
    return reason(voice, result.fault) if result.fault else ""


def offered(voice: Voice, result: Tried) -> Reply:
    """A page's feeds, each with a button that adds it."""
    asked = voice.line("feed-offers", feeds=len(result.offers))
    shown = result.offers[:_OFFERS]
    lines = html.join("\n", [asked, *(_offer(voice, feed) for feed in shown)])
    left = len(result.offers) - len(shown)
    more = voice.line("feed-offers-more", feeds=left) if left else ""
    return voice.reply([lines, more], [*choices(voice, shown), feeds_button(voice)])


def of_link(voice: Voice, feed: Feed) -> Reply:
    """A feed whose address was sent as an article's: one tap adds it, where it is not added yet."""
    told = voice.line("feed-of-link")
    if feed.state in ASKED:
        return card(voice, feed, lead=html.join("\n", [told, voice.line("feed-known")]))
    lines = [html.join("\n", [told, address(voice, feed.url)]), voice.line("feed-of-link-add")]
    add = button(voice.label("button-feed-add-this"), Choose(feed.id))
    return voice.reply(lines, [add, feeds_button(voice)])


def chosen(voice: Voice, result: Tried, left: Sequence[Feed]) -> Reply:
    """What became of a feed that was chosen, and the page's others, which may still be added."""
    reply = one(voice, result)
    if not left:
        return reply
    told = lead(voice, result) if result.feed else voice.line("feed-refused", reason=_why(voice, result))
    about = result.feed.url if result.feed else result.url
    first = html.join("\n", [told, address(voice, about)])
    lines = [voice.line("feed-offers-left"), *(_offer(voice, feed) for feed in left)]
    rows = [*choices(voice, left), feeds_button(voice)]
    return voice.reply([first, html.join("\n", lines)], rows)


def _offer(voice: Voice, feed: Feed) -> Html:
    held = voice.line("feed-held") if feed.state in ASKED else ""
    parts = [html.bold(str(feed.id)), feed.title and name(feed), address(voice, feed.url), held]
    return dotted(parts)


def choices(voice: Voice, feeds: Sequence[Feed]) -> list[Row]:
    """A button for each; the others are told to it, so that they stay to choose from.

    A title has a row to itself; where the page gave none, the number is the name and several fit.
    """
    shown = [feed for feed in feeds[:_OFFERS] if feed.state not in ASKED]
    ids = [feed.id for feed in shown]
    rows: list[Row] = []
    for has_title, alike in groupby(shown, key=lambda feed: bool(feed.title)):
        flat = [
            b
            for feed in alike
            for b in button(_choice(voice, feed), Choose(feed.id, _others(ids, feed.id)))
        ]
        wide = 1 if has_title else _IN_A_ROW
        rows += [tuple(flat[n : n + wide]) for n in range(0, len(flat), wide)]
    return rows


def _choice(voice: Voice, feed: Feed) -> str:
    number = str(feed.id)
    if not feed.title:
        return voice.label("button-feed-choose", number=number)
    return voice.label("button-feed-choose-named", number=number, name=name(feed))


def _others(ids: Sequence[FeedId], chosen: FeedId) -> tuple[FeedId, ...]:
    return tuple(number for number in ids if number != chosen)


# --- many -----------------------------------------------------------------------------------------

_SECTIONS = {
    Became.ADDED: "feeds-section-added",
    Became.BACK: "feeds-section-back",
    Became.KNOWN: "feeds-section-known",
    Became.WAITING: "feeds-section-waiting",
    Became.PENDING: "feeds-section-pending",
    Became.OFFERS: "feeds-section-offers",
    Became.REFUSED: "feeds-section-refused",
}


def _section(voice: Voice, became: Became, results: Sequence[Tried], most: int) -> Html:
    here = [result for result in results if result.became is became]
    if not here:
        return Html("")
    left = len(here) - most
    more = voice.line("feeds-more", count=left) if left > 0 else ""
    lines = [_line(voice, result, most) for result in here[:most]]
    return html.join("\n", [voice.line(_SECTIONS[became], feeds=len(here)), *lines, more])


def _line(voice: Voice, result: Tried, most: int) -> Html:
    match result.became:
        case Became.REFUSED:
            return html.join(" ", ["•", dotted([address(voice, result.url), _why(voice, result)])])
        case Became.OFFERS:
            named = [_offer(voice, feed) for feed in result.offers[:most]]
            return html.join("\n", [html.join(" ", ["•", address(voice, result.url)]), *named])
        case Became.ADDED | Became.BACK | Became.KNOWN | Became.WAITING | Became.PENDING:
            return _held(voice, result)


def _held(voice: Voice, result: Tried) -> Html:
    feed = result.feed
    number, title = (html.bold(str(feed.id)), name(feed)) if feed else ("", "")
    told = _why(voice, result)
    if result.became in (Became.ADDED, Became.BACK):
        told = voice.line("n-new-articles", articles=result.stored)
    return dotted([number, title, told])


def bad_list(voice: Voice, cause: str) -> Reply:
    """A document that is no list of feeds, or larger than is taken; cause: in plain English, with the
    place in the document where there is one."""
    return notice(voice, "addfeed-bad-list", cause=feed_faults.scrubbed(cause))


def no_address(voice: Voice, words: str) -> Reply:
    return notice(voice, "addfeed-no-address", words=words)


def too_many(voice: Voice, most: int) -> Html:
    return voice.line("addfeed-many", most=most)

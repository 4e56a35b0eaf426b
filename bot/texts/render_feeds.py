"""Feeds as admins see them: the list, a feed's card, and what they are told when a feed falls ill.

What became of feeds that were to be added stands in render_adding.py. Addresses are shown short and
without what may be a reader's key; in groups only their hosts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import Button, Feed, FeedState, NewFeed, Reply
from bot.texts import direction, feed_faults, html
from bot.texts.feed_actions import (
    Card,
    Check,
    Export,
    HowToAdd,
    Listing,
    Remove,
    Restore,
    Starter,
    button,
)
from bot.texts.feed_faults import Fault, short_address
from bot.texts.html import Html
from bot.texts.parts import NAME, Row, dotted, notice
from bot.texts.voice import Voice

PAGE = 8
"""Feeds on one page of the list."""
_IN_A_ROW = 4
_STARTERS = 20
"""Names of the starter list that are told."""
_ILL = (FeedState.FAILING, FeedState.GONE)


def name(feed: Feed | NewFeed) -> str:
    """What a feed is called: its title, else its host."""
    return html.shorten(feed.title, NAME) or short_address(feed.url, NAME, host_only=True)


def address(voice: Voice, url: str) -> Html:
    """An address to be seen; in <code>, so that Telegram makes no link of its beginning."""
    shown = html.escape(short_address(url, host_only=voice.in_group)) or "…"
    return Html(f"<code>{shown}</code>")


def reason(voice: Voice, fault: Fault) -> str:
    """Why a feed could not be read, as a part of a line."""
    return voice.label(fault.key, value=fault.value)


# --- the list -------------------------------------------------------------------------------------


def listing(voice: Voice, feeds: Sequence[Feed], offset: int, starter: Sequence[NewFeed]) -> Reply:
    """A page of the feeds, those that cannot be read first; behind the last page the last one.

    starter: what is offered where there is no feed yet.
    """
    if not feeds:
        return _empty(voice, starter)
    ordered = sorted(feeds, key=lambda feed: (feed.state not in _ILL, feed.id))
    offset = min(offset, (len(ordered) - 1) // PAGE * PAGE)
    here = ordered[offset : offset + PAGE]
    head, hint = _head(voice, feeds), voice.line("feeds-hint")
    blocks = [_item(voice, feed) for feed in here]
    laid = [direction.lay_out(block, voice.language) for block in blocks]
    shown = html.fit(laid, direction.lay_out(f"{head}\n\n{hint}", voice.language))
    rows = [*_opening(here[:shown], offset), _paging(voice, offset, shown, len(ordered))]
    return voice.reply([head, *blocks[:shown], hint], [*rows, _below(voice)])


def _head(voice: Voice, feeds: Sequence[Feed]) -> Html:
    ill = sum(feed.state in _ILL for feed in feeds)
    counted = voice.line("n-feeds", feeds=len(feeds))
    faulty = voice.line("feeds-faulty", feeds=str(ill)) if ill else ""
    return dotted([html.bold(voice.label("feeds-title")), counted, faulty])


def _item(voice: Voice, feed: Feed) -> Html:
    numbered = html.join(" ", [html.bold(f"{feed.id}."), name(feed)])
    first = dotted([numbered, voice.line("n-articles", articles=feed.articles)])
    return html.join("\n", [first, address(voice, feed.url), *_visits(voice, feed)])


def _opening(feeds: Sequence[Feed], offset: int) -> list[Row]:
    flat = [b for feed in feeds for b in button(str(feed.id), Card(feed.id, offset))]
    return [tuple(flat[n : n + _IN_A_ROW]) for n in range(0, len(flat), _IN_A_ROW)]


def _paging(voice: Voice, offset: int, shown: int, total: int) -> Row:
    row: Row = ()
    if offset:
        row += button(voice.label("button-previous"), Listing(max(0, offset - PAGE)))
    if offset + shown < total:
        row += button(voice.label("button-next"), Listing(offset + shown))
    return row


def _below(voice: Voice) -> Row:
    add = button(voice.label("button-feed-add"), HowToAdd())
    return add if voice.in_group else add + button(voice.label("button-feeds-export"), Export())


def _empty(voice: Voice, starter: Sequence[NewFeed]) -> Reply:
    return voice.reply(
        [voice.line("feeds-empty"), voice.line("addfeed-ask"), _offered(voice, starter)],
        [starter_button(voice, starter)],
    )


def ask(voice: Voice, starter: Sequence[NewFeed]) -> Reply:
    """How a feed is added. starter: what of the starter list is not there yet."""
    rows = [starter_button(voice, starter), feeds_button(voice)]
    return voice.reply([voice.line("addfeed-ask"), _offered(voice, starter)], rows)


def _offered(voice: Voice, starter: Sequence[NewFeed]) -> str:
    if not starter:
        return ""
    names = voice.listing(name(feed) for feed in starter[:_STARTERS])
    return voice.line("feeds-starter", feeds=len(starter), names=names)


def starter_button(voice: Voice, starter: Sequence[NewFeed]) -> Row:
    return button(voice.label("button-feeds-starter"), Starter()) if starter else ()


def feeds_button(voice: Voice) -> Row:
    return button(voice.label("button-feeds"), Listing())


def starter_taken(voice: Voice, added: int) -> Reply:
    """The starter list is taken in; added: how many of it were not there."""
    if not added:
        return notice(voice, "starter-known", [feeds_button(voice)])
    return voice.reply([voice.line("starter-added", feeds=added)], [feeds_button(voice)])


def exported(voice: Voice, count: int) -> Reply:
    """The caption of the exported list."""
    return voice.reply([voice.line("feeds-exported", feeds=count)])


# --- one feed -------------------------------------------------------------------------------------


def card(voice: Voice, feed: Feed, offset: int = 0, lead: Html | str = "") -> Reply:
    """One feed with what may be done with it. lead: what has just become of it."""
    about = [html.bold(name(feed)), address(voice, feed.url)]
    if feed.category:
        about.append(voice.line("feed-category", category=html.shorten(feed.category, NAME)))
    counted = [voice.line("n-articles", articles=feed.articles)]
    if feed.changed:
        counted.append(voice.line("feed-changed", age=voice.times.age(feed.changed)))
    facts = html.join("\n", [dotted(counted), *_visits(voice, feed)])
    number = voice.line("feed-number", number=str(feed.id))
    return voice.reply(
        [lead, html.join("\n", about), facts, number], _rows(voice, feed, Listing(offset))
    )


def _rows(voice: Voice, feed: Feed, back: Listing) -> list[Row]:
    if feed.state is FeedState.REMOVED:
        own = button(voice.label("button-undo"), Restore(feed.id, back.offset))
    else:
        own = button(voice.label("button-feed-check"), Check(feed.id, back.offset))
        own += button(voice.label("button-feed-remove"), Remove(feed.id, back.offset))
    return [own, _address_button(voice, feed), button(voice.label("button-feeds-back"), back)]


def _address_button(voice: Voice, feed: Feed) -> Row:
    """In private alone: the whole address may hold a reader's key."""
    if voice.in_group or not html.is_web_address(feed.url):
        return ()
    return (Button(voice.label("button-feed-address"), url=feed.url),)


def _visits(voice: Voice, feed: Feed) -> list[Html]:
    """The feed's state: when it was read and is read next, and what went wrong, if anything."""
    match feed.state:
        case FeedState.GONE:
            return [voice.line("feed-is-gone")]
        case FeedState.REMOVED | FeedState.OFFERED:
            return [voice.line("feed-is-removed")]
        case FeedState.ACTIVE | FeedState.FAILING:
            return [_times(voice, feed), *([_trouble(voice, feed)] if feed.error else [])]


def _times(voice: Voice, feed: Feed) -> Html:
    when = until(voice, feed.next_check) if feed.next_check else ""
    coming = voice.line("feed-next-try" if feed.error else "feed-next", when=when) if when else ""
    if feed.checked is None:
        return dotted([voice.line("feed-first"), coming])
    past = voice.line("feed-tried" if feed.error else "feed-checked", age=voice.times.age(feed.checked))
    return dotted([past, coming])


def _trouble(voice: Voice, feed: Feed) -> Html:
    """How often it failed in a row, since when, and why."""
    since = feed.failing_since or feed.checked or voice.now
    age = voice.times.age(since)
    told = voice.line("feed-failures", failures=feed.failures, age=age) if feed.failures > 1 else ""
    why = voice.line("feed-reason", reason=reason(voice, feed_faults.read(feed.error)))
    return html.join("\n", [told, why])


def until(voice: Voice, then: datetime) -> str:
    """How soon: in minutes up to an hour, in hours up to a day, else the moment."""
    minutes = -(-(then - voice.now) // timedelta(minutes=1))
    if minutes < 1:
        return voice.label("feed-soon")
    if minutes < 60:
        return voice.label("feed-in-minutes", minutes=minutes)
    hours = round(minutes / 60)
    return voice.label("feed-in-hours", hours=hours) if hours < 24 else voice.times.coming(then)


def missing(voice: Voice, number: str) -> Reply:
    """No feed has that number."""
    return notice(voice, "feed-missing", [feeds_button(voice)], number=html.shorten(number, 20))


def removed(voice: Voice, feed: Feed, offset: int = 0) -> Reply:
    """The feed is taken out, with one tap to undo."""
    rows = [
        button(voice.label("button-undo"), Restore(feed.id, offset)),
        button(voice.label("button-feeds-back"), Listing(offset)),
    ]
    return voice.reply([voice.line("feed-removed", name=name(feed))], rows)


# --- what admins are told -------------------------------------------------------------------------


def alert(voice: Voice, feed: Feed, before: FeedState) -> Reply:
    """What admins are told when a feed has failed for long, is gone, or is read again; no text where
    nothing of that has happened."""
    head = _news(feed.state, before)
    if not head:
        return Reply()
    about = html.join("\n", [voice.line(head), name(feed), address(voice, feed.url)])
    trouble = _trouble(voice, feed) if feed.state is FeedState.FAILING else ""
    say = {"alert-failing": "alert-failing-say", "alert-gone": "feed-is-gone"}.get(head)
    row = button(voice.label("button-feed-check"), Check(feed.id))
    row += button(voice.label("button-feed-remove"), Remove(feed.id))
    if head == "alert-back":
        row = button(voice.label("button-feed-open"), Card(feed.id))
    return voice.reply([about, trouble, voice.line(say) if say else ""], [row, feeds_button(voice)])


def _news(state: FeedState, before: FeedState) -> str:
    if state is before:
        return ""
    match state:
        case FeedState.FAILING:
            return "alert-failing"
        case FeedState.GONE:
            return "alert-gone"
        case FeedState.ACTIVE if before in _ILL:
            return "alert-back"
        case _:
            return ""

"""What admins read of feeds, in both languages, as it was read and approved.

After a change that is meant, run `WRITE_GOLDEN=1 pytest tests/texts/test_feeds_golden.py` and read what
changed. The files show the marks that nobody sees as those of golden/ do.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from bot.model import Digits, Feed, FeedId, FeedState, Language, NewFeed, Preferences, Reply
from bot.texts import direction, html, render_adding, render_admin, render_feeds
from bot.texts.catalogue import Catalogue
from bot.texts.direction import FSI, LRM, PDI, RLM
from bot.texts.feed_actions import decode
from bot.texts.feed_faults import NO_ADDRESS, read
from bot.texts.render_adding import Became, Tried
from bot.texts.times import local_now
from bot.texts.voice import Voice

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def ahead(**span: float) -> datetime:
    return NOW + timedelta(**span)


NEWS = Feed(
    FeedId(3),
    "https://news.example/ar/rss.xml",
    "وكالة الأنباء",
    next_check=ahead(minutes=9.5),
    checked=ago(minutes=5),
    answered=ago(minutes=5),
    changed=ago(hours=2),
    articles=340,
)
FRESH = Feed(FeedId(4), "https://paper.example/feed?key=secret", next_check=ahead(seconds=20))
LATIN = Feed(
    FeedId(5),
    "https://daily.example/a/very/long/way/to/its/own/feed/of/all/world/news/index.xml",
    "Daily News 24",
    "اقتصاد",
    next_check=ahead(hours=3),
    checked=ago(minutes=58),
    answered=ago(hours=9),
    failures=2,
    failing_since=ago(hours=1),
    error="daily.example: the server says 503",
    articles=2,
)
ILL = Feed(
    FeedId(11),
    "http://127.0.0.1:8080/rss",
    "صحيفة",
    state=FeedState.FAILING,
    next_check=ahead(days=2),
    checked=ago(hours=3),
    answered=ago(days=4),
    failures=12,
    failing_since=ago(days=2),
    error="127.0.0.1: the server says 404",
    articles=11,
)
STUCK = replace(
    FRESH,
    checked=NOW,
    next_check=ahead(minutes=5),
    failures=1,
    failing_since=NOW,
    error="no whole answer within 30 seconds",
)
GONE = replace(ILL, id=FeedId(12), state=FeedState.GONE, next_check=None, articles=1, title="")
OFFERS = tuple(
    Feed(FeedId(20 + n), f"https://site.example/{n}/rss", "سياسة" if n else "", state=FeedState.OFFERED)
    for n in range(10)
)
STARTER = [NewFeed("https://a.example/1", "قناة أولى"), NewFeed("https://b.example/2", "Second TV")]
MISSING = read("x: the server says 404")
SLOW = read("no whole answer within 30 seconds")
URL = "https://news.example/none"
EACH = [
    Tried("https://a", Became.ADDED, NEWS, 5),
    Tried("https://a", Became.ADDED, LATIN, 0),
    Tried("https://a", Became.BACK, ILL, 1),
    Tried("https://a", Became.KNOWN, NEWS),
    Tried("https://a", Became.WAITING, STUCK, fault=SLOW),
    Tried("https://a", Became.PENDING, FRESH),
    Tried("https://site.example/", Became.OFFERS, offers=OFFERS[:3]),
    Tried(URL, Became.REFUSED, fault=MISSING),
    Tried(
        "https://10.0.0.1/x?key=secret", Became.REFUSED, fault=read("10.0.0.1 is not a public address")
    ),
]
MANY = [Tried(f"https://a.example/{n}", Became.REFUSED, fault=SLOW) for n in range(120)]

feeds, adding = render_feeds, render_adding
STATES: dict[str, Callable[[Voice], Reply]] = {
    "list": lambda v: feeds.listing(v, [NEWS, FRESH, LATIN, ILL, GONE], 0, STARTER),
    "list-second-page": lambda v: feeds.listing(
        v, [replace(NEWS, id=FeedId(n)) for n in range(1, 19)], 8, STARTER
    ),
    "list-behind-the-end": lambda v: feeds.listing(v, [NEWS], 16, STARTER),
    "list-empty": lambda v: feeds.listing(v, [], 0, STARTER),
    "list-empty-without-starter": lambda v: feeds.listing(v, [], 8, []),
    "ask": lambda v: feeds.ask(v, STARTER),
    "ask-without-starter": lambda v: feeds.ask(v, []),
    "card": lambda v: feeds.card(v, NEWS),
    "card-fresh": lambda v: feeds.card(v, FRESH),
    "card-trouble": lambda v: feeds.card(v, LATIN, 8),
    "card-failing": lambda v: feeds.card(v, ILL),
    "card-gone": lambda v: feeds.card(v, GONE),
    "card-removed": lambda v: feeds.card(v, replace(NEWS, state=FeedState.REMOVED)),
    "card-read": lambda v: feeds.card(v, NEWS, 8, v.line("feed-read-now", articles=3)),
    "card-not-read": lambda v: feeds.card(v, ILL, 8, v.line("feed-not-read")),
    "card-being-read": lambda v: feeds.card(v, NEWS, 0, v.line("feed-being-read")),
    "card-unfinished": lambda v: feeds.card(v, FRESH, 0, v.line("feed-unfinished")),
    "card-restored": lambda v: feeds.card(
        v, NEWS, 0, v.line("feed-restored", when=v.label("feed-soon"))
    ),
    "missing": lambda v: feeds.missing(v, "٩٩"),
    "removed": lambda v: feeds.removed(v, NEWS, 8),
    "starter": lambda v: feeds.starter_taken(v, 11),
    "starter-known": lambda v: feeds.starter_taken(v, 0),
    "exported": lambda v: feeds.exported(v, 12),
    "removefeed-ask": lambda v: render_admin.ask(v, "removefeed-ask"),
    "checkfeed-ask": lambda v: render_admin.ask(v, "checkfeed-ask"),
    "reading": lambda v: adding.reading(v, 0, 1),
    "reading-many": lambda v: adding.reading(v, 0, 12),
    "reading-on": lambda v: adding.reading(v, 3, 12),
    **{f"added-{t.became}": lambda v, t=t: adding.tried(v, [t]) for t in EACH[1:]},
    "added-refused": lambda v: adding.tried(v, [EACH[7]]),
    "added-no-address": lambda v: adding.tried(v, [Tried("ftp://x", Became.REFUSED, fault=NO_ADDRESS)]),
    "added-several": lambda v: adding.tried(v, EACH),
    "added-many": lambda v: adding.tried(v, [*EACH, *MANY], adding.too_many(v, 20)),
    "offers": lambda v: adding.offered(v, Tried("https://site.example/", Became.OFFERS, offers=OFFERS)),
    "offers-held": lambda v: adding.offered(
        v, Tried("https://site.example/", Became.OFFERS, offers=(NEWS, *OFFERS[:2]))
    ),
    "chosen": lambda v: adding.chosen(v, EACH[0], OFFERS[:2]),
    "chosen-last": lambda v: adding.chosen(v, EACH[0], ()),
    "chosen-refused": lambda v: adding.chosen(v, EACH[7], OFFERS[:1]),
    "of-link": lambda v: adding.of_link(v, OFFERS[0]),
    "of-link-held": lambda v: adding.of_link(v, NEWS),
    "bad-list": lambda v: adding.bad_list(v, "broken OPML: mismatched tag: line 3, column 5"),
    "no-address": lambda v: adding.no_address(v, "خلاصة وكالة الأنباء"),
    "alert-failing": lambda v: feeds.alert(v, ILL, FeedState.ACTIVE),
    "alert-gone": lambda v: feeds.alert(v, GONE, FeedState.ACTIVE),
    "alert-back": lambda v: feeds.alert(v, NEWS, FeedState.FAILING),
    "toast-gone": lambda v: v.toast("toast-feed-gone", alert=True),
    "toast-export-private": lambda v: v.toast("feeds-export-private", alert=True),
}
SHOWN = str.maketrans({RLM: "⟨R⟩", LRM: "⟨L⟩", FSI: "⟦", PDI: "⟧"})
FOLDER = Path(__file__).parent / "golden_feeds"


def speaking(language: Language, *, in_group: bool = False, digits: Digits = Digits.LATIN) -> Voice:
    here = local_now(NOW, "Africa/Cairo")
    return Voice(
        CATALOGUE,
        language,
        here,
        lambda topic, language: topic,
        "MojazBot",
        in_group=in_group,
        is_admin=True,
        preferences=Preferences(digits=digits),
    )


def as_text(reply: Reply) -> str:
    """A reply as a reader of the golden files sees it: the message, then each row of buttons."""
    rows = [" ".join(f"[{b.label} → {b.action or b.url}]" for b in row) for row in reply.buttons]
    toast = [f"toast: {reply.toast}"] if reply.toast else []
    return "\n".join([reply.text, *rows, *toast]).strip().translate(SHOWN) + "\n"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES)
def test_each_state_reads_as_it_was_approved(state: str, language: Language) -> None:
    text = as_text(STATES[state](speaking(language)))
    path = FOLDER / f"{state}.{language}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("digits", Digits)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES)
def test_each_state_is_one_that_telegram_takes(state: str, language: Language, digits: Digits) -> None:
    reply = STATES[state](speaking(language, digits=digits))
    assert html.size(reply.text).within(html.BUDGET)
    assert all(len(row) <= 8 for row in reply.buttons)
    for button in (button for row in reply.buttons for button in row):
        assert button.url or decode(button.action.removeprefix("1|F|")) is not None, button
    for line in unescape(re.sub("<[^>]*>", "", reply.text)).split("\n"):
        assert language is Language.EN or not line or direction.first_strong(line) == "R", line


@pytest.mark.parametrize("state", STATES)
def test_no_text_shows_a_query_or_a_user(state: str) -> None:
    for reply in (STATES[state](speaking(language)) for language in Language):
        assert "secret" not in reply.text


@pytest.mark.parametrize("state", ["list", "card", "added-several", "offers"])
def test_in_a_group_hosts_alone_are_shown(state: str) -> None:
    reply = STATES[state](speaking(Language.AR, in_group=True))
    assert not re.search(r"example/\w|\.xml", reply.text)
    assert not any(button.url for row in reply.buttons for button in row)
    assert not re.search(r"(?<!<)/(feeds|addfeed|removefeed)(?!@MojazBot)", reply.text)


def test_what_is_not_news_to_admins_says_nothing() -> None:
    voice = speaking(Language.AR)
    for before in (FeedState.ACTIVE, FeedState.REMOVED, FeedState.OFFERED):
        assert feeds.alert(voice, NEWS, before).text == ""
    assert feeds.alert(voice, ILL, FeedState.FAILING).text == ""


def test_every_golden_file_belongs_to_a_state() -> None:
    assert {path.name.rsplit(".", 2)[0] for path in FOLDER.iterdir()} == STATES.keys()

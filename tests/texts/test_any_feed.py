"""Whatever a feed is called, wherever it lies and whatever its server says, a message is one that
Telegram takes and shows right."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Feed, FeedId, FeedState, Language, NewFeed, Reply
from bot.texts import direction, html, render_adding, render_feeds
from bot.texts.catalogue import Catalogue
from bot.texts.direction import FSI, LRM, PDI, RLM
from bot.texts.feed_actions import decode
from bot.texts.feed_faults import read
from bot.texts.render_adding import Became, Tried
from bot.texts.times import local_now
from bot.texts.voice import Voice

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
HOSTILE = st.sampled_from(
    [
        "\u200f\u200f",
        "\u202e",
        "\u2066",
        "\x00",
        "\n",
        "<b>",
        "&amp;",
        "<code>",
        "@n",
        "/stop",
        "C++",
        "2-1",
        "سوريا",
        "ℹ",
    ]
)
titles = st.one_of(
    st.lists(st.one_of(HOSTILE, st.text(max_size=12)), max_size=12).map(" ".join),
    st.text(max_size=20).map(lambda text: (text + " خبر ") * 50),
)
urls = st.one_of(
    st.sampled_from(
        ["https://a.example/ب?key=1", "http://[::1]:8/x", "http://[", "feed", "https://مثال.example/"]
    ),
    st.text(max_size=200).map(lambda text: f"https://news.example/{text}"),
    titles,
)
causes = st.one_of(
    st.sampled_from(["", "a.example: the server says 503", "port 22 is not one of the web's"]), titles
)
moments = st.one_of(
    st.none(), st.integers(-(10**6), 10**6).map(lambda minutes: NOW + timedelta(minutes=minutes))
)


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    return Feed(
        FeedId(draw(st.integers(1, 10**9))),
        draw(urls),
        draw(titles),
        draw(titles),
        state=draw(st.sampled_from(FeedState)),
        next_check=draw(moments),
        checked=draw(moments),
        changed=draw(moments),
        failures=draw(st.integers(0, 1000)),
        failing_since=draw(moments),
        error=draw(causes),
        articles=draw(st.integers(0, 10**6)),
    )


@st.composite
def results(draw: st.DrawFn) -> Tried:
    became = draw(st.sampled_from(Became))
    offers = tuple(draw(st.lists(feeds(), min_size=1, max_size=12))) if became is Became.OFFERS else ()
    fault = read(draw(causes)) if became in (Became.REFUSED, Became.WAITING) else None
    feed = None if became in (Became.REFUSED, Became.OFFERS) else draw(feeds())
    return Tried(draw(urls), became, feed, draw(st.integers(0, 500)), fault, offers)


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "code")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(reply: Reply, language: Language) -> None:
    balance = _Balance()
    balance.feed(reply.text)
    balance.close()
    assert balance.open == []
    assert html.size(reply.text).within(html.BUDGET)
    for line in unescape(re.sub("<[^>]*>", "", reply.text)).split("\n"):
        assert not re.search(f"[{RLM}{LRM}]{{2}}|{FSI}{PDI}|[\u061c\u2066\u2067\u2028-\u202e]", line)
        assert line.count(FSI) == line.count(PDI)
        assert language is Language.EN or not line.strip() or direction.first_strong(line) == "R", line
    for button in (button for row in reply.buttons for button in row):
        assert button.label
        assert html.is_web_address(button.url) or decode(button.action.removeprefix("1|F|"))


def voice(language: Language, in_group: bool = False) -> Voice:
    here = local_now(NOW, "Asia/Damascus")
    return Voice(CATALOGUE, language, here, lambda t, _: str(t), "MojazBot", in_group=in_group)


languages = st.sampled_from(Language)


@given(st.lists(feeds(), max_size=20), st.integers(0, 40), languages, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_list_of_any_feeds(found: list[Feed], offset: int, language: Language, in_group: bool) -> None:
    starter = [NewFeed(feed.url, feed.title) for feed in found]
    check(render_feeds.listing(voice(language, in_group), found, offset, starter), language)
    check(render_feeds.ask(voice(language, in_group), starter), language)


@given(feeds(), languages, st.booleans(), st.sampled_from(FeedState))
@settings(max_examples=100, deadline=None)
def test_a_card_and_an_alert_of_any_feed(
    feed: Feed, language: Language, in_group: bool, before: FeedState
) -> None:
    check(render_feeds.card(voice(language, in_group), feed, 8), language)
    check(render_feeds.removed(voice(language, in_group), feed), language)
    check(render_feeds.alert(voice(language), feed, before), language)


@given(st.lists(results(), max_size=30), languages, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_became_of_any_addresses(found: list[Tried], language: Language, in_group: bool) -> None:
    said = voice(language, in_group)
    check(render_adding.tried(said, found, render_adding.too_many(said, 20)), language)
    for result in found[:3]:
        check(render_adding.one(said, result), language)
        check(
            render_adding.chosen(said, result, [feed for r in found for feed in r.offers][:8]), language
        )


def test_a_title_that_is_a_tag_is_shown_as_it_is() -> None:
    feed = Feed(FeedId(1), "https://a.example/rss", "<code>")
    check(render_feeds.card(voice(Language.AR), feed), Language.AR)
    reply = render_feeds.card(voice(Language.EN), feed)
    assert "&lt;code&gt;" in reply.text

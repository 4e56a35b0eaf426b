"""Whatever a title or a sentence holds, a message is one that Telegram takes and shows right."""

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import (
    Added,
    AddedStatus,
    ArticleId,
    Language,
    Refusal,
    RefusalReason,
    Reply,
    SourceCount,
    StoredArticle,
    Story,
    StoryId,
    StoryPage,
    TopicId,
)
from bot.texts import (
    direction,
    html,
    render_admin,
    render_digest,
    render_keeping,
    render_lists,
    render_story,
)
from bot.texts.actions import Latest, OfSource, Read, Saved, Search, Sources
from bot.texts.catalogue import Catalogue
from bot.texts.direction import FSI, LRM, PDI, RLM
from bot.texts.marking import Found
from bot.texts.render_story import Said, Stance
from bot.texts.settings_actions import mark
from bot.texts.times import local_now
from bot.texts.voice import Voice
from bot.topics.query import parse_search

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

MARKS = ("\u200f\u200f", "\u202e", "\u2066", "\u2069", "\u200e", "\u061c", "\u2028", "\x00", "\n", "ـ")
MARKUP = ("<b>", "</b>", "&amp;", "&", "<a href='x'>", '"', "@name", "#tag", "/stop", "t.me/x")
SIDES = ("C++", "OpenAI", "2-1", "2020-2024", "سوريا", "الأخبار", "٣", "...", "«", "”", "é" * 60, "ℹ")
PICTURES = ("🇸🇾", "👨\u200d👩\u200d👧", "🔴", "https://x.example/?a=1&b=2", " ")
HOSTILE = st.sampled_from([*MARKS, *MARKUP, *SIDES, *PICTURES])
words = st.lists(st.one_of(HOSTILE, st.text(max_size=12)), max_size=30).map(" ".join)
titles = st.one_of(words, st.text(max_size=60), words.map(lambda text: (text + " خبر ") * 200))
urls = st.sampled_from(
    ["", 'https://news.example/1?a=1&b="2"', "javascript:x", "http://[", "https://a.example/ب"]
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    number = draw(st.integers(1, 10**6))
    articles = [
        StoredArticle(
            id=ArticleId(number + 1 + n),
            story=StoryId(number),
            title=draw(titles),
            url=draw(urls),
            source=draw(titles),
            published=NOW,
            received=NOW,
            summary=tuple(draw(st.lists(titles, max_size=3))),
            topics=(),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    return Story(StoryId(number), tuple(articles))


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "a", "blockquote", "code")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(reply: Reply, language: Language) -> None:
    balance = _Balance()
    balance.feed(reply.text)
    balance.close()
    assert balance.open == []
    assert html.size(reply.text).within(html.BUDGET)
    lines = unescape(re.sub("<[^>]*>", "", reply.text)).split("\n")
    for line in lines:
        check_line(line, language)
    for button in (button for row in reply.buttons for button in row):
        assert button.label
        assert len(button.action.encode()) <= 64
        # a number alone in the middle of a button has no side to lose
        check_line(button.label, language if direction.first_strong(button.label) else Language.EN)


def check_line(line: str, language: Language) -> None:
    assert not re.search(f"[{RLM}{LRM}]{{2}}|{FSI}{PDI}|[\u061c\u2066\u2067\u2028-\u202e]", line)
    assert line.count(FSI) == line.count(PDI)
    if language is Language.AR and line.strip():
        assert direction.first_strong(line) == "R", line


def voice(language: Language) -> Voice:
    return Voice(CATALOGUE, language, local_now(NOW, "Asia/Damascus"), lambda t, _: str(t), "MojazBot")


languages = st.sampled_from(Language)
pages = st.lists(stories(), min_size=1, max_size=20)


@given(pages, languages, titles, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_list_of_any_stories(
    found: list[Story], language: Language, asked: str, by_words: bool
) -> None:
    place = Search(html.clean(asked) or "x", 5) if by_words else Latest(0, 20)
    reply = render_lists.story_list(voice(language), StoryPage(tuple(found), more=True), place)
    check(reply, language)


@given(pages, languages, st.lists(titles, min_size=1, max_size=3), titles)
@settings(max_examples=80, deadline=None)
def test_found_words_in_any_stories(
    pages: list[Story], language: Language, asked: list[str], extract: str
) -> None:
    words = " ".join([*asked, *pages[0].newest.title.split()[:3], "b OpenAI 2020"])
    found = Found(parse_search(words), {story.id: html.shorten(extract, 160) for story in pages[::2]})
    page, place = StoryPage(tuple(pages), more=True), Search("x", 5)
    check(render_lists.story_list(voice(language), page, place, found=found), language)


@given(stories(), languages, st.lists(titles, max_size=8), st.lists(stories(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_card_of_any_story(
    story: Story, language: Language, said: list[str], near: list[Story]
) -> None:
    summary = [Said(sentence, story.newest.source) for sentence in said]
    here, stance = Read(7, back=Latest()), Stance(bool(said), TopicId("syria"), less=bool(near))
    check(render_story.card(voice(language), story, summary, near, here, stance=stance), language)


@given(pages, languages)
@settings(max_examples=30, deadline=None)
def test_kept_stories_of_any_kind(found: list[Story], language: Language) -> None:
    check(render_keeping.saved(voice(language), found, Saved(5), 5 + len(found), 500), language)


@given(titles, languages)
@settings(max_examples=60, deadline=None)
def test_a_broadcast_of_any_words_is_asked_for_in_one_message(words: str, language: Language) -> None:
    text = render_keeping.broadcast_text(words)
    if text.strip() and render_keeping.is_sendable(text):
        check(render_keeping.broadcast_confirm(voice(language), text, 3, 4), language)


@given(st.lists(stories(), max_size=12), languages, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_digest_of_any_stories(found: list[Story], language: Language, late: bool) -> None:
    said = voice(language)
    picks = [(story, TopicId("syria") if n % 2 else None) for n, story in enumerate(found)]
    reply = render_digest.digest(
        picks,
        3,
        language=language,
        local_now=said.now,
        catalogue=CATALOGUE,
        names=said.names,
        bot_name=said.bot_name,
        late=late,
    )
    check(reply, language)


@given(st.lists(titles, max_size=35), languages)
@settings(max_examples=30, deadline=None)
def test_any_sources_and_any_intake(names: list[str], language: Language) -> None:
    said = voice(language)
    check(render_lists.source_list(said, [SourceCount(n, 3, NOW) for n in names], Sources()), language)
    for name in names[:3]:
        place = OfSource(mark(name), 5)
        check(render_lists.story_list(said, StoryPage((), more=False), place, source=name), language)
        check(said.reply([], [render_lists.source_button(said, name)]), language)
    added = [Added(AddedStatus.STORED, ArticleId(1), StoryId(2), name) for name in names]
    refused = [Refusal(n, RefusalReason.BAD_URL, name) for n, name in enumerate(names)]
    check(render_admin.ingested(said, added, added, refused), language)

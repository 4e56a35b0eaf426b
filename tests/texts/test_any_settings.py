"""Whatever a reader wrote or a source is called, Telegram takes each page and shows it right."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import (
    Chat,
    ChatId,
    ChatKind,
    Digits,
    Language,
    Length,
    Months,
    Preferences,
    Reply,
    SourceCount,
    StoredArticle,
    Story,
    StoryId,
    Subscription,
    TopicId,
)
from bot.texts import direction, html, render_digest, render_settings, settings_zones, zones
from bot.texts import settings_pages as pages
from bot.texts.catalogue import Catalogue
from bot.texts.render_settings import Standing
from bot.texts.settings_actions import decode
from bot.texts.times import local_now
from bot.texts.voice import Voice

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
HOSTILE = (
    "<b>",
    "&amp;",
    "@name",
    "#5",
    "\u202e",
    "C++",
    "سوريا",
    "2-1",
    "٣",
    "x" * 60,
    "😀" * 58 + "ا",
    "",
)
words = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=60)),
    max_size=20,
    unique=True,
).map(tuple)
topics = st.lists(st.from_regex("[a-z]{1,24}", fullmatch=True), max_size=120, unique=True).map(
    lambda names: tuple(TopicId(name) for name in names)
)
hours = st.none() | st.just((time(22), time(7))) | st.just((time(9, 30), time(11)))
preferences = st.builds(
    Preferences,
    digits=st.sampled_from(Digits),
    months=st.none() | st.sampled_from(Months),
    hijri=st.booleans(),
    length=st.sampled_from(Length),
    wanted=words,
    unwanted=words,
    muted=words,
    less=topics,
    quiet=hours,
)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)
subscriptions = st.none() | st.builds(
    Subscription,
    st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=6).map(
        tuple
    ),
    topics,
    st.booleans(),
    st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(
        lambda days: tuple(sorted(days))
    ),
)
chats = st.builds(
    Chat,
    st.just(ChatId(7)),
    st.just(ChatKind.PRIVATE),
    zone=st.sampled_from(sorted(zone for code in zones.ARAB for zone in zones.zones_of(code))),
    follows=topics,
    subscription=subscriptions,
    preferences=preferences,
)


def speaking(chat: Chat, language: Language) -> Voice:
    here = local_now(NOW, chat.zone or "UTC")
    return Voice(
        CATALOGUE, language, here, lambda topic, _: str(topic), "MojazBot", preferences=chat.preferences
    )


def check(reply: Reply, language: Language) -> None:
    assert html.size(reply.text).within(html.BUDGET)
    for line in unescape(re.sub("<[^>]*>", "", reply.text)).split("\n"):
        assert language is Language.EN or not line.strip() or direction.first_strong(line) == "R", line
    flat = [button for row in reply.buttons for button in row]
    assert len(flat) <= 100
    for button in flat:
        assert button.label.strip()
        assert decode(button.action.removeprefix("1|P|")) is not None


@given(chats, st.sampled_from(Language))
@settings(max_examples=60, deadline=None)
def test_the_settings_of_any_chat(chat: Chat, language: Language) -> None:
    voice = speaking(chat, language)
    due = NOW + timedelta(hours=5) if chat.subscription and chat.subscription.active else None
    standing = Standing(chat, time(8), due)
    sources = [SourceCount(name or "x", 1, NOW) for name in chat.preferences.muted]
    for reply in (
        render_settings.main(voice, standing),
        pages.times(voice, standing),
        pages.days(voice, chat),
        pages.topics(voice, chat),
        pages.words(voice, chat, pages.bad_word(voice, "<" * 5_000)),
        pages.sources(voice, chat, sources, 0),
        pages.sources(voice, chat, sources, 8),
        pages.digits(voice, chat),
        pages.dates(voice, chat),
        pages.quiet_hours(voice, chat),
        settings_zones.places(voice, "<" * 5_000, ["Asia/Gaza"], known=False),
    ):
        check(reply, language)


@pytest.mark.parametrize("language", Language)
def test_every_country_and_zone_can_be_shown(language: Language) -> None:
    voice = speaking(Chat(ChatId(7), ChatKind.PRIVATE), language)
    codes = zones.countries(language)
    for offset in range(0, len(codes), settings_zones.COUNTRIES_PAGE):
        check(settings_zones.countries(voice, offset), language)
    for code in codes:
        check(settings_zones.cities(voice, code), language)


def article(n: int, letters: int) -> StoredArticle:
    told = (f"{'جملة ' * (letters // 5)}أولى {n}.", f"{'جملة ' * (letters // 5)}ثانية {n}.")
    return StoredArticle(
        n + 1, StoryId(n), f"عنوان الخبر رقم {n} في هذا اليوم", "", "وكالة", NOW, NOW, told, ()
    )


def told(length: Length, letters: int, stories: int = 14) -> str:
    picks = [(Story(StoryId(n), (article(n, letters),)), None) for n in range(10, 10 + stories)]
    return render_digest.digest(
        picks,
        0,
        language=Language.AR,
        local_now=local_now(NOW, "Africa/Cairo"),
        catalogue=CATALOGUE,
        names=lambda topic, _: str(topic),
        bot_name="MojazBot",
        preferences=replace(Preferences(), length=length),
    ).text


@pytest.mark.parametrize("letters", [40, 120, 150, 300])
def test_a_long_digest_holds_more_stories_in_one_message(letters: int) -> None:
    long, normal = told(Length.LONG, letters), told(Length.NORMAL, letters)
    assert html.size(long).within(html.BUDGET)
    assert long.count("أولى") >= normal.count("أولى")
    assert (long.count("أولى") > normal.count("أولى")) == (letters in (120, 150))


def test_a_short_digest_has_one_sentence_a_story() -> None:
    short = told(Length.SHORT, 40, stories=4)
    assert (short.count("أولى"), short.count("ثانية")) == (4, 0)

"""The text of each answer and state, in both languages, as it was read and approved.

The files in golden/ show the marks that nobody sees: ⟨R⟩ is RLM, ⟨L⟩ LRM, ⟦ and ⟧ stand round foreign
words. After a change that is meant, run `WRITE_GOLDEN=1 pytest tests/texts/test_golden.py` and read
what changed.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.errors import Busy, DocumentTooLarge, FeedLink, FileTooLarge, UnreadableDocument, UnreadablePage
from bot.model import (
    Added,
    AddedStatus,
    ArticleId,
    ChatKind,
    Counts,
    Language,
    Refusal,
    RefusalReason,
    Reply,
    SearchQuery,
    SourceCount,
    StoredArticle,
    Story,
    StoryId,
    StoryPage,
    Subscription,
    TopicId,
)
from bot.texts import (
    render_admin,
    render_digest,
    render_help,
    render_keeping,
    render_lists,
    render_start,
    render_story,
    render_subscription,
)
from bot.texts.actions import Latest, OfSource, OnTopics, Read, Saved, Search, Sources
from bot.texts.catalogue import Catalogue
from bot.texts.direction import FSI, LRM, PDI, RLM
from bot.texts.marking import Found
from bot.texts.render_story import Said, Stance
from bot.texts.settings_actions import mark
from bot.texts.times import local_now
from bot.texts.voice import Voice

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SYRIA, EGYPT, SPACE = TopicId("syria"), TopicId("egypt"), TopicId("space")
NAMES = {SYRIA: ("سوريا", "Syria"), EGYPT: ("مصر", "Egypt"), SPACE: ("الفضاء", "Space")}


def name(topic: TopicId, language: Language) -> str:
    return NAMES[topic][language is Language.EN]


def article(number: int, title: str, source: str, minutes: int, *summary: str) -> StoredArticle:
    when = NOW - timedelta(minutes=minutes)
    return StoredArticle(
        id=ArticleId(number + 1),
        story=StoryId(number),
        title=title,
        url=f"https://news.example/{number}" if source else "",
        source=source,
        published=when,
        received=when,
        summary=summary,
        topics=(SYRIA,),
    )


def story(*articles: StoredArticle) -> Story:
    return Story(articles[0].story, articles)


CROSSING = story(
    article(
        10,
        "إعادة فتح معبر جبلي بعد أسبوعين من الصيانة",
        "وكالة الأنباء",
        12,
        "استأنف المعبر الجبلي حركة الشحن صباح اليوم بعد صيانة دامت أسبوعين.",
        "وعبرت 210 شاحنات في الساعات الثلاث الأولى.",
        "وتعمل ساحة التفتيش الجديدة على مدار الساعة.",
    ),
    article(10, "فتح المعبر الجبلي", "Daily News", 40),
)
OFFICE = story(article(20, "OpenAI تفتح مكتبًا إقليميًّا وتوظف 20-30 مهندسًا", "Daily News", 95))
RIVER = story(
    article(30, "فيضان النهر يغلق طريقين", "", 26 * 60, "ارتفع منسوب النهر مترين في يوم واحد.")
)
MANY = story(*[article(40, "اتفاق على خط سكة حديد", f"صحيفة {n}", 180 + n) for n in range(6)])
PAGE = StoryPage((CROSSING, OFFICE, RIVER, MANY), more=True)
NOTHING = StoryPage((), more=False)
FOUND_PAGE = StoryPage((RIVER, OFFICE), more=False)
FOUND = Found(
    SearchQuery((("فيضان",), ("منسوب",), ("openai",))),
    {
        RIVER.id: "ارتفع منسوب النهر مترين في يوم واحد.",
        OFFICE.id: "… وقال إن فرع OpenAI Arabia يشبه منسوب الماء…",
    },
)
DAILY = Subscription((time(8),), ())
TOPICAL = Subscription((time(8), time(20, 30)), (SYRIA, EGYPT))
TOMORROW = NOW + timedelta(days=1)
STORED = [
    Added(AddedStatus.STORED, ArticleId(11 + n), StoryId(10 + n), f"خبر رقم {n}") for n in range(12)
]
KNOWN = [Added(AddedStatus.KNOWN, ArticleId(7), StoryId(6), "خبر سبق إدخاله")]
REFUSED = [Refusal(n, reason, "x" if n % 2 else "") for n, reason in enumerate(RefusalReason, start=1)]
DAYS = [(date(2026, 11, 18 + n), n * n * 40) for n in range(7)]
COUNTS = Counts(
    articles=1191, stories=1020, sources=5, chats=40, subscribers=11, sent=800, queued=2, dead=3
)
SOURCES = [SourceCount("وكالة الأنباء", 12, NOW), SourceCount("Daily News", 2, NOW - timedelta(days=9))]
TWELVE_SOURCES = [SourceCount(f"صحيفة {n}", 13 - n, NOW) for n in range(1, 13)]
AGENCY_NAME = SOURCES[0].name
AGENCY = OfSource(mark(AGENCY_NAME))
CLICK = Latest(5, 5)


def digest(voice: Voice, *picks: tuple[Story, TopicId | None], left: int = 0, **more: bool) -> Reply:
    return render_digest.digest(
        picks,
        left,
        language=voice.language,
        local_now=voice.now,
        catalogue=voice.catalogue,
        names=voice.names,
        bot_name=voice.bot_name,
        **more,
    )


SAID = [Said(sentence, "وكالة الأنباء") for sentence in CROSSING.newest.summary]
MIXED = [SAID[0], Said("Traffic will grow.", "Daily News")]
starts = render_start
RIVER_FOUND = Found(SearchQuery((("نهر",),)))
TODAY = starts.Today(ChatKind.PRIVATE, [(CROSSING, SYRIA), (OFFICE, None), (RIVER, EGYPT)], 2)
IN_GROUP, IN_CHANNEL = starts.Today(ChatKind.GROUP), starts.Today(ChatKind.CHANNEL)
EMPTY = starts.Today(ChatKind.PRIVATE, nothing="start-empty")
lists, cards, subs, helps, keeps, admin = (
    render_lists,
    render_story,
    render_subscription,
    render_help,
    render_keeping,
    render_admin,
)

STATES: dict[str, Callable[[Voice], Reply]] = {
    "latest": lambda v: lists.story_list(v, PAGE, Latest()),
    "latest-second-page": lambda v: lists.story_list(v, PAGE, CLICK),
    "latest-empty": lambda v: lists.story_list(v, NOTHING, Latest()),
    "latest-over": lambda v: lists.story_list(v, NOTHING, CLICK),
    "topic": lambda v: lists.story_list(v, StoryPage((CROSSING,), more=False), OnTopics(((SYRIA,),))),
    "topic-followed": lambda v: lists.story_list(v, PAGE, OnTopics(((SYRIA,),)), follows=[SYRIA]),
    "topic-empty": lambda v: lists.story_list(v, NOTHING, OnTopics(((SYRIA,), (EGYPT,)))),
    "topic-searched": lambda v: lists.topic_searched(
        v, StoryPage((RIVER,), more=False), Search("النهر"), RIVER_FOUND, OnTopics(())
    ),
    "topic-searched-near": lambda v: lists.topic_searched(
        v, StoryPage((RIVER,), more=False), Search("النهر"), RIVER_FOUND, OnTopics(((SPACE,),)), [EGYPT]
    ),
    "topic-guessed": lambda v: lists.topic_guessed(
        v, "سوزيا", StoryPage((CROSSING,), more=False), OnTopics(((SYRIA,),)), [EGYPT]
    ),
    "topic-guessed-empty": lambda v: lists.topic_guessed(v, "سوزيا", NOTHING, OnTopics(((SYRIA,),))),
    "topic-unknown": lambda v: lists.topic_unknown(v, "سورياا", [SYRIA, EGYPT, SPACE]),
    "topic-unknown-and-nothing-near": lambda v: lists.topic_unknown(v, "<xyz>", []),
    "topics": lambda v: lists.topics(v, {SYRIA: 12, EGYPT: 3, SPACE: 0}),
    "topics-asked": lambda v: lists.topics(v, {SYRIA: 12}, asked=True),
    "topics-empty": lambda v: lists.topics(v, {}),
    "search": lambda v: lists.story_list(v, StoryPage((RIVER,), more=False), Search("فيضان C++")),
    "search-found": lambda v: lists.story_list(v, FOUND_PAGE, Search("فيضان منسوب"), found=FOUND),
    "search-empty": lambda v: lists.story_list(v, NOTHING, Search("لا شيء")),
    "search-ask": lambda v: helps.ask(v, "search-ask"),
    "sources": lambda v: lists.source_list(v, SOURCES, Sources()),
    "sources-second-page": lambda v: lists.source_list(v, TWELVE_SOURCES, Sources(10)),
    "source": lambda v: lists.story_list(
        v, PAGE, AGENCY, source=AGENCY_NAME, rows=[lists.way_to_sources(v, SOURCES, AGENCY_NAME)]
    ),
    "source-empty": lambda v: lists.story_list(v, NOTHING, AGENCY, source="<b>C&A</b>"),
    "sources-empty": lambda v: lists.source_list(v, [], Sources()),
    "read": lambda v: cards.card(
        v, CROSSING, SAID, [OFFICE, RIVER], Read(10, back=Latest()), has_more=True
    ),
    "read-several-sources": lambda v: cards.card(v, CROSSING, MIXED, [], Read(10, more=True)),
    "read-without-text": lambda v: cards.card(v, OFFICE, [], [], Read(20)),
    "read-many-articles": lambda v: cards.card(v, MANY, SAID[:1], [], Read(40)),
    "read-ask": lambda v: helps.ask(v, "read-ask"),
    "read-kept": lambda v: cards.card(
        v,
        CROSSING,
        SAID,
        [],
        Read(10, back=Saved(5)),
        has_more=True,
        stance=Stance(True, SYRIA, less=True),
    ),
    "read-not-kept": lambda v: cards.card(
        v, CROSSING, SAID[:1], [], Read(10, more=True), stance=Stance(False, SYRIA)
    ),
    "saved": lambda v: keeps.saved(v, PAGE.stories, Saved(4), 9, 9),
    "saved-empty": lambda v: keeps.saved(v, [], Saved(), 0, 500),
    "mydata": keeps.data_caption,
    "mydata-refused": keeps.data_refused,
    "forget-ask": keeps.forget_ask,
    "forgotten": keeps.forgotten,
    "forget-not": keeps.not_forgotten,
    "broadcast-ask": lambda v: admin.ask(v, "broadcast-ask"),
    "broadcast-long": lambda v: keeps.broadcast_long(v, keeps.broadcast_text("كلمة " * 900)),
    "broadcast-nobody": lambda v: admin.ask(v, "broadcast-nobody"),
    "broadcast-confirm": lambda v: keeps.broadcast_confirm(
        v, keeps.broadcast_text("تتوقف الخدمة الليلة\n\nمن 22:00 <إلى> 23:00 & شكرا"), 11, 4
    ),
    "broadcast-done": lambda v: keeps.broadcast_done(v, 3),
    "broadcast-thrown": lambda v: admin.ask(v, "broadcast-thrown"),
    "backup": lambda v: keeps.backup_caption(v, 1_234_567),
    "backup-path": lambda v: keeps.backup_path(
        v, 99_000_000, "/srv/mojaz/data/mojaz-20261124-060000.db", 3
    ),
    "backup-private": lambda v: admin.ask(v, "backup-private"),
    "toast-kept-full": lambda v: v.toast("toast-kept-full", alert=True, most=500),
    "toast-less": lambda v: v.toast("toast-less", topic="سوريا"),
    "toast-broadcast-gone": lambda v: v.toast("toast-broadcast-gone", alert=True),
    "read-missing": lambda v: cards.no_story(v, "99", Latest(), []),
    "summary": lambda v: cards.text_summary(v, CROSSING.newest.summary, 400, 25),
    "summary-whole": lambda v: cards.text_summary(v, CROSSING.newest.summary, 25, 25),
    "summary-page": lambda v: cards.text_summary(
        v, CROSSING.newest.summary, 400, 25, CROSSING.newest.title, "https://news.example/1"
    ),
    "ingest-many-links": lambda v: admin.many_links(v, 3),
    "error-busy": lambda v: helps.error(v, Busy("no room")),
    "error-page": lambda v: helps.error(v, UnreadablePage("no text")),
    "error-feed-link": lambda v: helps.error(v, FeedLink("a feed")),
    "error-document-too-large": lambda v: helps.error(v, DocumentTooLarge("99 MB", megabytes=50)),
    "error-file-too-large": lambda v: helps.error(v, FileTooLarge("7 MB", megabytes=5)),
    "summary-ask": lambda v: helps.ask(v, "summary-ask"),
    "summary-no-file": lambda v: helps.ask(v, "summary-no-file"),
    "link-alone": helps.link_alone,
    "digest": lambda v: digest(v, (CROSSING, SYRIA), (OFFICE, None), (RIVER, EGYPT), left=2),
    "digest-late": lambda v: digest(v, (RIVER, SYRIA), late=True),
    "digest-preview": lambda v: digest(v, (RIVER, None), subscribed=False),
    "digest-nothing": lambda v: digest(v),
    "digest-nothing-first": lambda v: digest(v, first=True),
    "subscribed": lambda v: subs.subscribed(v, DAILY, TOMORROW),
    "subscribed-topics": lambda v: subs.subscribed(v, TOPICAL, NOW + timedelta(hours=2)),
    "subscribed-days": lambda v: subs.subscribed(
        v, Subscription((time(8),), (), days=(4, 5)), NOW + timedelta(days=3)
    ),
    "subscribe-bad-time": lambda v: subs.bad_time(v, "25:00"),
    "subscribe-unknown": lambda v: subs.unknown_topics(
        v, "subscribe-unknown", ["سورياا"], [SYRIA, EGYPT], buttons=False
    ),
    "follow-unknown": lambda v: subs.unknown_topics(v, "follow-unknown", ["xyz"], [], buttons=False),
    "unsubscribed": subs.unsubscribed,
    "unsubscribed-none": lambda v: subs.not_subscribed(v, time(8)),
    "undo-nothing": lambda v: subs.nothing_to_undo(v, time(8)),
    "manage-refused": subs.manage_refused,
    "follows": lambda v: subs.follows(v, [SYRIA, EGYPT], Subscription((time(8),))),
    "follows-without-subscription": lambda v: subs.follows(v, [], None),
    "follows-beside-others": lambda v: subs.follows(v, [EGYPT], Subscription((time(8),), (SYRIA,))),
    "unfollow-none": lambda v: subs.not_followed(v, [EGYPT], [SYRIA]),
    "names-most": lambda v: subs.too_many(v, "names-most", 20),
    "follow-ask": lambda v: subs.follow_ask(v, [SYRIA], on=True),
    "unfollow-ask": lambda v: subs.follow_ask(v, [], on=False),
    "start": lambda v: starts.welcome(v, TODAY, None, time(8)),
    "start-subscribed": lambda v: starts.welcome(v, TODAY, DAILY, time(8)),
    "start-empty": lambda v: starts.welcome(v, EMPTY, None, time(8)),
    "start-channel": lambda v: starts.welcome(v, IN_CHANNEL, None, time(8)),
    "start-time": lambda v: starts.ask_time(v, TODAY, DAILY, TOMORROW),
    "start-times": lambda v: starts.ask_time(v, IN_GROUP, DAILY, TOMORROW, every=True),
    "start-offer": lambda v: starts.offer(v, time(7, 42)),
    "start-zone": lambda v: starts.ask_zone(v, IN_GROUP, "Africa/Cairo", DAILY, TOMORROW),
    "start-countries": lambda v: starts.countries(v, IN_GROUP, 0),
    "start-countries-more": lambda v: starts.countries(v, IN_GROUP, 22),
    "start-cities": lambda v: starts.cities(v, IN_GROUP, "PS"),
    "start-confirm": lambda v: starts.confirm(v, IN_GROUP, "Asia/Damascus"),
    "start-done": lambda v: starts.done(v, TODAY, DAILY, TOMORROW),
    "start-channel-done": lambda v: starts.done(v, IN_CHANNEL, DAILY, TOMORROW),
    "start-zone-set": lambda v: starts.zone_set(v, IN_GROUP),
    "start-group": lambda v: starts.welcome(v, IN_GROUP, None, time(8)),
    "help": helps.help_,
    "privacy": helps.privacy,
    "unknown-command": lambda v: helps.unknown_command(v, "latst", ["latest"]),
    "unknown-command-far": lambda v: helps.unknown_command(v, "xyz", []),
    "error": lambda v: helps.error(v, UnreadableDocument("no such format", name="a.pdf")),
    "admin-only": admin.admin_only,
    "ingest-ask": lambda v: admin.ask(v, "ingest-ask"),
    "ingest-link": lambda v: admin.ask(v, "ingest-link"),
    "ingest-reading": admin.reading,
    "ingest-progress": lambda v: admin.reading(v, 200, 1191),
    "ingested": lambda v: admin.ingested(v, STORED, KNOWN, REFUSED),
    "ingested-nothing": lambda v: admin.ingested(v, [], [], []),
    "delete-ask": lambda v: admin.ask(v, "delete-ask"),
    "deleted": lambda v: admin.deleted(v, RIVER.newest),
    "delete-missing": lambda v: admin.nothing_deleted(v, "99"),
    "delete-is-story": lambda v: admin.nothing_deleted(v, "10", CROSSING),
    "stats": lambda v: admin.stats(v, COUNTS, DAYS),
    "toast-stale": lambda v: v.toast("toast-stale", alert=True),
    "toast-followed": lambda v: v.toast("toast-followed", topic="سوريا"),
}

SHOWN = str.maketrans({RLM: "⟨R⟩", LRM: "⟨L⟩", FSI: "⟦", PDI: "⟧"})
FOLDER = Path(__file__).parent / "golden"


def as_text(reply: Reply) -> str:
    """A reply as a reader of the golden files sees it: the message, then each row of buttons."""
    rows = [" ".join(f"[{b.label} → {b.action or b.url}]" for b in row) for row in reply.buttons]
    toast = [f"toast: {reply.toast}"] if reply.toast else []
    return "\n".join([reply.text, *rows, *toast]).strip().translate(SHOWN) + "\n"


def speaking(language: Language, *, in_group: bool = False, is_admin: bool = False) -> Voice:
    here = local_now(NOW, "Africa/Cairo")
    return Voice(CATALOGUE, language, here, name, "MojazBot", in_group=in_group, is_admin=is_admin)


def compare(file_name: str, text: str) -> None:
    path = FOLDER / file_name
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES)
def test_each_state_reads_as_it_was_approved(state: str, language: Language) -> None:
    compare(f"{state}.{language}.txt", as_text(STATES[state](speaking(language))))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", ["help", "subscribed", "latest-empty", "digest", "start-group"])
def test_in_a_group_commands_carry_the_bots_name(state: str, language: Language) -> None:
    text = as_text(STATES[state](speaking(language, in_group=True)))
    if state == "digest":
        text = as_text(digest(speaking(language), (CROSSING, SYRIA), in_group=True))
    compare(f"group-{state}.{language}.txt", text)
    assert "/latest " not in text.replace("/latest@MojazBot", "")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", ["help", "latest-empty", "read", "error-feed-link"])
def test_an_admin_is_told_more(state: str, language: Language) -> None:
    compare(f"admin-{state}.{language}.txt", as_text(STATES[state](speaking(language, is_admin=True))))


def test_every_golden_file_belongs_to_a_state() -> None:
    names = {path.name.rsplit(".", 2)[0] for path in FOLDER.iterdir()}
    told = {f"{who}-{state}" for who in ("group", "admin") for state in STATES}
    assert names <= STATES.keys() | told

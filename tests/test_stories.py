"""Which articles tell of one event."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from bot.model import (
    Analysis,
    Article,
    ArticleId,
    Neighbour,
    NewArticle,
    StoredArticle,
    Story,
    StoryId,
    TermCounts,
    TopicId,
)
from bot.stories import TERMS, choose, fingerprint, headline, words_digest

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FLOOD = (
    "غمرت مياه نهر الوادي شوارع بلدة الزهور، وأنقذ رجال الإطفاء 42 شخصا من أسطح المنازل "
    "بعد انهيار سد العروس."
)
FLOOD_TOO = (
    "أنقذ رجال الإطفاء 42 شخصا في بلدة الزهور بعد انهيار سد العروس الذي أغرق منازل على ضفة نهر الوادي."
)
CHESS = "فازت اللاعبة هالة منصور ببطولة الشطرنج في قرطاج بعد مباراة طويلة أمام البطل السابق إدريس كمال."
NOTHING_KNOWN = TermCounts(0, {})
LABELS = Path(__file__).parent / "data" / "story-labels.jsonl"


def new(title: str, body: str, at: datetime = NOON, source: str = "أ") -> NewArticle:
    analysis = Analysis((), (), fingerprint(title, body), words_digest(title, body), "", "")
    return NewArticle(Article(title, body, at, at, source=source), analysis)


def stored(number: int, story: int, one: NewArticle) -> Neighbour:
    article, analysis = one.article, one.analysis
    return Neighbour(
        ArticleId(number), StoryId(story), article.source, article.published,
        analysis.fingerprint, analysis.words_digest,
    )  # fmt: skip


def test_reports_of_one_event_join_and_another_event_does_not() -> None:
    near = [stored(1, 10, new("فيضان", FLOOD)), stored(2, 20, new("شطرنج", CHESS))]
    assert choose(new("إنقاذ العشرات", FLOOD_TOO, source="ب"), near, NOTHING_KNOWN) == 10
    assert (
        choose(new("معرض زهور", "افتتح معرض للكتاب في المدينة.", source="ب"), near, NOTHING_KNOWN)
        is None
    )


def test_the_first_article_of_all_founds_a_story() -> None:
    assert choose(new("فيضان", FLOOD), [], NOTHING_KNOWN) is None


def test_nothing_joins_a_story_beyond_the_window() -> None:
    old = stored(1, 10, new("فيضان", FLOOD, NOON - timedelta(hours=73)))
    assert choose(new("فيضان", FLOOD), [old], NOTHING_KNOWN) is None


def test_a_copy_goes_where_its_like_is() -> None:
    near = [
        stored(1, 10, new("فيضان", FLOOD, NOON - timedelta(hours=70))),
        stored(2, 20, new("ماء", FLOOD_TOO)),
    ]
    assert choose(new("فيضان", FLOOD), near, NOTHING_KNOWN) == 10


def test_an_article_without_words_founds_a_story() -> None:
    assert choose(new("", ""), [stored(1, 10, new("", "؟"))], NOTHING_KNOWN) in (None, 10)
    assert choose(new("", ""), [stored(1, 10, new("فيضان", FLOOD))], NOTHING_KNOWN) is None


def test_layout_and_vowel_marks_do_not_make_another_article() -> None:
    assert words_digest("فيضان", "أغرق\nالسدُّ البلدة.") == words_digest("فيضان أغرق", "السد  البلدة")
    assert words_digest("فيضان", "أغرق") != words_digest("أغرق", "فيضان")


def test_a_fingerprint_is_bounded_and_holds_rare_names_and_numbers() -> None:
    terms = dict(fingerprint("فيضان في الزهور", FLOOD))
    assert {"42", "فيضان"} <= set(terms)
    assert "في" not in terms
    assert len(fingerprint("", " ".join(f"كلمة{n}" for n in range(5_000)))) == TERMS


def listed(number: int, hours: float, summary: Sequence[str], title: str = "عنوان") -> StoredArticle:
    at = NOON - timedelta(hours=hours)
    topics: tuple[TopicId, ...] = ()
    return StoredArticle(ArticleId(number), StoryId(1), title, "", "", at, at, tuple(summary), topics)


def test_the_fullest_of_the_last_days_reports_gives_the_headline() -> None:
    articles = (listed(3, 0, ["أ"]), listed(2, 2, ["أ", "ب"]), listed(1, 40, ["أ", "ب", "ج"]))
    assert headline(Story(StoryId(1), articles)).id == 2


def test_a_report_without_a_title_gives_no_headline_where_another_has_one() -> None:
    articles = (listed(2, 0, ["أ", "ب"], title=""), listed(1, 1, ["أ"]))
    assert headline(Story(StoryId(1), articles)).id == 1


# --- the labelled week ----------------------------------------------------------------------------


def in_memory(articles: Sequence[NewArticle]) -> list[StoryId]:
    """Groups articles as storage does: neighbours by rare shared terms, counts as they come."""
    holding: Counter[str] = Counter()
    index: defaultdict[str, list[int]] = defaultdict(list)
    kept: list[Neighbour] = []
    for number, one in enumerate(articles):
        terms = [term for term, _ in one.analysis.fingerprint]
        rare = sorted((term for term in terms if holding[term]), key=holding.__getitem__)[:25]
        shared = Counter(place for term in rare for place in index[term][-240:])
        near = [kept[place] for place, _ in shared.most_common(120)]
        near = [n for n in near if abs(n.published - one.article.published) <= timedelta(hours=72)][:40]
        counts = TermCounts(number, {term: holding[term] for term in terms if holding[term]})
        story = choose(one, near, counts)
        kept.append(stored(number, number if story is None else story, one))
        holding.update(terms)
        for term in terms[:40]:
            index[term].append(number)
    return [neighbour.story for neighbour in kept]


@pytest.fixture(scope="module")
def week(shared: Path) -> dict[str, StoryId]:
    """The story of each article of the week and of the seed page, in order of publishing."""
    lines = (shared / "arabic-news-week.jsonl").read_text(encoding="utf-8").splitlines()
    read = [
        (one["id"], one["title"], one["text"], parsedate_to_datetime(one["published"]))
        for one in map(json.loads, lines)
    ]
    seed = (shared / "seed-article.txt").read_text(encoding="utf-8").splitlines()[:7]
    read.append(("seed", "", "\n".join(seed), datetime(2018, 5, 17, 15, tzinfo=UTC)))
    read.sort(key=lambda one: one[3])
    stories = in_memory([new(title, text, at) for _, title, text, at in read])
    return dict(zip((one[0] for one in read), stories, strict=True))


def pairs(ids: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset((one, other)) for one in ids for other in ids if one < other}


@pytest.mark.news
def test_the_meeting_in_sochi_is_one_story_with_the_seed_page(week: dict[str, StoryId]) -> None:
    label = next(
        one
        for one in map(json.loads, LABELS.read_text().splitlines())
        if one["story"] == "sochi-meeting"
    )
    assert {id_ for id_, story in week.items() if story == week["seed"]} == {"seed", *label["articles"]}


@pytest.mark.news
def test_no_story_of_the_week_is_larger_than_fifteen_articles(week: dict[str, StoryId]) -> None:
    assert max(Counter(week.values()).values()) <= 15


@pytest.mark.news
def test_the_labelled_stories_are_found(week: dict[str, StoryId]) -> None:
    labels = list(map(json.loads, LABELS.read_text().splitlines()))
    right = {pair for label in labels for pair in pairs(label["articles"])}
    allowed = {pair for label in labels for pair in pairs([*label["articles"], *label["near"]])} - right
    labelled = {id_ for label in labels for id_ in label["articles"]}
    members: defaultdict[StoryId, list[str]] = defaultdict(list)
    for id_ in sorted(week):
        if id_ != "seed":
            members[week[id_]].append(id_)
    told = {pair for ids in members.values() for pair in pairs(ids) if pair & labelled} - allowed
    precision, recall = len(told & right) / len(told), len(told & right) / len(right)
    assert len(labels) >= 60
    assert precision >= 0.88
    assert 2 * precision * recall / (precision + recall) >= 0.87

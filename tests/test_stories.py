"""Which articles tell of one event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

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
from bot.stories import TERMS, choose, fingerprint, headline, sketch, words_digest

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


def new(title: str, body: str, at: datetime = NOON, source: str = "أ") -> NewArticle:
    analysis = Analysis(
        (), (), fingerprint(title, body), words_digest(title, body), "", "", sketch(title, body)
    )
    return NewArticle(Article(title, body, at, at, source=source), analysis)


def stored(number: int, story: int, one: NewArticle) -> Neighbour:
    article, analysis = one.article, one.analysis
    return Neighbour(
        ArticleId(number), StoryId(story), article.source, article.published,
        analysis.fingerprint, analysis.words_digest, analysis.sketch,
    )  # fmt: skip


def joined(one: NewArticle, near: Sequence[Neighbour]) -> StoryId | None:
    return choose(one, near, NOTHING_KNOWN).story


def test_reports_of_one_event_join_and_another_event_does_not() -> None:
    near = [stored(1, 10, new("فيضان", FLOOD)), stored(2, 20, new("شطرنج", CHESS))]
    assert joined(new("إنقاذ العشرات", FLOOD_TOO, source="ب"), near) == 10
    assert joined(new("معرض زهور", "افتتح معرض للكتاب في المدينة.", source="ب"), near) is None


def test_the_first_article_of_all_founds_a_story() -> None:
    assert joined(new("فيضان", FLOOD), []) is None


def test_nothing_joins_a_story_beyond_the_window() -> None:
    old = stored(1, 10, new("فيضان", FLOOD, NOON - timedelta(hours=73)))
    assert joined(new("فيضان", FLOOD), [old]) is None


def test_a_copy_goes_where_its_like_is() -> None:
    near = [
        stored(1, 10, new("فيضان", FLOOD, NOON - timedelta(hours=70))),
        stored(2, 20, new("ماء", FLOOD_TOO)),
    ]
    assert joined(new("فيضان", FLOOD), near) == 10


def test_an_article_without_words_founds_a_story() -> None:
    assert joined(new("", ""), [stored(1, 10, new("", "؟"))]) in (None, 10)
    assert joined(new("", ""), [stored(1, 10, new("فيضان", FLOOD))]) is None


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

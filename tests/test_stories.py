"""Which articles tell of one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    NO_ARTICLE,
    NO_STORY,
    ArticleId,
    Fingerprint,
    Neighbour,
    StoryId,
    TermCounts,
)
from bot.stories import TERMS, choose, fingerprint, mend, related, sketch, words_digest
from bot.stories.columns import shared_columns
from tests.common.telling import holding, numbered

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FLOOD = (
    "غمرت مياه نهر الوادي شوارع بلدة الزهور، وأنقذ رجال الإطفاء 42 شخصا من أسطح المنازل "
    "بعد انهيار سد العروس."
)
FLOOD_TOO = (
    "أنقذ رجال الإطفاء 42 شخصا في بلدة الزهور بعد انهيار سد العروس الذي أغرق منازل على ضفة نهر الوادي."
)
CHESS = "فازت اللاعبة هالة منصور ببطولة الشطرنج في قرطاج بعد مباراة طويلة أمام البطل السابق إدريس كمال."
NOTHING_KNOWN = TermCounts(0, holding({}))


def new(title: str, body: str, at: datetime = NOON, source: str = "أ") -> Neighbour:
    terms = numbered(fingerprint(title, body))
    digest = words_digest(title, body)
    return Neighbour(NO_ARTICLE, NO_STORY, source, at, terms, digest, sketch(title, body))


def stored(number: int, story: int, one: Neighbour) -> Neighbour:
    return replace(one, id=ArticleId(number), story=StoryId(story))


def joined(one: Neighbour, near: Sequence[Neighbour]) -> StoryId | None:
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


# --- what an arrival moves ------------------------------------------------------------------------


def told(number: int, story: int, words: str, hours_ago: float = 0.0, source: str = "أ") -> Neighbour:
    """A stored article whose fingerprint is these words, each as heavy."""
    terms = numbered(Fingerprint.of((word, 1.0) for word in words.split()))
    at = NOON - timedelta(hours=hours_ago)
    return Neighbour(ArticleId(number), StoryId(story), source, at, terms, f"digest {number}")


def arriving(words: str, source: str = "") -> Neighbour:
    return replace(told(NO_ARTICLE, NO_STORY, words, source=source), words_digest="new")


def test_two_stories_become_one_where_an_arrival_shows_that_they_are() -> None:
    near = [told(1, 10, "a b c d e f g h"), told(2, 20, "a b m n o p q r")]
    placing = choose(arriving("a b c d e m n o"), near, NOTHING_KNOWN)
    assert (placing.story, placing.companions, placing.moves) == (10, (2,), ())


def test_a_round_up_of_two_events_does_not_make_them_one() -> None:
    near = [told(1, 10, "a b c d e f g h"), told(2, 20, "m n o p q r s t")]
    placing = choose(arriving("a b c d e m n o p q"), near, NOTHING_KNOWN)
    assert placing.story in (10, 20, None)
    assert (placing.companions, placing.moves) == ((), ())


def test_an_article_goes_to_those_that_it_fits_better() -> None:
    near = [
        told(1, 10, "a b c d e f g h"),
        told(2, 10, "a b c d e f g i"),
        told(3, 10, "a m n o p q r s"),
    ]
    placing = choose(arriving("m n o p q r s t"), near, NOTHING_KNOWN)
    assert (placing.story, placing.companions, placing.moves) == (None, (3,), ())


def test_the_larger_part_of_a_story_keeps_its_number() -> None:
    near = [told(1, 10, "a b c d e f g h"), *(told(n, 10, "m n o p q r s t") for n in (2, 3))]
    placing = choose(arriving("m n o p q r s u"), near, NOTHING_KNOWN)
    assert (placing.story, placing.companions) == (10, ())
    assert [(move.articles, move.to) for move in placing.moves] == [((1,), None)]


def test_a_story_that_an_arrival_is_far_from_is_left_as_it_is() -> None:
    near = [told(1, 10, "a b c"), told(2, 10, "x y z"), told(3, 20, "m n o p q r")]
    placing = choose(arriving("m n o p q s"), near, NOTHING_KNOWN)
    assert (placing.story, placing.companions, placing.moves) == (20, (), ())


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter_to_what_is_known_at_once(order: list[int]) -> None:
    words = ["a b c d e f", "a b c d e g", "a b c d f g", "m n o p q r", "m n o p q s", "x y z"]
    kept: list[Neighbour] = []
    for number, place in enumerate(order, 1):
        placing = choose(arriving(words[place]), kept, NOTHING_KNOWN)
        story = placing.story or StoryId(100 + number)
        assert not placing.moves
        kept.append(replace(told(number, story, words[place]), source=str(place)))
    stories = {one.source: one.story for one in kept}
    assert stories["0"] == stories["1"] == stories["2"]
    assert stories["3"] == stories["4"]
    assert len(set(stories.values())) == 3


def test_a_story_does_not_grow_without_bound() -> None:
    near = [told(n, 10, "a b c d x" + " ".join(f" {n}{k}" for k in "efg")) for n in range(1, 15)]
    assert choose(arriving("a b c d y z"), near[:5], NOTHING_KNOWN).story == 10
    assert choose(arriving("a b c d y z"), near, NOTHING_KNOWN).story is None


def test_a_near_copy_joins_whatever_else_is_in_the_story_and_names_the_first() -> None:
    words = " ".join(f"كلمة{n}" for n in range(60))
    near = [stored(number, 10, new(f"عنوان {number}", words)) for number in range(1, 20)]
    placing = choose(new("عنوان آخر", words), near, NOTHING_KNOWN)
    assert (placing.story, placing.copy_of) == (10, 1)


def test_yesterdays_report_of_one_outlet_is_not_the_event_of_todays() -> None:
    today = arriving("gold ounce dollar market a b c d", source="أ")
    yesterday = "gold ounce dollar market m n o p"
    assert choose(today, [told(1, 10, yesterday, 24, source="أ")], NOTHING_KNOWN).story is None
    assert choose(today, [told(1, 10, yesterday, 24, source="ب")], NOTHING_KNOWN).story == 10


def test_an_outlet_that_tells_on_within_hours_tells_of_one_event() -> None:
    later = arriving("bridge river mayor opening a b c d", source="أ")
    near = [told(1, 10, "bridge river mayor opening m n o p", 7, source="أ")]
    assert choose(later, near, NOTHING_KNOWN).story == 10


def test_another_outlet_holds_the_reports_of_two_days_together() -> None:
    later = arriving("bridge river mayor a b c d e", source="أ")
    near = [
        told(1, 10, "bridge river mayor m n o p q", 24, source="أ"),
        told(2, 10, "bridge river mayor m n o v w", 12, source="ب"),
    ]
    assert choose(later, near, NOTHING_KNOWN).story == 10
    near = [near[0], replace(near[1], source="أ")]
    assert choose(later, near, NOTHING_KNOWN).story is None


def test_articles_of_no_known_outlet_are_not_taken_for_one_outlets() -> None:
    near = [told(1, 10, "gold ounce dollar market m n o p", 24, source="")]
    assert choose(arriving("gold ounce dollar market a b c d"), near, NOTHING_KNOWN).story == 10


def test_one_rare_word_in_common_does_not_make_two_articles_one_event() -> None:
    common = dict.fromkeys(("market", "week", "minister", "capital"), 900)
    counts = TermCounts(1_000, holding(common))
    words = "siren market week minister capital"
    rare = choose(arriving(f"{words} a b c"), [told(1, 10, f"{words} m n o", source="ب")], counts)
    assert rare.story is None
    both = choose(
        arriving(f"{words} bell north a"), [told(1, 10, f"{words} bell north m", source="ب")], counts
    )
    assert both.story == 10


@given(st.lists(st.integers(0, 9), max_size=30))
def test_what_is_there_more_than_once_has_a_column(values: list[int]) -> None:
    columns, count = shared_columns(np.array(values, np.intp))
    shared = sorted({each for each in values if values.count(each) > 1})
    assert columns.tolist() == [shared.index(v) if v in shared else -1 for v in values]
    assert count == len(shared)


def test_stories_of_one_affair_are_alike_but_not_one_event() -> None:
    own = [told(1, 10, "a b c d e f g h i j"), told(2, 10, "a b c d e f g h i k")]
    near, nearer = told(3, 20, "a b c n o p q r s"), told(4, 30, "a b c d n o p q")
    far = told(5, 40, "a b n o p q r s t")
    assert related(own, [near, nearer, far], NOTHING_KNOWN) == [30, 20]
    assert related(own, [], NOTHING_KNOWN) == related([], own, NOTHING_KNOWN) == []


def test_an_affair_goes_on_when_its_last_event_is_over() -> None:
    own, later = told(1, 10, "a b c d e f g h"), told(2, 20, "a b c d n o p q", hours_ago=-150)
    assert related([own], [later], NOTHING_KNOWN) == [20]


# --- what is left of a story ----------------------------------------------------------------------


def test_what_hung_together_through_another_article_alone_is_parted() -> None:
    members = [told(1, 10, "a b c d"), told(3, 10, "m n o p"), told(4, 10, "m n o q")]
    assert mend(members, NOTHING_KNOWN) == [[3, 4], [1]]


def test_a_story_whose_articles_are_alike_stays_whole() -> None:
    members = [told(1, 10, "a b c d"), told(2, 10, "a b c e"), told(3, 10, "a b e f")]
    assert mend(members, NOTHING_KNOWN) == [[1, 2, 3]]


def test_what_is_left_of_a_story_is_parted_less_readily_than_it_was_joined() -> None:
    nearly = [told(1, 10, "a b c d e f g h i j k l m"), told(2, 20, "a b c d n o p q r s t u v w")]
    assert choose(arriving("a b c d e f g h i j k l m"), nearly[1:], NOTHING_KNOWN).story is None
    assert mend(nearly, NOTHING_KNOWN) == [[1, 2]]

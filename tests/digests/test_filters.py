"""What a chat's words, muted sources, topics and length leave of a digest. Pure."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.arabic.words import search_terms
from bot.digests import compose, filters
from bot.digests.filters import NOTHING, Held
from bot.model import (
    ArticleId,
    Chat,
    ChatId,
    ChatKind,
    Length,
    Preferences,
    StoredArticle,
    Story,
    StoryId,
    Subscription,
    TopicId,
)

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
COVERS = compose.Window(NOW - timedelta(hours=24), NOW)


def article(
    number: int,
    title: str,
    *summary: str,
    source: str = "أ",
    topics: tuple[str, ...] = (),
    hours: float = 1,
) -> StoredArticle:
    when = NOW - timedelta(hours=hours)
    return StoredArticle(
        ArticleId(number),
        StoryId(1000),
        title,
        "",
        source,
        when,
        when,
        summary,
        tuple(map(TopicId, topics)),
    )


def story(*articles: StoredArticle) -> Story:
    return Story(StoryId(articles[0].id + 1_000), articles)


def titles(preferences: Preferences, *stories: Story, follows: tuple[str, ...] = ()) -> list[str]:
    topics = tuple(map(TopicId, follows))
    chat = Chat(ChatId(1), ChatKind.PRIVATE, follows=topics, preferences=preferences)
    plan = compose.digest(chat, stories, COVERS, held(preferences, *stories))
    return [told.newest.title for told, _ in plan.stories]


def held(preferences: Preferences, *stories: Story) -> Held:
    """As storage tells it; here an article's text is its title and its summary."""

    def holding(words: tuple[str, ...]) -> set[ArticleId]:
        wanted = [f" {' '.join(phrase)} " for phrase in filters.phrases(words)]
        texts = {a.id: (a.title, *a.summary) for told in stories for a in told.articles}
        terms = {key: [f" {' '.join(search_terms(t))} " for t in texts[key]] for key in texts}
        return {key for key, found in terms.items() if any(p in t for p in wanted for t in found)}

    return Held(holding(preferences.wanted), holding(preferences.unwanted))


BRIDGE = story(article(1, "افتتاح جسر", "افتتح الجسر في سورية أمس.", source="ب"))
MATCH = story(article(2, "نتيجة المباراة", "فاز المنتخب بكرة القدم.", source="ج", topics=("football",)))
TWO = story(
    article(3, "اتفاق تجاري", source="ب", hours=1), article(4, "توقيع الاتفاق", source="ج", hours=2)
)


def test_a_chat_that_chose_nothing_gets_everything() -> None:
    assert set(titles(Preferences(), BRIDGE, MATCH, TWO)) == {
        "افتتاح جسر",
        "نتيجة المباراة",
        "اتفاق تجاري",
    }


def test_a_muted_sources_articles_go_and_a_story_of_them_alone() -> None:
    muted = Preferences(muted=("ب",))
    assert set(titles(muted, BRIDGE, TWO)) == {"توقيع الاتفاق"}
    assert filters.shown(TWO, muted, NOTHING) == Story(TWO.id, TWO.articles[1:])


def test_what_is_new_in_a_muted_source_alone_is_not_new() -> None:
    old = story(article(5, "جديد", source="ب"), article(6, "قديم", source="ج", hours=30))
    assert titles(Preferences(), old) == ["جديد"]
    assert titles(Preferences(muted=("ب",)), old) == []


# the word as a reader writes it, and whether BRIDGE holds it
WORDS = [
    ("جسر", True),
    ("الجسر", True),
    ("وبالجسر", True),
    ("سوريا", True),
    ("السورية", False),
    ("جس", False),
    ("جسور", False),
    ("افتتح الجسر", True),
    ("الجسر افتتح", False),
    ("امس", True),
]


@pytest.mark.parametrize(("word", "is_held"), WORDS)
def test_words_match_whole_with_particles_and_variants(word: str, is_held: bool) -> None:
    assert titles(Preferences(unwanted=(word,)), BRIDGE) == ([] if is_held else ["افتتاح جسر"])
    assert titles(Preferences(wanted=(word,)), BRIDGE) == (["افتتاح جسر"] if is_held else [])


def test_one_of_the_wanted_words_is_enough_and_an_unwanted_one_wins() -> None:
    found = titles(Preferences(wanted=("جسر", "مباراة")), BRIDGE, MATCH, TWO)
    assert set(found) == {"نتيجة المباراة", "افتتاح جسر"}
    assert titles(Preferences(wanted=("جسر",), unwanted=("سوريا",)), BRIDGE) == []


def test_an_unwanted_word_of_a_muted_article_does_not_count() -> None:
    assert titles(Preferences(unwanted=("تجاري",), muted=("ب",)), TWO) == ["توقيع الاتفاق"]


def test_a_word_without_a_letter_is_no_condition() -> None:
    assert titles(Preferences(wanted=("...",)), BRIDGE) == ["افتتاح جسر"]


def test_topics_of_which_less_is_wanted_come_last_even_when_followed() -> None:
    less = Preferences(less=(TopicId("football"),))
    assert titles(Preferences(), MATCH, BRIDGE, follows=("football",))[0] == "نتيجة المباراة"
    assert titles(less, MATCH, BRIDGE, follows=("football",))[-1] == "نتيجة المباراة"


@pytest.mark.parametrize(("length", "most"), [(Length.SHORT, 4), (Length.NORMAL, 8), (Length.LONG, 14)])
def test_a_digest_is_as_long_as_was_chosen_and_counts_the_rest(length: Length, most: int) -> None:
    many = [story(article(10 + n, f"خبر {n}")) for n in range(20)]
    chat = Chat(ChatId(1), ChatKind.PRIVATE, preferences=Preferences(length=length))
    plan = compose.digest(chat, many, COVERS)
    assert (len(plan.stories), plan.left_out) == (most, 20 - most)


def test_lists_know_no_wanted_words() -> None:
    match, bridge = Preferences(wanted=("مباراة",)), Preferences(unwanted=("جسر",))
    assert filters.listed(BRIDGE, match, held(match, BRIDGE)) == BRIDGE
    assert filters.listed(BRIDGE, bridge, held(bridge, BRIDGE)) is None
    assert not filters.limits_lists(Preferences(wanted=("جسر",)))


GULF = story(article(9, "قطر تستضيف القمة", topics=("qatar",), source="د"))


def test_a_group_of_topics_is_followed_by_its_members() -> None:
    assert titles(Preferences(), MATCH, GULF, follows=("gulf",))[0] == "قطر تستضيف القمة"
    assert titles(Preferences(less=(TopicId("gulf"),)), GULF, MATCH)[-1] == "قطر تستضيف القمة"


def test_a_digest_of_a_group_holds_its_members_under_the_groups_name() -> None:
    wanted = Subscription((time(8),), (TopicId("gulf"), TopicId("no-longer-known")))
    chat = Chat(ChatId(1), ChatKind.PRIVATE, subscription=wanted)
    assert compose.digest(chat, [MATCH, GULF], COVERS).stories == ((GULF, TopicId("gulf")),)

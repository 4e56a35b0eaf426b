"""What the program says on its own account is said as each chat chose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.digests import compose
from bot.model import (
    ArticleId,
    Chat,
    ChatId,
    ChatKind,
    Digits,
    Feed,
    FeedId,
    FeedState,
    Lane,
    Language,
    Length,
    Months,
    Preferences,
    StoredArticle,
    Story,
    StoryId,
    UserId,
)
from bot.speaking import Speaking
from bot.texts.catalogue import Catalogue
from bot.texts.times import local_now
from bot.topics import lexicon

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SPEAKING = Speaking(Catalogue.load(), lexicon.load(), "Africa/Cairo", Language.AR)


def story(number: int) -> Story:
    when = NOW - timedelta(minutes=number)
    told = (f"أولى الجمل رقم {number}.", "وهذه ثانية الجمل.")
    return Story(
        StoryId(number),
        (
            StoredArticle(
                ArticleId(number + 100), StoryId(number), f"خبر {number}", "", "", when, when, told, ()
            ),
        ),
    )


def digest(preferences: Preferences) -> str:
    chat = Chat(ChatId(1), ChatKind.PRIVATE, preferences=preferences)
    covers = compose.window(None, NOW)
    plan = compose.digest(chat, [story(n) for n in range(1, 21)], covers)
    render = SPEAKING.digest_renderer("MojazBot")
    return render(chat, plan, Language.AR, local_now(NOW, "Africa/Cairo"), False).text


def test_a_scheduled_digest_keeps_to_the_chats_length() -> None:
    short, normal, long = (digest(Preferences(length=length)) for length in Length)
    assert [text.count("أولى الجمل") for text in (short, normal, long)] == [4, 8, 14]
    assert [text.count("ثانية") for text in (short, normal)] == [0, 8]
    assert "وبقي 16 خبرًا" in short


def test_a_scheduled_digest_has_the_chats_digits_months_and_calendar() -> None:
    told = digest(Preferences(digits=Digits.ARABIC, months=Months.LEVANT, hijri=True))
    assert "الثلاثاء ٢٤ تشرين الثاني · ١٤ جمادى الآخرة ١٤٤٨" in told
    assert "أولى الجمل رقم ٣." in told
    assert "start=r3" in told


# --- feeds ----------------------------------------------------------------------------------------

FEED = Feed(
    FeedId(3), "https://news.example/rss?key=secret", "صحيفة", state=FeedState.FAILING, failures=7
)


def test_each_admin_is_told_of_a_feed_that_fails_for_long_with_buttons_to_mend_it() -> None:
    told = SPEAKING.feed_alert([UserId(9), UserId(4)], FEED, FeedState.ACTIVE)
    assert [(message.chat, message.lane) for message in told] == [(4, Lane.ALERT), (9, Lane.ALERT)]
    assert ("صحيفة" in told[0].text, "secret" in told[0].text) == (True, False)
    actions = [button.action for row in told[0].buttons for button in row]
    assert actions == ["1|F|x|3|0", "1|F|r|3|0", "1|F|l|0"]


@pytest.mark.parametrize(
    ("state", "before", "said"),
    [
        (FeedState.GONE, FeedState.FAILING, "أزالها موقعها"),
        (FeedState.ACTIVE, FeedState.GONE, "عادت تُقرأ"),
        (FeedState.ACTIVE, FeedState.REMOVED, None),
        (FeedState.REMOVED, FeedState.ACTIVE, None),
    ],
)
def test_admins_are_told_when_a_feed_is_gone_or_back(
    state: FeedState, before: FeedState, said: str | None
) -> None:
    told = SPEAKING.feed_alert([UserId(9)], replace(FEED, state=state), before)
    assert len(told) == (said is not None)
    assert all(said in message.text for message in told if said)

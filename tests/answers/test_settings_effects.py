"""What the chosen words, sources, topics, languages and lengths do to what a chat reads."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.answers.choices import signed_words, with_word
from bot.answers.settings import MOST_WORDS
from bot.intake.ingest import analyse
from bot.model import (
    Article,
    ChatKind,
    Digits,
    Language,
    Length,
    Months,
    NewArticle,
    Preferences,
    Reply,
    TopicId,
)
from bot.texts.settings_actions import (
    Mute,
    Open,
    Page,
    SetDigits,
    SetHijri,
    SetLanguage,
    SetLength,
    SetMonths,
    SetQuiet,
    SettingsAction,
    encode,
    mark,
)

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SYRIA, SPORT = TopicId("syria"), TopicId("football")
EIGHT, EVENING = time(8), time(20, 30)


async def press(room, action: SettingsAction, **fields: object) -> Reply:
    return await room.press(encode(action), **fields)


async def write(room, words: str = "", **fields: object) -> Reply:
    return await room.settings.settings(await room.ask(words, **fields))


async def due_at(room) -> dict[time, datetime]:
    """Each time of the chat with when it comes next, as the ledger's tick would find it."""
    found = await room.storage.chats.due(datetime(2027, 1, 1, tzinfo=UTC), 100)
    return {digest.at: digest.due for digest in found}


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


async def digest_and_list(room) -> tuple[Reply, Reply]:
    digest = await room.subscribing.digest(await room.ask())
    return digest, await room.reading.latest(await room.ask())


async def publish_apart(room, n: int, source: str = "صحيفة") -> None:
    """One more story, which joins no other."""
    when = NOW - timedelta(minutes=n + 1)
    told = Article(
        f"مدينة{n} تفتح متحف{n}", f"افتتحت مدينة{n} متحفًا في ساحتها.", when, when, source=source
    )
    await room.storage.articles.add([NewArticle(told, analyse(told))], lambda *_: None)


# --- words, sources, topics -----------------------------------------------------------------------


def test_signs_part_wanted_from_unwanted_words() -> None:
    assert signed_words("+غزة -كرة القدم، السلة") == [
        (True, "غزة"),
        (False, "كرة القدم"),
        (False, "السلة"),
    ]
    assert signed_words("− «كوفيد-19»") == [(False, "كوفيد-19")]


def test_a_word_is_wanted_or_unwanted_and_each_meaning_stands_once() -> None:
    chosen = with_word(Preferences(unwanted=("سورية",)), "سوريا", wanted=True)
    assert (chosen.wanted, chosen.unwanted) == (("سوريا",), ())
    assert with_word(chosen, "السوريا", wanted=True) == chosen


async def test_words_are_typed_and_taken_out_by_their_buttons(empty) -> None:
    reply = await write(empty, "+غزة -كرة القدم")
    chosen = (await empty.chat()).preferences
    assert (chosen.wanted, chosen.unwanted) == (("غزة",), ("كرة القدم",))
    await empty.press(empty.action(reply, "كرة القدم"))
    await empty.press(empty.action(reply, "غزة"))
    assert (await empty.chat()).preferences == Preferences()


@pytest.mark.parametrize("words", ["+", "+...", "-" + "x" * 61, "+غزة -…"])
async def test_what_is_no_word_changes_nothing(empty, words: str) -> None:
    assert "لا كلمة تُقرأ" in (await write(empty, words)).text
    assert (await empty.chat()).preferences == Preferences()


async def test_there_is_room_for_twenty_words(empty) -> None:
    await write(empty, " ".join(f"+كلمة{n}" for n in range(MOST_WORDS)))
    assert len((await empty.chat()).preferences.wanted) == MOST_WORDS
    assert "20 كلمة" in (await write(empty, "+أخيرة")).text
    assert len((await empty.chat()).preferences.wanted) == MOST_WORDS


async def test_in_a_group_members_type_in_vain(empty) -> None:
    for words in ("+غزة", "دمشق", "20:30"):
        reply = await write(empty, words, kind=ChatKind.GROUP, may_manage=False)
        assert "مشرفو المجموعة" in reply.text
    chat = await empty.chat()
    assert (chat.preferences, chat.subscription) == (Preferences(), None)


async def test_a_muted_source_leaves_digest_and_lists_and_comes_back(news) -> None:
    page = await press(news, Open(Page.SOURCES))
    muted = await news.press(news.action(page, "Daily News"))
    assert "كلها إلا مصدرًا واحدًا" in muted.text
    for reply in await digest_and_list(news):
        assert "الفائدة" not in reply.text
        assert "المعبر" in reply.text
    await news.press(news.action(muted, "Daily News"))
    assert "الفائدة" in (await news.reading.latest(await news.ask())).text


async def test_a_topics_list_leaves_unwanted_words_out_and_a_search_does_not(news) -> None:
    await write(news, "-تضخم")
    assert "الفائدة" not in (await news.reading.topic(await news.ask("مصر"))).text
    assert "الفائدة" in (await news.reading.search(await news.ask("التضخم"))).text


async def test_words_count_wherever_they_stand_in_a_text(empty) -> None:
    """Here in the middle of a body, in another spelling, and neither in the title nor in the summary."""
    when = NOW - timedelta(minutes=5)
    body = "افتتحت البلدية معرضها اليوم.\nوفيه قرنفلٌ وورود من سورية.\nوحضر الافتتاح سكان الحي."
    told = Article("معرض في ساحة المدينة", body, when, when, source="صحيفة")
    analysis = replace(analyse(told), summary=("افتتحت البلدية معرضها اليوم.",))
    await empty.storage.articles.add([NewArticle(told, analysis)], lambda *_: None)
    for words, is_shown in (("-قرنفل", False), ("-قرنفل وورود", False), ("-ورود قرنفل", True)):
        await write(empty, words)
        for reply in await digest_and_list(empty):
            assert ("معرض في ساحة" in reply.text) is is_shown
        await empty.storage.chats.choose(replace(await empty.chat(), preferences=Preferences()), ())
    for words, is_shown in (("+سوريا", True), ("+مباراة", False)):
        await write(empty, words)
        digest, latest = await digest_and_list(empty)
        assert ("معرض في ساحة" in digest.text, "معرض في ساحة" in latest.text) == (is_shown, True)
        await empty.storage.chats.choose(replace(await empty.chat(), preferences=Preferences()), ())


async def test_where_the_choices_leave_nothing_that_is_said(news) -> None:
    for source in ("وكالة الأنباء", "Daily News", "صحيفة الملاعب"):
        await press(news, Mute(mark(source), on=True))
    for reply in await digest_and_list(news):
        assert "ومصادر. لتغييره: \u2068/settings\u2069" in reply.text
    assert "المعبر" in (await news.reading.search(await news.ask("المعبر"))).text


async def test_pages_hold_each_story_once_whatever_is_left_out(empty) -> None:
    for n in range(14):
        await publish_apart(empty, n, source="مكتومة" if n % 3 == 0 else "صحيفة")
    await press(empty, Mute(mark("مكتومة"), on=True))
    first = await empty.reading.latest(await empty.ask())
    second = await empty.press(empty.action(first, "التالي"))
    shown = [n for n in range(14) for page in (first, second) if f"مدينة{n} تفتح" in page.text]
    assert shown == [n for n in range(14) if n % 3]
    assert "التالي" not in "".join(labels(second))


async def test_topics_are_taken_out_by_their_buttons(news) -> None:
    chat = (await news.ask()).chat
    await news.storage.chats.choose(replace(chat, preferences=Preferences(less=(SPORT,))), ())
    await news.subscribing.subscribe(await news.ask("08:00 سوريا"))
    await news.subscribing.follow(await news.ask("سوريا"))
    page = await press(news, Open(Page.TOPICS))
    await news.press(news.action(page, "✕ سوريا"))
    await news.press(news.action(page, "كل الأخبار"))
    await news.press(news.action(page, "كرة القدم"))
    chat = await news.chat()
    assert (chat.follows, chat.subscription.topics, chat.preferences.less) == ((), (), ())


# --- how it is told -------------------------------------------------------------------------------


async def test_the_language_changes_at_once_and_stays(empty) -> None:
    reply = await press(empty, SetLanguage(Language.EN))
    assert "Language" in reply.text
    assert reply.toast == "Saved."
    assert (await empty.chat()).language is Language.EN


async def test_digits_months_and_hijri_dates_are_everywhere(news) -> None:
    for action in (SetDigits(Digits.ARABIC), SetMonths(Months.BOTH), SetHijri(on=True)):
        await press(news, action)
    said = "الثلاثاء ٢٤ تشرين الثاني (نوفمبر)"
    for reply in await digest_and_list(news):
        assert said in reply.text
        assert "١٤ جمادى الآخرة ١٤٤٨" in reply.text
        assert "https://news.example/1" in reply.text
    assert news.action(await news.reading.latest(await news.ask()), "١").startswith("1|r|")


async def test_length_says_how_many_stories_there_are(news) -> None:
    for n in range(6):
        await publish_apart(news, n)
    await press(news, SetLength(Length.SHORT))
    reply = await news.subscribing.digest(await news.ask())
    assert "4 أخبار" in reply.text
    assert "وبقيت 5 أخبار" in reply.text


async def test_quiet_hours_are_kept(empty) -> None:
    await press(empty, SetQuiet((23, 6)))
    assert (await empty.chat()).preferences.quiet == (time(23), time(6))
    assert "بلا ساعات هدوء" in (await press(empty, SetQuiet(None))).buttons[0][0].label
    assert (await empty.chat()).preferences.quiet is None

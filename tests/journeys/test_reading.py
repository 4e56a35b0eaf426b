"""A reader's journeys: lists, topics, searches, stories; in private, in a group, by buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.emulator import Emulator

BOT = "@mojaz_sandbox_bot"
SYRIA = "210 شاحنات تعبر الحدود بين سوريا والأردن"
BANK = "البنك المركزي المصري يثبت الفائدة"


async def test_start_subscribes_in_one_tap(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    hello = await chat.ask("/start")
    await chat.press(hello, "اشترك")
    assert "08:00 بتوقيت القاهرة" in (await chat.next_edit()).text


async def test_latest_lists_stories_newest_first_once_each(emulator: Emulator, news: object) -> None:
    page = await emulator.private("reader").ask("/latest")
    assert page.text.count(SYRIA) == 1
    assert page.text.index(SYRIA) < page.text.index(BANK)
    assert "صحيفة، وكالة" in page.text


async def test_latest_pages_in_place(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    page = await chat.ask("/latest")
    await chat.press(page, "التالي")
    turned = await chat.next_edit()
    assert turned.id == page.id
    assert "لبنان يطلق منصة" in turned.text
    assert SYRIA not in turned.text


@pytest.mark.parametrize("rest", [None])  # at Telegram's own pace
async def test_a_storys_button_opens_its_card_and_leads_back(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    page = await chat.ask("/latest")
    await chat.press(page, "1")
    card = await chat.next_edit()
    assert "المصادر" in card.text
    assert card.links[:1] == ["https://b.example/1"]
    await chat.press(card, "عودة")
    assert BANK in (await chat.next_edit()).text


@pytest.mark.parametrize("name", ["syria", "سوريا", "سورية", "Syrie"])
async def test_topic_answers_alike_by_every_name(emulator: Emulator, news: object, name: str) -> None:
    answer = await emulator.private("reader").ask(f"/topic {name}")
    assert SYRIA in answer.text
    assert BANK not in answer.text


async def test_a_topic_without_news_says_so_and_offers_others(emulator: Emulator, news: object) -> None:
    answer = await emulator.private("reader").ask("/topic السودان")
    assert "السودان" in answer.text
    assert answer.buttons


async def test_topics_are_counted_and_open(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    topics = await chat.ask("/topics")
    await chat.press(topics, "سوريا (1)")
    assert SYRIA in (await chat.next_edit()).text


async def test_search_finds_words_with_particles_and_phrases(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    assert SYRIA in (await chat.ask("/search الشاحنات")).text
    assert "جامعة في الرباط" in (await chat.ask('/search "قمرا صناعيا"')).text


async def test_search_takes_the_syntax_of_its_engine_as_text(emulator: Emulator, news: object) -> None:
    answer = await emulator.private("reader").ask('/search NEAR(" OR * -')
    assert answer.text


async def test_read_opens_a_story_by_its_articles_number(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    assert SYRIA in (await chat.ask("/read ٢")).text
    assert "لا خبر بالرقم 999" in (await chat.ask("/read 999")).text


async def test_sources_are_counted(emulator: Emulator, news: object) -> None:
    answer = await emulator.private("reader").ask("/sources")
    assert "قناة · 5 مقالات" in answer.text


async def test_a_source_opens_its_stories_in_place_and_leads_back(
    emulator: Emulator, news: object
) -> None:
    chat = emulator.private("reader")
    sources = await chat.ask("/sources")
    await chat.press(sources, "قناة")
    stories = await chat.next_edit()
    assert stories.id == sources.id
    assert "أخبار من «قناة»" in stories.text
    await chat.press(stories, "كل المصادر")
    assert (await chat.next_edit()).text == sources.text
    assert "أخبار من «قناة»" in (await chat.ask("قناة")).text


async def test_help_and_privacy_tell_what_there_is(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    assert "/topic" in (await chat.ask("/help")).text
    assert "/ingest" not in (await chat.ask("/help")).text
    assert (await chat.ask("/privacy")).text


async def test_unknown_commands_and_plain_words_are_helped(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    assert "/latest" in (await chat.ask("/latst")).text
    assert SYRIA in (await chat.ask("سوريا")).text
    assert SYRIA in (await chat.ask("آخر الأخبار")).text


async def test_an_english_reader_is_answered_in_english(emulator: Emulator, news: object) -> None:
    answer = await emulator.private("second").ask("/topic سوريا")
    assert "Syria" in answer.text


@pytest.mark.parametrize("rest", [None])  # at Telegram's own pace
async def test_in_a_group_commands_name_the_bot(emulator: Emulator, news: object) -> None:
    group = emulator.group("reader")
    for words in ("/latest", "/topic", "/topics", "/search", "/read", "/sources", "/digest", "/help"):
        rest = {"/topic": " سوريا", "/search": " شاحنة", "/read": " 2"}.get(words, "")
        assert (await group.ask(f"{words}{BOT}{rest}", timeout=8)).text


async def test_in_a_group_what_is_not_for_the_bot_stays_unanswered(
    emulator: Emulator, news: object
) -> None:
    group = emulator.group("reader")
    await group.say("/latest@another_bot")
    await group.say("ما آخر الأخبار؟")
    assert SYRIA in (await group.ask(f"/LATEST{BOT}")).text
    assert sum("آخر الأخبار ·" in message.text for message in group.messages) == 1


async def test_stale_and_forged_buttons_are_answered(emulator: Emulator, news: object) -> None:
    chat = emulator.private("reader")
    page = await chat.ask("/latest")
    for data in ("0|old", "1|r|99999", "؟", "1|f|1|no-such-topic"):
        assert (await chat.press_data(page.id, data)).text


async def test_readers_do_not_see_the_admins_commands(
    emulator: Emulator, news: object, menus_set: Any
) -> None:
    await menus_set()
    assert "latest" in emulator.private("reader").commands
    assert "ingest" not in emulator.private("reader").commands

"""The stories of one source: by the buttons of /sources, and by its typed name."""

from dataclasses import replace

import pytest

from bot.answers.naming import source_named
from bot.model import Preferences, Selection, SourceCount
from bot.texts.actions import OfSource, encode
from bot.texts.settings_actions import mark
from tests.answers.conftest import CROSSING, NOW

AGENCY = "وكالة الأنباء"


async def _publish(news, number: int, source: str) -> None:
    """A story that shares no word with another."""
    told = " ".join(f"{letter}{number}{letter}" for letter in "bcdfgh")
    await news.publish(f"خبر {told}", f"وصل {told} اليوم.", source=source, minutes=number)


async def test_a_sources_button_opens_its_stories_and_they_lead_back(news) -> None:
    listed = await news.reading.sources(await news.ask())
    opened = await news.press(news.action(listed, AGENCY))
    assert opened.text.startswith("<b>أخبار من «وكالة الأنباء»</b>")
    assert "المعبر" in opened.text
    assert "الفائدة" not in opened.text
    assert (await news.press(news.action(opened, "كل المصادر"))).text == listed.text


async def test_a_sources_stories_page_and_their_cards_lead_back(news) -> None:
    for n in range(6):
        await _publish(news, n, AGENCY)
    first = await news.press(encode(OfSource(mark(AGENCY))))
    second = await news.press(news.action(first, "التالي"))
    assert "<b>7.</b>" in second.text
    assert "المعبر" in second.text
    assert "الفائدة" not in second.text
    card = await news.press(news.action(second, "7"))
    assert (await news.press(news.action(card, "عودة"))).text == second.text
    assert (await news.press(news.action(second, "السابق"))).text == first.text


async def test_each_page_of_sources_opens_its_own_and_is_come_back_to(news) -> None:
    for n in range(12):
        await _publish(news, n, f"صحيفة رقم {n:02}")
    first = await news.reading.sources(await news.ask())
    second = await news.press(news.action(first, "التالي"))
    opened = await news.press(news.action(second, "صحيفة رقم 11"))
    assert "b11b" in opened.text
    assert (await news.press(news.action(opened, "كل المصادر"))).text == second.text


async def test_a_name_is_text_in_the_heading_and_its_button_fits(news) -> None:
    name = "<b>C&A</b> " + "صحيفة طويلة الاسم " * 9
    await news.publish("خبر قصير", "وصل خبر قصير.", source=name, minutes=1)
    listed = await news.reading.sources(await news.ask())
    opened = await news.press(news.action(listed, "C&A"))
    assert "&gt;C&amp;A&lt;" in opened.text
    assert "<b>C" not in opened.text
    assert "خبر قصير" in opened.text


@pytest.mark.parametrize("data", ["1|o|0|0123456789ab", "1|o|0|", "1|o|0|x", "1|o|-1|0123456789ab"])
async def test_a_source_that_is_none_is_answered_with_a_toast(news, data: str) -> None:
    reply = await news.press(data)
    assert "هذا الزر لم يعد يعمل" in reply.toast
    assert reply.text == ""


async def test_a_source_whose_articles_are_all_gone_is_none_any_more(news) -> None:
    listed = await news.reading.sources(await news.ask())
    for article in await news.storage.articles.articles(Selection(source=AGENCY), None):
        await news.storage.articles.delete(article.id)
    assert "هذا الزر لم يعد يعمل" in (await news.press(news.action(listed, AGENCY))).toast


async def test_a_page_beyond_the_last_story_leads_back(news) -> None:
    reply = await news.press(encode(OfSource(mark(AGENCY), 50)))
    assert "لا أخبار بعد هذه الصفحة" in reply.text
    assert news.action(reply, "كل المصادر")


async def _mute(news, *names: str) -> None:
    chat = (await news.ask()).chat
    await news.storage.chats.choose(replace(chat, preferences=Preferences(muted=names)), ())


async def test_a_muted_source_has_no_stories_and_says_why(news) -> None:
    await _mute(news, AGENCY)
    reply = await news.press(encode(OfSource(mark(AGENCY))))
    assert "بعد ما استبعدته" in reply.text
    assert "المعبر" not in reply.text
    assert news.action(reply, "كل المصادر")


async def test_what_others_tell_of_a_muted_sources_story_is_no_news_of_it(news) -> None:
    title, body = CROSSING
    told = await news.publish(f"{title} أمام الجميع", f"{body}\nهذا ما جاء في الصحيفة.", source="صحيفة")
    assert told.story == (await news.storage.articles.articles(Selection(source=AGENCY), 1))[0].story
    await _mute(news, AGENCY)
    assert "المعبر" not in (await news.press(encode(OfSource(mark(AGENCY))))).text
    assert "المعبر" in (await news.press(encode(OfSource(mark("صحيفة"))))).text


async def test_another_muted_source_leaves_this_ones_stories(news) -> None:
    await _mute(news, "Daily News")
    assert "المعبر" in (await news.press(encode(OfSource(mark(AGENCY))))).text


@pytest.mark.parametrize("words", ["وكالة الأنباء", "وكاله الانباء", "daily news", "«Daily News»"])
async def test_a_typed_name_of_a_source_opens_its_stories(news, words: str) -> None:
    for ask in (news.reading.topic, news.helping.plain_words):
        reply = await ask(await news.ask(words))
        assert reply.text.startswith("<b>أخبار من «")
        assert news.action(reply, "كل المصادر")


async def test_whoever_meant_the_words_of_a_sources_name_searches_for_them(news) -> None:
    reply = await news.reading.topic(await news.ask("daily news"))
    searched = await news.press(news.action(reply, "ابحث"))
    assert searched.text.startswith("لا أجد خبرًا فيه")


async def test_a_part_of_a_sources_name_is_searched_as_before(news) -> None:
    assert "أخبار من" not in (await news.reading.topic(await news.ask("وكالة"))).text


async def test_a_sources_name_comes_before_a_topic_near_it(news) -> None:
    await news.publish("خبر قصير", "وصل خبر قصير.", source="العربية", minutes=1)
    reply = await news.reading.topic(await news.ask("العربيه"))
    assert reply.text.startswith("<b>أخبار من «العربية»</b>")


async def test_a_topic_comes_before_a_source_of_its_name_which_has_a_button(news) -> None:
    await news.publish("خبر قصير", "وصل خبر قصير.", source="سوريا", minutes=1)
    reply = await news.reading.topic(await news.ask("سورية"))
    assert "سوريا" in reply.text
    assert "المعبر" in reply.text
    assert "أخبار من" not in str([b.label for row in reply.buttons for b in row])

    named = await news.reading.topic(await news.ask("سوريا"))
    assert named.text.startswith("<b>سوريا</b>")
    assert "خبر قصير" in (await news.press(news.action(named, "أخبار من"))).text


def _counts(*names: str) -> list[SourceCount]:
    return [SourceCount(name, 1, NOW) for name in names]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("الجزيرة", "الجزيرة"),
        ("الجزيره", "الجزيره"),
        ("الجَزيرة", "الجزيره"),
        ("جزيرة", None),
        ("الجزيرة نت", "الجزيره"),
        ("BBC عربي", "BBC - عربي"),
        ("!!!", None),
        ("", None),
    ],
)
def test_a_source_is_named_by_its_whole_name_alone(words: str, found: str | None) -> None:
    assert source_named(_counts("الجزيره", "...", "الجزيرة", "BBC - عربي"), words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("بي بي سي", "BBC"),
        ("بى بى سى عربي", "BBC"),
        ("سكاي نيوز", "skynews"),
        ("سكاي نيوز عربية", "skynews"),
        ("Sky News", "skynews"),
        ("العربية", "alarabia"),
        ("قناة العربية", "alarabia"),
        ("فرانس ٢٤", "france24"),
        ("سي ان ان", "CNN"),
        ("rt", "آر تي عربي"),
        ("سكاي", None),
        ("عربية", None),
        ("رويترز", None),
        ("دار الخليج", None),
    ],
)
def test_a_source_is_named_by_any_name_of_its_outlet(words: str, found: str | None) -> None:
    counts = _counts("BBC", "skynews", "alarabia", "france24", "CNN", "آر تي عربي", "دار")
    assert source_named(counts, words) == found


def test_the_source_that_is_spelt_so_comes_before_another_of_its_outlet() -> None:
    assert source_named(_counts("BBC Arabic", "BBC", "بي بي سي"), "bbc") == "BBC"


async def test_an_outlets_arabic_name_opens_its_source(news) -> None:
    await news.publish("خبر قصير", "وصل خبر قصير.", source="alarabia", minutes=1)
    reply = await news.reading.topic(await news.ask("العربية"))
    assert "<b>أخبار من «\u2068alarabia\u2069»</b>" in reply.text


async def test_a_source_comes_before_a_topic_of_its_name_that_nothing_tells_of(news) -> None:
    await news.publish("خبر قصير", "وصل خبر قصير.", source="BBC", minutes=1)
    reply = await news.reading.topic(await news.ask("bbc"))
    assert reply.text.startswith("<b>أخبار من «")
    assert "خبر قصير" in reply.text
    assert (await news.press(news.action(reply, "ابحث"))).text.startswith("لا أجد خبرًا فيه")


async def test_a_topic_without_stories_leads_to_the_texts_that_hold_its_name(news) -> None:
    told = "وصل القطار إلى المحطة الجديدة صباح اليوم بعد رحلة طويلة من الشمال.\n" * 12
    await news.publish("خبر قصير", f"{told}وكان فيه مسافر من كندا.", minutes=1)
    reply = await news.reading.topic(await news.ask("كندا"))
    assert reply.text.startswith("لا أخبار عن «كندا» بعد")
    assert "خبر قصير" in (await news.press(news.action(reply, "ابحث"))).text

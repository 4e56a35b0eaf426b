"""Lists, topics, searches and cards over a real database."""

import pytest

from bot.model import ChatKind, Language, Selection
from bot.texts.actions import LIMIT


async def test_the_newest_story_stands_first_and_links_to_its_article(news) -> None:
    reply = await news.reading.latest(await news.ask())
    first, second = reply.text.find("المعبر الجبلي</a>"), reply.text.find("أسعار الفائدة</a>")
    assert 0 < first < second
    assert '<a href="https://news.example/1">' in reply.text
    assert "وكالة الأنباء · قبل 30 دقيقة" in reply.text


@pytest.mark.parametrize(("words", "shown"), [("1", 1), ("٢", 2), ("0", 1), ("900", 3)])
async def test_a_number_says_how_many(news, words: str, shown: int) -> None:
    reply = await news.reading.latest(await news.ask(words))
    # each story has one number and one linked headline
    assert reply.text.count("<a href=") == shown


async def test_paging_goes_on_where_the_page_ended_and_back(news) -> None:
    first = await news.reading.latest(await news.ask("1"))
    second = await news.press(news.action(first, "التالي"))
    assert "<b>2.</b>" in second.text
    assert "مصر" in second.text
    assert (await news.press(news.action(second, "السابق"))).text == first.text


@pytest.mark.parametrize("name", ["syria", "سوريا", "سورية", "Syrie"])
async def test_a_topic_is_found_under_each_of_its_names(news, name: str) -> None:
    reply = await news.reading.topic(await news.ask(name))
    assert reply.text.startswith("<b>سوريا</b>")
    assert "المعبر" in reply.text
    assert "الفائدة" not in reply.text


async def test_a_guessed_topic_is_named_as_a_guess(news) -> None:
    reply = await news.reading.topic(await news.ask("سورييا"))
    assert "لا أعرف موضوعًا باسم «سورييا»، ولعلك تقصد «سوريا»" in reply.text


async def test_an_unknown_name_is_searched_in_the_texts(news) -> None:
    reply = await news.reading.topic(await news.ask("الخضراوات"))
    assert "هذه الأخبار التي وردت فيها الكلمات" in reply.text
    assert "المعبر" in reply.text


async def _write_of(news, titles: list[str]) -> None:
    for number, title in enumerate(titles):
        await news.publish(title, f"{title} {number}. كلام آخر رقمه {number} في يوم من الأيام.")


async def test_a_word_of_the_texts_that_comes_near_a_name_is_searched_and_the_name_offered(news) -> None:
    await _write_of(news, ["القمة العربية تبدأ", "معرض للكتب العربية"])
    reply = await news.reading.topic(await news.ask("العربية"))
    assert "(أم تقصد «صربيا»؟)، وهذه الأخبار التي وردت فيها الكلمات" in reply.text
    assert "معرض للكتب" in reply.text
    assert "عن «صربيا»" in (await news.press(news.action(reply, "صربيا"))).text


async def test_of_two_readings_the_one_that_more_stories_bear_out_is_taken(news) -> None:
    await _write_of(news, ["القمة العربية تبدأ", "صربيا تفوز بالكأس"])
    reply = await news.reading.topic(await news.ask("العربية"))
    assert "ولعلك تقصد «صربيا»" in reply.text
    assert "تفوز بالكأس" in reply.text
    assert "القمة" in (await news.press(news.action(reply, "بحث"))).text


async def test_a_slip_that_a_text_has_as_well_is_still_a_slip(news) -> None:
    await _write_of(news, ["وصول وفد سوريي إلى بيروت", "سوريا تفتح مدرسة"])
    reply = await news.reading.topic(await news.ask("سوريي"))
    assert "«سوريا»" in reply.text
    assert "هذه الأخبار التي وردت" not in reply.text


async def test_a_word_is_compared_with_what_is_written_of_the_name_in_the_same_time(news) -> None:
    old = [f"صربيا {what}" for what in ("تفوز", "تخسر", "تنتخب", "تبني جسرا")]
    for number, title in enumerate(old):
        await news.publish(title, f"{title} {number}.", minutes=9_000 + number)
    await _write_of(news, ["القمة العربية تبدأ", "معرض للكتب العربية", "صحف عن السينما العربية"])
    assert "ولعلك تقصد" in (await news.reading.topic(await news.ask("العربية"))).text
    for n in range(24):
        # without any other word in common they tell of as many events
        told = " ".join(f"{letter}{n}{letter}" for letter in "bcdfgh")
        await news.publish(f"العربية {told}", f"{told} العربية.")
    assert "(أم تقصد «صربيا»؟)" in (await news.reading.topic(await news.ask("العربية"))).text


async def test_a_name_that_is_nowhere_offers_what_can_be_done(news) -> None:
    reply = await news.reading.topic(await news.ask("قطقوط <b>"))
    assert "«قطقوط &lt;⟦b⟧&gt;»".replace("⟦", "\u2068").replace("⟧", "\u2069") in reply.text
    assert reply.buttons


async def test_a_bare_topic_offers_topics_as_buttons(news) -> None:
    reply = await news.reading.topic(await news.ask())
    assert "أي موضوع تريد؟" in reply.text
    assert "المعبر" in (await news.press(news.action(reply, "سوريا"))).text


async def test_a_group_of_topics_fits_into_a_button(news) -> None:
    lexicon = news.desk.lexicon
    group = next(topic for topic in lexicon.all() if len(topic.members) > 10)
    reply = await news.reading.topic(await news.ask(group.names["ar"]))
    assert reply.text.startswith(f"<b>{group.names['ar']}</b>")


async def test_a_search_is_kept_in_its_buttons(news) -> None:
    reply = await news.reading.search(await news.ask('"أسعار الفائدة"'))
    card = await news.press(news.action(reply, "1"))
    assert "البنك المركزي" in card.text
    assert (await news.press(news.action(card, "عودة"))).text == reply.text


@pytest.mark.parametrize("words", ["", '""', "!!!"])
async def test_a_search_for_nothing_explains_itself(news, words: str) -> None:
    assert "/search" in (await news.reading.search(await news.ask(words))).text


async def test_a_card_has_whole_sentences_sources_and_a_link(news) -> None:
    story = (await news.storage.articles.articles(Selection(), 1))[0]
    for number in (story.id, story.story):
        reply = await news.reading.read(await news.ask(str(number)))
        assert "أعادت سوريا والأردن صباح اليوم فتح المعبر الجبلي أمام المسافرين" in reply.text
        assert '<a href="https://news.example/1">وكالة الأنباء</a>' in reply.text
        assert any(button.url == "https://news.example/1" for row in reply.buttons for button in row)


@pytest.mark.parametrize("words", ["99", "9" * 15])
async def test_a_number_that_is_nobodys_is_said_to_be(news, words: str) -> None:
    assert "لا خبر بالرقم" in (await news.reading.read(await news.ask(words))).text


async def test_sources_have_counts_and_newest_times(news) -> None:
    reply = await news.reading.sources(await news.ask())
    assert "<b>وكالة الأنباء</b> · مقال واحد · أحدثها قبل 30 دقيقة" in reply.text


@pytest.mark.parametrize("command", ["latest", "topics", "sources"])
async def test_an_empty_store_says_what_to_do(empty, command: str) -> None:
    reply = await getattr(empty.reading, command)(await empty.ask())
    assert "/" in reply.text
    assert "لا" in reply.text or "لم" in reply.text


async def test_an_admin_with_an_empty_store_is_told_how_to_ingest(empty) -> None:
    assert "/ingest" in (await empty.reading.latest(await empty.ask(is_admin=True))).text


async def test_in_a_group_commands_carry_the_bots_name(empty) -> None:
    reply = await empty.reading.latest(await empty.ask(kind=ChatKind.SUPERGROUP))
    assert "/subscribe@MojazBot" in reply.text


async def test_english_speaks_english_round_arabic_headlines(news) -> None:
    reply = await news.reading.latest(await news.ask(language=Language.EN))
    assert "Latest news" in reply.text
    assert "30 minutes ago" in reply.text


async def test_all_buttons_of_all_lists_fit(news) -> None:
    for command in ("latest", "topics", "sources", "topic"):
        reply = await getattr(news.reading, command)(await news.ask())
        assert all(len(b.action.encode()) <= LIMIT for row in reply.buttons for b in row)


async def test_a_found_word_is_marked_in_headlines_and_in_a_sentence_of_the_body(news) -> None:
    reply = await news.reading.search(await news.ask("المعبر شاحنة"))
    assert "تعيد فتح <b>المعبر</b> الجبلي</a>" in reply.text
    assert "وقالت إدارة <b>المعبر</b> في بيان إن مئتي <b>شاحنة</b> عبرت الحدود" in reply.text


async def test_a_headline_that_shows_why_it_was_found_stands_alone(news) -> None:
    reply = await news.reading.search(await news.ask("سوريه المعبر"))
    assert '">سوريا تعيد' not in reply.text
    assert "<b>سوريا</b> تعيد فتح <b>المعبر</b>" in reply.text
    assert "أعادت" not in reply.text


async def test_an_unknown_name_is_marked_where_it_was_found(news) -> None:
    reply = await news.reading.topic(await news.ask("الخضراوات"))
    assert "أسعار <b>الخضراوات</b> في أسواق دمشق" in reply.text


async def test_a_guess_can_be_taken_back_for_a_search(news) -> None:
    reply = await news.reading.topic(await news.ask("سورييا"))
    searched = await news.press(news.action(reply, "ابحث عن «سورييا»"))
    assert "لا أجد خبرًا فيه «سورييا»" in searched.text


async def test_texts_that_hold_the_words_come_before_a_doubtful_guess(news) -> None:
    held = await news.reading.topic(await news.ask("سورية والأردنن"))
    assert "ولعلك تقصد" in held.text
    searched = await news.reading.topic(await news.ask("شاحنة الأردن"))
    assert "هذه الأخبار التي وردت فيها الكلمات" in searched.text


async def test_a_namesake_of_a_topic_is_offered_beside_it(news) -> None:
    reply = await news.reading.topic(await news.ask("عمان"))
    assert news.action(reply, "عمّان") == "1|t|0|amman"

"""The first message, plain words and unknown commands."""

from dataclasses import replace

import pytest

from bot.answers.announcing import Announcing
from bot.answers.keeping import Keeping
from bot.answers.owning import Owning
from bot.errors import StorageError
from bot.model import Attachment, ChatKind


async def test_start_subscribes_in_one_tap(empty) -> None:
    reply = await empty.helping.start(await empty.ask())
    assert "بتوقيت القاهرة" in reply.text
    for label in ("آخر الأخبار", "المواضيع"):
        assert empty.action(reply, label)
    assert "تم الاشتراك" in (await empty.press(empty.action(reply, "اشترك"))).text


async def test_the_buttons_of_older_first_messages_still_answer(empty) -> None:
    assert "تم الاشتراك" in (await empty.press("1|b|0800")).text
    assert "أهلًا بك في موجز" in (await empty.press("1|i")).text


async def test_start_opens_what_a_deep_link_names(news) -> None:
    number = (await news.reading.latest(await news.ask("1"))).buttons[0][0].action.split("|")[2]
    assert "أعادت سوريا" in (await news.helping.start(await news.ask(f"r{number}"))).text
    assert "<b>سوريا</b>" in (await news.helping.start(await news.ask("tsyria"))).text


@pytest.mark.parametrize(
    "payload", ["r", "r99x", "tnowhere", "x", "'; DROP TABLE chats", "r" + "9" * 40]
)
async def test_start_with_a_forged_payload_is_a_start(empty, payload: str) -> None:
    assert "أهلًا بك في موجز" in (await empty.helping.start(await empty.ask(payload))).text


async def test_start_with_a_story_that_is_gone_says_so(empty) -> None:
    assert "لا خبر بالرقم 99" in (await empty.helping.start(await empty.ask("r99"))).text


PLAIN = [
    ("آخر الأخبار", "<b>آخر الأخبار</b>"),
    ("المواضيع", "<b>المواضيع</b>"),
    ("الموجز", "موجز الصباح"),
    ("الإعدادات", "<b>الإعدادات</b>"),
    ("إيقاف", "لا اشتراك هنا"),
    ("الغاء الاشتراك", "لا اشتراك هنا"),
    ("مساعدة", "/latest"),
    ("سورية", "<b>سوريا</b>"),
    ("https://news.example/1", "لا أفتح الروابط"),
    ("", "/latest"),
]


@pytest.mark.parametrize(("words", "said"), PLAIN)
async def test_plain_words_do_what_they_say(news, words: str, said: str) -> None:
    assert said in (await news.helping.plain_words(await news.ask(words))).text


async def test_the_title_of_kept_stories_opens_them(news) -> None:
    owning = Owning(news.desk, news.storage.traces)
    announcing = Announcing(news.desk, news.storage.broadcasts, news.storage.copy_beside)
    keeping = Keeping(news.reading, news.storage.shelf, owning, announcing)
    helping = replace(news.helping, keeping=keeping)
    assert "لا أخبار محفوظة" in (await helping.plain_words(await news.ask("المحفوظات"))).text


async def test_a_long_text_is_summarised_in_its_own_sentences(empty) -> None:
    sentence = "افتتح الوزير في العاصمة صباح اليوم الجسر رقم {} فوق النهر الكبير بعد أعوام من العمل."
    text = " ".join(sentence.format(number) for number in range(12))
    reply = await empty.helping.plain_words(await empty.ask(text))
    assert "ملخص النص" in reply.text
    assert any(sentence.format(number) in reply.text for number in range(12))


async def test_summarize_takes_the_text_that_it_replies_to(empty) -> None:
    asked = await empty.ask(attachment=Attachment(text="افتتح الوزير الجسر الجديد صباح اليوم."))
    assert "ملخص النص" in (await empty.helping.summarize(asked)).text
    assert "/summarize" in (await empty.helping.summarize(await empty.ask())).text


async def test_a_lone_file_is_explained_to_readers_and_admins(empty) -> None:
    file = Attachment(file_name="a.txt", content=b"x")
    assert "/summarize" in (await empty.helping.plain_words(await empty.ask(attachment=file))).text
    asked = await empty.ask(attachment=file, is_admin=True)
    assert "/ingest" in (await empty.helping.plain_words(asked)).text


async def test_an_unknown_command_names_the_nearest(empty) -> None:
    reply = await empty.helping.unknown_command(await empty.ask(command="latst"))
    assert "/latst" in reply.text
    assert "/latest" in reply.text


async def test_admins_commands_are_not_offered_to_readers(empty) -> None:
    reader = await empty.helping.unknown_command(await empty.ask(command="ingst"))
    admin = await empty.helping.unknown_command(await empty.ask(command="ingst", is_admin=True))
    assert "/ingest" not in reader.text
    assert "/ingest" in admin.text
    assert "/ingest" not in (await empty.helping.help(await empty.ask())).text


async def test_privacy_says_what_is_stored(empty) -> None:
    asked = await empty.ask(kind=ChatKind.GROUP)
    assert "ما يُحفظ ولماذا" in (await empty.helping.privacy(asked)).text


async def test_an_error_is_told_in_the_readers_language(empty) -> None:
    reply = empty.desk.error(await empty.ask(), StorageError("disk is full"))
    assert "المخزن لا يستجيب" in reply.text
    assert "disk" not in reply.text

"""What a message asks, and in which language it is answered."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message, User

from bot.model import Chat, ChatId, ChatKind, Language
from handlers.albums import ALBUMS, Albums
from handlers.commands import Command, asked, enclosed, formatted, language_for, read

KNOWN = ("latest", "topic", "ingest")
READER = {"id": 7, "is_bot": False, "first_name": "س"}


def message(text: str | None = None, kind: str = "private", **more: Any) -> Message:
    content: dict[str, Any] = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": 7, "type": kind},
        "from": READER,
    }
    if text is not None:
        content["text"] = text
    made = Message.de_json({**content, **more}, None)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/topic سوريا", Command("topic", "سوريا")),
        ("/LATEST@Mojaz_BOT 5", Command("latest", "5", True)),
        ("\u200f/latest", Command("latest", "")),
        ("/ingest\nعنوان\nنص", Command("ingest", "عنوان\nنص")),
        ("/latest@other_bot", None),
        ("/أخبار", Command("", "/أخبار")),
        ("/latest,", Command("", "/latest,")),
        ("سوريا ", Command("", "سوريا")),
    ],
)
def test_a_text_is_read_as_a_command_or_as_words(text: str, command: Command | None) -> None:
    assert read(text, "mojaz_bot") == command


@pytest.mark.parametrize(
    ("text", "is_for_us"),
    [
        ("/latest", True),
        ("/latest@mojaz_bot", True),
        ("/nonsense@mojaz_bot", True),
        ("/nonsense", False),
        ("/latest@other_bot", False),
        ("سوريا", False),
    ],
)
def test_in_a_group_only_commands_for_this_bot_are_taken(text: str, is_for_us: bool) -> None:
    assert (asked(message(text, "supergroup"), "mojaz_bot", KNOWN) is not None) is is_for_us


def test_a_channel_post_may_subscribe_and_no_more() -> None:
    assert asked(message("/subscribe 08:00", "channel"), "mojaz_bot", KNOWN) == Command(
        "subscribe", "08:00"
    )
    assert asked(message("/latest", "channel"), "mojaz_bot", KNOWN) is None
    assert asked(message("خبر", "channel"), "mojaz_bot", KNOWN) is None


def test_bots_and_copies_of_channel_posts_ask_nothing() -> None:
    other_bot = {"id": 9, "is_bot": True, "first_name": "بوت"}
    assert asked(message("/latest", **{"from": other_bot}), "mojaz_bot", KNOWN) is None
    copied = message("/latest", "supergroup", is_automatic_forward=True)
    assert asked(copied, "mojaz_bot", KNOWN) is None


def test_an_anonymous_administrator_is_heard() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    heard = message(
        "/latest", "supergroup", **{"from": anonymous, "sender_chat": {"id": 7, "type": "supergroup"}}
    )
    assert asked(heard, "mojaz_bot", KNOWN) == Command("latest")


def test_a_service_message_asks_nothing_and_a_sticker_is_answered() -> None:
    assert asked(message(delete_chat_photo=True), "mojaz_bot", KNOWN) is None
    document = {"file_id": "F", "file_unique_id": "U", "file_name": "a.txt"}
    assert asked(message(document=document), "mojaz_bot", KNOWN) == Command()


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ar-EG", Language.AR),
        ("en", Language.EN),
        ("EN-us", Language.EN),
        ("fr", Language.AR),
        (None, Language.AR),
    ],
)
def test_the_language_is_the_users_where_the_bot_speaks_it(code: str | None, language: Language) -> None:
    user = User(7, "س", False, language_code=code)
    assert language_for(user, Chat(ChatId(7), ChatKind.PRIVATE), Language.AR) is language


def test_a_language_that_the_chat_chose_goes_before() -> None:
    user = User(7, "س", False, language_code="en")
    chat = Chat(ChatId(7), ChatKind.PRIVATE, language=Language.AR)
    assert language_for(user, chat, Language.EN) is Language.AR


def test_a_forwarded_channel_post_brings_its_source_link_and_time() -> None:
    origin = {
        "type": "channel",
        "date": 1526552887,
        "chat": {"id": -1009, "type": "channel", "title": "قناة الخبر", "username": "khabar"},
        "message_id": 42,
    }
    answered = {"message_id": 4, "date": 2, "chat": {"id": 7, "type": "private"}, "text": "متن"}
    found = enclosed(message("/ingest", reply_to_message={**answered, "forward_origin": origin}))
    assert found is not None
    attachment = found.attachment(None)
    assert (attachment.text, attachment.source) == ("متن", "قناة الخبر")
    assert attachment.url == "https://t.me/khabar/42"
    assert attachment.published is not None
    assert attachment.published.timestamp() == 1526552887


def test_a_command_that_stands_alone_encloses_nothing() -> None:
    assert enclosed(message("/ingest")) is None


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


COMMAND = entity("bot_command", 0, 10)


@pytest.mark.parametrize(
    ("entities", "markup"),
    [
        ([COMMAND], ""),
        ([COMMAND, entity("url", 17, 9)], ""),
        ([COMMAND, entity("bold", 11, 5)], "<b>تنبيه</b> a.example &lt;"),
        (
            [COMMAND, entity("text_link", 17, 9, url="https://a.example/")],
            'تنبيه <a href="https://a.example/">a.example</a> &lt;',
        ),
        ([COMMAND, entity("bold", 0, 16)], ""),
    ],
)
def test_what_a_writer_formatted_is_read_as_html(entities: list[dict[str, Any]], markup: str) -> None:
    assert formatted(message("/broadcast تنبيه a.example <", entities=entities)) == markup


def document(name: str) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": name, "file_name": name}


def test_a_document_of_ones_own_goes_before_that_of_the_message_it_answers() -> None:
    where = {"date": 2, "chat": {"id": 7, "type": "private"}}
    answered = {"message_id": 4, **where, "document": document("a.json")}
    found = enclosed(message(caption="/ingest", document=document("b.json"), reply_to_message=answered))
    assert found is not None
    assert found.document is not None
    assert found.document.file_name == "b.json"


def test_a_command_alone_brings_the_markup_of_what_it_answers() -> None:
    where = {"message_id": 4, "date": 2, "chat": {"id": 7, "type": "private"}}
    link = entity("text_link", 5, 5, url="https://news.example/1")
    answered = {**where, "text": "اقرأ الخبر", "entities": [link]}
    command = entity("bot_command", 0, 10)
    alone = message("/broadcast", entities=[command], reply_to_message=answered)
    assert formatted(alone) == 'اقرأ <a href="https://news.example/1">الخبر</a>'
    with_words = message("/broadcast انتباه", entities=[command], reply_to_message=answered)
    assert formatted(with_words) == ""


def part(name: str, album: str = "1", **more: Any) -> Message:
    return message(document=document(name), media_group_id=album, **more)


def test_an_albums_command_is_that_of_all_its_files() -> None:
    albums = Albums()
    ingest = Command("ingest", "عنوان")
    assert albums.command(part("a", caption="/ingest عنوان"), ingest) == ingest
    assert albums.command(part("b"), None) == Command("ingest")
    assert albums.command(part("c", caption="صورة"), Command(words="صورة")) == Command(words="صورة")
    assert albums.command(part("d", album="2"), None) is None
    assert albums.command(message("نص"), Command(words="نص")) == Command(words="نص")


def test_an_album_repeats_no_command_that_takes_no_files() -> None:
    albums = Albums()
    subscribe = Command("subscribe", "21:15")
    assert albums.command(part("a", caption="/subscribe 21:15"), subscribe) == subscribe
    assert albums.command(part("b"), None) is None


def test_albums_are_forgotten_by_and_by() -> None:
    albums = Albums()
    for number in range(ALBUMS + 1):
        albums.command(part("a", str(number)), Command("ingest"))
    assert albums.command(part("b", "0"), None) is None
    assert albums.command(part("b", "1"), None) == Command("ingest")

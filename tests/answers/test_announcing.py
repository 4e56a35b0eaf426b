"""/broadcast and /backup: for admins alone, once, in their own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.answers import announcing as module
from bot.answers.announcing import Announcing
from bot.model import Attachment, ChatId, ChatKind, DatabaseCopy, Reply, Subscription
from bot.texts import render_keeping


@pytest.fixture
def room(news) -> Announcing:
    return Announcing(news.desk, news.storage.broadcasts, news.storage.copy_beside)


async def subscribe(news, *chats: int) -> None:
    for chat in chats:
        await news.storage.chats.seen(ChatId(chat), ChatKind.PRIVATE)
        await news.storage.chats.subscribe(ChatId(chat), Subscription((time(8),)), [])


async def queued(news, now: datetime) -> list[tuple[int, str]]:
    rows = await news.storage.outbox.claimable(now, [], 99)
    return sorted((row.message.chat, row.message.text) for row in rows)


def number(reply: Reply) -> int:
    [data] = [b.action for row in reply.buttons for b in row if b.action.startswith("1|K|b|1|")]
    return int(data.rpartition("|")[2])


@pytest.mark.parametrize("command", ["broadcast", "backup"])
async def test_others_are_refused(news, room, command) -> None:
    await subscribe(news, 1)
    reply = await getattr(room, command)(await news.ask("نص"))
    assert ("لمديري البوت" in reply.text, reply.document, reply.buttons) == (True, None, ())


async def test_it_is_shown_first_with_how_many_it_reaches(news, room) -> None:
    await subscribe(news, 1, 2, 3)
    asked = await room.broadcast(await news.ask("سطر <أول>\n\nسطر ثان", is_admin=True))
    assert "3 مشتركين" in asked.text
    assert "سطر &lt;أول&gt;\n\nسطر ثان" in asked.text
    assert await queued(news, (await news.ask()).now) == []


async def test_pressed_twice_it_is_sent_once(news, room, monkeypatch) -> None:
    monkeypatch.setattr(module, "SLICE", 2)
    await subscribe(news, 1, 2, 3)
    asked = number(await room.broadcast(await news.ask("خبر & تحية", is_admin=True)))
    request = await news.ask(is_admin=True)
    first = await room.press(request, asked, on=True)
    assert "3 مشتركين" in first.text
    assert await room.press(request, asked, on=True) == first
    assert await room.press(request, asked, on=False) == first
    assert await queued(news, request.now) == [(n, "خبر &amp; تحية") for n in (1, 2, 3)]


async def test_where_it_is_night_it_comes_without_a_sound(news, room) -> None:
    await subscribe(news, 1, 2)
    night = await news.storage.chats.get(ChatId(2))
    # it is six in the morning in UTC: in Mexico City midnight
    await news.storage.chats.choose(replace(night, zone="America/Mexico_City"), [])
    asked = number(await room.broadcast(await news.ask("نص", is_admin=True)))
    request = await news.ask(is_admin=True)
    await room.press(request, asked, on=True)
    rows = await news.storage.outbox.claimable(request.now, [], 99)
    assert {row.message.chat: row.message.silent for row in rows} == {1: False, 2: True}


async def test_nobody_but_admins_sends_or_cancels(news, room) -> None:
    await subscribe(news, 1)
    asked = number(await room.broadcast(await news.ask("نص", is_admin=True)))
    for on in (True, False):
        assert "لمديري البوت" in (await room.press(await news.ask(), asked, on=on)).toast
    assert "لم تُرسل" in (await room.press(await news.ask(is_admin=True), asked, on=False)).text
    gone = await room.press(await news.ask(is_admin=True), asked, on=True)
    assert ("لم تعد هذه الرسالة" in gone.toast, gone.text) == (True, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "/broadcast"), ("\u200f \n", "/broadcast"), ("كلمة " * 900, "3,500"), ("😀" * 1751, "3,500")],
)
async def test_no_words_and_too_many_are_told(news, room, words, said) -> None:
    await subscribe(news, 1)
    reply = await room.broadcast(await news.ask(words, is_admin=True))
    assert (said in reply.text, reply.buttons) == (True, ())


async def test_without_subscribers_nothing_is_asked(news, room) -> None:
    assert "لا مشتركين" in (await room.broadcast(await news.ask("نص", is_admin=True))).text


async def test_a_replied_message_is_taken_too(news, room) -> None:
    await subscribe(news, 1)
    request = await news.ask(is_admin=True, attachment=Attachment("من رسالة"))
    assert "من رسالة" in (await room.broadcast(request)).text


async def test_a_copy_comes_as_a_document_in_private_alone(news, room) -> None:
    reply = await room.backup(await news.ask(is_admin=True))
    assert reply.document.content.startswith(b"SQLite format 3")
    assert "ميغابايت" in reply.text
    refused = await room.backup(await news.ask(is_admin=True, kind=ChatKind.GROUP))
    assert ("محادثة خاصة" in refused.text, refused.document) == (True, None)


async def test_a_large_copy_is_told_by_its_path(news) -> None:
    async def copy(now: datetime, most: int) -> DatabaseCopy:
        return DatabaseCopy("x.db", str(Path("/srv/data/x.db")), most + 5, None, 3)

    room = Announcing(news.desk, news.storage.broadcasts, copy)
    reply = await room.backup(await news.ask(is_admin=True))
    assert ("/srv/data/x.db" in reply.text, "45.0" in reply.text, reply.document) == (True, True, None)
    assert "أحدث 3 نسخ" in reply.text


async def test_a_broadcast_keeps_what_its_writer_made_bold_and_linked(news, room) -> None:
    await subscribe(news, 1)
    markup = '<b>تنبيه:</b> <code>x</code> &lt;اقرأ&gt; <a href="https://a.example/?q=1&amp;r">هنا</a>\n<i>شكرًا</i>'
    asked = await room.broadcast(await news.ask("تنبيه", markup=markup, is_admin=True))
    await room.press(await news.ask(is_admin=True), number(asked), on=True)
    [(_, text)] = await queued(news, (await news.ask()).now)
    assert text.replace("\u2068", "").replace("\u2069", "") == markup.replace("<code>", "").replace(
        "</code>", ""
    )


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<a href="tg://user?id=5">ليلى</a> كتبت', "ليلى كتبت"),
        ('<pre><code class="language-x">سطر</code></pre> <u>آخر</u>', "سطر <u>آخر</u>"),
        ('<a href="https://a.example/">خبر</a> <tg-emoji emoji-id="1">خ</tg-emoji>', None),
    ],
)
def test_tags_that_a_broadcast_does_not_keep_leave_their_words(markup: str, kept: str | None) -> None:
    text = render_keeping.broadcast_text("", markup)
    assert text == (kept or '<a href="https://a.example/">خبر</a> خ')

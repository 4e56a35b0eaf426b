"""/mydata and /forgetme."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.answers.owning import FILE, LAST_TRACES, Owning
from bot.model import ChatKind, Lane, OutboxMessage


@pytest.fixture
def owning(news) -> Owning:
    return Owning(news.desk, news.storage.traces)


async def test_the_file_holds_settings_and_what_waits(news, owning) -> None:
    await news.subscribing.subscribe(await news.ask("20:30 سوريا"))
    chat = (await news.ask()).chat.id
    await news.storage.outbox.queue([OutboxMessage(chat, "ينتظر", Lane.DIGEST)])
    reply = await owning.mydata(await news.ask())
    stored = json.loads(reply.document.content)
    assert (reply.document.name, "/forgetme" in reply.text) == (FILE, True)
    assert stored["chat"]["subscription"] | {"days": 0} == {
        "times": ["20:30"],
        "topics": ["syria"],
        "active": True,
        "days": 0,
    }
    assert stored["chat"]["preferences"]["quiet"] == ["22:00", "07:00"]
    assert stored["messages"][0]["text"] == "ينتظر"
    assert stored["digest_times"][0]["due"].endswith("+00:00")


@pytest.mark.parametrize("command", ["mydata", "forgetme"])
async def test_a_groups_members_are_refused(news, owning, command) -> None:
    request = await news.ask(kind=ChatKind.GROUP, may_manage=False)
    reply = await getattr(owning, command)(request)
    assert ("مشرفو المجموعة" in reply.text, reply.document) == (True, None)
    assert [b.url for row in reply.buttons for b in row] == ["https://t.me/MojazBot?start=private"]


async def test_a_groups_member_cannot_press_it_either(news, owning) -> None:
    request = await news.ask(kind=ChatKind.GROUP, may_manage=False)
    assert "مشرفو المجموعة" in (await owning.press(request, on=True)).toast
    assert await news.storage.chats.get(request.chat.id) is not None


async def test_forgetting_asks_first_and_no_is_no(news, owning) -> None:
    asked = await owning.forgetme(await news.ask())
    assert news.action(asked, "امحُ كل شيء") == "1|K|g|1"
    assert "لم يُمحَ شيء" in (await owning.press(await news.ask(), on=False)).text
    assert await news.chat()


async def test_yes_deletes_at_once_and_pressed_twice_too(news, owning) -> None:
    await news.subscribing.subscribe(await news.ask("20:30"))
    for _ in range(2):
        request = await news.ask()
        assert "مُحي" in (await owning.press(request, on=True)).text
        assert await news.storage.chats.get(request.chat.id) is None
    assert await news.storage.traces.finish(request.now + LAST_TRACES) == 1
    assert timedelta() < LAST_TRACES < timedelta(seconds=8)

"""Updates become answers in the outbox: over real storage and a Bot API on 127.0.0.1."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, ChatMemberAdministrator, ChatMemberMember

from bot.answers.request import Request
from bot.clock import SystemClock
from bot.errors import MojazError, TelegramRefused
from bot.model import (
    Button,
    ChatId,
    ChatKind,
    ChatState,
    Document,
    Lane,
    Language,
    MessageId,
    OutboxMessage,
    Reply,
    Sent,
    StoredUpdate,
    UpdateId,
    UserId,
)
from bot.ports import Say
from handlers import application as module
from handlers.application import Answers, Application, Surroundings
from handlers.menus import CommandMenus, Menus
from handlers.messenger import TelegramMessenger
from handlers.permissions import Permissions
from handlers.turns import Turns
from storage import Storage, opened_storage

ADMIN, READER, GROUP = 500, 7, -1009
CLOCK = SystemClock()


@dataclass
class Desk:
    """Answers with what it was asked; `wrong` is raised instead."""

    requests: list[Request] = field(default_factory=list)
    wrong: Exception | None = None
    slow: float = 0.0
    document: Document | None = None

    async def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        await asyncio.sleep(self.slow)
        if self.wrong is not None:
            raise self.wrong
        return Reply(f"{request.command}:{request.words}", ((Button("زر", action="1|d"),),))

    async def long(self, request: Request, say: Say) -> Reply:
        await say(Reply("يجري العمل"))
        return await self.answer(request)

    async def press(self, request: Request, data: str) -> Reply:
        reply = await self.answer(request)
        return replace(reply, text=f"pressed {data}" if data else "", toast="تم", document=self.document)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    async with opened_storage(f"sqlite:///{tmp_path}/mojaz.db", CLOCK.now) as storage:
        yield storage


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def application(bot: Bot, storage: Storage, desk: Desk) -> Application:
    names = [
        name
        for name in Answers.__dataclass_fields__
        if name not in ("ingest", "press", "asks_who", "settings", "further")
    ]
    answers = Answers(
        **dict.fromkeys(names, desk.answer),  # type: ignore[arg-type]
        ingest=desk.long,
        press=desk.press,
        asks_who=lambda data, kind: data == "1|x",
    )
    admins = frozenset({UserId(ADMIN)})

    async def told(number: int, cause: str) -> None:
        await storage.outbox.queue([OutboxMessage(ChatId(ADMIN), f"{number}: {cause}", Lane.ALERT)])

    return Application(
        answers,
        Surroundings(
            bot=bot,
            bot_name="mojaz_bot",
            messenger=TelegramMessenger(bot),
            permissions=Permissions(bot, admins, CLOCK.monotonic),
            inbox=storage.inbox,
            outbox=storage.outbox,
            chats=storage.chats,
            clock=CLOCK,
            language=Language.AR,
            explain=lambda error, language: f"<b>{error.key}</b> {language}",
            set_aside=told,
            wake=lambda: None,
        ),
    )


def stored(number: int = 1, **content: Any) -> StoredUpdate:
    payload = json.dumps({"update_id": number, **content})
    return StoredUpdate(UpdateId(number), payload, datetime(2026, 11, 24, tzinfo=UTC))


def message(text: str, chat: int = READER, user: int | None = None, **more: Any) -> dict[str, Any]:
    kind = "private" if chat > 0 else "supergroup"
    who = {"id": user or abs(chat), "is_bot": False, "first_name": "س", "language_code": "en"}
    where = {"id": chat, "type": kind}
    return {"message_id": 5, "date": 1, "chat": where, "from": who, "text": text, **more}


def pressed(data: str, chat: int = READER, **more: Any) -> dict[str, Any]:
    who = {"id": READER, "is_bot": False, "first_name": "س"}
    place = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
    below = {"message_id": 40, "date": 9, "chat": place, "text": "قائمة"}
    return {"id": "900", "from": who, "chat_instance": "1", "data": data, "message": {**below, **more}}


async def handle(application: Application, storage: Storage, update: StoredUpdate) -> None:
    await storage.inbox.record([update])
    await hand_over(application, update)


async def hand_over(application: Application, update: StoredUpdate, turns: Turns | None = None) -> None:
    async with (turns or Turns()).one() as turn:
        await application.handle(update, turn)


async def queued(storage: Storage) -> list[OutboxMessage]:
    return [row.message for row in await storage.outbox.claimable(CLOCK.now(), (), 50)]


async def test_a_command_is_answered_and_its_update_done_at_once(
    application: Application, storage: Storage, desk: Desk
) -> None:
    await handle(application, storage, stored(message=message("/topic سوريا")))
    (row,) = await queued(storage)
    assert (row.chat, row.text, row.lane, row.reply_to) == (READER, "topic:سوريا", Lane.REPLY, None)
    assert await storage.inbox.pending() == []
    request = desk.requests[0]
    assert (request.language, request.user, request.is_admin) == (Language.EN, READER, False)


async def test_an_update_that_comes_twice_is_answered_once(
    application: Application, storage: Storage
) -> None:
    await handle(application, storage, stored(message=message("/latest")))
    await hand_over(application, stored(message=message("/latest")))
    assert len(await queued(storage)) == 1


async def test_stop_is_unsubscribe_and_unknown_commands_and_words_are_answered(
    application: Application, storage: Storage, desk: Desk
) -> None:
    for number, text in enumerate(("/stop", "/nonsense", "سوريا"), start=1):
        await handle(application, storage, stored(number, message=message(text)))
    assert [request.command for request in desk.requests] == ["stop", "nonsense", ""]
    assert desk.requests[2].words == "سوريا"


async def test_in_a_group_the_answer_is_tied_to_its_question(
    application: Application, storage: Storage
) -> None:
    await handle(application, storage, stored(1, message=message("/latest@mojaz_bot", GROUP, READER)))
    await handle(application, storage, stored(2, message=message("سوريا", GROUP, READER)))
    (row,) = await queued(storage)
    assert (row.chat, row.reply_to) == (GROUP, MessageId(5))
    assert await storage.inbox.pending() == []


@pytest.mark.parametrize(("status", "may"), [("administrator", True), ("member", False)])
async def test_only_a_groups_administrators_may_manage_it(
    application: Application, storage: Storage, desk: Desk, api: Any, status: str, may: bool
) -> None:
    member = ChatMemberAdministrator if status == "administrator" else ChatMemberMember
    needed = inspect.signature(member).parameters.values()
    rights = {each.name: False for each in needed if each.default is each.empty and each.name != "user"}
    user = {"id": READER, "is_bot": False, "first_name": "س"}
    api.answers["getChatMember"] = {**rights, "status": status, "user": user}
    for number in (1, 2):
        await handle(application, storage, stored(number, message=message("/subscribe", GROUP, READER)))
    assert [request.may_manage for request in desk.requests] == [may, may]
    assert len(api.asked("getChatMember")) == 1


async def test_a_member_that_telegram_does_not_tell_may_not(
    application: Application, storage: Storage, desk: Desk, api: Any
) -> None:
    api.answers["getChatMember"] = False
    await handle(application, storage, stored(message=message("/latest", GROUP, READER)))
    assert (desk.requests[0].may_manage, api.asked("getChatMember")) == (False, [])


async def test_an_anonymous_administrator_manages_the_group_and_is_no_admin_of_the_bot(
    application: Application, storage: Storage, desk: Desk
) -> None:
    group = {"id": GROUP, "type": "supergroup"}
    bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    anonymous = message("/subscribe", GROUP, sender_chat=group, **{"from": bot})
    await handle(application, storage, stored(message=anonymous))
    request = desk.requests[0]
    assert (request.may_manage, request.user, request.is_admin) == (True, None, False)


async def test_long_work_says_so_in_one_message_that_becomes_the_answer(
    application: Application, storage: Storage, desk: Desk
) -> None:
    await handle(application, storage, stored(message=message("/ingest نص", ADMIN)))
    (first,) = await storage.outbox.claimable(CLOCK.now(), (), 5)
    assert first.message.text == "يجري العمل"
    await storage.outbox.mark_in_flight(first.id)
    await storage.outbox.settle(first, Sent(MessageId(70)), None)
    (answer,) = await queued(storage)
    assert (answer.text, answer.edits_row) == ("ingest:نص", first.id)
    assert desk.requests[0].is_admin


@pytest.mark.parametrize("command", ["/ingest", "/addfeed"])
async def test_a_document_is_downloaded_for_an_admin_alone(
    application: Application, storage: Storage, desk: Desk, api: Any, command: str
) -> None:
    api.files["documents/a.txt"] = "نص".encode()
    api.answers["getFile"] = {"file_id": "F", "file_unique_id": "U", "file_path": "documents/a.txt"}
    document = {"file_id": "F", "file_unique_id": "U", "file_name": "أخبار.txt"}
    for number, user in enumerate((ADMIN, READER), start=1):
        content = message("", user, caption=command, document=document)
        del content["text"]
        await handle(application, storage, stored(number, message=content))
    contents = [request.attachment and request.attachment.content for request in desk.requests]
    assert contents == ["نص".encode(), None]
    assert desk.requests[0].attachment is not None
    assert desk.requests[0].attachment.file_name == "أخبار.txt"


async def test_an_error_raised_on_purpose_is_told_to_the_reader(
    application: Application, storage: Storage, desk: Desk
) -> None:
    desk.wrong = TelegramRefused("too big")
    await handle(application, storage, stored(message=message("/latest")))
    assert [row.text for row in await queued(storage)] == ["<b>error-telegram</b> en"]


async def test_a_link_without_a_place_is_told_that_the_bot_is_busy_and_quick_words_are_answered(
    application: Application, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    turns = Turns(questions=0)
    for number, text in enumerate(("/summarize https://news.example/1", "سوريا"), start=1):
        update = stored(number, message=message(text, chat=READER + number))
        await storage.inbox.record([update])
        await hand_over(application, update, turns)
    assert [row.text for row in await queued(storage)] == ["<b>error-busy</b> en", ":سوريا"]


async def test_a_fault_leaves_the_update_and_giving_up_tells_reader_and_admins(
    application: Application, storage: Storage, desk: Desk
) -> None:
    desk.wrong = KeyError("x")
    update = stored(message=message("/latest"))
    with pytest.raises(KeyError):
        await handle(application, storage, update)
    assert len(await storage.inbox.pending()) == 1
    await application.give_up(update, "KeyError: 'x'")
    told = {row.chat: row.text for row in await queued(storage)}
    assert told == {READER: f"<b>{MojazError.key}</b> en", ADMIN: "1: KeyError: 'x'"}


async def test_what_telegram_never_sends_still_reaches_the_admins(
    application: Application, storage: Storage
) -> None:
    update = stored(message="nonsense")
    with pytest.raises((TypeError, AttributeError, ValueError)):
        await hand_over(application, update)
    await application.give_up(update, "of no known shape")
    assert [row.chat for row in await queued(storage)] == [ADMIN]


async def test_a_press_is_acknowledged_with_its_toast_and_edits_its_message(
    application: Application, storage: Storage, api: Any
) -> None:
    await handle(application, storage, stored(callback_query=pressed("1|l|5|5")))
    (row,) = await queued(storage)
    assert (row.text, row.edits) == ("pressed 1|l|5|5", MessageId(40))
    assert api.asked("answerCallbackQuery")[0]["text"] == "تم"


async def test_a_press_on_a_message_that_is_too_old_gets_a_toast_alone(
    application: Application, storage: Storage, api: Any
) -> None:
    await handle(application, storage, stored(callback_query=pressed("1|d", date=0)))
    assert await queued(storage) == []
    assert api.asked("answerCallbackQuery")[0]["text"] == "تم"
    assert await storage.inbox.pending() == []


async def test_a_slow_press_is_acknowledged_before_its_answer(
    application: Application, storage: Storage, desk: Desk, api: Any
) -> None:
    desk.slow = 1.7
    await handle(application, storage, stored(callback_query=pressed("1|d")))
    assert "text" not in api.asked("answerCallbackQuery")[0]
    assert [call["action"] for call in api.asked("sendChatAction")] == ["typing"]
    assert [row.text for row in await queued(storage)] == ["pressed 1|d"]


async def test_a_pressed_buttons_file_is_a_new_message(
    application: Application, storage: Storage, desk: Desk
) -> None:
    desk.document = Document("a.opml", b"x")
    await handle(application, storage, stored(callback_query=pressed("1|d")))
    (row,) = await queued(storage)
    assert (row.document, row.edits, row.text) == (desk.document, None, "pressed 1|d")


async def test_a_slow_answer_shows_typing(
    application: Application, storage: Storage, desk: Desk, api: Any
) -> None:
    desk.slow = 0.9
    await handle(application, storage, stored(message=message("/latest")))
    assert [call["action"] for call in api.asked("sendChatAction")] == ["typing"]


async def test_blocking_and_unblocking_change_the_chats_state(
    application: Application, storage: Storage
) -> None:
    await storage.chats.seen(ChatId(READER), ChatKind.PRIVATE)
    bot_user = {"id": 1, "is_bot": True, "first_name": "موجز"}
    for number, (status, state) in enumerate(
        (("kicked", ChatState.BLOCKED), ("member", ChatState.ACTIVE)), start=1
    ):
        member = {"user": bot_user, "status": status, "until_date": 0}
        change = {
            "chat": {"id": READER, "type": "private"},
            "from": {"id": READER, "is_bot": False, "first_name": "س"},
            "date": 1,
            "old_chat_member": {"user": bot_user, "status": "member"},
            "new_chat_member": member,
        }
        await handle(application, storage, stored(number, my_chat_member=change))
        chat = await storage.chats.get(ChatId(READER))
        assert chat is not None
        assert chat.state is state


async def test_a_group_that_was_upgraded_keeps_its_place(
    application: Application, storage: Storage
) -> None:
    await storage.chats.seen(ChatId(-5), ChatKind.GROUP)
    content = message("", -5, READER, migrate_to_chat_id=GROUP)
    del content["text"]
    await handle(application, storage, stored(message=content))
    assert await storage.chats.get(ChatId(GROUP)) is not None
    assert await storage.chats.get(ChatId(-5)) is None


async def test_menus_are_set_for_each_scope_and_an_admins_again_later(bot: Bot, api: Any) -> None:
    lines = (("latest", "آخر الأخبار"),)
    menus = [Menus(language, lines, lines, (*lines, ("ingest", "إدخال"))) for language in ("", "ar")]
    opened: list[int] = []

    def set_commands(call: dict[str, str]) -> Any:
        scope = json.loads(call["scope"])
        if scope["type"] == "chat" and not opened:
            return web.json_response(
                {"ok": False, "description": "Bad Request: chat not found"}, status=400
            )
        return True

    api.answers["setMyCommands"] = set_commands
    made = CommandMenus(bot, [UserId(ADMIN)], menus)
    await made.set()
    assert len(api.asked("setMyCommands")) == 6
    opened.append(1)
    await made.set_for(UserId(ADMIN))
    await made.set_for(UserId(ADMIN))
    await made.set_for(UserId(READER))
    calls = api.asked("setMyCommands")[6:]
    assert [call.get("language_code") for call in calls] == [None, "ar"]
    assert "ingest" in calls[0]["commands"]


async def test_telegram_is_asked_who_presses_only_where_it_matters(
    application: Application, storage: Storage, desk: Desk, api: Any
) -> None:
    await handle(application, storage, stored(1, callback_query=pressed("1|d", GROUP)))
    assert (desk.requests[0].may_manage, api.asked("getChatMember")) == (False, [])
    user = {"id": READER, "is_bot": False, "first_name": "س"}
    api.answers["getChatMember"] = {"status": "member", "user": user}
    await handle(application, storage, stored(2, callback_query=pressed("1|x", GROUP)))
    assert len(api.asked("getChatMember")) == 1

"""Updates come in by polling and by webhook, into the inbox first."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from bot.clock import SystemClock
from bot.errors import ConfigurationError
from bot.model import StoredUpdate, UpdateId
from handlers.dispatch import Dispatch
from handlers.receiver import BODY_LIMIT, SECRET_HEADER, Receiver
from handlers.turns import Turn


class Inbox:
    def __init__(self, pending: Sequence[StoredUpdate] = ()) -> None:
        self.known: dict[int, StoredUpdate] = {update.id: update for update in pending}
        self.waiting = list(pending)
        self.failures = 0

    async def record(self, updates: Sequence[StoredUpdate]) -> Sequence[StoredUpdate]:
        if self.failures:
            self.failures -= 1
            raise OSError("no disk")
        new = [update for update in updates if update.id not in self.known]
        self.known.update({update.id: update for update in new})
        return new

    async def pending(self) -> Sequence[StoredUpdate]:
        return self.waiting

    async def done(self, update: UpdateId) -> None: ...

    async def failed(self, update: UpdateId, cause: str) -> int:
        return 3

    async def set_aside(self, update: UpdateId, cause: str) -> None: ...


class Handling:
    def __init__(self) -> None:
        self.seen: list[int] = []

    async def handle(self, update: StoredUpdate, turn: Turn) -> None:
        self.seen.append(update.id)

    async def give_up(self, update: StoredUpdate, cause: str) -> None: ...


class FastClock(SystemClock):
    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.01))


def content(number: int, **more: object) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 7}}, **more}


def pages(*answers: Any) -> Callable[[dict[str, str]], Any]:
    """getUpdates: one answer after the other, then nothing new."""
    left = list(answers)

    async def answer(parameters: dict[str, str]) -> Any:
        if left:
            return left.pop(0)
        await asyncio.sleep(0.05)
        return []

    return answer


@asynccontextmanager
async def polling(bot: Bot, inbox: Inbox) -> AsyncIterator[Handling]:
    handling, stop = Handling(), asyncio.Event()
    dispatch = Dispatch(inbox, handling, FastClock())
    receiver = Receiver(bot, inbox, dispatch, FastClock())
    tasks = [asyncio.create_task(dispatch.run(stop)), asyncio.create_task(receiver.poll(stop))]
    try:
        yield handling
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 3)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_page_is_recorded_before_it_is_confirmed(bot: Bot, api: Any) -> None:
    inbox, known_at_confirmation = Inbox(), []
    page = [content(10), content(11)]

    async def answer(parameters: dict[str, str]) -> Any:
        if "offset" not in parameters:
            return page
        known_at_confirmation.append((int(parameters["offset"]), sorted(inbox.known)))
        await asyncio.sleep(0.05)
        return []

    api.answers["getUpdates"] = answer
    async with polling(bot, inbox) as handling:
        await until(lambda: bool(known_at_confirmation))
    assert known_at_confirmation[0] == (12, [10, 11])
    assert handling.seen == [10, 11]
    assert json.loads(inbox.known[UpdateId(10)].payload) == page[0]


async def test_only_what_is_handled_is_asked_for(bot: Bot, api: Any) -> None:
    api.answers["getUpdates"] = pages()
    async with polling(bot, Inbox()):
        await until(lambda: bool(api.asked("getUpdates")))
    kinds = json.loads(api.asked("getUpdates")[0]["allowed_updates"])
    assert sorted(kinds) == [
        "callback_query", "channel_post", "edited_channel_post", "message", "my_chat_member",
    ]  # fmt: skip
    assert api.calls[0][0] == "deleteWebhook"


async def test_what_a_former_run_left_comes_first_and_known_updates_not_again(
    bot: Bot, api: Any
) -> None:
    left = StoredUpdate(UpdateId(9), json.dumps(content(9)), datetime(2026, 11, 24, tzinfo=UTC))
    api.answers["getUpdates"] = pages([content(9), content(10)])
    async with polling(bot, Inbox([left])) as handling:
        await until(lambda: 10 in handling.seen)
    assert handling.seen == [9, 10]


async def test_an_update_of_an_unknown_shape_keeps_no_other_out(bot: Bot, api: Any) -> None:
    api.answers["getUpdates"] = pages([content(9, message="nonsense"), content(10)])
    async with polling(bot, Inbox()) as handling:
        await until(lambda: len(handling.seen) == 2)


async def test_storage_that_fails_leaves_the_page_unconfirmed(bot: Bot, api: Any) -> None:
    inbox = Inbox()
    inbox.failures = 1
    api.answers["getUpdates"] = pages([content(10)], [content(10)])
    async with polling(bot, inbox) as handling:
        await until(lambda: handling.seen == [10])
    assert "offset" not in api.asked("getUpdates")[1]


@pytest.mark.parametrize("code", [409, 502])
async def test_a_fault_of_telegrams_is_waited_out(bot: Bot, api: Any, code: int) -> None:
    fault = web.json_response({"ok": False, "description": "Conflict: terminated"}, status=code)
    api.answers["getUpdates"] = pages(fault, [content(10)])
    async with polling(bot, Inbox()) as handling:
        await until(lambda: handling.seen == [10])


async def test_a_token_revoked_while_polling_ends_it_in_one_line(bot: Bot, api: Any) -> None:
    refusal = web.json_response({"ok": False, "description": "Unauthorized"}, status=401)
    api.answers["getUpdates"] = pages(refusal)
    inbox = Inbox()
    receiver = Receiver(bot, inbox, Dispatch(inbox, Handling(), FastClock()), FastClock())
    with pytest.raises(ConfigurationError, match="BOT_TOKEN: "):
        await asyncio.wait_for(receiver.poll(asyncio.Event()), 3)


# --- webhook --------------------------------------------------------------------------------------


@asynccontextmanager
async def hooked(bot: Bot, inbox: Inbox, **more: int) -> AsyncIterator[tuple[str, Handling]]:
    handling, stop = Handling(), asyncio.Event()
    dispatch = Dispatch(inbox, handling, FastClock(), **more)
    receiver = Receiver(bot, inbox, dispatch, FastClock())
    app = web.Application()
    app.add_routes([receiver.webhook_route("/hook", "secret-1")])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    serving = asyncio.create_task(receiver.serve(url, "secret-1", stop))
    running = asyncio.create_task(dispatch.run(stop))
    await asyncio.sleep(0.05)
    try:
        yield url, handling
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(serving, running), 3)
        await runner.cleanup()


async def post(url: str, body: bytes, secret: str = "secret-1") -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers={SECRET_HEADER: secret}) as response,
    ):
        return response.status


async def test_the_webhook_records_and_answers(bot: Bot, api: Any) -> None:
    inbox = Inbox()
    body = json.dumps(content(10)).encode()
    async with hooked(bot, inbox) as (url, handling):
        assert [await post(url, body), await post(url, body)] == [200, 200]
        await until(lambda: handling.seen == [10])
    call = api.asked("setWebhook")[0]
    assert (call["url"], call["secret_token"]) == (url, "secret-1")


async def test_the_webhook_refuses_what_is_not_telegrams(bot: Bot, api: Any) -> None:
    inbox = Inbox()
    async with hooked(bot, inbox) as (url, _):
        assert await post(url, json.dumps(content(10)).encode(), "سر") == 403
        assert await post(url, json.dumps(content(10)).encode(), "") == 403
        assert await post(url, b"[]") == 400
        assert await post(url, b"no json") == 400
        assert await post(url, b" " * (BODY_LIMIT + 1)) == 413
    assert inbox.known == {}


async def test_a_full_dispatch_sends_telegram_away_for_now(bot: Bot, api: Any) -> None:
    inbox = Inbox()
    async with hooked(bot, inbox, most=0) as (url, _):
        assert await post(url, json.dumps(content(10)).encode()) == 503
    assert inbox.known == {}


async def test_an_address_that_telegram_refuses_is_told_in_one_line(bot: Bot, api: Any) -> None:
    api.answers["setWebhook"] = lambda _: web.json_response(
        {"ok": False, "error_code": 400, "description": "Bad Request: bad webhook: no such port"},
        status=400,
    )
    inbox = Inbox()
    receiver = Receiver(bot, inbox, Dispatch(inbox, Handling(), FastClock()), FastClock())
    with pytest.raises(ConfigurationError, match=r"^WEBHOOK_URL: 'https://a/hook' .*no such port"):
        await receiver.serve("https://a/hook", "secret", asyncio.Event())

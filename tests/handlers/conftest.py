"""A tiny Bot API on 127.0.0.1 that answers as each test tells it, and a bot that talks to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from handlers.connection import opened_bot

TOKEN = "123456789:" + "T" * 35

Answer = Callable[[dict[str, str]], Any]


def failure(code: int, description: str, **parameters: int) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=code)


def message(chat: int = 7, number: int = 55, **more: Any) -> dict[str, Any]:
    kind = "private" if chat > 0 else "supergroup"
    who = {"first_name": "س"} if chat > 0 else {"title": "ج"}
    return {"message_id": number, "date": 1, "chat": {"id": chat, "type": kind, **who}, **more}


@dataclass
class Api:
    """answers: method → its result, or a function of the parameters that gives it or a response."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def asked(self, method: str) -> list[dict[str, str]]:
        return [parameters for name, parameters in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await _given(request)
        self.calls.append((method, parameters))
        answer = self.answers.get(method, True)
        result = answer(parameters) if callable(answer) else answer
        if isinstance(result, Awaitable):
            result = await result
        if isinstance(result, web.StreamResponse):
            return result
        return web.json_response({"ok": True, "result": result})

    async def file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"]])


async def _given(request: web.Request) -> dict[str, str]:
    """Parameters as text: nested ones as JSON, as a form would carry them; of a file its name."""
    given = await request.json() if request.content_type == "application/json" else await request.post()
    return {name: _text(value) for name, value in given.items()}


def _text(value: Any) -> str:
    if isinstance(value, web.FileField):
        return value.filename
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    api = Api()
    api.answers["getMe"] = {
        "id": 1,
        "is_bot": True,
        "first_name": "موجز",
        "username": "mojaz_bot",
    }
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/{path:.+}", api.file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield api
    await runner.cleanup()


@pytest.fixture
async def bot(api: Api) -> AsyncIterator[Bot]:
    async with opened_bot(TOKEN, api.url) as bot:
        yield bot
    await asyncio.sleep(0)

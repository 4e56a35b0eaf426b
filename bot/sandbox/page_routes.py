"""What the chat page asks of the sandbox: its files, the chats of a person, news of them, and acts.

Answers this machine alone (the Host header must be loopback, against DNS rebinding); acts need a header
of their own that no foreign page can send (against forged requests).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox import view
from bot.sandbox.acts import Acts, NotPossible
from bot.sandbox.faults import KINDS
from bot.sandbox.people import Person, Room
from bot.sandbox.refusal import Json, Refused
from bot.sandbox.service import Service
from bot.sandbox.state import Change
from bot.sandbox.wire import is_loopback, read_body
from bot.sandbox.world import World

_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_ACT_HEADER = "X-Mojaz-Sandbox"
_HEARTBEAT = 15.0
_PRESS_TIME = 20.0
_LARGEST_DELAY = 10.0
_IMAGES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class PageRoutes:
    """The page's side of the sandbox."""

    world: World
    acts: Acts
    service: Service

    @property
    def routes(self) -> list[web.RouteDef]:
        get, act = self._guarded, self._acting
        return [
            web.get("/", get(self._index)),
            web.get("/sandbox/page/{name:[a-z_]+\\.(?:css|js|svg)}", get(self._static)),
            web.get("/sandbox/api/state", get(self._state)),
            web.get("/sandbox/api/events", get(self._events)),
            web.get("/sandbox/api/calls", get(self._calls)),
            web.get("/sandbox/api/file/{id}", get(self._file)),
            web.post("/sandbox/api/say", act(self._say)),
            web.post("/sandbox/api/document", act(self._document)),
            web.post("/sandbox/api/forward", act(self._forward)),
            web.post("/sandbox/api/press", act(self._press)),
            web.post("/sandbox/api/block", act(self._block)),
            web.post("/sandbox/api/fault", act(self._fault)),
            web.post("/sandbox/api/delay", act(self._delay)),
        ]

    def _guarded(self, handler: _Handler) -> _Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not is_loopback(request.host):
                return _said("the sandbox answers this machine alone", 403)
            try:
                return await handler(request)
            except NotPossible as refused:
                return _said(str(refused), 409)
            except Refused as refused:
                return _said(refused.description, refused.code)
            except (KeyError, ValueError, TypeError):
                return _said("not understood", 400)

        return guarded

    def _acting(self, handler: _Handler) -> _Handler:
        async def acting(request: web.Request) -> web.StreamResponse:
            if request.headers.get(_ACT_HEADER) != "1":
                return _said(f"the header {_ACT_HEADER} is missing", 403)
            return await handler(request)

        return self._guarded(acting)

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return _page_file("index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request.match_info["name"])

    async def _state(self, request: web.Request) -> web.StreamResponse:
        return _answered(view.state(self.world, self._person(request.query["as"])))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """News for one person as server-sent events, from after change number `after`."""
        person = self._person(request.query["as"])
        seen = int(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        headers = {**_HEADERS, "Content-Type": "text/event-stream"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        with suppress(ConnectionError, asyncio.CancelledError):
            await response.write(b"retry: 500\n\n")
            while not self.world.state.closed:
                changes = self.world.state.since(seen)
                seen = self.world.state.last_change
                await response.write(self._written(person, changes) or b": still here\n\n")
                await self.world.state.wait_for_change(seen, _HEARTBEAT)
        return response

    def _written(self, person: Person, changes: list[Change]) -> bytes:
        shown = ((c.number, view.change(self.world, person, c)) for c in changes)
        lines = [f"id: {n}\ndata: {json.dumps(body)}\n\n" for n, body in shown if body is not None]
        return "".join(lines).encode()

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        after = int(request.query.get("after", "0"))
        calls = [call.json() for call in self.world.transcript.calls if call.number > after]
        return _answered({"calls": calls})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A sent file. Pictures are shown, everything else is handed over for saving."""
        file = self.world.state.files.get(request.match_info["id"])
        if file is None:
            return _said("no such file", 404)
        found = (kind for magic, kind in _IMAGES.items() if file.content.startswith(magic))
        image = next(found, None)
        name = quote(file.name, safe="")
        where = "inline" if image else "attachment"
        headers = {**_HEADERS, "Content-Disposition": f"{where}; filename*=UTF-8''{name}"}
        kind = image or "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def _say(self, request: web.Request) -> web.StreamResponse:
        asked = await _asked(request)
        person, room = self._place(asked["as"], asked["chat"])
        return _answered(self.acts.say(person, room, str(asked["text"]), reply_to=asked.get("reply_to")))

    async def _document(self, request: web.Request) -> web.StreamResponse:
        """The file is the whole body; its name, caption and place stand in the query."""
        query = request.query
        person, room = self._place(query["as"], int(query["chat"]))
        reply = int(query["reply_to"]) if query.get("reply_to") else None
        message = self.acts.send_document(
            person, room, query["name"][:255], await read_body(request),
            caption=query.get("caption", ""), mime_type=query.get("type", "")[:100], reply_to=reply,
        )  # fmt: skip
        return _answered(message)

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        asked = await _asked(request)
        person, room = self._place(asked["as"], asked["chat"])
        _, source = self._place(asked["as"], asked["from_chat"])
        message = self.world.state.message(source.id, asked["message"])
        if message is None:
            raise NotPossible("the message is gone")
        return _answered(self.acts.forward(person, room, message))

    async def _press(self, request: web.Request) -> web.StreamResponse:
        """Presses a button and waits for the bot's answer to it."""
        asked = await _asked(request)
        person, room = self._place(asked["as"], asked["chat"])
        message = self.world.state.message(room.id, asked["message"])
        press = self.acts.press(person, room, message, asked["message"], str(asked["data"]))
        await self.world.state.bell.until(lambda: press.answer is not None, _PRESS_TIME)
        return _answered({"answer": press.answer})

    async def _block(self, request: web.Request) -> web.StreamResponse:
        asked = await _asked(request)
        self.acts.block(self._person(asked["as"]), bool(asked["blocked"]))
        return _answered({})

    async def _fault(self, request: web.Request) -> web.StreamResponse:
        """The bot's next fitting call meets a fault; kind "none" takes all waiting ones back."""
        asked = await _asked(request)
        if asked["kind"] == "none":
            self.world.faults.clear()
        elif asked["kind"] in KINDS:
            retry_after = max(1, min(int(asked.get("retry_after", 3)), 3600))
            self.world.faults.add(asked["kind"], retry_after=retry_after)
        return _answered({"waiting": [fault.kind for fault in self.world.faults.waiting]})

    async def _delay(self, request: web.Request) -> web.StreamResponse:
        asked = await _asked(request)
        self.service.delay = max(0.0, min(float(asked["seconds"]), _LARGEST_DELAY))
        return _answered({"seconds": self.service.delay})

    def _person(self, key: str) -> Person:
        return self.world.state.people[key]

    def _place(self, key: str, chat: int) -> tuple[Person, Room]:
        """A person and a chat that this person is in."""
        person, room = self._person(key), self.world.state.rooms[chat]
        if person.id not in room.members:
            raise NotPossible("this person is not in this chat")
        return person, room


async def _asked(request: web.Request) -> Json:
    found = json.loads(await read_body(request))
    if not isinstance(found, dict):
        raise ValueError
    return found


def _page_file(name: str) -> web.Response:
    path = _PAGE / name
    if not path.is_file():
        return _said("no such file", 404)
    kind = _TYPES[path.suffix]
    return web.Response(text=path.read_text(encoding="utf-8"), content_type=kind, headers=_HEADERS)


def _answered(body: Any) -> web.Response:
    return web.json_response(body, headers=_HEADERS)


def _said(reason: str, status: int) -> web.Response:
    return web.json_response({"error": reason}, status=status, headers=_HEADERS)

"""What is stored of a chat: handed to it as a file, and deleted where it wants that."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.answers.desk import Desk
from bot.answers.request import Request
from bot.model import Document, Reply
from bot.ports import Traces
from bot.texts import render_keeping

FILE = "mojaz-data.json"

LAST_TRACES = timedelta(seconds=4)
"""After these goes what the confirmation itself left: time enough to send it, and well within the ten
seconds that are promised."""


@dataclass(frozen=True, slots=True)
class Owning:
    """/mydata and /forgetme. In groups both are its administrators' alone."""

    desk: Desk
    traces: Traces

    async def mydata(self, request: Request) -> Reply:
        """/mydata: a JSON file with all that is stored of this chat."""
        voice = self.desk.voice(request)
        if not request.may_manage:
            return render_keeping.data_refused(voice)
        stored = await self.traces.of(request.chat.id)
        content = json.dumps(
            {"made": request.now, **stored}, default=_plain, ensure_ascii=False, indent=1
        )
        caption = render_keeping.data_caption(voice)
        return replace(caption, document=Document(FILE, content.encode("utf-8", "replace")))

    async def forgetme(self, request: Request) -> Reply:
        """/forgetme: asks first."""
        voice = self.desk.voice(request)
        if not request.may_manage:
            return render_keeping.data_refused(voice)
        return render_keeping.forget_ask(voice)

    async def press(self, request: Request, *, on: bool) -> Reply:
        """The answer to that. Pressed once more it deletes once more, of a chat that is new by then."""
        voice = self.desk.voice(request)
        if not request.may_manage:
            return voice.toast("toast-manage", alert=True)
        if not on:
            return render_keeping.not_forgotten(voice)
        await self.traces.forget(request.chat.id, request.now + LAST_TRACES)
        return render_keeping.forgotten(voice)


def _plain(value: object) -> Any:
    """What JSON has no form for."""
    match value:
        case datetime():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case _ if is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in fields(value)}
        case _:
            return str(value)

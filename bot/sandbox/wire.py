"""Requests as the Bot API takes them, and its envelope around every answer.

GET and POST; parameters in the query, a form, JSON, or multipart with `attach://` names.
"""

from __future__ import annotations

import ipaddress
import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.sandbox.refusal import Json, Refused, bad_request
from bot.sandbox.table import Upload

LARGEST = 50 * 1024 * 1024
"""Bytes of one request: what a bot may upload. Files that people send count the same."""
_PARTS = 100


async def parameters(request: web.Request) -> dict[str, Any]:
    """All that a call was given: strings, JSON values or Uploads by name.

    Raises Refused: 400 for a body that cannot be read, 413 for one that is too large.
    """
    given: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if request.method != hdrs.METH_POST or not request.can_read_body:
        return given
    if kind == "multipart/form-data":
        return given | await _multipart(request)
    body = await read_body(request)
    if kind == "application/json":
        return given | _json(body)
    if kind == "application/x-www-form-urlencoded":
        return given | _form(body)
    return given


async def read_body(request: web.Request) -> bytes:
    """The whole body, at most LARGEST bytes; Refused 413 beyond."""
    taken = bytearray()
    async for piece in request.content.iter_chunked(65536):
        _add(taken, piece, len(piece))
    return bytes(taken)


def _add(taken: bytearray, piece: bytes, total: int) -> None:
    if len(taken) + len(piece) > LARGEST or total > LARGEST:
        raise Refused(413, "Request Entity Too Large")
    taken += piece


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("can't parse JSON object: Object expected")
    return found


def _form(body: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_PARTS))
    except (ValueError, UnicodeDecodeError):
        raise bad_request("can't parse form") from None


async def _multipart(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = {}
    total = 0
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or not part.name or len(given) >= _PARTS:
                raise bad_request("can't parse multipart body")
            content = await _part(part, total)
            total += len(content)
            given[part.name] = _value(part, content)
    except (ValueError, AssertionError, LookupError, HttpProcessingError):
        raise bad_request("can't parse multipart body") from None
    return _attached(given)


async def _part(part: BodyPartReader, before: int) -> bytes:
    taken = bytearray()
    while piece := await part.read_chunk(65536):
        _add(taken, piece, before + len(taken))
    return bytes(taken)


def _value(part: BodyPartReader, content: bytes) -> str | Upload:
    if part.filename is not None:
        mime_type = part.headers.get(hdrs.CONTENT_TYPE, "")
        return Upload(part.filename[:255], content, mime_type)
    return content.decode("utf-8")


def _attached(given: dict[str, Any]) -> dict[str, Any]:
    """Replaces `attach://name` by the part of that name; parts that nobody names stay."""
    used = set()
    for name, value in given.items():
        if isinstance(value, str) and value.startswith("attach://"):
            part = value.removeprefix("attach://")
            if isinstance(given.get(part), Upload):
                given[name] = given[part]
                used.add(part)
    return {name: value for name, value in given.items() if name not in used}


def success(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def failure(refused: Refused) -> web.Response:
    """The envelope of a refusal; the HTTP status is the error's code."""
    return web.json_response(envelope(refused), status=refused.code)


def envelope(refused: Refused) -> Json:
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    return body | ({"parameters": refused.parameters} if refused.parameters else {})


def is_loopback(host: str) -> bool:
    """Whether a Host header, or a URL's host, names this machine: against DNS rebinding."""
    name = host.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False

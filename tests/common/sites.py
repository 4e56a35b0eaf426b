"""Web sites on this machine, and a belt that keeps fetchers on it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any

import pytest
from aiohttp import web

from bot.intake import fetch
from bot.intake.guard import Guard
from bot.intake.sockets import guarded

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(pages: Mapping[str, Handler]) -> AsyncIterator[str]:
    """A site of paths and their handlers; its address without a last slash."""
    app = web.Application()
    app.add_routes([web.get(path, handler) for path, handler in pages.items()])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def keep_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Belt and braces: whatever guard a test uses, its fetchers connect to this machine or it fails."""

    def belt(guard: Guard) -> Callable[[Any], socket.socket]:
        make = guarded(guard)

        def made(info: Any) -> socket.socket:
            opened = make(info)
            if not ip_address(info[4][0]).is_loopback:
                opened.close()
                raise AssertionError(f"a test was about to connect to {info[4][0]}")
            return opened

        return made

    monkeypatch.setattr(fetch, "guarded", belt)

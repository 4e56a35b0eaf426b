"""The HTTP listener."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web

from bot import server as server_module
from bot.errors import ConfigurationError
from bot.server import Server


async def well() -> bool:
    return True


async def ill() -> bool:
    return False


async def broken() -> bool:
    raise OSError("the disk is gone")


async def stuck() -> bool:
    await asyncio.sleep(60)
    return True


async def get(url: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text(), answer.headers["Server"]


@pytest.mark.parametrize(("health", "status"), [(well, 200), (ill, 503), (broken, 503), (stuck, 503)])
async def test_health_is_told_by_the_status(
    health: object, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "HEALTH_SECONDS", 0.2)
    server = Server("127.0.0.1", 0, health)  # type: ignore[arg-type]
    url = await server.start()
    assert (await get(f"{url}/healthz"))[0] == status
    await server.stop()


async def test_metrics_and_routes_that_were_handed_in() -> None:
    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    server = Server("127.0.0.1", 0, well, [web.get("/hello", hello)])
    url = await server.start()
    assert "python_info" in (await get(f"{url}/metrics"))[1]
    assert await get(f"{url}/hello") == (200, "hello", "mojaz")
    await server.stop()


async def test_an_address_in_use_is_told_in_one_line() -> None:
    first = Server("127.0.0.1", 0, well)
    port = int((await first.start()).rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=r"^LISTEN: "):
        await Server("127.0.0.1", port, well).start()
    await first.stop()


async def test_no_answer_names_the_library_that_serves() -> None:
    server = Server("127.0.0.1", 0, well)
    url = await server.start()
    assert await get(f"{url}/nowhere") == (404, "404: Not Found", "mojaz")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    writer.write(b"NONSENSE\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await server.stop()
    assert answer.startswith(b"HTTP/1.")
    assert b"Server: mojaz" in answer
    assert b"aiohttp" not in answer

"""The HTTP listener."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web

from bot import server as server_module
from bot.errors import ConfigurationError, StorageError
from bot.model import Counts
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


async def figures() -> Counts | None:
    return Counts(3, 2, 1, 9, 8, 7, 6, 5)


async def no_figures() -> Counts | None:
    raise StorageError("the database refused: disk I/O error")


async def get(url: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text(), answer.headers["Server"]


@pytest.mark.parametrize(("health", "status"), [(well, 200), (ill, 503), (broken, 503), (stuck, 503)])
async def test_health_is_told_by_the_status(
    health: object, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "HEALTH_SECONDS", 0.2)
    server = Server("127.0.0.1", 0, health, figures)  # type: ignore[arg-type]
    url = await server.start()
    assert (await get(f"{url}/healthz"))[0] == status
    await server.stop()


async def test_metrics_and_routes_that_were_handed_in() -> None:
    async def hello(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    server = Server("127.0.0.1", 0, well, figures, [web.get("/hello", hello)])
    url = await server.start()
    told = (await get(f"{url}/metrics"))[1]
    assert "python_info" in told
    assert {"mojaz_articles 3.0", "mojaz_subscribers 8.0", "mojaz_queued 6.0"} <= set(told.splitlines())
    assert await get(f"{url}/hello") == (200, "hello", "mojaz")
    await server.stop()


async def test_metrics_without_the_database_are_those_of_the_process() -> None:
    server = Server("127.0.0.1", 0, well, no_figures)
    status, told, _ = await get(f"{await server.start()}/metrics")
    assert (status, "python_info" in told, "mojaz_" in told) == (200, True, False)
    await server.stop()


async def test_an_address_in_use_is_told_in_one_line() -> None:
    first = Server("127.0.0.1", 0, well, figures)
    port = int((await first.start()).rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=r"^LISTEN: "):
        await Server("127.0.0.1", port, well, figures).start()
    await first.stop()


async def test_no_answer_names_the_library_that_serves() -> None:
    server = Server("127.0.0.1", 0, well, figures)
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

"""The fetcher against real servers on 127.0.0.1."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from datetime import UTC, datetime
from itertools import pairwise
from types import ModuleType
from typing import Any

import brotli
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.errors import FetchFailed
from bot.intake.fetch import MOST_REDIRECTS, WebFetcher, agent, warn_of_private
from bot.intake.sockets import Lookups
from bot.intake.web_words import LONGEST_WAIT, retry_after, target
from bot.model import FetchRequest

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def page(text: str = "خبر", status: int = 200, **headers: str) -> Any:
    async def handler(request: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(text=text, status=status, headers=named)

    return handler


def coded(body: bytes, coding: str) -> Any:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": coding})

    return handler


async def get(url: str, *, polite: bool = False, **wanted: Any) -> Any:
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        return await fetcher.get(FetchRequest(url, polite=polite, **wanted))


async def failure(url: str, **wanted: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        await get(url, **wanted)
    assert "\n" not in failed.value.cause
    return failed.value


async def refused(fetcher: WebFetcher, url: str) -> str:
    with pytest.raises(FetchFailed) as failed:
        async with fetcher:
            await fetcher.get(FetchRequest(url, polite=False, deadline=5))
    return failed.value.cause


# --- what servers say ------------------------------------------------------------------------------


async def test_a_page_comes_with_what_its_server_says_of_it(site: Any) -> None:
    base = await site({"/a": page(ETag='"7"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")})
    fetched = await get(f"{base}/a#part")
    assert (fetched.url, fetched.status, fetched.body.decode()) == (f"{base}/a", 200, "خبر")
    assert (fetched.etag, fetched.last_modified) == ('"7"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert fetched.content_type == "text/plain; charset=utf-8"
    assert (fetched.moved_to, fetched.retry_after) == ("", None)


async def test_an_unchanged_page_is_not_sent_again(site: Any) -> None:
    async def handler(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"7"'
        dated = request.headers.get("If-Modified-Since") == "Sun, 01 Mar 2026 10:00:00 GMT"
        return web.Response(status=304 if known and dated else 200, headers={"ETag": '"7"'})

    base = await site({"/": handler})
    fetched = await get(base, etag='"7"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")
    assert (fetched.status, fetched.body, fetched.etag) == (304, b"", '"7"')


async def test_validators_that_would_break_a_header_are_left_out(site: Any) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.json_response(sorted(request.headers))

    base = await site({"/": handler})
    fetched = await get(base, etag='"7"\r\nX-Evil: 1', last_modified="\0")
    assert b"If-" not in fetched.body
    assert b"Evil" not in fetched.body


@pytest.mark.parametrize("value", [b'"\xe3\xce"', b'"' + b"x" * 2000 + b'"'])
async def test_validators_that_no_database_takes_are_not_kept(
    raw_server: Any, hostile: ModuleType, value: bytes
) -> None:
    server = await raw_server(hostile.says(hostile.OK + b"ETag: " + value + b"\r\n\r\n"))
    assert (await get(server.url)).etag == ""


async def test_a_page_that_is_gone_for_good_comes_back_as_that(site: Any) -> None:
    base = await site({"/": page("gone", 410)})
    assert (await get(base)).status == 410


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
async def test_errors_of_the_server_are_failures(site: Any, status: int) -> None:
    base = await site({"/": page("x", status, Retry_After="120")})
    failed = await failure(base)
    assert (failed.status, failed.retry_after) == (status, 120)
    assert failed.cause == f"127.0.0.1: the server says {status}"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999999999999999", LONGEST_WAIT),
        ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0),
        ("Sunday, 01-Mar-26 12:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 14:01:30 +0200", 90.0),
        ("Sun Mar  1 12:01:30 2026", 90.0),
        ("Sun, 01 Mar 2020 12:00:00 GMT", 0.0),
        *((nothing, None) for nothing in ("", "soon", "-5", "1.5", "٥", "Sun, 99 Mar 2026", "\0")),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


async def test_every_request_names_the_program_and_keeps_no_cookies(site: Any) -> None:
    seen: list[Any] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request.headers.copy())
        return web.Response(headers={"Set-Cookie": "id=1"})

    base = await site({"/": handler})
    async with WebFetcher(allow_private=True, spacing=0, contact="https://news.example/bot") as fetcher:
        await fetcher.get(FetchRequest(base, polite=False))
        await fetcher.get(FetchRequest(base, polite=False))
    assert seen[1]["User-Agent"].startswith("mojaz/")
    assert seen[1]["User-Agent"].endswith("(+https://news.example/bot)")
    assert not {"Cookie", "Referer", "Authorization"} & set(seen[1])


def test_a_contact_that_would_break_a_header_is_refused() -> None:
    with pytest.raises(ValueError):
        agent("me\r\nX: 1")


async def test_proxies_of_the_environment_are_not_used(site: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    base = await site({"/": page("direct")})
    assert (await get(base)).body == b"direct"


# --- codings ---------------------------------------------------------------------------------------

TEXT = "خبر طويل. ".encode() * 30_000
BARE = zlib.compressobj(wbits=-15)
CODED = {
    "gzip": gzip.compress(TEXT),
    "GZip": gzip.compress(TEXT) + b"\0" * 512,
    "x-gzip": gzip.compress(TEXT[:100_000]) + gzip.compress(TEXT[100_000:]),
    "deflate": zlib.compress(TEXT),
    "deflate, identity": BARE.compress(TEXT) + BARE.flush(),
    "br": brotli.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
    "": TEXT,
}


@pytest.mark.parametrize("coding", CODED)
async def test_codings_are_opened(site: Any, coding: str) -> None:
    base = await site({"/": coded(CODED[coding], coding)})
    assert (await get(base)).body == TEXT


@pytest.mark.parametrize("coding", ["gzip", "br", ""])
async def test_a_body_of_exactly_the_limit_passes_and_one_byte_more_fails(
    site: Any, coding: str
) -> None:
    base = await site({"/": coded(CODED[coding], coding)})
    assert len((await get(base, most_bytes=len(TEXT))).body) == len(TEXT)
    assert "more than" in (await failure(base, most_bytes=len(TEXT) - 1)).cause


async def test_an_empty_body_that_claims_a_coding_is_empty(site: Any) -> None:
    base = await site({"/": coded(b"", "gzip")})
    assert (await get(base)).body == b""


# --- redirects -------------------------------------------------------------------------------------


def to(where: str, status: int = 301) -> Any:
    return page("", status, Location=where)


@pytest.mark.parametrize(("first", "second"), [(301, 308), (308, 301)])
async def test_permanent_redirects_are_remembered(site: Any, first: int, second: int) -> None:
    base = await site({"/a": to("/b", first), "/b": to("c?d=e", second), "/c": page()})
    fetched = await get(f"{base}/a")
    assert fetched.url == fetched.moved_to == f"{base}/c?d=e"


@pytest.mark.parametrize("passing", [302, 303, 307])
async def test_a_passing_redirect_on_the_way_is_not_remembered(site: Any, passing: int) -> None:
    base = await site({"/a": to("/b"), "/b": to("/c", passing), "/c": page()})
    fetched = await get(f"{base}/a")
    assert (fetched.url, fetched.moved_to) == (f"{base}/c", "")


async def test_a_permanent_redirect_to_a_grave_is_not_remembered(site: Any) -> None:
    base = await site({"/a": to("/b"), "/b": page("", 410)})
    assert (await get(f"{base}/a")).moved_to == ""


async def test_endless_redirects_end(site: Any) -> None:
    asked: list[int] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(1)
        return web.Response(status=302, headers={"Location": f"/?{len(asked)}"})

    base = await site({"/": handler})
    assert "redirects" in (await failure(base)).cause
    assert len(asked) == MOST_REDIRECTS + 1


# every place is on this machine or none at all: a guard that failed would send nothing elsewhere
@pytest.mark.parametrize(
    "where",
    [
        *(
            "http://127.0.0.1:PORT/",
            "//127.0.0.1:PORT/",
            "http://0x7f.1:PORT/",
            "http://2130706433:PORT/",
        ),
        *(
            "http://[::ffff:127.0.0.1]:PORT/",
            "http://127。0。0。1:PORT/",
            "http://me:s3cret@127.0.0.1:PORT/",
        ),
        *(
            "http://localhost:PORT/",
            "http://[",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "javascript:1",
            "",
        ),
    ],
)
async def test_redirects_to_forbidden_places_are_refused(
    site: Any, raw_server: Any, hostile: ModuleType, recording_guard: Any, names: Any, where: str
) -> None:
    inner = await raw_server(hostile.says(hostile.OK + b"\r\n"))
    base = await site({"/": to(where.replace("PORT", str(inner.port)))})
    door = int(base.rpartition(":")[2])
    resolver = names({"news.example": ["127.0.0.1"]})
    fetcher = WebFetcher(guard=recording_guard((door,)), resolver=resolver, spacing=0)
    assert "s3cret" not in await refused(fetcher, f"http://news.example:{door}/")
    assert inner.connections == 0


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/خبر", "http://a.example/%D8%AE%D8%A8%D8%B1"),
        ("/\udce3", "http://a.example/%E3"),
        ("b?c=%D8", "http://a.example/x/b?c=%D8"),
        ("//b.example/c", "http://b.example/c"),
        ("http://[::zz", "http://"),
    ],
)
def test_locations_are_joined_whatever_their_bytes(location: str, url: str) -> None:
    assert target("http://a.example/x/y", location) == url


# --- the guard is asked before any connection -------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "news.example"])
async def test_no_connection_is_made_before_the_guard_has_spoken(
    raw_server: Any, hostile: ModuleType, recording_guard: Any, names: Any, host: str
) -> None:
    server = await raw_server(hostile.says(hostile.OK + b"\r\n"))
    guard = recording_guard(lax=True)
    fetcher = WebFetcher(guard=guard, resolver=names({"news.example": ["127.0.0.1"]}), spacing=0)
    assert "not a public address" in await refused(fetcher, f"http://{host}:{server.port}/")
    assert guard.asked == [("127.0.0.1", server.port)]
    assert server.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "inner.example"])
@pytest.mark.parametrize("hops", [1, 3])
async def test_the_guard_is_asked_at_every_redirect(
    site: Any,
    raw_server: Any,
    hostile: ModuleType,
    recording_guard: Any,
    names: Any,
    host: str,
    hops: int,
) -> None:
    inner = await raw_server(hostile.says(hostile.OK + b"\r\n"))
    pages = {f"/{n}": to(f"/{n + 1}", 302) for n in range(1, hops)}
    base = await site({**pages, f"/{hops}": to(f"http://{host}:{inner.port}/")})
    door = int(base.rpartition(":")[2])
    guard = recording_guard((door,), lax=True)
    fetcher = WebFetcher(guard=guard, resolver=names({"inner.example": ["127.0.0.1"]}), spacing=0)
    assert "not a public address" in await refused(fetcher, f"{base}/1")
    assert guard.asked[0] == ("127.0.0.1", door)
    assert guard.asked[-1] == ("127.0.0.1", inner.port)
    assert inner.connections == 0


async def test_a_name_that_changes_its_answer_gains_nothing(
    raw_server: Any, hostile: ModuleType, recording_guard: Any, names: Any
) -> None:
    server = await raw_server(hostile.says(hostile.OK + b"Connection: close\r\n\r\nfirst"))
    guard = recording_guard((server.port,))
    resolver = names({"news.example": ["127.0.0.1", "127.0.0.2"]})
    url = f"http://news.example:{server.port}/"
    async with WebFetcher(guard=guard, resolver=resolver, spacing=0, names_for=0) as fetcher:
        assert (await fetcher.get(FetchRequest(url, polite=False))).body == b"first"
        with pytest.raises(FetchFailed, match=r"127\.0\.0\.2 is not a public address"):
            await fetcher.get(FetchRequest(url, polite=False))
    assert guard.asked == [("127.0.0.1", server.port), ("127.0.0.2", server.port)]


async def test_an_answer_with_a_private_address_among_others_uses_the_others(
    site: Any, recording_guard: Any
) -> None:
    door = int((await site({"/": page("here")})).rpartition(":")[2])

    class Both(Lookups):
        async def resolve(self, host: str, port: int = 0, family: Any = 0) -> Any:
            first = await super().resolve("127.0.0.2", port)
            return [*first, *await super().resolve("127.0.0.1", port)]

    guard = recording_guard((door,))
    async with WebFetcher(guard=guard, resolver=Both(), spacing=0) as fetcher:
        fetched = await fetcher.get(FetchRequest(f"http://news.example:{door}/", polite=False))
    assert fetched.body == b"here"
    assert ("127.0.0.2", door) in guard.asked


async def test_a_name_that_nobody_knows_is_a_failure(names: Any) -> None:
    cause = await refused(WebFetcher(resolver=names({}), spacing=0), "http://nowhere.example/")
    assert cause == "nowhere.example: its name is not known"


async def test_the_fetcher_without_leave_reads_nothing_here(site: Any) -> None:
    base = await site({"/": page()})
    assert "not a public address" in await refused(WebFetcher(spacing=0), base)


def test_leave_for_private_addresses_is_said_aloud() -> None:
    with capture_logs() as lines:
        warn_of_private(False)
        warn_of_private(True)
    assert [line["log_level"] for line in lines] == ["warning"]


async def test_no_cause_tells_a_reader_key(site: Any) -> None:
    base = await site({"/feed": page("", 403)})
    assert "s3cret" not in (await failure(f"{base}/feed?key=s3cret")).cause


# --- time ------------------------------------------------------------------------------------------


async def test_one_host_is_asked_slowly_and_others_are_not_kept_waiting(site: Any, names: Any) -> None:
    times: list[tuple[str, float]] = []

    async def handler(request: web.Request) -> web.Response:
        times.append((request.host[0], time.monotonic()))
        return web.Response()

    port = (await site({"/": handler})).rpartition(":")[2]
    resolver = names({"a.example": ["127.0.0.1"], "b.example": ["127.0.0.1"]})
    urls = [f"http://{host}.example:{port}/" for host in "aaab"]
    async with WebFetcher(allow_private=True, spacing=0.2, resolver=resolver) as fetcher:
        started = time.monotonic()
        await asyncio.gather(*(fetcher.get(FetchRequest(url, polite=False)) for url in urls))
    of_a = [moment for host, moment in times if host == "a"]
    assert min(later - earlier for earlier, later in pairwise(of_a)) > 0.15
    assert next(moment for host, moment in times if host == "b") - started < 0.2


async def test_a_host_is_asked_for_few_things_at_once(site: Any) -> None:
    now, most = 0, 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response()

    base = await site({"/": handler})
    async with WebFetcher(allow_private=True, spacing=0, at_once=2) as fetcher:
        await asyncio.gather(*(fetcher.get(FetchRequest(base, polite=False)) for _ in range(8)))
    assert most == 2


async def test_the_deadline_holds_while_waiting_for_a_turn(site: Any) -> None:
    base = await site({"/": page()})
    async with WebFetcher(allow_private=True, spacing=30) as fetcher:
        await fetcher.get(FetchRequest(base, polite=False))
        with pytest.raises(FetchFailed, match=r"no whole answer within 0\.2 seconds"):
            await fetcher.get(FetchRequest(base, polite=False, deadline=0.2))

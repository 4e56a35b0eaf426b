"""The fetcher against servers that misbehave: each ends in FetchFailed, in time and in little memory."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any

import pytest

from bot.errors import FetchFailed
from bot.intake.fetch import WebFetcher
from bot.model import FetchRequest

DEADLINE = 1.0
MOST_MEMORY = 100_000_000

MISBEHAVIOURS = [
    *("silence", "a drip in the head", "a drip in the body", "a drip of garbage", "a header of 1 MB"),
    *("a million short headers", "an endless status line", "garbage", "words of another protocol"),
    *("nothing", "half a head", "a body of 2 GB", "a body that says 2 GB", "a length too long"),
    *("two lengths", "a length that is none", "a chunk cut short", "a chunk of nonsense"),
    *("gzip, 200 kB to 200 MB", "gzip in gzip", "brotli, 1 GB", "seven codings", "an unknown coding"),
    *("a false coding", "a false brotli", "gzip cut short", "a thousand gzip members"),
    *("a flood of 100 Continue", "a switch of protocols"),
]


def test_every_misbehaviour_is_met(hostile: ModuleType) -> None:
    assert sorted(MISBEHAVIOURS) == sorted(hostile.conversations())


@pytest.mark.parametrize("name", MISBEHAVIOURS)
async def test_misbehaviour_ends_in_a_failure_in_time_and_in_little_memory(
    raw_server: Any, hostile: ModuleType, grown: Any, name: str
) -> None:
    conversation, words = hostile.conversations()[name]
    server = await raw_server(conversation)
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        growth, started = grown(), time.monotonic()
        with pytest.raises(FetchFailed, match=words):
            await fetcher.get(FetchRequest(server.url, polite=False, deadline=DEADLINE))
        assert time.monotonic() - started < DEADLINE + 2
        assert growth() < MOST_MEMORY


@pytest.mark.parametrize(
    ("name", "words"), [("silence", "no whole answer"), ("garbage", "secure"), ("nothing", "")]
)
async def test_what_speaks_no_tls_is_a_failure_in_time(
    raw_server: Any, hostile: ModuleType, name: str, words: str
) -> None:
    says = {
        "silence": hostile.silent,
        "garbage": hostile.blurts(b"\0" * 500),
        "nothing": hostile.blurts(b""),
    }
    server = await raw_server(says[name])
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        url = server.url.replace("http:", "https:")
        with pytest.raises(FetchFailed) as failed:
            await fetcher.get(FetchRequest(url, polite=False, deadline=0.5))
    assert words in failed.value.cause


async def test_a_robots_file_without_end_keeps_nobody_out(raw_server: Any, hostile: ModuleType) -> None:
    rules = hostile.repeated(b"User-agent: x\nDisallow: /\n" * 1000, 100_000)
    server = await raw_server(hostile.streams(hostile.OK + b"\r\n", rules))
    async with WebFetcher(allow_private=True, spacing=0) as fetcher:
        with pytest.raises(FetchFailed, match="more than"):
            await fetcher.get(FetchRequest(server.url, deadline=10))
    assert server.connections == 2

"""Servers on 127.0.0.1 that misbehave: each conversation is what one of them says to a client.

For tests alone, through the fixtures of tests/intake/conftest.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache

import brotli

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MEGABYTE = bytes(1_000_000)


class Loopback:
    """A server of raw bytes: every connection is counted and handed to the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self.connections = 0
        self.port = 0
        self._conversation = conversation
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Loopback]:
        server = await asyncio.start_server(self._greet, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await server.wait_closed()

    def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._tasks.add(asyncio.ensure_future(self._talk(reader, writer)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._conversation(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


def says(answer: bytes) -> Conversation:
    """Answers every request on a connection with these bytes and hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    return talk


def blurts(answer: bytes) -> Conversation:
    """Says these bytes at once, whatever it is asked, and hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        await writer.drain()

    return talk


def streams(head: bytes, pieces: Callable[[], Iterator[bytes]], pause: float = 0.0) -> Conversation:
    """Answers with a head, then pieces as fast as they are read, or one every `pause` seconds."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        for piece in pieces():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return talk


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes the request and says nothing."""
    await reader.read(-1)


def repeated(piece: bytes, times: int) -> Callable[[], Iterator[bytes]]:
    return lambda: (piece for _ in range(times))


@cache
def gzip_bomb(megabytes: int, layers: int = 1) -> bytes:
    """About a thousandth of what it opens to."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(packer.compress(MEGABYTE) for _ in range(megabytes)), packer.flush()])
    for _ in range(layers - 1):
        outer = zlib.compressobj(9, wbits=31)
        packed = outer.compress(packed) + outer.flush()
    return packed


@cache
def brotli_bomb(megabytes: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(MEGABYTE) for _ in range(megabytes)), packer.finish()])


def packed(coding: str, body: bytes) -> bytes:
    """A whole answer with a coded body."""
    head = OK + f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return head + body


def one_byte_a_time(head: bytes) -> Conversation:
    return streams(head, repeated(b"a", 1000), pause=0.1)


def conversations() -> dict[str, tuple[Conversation, str]]:
    """Every misbehaviour by name, with words that the cause of its failure holds."""
    unending = OK + b"\r\n"
    return {
        "silence": (silent, "no whole answer"),
        "a drip in the head": (one_byte_a_time(b"HTTP/1.1 200 OK\r\nX: "), "no whole answer"),
        "a drip in the body": (one_byte_a_time(unending), "no whole answer"),
        "a drip of garbage": (one_byte_a_time(b""), "not HTTP"),
        "a header of 1 MB": (says(OK + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n"), "not HTTP"),
        "a million short headers": (streams(OK, repeated(b"X: y\r\n" * 1000, 1000)), "not HTTP"),
        "an endless status line": (streams(b"HTTP/1.1 200 ", repeated(MEGABYTE, 100)), "not HTTP"),
        "garbage": (says(b"\x16\x03\x01\x02\x00" + bytes(range(256)) * 10), "not HTTP"),
        "words of another protocol": (says(b"SSH-2.0-OpenSSH_9.6\r\n"), "not HTTP"),
        "nothing": (says(b""), "hung up"),
        "half a head": (says(b"HTTP/1.1 200 OK\r\nContent-"), "hung up"),
        "a body of 2 GB": (streams(unending, repeated(MEGABYTE, 2000)), "more than"),
        "a body that says 2 GB": (says(OK + b"Content-Length: 2000000000\r\n\r\n"), "more than"),
        "a length too long": (says(OK + b"Content-Length: 100\r\n\r\nshort"), "breaks off"),
        "a switch of protocols": (says(b"HTTP/1.1 101 Switching Protocols\r\n\r\nx"), "says 101"),
        "two lengths": (says(OK + b"Content-Length: 1\r\nContent-Length: 5\r\n\r\nshort"), "not HTTP"),
        "a length that is none": (says(OK + b"Content-Length: -5\r\n\r\nshort"), "not HTTP"),
        "a chunk cut short": (says(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nx"), "breaks off"),
        "a chunk of nonsense": (says(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx"), "not HTTP"),
        "gzip, 200 kB to 200 MB": (says(packed("gzip", gzip_bomb(200))), "more than"),
        "gzip in gzip": (says(packed("gzip, gzip", gzip_bomb(200, layers=2))), "more than"),
        "brotli, 1 GB": (says(packed("br", brotli_bomb(1000))), "more than"),
        "seven codings": (says(packed("gzip,gzip,gzip,gzip,gzip,gzip,gzip", b"x")), "encoding"),
        "an unknown coding": (says(packed("zstd", b"x" * 100)), "encoding"),
        "a false coding": (says(packed("gzip", b"<html>" * 100)), "encoding"),
        "a false brotli": (says(packed("br", b"<html>" * 100)), "encoding"),
        "gzip cut short": (says(packed("gzip", gzip_bomb(1)[:500])), "ends early"),
        "a thousand gzip members": (says(packed("gzip", gzip_member(b"a") * 1000)), "members"),
        "a flood of 100 Continue": (
            streams(b"", repeated(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000, 2000)),
            "no whole answer",
        ),
    }


def gzip_member(body: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(body) + packer.flush()

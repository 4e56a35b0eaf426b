"""A body as it comes in, opened piece by piece: gzip, deflate and brotli, up to a number of bytes.

A bomb of 200 kB opens to a gigabyte; so every stage gives at most one piece at a time, and its bytes are
counted before the next piece is made. Nothing here knows of HTTP beyond the names of codings.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types

PIECE = 65_536
"""Bytes that a stage opens at a time."""
MOST_STAGES = 2
"""A server may compress what a program compressed already; more is an attack."""
MOST_MEMBERS = 100
"""Of one gzip stream."""


class TooMuch(ValueError):
    """More bytes than are taken."""


class Broken(ValueError):
    """A coding that is unknown, or bytes that are not of the coding that they claim."""


class _Stage(Protocol):
    def feed(self, packed: bytes) -> Iterator[bytes]: ...

    def whole(self) -> bool: ...


class _Gzip:
    """One or more gzip members; what follows the last one and is none is left out, as browsers do."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._members = 1

    def feed(self, packed: bytes) -> Iterator[bytes]:
        while packed:
            if self._member.eof:
                if packed[:1] != b"\x1f":
                    return
                self._next()
            yield from _inflate(self._member, packed)
            packed = self._member.unused_data

    def whole(self) -> bool:
        return self._member.eof

    def _next(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise TooMuch(f"more than {MOST_MEMBERS} gzip members")
        self._member = zlib.decompressobj(wbits=31)


class _Deflate:
    """zlib's form, which the standard means, or the bare one, which some servers send."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._head += packed
            if len(self._head) < 2:
                return
            packed, first, second = self._head, self._head[0], self._head[1]
            wrapped = first & 0x0F == 8 and (first << 8 | second) % 31 == 0
            self._stream = zlib.decompressobj(wbits=15 if wrapped else -15)
        if not self._stream.eof:
            yield from _inflate(self._stream, packed)

    def whole(self) -> bool:
        return self._stream is not None and self._stream.eof


def _inflate(stream: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    while True:
        opened = stream.decompress(packed, PIECE)
        packed = stream.unconsumed_tail
        if opened:
            yield opened
        # a full piece may hide more that zlib holds back
        if stream.eof or (not packed and len(opened) < PIECE):
            return


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        opened = self._stream.process(packed, output_buffer_limit=PIECE)
        while opened:
            yield opened
            if self._stream.is_finished():
                return
            # all input may be taken while output is still held back
            opened = self._stream.process(b"", output_buffer_limit=PIECE)

    def whole(self) -> bool:
        return bool(self._stream.is_finished())


_STAGES: Mapping[str, Callable[[], _Stage]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
}


class Body:
    """Collects a body. codings: of Content-Encoding, in the order in which they were applied.

    Raises Broken for an unknown coding, or for more than MOST_STAGES of them.
    """

    def __init__(self, codings: Sequence[str], most: int) -> None:
        named = [coding.strip().lower() for coding in codings]
        named = [coding for coding in named if coding not in ("", "identity")]
        if len(named) > MOST_STAGES or any(coding not in _STAGES for coding in named):
            raise Broken("a content encoding that is not read")
        self._stages: list[_Stage] = [_STAGES[coding]() for coding in reversed(named)]
        self._most = most
        # bytes that came in, then what each stage gave
        self._counts = [0] * (len(named) + 1)
        self._pieces: list[bytes] = []

    def feed(self, packed: bytes) -> None:
        """Takes bytes as they came. Raises TooMuch beyond `most` on the wire, opened or between."""
        try:
            self._pass(0, packed)
        except (zlib.error, brotli.error):
            raise Broken("its body is not of the encoding that it claims") from None

    def opened(self) -> bytes:
        """All of it. Raises Broken where a stage waits for more."""
        if self._counts[0] and not all(stage.whole() for stage in self._stages):
            raise Broken("its body ends early")
        return self.so_far()

    def so_far(self) -> bytes:
        return b"".join(self._pieces)

    def _pass(self, level: int, piece: bytes) -> None:
        self._counts[level] += len(piece)
        if self._counts[level] > self._most:
            raise TooMuch(f"more than {self._most} bytes")
        if level == len(self._stages):
            self._pieces.append(piece)
            return
        for opened in self._stages[level].feed(piece):
            self._pass(level + 1, opened)

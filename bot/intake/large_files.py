"""Files that are too large to be held in memory: JSON lines, read a line at a time, gzipped or not.

For the command line: what a message brings is bounded (charsets.py). What a line means is the business
of documents.py.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from bot.errors import UnreadableDocument
from bot.intake.charsets import LARGEST, charset
from bot.intake.documents import Format, of_parts, open_document
from bot.intake.jsonparts import LARGEST_PART, Part
from bot.model import Draft, Refusal

_SAMPLE = 1 << 20
_GZIP = b"\x1f\x8b"
_WITHOUT_MARK = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class LargeFile:
    """An opened file of JSON lines; reads it anew each time that it is asked."""

    path: Path
    encoding: str

    def count(self) -> int:
        """How many records it holds. Reads through all of it."""
        return sum(1 for _ in self._parts())

    def records(self) -> Iterator[Draft | Refusal]:
        """As of a document. Raises UnreadableDocument where a gzip turns out to be damaged."""
        return of_parts(self._parts())

    def _parts(self) -> Iterator[Part]:
        try:
            with _opened(self.path) as raw:
                # only \n parts lines: U+2028 may stand in a JSON string
                lines = io.TextIOWrapper(raw, self.encoding, errors="replace", newline="\n")
                for number, line in enumerate(_lines(lines), 1):
                    if line.strip():
                        yield Part(line.strip().encode(), number)
        except (EOFError, zlib.error, OSError) as error:
            raise UnreadableDocument(f"{self.path}: {error}") from error


def open_large(path: Path) -> LargeFile:
    """Opens a file of more than LARGEST bytes. Raises UnreadableDocument where it is no JSON lines."""
    try:
        with _opened(path) as raw:
            sample = raw.read(_SAMPLE)
    except (EOFError, zlib.error, OSError) as error:
        raise UnreadableDocument(f"{path}: {error}") from error
    encoding = charset(sample)
    whole = sample[: sample.rfind(b"\n")] if encoding == "utf-8" else sample
    if open_document(path.name.removesuffix(".gz"), whole).format is not Format.LINES:
        raise UnreadableDocument(
            f"{path}: a document of more than {LARGEST >> 20} MB is read as JSON lines alone",
            megabytes=LARGEST >> 20,
        )
    marked = sample.startswith(_MARKS)
    return LargeFile(path, _WITHOUT_MARK.get(encoding, encoding) if marked else encoding)


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        is_gzip = file.read(len(_GZIP)) == _GZIP
    return cast(BinaryIO, gzip.open(path, "rb")) if is_gzip else path.open("rb")


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines; of one that no record may be as long as only so much that this can be told."""
    while line := file.readline(LARGEST_PART + 1):
        yield line
        rest = line
        while rest and not rest.endswith("\n"):
            rest = file.readline(_SAMPLE)

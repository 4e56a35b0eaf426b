"""Bytes of unknown make → UTF-8: gzip opened under a cap, the character set told by the bytes alone.

Pure. File names and labels are not asked: they are wrong too often. Formats are told in documents.py.
"""

from __future__ import annotations

import codecs
import re
import zlib

from bot.errors import UnreadableDocument

LARGEST = 50 * 1024 * 1024
"""Bytes of an opened document, and of the same as UTF-8: a one-byte set doubles."""

_GZIP = b"\x1f\x8b"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STEP = 1 << 20
_SAMPLE = 1 << 16
_HIGH_BYTES = frozenset(b"\x00\x06\x20")
"""High bytes of UTF-16 in Latin and Arabic text and general punctuation."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC = re.compile("[ء-غف-ْ]")
_FOREIGN = re.compile("[\x80-\x9f\u00c0-\u024f\ufffd]")


def opened(content: bytes) -> bytes:
    """`content`, unzipped where it is gzip.

    Raises UnreadableDocument where it is cut short, damaged, or larger than LARGEST once open.
    """
    if content.startswith(_GZIP):
        content = _unzipped(content)
        if content.startswith(_GZIP):
            raise UnreadableDocument("gzip within gzip is not opened")
    if len(content) > LARGEST:
        raise _too_large()
    return content


def to_utf8(content: bytes) -> bytes:
    """`content` as UTF-8 without a byte order mark; stray bytes become U+FFFD when it is decoded.

    Told apart: UTF-8, UTF-16, UTF-32, Windows-1256, ISO 8859-6. Raises UnreadableDocument for what
    is no text.
    """
    encoding = charset(content)
    for mark, marked in _BOMS:
        if marked == encoding and content.startswith(mark):
            content = content[len(mark) :]
            break
    if encoding != "utf-8":
        content = _transcoded(content, encoding)
    if len(_CONTROLS.findall(content[:_SAMPLE])) * 100 > min(len(content), _SAMPLE):
        raise UnreadableDocument("the document is no text")
    return content


def charset(content: bytes) -> str:
    """Python's name of the character set of `content`."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE]
    return _utf16(sample) or _utf8(content) or _single_byte(sample)


def _transcoded(content: bytes, encoding: str) -> bytes:
    """Piece by piece: 50 MB of one-byte Arabic would be 200 MB more as one string and its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    found = bytearray()
    for start in range(0, len(content), _STEP):
        found += decoder.decode(content[start : start + _STEP]).encode("utf-8", "replace")
        if len(found) > LARGEST:
            raise _too_large()
    found += decoder.decode(b"", final=True).encode("utf-8", "replace")
    return bytes(found)


def _unzipped(content: bytes) -> bytes:
    parts: list[bytes] = []
    room = LARGEST
    while content.startswith(_GZIP):  # gzip allows members one after the other
        opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            part = opener.decompress(content, room + 1)
        except zlib.error as error:
            raise UnreadableDocument(f"damaged gzip: {error}") from error
        room -= len(part)
        if room < 0:
            raise _too_large()
        if not opener.eof:
            raise UnreadableDocument("the gzip is cut short")
        parts.append(part)
        content = opener.unused_data
    return b"".join(parts)


def _too_large() -> UnreadableDocument:
    return UnreadableDocument(
        f"the document is larger than {LARGEST >> 20} MB when open", megabytes=LARGEST >> 20
    )


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte says Latin or Arabic."""
    if len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(byte in _HIGH_BYTES for byte in high) >= 0.9 * len(high) and re.search(
            rb"[\x00\x06]", high
        ):
            low = sample[::2] if encoding == "utf-16-le" else sample[1::2]
            if sum(byte in b"\x00\x06" for byte in low) < 0.5 * len(low):
                return encoding
    return None


def _utf8(content: bytes) -> str | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _STEP):
            decoder.decode(content[start : start + _STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # one damaged line among good ones does not make another character set
        text = content[:_STEP].decode("utf-8", "replace")
        stray = text.count("\ufffd")
        sound = sum(sign > "\x7f" for sign in text) - stray
        return "utf-8" if stray * 20 < sound else None
    return "utf-8"


def _single_byte(sample: bytes) -> str:
    """The set in which the bytes make Arabic words: each puts the other's letters among Latin ones."""

    def score(encoding: str) -> int:
        text = sample.decode(encoding, "replace")
        return len(_ARABIC.findall(text)) - 3 * len(_FOREIGN.findall(text))

    return max(("cp1256", "iso8859-6"), key=score)

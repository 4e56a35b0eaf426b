"""Bytes of unknown make → text: gzip opened under a cap, the character set told by the bytes.

Pure. For files the bytes alone are asked (`to_utf8`): names and labels are wrong too often. What comes
from the web may also say what it is (`to_text`). Formats are told in documents.py and feeds.py.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Sequence

import charset_normalizer

from bot.errors import DamagedDocument, DocumentTooLarge, UnreadableDocument

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

_WESTERN_OR_ARABIC = frozenset(("cp1252", "latin-1", "iso8859-15", "ascii", "cp1256", "iso8859-6"))
"""Sets that servers declare without having looked, and that can spell any bytes."""
_NO_SETS_OF_THE_WEB = frozenset(("idna", "punycode", "raw_unicode_escape", "unicode_escape", "utf-7"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
"""What is written under these names, by the web's Encoding Standard."""
_BY_ESCAPES = re.compile("iso2022|hz")
_DECLARED_IN_XML = re.compile(rb"""<\?xml[^<>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})""")
_DECLARED_IN_HTML = re.compile(
    rb"""<meta\b[^<>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_BY_SERVER = re.compile(r"""\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_WHERE_DECLARED = 4096
_ARABIC_WORDS = re.compile(r"(?<![^\W\d_ء-ۿ])[ء-غف-ْ]{2,}(?![^\W\d_ء-ۿ])")
"""Arabic letters that no Latin letter touches."""
_SHARE_OF_ARABIC = 0.8


def opened(content: bytes) -> bytes:
    """`content`, unzipped where it is gzip.

    Raises UnreadableDocument where it is cut short or damaged, DocumentTooLarge where it is larger than
    LARGEST once open.
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


def declared(content: bytes, content_type: str) -> tuple[str, ...]:
    """The names of character sets that a server's answer gives: in its header, then in its first lines.

    content_type: `text/html; charset=utf-8`, or without a charset, or empty.
    """
    head = content[:_WHERE_DECLARED].replace(b"\0", b"")  # so that UTF-16 can be searched too
    by_server = _DECLARED_BY_SERVER.search(content_type)
    own = _DECLARED_IN_XML.search(head) or _DECLARED_IN_HTML.search(head)
    names = (by_server.group(1) if by_server else "", own.group(1).decode() if own else "")
    return tuple(filter(None, names))


def to_text(content: bytes, names: Sequence[str]) -> str:
    """`content` decoded: by its mark, as UTF-8 where it is that, by the first of `names` that fits.

    names: declared sets, the most trusted first. Sound UTF-8 beyond ASCII is never an accident, so that
    it goes before what was declared; Western and Arabic sets, which can spell any bytes, are believed
    only where the bytes do not make Arabic words in another one. Stray bytes become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    return content.decode(_set_without_mark(content, names), "replace")


def _set_without_mark(content: bytes, names: Sequence[str]) -> str:
    sample = content[:_SAMPLE]
    known = [name for name in map(_known, names) if name]
    by_escapes = next((name for name in known if _BY_ESCAPES.match(name)), None)
    by_width = _utf32(content) or _utf16(sample)
    if by_width or (by_escapes and content.isascii()):
        return by_width or by_escapes or ""
    if _utf8(content):
        return "utf-8"
    fitting = next((name for name in known if _fits(content, name)), None)
    if fitting is None or fitting in _WESTERN_OR_ARABIC:
        arabic = _single_byte(sample)
        fitting = arabic if _is_arabic(content, arabic) else fitting
    return fitting or next(iter(known), "") or _guessed(sample)


def _known(name: str) -> str | None:
    """Python's name of a declared set; None for one that it, or the web, does not know."""
    try:
        found = codecs.lookup(name).name
        b"".decode(found)  # some codecs are none of text
    except (LookupError, UnicodeError):
        return None
    return None if found in _NO_SETS_OF_THE_WEB else _WIDER.get(found, found)


def _fits(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeError:
        return False
    return True


def _utf32(content: bytes) -> str | None:
    """UTF-32 without a mark, by the `<` that markup begins with."""
    if content.startswith(b"\0\0\0<"):
        return "utf-32-be"
    return "utf-32-le" if content.startswith(b"<\0\0\0") else None


def _is_arabic(content: bytes, encoding: str) -> bool:
    """Whether nearly all of what is no ASCII stands in Arabic words, of which there are some."""
    # markup comes first and may be long
    high = next((at for at, byte in enumerate(content) if byte > 0x7F), len(content))
    text = content[max(0, high - 100) : high + _SAMPLE].decode(encoding, "replace")
    letters = sum(len(word) for word in _ARABIC_WORDS.findall(text))
    return letters > 1 and letters >= _SHARE_OF_ARABIC * sum(sign > "\x7f" for sign in text)


def _guessed(sample: bytes) -> str:
    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else "cp1252"


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
            raise DamagedDocument(f"damaged gzip: {error}") from error
        room -= len(part)
        if room < 0:
            raise _too_large()
        if not opener.eof:
            raise DamagedDocument("the gzip is cut short")
        parts.append(part)
        content = opener.unused_data
    return b"".join(parts)


def _too_large() -> DocumentTooLarge:
    return DocumentTooLarge(
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

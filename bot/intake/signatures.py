"""Bytes that are no text at all, told by how they begin: pictures, archives, office documents.

Pure. Which texts are read, and how, stands in documents.py and pages.py.
"""

from __future__ import annotations

_BEGINNINGS: tuple[bytes, ...] = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xd0\xcf\x11\xe0",
    b"\xfd7zXZ",
    b"SQLite format 3",
    b"\x7fELF",
    b"ID3",
    b"OggS",
    b"RIFF",
)


def is_binary(content: bytes) -> bool:
    """Whether `content` begins as one of the formats does that are met most and are no text."""
    return content.startswith(_BEGINNINGS)

"""Files that measurements are given: a fault of theirs is told by one line that names them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import UnreadableDocument


def content(path: Path) -> bytes:
    """What the file holds."""
    with named(path):
        return path.read_bytes()


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Raises UnreadableDocument where what is done inside finds no file, or not what it needs in it."""
    try:
        yield
    except OSError as error:
        raise UnreadableDocument(f"{path}: {error.strerror}") from error
    except KeyError as error:
        raise UnreadableDocument(f"{path}: a line lacks {error}") from error
    except (ValueError, TypeError) as error:
        raise UnreadableDocument(f"{path}: {error}") from error

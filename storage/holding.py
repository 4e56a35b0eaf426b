"""One running bot a database: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StorageError


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds the database at `path` for this process; the command line's verbs do not ask for it.

    Raises StorageError where another bot holds it, or the folder cannot be written.
    """
    lock = path.with_name(f"{path.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a")
    except OSError as error:
        raise StorageError(f"DATABASE_URL: {lock} cannot be written ({error.strerror})") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError(f"{path}: another mojaz serves this database; stop it first") from None
        yield

"""`mojaz backup` and `mojaz check`."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.config import Config
from bot.errors import MojazError, StorageError
from storage import opened_storage, require_database


async def backup(config: Config, file: Path) -> int:
    """Refuses to write over an existing file: a backup that replaces the last good one is none."""
    try:
        is_made = await _copied(config, file)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise StorageError(f"{file}: {error.strerror}") from error
    if not is_made:
        print(f"{file}: exists already; name a new file", file=sys.stderr)
        return 1
    print(file)
    return 0


async def _copied(config: Config, file: Path) -> bool:
    """False where something lies there already."""
    if _exists(file):
        return False
    require_database(config.database_url)
    async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
        await storage.backup(file)
    return True


async def check(config: Config) -> int:
    """A line for each fault; the token's form was checked with the configuration."""
    try:
        async with opened_storage(config.database_url, SystemClock().now, reading=True) as storage:
            faults = await storage.check()
    except MojazError as error:
        faults = [error.cause]
    print(*(faults or ["sound"]), sep="\n")
    return 1 if faults else 0


def _exists(file: Path) -> bool:
    return file.exists()

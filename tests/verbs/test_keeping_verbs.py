"""`mojaz backup` where the file that it is given cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.config import Config
from bot.errors import StorageError
from bot.verbs.keeping import backup
from storage import opened_storage


@pytest.fixture
async def config(tmp_path: Path) -> Config:
    """Of a database that is there."""
    url = f"sqlite:///{tmp_path}/mojaz.db"
    async with opened_storage(url, SystemClock().now):
        return Config(database_url=url)


# the second is too long where the process's number stands behind it alone
@pytest.mark.parametrize("length", [300, 252])
async def test_a_name_that_is_too_long_is_told_in_one_line(
    config: Config, tmp_path: Path, length: int
) -> None:
    file = tmp_path / ("x" * length)
    with pytest.raises(StorageError) as caught:
        await backup(config, file)
    assert caught.value.cause.startswith(f"{file}: ")
    assert "\n" not in caught.value.cause


async def test_a_folder_that_may_not_be_looked_into_is_told_in_one_line(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)  # root may look everywhere
    with pytest.raises(StorageError, match=r"copy\.db: Permission denied$"):
        await backup(config, tmp_path / "copy.db")


async def test_a_file_that_is_there_is_left(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "copy.db").touch()
    assert await backup(config, tmp_path / "copy.db") == 1
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "copy.db").read_bytes() == b""

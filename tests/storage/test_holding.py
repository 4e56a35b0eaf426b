"""One bot a database, by whatever name each knows it."""

from __future__ import annotations

import pytest

from bot.errors import StorageError
from storage import held_storage


@pytest.mark.parametrize("name", ["mojaz.db", "link.db", "folder/mojaz.db"])
def test_a_second_bot_is_kept_off_the_same_file(tmp_path, name):
    (tmp_path / "link.db").symlink_to("mojaz.db")
    (tmp_path / "folder").symlink_to(".")
    with (
        held_storage(f"sqlite:///{tmp_path}/mojaz.db"),
        pytest.raises(StorageError, match="another mojaz serves this database"),
        held_storage(f"sqlite:///{tmp_path}/{name}"),
    ):
        pass


def test_what_is_let_go_can_be_held_again(tmp_path):
    for _ in range(2):
        with held_storage(f"sqlite:///{tmp_path}/data/mojaz.db"):
            assert (tmp_path / "data/mojaz.db.lock").is_file()


def test_a_folder_that_cannot_be_written_is_told_with_its_variable(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(StorageError, match=rf"^DATABASE_URL: {tmp_path}/file/mojaz\.db\.lock cannot be"),
        held_storage(f"sqlite:///{tmp_path}/file/mojaz.db"),
    ):
        pass

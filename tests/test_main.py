"""`python -m bot` in a tree that nobody installed: the verbs of `mojaz`, and the bot without one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def ended(
    folder: Path, *program: str | Path, given: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        program,
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), **more},
        check=False,
    )


PYTHON_M_BOT = (sys.executable, "-m", "bot")


@pytest.mark.parametrize("words", [["--help"], ["bench", "--help"], ["bench", "search", "--help"]])
def test_a_verb_is_the_same_as_that_of_the_command(tmp_path: Path, words: list[str]) -> None:
    mojaz = ended(tmp_path, Path(sys.executable).with_name("mojaz"), *words)
    done = ended(tmp_path, *PYTHON_M_BOT, *words)
    assert (done.returncode, done.stdout) == (0, mojaz.stdout)


def test_a_verb_is_done(tmp_path: Path) -> None:
    done = ended(
        tmp_path, *PYTHON_M_BOT, "summarize", given="أعادت سوريا صباح اليوم فتح معبر حدودي مع الأردن."
    )
    assert done.stdout == "أعادت سوريا صباح اليوم فتح معبر حدودي مع الأردن.\n"


def test_a_verb_that_there_is_not_starts_nothing(tmp_path: Path) -> None:
    done = ended(tmp_path, *PYTHON_M_BOT, "searhc")
    assert done.returncode == 2
    assert "No such command 'searhc'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_verb_the_bot_runs(tmp_path: Path) -> None:
    done = ended(tmp_path, *PYTHON_M_BOT, DIGEST_TIME="25:00")
    assert done.returncode == 2
    assert done.stderr.startswith("DIGEST_TIME: '25:00'")

"""`python -m bot` in a tree that nobody installed: the verbs of `mojaz`, and the bot without one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
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


def opened_when_it_is_read(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    while process.poll() is None:
        with contextlib.suppress(OSError):  # nobody reads it yet
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    raise AssertionError("it ended without reading the pipe")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_before_the_bot_is_there_ends_it_well(tmp_path: Path, number: int) -> None:
    os.mkfifo(tmp_path / ".env")  # the bot waits at its beginning for what is never written
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(PYTHON_M_BOT, cwd=tmp_path, env=environment) as bot:
        writing = opened_when_it_is_read(tmp_path / ".env", bot)
        bot.send_signal(number)
        assert bot.wait(30) == 0
        os.close(writing)

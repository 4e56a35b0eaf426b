"""Standard streams that are full, closed or no longer read, and a working folder that is gone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MOJAZ = Path(sys.executable).with_name("mojaz")
REQUEST = json.dumps({"text": "أعادت سوريا صباح اليوم فتح معبر حدودي مع الأردن."}) + "\n"


def mojaz(folder: Path, *words: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOJAZ, *words],
        cwd=folder,
        encoding="utf-8",
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        check=False,
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )


def without(number: int) -> Callable[[], None]:
    """What closes a standard stream of a process that begins."""
    return lambda: os.close(number)


@pytest.mark.parametrize("words", [["feeds", "starter", "--json"], ["summarize", "--json"], ["--help"]])
def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "requests.jsonl").write_text(REQUEST)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone, (tmp_path / "requests.jsonl").open() as given:
        done = mojaz(tmp_path, *words, stdin=given, stdout=gone)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["starter", "--json"], ["export"], ["--help"]])
def test_a_full_disk_is_one_line(tmp_path: Path, words: list[str]) -> None:
    # more than the stream keeps back
    feeds = "".join(f"<outline xmlUrl='http://127.0.0.1/{number}'/>" for number in range(200))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{feeds}</body></opml>")
    assert mojaz(tmp_path, "feeds", "import", "feeds.opml").returncode == 0
    with open("/dev/full", "w") as full:
        done = mojaz(tmp_path, "feeds", *words, stdout=full)
    assert (done.returncode, done.stderr) == (1, "standard output: No space left on device\n")


@pytest.mark.parametrize(
    ("number", "words", "code"),
    [
        (0, ["summarize"], 0),
        (0, ["feeds", "import", "-"], 1),
        (0, ["ingest", "-"], 1),
        (1, ["feeds", "starter"], 0),
        (2, ["feeds", "remove", "7"], 1),
    ],
)
def test_a_closed_stream_is_as_one_that_holds_nothing(
    tmp_path: Path, number: int, words: list[str], code: int
) -> None:
    done = mojaz(tmp_path, *words, preexec_fn=without(number))
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr
    assert (done.stdout, done.stderr)[number - 1] == "" or number == 0


def test_a_working_folder_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = mojaz(folder, "latest", preexec_fn=lambda: shutil.rmtree(folder))
    said = "the working folder cannot be used: No such file or directory\n"
    assert (done.returncode, done.stderr) == (2, said)

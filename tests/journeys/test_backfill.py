"""`mojaz ingest` of a file, as an operator runs it: killed in the middle, given again, on a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

MOJAZ = [sys.executable, "-c", "import bot.cli; bot.cli.main()"]
ROOT = Path(__file__).resolve().parents[2]
PLACES = ["الميناء", "المطار", "الجامعة", "المصنع", "المتحف", "الملعب", "السوق", "المسرح", "السد"]


def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'news.db'}", "COLUMNS": "100"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = (
        {
            "title": f"افتتاح {PLACES[n % 9]} رقم {n}",
            "text": f"افتتح الوزير {PLACES[n % 9]} رقم {n} في حفل.\nدام العمل فيه {n} شهرا كاملا.",
        }
        for n in range(600)
    )
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def stored(tmp_path: Path) -> set[int]:
    with sqlite3.connect(tmp_path / "news.db") as database:
        return {row[0] for row in database.execute("SELECT id FROM articles")}


@pytest.mark.parametrize("lines", [1, 130])
def test_killed_in_the_middle_it_has_stored_all_that_it_said_and_goes_on_when_given_again(
    tmp_path: Path, file: Path, lines: int
) -> None:
    command = [*MOJAZ, "ingest", "--json", str(file)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=environment(tmp_path), cwd=ROOT, start_new_session=True
    ) as process:
        assert process.stdout is not None
        told = [json.loads(process.stdout.readline())["id"] for _ in range(lines)]
        os.killpg(process.pid, signal.SIGKILL)
        told += [json.loads(line)["id"] for line in process.stdout if line.endswith(b"\n")]
    before = stored(tmp_path)
    assert set(told) <= before

    again = subprocess.run(
        command, capture_output=True, env=environment(tmp_path), cwd=ROOT, timeout=120
    )
    found = [json.loads(line)["status"] for line in again.stdout.splitlines()]
    assert (found.count("known"), found.count("stored")) == (len(before), 600 - len(before))
    assert len(stored(tmp_path)) == 600


def test_a_terminal_shows_how_far_it_is(tmp_path: Path, file: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*MOJAZ, "ingest", str(file)], stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT,
        env={**environment(tmp_path), "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    shown, deadline = b"", time.monotonic() + 120
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 1)[0]:
            try:
                shown += os.read(ours, 65_536)
            except OSError:  # the other side is closed
                break
    os.close(ours)
    out, _ = process.communicate(timeout=60)
    steps = {int(done) for done in re.findall(rb"(\d+)/600", shown)}
    assert b"600 stored" in out
    assert 600 in steps
    assert len(steps) > 2

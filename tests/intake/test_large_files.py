"""Files larger than memory should hold: JSON lines, one at a time."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bot.errors import UnreadableDocument
from bot.intake import large_files
from bot.intake.large_files import open_large
from bot.model import Draft, Refusal, RefusalReason

LINES = [json.dumps({"title": f"افتتاح جسر النهر رقم {n}"}, ensure_ascii=False) for n in range(40)]
WHOLE = "\n".join(LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("zipped", [False, True])
def test_lines_are_read_in_any_character_set_and_gzipped(
    tmp_path: Path, encoding: str, zipped: bool
) -> None:
    path = tmp_path / ("news.jsonl.gz" if zipped else "news.jsonl")
    content = WHOLE.encode(encoding)
    path.write_bytes(gzip.compress(content) if zipped else content)
    file = open_large(path)
    assert file.count() == 40
    assert [record.title for record in file.records() if isinstance(record, Draft)] == [
        f"افتتاح جسر النهر رقم {n}" for n in range(40)
    ]


def test_lines_are_numbered_as_they_stand_and_bad_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([LINES[0], "", '{"title": ', LINES[1], ""]), encoding="utf-8")
    records = list(open_large(path).records())
    assert [record.line for record in records] == [1, 3, 4]
    assert isinstance(records[1], Refusal)
    assert records[1].reason is RefusalReason.BROKEN_JSON


def test_a_line_without_an_end_is_refused_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "LARGEST_PART", 9_000_000)
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([LINES[0], '{"text": "' + "ن" * 9_500_000, LINES[1]]), encoding="utf-8")
    first, endless, last = open_large(path).records()
    assert isinstance(first, Draft)
    assert (endless.line, getattr(endless, "reason", None)) == (2, RefusalReason.TOO_LONG)
    assert isinstance(last, Draft)
    assert last.line == 3


def test_what_is_no_json_lines_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("title,text\n" + "عنوان,نص\n" * 20, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="JSON lines"):
        open_large(path)


def test_a_gzip_that_ends_in_the_middle_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(("\n".join(LINES) * 3_000).encode(), 1)[:-40])
    file = open_large(path)
    with pytest.raises(UnreadableDocument, match=r"news\.jsonl\.gz"):
        list(file.records())

"""Files that benches are given: whatever is wrong with one is told by a line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import MojazError
from bot.verbs.measuring import summaries
from bot.verbs.measuring_search import read_news
from bot.verbs.measuring_topics import topics
from bot.verbs.recombined import read_drafts


@pytest.mark.parametrize("content", [None, "no json", '{"id": 1}', "[]", "\udc80"])
def test_a_file_that_is_none_or_another_one_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "given.jsonl"
    if content is not None:
        file.write_bytes(content.encode(errors="surrogateescape"))
    for bench in (summaries, lambda given: topics(given, given)):
        with pytest.raises(MojazError) as raised:
            bench(file)
        assert raised.value.cause.startswith(f"{file}: ")
        assert "\n" not in raised.value.cause


@pytest.mark.parametrize("read", [read_news, lambda file: read_drafts(file, None)])
def test_news_that_are_not_there_are_named(tmp_path: Path, read) -> None:
    with pytest.raises(MojazError, match=r"gone\.jsonl: No such file"):
        read(tmp_path / "gone.jsonl")


def test_reports_without_labels_are_not_left_alone_in_silence(tmp_path: Path) -> None:
    with pytest.raises(MojazError, match="labels"):
        topics(tmp_path / "reports.jsonl", None)

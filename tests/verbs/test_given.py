"""Files that benches are given: whatever is wrong with one is told by a line that names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import MojazError
from bot.verbs.measuring import summaries
from bot.verbs.measuring_search import read_news, search
from bot.verbs.measuring_topics import topics
from bot.verbs.recombined import read_drafts


@pytest.mark.parametrize("content", [None, "", "\n", "no json", '{"id": 1}', "[]", "\udc80"])
def test_a_file_that_is_none_or_another_one_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "given.jsonl"
    if content is not None:
        file.write_bytes(content.encode(errors="surrogateescape"))
    for bench in (summaries, lambda given: topics(given, given)):
        with pytest.raises(MojazError) as raised:
            bench(file)
        assert raised.value.cause.startswith(f"{file}: ")
        assert "\n" not in raised.value.cause


@pytest.mark.parametrize(
    ("reports", "labels"),
    [
        ("", '{"topic": "syria", "articles": []}'),
        ('{"id": "1", "title": "", "text": ""}', '{"topic": "no", "articles": []}'),
    ],
)
def test_topics_are_not_judged_by_nothing(tmp_path: Path, reports: str, labels: str) -> None:
    (tmp_path / "reports.jsonl").write_text(reports)
    (tmp_path / "labels.jsonl").write_text(labels)
    with pytest.raises(MojazError, match=r"\.jsonl: no "):
        topics(tmp_path / "reports.jsonl", tmp_path / "labels.jsonl")


def test_summaries_are_not_judged_by_none(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"text": "كلمة", "summaries": []}')
    with pytest.raises(MojazError, match=r"texts\.jsonl: no texts with summaries"):
        summaries(tmp_path / "texts.jsonl")


@pytest.mark.parametrize("text", ["كلمة", "و", "1 2 3"])
async def test_searches_are_not_asked_of_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"text": text}))
    with pytest.raises(MojazError, match=r"news\.jsonl: no "):
        await search(tmp_path / "news.jsonl", 10, None)


@pytest.mark.parametrize("read", [read_news, lambda file: read_drafts(file, None)])
def test_news_that_are_not_there_are_named(tmp_path: Path, read) -> None:
    with pytest.raises(MojazError, match=r"gone\.jsonl: No such file"):
        read(tmp_path / "gone.jsonl")


def test_reports_without_labels_are_not_left_alone_in_silence(tmp_path: Path) -> None:
    with pytest.raises(MojazError, match="labels"):
        topics(tmp_path / "reports.jsonl", None)

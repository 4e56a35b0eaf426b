"""Summaries of the real week: an even sample of it, by the faults that stock summarisers have."""

import json
import re
from pathlib import Path

import pytest

from bot.arabic.sentences import open_quotation
from bot.summaries.summarise import summarise

pytestmark = pytest.mark.news


@pytest.fixture(scope="module")
def summaries(shared: Path) -> list[tuple[str, tuple[str, ...]]]:
    lines = (shared / "arabic-news-week.jsonl").read_text(encoding="utf-8").splitlines()[::3]
    articles = [json.loads(line) for line in lines]
    return [(each["text"], summarise(each["text"], title=each["title"])) for each in articles]


def test_every_sentence_is_verbatim_and_in_order(summaries: list[tuple[str, tuple[str, ...]]]) -> None:
    for text, summary in summaries:
        end = 0
        for sentence in summary:
            end = text.index(sentence, end) + len(sentence)


def test_none_is_empty_and_they_are_short(summaries: list[tuple[str, tuple[str, ...]]]) -> None:
    lengths = [len(" ".join(summary).split()) for _, summary in summaries]
    assert min(lengths) > 0
    assert sum(lengths) / len(lengths) <= 70


def test_none_ends_before_a_speech_or_opens_a_quotation_only(
    summaries: list[tuple[str, tuple[str, ...]]],
) -> None:
    said = [sentence for _, summary in summaries for sentence in summary]
    assert not [sentence for sentence in said if sentence.endswith((":", "،", "؟"))]
    assert len([sentence for sentence in said if open_quotation(sentence)]) <= 1


def test_no_dateline_and_no_headline_of_another_article(
    shared: Path, summaries: list[tuple[str, tuple[str, ...]]]
) -> None:
    lines = (shared / "arabic-news-week.jsonl").read_text(encoding="utf-8").splitlines()
    titles = {" ".join(re.findall(r"\w+", json.loads(line)["title"])) for line in lines}
    said = [sentence for _, summary in summaries for sentence in summary]
    assert not [sentence for sentence in said if "(CNN)" in sentence]
    assert not [sentence for sentence in said if " ".join(re.findall(r"\w+", sentence)) in titles]


def test_the_seed_page_is_told_in_whole_sentences(shared: Path) -> None:
    body = "\n".join((shared / "seed-article.txt").read_text(encoding="utf-8").splitlines()[:7])
    summary = summarise(body)
    assert len(summary) == 3
    assert all(sentence in body and not sentence.endswith((":", "””")) for sentence in summary)
    assert "".join(summary).count("“") == "".join(summary).count("”")

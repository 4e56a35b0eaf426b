"""The lexicon: what it holds, how it is extended, how a fault in a file is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.model import TopicId
from bot.topics.about import about
from bot.topics.lexicon import adjective_forms, build, load, slug
from bot.topics.lexicon_lines import Kind, read
from bot.topics.phrases import Strength

LEXICON = load()


def test_it_holds_the_countries_of_the_un_and_what_news_is_made_of() -> None:
    kinds = Counter(topic.kind for topic in LEXICON.all())
    assert kinds[Kind.COUNTRY] >= 193
    assert kinds[Kind.PERSON] >= 60
    assert kinds[Kind.ORGANISATION] >= 60
    assert kinds[Kind.SUBJECT] >= 30


def test_a_country_is_called_as_cldr_calls_it() -> None:
    names = [LEXICON.name(TopicId("syria"), language) for language in ("ar", "en", "fr")]
    assert names == ["سوريا", "Syria", "Syrie"]


def test_a_topic_that_nobody_knows_has_its_id_for_a_name() -> None:
    assert LEXICON.topic(TopicId("atlantis")) is None
    assert LEXICON.name(TopicId("atlantis"), "ar") == "atlantis"


def test_a_group_stands_for_its_members() -> None:
    assert TopicId("syria") in LEXICON.members(TopicId("middle-east"))
    assert LEXICON.members(TopicId("syria")) == {"syria"}


def test_an_adjective_has_all_its_forms() -> None:
    assert {"سورية", "السوريون", "السوريين", "السورية", "سوري"} <= set(adjective_forms("سوري"))


def test_what_a_word_says_first_holds_so_that_a_topics_own_name_may_be_a_short_one() -> None:
    (line,) = list(read(["[city]", "lake = درعا ; Lake ; Lac | short: درعا | not: درعا بشريا"], "f"))
    phrases = build([line]).phrases
    found = [next(phrases.find(words.split())).meanings for words in ("درعا", "درعا بشريا")]
    assert found == [(("lake", Strength.SHORT),), (("lake", Strength.NOT),)]


def test_an_operators_first_name_counts_by_itself_save_beside_its_not() -> None:
    (line,) = list(read(["[place]", "lake = بحيرة ; Lake ; Lac | first: درعا | not: درعا بشريا"], "f"))
    lexicon = build([line])
    assert [one.topic for one in about("درعا تحتفل", "احتفلت درعا.", lexicon)] == ["lake"]
    assert about("درعا بشريا", "اتخذه درعا، وكان درعا.", lexicon) == ()


def test_an_id_is_a_plain_english_slug() -> None:
    assert slug("São Tomé & Príncipe") == "sao-tome-principe"


def test_an_operator_adds_topics_of_his_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text("[place]\nour-lake = بحيرتنا ; Our Lake ; Notre lac | of: egypt\n", encoding="utf-8")
    ours = load(file)
    assert ours.name(TopicId("our-lake"), "fr") == "Notre lac"
    assert len(ours.all()) == len(LEXICON.all()) + 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lake = بحيرة ; Lake", "three names"),
        ("Lake = بحيرة ; Lake ; Lac", "no id"),
        ("lake = بحيرة ; Lake ; Lac | wrong: x", "'wrong'"),
        ("lake = بحيرة ; Lake ; Lac | also:", "nothing follows"),
        ("lake = بحيرة ; Lake ; Lac | of: atlantis", "'atlantis'"),
        ("lake = بحيرة ; Lake ; Lac | short: بركة | with: atlantis", "'atlantis'"),
        ("syria = سوريا ; Syria ; Syrie", "countries.txt"),
        ("QQ", "CLDR"),
        ("just words", "neither"),
        ("lake = بحيرة ; Lake ; Lac | members: syria", "a group"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "ours.txt"
    file.write_text(f"# ours\n[place]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as fault:
        load(file)
    assert f"{file}:3" in fault.value.cause
    assert told in fault.value.cause


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(Path("no/such/file.txt"))


def test_a_line_without_a_heading_and_an_unknown_heading_are_faults() -> None:
    with pytest.raises(ConfigurationError, match="f:1"):
        list(read(["x = y ; z ; w"], "f"))
    with pytest.raises(ConfigurationError, match="no kind"):
        list(read(["[planet]"], "f"))

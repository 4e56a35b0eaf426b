"""The table of spelling variants."""

import pytest

from bot.arabic.variants import canonical, read_groups, spellings
from bot.arabic.words import fold, search_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [("بوتن", "بوتين"), ("ترمب", "ترامب"), ("غوغل", "جوجل"), ("إنكلترا", "إنجلترا"), ("سورية", "سوريا")],
)
def test_spellings_of_one_name_have_one_canonical_form(one: str, other: str) -> None:
    assert canonical(fold(one)) == canonical(fold(other))


def test_a_word_without_variants_is_its_own_canonical_form() -> None:
    assert canonical("قلم") == "قلم"


def test_the_table_is_folded_and_every_group_points_at_itself() -> None:
    assert all(fold(word) == word for word in spellings())
    assert all(canonical(canonical(word)) == canonical(word) for word in spellings())


def test_variants_are_found_behind_particles_and_before_endings() -> None:
    assert search_terms("والأميركيين") == search_terms("أمريكي")
    assert search_terms("وبإنكلترا") == search_terms("إنجلترا")


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["", "أحمد احمد"], "names:2: 'احمد' has no second spelling"),
        (["لون كون", "كون طون"], "names:2: 'كون' stands in an earlier group"),
    ],
)
def test_a_fault_in_the_table_is_named_with_its_line(lines: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_groups(lines, "names")

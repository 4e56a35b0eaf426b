"""What headlines look like, wherever they stand."""

import pytest

from bot.texts.parts import well_quoted

TITLES = [
    ("الوزير: «سنفتح المعبر", "الوزير: سنفتح المعبر"),
    ("سنفتح المعبر» قال الوزير", "سنفتح المعبر قال الوزير"),
    ("الوزير: «سنفتح المعبر»", "الوزير: «سنفتح المعبر»"),
    ('قال "نعم" ثم "لا', 'قال "نعم" ثم لا'),
]


@pytest.mark.parametrize(("title", "shown"), TITLES)
def test_a_quotation_mark_that_closes_nothing_is_not_shown(title: str, shown: str) -> None:
    assert well_quoted(title) == shown

"""What a sentence leans on."""

import pytest

from bot.arabic.words import fold
from bot.summaries.openings import Need, need, speaker


def words(text: str) -> list[str]:
    return fold(text).replace(":", " ").replace('"', " ").replace("،", " ").split()


@pytest.mark.parametrize(
    ("opening", "needs"),
    [
        ("أعلنت البلدية فتح الجسر", Need.NOTHING),
        ("وصل الوفد في المساء", Need.NOTHING),
        ("وأضاف الوزير أن الجسر", Need.SOMETHING),
        ("وأضاف أن الجسر طويل", Need.PREDECESSOR),
        ('وأضاف: "الجسر طويل"', Need.PREDECESSOR),
        ('وذكر "الجسر طويل"', Need.PREDECESSOR),
        ("وقال أيضا إن الجسر طويل", Need.PREDECESSOR),
        ("وقال للمجلس إن الجسر طويل", Need.PREDECESSOR),
        ("وأثنى على جهود العمال", Need.PREDECESSOR),
        ("ويذكر أن الجسر طويل", Need.NOTHING),
        ("ويعد الجسر طويلا", Need.SOMETHING),
        ("وزير النقل يفتح الجسر", Need.NOTHING),
        ("ولم يتمكن من العبور", Need.PREDECESSOR),
        ("ولم يتمكن المهندس من العبور", Need.SOMETHING),
        ("من جهته قال الوزير", Need.PREDECESSOR),
        ("كما وصفته بالجسر الأطول", Need.PREDECESSOR),
        ("وهو أطول جسر", Need.PREDECESSOR),
        ("فعندما تعبره ترى الميناء", Need.PREDECESSOR),
        ("ومن أصل هذه الجسور", Need.PREDECESSOR),
        ("وفي هذا العام فتح الجسر", Need.SOMETHING),
        ("وفي هذا المكان فتح الجسر", Need.PREDECESSOR),
        ("يفتح الجسر هذا العام", Need.NOTHING),
        ("وقالوا إن الجسر طويل", Need.PREDECESSOR),
        ("فتحت البلدية الجسر", Need.NOTHING),
    ],
)
def test_opening_words_tell_what_must_stand_before(opening: str, needs: Need) -> None:
    assert need(words(opening), opening) is needs


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("وقال هاني إن الجسر طويل", "هاني"),
        ('وقال الوزير: "الجسر طويل"', "وزير"),
        ("وقال وزير النقل إن الجسر طويل", ""),
        ("وقال المتحدث باسم الوزارة إن الجسر طويل", ""),
        ("وقالت البلدية في بيان إن الجسر طويل", "بلديه"),
        ("وقال مهندس في البلدية إن الجسر طويل", ""),
        ('وقالت مجلة "الميناء" إن الجسر طويل', ""),
        ("وقال شهود إن الجسر طويل", ""),
        ("وقال إن الجسر طويل", ""),
        ("هاني قال إن الجسر طويل", ""),
    ],
)
def test_whoever_is_called_by_one_word_was_introduced_before(opening: str, who: str) -> None:
    assert speaker(words(opening), opening) == who


def test_the_first_sentence_of_a_text_may_say_this() -> None:
    for opening in (words("في هذه الرحلة نزور الميناء"), words("ودعت المدينة أقدم جسورها")):
        assert need(opening) is not Need.NOTHING
        assert need(opening, opens_text=True) is Need.NOTHING

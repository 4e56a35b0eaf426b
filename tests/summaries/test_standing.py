"""Which sentences may stand in a summary, and what of them is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.words import fold
from bot.summaries.standing import is_furniture, is_sound, is_whole, shown


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: سوق السمك يفتح أبوابه من جديد",
        "شاهد لحظة افتتاح الجسر الكبير",
        "جميع الحقوق محفوظة للصحيفة 2031.",
        "© الصحيفة",
        "تصوير: سالم",
        "كتب: نادر سالم من الميناء",
        "صورة من الأرشيف للجسر القديم",
        "الجسر بعد افتتاحه - رويترز",
        "وهنا نستعرض لكم مراحل البناء في معرض الصور بالأعلى.",
        "في ما يلي أبرز ما قاله المهندس عن الجسر.",
    ],
)
def test_lines_of_the_page_are_told_from_the_article(line: str) -> None:
    assert is_furniture(line, fold(line).replace(":", " ").split())


def test_a_sentence_about_a_picture_is_no_caption() -> None:
    line = "وأظهرت صورة نشرتها البلدية الجسر بعد أن انتهى العمل فيه قبل موعده بشهر كامل."
    assert not is_furniture(line, fold(line).split())


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("افتتحت البلدية الجسر الجديد أمام السيارات اليوم.", True),
        ("افتتاح الجسر الجديد أمام السيارات في المدينة", False),
        ("متى يفتح الجسر الجديد أمام السيارات في المدينة؟", False),
        ("وقال الوزير خلال لقاء مع رئيس البلدية أمس:", False),
        ("وهكذا كان.", False),
        ("الجسر طويل جدا.", True),
        ("وكيف يدافع كل جانب عن رأيه في هذا الجسر.", False),
        ("وفق ما ذكرت صحيفة محلية في عددها الأخير.", False),
        ('حريق كبير في سوق المدينة القديمة يوصف بأنه "متعمد"', False),
        ('وقال الوزير في مؤتمر صحفي إن البلدية "سوف تبني الجسر في مكانه القديم قبل نهاية العام"', True),
    ],
)
def test_only_a_whole_statement_stands(sentence: str, whole: bool) -> None:
    assert is_whole(sentence) is whole


@pytest.mark.parametrize("sentence", ["قال “نعم.", "قال نعم”.", "وصل (أمس.", "قال “نعم“."])
def test_marks_without_a_partner_make_a_sentence_unsound(sentence: str) -> None:
    assert not is_sound(sentence)


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("دبي، الإمارات العربية المتحدة (CNN)-- فتح الجسر.", "فتح الجسر."),
        ("(CNN)— فتح الجسر.", "فتح الجسر."),
        ("القاهرة (رويترز) - فتح الجسر.", "فتح الجسر."),
        ("عمان - الرأي - فتح الجسر.", "فتح الجسر."),
        ("بيروت - فتح الجسر.", "فتح الجسر."),
        ("سالم - وهو مهندس - فتح الجسر.", "سالم - وهو مهندس - فتح الجسر."),
        ("فتح الجسر (الأحد) أمام الناس.", "فتح الجسر (الأحد) أمام الناس."),
        ("- فتح الجسر.", "فتح الجسر."),
        ("فتح الجسر بشكل كامل.”", "فتح الجسر بشكل كامل."),
        ("”فتح الجسر.", "فتح الجسر."),
        ("وقال “نعم”.", "وقال “نعم”."),
        ("وهذه أسماؤهم:", "وهذه أسماؤهم"),
    ],
)
def test_datelines_bullets_and_stray_marks_are_not_shown(sentence: str, seen: str) -> None:
    start, end = shown(sentence, opens_text=True)
    assert sentence[start:end] == seen


def test_a_dateline_is_looked_for_at_the_head_of_a_text_alone() -> None:
    sentence = "القاهرة (رويترز) - فتح الجسر."
    assert shown(sentence, opens_text=False) == (0, len(sentence))


@given(st.text(st.characters(exclude_categories=()), max_size=60), st.booleans())
def test_what_is_shown_lies_in_the_sentence(sentence: str, opens_text: bool) -> None:
    start, end = shown(sentence, opens_text=opens_text)
    assert 0 <= start <= end <= len(sentence)

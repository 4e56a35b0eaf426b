"""Where sentences begin and end."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import within

from bot.arabic.quotations import is_well_quoted
from bot.arabic.sentences import open_quotation, sentences

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
MARKS = st.text(st.sampled_from("أب وم1.!?؟…،:\"“”«»‹›()[]'\n\r -•3d/@"), max_size=120)


@given(ANY_TEXT | MARKS)
def test_a_sentence_is_the_slice_that_its_offsets_say_and_nothing_is_lost(text: str) -> None:
    found = sentences(text)
    end = 0
    for sentence in found:
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)


@pytest.mark.parametrize(
    "parts",
    [
        ["وصل الوزير.", "ثم غادر!", "متى يعود؟", "لا أحد يعلم…", "ربما غدا."],
        ["بلغ النمو 3.5 في المئة.", "وكان 2.1 قبل عام."],
        ["زار د. سامر الحي مع م. نادر وأ. هالة.", "ثم عاد."],
        ["نقلت أ.ف.ب عن مصدر قوله ذلك.", "وأكدت أ.ب. الخبر."],
        ["وصل J. Brown إلى U.S. أمس.", "وعاد بعد يوم."],
        ["القائمة على https://example.org/a.b?c=1 كاملة.", "وهي طويلة."],
        ["راسلنا على desk.one@example.org الآن.", "شكرا."],
        ["ولد عام 1770 م.", "وتوفي بعد ذلك."],
        ["بنيت القلعة نحو عام 300 ق. م، وهدمت بعد قرن.", "ثم بنيت من جديد."],
        ["قال “لن نذهب. هذا قرارنا”.", "ثم سكت."],
        ["قال «لن نذهب! هذا قرارنا».", "ثم سكت."],
        ["قال ‹لن نذهب؟ ربما›.", "ثم سكت."],
        ["قال “لن نذهب. هذا قرارنا\".", "ثم سكت."],
        ["كتب \"نعم. لا.\"", "وعاد إلى بيته."],
        ["سأل \"هل نذهب؟\" فسكتوا.", "ثم عاد."],
        ["حضر كثيرون (بينهم أ. ب. وج. د.) الحفل.", "وغنوا."],
        ["وزع الأدوية والأغذية.", "وكان"],
        ["ثلاثة رجال: أول، وثان؛ وثالث.", "ثم رابع."],
        ["أسماؤهم.، ثم غيرهم.", "انتهى."],
        ["وصلت الطائرة .", "ونزل الركاب."],
    ],
)  # fmt: skip
def test_sentences_part_where_a_reader_would_part_them(parts: list[str]) -> None:
    assert [s.text for s in sentences(" ".join(parts))] == parts


def test_a_forgotten_blank_after_the_full_stop_still_parts_sentences() -> None:
    assert [s.text for s in sentences("وزعت الأغذية.وكان الطقس باردا.")] == [
        "وزعت الأغذية.",
        "وكان الطقس باردا.",
    ]


def test_speech_stays_with_the_words_that_introduce_it() -> None:
    text = "وقال الوزير:\n“سنبني الجسر. سنبنيه هنا”.\nثم غادر."
    assert [s.text for s in sentences(text)] == ["وقال الوزير:\n“سنبني الجسر. سنبنيه هنا”.", "ثم غادر."]


def test_every_paragraph_ends_its_sentence_and_is_counted() -> None:
    found = sentences("عنوان بلا نقطة\n\nجملة أولى. جملة ثانية.\nجملة ثالثة.")
    assert [s.paragraph for s in found] == [0, 1, 1, 2]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    first = (
        "أعلنت البلدية اليوم أنها ستبدأ في تجديد الطريق القديم الذي يربط الميناء بالسوق الكبير "
        "وتوسيع رصيف المشاة فيه خلال الصيف المقبل."
    )
    text = textwrap.fill(first, 30) + "\nوقالت إن العمل يدوم شهرا كاملا."
    assert len(sentences(text)) == 2


def test_list_items_are_not_taken_for_wrapped_lines() -> None:
    assert (
        len(sentences("- قطار الشمال الجديد\n- مطار الجنوب الكبير\n- ميناء الغرب القديم\n- جسر الشرق"))
        == 4
    )


@pytest.mark.parametrize(
    ("sentence", "is_open"),
    [
        ("قال “نعم”.", False),
        ("قال “نعم.", True),
        ('قال "نعم" و"لا".', False),
        ('قال "نعم" و"لا.', True),
        ("قال «نعم.", True),
        ("بشكل كامل.”", False),
        ('قال:" إن الخطة "ممتازة" وكفى."', False),
    ],
)
def test_an_open_quotation_is_seen(sentence: str, is_open: bool) -> None:
    assert open_quotation(sentence) is is_open


@pytest.mark.parametrize("sentence", ['قال “نعم".', "قال “نعم“.", "بشكل كامل.”", "قال «نعم."])
def test_marks_without_their_partner_are_not_well_quoted(sentence: str) -> None:
    assert not is_well_quoted(sentence)


PIECES = ["أ", "كلمة ", ".", '"', "(", "«", "وقال: ", "a.", "نعم. ", "\n", ". \n", "x@"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_anything_takes_little_time(piece: str) -> None:
    with within(4):
        sentences(piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    "sentence",
    [
        "بقي السعر عند الـ17.50 دينارا حتى نهاية العام.",
        "سكن الحي التجار والعمال والصيادون... الذين بنوا بيوتهم هنا.",
    ],
)
def test_a_number_and_an_ellipsis_that_goes_on_end_no_sentence(sentence: str) -> None:
    assert [s.text for s in sentences(sentence)] == [sentence]


def test_straight_marks_pair_in_turn_where_a_blank_stands_on_the_wrong_side() -> None:
    sentence = 'واجهت المدينة خطرا "كبيرا للغاية "على الجسر القديم.'
    assert is_well_quoted(sentence)
    assert not is_well_quoted('واجهت "المدينة خطرا "كبيرا للغاية "على الجسر.')

"""What is chosen for a summary."""

import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import within

from bot.model import ArticleId, ArticleText
from bot.summaries.summarise import story_summary, summarise

ARTICLE = """بيروت (وكالة) - افتتح رئيس البلدية اليوم الجسر الجديد الذي يربط الميناء بالسوق.
وقال رئيس البلدية خلال لقاء مع التجار:
“انتظرنا هذا الجسر عشرين عاما. واليوم صار لنا”.
وهو يشكر المهندسين والعمال الذين أنهوا العمل قبل موعده بشهرين.
متى يفتح الجسر أمام الشاحنات التي تنقل البضائع؟
اقرأ أيضا: سوق السمك يفتح أبوابه من جديد
وبلغت كلفة الجسر سبعة ملايين دفعت البلدية نصفها ودفع المرفأ ما بقي.
وأكد التجار أن الحركة في السوق زادت منذ الصباح الأول بعد الافتتاح."""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)
PIECES = st.sampled_from(
    [
        "فتح الجسر الجديد اليوم أمام السيارات. ",
        "وقال: ",
        "“نعم. ",
        "لا”. ",
        "\n",
        "؟ ",
        "(أ. ب) ",
        "\ud800",
        "كما عاد الوفد إلى ",
        "المدينة مساء أمس. ",
        "… ",
        "-- ",
        "« ",
        '" ',
        "1.5 ",
        "وأضاف أن ",
    ]
)
MADE_TEXT = st.lists(PIECES, max_size=40).map("".join)


@settings(deadline=None)
@given(ANY_TEXT | MADE_TEXT, st.integers(1, 6))
def test_sentences_are_verbatim_in_order_and_not_too_many(text: str, count: int) -> None:
    end = 0
    summary = summarise(text, sentences=count)
    assert len(summary) <= count
    for sentence in summary:
        assert sentence == sentence.strip() != ""
        end = text.index(sentence, end) + len(sentence)


@settings(deadline=None)
@given(ANY_TEXT | MADE_TEXT, st.integers(1, 60))
def test_a_budget_in_words_is_kept(text: str, words: int) -> None:
    summary = summarise(text, words=words)
    assert len(" ".join(summary).split()) <= words * 1.05


@settings(deadline=None)
@given(MADE_TEXT)
def test_a_text_with_a_real_sentence_is_never_left_without_a_summary(text: str) -> None:
    assert summarise(text + "\nوصل الوفد إلى المدينة بعد رحلة طويلة في القطار.")


def test_what_cannot_be_read_alone_stays_out() -> None:
    summary = summarise(ARTICLE, sentences=8)
    assert summary[0] == "افتتح رئيس البلدية اليوم الجسر الجديد الذي يربط الميناء بالسوق."
    assert not any(sentence.endswith((":", "؟")) or "اقرأ" in sentence for sentence in summary)


def test_a_pointing_sentence_comes_with_the_one_that_it_points_at() -> None:
    summary = summarise(ARTICLE, sentences=8)
    place = next(i for i, sentence in enumerate(summary) if sentence.startswith("وهو يشكر"))
    assert summary[place - 1].startswith("وقال رئيس البلدية")


def test_the_first_sentence_points_at_nothing() -> None:
    text = "كما زار الوفد مصنع الزجاج في المدينة القديمة.\nوصل الوفد إلى المدينة بعد رحلة طويلة."
    assert summarise(text, sentences=1) == ("وصل الوفد إلى المدينة بعد رحلة طويلة.",)


def test_the_headline_is_not_said_again() -> None:
    text = "رئيس البلدية يفتتح الجسر الجديد في الميناء.\n" + ARTICLE
    title = "رئيس البلدية يفتتح الجسر الجديد في الميناء"
    assert title + "." not in summarise(text, title=title)


def test_near_repeats_are_said_once() -> None:
    text = (
        "افتتح رئيس البلدية اليوم الجسر الجديد في الميناء.\n"
        "افتتح رئيس البلدية سالم نادر اليوم الجسر الجديد في الميناء.\n"
        "وبلغت كلفة البناء سبعة ملايين دفعها التجار والمرفأ."
    )
    assert len(summarise(text)) == 2


def test_an_unclosed_quotation_stays_out_and_a_stray_mark_is_not_shown() -> None:
    text = (
        "وصل الوفد إلى المدينة بعد رحلة طويلة في القطار.”\n"
        "وقال رئيسه “سنبقى هنا أياما كثيرة حتى ينتهي العمل.\n"
        "وزار الأعضاء السوق القديم ومصنع الزجاج والميناء."
    )
    summary = summarise(text)
    assert "".join(summary).count("“") == "".join(summary).count("”") == 0
    assert len(summary) == 2


@pytest.mark.parametrize(
    "text", ["عنوان بلا نقطة", "وقال الوزير أمس:", "هل وصل الوفد إلى المدينة؟", "“لم يصل أحد من الوفد."]
)
def test_a_short_text_answers_with_what_is_there(text: str) -> None:
    assert len(summarise(text)) == 1


@pytest.mark.parametrize("text", ["", " \n ", "... !!", "“”", "\ud800"])
def test_a_text_without_words_answers_with_nothing(text: str) -> None:
    assert summarise(text) == ()


HOSTILE = [
    "ك" * 1_000_000,
    "كلمة " * 200_000,
    "." * 1_000_000,
    "“" * 500_000 + "»" * 500_000,
    "؟ " * 300_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["word", "words", "stops", "marks", "questions"])
def test_a_megabyte_of_anything_ends(text: str) -> None:
    with within(6):
        summarise(text)


def test_ten_thousand_sentences_take_little_time_and_memory() -> None:
    text = "\n".join(
        f"وصل القطار رقم {n} إلى المحطة {n * 7} بعد رحلة طويلة من الشمال." for n in range(10_000)
    )
    summarise("وصل القطار.")
    with within(2):  # 1.2 s where nothing else runs
        summarise(text, words=200)
    tracemalloc.start()
    summarise(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000_000


def article(number: int, source: str, body: str) -> ArticleText:
    return ArticleText(ArticleId(number), "", source, datetime(2031, 5, 1, tzinfo=UTC), body)


def test_a_story_is_told_from_all_sources_without_repeating_itself() -> None:
    first = (
        "افتتح رئيس البلدية اليوم الجسر الجديد في الميناء.\nوبلغت كلفة البناء سبعة ملايين دفعها المرفأ."
    )
    second = (
        "اليوم افتتح رئيس البلدية الجسر الجديد في الميناء.\nوحضر الحفل مئات السكان مع أطفالهم والتجار."
    )
    told = story_summary([article(1, "الصباح", first), article(2, "المساء", second)])
    assert {sentence.source for sentence in told} == {"الصباح", "المساء"}
    assert sum("افتتح" in sentence.text for sentence in told) == 1


def test_the_article_of_the_headline_gives_the_opening_of_its_story() -> None:
    opening = f"استقبل رئيس البلدية وفد التجار {'الذي وصل مساء أمس إلى الميناء ' * 5}بعد رحلة طويلة."
    others = (
        "افتتح سالم نادر الجسر الجديد أمام السيارات بعد سبعة أعوام من العمل.",
        "بلغت كلفة البناء سبعة ملايين دفعها المرفأ ووزارة النقل معا.",
    )
    texts = [article(number, f"صحيفة {number}", body) for number, body in enumerate((opening, *others))]
    told = story_summary(texts, sentences=2)
    assert (told[0].text, told[0].source) == (opening, "صحيفة 0")
    assert told[1].text in others


def test_another_article_opens_where_that_of_the_headline_has_no_sentence_that_may_be_first() -> None:
    pointing, whole = "كما زار مصنع الزجاج في المدينة القديمة.", "وصل الوفد إلى المدينة بعد رحلة طويلة."
    told = story_summary([article(1, "الصباح", pointing), article(2, "المساء", whole)])
    assert told[0].text == whole


def test_a_story_of_one_article_is_its_summary_and_an_empty_one_says_nothing() -> None:
    told = story_summary([article(1, "الصباح", ARTICLE)], sentences=2)
    assert [sentence.text for sentence in told] == list(summarise(ARTICLE, sentences=2))
    assert story_summary([]) == story_summary([article(1, "الصباح", "")]) == ()


def test_a_budget_in_words_is_rather_spent_on_a_sentence_that_points_than_left_empty() -> None:
    long = "فتحت البلدية الجسر الجديد " + "الذي يربط الميناء بالسوق القديم " * 6 + "اليوم."
    text = f"{long}\nومن جهته زار رئيس البلدية السوق القديم والميناء."
    assert summarise(text, words=12) == ("ومن جهته زار رئيس البلدية السوق القديم والميناء.",)


def test_brief_statements_fill_a_budget_in_words_but_are_none_of_three_sentences() -> None:
    text = ARTICLE.replace("وهو يشكر", "الجسر طويل جدا.\nوهو يشكر")
    assert "الجسر طويل جدا." in summarise(text, words=90)
    assert "الجسر طويل جدا." not in summarise(text, sentences=3)


def test_nobody_speaks_who_was_not_named_before() -> None:
    text = (
        "افتتح رئيس البلدية اليوم الجسر الجديد في الميناء.\n"
        "وتحدث المهندس هاني سالم عن البناء.\n"
        "وقال هاني إن العمل انتهى قبل موعده بشهرين كاملين.\n"
        "وبلغت كلفة البناء سبعة ملايين دفعها التجار والمرفأ معا."
    )
    assert not any("وقال هاني" in sentence for sentence in summarise(text, sentences=2))

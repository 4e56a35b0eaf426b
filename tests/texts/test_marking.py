"""Found words: where they stand, how they are marked, and the sentence that shows them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import ArticleId, ArticleText, Language
from bot.texts import direction, html
from bot.texts.direction import FSI, PDI
from bot.texts.marking import EXTRACT, extract, lacks, marked, shortened, spans
from bot.topics.query import parse_search

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def text(body: str, title: str = "خبر") -> ArticleText:
    return ArticleText(ArticleId(1), title, "وكالة", NOW, body)


@pytest.mark.parametrize(
    ("words", "line", "shown"),
    [
        ("سوريا", "وفد في سوريا اليوم", "وفد في <b>سوريا</b> اليوم"),
        ("سوريا", "اتفاق بسورية وللأردن", "اتفاق <b>بسورية</b> وللأردن"),
        ("حكومه", "أعلنت الحُكُومَةُ خطة", "أعلنت <b>الحُكُومَةُ</b> خطة"),
        ("ترامب", "قال ترمب وزوجته", "قال <b>ترمب</b> وزوجته"),
        ("أميركا", "في أمـــريكا", "في <b>أمـــريكا</b>"),
        ("apple", "شركة Apple تعرض", "شركة <b>Apple</b> تعرض"),
        ('"مجلس الأمن"', "مجلس الوزراء ومجلس الأمن", "مجلس الوزراء <b>ومجلس الأمن</b>"),
        ("مجلس الأمن", "جلسة مجلس الأمن", "جلسة <b>مجلس الأمن</b>"),
        ("2026", "عام ٢٠٢٦", "عام <b>٢٠٢٦</b>"),
        ("a", "x < a & b", "x &lt; <b>a</b> &amp; b"),
        ("كتاب", "بلا شيء", "بلا شيء"),
    ],
)
def test_words_are_found_as_the_search_finds_them(words: str, line: str, shown: str) -> None:
    assert marked(line, parse_search(words)) == shown


def test_what_was_left_out_is_not_marked() -> None:
    assert marked("مصر والسودان", parse_search("مصر -السودان")) == "<b>مصر</b> والسودان"


def test_marks_are_few() -> None:
    assert marked("نفط وغاز، " * 12, parse_search("نفط")).count("<b>") == 4


lines = st.text(alphabet='سوريا ةأَـab<&>"«»\u200f', max_size=40)


@given(lines, st.text(alphabet="سورياab ", max_size=12))
def test_marking_changes_no_letter_and_balances_its_tags(line: str, words: str) -> None:
    shown = marked(line, parse_search(words))
    tags = re.findall("</?b>", shown)
    assert tags == ["<b>", "</b>"] * (len(tags) // 2)
    assert unescape(re.sub("</?b>", "", shown)) == html.clean(line)


@given(lines, st.text(alphabet="سورياab ", max_size=12))
def test_spans_are_slices_of_the_text(line: str, words: str) -> None:
    query = parse_search(words)
    for span in spans(line, query):
        assert lacks(line[span.start : span.end], query) <= (len(query.phrases) > 1)


def test_a_foreign_name_with_a_mark_inside_stays_one_run() -> None:
    headline = marked("شركة Blue Origin Space تطلق صاروخا", parse_search("origin"))
    laid = direction.lay_out(html.link("https://news.example/1", headline), Language.AR)
    assert f"{FSI}Blue <b>Origin</b> Space{PDI}" in laid


def test_an_arabic_name_in_an_english_line_stays_one_run() -> None:
    line = html.Html("<b>Results</b> · a long line of words for مجلس <b>الأمن</b> الدولي here")
    assert f"{FSI}مجلس <b>الأمن</b> الدولي{PDI}" in direction.lay_out(line, Language.EN)


def test_a_headline_that_has_all_words_needs_no_extract() -> None:
    assert not lacks("مصر والسودان يتفقان", parse_search("السودان مصر"))
    assert lacks("مصر توقع", parse_search("السودان مصر"))


BODY = (
    "وصل الوفد صباح اليوم. وبحث الوزيران أسعار القمح في الميناء. "
    "وقال الوزير إن القمح يكفي. وناقشا القمح والأرز معا."
)


def test_the_extract_is_the_sentence_with_most_of_the_words() -> None:
    assert extract(text(BODY), parse_search("القمح")) == "وبحث الوزيران أسعار القمح في الميناء."
    assert extract(text(BODY), parse_search("الأرز القمح")) == "وناقشا القمح والأرز معا."
    assert extract(text(BODY), parse_search("الذرة")) == ""


def test_a_title_that_holds_more_of_the_words_is_the_extract() -> None:
    article = text(BODY, "تراجع القمح والنفط")
    assert extract(article, parse_search("قمح نفط")) == "تراجع القمح والنفط"
    assert extract(article, parse_search("تراجع")) == "تراجع القمح والنفط"
    assert extract(article, parse_search("قمح نفط"), article.title).startswith("وبحث الوزيران")
    assert extract(article, parse_search("قمح")) == "وبحث الوزيران أسعار القمح في الميناء."


def test_a_long_sentence_is_cut_at_words_round_the_found_one() -> None:
    sentence = "وقال " + "المتحدث الرسمي باسم الهيئة " * 9 + "إن المعبر مفتوح " + "أمام الناس " * 20
    start = sentence.index("المعبر")
    cut = shortened(sentence, start, start + 6)
    assert len(cut) <= EXTRACT
    assert cut.startswith("… ")
    assert cut.endswith("…")
    assert "إن المعبر مفتوح" in cut
    assert set(cut.split()) <= {*sentence.split(), "…", cut.split()[-1]}


def test_a_found_word_near_the_beginning_leaves_the_beginning() -> None:
    sentence = "فتح المعبر " + "أمام الناس " * 30
    assert shortened(sentence, 4, 10).startswith("فتح المعبر أمام")


def test_a_cut_quotation_shows_no_lonely_mark() -> None:
    sentence = "قال «" + "كلمة " * 40 + "النهر» " + "ثم ذهب " * 20
    start = sentence.index("النهر")
    assert not set("«»") & set(shortened(sentence, start, start + 5))


@given(st.text(alphabet="قمح. «»\n\u200f…", max_size=400), st.integers(0, 3))
def test_extracts_are_short_single_lines(body: str, tail: int) -> None:
    found = extract(text(body + " قمح" * tail), parse_search("قمح"))
    assert len(found) <= EXTRACT
    assert "\n" not in found

"""A reader's words: names, slips, several names, groups, searches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.lexicon import load
from bot.topics.query import nearest, parse_search, parse_topics

LEXICON = load()


@pytest.mark.parametrize(
    "words",
    ["سوريا", "سورية", "السورية", "السوريون", "syria", "SYRIA", "Syrie", "souria", "surya", "#سوريا"],
)
def test_every_spelling_of_a_topic_gives_the_same_answer(words: str) -> None:
    assert parse_topics(words, LEXICON) == parse_topics("سوريا", LEXICON)


@pytest.mark.parametrize("words", ["سوزيا", "سورا", "syira", "syrai", "سوؤيا"])
def test_a_slip_is_guessed_and_says_so(words: str) -> None:
    answer = parse_topics(words, LEXICON)
    assert answer.topics == answer.guessed == ("syria",)


def test_a_beginning_is_a_guess() -> None:
    assert parse_topics("فلسطي", LEXICON).guessed == ("palestine",)


def test_several_names_are_asked_for_together() -> None:
    answer = parse_topics("سوريا وروسيا", LEXICON)
    assert answer.topics == ("syria", "russia")
    assert answer.selection == (frozenset({"syria"}), frozenset({"russia"}))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("سوريا روسيا", ("syria", "russia")),
        ("سوريا، روسيا", ("syria", "russia")),
        ("#غزة #هدنة", ("gaza", "ceasefire")),
        ("Syrie et Russie", ("syria", "russia")),
        ("football in Egypt", ("football", "egypt")),
        ("كرة القدم مصر", ("football", "egypt")),
        ("الاقتصاد المصري", ("economy", "egypt")),
        ("الانتخابات العراقية", ("elections", "iraq")),
        ("دول الخليج وإيران", ("gulf", "iran")),
        ("آخر أخبار سوريا", ("syria",)),
        ("ما الجديد في السودان", ("sudan",)),
        ("latest news about Gaza", ("gaza",)),
        ("ما هي أخبار غزة؟", ("gaza",)),
        ("ماذا حدث في سوريا", ("syria",)),
        ("ما الذي يحدث في السودان؟", ("sudan",)),
        ("شو أخبار لبنان اليوم", ("lebanon",)),
        ("ما آخر المستجدات في اليمن", ("yemen",)),
        ("what's new in Syria?", ("syria",)),
        ("Syria's economy", ("syria", "economy")),
        ("news about the war in Sudan", ("war", "sudan")),
        ("quoi de neuf au Liban", ("lebanon",)),
        ("actualités du Liban", ("lebanon",)),
        ("الهلال والنصر", ("al-hilal", "al-nassr")),
        ("دولة قطر", ("qatar",)),
        ("الجمهورية اليمنية", ("yemen",)),
        ("مدينة حلب", ("aleppo",)),
        ("الرئيس ماكرون", ("emmanuel-macron",)),
        ("رئيس الوزراء نتنياهو", ("benjamin-netanyahu",)),
        ("المنتخب المصري", ("football", "egypt")),
    ],
)
def test_names_are_joined_simply(words: str, named: tuple[str, ...]) -> None:
    answer = parse_topics(words, LEXICON)
    assert answer.topics == named
    assert not answer.guessed


def test_a_misspelt_name_beside_another_is_doubtful() -> None:
    answer = parse_topics("سوزيا وروسيا", LEXICON)
    assert answer.topics == ("syria", "russia")
    assert answer.guessed == ("syria",)
    assert answer.is_doubtful
    assert not parse_topics("سوزيا", LEXICON).is_doubtful


def test_a_subject_in_a_country_is_both() -> None:
    assert parse_topics("كرة القدم في مصر", LEXICON).topics == ("football", "egypt")


def test_a_group_selects_any_of_its_members() -> None:
    (members,) = parse_topics("الشرق الأوسط", LEXICON).selection
    assert {"syria", "egypt", "iran"} <= members


@pytest.mark.parametrize("words", ["سياسة", "السياسة", "أخبار السياسة", "politics", "politique"])
def test_politics_is_a_group_of_its_own_and_no_slip_of_tourism(words: str) -> None:
    answer = parse_topics(words, LEXICON)
    assert answer.topics == ("politics",)
    assert not answer.guessed
    assert {"elections", "coups"} <= answer.selection[0]


@pytest.mark.parametrize(
    ("words", "meant", "offered"),
    [
        ("عمان", "oman", "amman"),
        ("عُمان", "oman", "amman"),
        ("عمّان", "amman", "oman"),
        ("عَمّان", "amman", "oman"),
    ],
)
def test_of_two_topics_with_one_name_the_other_is_offered(words: str, meant: str, offered: str) -> None:
    answer = parse_topics(words, LEXICON)
    assert answer.topics == (meant,)
    assert answer.nearest == (offered,)
    assert not answer.guessed


def test_a_family_name_that_two_persons_have_means_both() -> None:
    assert parse_topics("Aoun", LEXICON).topics == ("michel-aoun", "joseph-aoun")


def test_a_family_name_yields_to_whatever_else_is_called_so() -> None:
    assert parse_topics("السوداني", LEXICON).topics == ("sudan",)
    assert parse_topics("ستارمر", LEXICON).topics == ("keir-starmer",)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("نيل غيتس", "bill-gates"),
        ("جيتس ماتيس", "james-mattis"),
        ("Ai Khamenei", "ali-khamenei"),
        ("Liban-Sur", "south-lebanon"),
        ("الأمير هاريس", "prince-harry"),
    ],
)
def test_a_slip_that_makes_other_names_is_still_a_guess(words: str, named: str) -> None:
    answer = parse_topics(words, LEXICON)
    assert answer.topics == answer.guessed == (named,)


def test_a_family_name_a_letter_from_a_country_is_a_guess_that_offers_the_country() -> None:
    answer = parse_topics("Cameron", LEXICON)
    assert answer.guessed == ("david-cameron",)
    assert answer.nearest == ("cameroon",)


def test_letters_of_its_own_are_no_article() -> None:
    assert parse_topics("ألبانيا", LEXICON).topics == ("albania",)
    assert not {"albania"} & {*parse_topics("بانيا", LEXICON).topics} - {
        *parse_topics("بانيا", LEXICON).guessed
    }


@pytest.mark.parametrize(
    "words", ["الأزمة السورية", "الرئيس السوري", "رئيس مصر", "خبز", "وصفة الكعك", "xyzzy"]
)
def test_words_that_name_no_topic_are_left_to_the_search(words: str) -> None:
    assert parse_topics(words, LEXICON).selection == ()


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_shown_name_finds_its_topic(language: str) -> None:
    for topic in LEXICON.all():
        answer = parse_topics(topic.names[language], LEXICON)
        assert topic.id in answer.topics
        assert not answer.guessed


@pytest.mark.parametrize("words", ["", "   ", "؟!", "في", "\u200f", "a" * 5_000])
def test_empty_or_endless_words_name_nothing(words: str) -> None:
    assert parse_topics(words, LEXICON).topics == ()


def test_offers_are_the_nearest_names_and_no_more_than_asked() -> None:
    offered = nearest("سوريه الحبيبه", LEXICON, 3)
    assert len(offered) <= 3
    assert nearest("المتحدة", LEXICON, 6)
    assert nearest("", LEXICON, 6) == []


@given(st.text(max_size=60))
def test_any_words_are_safe(words: str) -> None:
    answer = parse_topics(words, LEXICON)
    assert set(answer.guessed) <= set(answer.topics)
    parse_search(words)


@pytest.mark.parametrize(
    "quoted", ['"كأس العالم"', "«كأس العالم»", "“كأس العالم”", "„كأس العالم“", "”كأس العالم“"]
)
def test_quoted_words_are_a_phrase(quoted: str) -> None:
    assert parse_search(f"{quoted} قطر").phrases == (("كاس", "عالم"), ("قطر",))


def test_a_word_after_a_hyphen_is_left_out_and_a_hyphen_inside_is_not() -> None:
    query = parse_search('بوتين -روسيا -"كأس العالم" كوفيد-19')
    assert query.excluded == (("روسيا",), ("كاس", "عالم"))
    assert query.phrases == (("بوتين",), ("كوفيد", "19"))


def test_spelling_variants_ask_for_the_same() -> None:
    assert parse_search("بوتن في سورية").phrases == parse_search("بوتين سوريا").phrases


def test_signs_of_the_database_are_text() -> None:
    assert parse_search('NEAR( * ^ col:x "').phrases == (("near",), ("col", "x"))
    assert parse_search("- \" ' *").phrases == ()


def test_function_words_count_where_nothing_else_was_asked() -> None:
    assert parse_search("في").phrases == (("في",),)


def test_words_of_a_question_that_name_a_topic_are_offered_first() -> None:
    assert nearest("الأزمة السورية المستمرة", LEXICON, 3)[0] == "syria"


@pytest.mark.parametrize(
    "words", ["الرئيس", "رئيس الوزراء", "أخبار اليوم", "president", "ماذا حدث", "ما الجديد؟"]
)
def test_ordinary_words_are_no_slips_of_a_name(words: str) -> None:
    assert parse_topics(words, LEXICON).selection == ()

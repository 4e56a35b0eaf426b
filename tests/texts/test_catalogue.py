"""The two catalogues say the same things, and nothing in them is unused."""

import re
from pathlib import Path

import pytest
from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

from bot import errors
from bot.model import Language, RefusalReason
from bot.texts import menus
from bot.texts.catalogue import Catalogue, source_text

CATALOGUE = Catalogue.load()
ROOT = Path(__file__).resolve().parents[2]


class _Seen(Visitor):
    """The variables, other messages and plural selections of a message."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()
        self.selections: list[tuple[str, set[str]]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.messages.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        keys = {v.key.name if isinstance(v.key, ast.Identifier) else v.key.value for v in node.variants}
        self.selections.append((node.selector.id.name, keys))
        self.generic_visit(node)


def messages(language: Language) -> dict[str, _Seen]:
    found = {}
    for entry in parse(source_text(language)).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            found[entry.id.name] = _Seen()
            found[entry.id.name].visit(entry)
    return found


AR, EN = messages(Language.AR), messages(Language.EN)
# each of these is made of a family's name and a closed set of endings
FAMILIES = (
    {f"refused-{reason}" for reason in RefusalReason}
    | {f"menu-{command}" for command in (*menus.READERS, *menus.ADMIN)}
    | {f"digest-{part}" for part in ("morning", "midday", "evening")}
    | {kind.key for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "key")}
)


def used_keys() -> set[str]:
    code = "".join(
        path.read_text() for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")
    )
    written = set(re.findall(r"""["']([a-z]+(?:-[a-z]+)*)["']""", code))
    referred = {key for seen in (*AR.values(), *EN.values()) for key in seen.messages}
    return written | referred | FAMILIES


def test_both_languages_have_the_same_keys() -> None:
    assert AR.keys() == EN.keys()


def all_variables(found: dict[str, _Seen], key: str) -> set[str]:
    seen = found[key]
    return seen.variables.union(*(all_variables(found, other) for other in seen.messages))


@pytest.mark.parametrize("key", AR)
def test_both_languages_use_the_same_variables(key: str) -> None:
    # the smallest Arabic numbers are words, so a count may stand in the selector alone
    assert all_variables(AR, key) == all_variables(EN, key)


def test_no_key_is_unused() -> None:
    assert AR.keys() - used_keys() == set()


def test_every_error_every_refusal_and_every_command_has_its_text() -> None:
    assert FAMILIES - AR.keys() == set()


NOT_COUNTED = {"and-more"}
"""Has no counted noun: from three on the number alone is said."""


def test_an_arabic_count_has_all_six_plural_forms() -> None:
    six = {"zero", "one", "two", "few", "many", "other"}
    counted = {key: s.selections for key, s in AR.items() if s.selections and key not in NOT_COUNTED}
    assert counted
    assert all(forms == six for found in counted.values() for _, forms in found)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(LookupError, match="no-such"):
        CATALOGUE.say(Language.AR, "no-such")


def test_a_missing_variable_is_an_error() -> None:
    with pytest.raises(ValueError, match="n-stories"):
        CATALOGUE.say(Language.AR, "n-stories")


NUMBERS = (*range(13), 20, 99, 100, 101, 102, 103, 111, 1000)
# لكل معدود: المفرد والمثنى وجمع القلة وتمييز 11-99 وما أضيف إلى المئة والألف
NOUNS = {
    ("n-stories", "stories"): ("لا أخبار", "خبر واحد", "خبران", "أخبار", "خبرًا", "خبر"),
    ("n-sources", "sources"): ("لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدرًا", "مصدر"),
    ("n-articles", "articles"): ("لا مقالات", "مقال واحد", "مقالان", "مقالات", "مقالًا", "مقال"),
    ("n-subscribers", "subscribers"): (
        "لا مشتركين",
        "مشترك واحد",
        "مشتركان",
        "مشتركين",
        "مشتركًا",
        "مشترك",
    ),
    ("n-records", "records"): ("لا شيء", "سجل واحد", "سجلان", "سجلات", "سجلًا", "سجل"),
    ("from-sources", "sources"): (
        "من دون مصدر معروف",
        "من مصدر واحد",
        "من مصدرين",
        "مصادر",
        "مصدرًا",
        "مصدر",
    ),
    ("reading-time", "minutes"): (
        "قراءة في أقل من دقيقة",
        "قراءة في دقيقة",
        "قراءة في دقيقتين",
        "دقائق",
        "دقيقة",
        "دقيقة",
    ),
    ("settings-muted", "sources"): (
        "كلها",
        "كلها إلا مصدرًا واحدًا",
        "كلها إلا مصدرين",
        "مصادر",
        "مصدرًا",
        "مصدر",
    ),
    ("age-minutes", "minutes"): ("الآن", "قبل دقيقة", "قبل دقيقتين", "دقائق", "دقيقة", "دقيقة"),
    ("age-hours", "hours"): ("الآن", "قبل ساعة", "قبل ساعتين", "ساعات", "ساعة", "ساعة"),
    ("age-days", "days"): ("اليوم", "قبل يوم", "قبل يومين", "أيام", "يومًا", "يوم"),
}
BEFORE = {"from-sources": "من ", "reading-time": "قراءة في ", "settings-muted": "كلها إلا "}
FORM = dict(zip(NUMBERS, (0, 1, 2, *[3] * 8, 4, 4, 4, 4, 5, 5, 5, 3, 4, 5), strict=True))


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("number", NUMBERS)
def test_each_counted_noun_reads_right_in_arabic(noun: tuple[str, str], number: int) -> None:
    key, variable = noun
    word = NOUNS[noun][FORM[number]]
    before = "قبل " if key.startswith("age") else BEFORE.get(key, "")
    expected = word if number < 3 else f"{before}{number:,} {word}"
    assert CATALOGUE.say(Language.AR, key, **{variable: number}) == expected


@pytest.mark.parametrize("language", Language)
def test_menus_and_profile_keep_within_what_telegram_takes(language: Language) -> None:
    told = menus.menu(CATALOGUE, language, (*menus.READERS, *menus.ADMIN))
    name, description, short = menus.profile(CATALOGUE, language)
    assert all(re.fullmatch("[a-z]{1,32}", command) and 3 <= len(text) <= 256 for command, text in told)
    assert (len(name) <= 64, len(description) <= 512, len(short) <= 120) == (True, True, True)


ARABIC = source_text(Language.AR).split("\n## ", 1)[1]


def test_arabic_punctuation_is_arabic_and_stands_at_its_word() -> None:
    assert not re.search(r"[^\s>] [،؛؟:.!](?!\d)", ARABIC)
    assert not re.search(r"[ء-ي][,;?]", ARABIC)
    assert "ـ" not in ARABIC


LEFT_OUT = {
    1: "وبقي خبر لم يتسع له الموجز",
    2: "وبقي خبران لم يتسع لهما الموجز",
    **{n: f"وبقيت {n} أخبار لم يتسع لها الموجز" for n in range(3, 11)},
    **{n: f"وبقي {n} خبرًا لم يتسع لها الموجز" for n in (11, 12, 20, 99, 111)},
    **{n: f"وبقي {n:,} خبر لم يتسع لها الموجز" for n in (100, 101, 102, 1000)},
    103: "وبقيت 103 أخبار لم يتسع لها الموجز",
}


@pytest.mark.parametrize("number", LEFT_OUT)
def test_the_verb_agrees_with_what_it_counts(number: int) -> None:
    told = CATALOGUE.say(Language.AR, "digest-left-out", stories=number, at="")
    assert told == f"{LEFT_OUT[number]}: /latest"


HAMZA = (
    "الى|او|اي|اذا|اخبار|الاخبار|اول|اقل|اكثر|ارسل|اضف|ازل|اعد|اوقف|انا|ايام|اسبوع|اسماء|امس|اخر|الان"
)


def test_common_words_have_their_hamza_and_tanwin_its_seat() -> None:
    assert re.findall(rf"(?<![ء-ي])(?:[وفبل]?)(?:{HAMZA})(?![ء-ي])", ARABIC) == []
    assert "اً" not in ARABIC
    assert not re.search("(?:ساعه|سنه|مره|قناه|مجموعه|قراءه|رساله) ", ARABIC)


def test_names_are_spelt_one_way() -> None:
    assert re.findall("تلي?غرام|تيليجرام|تلجرام", ARABIC) == []

"""Documents: formats and character sets told by content, bad records refused one by one."""

from __future__ import annotations

import contextlib
import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import within

from bot.errors import DocumentTooLarge, FeedList, ManyArticles, UnreadableDocument
from bot.intake.charsets import LARGEST, charset
from bot.intake.documents import Format, open_document, read, text_of
from bot.intake.opml import read_opml
from bot.model import Draft, Refusal, RefusalReason

ARABIC = "قال وزير الطاقة إن الشبكة الجديدة ستدخل الخدمة قبل نهاية العام في كل المدن الكبرى."


def only(name: str, content: bytes) -> Draft | Refusal:
    (record,) = read(name, content)
    return record


def reasons(name: str, content: bytes) -> list[tuple[int, RefusalReason | None]]:
    return [(r.line, r.reason if isinstance(r, Refusal) else None) for r in read(name, content)]


@pytest.mark.parametrize("name", ["news.txt", "news", "news.dat"])
def test_a_text_is_one_article(name: str) -> None:
    assert only(name, f"{ARABIC}\n\n{ARABIC}\n".encode()) == Draft(text=f"{ARABIC}\n\n{ARABIC}\n")


def test_an_object_is_one_article_with_its_fields() -> None:
    record = {
        "id": 7,
        "title": "عنوان",
        "text": ARABIC,
        "url": "https://example.org/1",
        "source": "صحيفة",
        "category": "economy",
        "abstract": "خلاصة",
        "published": "Mon, 14 May 2018 02:59:40 +0400",
    }
    draft = only("one.json", json.dumps(record, indent=2).encode())
    assert draft == Draft(
        text=ARABIC,
        title="عنوان",
        url="https://example.org/1",
        source="صحيفة",
        category="economy",
        abstract="خلاصة",
        published=datetime(2018, 5, 13, 22, 59, 40, tzinfo=UTC),
    )


@pytest.mark.parametrize("name", ["many.json", "many.jsonl", "many.txt"])
def test_an_array_holds_articles_with_the_line_of_each(name: str) -> None:
    content = '[\n  {"text": "أ"},\n\n  {\n    "text": "ب"\n  },\n  {"text": "ج"}\n]'
    assert [r.line for r in read(name, content.encode())] == [2, 4, 7]


def test_articles_may_be_wrapped_in_an_object() -> None:
    content = '{"made": {"by": ["x"]}, "articles": [\n{"text": "أ"},\n{"text": "ب"}\n], "more": 1}'
    assert [r.line for r in read("a.json", content.encode())] == [2, 3]


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "أ", "articles": []}',
        '{"text": "أ", "articles": [{"text": "ب"}]}',
        '{"articles": [{"text": "ب"}, {"text": "ج"}], "title": "ع", "text": "أ"}',
        '{"articles": [7, "https://example.org/1"], "x": {"text": ""}, "text": "أ"}',
    ],
)
def test_an_object_with_a_text_is_an_article_whatever_its_articles_are(content: str) -> None:
    record = only("a.json", content.encode())
    assert isinstance(record, Draft)
    assert record.text == "أ"


@pytest.mark.parametrize("articles", ["[]", "[ ]", "[7]"])
def test_a_title_beside_a_list_without_articles_is_an_article(articles: str) -> None:
    content = f'{{"articles": {articles}, "title": "عنوان"}}'
    assert only("a.json", content.encode()) == Draft(title="عنوان")


@pytest.mark.parametrize(
    "own", ['"title": "صحيفة"', '"text": " \\n"', '"text": null', '"x": {"text": "ج"}']
)
def test_a_collection_may_have_a_title_and_no_text_of_its_own(own: str) -> None:
    articles = '"articles": [\n7,\n{"text": "أ"},\n{"text": "ب"}]'
    for content in (f"{{{own}, {articles}}}", f"{{{articles}, {own}}}"):
        assert [record.line for record in read("a.json", content.encode())] == [2, 3, 4]


def test_a_collection_that_is_larger_than_any_article_is_read_by_its_articles() -> None:
    articles = ", ".join([json.dumps({"text": "x" * 900_000})] * 10)
    for content in (
        f'{{"articles": [{articles}], "text": "أ"}}',
        f'{{"text": "أ", "articles": [{articles}]}}',
    ):
        assert len(list(read("a.json", content.encode()))) == 10


@pytest.mark.parametrize("name", ["many.jsonl", "many.json", "many.txt"])
def test_lines_of_objects_are_articles(name: str) -> None:
    content = '{"text": "أ"}\n\n{"text": "ب"}\r\n{"title": "ج"}'
    assert [r.line for r in read(name, content.encode())] == [1, 3, 4]


def test_lines_may_end_as_old_programs_end_them() -> None:
    assert [r.line for r in read("many.jsonl", b'{"text": "a"}\r{"text": "b"}\r')] == [1, 2]
    text = f"---\rtitle: الشبكة\r---\r\r{ARABIC}\r"
    assert only("news.md", text.encode()) == Draft(title="الشبكة", text=ARABIC)


def test_a_bad_line_is_refused_and_stops_no_other() -> None:
    content = '{"text": "أ"}\nrubbish\n[1]\n{"text": 5}\n{"published": "?", "title": "ب"}\n{"text": "ج"}'
    assert reasons("many.jsonl", content.encode()) == [
        (1, None),
        (2, RefusalReason.BROKEN_JSON),
        (3, RefusalReason.NOT_AN_OBJECT),
        (4, RefusalReason.WRONG_TYPE),
        (5, RefusalReason.BAD_DATE),
        (6, None),
    ]


def test_a_bad_first_line_does_not_hide_the_format() -> None:
    content = 'rubbish\n{"text": "أ"}\n{"text": "ب"}\n'
    assert reasons("many.jsonl", content.encode()) == [
        (1, RefusalReason.BROKEN_JSON),
        (2, None),
        (3, None),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "x",, }', "Expecting property name enclosed in double quotes, at its character 15"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_breaks_a_record_is_told_by_its_place_in_it(line: str, reason: str) -> None:
    content = f'{{"text": "أ"}}\n{line}\n{{"text": "ب"}}'
    [_, refused, _] = list(read("many.jsonl", content.encode()))
    assert (refused.line, refused.detail) == (2, reason)


@pytest.mark.parametrize("broken", ['{"text": }', '{"text": "x"', '{"text": [1}', "nonsense", '{"a" 1}'])
def test_a_broken_element_of_an_array_stops_no_other(broken: str) -> None:
    content = f'[\n{{"text": "أ"}},\n{broken},\n{{"text": "ب"}},\n{{"text": "ج"}}\n]'
    found = reasons("many.json", content.encode())
    assert found[0] == (2, None)
    assert found[1] == (3, RefusalReason.BROKEN_JSON)
    assert found[2:] == [(4, None), (5, None)]


def test_text_that_begins_with_a_bracket_is_text() -> None:
    assert only("urgent.txt", f"[عاجل] {ARABIC}".encode()) == Draft(text=f"[عاجل] {ARABIC}")


def test_a_json_name_without_json_is_refused() -> None:
    assert reasons("many.json", ARABIC.encode()) == [(1, RefusalReason.BROKEN_JSON)]


def test_an_empty_document_says_so() -> None:
    assert reasons("many.jsonl", b" \n ") == [(1, RefusalReason.EMPTY)]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_character_sets_are_told_by_content(encoding: str, *, zipped: bool) -> None:
    content = json.dumps({"title": "عنوان", "text": ARABIC}, ensure_ascii=False).encode(encoding)
    record = only("a.json", gzip.compress(content) if zipped else content)
    assert record == Draft(title="عنوان", text=ARABIC)


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
def test_a_few_words_tell_the_one_byte_sets_apart(encoding: str) -> None:
    assert charset("وقال مسؤول في القاهرة".encode(encoding)) == encoding


def test_one_damaged_line_does_not_make_another_character_set() -> None:
    lines = [json.dumps({"text": ARABIC}, ensure_ascii=False).encode() for _ in range(5)]
    lines[2] = lines[2][:30] + b"\xff" + lines[2][31:]
    drafts = list(read("a.jsonl", b"\n".join(lines)))
    assert [isinstance(d, Draft) and d.text == ARABIC for d in drafts] == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (gzip.compress(ARABIC.encode())[:-12], "cut short"),
        (b"\x1f\x8b\x08rubbish", "damaged"),
        (gzip.compress(gzip.compress(ARABIC.encode())), "within"),
        (b"%PDF-1.7 and so on", "no text"),
        (bytes(range(256)) * 20, "no text"),
        (b"<!DOCTYPE html><p> </p>", "no text"),
        (b'<?xml version="1.0"?><sitemap/>', "reads txt, md, html"),
        (b'<?xml version="1.0"?><opml version="2.0"/>', "list of feeds"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, cause: str) -> None:
    with pytest.raises(UnreadableDocument, match=cause):
        list(read("news.txt", content))


def test_a_gzip_bomb_is_not_opened() -> None:
    with pytest.raises(DocumentTooLarge, match="larger than 50 MB"):
        read("bomb.txt.gz", gzip.compress(bytes(LARGEST + 1)))


def test_members_of_a_gzip_are_read_one_after_the_other() -> None:
    content = gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n')
    assert [r.line for r in read("a.jsonl.gz", content)] == [1, 2]


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'[{"text": "' + b'\\"' * 500_000,
        b"[" + b'{"text": "x",' * 1_000,
        b'{"text": "' + b"x" * 9_000_000 + b'"}',
    ],
)
def test_hostile_json_is_refused_quickly(content: bytes) -> None:
    assert all(isinstance(record, Refusal) for record in read("hostile.json", content))


def test_a_text_over_a_megabyte_is_refused() -> None:
    content = b'{"text": "' + b"x" * 1_000_001 + b'"}\n{"text": "y"}'
    assert reasons("a.jsonl", content) == [(1, RefusalReason.TOO_LONG), (2, None)]
    assert reasons("a.txt", b"x" * 1_000_001) == [(1, RefusalReason.TOO_LONG)]


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2018-05-17", 2018),
        ("2018-05-17T10:00:00Z", 2018),
        ("٢٠١٨-٠٥-١٧", 2018),
        ("20180517", 2018),
        ("Thu, 17 May 2018 10:00:00 GMT", 2018),
        (1526551200, 2018),
        (1526551200.5, 2018),
        ("20180517103000", 2018),
        ("2018-05-17 10:00:00 +0300", 2018),
        ("2018-05-17 10:00:00 Z", 2018),
        ("100000000", 1973),
        (0, 1970),
        ("1526551200", 2018),
        (1526551200000, 2018),
        (None, None),
        ("", None),
    ],
)
def test_dates_are_read_in_every_form_of_the_contract(value: object, year: int | None) -> None:
    record = only("a.json", json.dumps({"title": "ت", "published": value}).encode())
    assert isinstance(record, Draft)
    assert (record.published and record.published.year) == year


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "2018-13-01", 1e300, "9" * 70, "NaN", "0001-01-01T00:00:00+14:00",
        "2018", "٢٠١٨", 2018, "2018-05", "2018-05-17 10:00:00 +03x",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(value: object) -> None:
    assert reasons("a.json", json.dumps({"title": "ت", "published": value}).encode()) == [
        (1, RefusalReason.BAD_DATE)
    ]


@pytest.mark.parametrize("value", [True, ["2018"], {}])
def test_a_date_of_another_type_is_refused(value: object) -> None:
    assert reasons("a.json", json.dumps({"title": "ت", "published": value}).encode()) == [
        (1, RefusalReason.WRONG_TYPE)
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"text": "a"}\n\n{"text": "b"}\n'),
        ("a.txt", ARABIC.encode()),
        ("a.json", b'[{"text": "a"}, 5]'),
        ("a.json", b'{"articles": [{"text": "a"}]}'),
        ("a.json", b'{"text": "a"}'),
        ("a.json", b"rubbish"),
        ("a.csv", 'title,text\nأ,"ب\nج"\n\nد,هـ,و\n'.encode()),
        ("a.html", f"<p>{ARABIC}</p>".encode()),
        (
            "a.xml",
            b"<rss><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>",
        ),
    ],
)
def test_records_are_counted_before_they_are_read(name: str, content: bytes) -> None:
    document = open_document(name, content)
    assert document.count() == len(list(document.records()))


names = st.sampled_from(
    ["a.txt", "a.json", "a.jsonl", "a.md", "a", "a.json.gz", "a.html", "a.csv", "a.xml", "a.opml"]
)
marked = st.text(alphabet="<>/&;!-=\"' pdivaxmlrsheftn?[]\n\0نص", max_size=200).map(str.encode)
tabled = st.text(alphabet='",;\t|\n\rx ن', max_size=100).map(lambda t: f"title,text\n{t}".encode())
json_like = st.text(alphabet='[]{}",:\\ \n1ntأ', max_size=200).map(str.encode)


@given(
    names,
    st.binary(max_size=400)
    | json_like
    | marked
    | tabled
    | st.text(max_size=200).map(lambda t: t.encode("utf-16")),
)
def test_whatever_the_bytes_are_they_are_read_or_refused(name: str, content: bytes) -> None:
    found: list[Draft | Refusal] = []
    with contextlib.suppress(UnreadableDocument):
        found = list(read(name, content))
    assert all(isinstance(record, Draft | Refusal) and record.line >= 1 for record in found)


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["text", "title", "published", "url", "x"]), values), max_size=5
    )
)
def test_an_array_and_its_lines_hold_the_same_records(found: list[dict[str, object]]) -> None:
    as_array = list(read("a.json", json.dumps(found, indent=1).encode()))
    as_lines = list(read("a.jsonl", "\n".join(map(json.dumps, found)).encode())) if found else []
    shapes = [[(type(r), getattr(r, "reason", "")) for r in records] for records in (as_array, as_lines)]
    assert shapes[0] == shapes[1]


# --- pages, feeds, lists of feeds and Markdown ------------------------------------------------------

PAGE = f"""<!doctype html><html><head><title>الشبكة الجديدة - صحيفة المدينة</title></head>
<body><article><h1>الشبكة الجديدة</h1><p>{ARABIC}</p><p>{ARABIC[:40]} وهذا كل ما قيل عنها.</p>
</article></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة</title>
<item><title>أول</title><link>https://example.org/1</link><description>{ARABIC}</description></item>
<item><title>ثان</title><link>https://example.org/2</link></item></channel></rss>"""


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page", "page.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_a_page_is_told_by_its_content(name: str, encoding: str) -> None:
    draft = only(name, PAGE.encode(encoding))
    assert isinstance(draft, Draft)
    assert draft.title == "الشبكة الجديدة"
    assert ARABIC in draft.text.split("\n")


COMMENT = "<!-- ملاحظة:\n# ليست عنوانا -->\n\n<!--أخرى-->\n"


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page", "page.md"])
def test_a_page_after_a_comment_is_a_page(name: str) -> None:
    draft = only(name, f"{COMMENT}{PAGE}".encode())
    assert isinstance(draft, Draft)
    assert draft.title == "الشبكة الجديدة"


@pytest.mark.parametrize("name", ["feed.xml", "feed.txt", "feed"])
def test_a_feed_after_a_comment_is_a_feed(name: str) -> None:
    xml, feed = FEED.partition("?>")[::2]
    for content in (f"{COMMENT}{feed}", f"{xml}?>\n{COMMENT}{feed}"):
        assert [record.line for record in read(name, content.encode())] == [1, 2]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page", Format.PAGE),
        ("page.txt", Format.PAGE),
        ("page.html", Format.PAGE),
        ("page.md", Format.MARKDOWN),
    ],
)
def test_elements_after_a_comment_are_a_page_unless_named_markdown(name: str, kind: Format) -> None:
    assert open_document(name, f"{COMMENT}<div>{ARABIC}</div>".encode()).format is kind
    assert open_document("page.txt", f"<div>{ARABIC}</div>".encode()).format is Format.TEXT


def test_markdown_after_a_comment_is_markdown() -> None:
    text = f"{COMMENT}---\nsource: صحيفة\n---\n# عنوان\n\n{ARABIC} <!-- و --> ثم --> بعده\n"
    article = Draft(title="عنوان", source="صحيفة", text=f"{ARABIC}  ثم --> بعده")
    assert [only(name, text.encode()) for name in ("news.md", "news.txt")] == [article, article]


@pytest.mark.parametrize("name", ["news.txt", "news"])
@pytest.mark.parametrize("comment", [COMMENT, "<!-- ", "<!--"])
def test_a_text_after_a_comment_is_a_text(name: str, comment: str) -> None:
    assert open_document(name, f"{comment}{ARABIC}".encode()).format is Format.TEXT


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.txt", "feed.html"])
def test_a_feed_is_told_by_its_content(name: str) -> None:
    drafts = list(read(name, FEED.encode()))
    assert [(d.title, d.source) for d in drafts if isinstance(d, Draft)] == [
        ("أول", "صحيفة"),
        ("ثان", "صحيفة"),
    ]


def test_a_list_of_feeds_is_an_outcome_of_its_own() -> None:
    content = b'<opml version="2.0"><body><outline xmlUrl="https://example.org/feed"/></body></opml>'
    with pytest.raises(FeedList) as refused:
        open_document("feeds.opml", content)
    assert [feed.url for feed in read_opml(refused.value.content)] == ["https://example.org/feed"]


def test_entities_that_grow_are_refused() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    item = "<channel><item><title>&a11;</title></item></channel>"
    content = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x">{bomb}]><rss>{item}</rss>'
    try:
        found = list(read("bomb.xml", content.encode()))
    except UnreadableDocument:
        return
    assert sum(len(record.title) for record in found if isinstance(record, Draft)) < 2_000_000


def test_a_page_over_its_limit_is_refused_unread() -> None:
    with pytest.raises(UnreadableDocument, match="10 MB"):
        open_document("large.html", b"<html>" + b"<p>x" * 3_000_000)


def test_markdown_is_read_as_plain_paragraphs() -> None:
    text = """# عنوان **الخبر**

قال [الوزير](https://example.org/m) إن الشبكة *الجديدة*
ستدخل الخدمة \\[قريبا\\].

## ما بعدها

- أول ما في القائمة
- ثاني __ما فيها__

> اقتباس من البيان.

![صورة](p.jpg)
"""
    assert only("news.md", text.encode()) == Draft(
        title="عنوان الخبر",
        text="قال الوزير إن الشبكة الجديدة ستدخل الخدمة [قريبا].\nما بعدها\n- أول ما في القائمة"
        "\n- ثاني ما فيها\nاقتباس من البيان.",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a_(b)",
        "https://example.org/(a)/(b)?c",
        "<https://example.org/a b> 'عنوان (آخر)'",
        "https://example.org/a\\)b",
        "",
    ],
)
def test_a_link_with_any_address_is_its_words(address: str) -> None:
    text = f"قال (مع [الوزير]({address})) نعم ![صورة]({address}) [اليوم]({address})."
    assert only("news.md", text.encode()) == Draft(text="قال (مع الوزير) نعم  اليوم.")


def test_footnotes_and_their_marks_are_no_part_of_the_article() -> None:
    text = """قال الوزير[^1] إن الشبكة[^ملاحظة][^3] ستدخل الخدمة [^1].

[^1]: حاشية أولى
تتمة سطرها.

    فقرة ثانية من الحاشية.
[^ملاحظة]:
    حاشية ثانية.
- قائمة

[^3]: ثالثة.

وأضاف \\[^2\\] أن كل المدن معها.
"""
    assert only("news.md", text.encode()) == Draft(
        text="قال الوزير إن الشبكة ستدخل الخدمة.\n- قائمة\nوأضاف [^2] أن كل المدن معها."
    )


@pytest.mark.parametrize("name", ["news.md", "news.txt"])
def test_front_matter_gives_the_fields(name: str) -> None:
    text = f'---\ntitle: "الشبكة"\nsource: صحيفة\ndate: 2020-01-02\ndraft: no\n---\n{ARABIC}\n'
    assert only(name, text.encode()) == Draft(
        title="الشبكة", source="صحيفة", text=ARABIC, published=datetime(2020, 1, 2, tzinfo=UTC)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_front_matter_of_windows_is_read_as_any_other(encoding: str) -> None:
    text = f"---\r\ntitle: الشبكة\r\ndate: 2018-05-17\r\n---\r\n\r\n{ARABIC}\r\n"
    assert only("news.md", text.encode(encoding)) == Draft(
        title="الشبكة", text=ARABIC, published=datetime(2018, 5, 17, tzinfo=UTC)
    )


def abstract(written: str) -> str:
    """What front matter's description becomes that is written so."""
    record = only("news.md", f"---\ndescription: {written}\ntitle: ت\n---\n{ARABIC}\n".encode())
    assert isinstance(record, Draft)
    assert (record.title, record.text) == ("ت", ARABIC)
    return record.abstract


@pytest.mark.parametrize("sign", [">", ">-", ">+", ">2-", "> # ملاحظة"])
def test_a_folded_text_of_front_matter_is_one_line_a_paragraph(sign: str) -> None:
    assert (
        abstract(f"{sign}\n  قال الوزير: نعم\n  # ومضى.\n\n  ثم عاد.")
        == "قال الوزير: نعم # ومضى.\nثم عاد."
    )


@pytest.mark.parametrize("sign", ["|", "|-", "|2"])
def test_a_kept_text_of_front_matter_keeps_its_lines(sign: str) -> None:
    assert abstract(f"{sign}\n  قال الوزير.\n  ومضى.\n") == "قال الوزير.\nومضى."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("قال نعم # ملاحظة", "قال نعم"),
        ("# ملاحظة", ""),
        ("لغة C#", "لغة C#"),
        ('"أ # ب"', "أ # ب"),
        ('"أ # ب" # ج', "أ # ب"),
        ("'أ # ب'  # \"ج\"", "أ # ب"),
        ("'it''s'", "it's"),
        ('"قال: \\"نعم\\" ومضى"', 'قال: "نعم" ومضى'),
        (r'"\u0646\u0639\u0645 \U0001F600 \ud83d\ude00 \x41"', "نعم 😀 😀 A"),
        (r'"\ud800 \Uffffffff نعم"', "\ufffd  نعم"),
        ('"قال \\\n  \\ الوزير\n  نعم"', "قال  الوزير نعم"),
        ('"الجيش" يتقدم', '"الجيش" يتقدم'),
        ("قال الوزير # أ\n  نعم # ب", "قال الوزير نعم"),
        ("\n  قال نعم", "قال نعم"),
        ("\n  title: لا", ""),
        ("\n  - أ\n  - ب", ""),
        ("~", ""),
        ("null # لا شيء", ""),
    ],
)
def test_values_of_front_matter_are_read_as_yaml(written: str, meant: str) -> None:
    assert abstract(written) == meant


def test_a_comment_beside_a_date_refuses_no_article() -> None:
    text = f"---\n# ملاحظة\ndate: 2018-05-17 # يوم\n---\n{ARABIC}\n"
    assert only("news.md", text.encode()) == Draft(
        text=ARABIC, published=datetime(2018, 5, 17, tzinfo=UTC)
    )


@pytest.mark.parametrize("sign", [" ", "# ", "#", "' ", "''", '"', '\\"', "\\", "a:", "- ", "\\u0"])
@pytest.mark.parametrize("start", ["", '"', "'", "|\n  ", "\n \n  "])
def test_front_matter_of_one_sign_costs_no_time(start: str, sign: str) -> None:
    text = f"---\ntitle: {start}{sign * (900_000 // len(sign))}\n---\n{ARABIC}\n"
    with within(4):
        list(read("hostile.md", text.encode()))


def test_a_file_of_one_article_gives_its_text() -> None:
    assert text_of("news.txt", ARABIC.encode()).text == ARABIC
    with pytest.raises(ManyArticles):
        text_of("many.jsonl", b'{"text": "a"}\n{"text": "b"}\n')
    with pytest.raises(UnreadableDocument):
        text_of("empty.txt", b"")


@pytest.mark.parametrize(
    "sign",
    [
        "*",
        "_",
        "[",
        "`",
        "\\[a](",
        "[a](",
        "[a](b()",
        "[a](()",
        "[^",
        "[^a]",
        "- ",
        "> ",
        "#",
        "![",
        "<!--",
        "-->",
        "a\n",
        "|",
    ],
)
def test_markdown_of_one_sign_costs_no_time(sign: str) -> None:
    with within(4):
        list(read("hostile.md", (sign * (900_000 // len(sign))).encode()))

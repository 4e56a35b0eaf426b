"""Web pages: the article's own paragraphs and facts, and nothing of what stands around them."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import within

from bot.errors import FeedLink, UnreadablePage
from bot.intake import pages
from bot.intake.clean import article
from bot.model import Article

URL = "https://www.example.org/2020/story"
PARAGRAPHS = [
    "افتتح الوزير في العاصمة صباح اليوم جسرا جديدا فوق النهر الكبير بعد ثلاثة أعوام من العمل فيه.",
    "وقال الوزير في كلمته إن الجسر يختصر الطريق بين الضفتين إلى خمس دقائق بعد أن كان يستغرق ساعة كاملة.",
    "وأضاف أن الحافلات ستعبره مجانا في شهره الأول، وأن رسوم العبور بعد ذلك ستذهب إلى صيانة طرق المدينة.",
]
LONGER = [
    *PARAGRAPHS,
    "ويأمل سكان الضفة الشرقية أن تعود الأسواق القديمة إلى الحياة بعد سنوات من الركود وقلة الزبائن.",
    "ومن المقرر أن تبدأ المرحلة الثانية في الربيع بإنشاء ممشى للمشاة ومسار للدراجات على الجانبين.",
]


def page(head: str = "", body: str = "", paragraphs: list[str] = PARAGRAPHS) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    shown = f"<body>{body}<article>{text}</article></body>"
    return f"<!doctype html><html><head>{head}</head>{shown}</html>".encode()


def read(content: bytes, url: str = URL) -> pages.Draft:
    return pages.read(content, "text/html; charset=utf-8", url)


def test_the_paragraphs_are_lines() -> None:
    assert read(page()).text.split("\n") == PARAGRAPHS


def word_f1(found: str, wanted: str) -> float:
    mine, theirs = Counter(found.split()), Counter(wanted.split())
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


@pytest.mark.news
@pytest.mark.parametrize("name", ["arabic_article", "lbc"])
def test_real_pages_give_their_article_and_nothing_else(shared: Path, name: str) -> None:
    folder = shared / "pages"
    if name == "lbc":
        body = json.loads((folder / "lbc.json").read_text())["V1"]["body"]
        wanted = "\n".join(body["sections"][0]["paragraphs"])
    else:
        wanted = (folder / "arabic_article.txt").read_text()
    draft = pages.read((folder / f"{name}.html").read_bytes(), "text/html", "")
    stored = article(draft, datetime.now(UTC))
    assert isinstance(stored, Article)
    assert word_f1(stored.body, wanted) >= 0.95
    assert stored.published.year < 2027


def test_facts_are_read_from_open_graph() -> None:
    head = """<meta property="og:title" content="جسر جديد | صحيفة المدينة">
    <meta property="og:site_name" content="صحيفة المدينة">
    <meta name="description" content="خلاصة الخبر">
    <meta property="article:published_time" content="2020-05-06T10:00:00+03:00">
    <meta property="article:section" content="محليات">
    <link rel="canonical" href="/2020/story-about-it">"""
    draft = read(page(head))
    assert (draft.title, draft.source, draft.category) == ("جسر جديد", "صحيفة المدينة", "محليات")
    assert draft.published == datetime(2020, 5, 6, 7, tzinfo=UTC)
    assert (draft.url, draft.abstract) == ("https://www.example.org/2020/story-about-it", "خلاصة الخبر")


def test_facts_are_read_from_json_ld() -> None:
    linked = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "جسر &quot;جديد&quot;",
                "datePublished": "2020-05-06",
                "publisher": {"name": "وكالة"},
            },
        ]
    }
    draft = read(page(f'<script type="application/ld+json">{json.dumps(linked)}</script>'))
    assert (draft.title, draft.source) == ('جسر "جديد"', "وكالة")
    assert draft.published == datetime(2020, 5, 6, tzinfo=UTC)


TITLE = "افتتاح جسر جديد في العاصمة"
RELATED = {
    "@type": "NewsArticle",
    "headline": "موجة باردة على السواحل",
    "datePublished": "2019-01-02",
    "articleBody": "تشهد البلاد غدا طقسا باردا وأمطارا متفرقة بحسب خبراء الأرصاد. " * 9,
}
OWN = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2020-05-06"}


def described(*articles: dict[str, object]) -> bytes:
    linked = json.dumps({"@graph": [*articles]})
    return page(
        f'<title>{TITLE} | صحيفة المدينة</title><script type="application/ld+json">{linked}</script>',
        f"<h1>{TITLE}</h1>",
    )


@pytest.mark.parametrize(
    "own",
    [
        OWN,
        OWN | {"headline": f"{TITLE[:20]}…"},
        OWN | {"headline": "الجسر الكبير", "url": URL},
        OWN | {"headline": "الجسر الكبير", "mainEntityOfPage": {"@id": f"{URL}/"}},
        OWN | {"headline": "", "@id": f"{URL}#article"},
    ],
)
def test_a_related_story_is_not_taken_for_the_page_s_own(own: dict[str, object]) -> None:
    draft = read(described(RELATED, own))
    assert draft.published == datetime(2020, 5, 6, tzinfo=UTC)
    assert draft.title in (TITLE, own["headline"])
    assert draft.text.split("\n")[-3:] == PARAGRAPHS


def test_a_description_of_another_page_alone_is_not_believed() -> None:
    draft = read(described(RELATED | {"url": "/2019/weather"}))
    assert (draft.title, draft.published) == (TITLE, None)
    assert draft.text.split("\n")[-3:] == PARAGRAPHS


@pytest.mark.parametrize(
    "named",
    [{}, {"url": "https://www.example.org/"}, {"url": "http://[bad"}, {"url": "/2020/other-address"}],
)
def test_a_headline_for_search_engines_may_be_another(named: dict[str, object]) -> None:
    headline = "افتتاح جسر النهر في العاصمة"
    draft = read(described(OWN | {"headline": headline} | named))
    assert (draft.title, draft.published) == (headline, datetime(2020, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("جسر جديد في المدينة - صحيفة المدينة", "جسر جديد في المدينة"),
        ("صحيفة المدينة | جسر جديد في المدينة", "جسر جديد في المدينة"),
        ("الجسر - أول جسر في المدينة", "الجسر - أول جسر في المدينة"),
        ("جسر جديد – محليات – صحيفة المدينة", "جسر جديد"),
    ],
)
def test_the_site_s_name_is_no_part_of_the_title(title: str, own: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="صحيفة المدينة">'
    assert read(page(head)).title == own


@pytest.mark.parametrize(
    "canonical", ["https://other.org/story", "/", "javascript:alert(1)", "http://[bad", ""]
)
def test_a_canonical_address_of_another_page_is_not_believed(canonical: str) -> None:
    assert read(page(f'<link rel="canonical" href="{canonical}">')).url == URL


def test_a_date_under_the_heading_is_read_where_nothing_else_tells_it() -> None:
    body = "<div><h1>جسر جديد في المدينة</h1><div>الأربعاء، 6 أيار/مايو 2020</div></div>"
    published = read(page(body=body)).published
    assert published is not None
    assert published.date().isoformat() == "2020-05-06"


def test_blocks_of_links_and_notices_are_left_out() -> None:
    aside = '<p><a href="/other">وزير المالية يزور مصانع الجنوب في جولة مفاجئة</a></p>'
    rules = '<p>نرحب بالنقاش وفق <a href="/terms.html">الشروط</a> و<a href="/privacy">الخصوصية</a>.</p>'
    opinions = "<p>التعليقات المنشورة لا تعبر عن رأي الموقع بل عن آراء أصحابها.</p>"
    paragraphs = "".join(f"<p>{paragraph}</p>{aside}" for paragraph in PARAGRAPHS)
    content = f"<html><body><article>{paragraphs}{rules}{opinions}</article></body></html>".encode()
    assert read(content).text.split("\n") == PARAGRAPHS


LINKS = "".join(f'<li><a href="/{part}">{part}</a></li>' for part in ("الرئيسية", "سياسة", "اقتصاد"))


@pytest.mark.parametrize(
    "around",
    [
        f"<header><ul>{LINKS}</ul></header>",
        f"<nav><ul>{LINKS}</ul></nav>",
        f"<div><span>{LINKS}</span></div><div>يرجى الانتظار…</div>",
        "<noscript><p>يجب تفعيل جافاسكربت في متصفحك لعرض هذه الصفحة كاملة.</p></noscript>",
        f"<h1>صحيفة المدينة اليومية المستقلة</h1><ul>{LINKS}</ul><button>البحث في الموقع كله</button>",
        f"<div>{LINKS}</div><div>© 2026 جميع الحقوق محفوظة لصحيفة المدينة</div>",
    ],
)
def test_a_page_that_a_script_builds_holds_no_article(around: str) -> None:
    content = f'<html><head><title>T</title></head><body>{around}<div id="app"></div></body></html>'
    with pytest.raises(UnreadablePage, match="no text of an article"):
        read(content.encode())


def test_a_menu_is_no_part_of_a_short_text() -> None:
    content = f"<html><body><div><ul>{LINKS}</ul></div><div>{PARAGRAPHS[0]}</div></body></html>"
    assert read(content.encode()).text == PARAGRAPHS[0]


@pytest.mark.parametrize("open_tag", ["<header>", "<noscript>", "<button>", '<a name="top">'])
def test_an_unclosed_element_hides_no_article(open_tag: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in LONGER * 2)
    content = f"<html><body>{open_tag}<ul>{LINKS}</ul>{paragraphs}</body></html>".encode()
    assert read(content).text.split("\n")[:5] == LONGER


def test_items_of_lists_without_links_are_told() -> None:
    items = ["رحلة كل عشر دقائق في ساعات الذروة", "تذكرة واحدة لجميع خطوط العاصمة"]
    own = "".join(f"<li><p>{item}</p></li>" for item in items)
    aside = '<li><a href="/other">وزير المالية يزور مصانع الجنوب</a> أمس</li>'
    aside += '<a href="/more"><li>مباراة القمة تنتهي بلا أهداف</li></a>'
    body = f"<p>{PARAGRAPHS[0]}</p><h2>أهم النقاط</h2><ul>{own}</ul><p>{PARAGRAPHS[1]}</p>"
    draft = read(f"<article>{body}<ul>{aside}</ul></article>".encode())
    assert draft.items.split("\n") == items
    stored = article(draft, datetime.now(UTC))
    assert isinstance(stored, Article)
    assert all(item in stored.body for item in [*items, "أهم النقاط"])
    assert "المالية" not in stored.body
    assert "مباراة" not in stored.body


def linked_body(text: str) -> str:
    found = {"@type": "NewsArticle", "headline": "جسر جديد", "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(found)}</script>'


def test_the_text_for_search_engines_stands_in_where_a_script_builds_the_page() -> None:
    shell = b"<html><head>" + linked_body("\n".join(PARAGRAPHS)).encode() + b"</head><body><div id=app>"
    assert read(shell + b"<p>x</p></div></body></html>").text.split("\n") == PARAGRAPHS


def test_the_text_for_search_engines_tells_what_surrounds() -> None:
    strange = "نشرة بريدية مسائية تصلكم مجانا عن أحوال الطقس والأسواق والرياضة والفنون."
    content = page(linked_body(" ".join(PARAGRAPHS)), paragraphs=[*PARAGRAPHS, strange])
    assert read(content).text.split("\n") == PARAGRAPHS


def test_a_cut_text_for_search_engines_takes_nothing_away() -> None:
    assert read(page(linked_body(PARAGRAPHS[0] + "…"))).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("end", [324, 360, 417, 447])
def test_what_stands_behind_a_text_cut_in_a_sentence_stays(end: int) -> None:
    cut = " ".join(LONGER)[:end]
    assert read(page(linked_body(cut), paragraphs=LONGER)).text.split("\n") == LONGER


def test_paragraphs_behind_a_text_that_ends_between_two_stay() -> None:
    for cut in (LONGER[:3], LONGER[:4]):
        content = page(linked_body("\n".join(cut)), paragraphs=LONGER)
        assert read(content).text.split("\n") == LONGER


STRANGE = [
    "نشرة بريدية مسائية تصلكم كل يوم مع أبرز ما نشرناه من تقارير ومقالات وصور.",
    "افتتاح جسر جديد فوق النهر الكبير في العاصمة بعد ثلاثة أعوام",
    "الجسر الجديد كما بدا صباح اليوم.",
]


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("end", [4, 5])
def test_what_does_not_go_on_with_the_text_stays_out(strange: str, end: int) -> None:
    content = page(linked_body("\n".join(LONGER[:end])), paragraphs=[*LONGER, strange])
    assert strange not in read(content).text


def test_another_article_behind_a_whole_text_stays_out() -> None:
    other = [
        "الأرصاد تتوقع موجة باردة على السواحل",
        "تشهد البلاد غدا طقسا باردا وأمطارا متفرقة على السواحل الشمالية بحسب خبراء الأرصاد الجوية.",
        "وتنخفض درجات الحرارة ليلا.",
    ]
    content = page(linked_body("\n".join(LONGER)), paragraphs=[*LONGER, *other])
    assert read(content).text.split("\n") == LONGER


def test_an_undeclared_arabic_set_is_told_by_the_bytes() -> None:
    content = page().decode().encode("cp1256")
    assert pages.read(content, "text/html", URL).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "text/html"),
        (b"<html><body></body></html>", "text/html"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n", ""),
        (b"anything", "image/jpeg"),
        (b'{"a": 1}', "application/json"),
        (b"<rss><channel><title>x</title></channel></rss>", "text/xml"),
        (b"<p>" + bytes(10_000_001), "text/html"),
    ],
)
def test_what_is_no_page_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(UnreadablePage):
        pages.read(content, kind, URL)


JSON_FEED = '{"version": "https:%s/version/1.1", "title": "x", "items": [{"content_html": "<p>x</p>"}]}'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "text/html"),
        ("<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'></feed>", "application/atom+xml"),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "application/rdf+xml"),
        (JSON_FEED % "//jsonfeed.org", "application/feed+json"),
        (JSON_FEED % r"\/\/www.jsonfeed.org", "application/json"),
    ],
)
def test_a_feed_is_told_from_a_page(content: str, kind: str) -> None:
    with pytest.raises(FeedLink):
        pages.read(content.encode(), kind, URL)


def test_a_list_of_feeds_is_said_to_be_one() -> None:
    with pytest.raises(UnreadablePage, match="/addfeed") as raised:
        pages.read(b"<?xml version='1.0'?><opml><body><outline/></body></opml>", "text/xml", URL)
    assert not isinstance(raised.value, FeedLink)


@pytest.mark.parametrize(
    "content", ['{"items": []}', '{"about": "jsonfeed.org"', '{"version": 1, "see": "jsonfeed.org"}']
)
def test_other_json_is_no_feed(content: str) -> None:
    with pytest.raises(UnreadablePage) as raised:
        pages.read(content.encode(), "application/json", URL)
    assert not isinstance(raised.value, FeedLink)


def test_a_page_about_feeds_is_a_page() -> None:
    about = "تشرح هذه الصفحة كيف تُكتب &lt;rss&gt; و&lt;feed&gt; في ملف واحد لقارئ الأخبار."
    assert read(f"<article><p>{about}</p></article>".encode()).text


HOSTILE = {
    "nested": "<div>" * 100_000 + "<p>x</p>",
    "inline": "<b>" * 300_000,
    "tables": "<table><tr><td>" * 50_000,
    "many tables": "<table><tr><td>1<td>2<tr><td>3<td>4</table>" * 6000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x</p>",
    "unclosed": "<p><a href=x><i>س" * 50_000,
    "comment": "<!--" * 300_000,
    "scripts": "<script>" * 200_000,
    "links": "<a href=x>نص الرابط هنا كله</a> " * 30_000,
    "menus": "<div><nav>" * 100 + "<a href=x>نص</a>" * 20_000,
    "separators": "<title>" + "a | " * 200_000 + "</title><p>نص</p>",
    "deep json": '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>نص</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_or_refused_in_time(name: str) -> None:
    with within(4), contextlib.suppress(UnreadablePage):
        assert read(HOSTILE[name].encode()).text


scraps = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div",
            ">",
            "<!--",
            "-->",
            "<script type='application/ld+json'>",
            "</script>",
            '{"@type": "Article", "headline": [1]}',
            "<h1>",
            "<title>",
            "<meta property='og:title' content='",
            "'>",
            "<link rel=canonical href='http://[",
            "<time datetime='99999'>",
            "نص الخبر كله هنا.",
            "&#0;",
            "&#xD800;",
            "\0",
            "<table>",
            "<a href=/privacy>",
        ]
    ),
    max_size=30,
).map("".join)


@given(
    scraps.map(str.encode) | st.binary(max_size=300), st.sampled_from(["", "text/html", "x; charset=y"])
)
def test_whatever_a_page_holds_it_is_read_or_refused(content: bytes, kind: str) -> None:
    with contextlib.suppress(UnreadablePage):
        assert pages.read(content, kind, URL).text

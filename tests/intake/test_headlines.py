"""Headlines of other articles in whatever markup they stand. The report and they are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import pytest

from bot.intake.clean import article
from bot.intake.documents import read
from bot.model import Article, Draft

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLE = "ميناء صحار يستقبل أول سفينة تعمل بالهيدروجين"
REPORT = [
    "استقبل ميناء صحار العماني، الأحد، أول سفينة شحن تعمل بالهيدروجين الأخضر في المنطقة كلها.",
    "وقالت إدارة الميناء في بيان إن السفينة قطعت المسافة من روتردام في ثلاثة أسابيع دون توقف.",
    "وأوضح قبطان السفينة أن خزاناتها تكفي للإبحار شهرا كاملا، وأن محركاتها لا تترك دخانا ولا زيتا.",
    "وأضاف البيان أن الميناء سيبني محطة لتزويد السفن بالوقود الجديد قبل نهاية العام المقبل.",
    "وتوقع خبراء النقل البحري أن تتبعها عشر سفن أخرى خلال عامين، إذا انخفض ثمن الوقود كما تأمل الشركات.",
    "وكانت السلطنة قد وقعت في الصيف اتفاقا مع ثلاث شركات أوروبية لإنتاج الهيدروجين في صحراء الدقم.",
    "ومن المقرر أن تغادر السفينة الميناء يوم الخميس محملة بأربعة آلاف طن من الألمنيوم إلى أوروبا.",
]
HEADLINES = [
    "رئيسة تنزانيا تلتقي وفدا من رجال الأعمال في دودوما",
    "اتفاق بين المجر وصربيا على خط جديد لنقل الغاز",
    "نداء عاجل لإغاثة السودان: عشرون ألف أسرة بلا مأوى في كسلا",
    "مدريد: البرلمان يناقش موازنة العام الجديد وسط احتجاجات النقابات",
    "توقعات الخبراء لأسعار النحاس في الربع الأخير من السنة",
    "تونس: مستشفى جديد للأطفال في صفاقس",
    "خطة لترميم أسوار المدينة القديمة في القيروان",
    "منظمة الصحة تحذر من تفشي الكوليرا في السودان: 300 إصابة في أسبوع",
    "عداءات كينيا يسيطرن على ماراثون برلين",
    "بعد أعوام من الخلاف: بيرو وتشيلي إلى محكمة العدل من جديد",
]
SHORT = ["السودان: اتفاق جديد في بورتسودان", "السودان يفتح معبر أدري", "إعصار يضرب شرق الفلبين"]
POINTS = ["رحلة في كل شهر بين صحار وروتردام", "وقود يكفي عشر سفن", "خصم للشركات الصغيرة"]


def body_of(name: str, content: str) -> list[str]:
    (draft,) = read(name, content.encode())
    assert isinstance(draft, Draft)
    cleaned = article(draft, NOW)
    assert isinstance(cleaned, Article)
    return cleaned.body.split("\n")


def page(html: str) -> list[str]:
    shown = f"<body><article><h1>{TITLE}</h1>{html}</article></body>"
    return body_of("a.html", f"<!doctype html><html><head><title>{TITLE}</title></head>{shown}</html>")


def record(text: str) -> list[str]:
    return body_of("a.json", json.dumps([{"title": TITLE, "text": text}]))


def feed(fields: str) -> list[str]:
    item = f"<item><title>{TITLE}</title><link>https://example.org/1</link>{fields}</item>"
    uses = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return body_of("a.xml", f'<rss version="2.0" {uses}><channel><title>x</title>{item}</channel></rss>')


def description(html: str) -> list[str]:
    return feed(f"<description>{escape(html)}</description>")


def whole(html: str) -> list[str]:
    return feed(f"<description>x</description><content:encoded><![CDATA[{html}]]></content:encoded>")


def joined(before: str, after: str) -> Callable[[list[str]], str]:
    return lambda texts: "".join(f"{before}{text}{after}" for text in texts)


def inside(tag: str, before: str, after: str) -> Callable[[list[str]], str]:
    return lambda texts: f"<{tag}>{joined(before, after)(texts)}</{tag}>"


IN_HTML = {
    "ul": inside("ul", "<li>", "</li>"),
    "ol": inside("ol", "<li>", "</li>"),
    "paragraph in item": inside("ul", "<li><p>", "</p></li>"),
    "link in item": inside("ul", '<li><a href="/1">', "</a></li>"),
    "item in link": inside("ul", '<a href="/1"><li>', "</li></a>"),
    "item with its paragraph in link": inside("ol", '<a href="/1"><li><p>', "</p></li></a>"),
    "list in link": lambda texts: f'<a href="/1">{inside("ul", "<li>", "</li>")(texts)}</a>',
    "list under a rubric": lambda texts: f"<h3>من العالم</h3>{inside('ul', '<li>', '</li>')(texts)}",
    "p": joined("<p>", "</p>"),
    "link in p": joined('<p><a href="/1">', "</a></p>"),
    "p with bullet": joined("<p>- ", "</p>"),
    "br": inside("p", "", "<br>"),
    "br with bullet": inside("p", "- ", "<br>"),
}
SIGNS = ["-", "•", "*", "–", "■", "▪", "►", "●"]


def assert_clean(body: list[str], headlines: list[str]) -> None:
    kept = [headline for headline in headlines if any(headline in line for line in body)]
    assert (kept, body) == ([], REPORT)


@pytest.mark.parametrize("read_as", [page, record, description, whole])
@pytest.mark.parametrize("markup", IN_HTML)
def test_ten_headlines_go_in_any_html(markup: str, read_as: Callable[[str], list[str]]) -> None:
    links = IN_HTML[markup](HEADLINES)
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in REPORT]
    assert_clean(read_as("".join([*paragraphs, links])), HEADLINES)
    assert_clean(read_as("".join([*paragraphs[:4], links, *paragraphs[4:]])), HEADLINES)


@pytest.mark.parametrize("read_as", [page, record, description, whole])
@pytest.mark.parametrize("markup", IN_HTML)
def test_short_headlines_go_from_the_end_of_any_html(
    markup: str, read_as: Callable[[str], list[str]]
) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)
    assert_clean(read_as(paragraphs + IN_HTML[markup](SHORT)), SHORT)


@pytest.mark.parametrize("headlines", [HEADLINES, SHORT])
@pytest.mark.parametrize("sign", SIGNS)
def test_bulleted_headlines_go_from_plain_text(sign: str, headlines: list[str]) -> None:
    links = [f"{sign} {headline}" for headline in headlines]
    for lines in ([*REPORT, *links], [*REPORT[:4], *links, *REPORT[4:]]):
        assert_clean(record("\n".join(lines)), headlines)
        assert_clean(body_of("a.txt", "\n\n".join([TITLE, *lines])), headlines)


@pytest.mark.parametrize("headlines", [HEADLINES, SHORT])
@pytest.mark.parametrize("item", ["- {}", "* {}", "- [{}](/news/1)", "1. {}"])
def test_a_list_of_headlines_goes_from_markdown(item: str, headlines: list[str]) -> None:
    links = "\n".join(item.format(headline) for headline in headlines)
    assert_clean(body_of("a.md", "\n\n".join([f"# {TITLE}", *REPORT, links])), headlines)


@pytest.mark.parametrize("sign", ["1. ", "1- ", ""])
def test_numbered_and_bare_headlines_go_from_the_end(sign: str) -> None:
    links = [f"{sign}{headline}" for headline in HEADLINES]
    assert_clean(record("\n".join([*REPORT, *links])), HEADLINES)


@pytest.mark.parametrize("announcing", ["أبرز بنود الاتفاق", "أهم النقاط", "وتضم الخطة ما يلي:"])
@pytest.mark.parametrize("read_as", [page, record, whole])
def test_a_list_that_is_announced_stays(announcing: str, read_as: Callable[[str], list[str]]) -> None:
    own = f"<h3>{announcing}</h3>{IN_HTML['ul'](POINTS)}"
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in REPORT]
    for parts in ([*paragraphs, own], [*paragraphs[:4], own, *paragraphs[4:]]):
        body = read_as("".join(parts))
        assert [line.removeprefix("- ") for line in body if line not in REPORT] == [announcing, *POINTS]


@pytest.mark.parametrize("announcing", ["أبرز بنود الاتفاق", "وتضم الخطة ما يلي:"])
def test_bullets_that_are_announced_stay(announcing: str) -> None:
    lines = [*REPORT, announcing, *(f"• {point}" for point in POINTS)]
    assert record("\n".join(lines)) == lines


def test_headlines_around_which_a_link_stands_go_from_under_a_list_that_is_announced() -> None:
    own, links = IN_HTML["ul"](POINTS), IN_HTML["item in link"](HEADLINES)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in REPORT)
    assert record(f"{text}<h3>أبرز بنود الاتفاق</h3>{own}{links}")[-3:] == POINTS

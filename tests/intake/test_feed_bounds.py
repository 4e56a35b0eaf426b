"""An entry of very many tags: its words stay, and the other entries of its feed are read in time."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from pace import within

from bot.intake.feed_bounds import bounded
from bot.intake.feed_limits import MOST_TAGS
from bot.intake.feeds import read, to_drafts

URL = "http://127.0.0.1/feed.xml"
MANY = 90_000
HTML = "<h2>عنوان</h2><script>x()</script>" + "<p>جملة عن <b>3 &lt; 5</b> هنا.</p>" * (MANY // 4)
PLAIN = "\n".join(["عنوان", *["جملة عن 3 < 5 هنا."] * (MANY // 4)])
NUMBERED = {"&lt;": "&#60;", "&gt;": "&#62;"}
TEXTS = {
    "escaped": f"<description>{escape(HTML)}</description>",
    "cdata": f"<description>تمهيد &amp;amp; <![CDATA[{HTML}]]></description>",
    "numbered": f"<description>{escape(HTML, NUMBERED)}</description>",
    "encoded": f"<description>موجز</description><content:encoded><![CDATA[{HTML}]]></content:encoded>",
    "among others": f"<t:title>1</t:title><summary>{escape(HTML)}</summary><t:title>2</t:title>",
    "entries in it": f"<description><![CDATA[{HTML}<item></description></item><entry>]]></description>",
    "inline": f"<description>{HTML}</description>",
}
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>كثير</title><id>1</id>'
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content></entry>'
    "<entry><title>قصير</title><id>2</id><summary>كلمات قليلة</summary></entry></feed>"
)


def rss(*inside: str) -> str:
    items = "".join(f"<item>{one}</item>" for one in inside)
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    content += ' xmlns:t="http://search.yahoo.com/mrss/"'
    return f'<rss version="2.0" {content}><channel><title>الصباح</title>{items}</channel></rss>'


def short(number: int) -> str:
    text = "<description>&lt;i&gt;كلمات&lt;/i&gt;</description>"
    return f"<title>قصير {number}</title><guid>g{number}</guid>{text}"


@pytest.mark.parametrize("kind", TEXTS)
def test_the_words_of_an_entry_with_very_many_tags_stay_and_so_do_the_others(kind: str) -> None:
    document = read(rss(short(1), f"<title>كثير</title>{TEXTS[kind]}", short(2)).encode(), "", URL)
    first, many, last = to_drafts(document)
    assert (first.text, first.title, last.text, last.title) == ("كلمات", "قصير 1", "كلمات", "قصير 2")
    assert many.title == "كثير"
    assert PLAIN[:600_000] in many.text
    assert document.oversized == 0


def test_the_words_of_an_atom_entry_stay_too() -> None:
    many, few = to_drafts(read(ATOM.encode(), "", URL))
    assert (many.text, few.text) == (PLAIN, "كلمات قليلة")


def test_an_entry_whose_tags_stand_elsewhere_is_left_out_and_counted() -> None:
    tags = "<category>x</category>" * MANY
    document = read(rss(short(1), f"<title>كثير</title>{tags}", short(2)).encode(), "", URL)
    assert [entry.title for entry in document.entries] == ["قصير 1", "قصير 2"]
    assert document.oversized == 1


def test_many_entries_of_many_tags_are_read_in_time() -> None:
    text = f"<description>{escape('<p>كلمة <b>هنا</b></p>' * 2_000)}</description>"
    items = [f"<title>خبر {number}</title><guid>{number}</guid>{text}" for number in range(50)]
    with within(4):
        document = read(rss(*items).encode(), "", URL)
    assert len(document.entries) == 50
    assert {len(draft.text.split()) for draft in to_drafts(document)} == {4_000}


def test_a_usual_document_stays_as_it_is() -> None:
    text = rss(*[short(number) for number in range(100)])
    assert bounded(text) == (text, 0)
    fuller = rss(*[f"<description>{'<br/>' * 200}</description>"] * 60)
    assert fuller.count("<") > MOST_TAGS
    assert bounded(fuller) == (fuller, 0)


@pytest.mark.parametrize(
    "text",
    [
        "<item>" * 700_000,
        "<item><description>" * 200_000,
        "<item><![CDATA[" * 300_000,
        "<item><description>" + "<![CDATA[" * 400_000,
        "<item>" + "<content " * 400_000,
        "<item>" + "</item>" * 500_000,
        "<item><description>" + "&lt;" * 1_000_000 + "</description>",
    ],
)
def test_no_markup_takes_long(text: str) -> None:
    with within(3):  # what is guarded against grows with the square
        bounded(text)

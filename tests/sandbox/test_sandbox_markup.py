"""HTML to entities, and the text that Telegram keeps: offsets in UTF-16 units."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.cleanup import cleaned, cut, units
from bot.sandbox.markup import parsed_html
from bot.sandbox.mentions import with_found
from bot.sandbox.refusal import Refused


def found(html: str) -> list[tuple[str, str]]:
    text, entities = cleaned(*parsed_html(html))
    return [(e["type"], cut(text, e["offset"], e["length"])) for e in entities]


def test_offsets_count_utf16_units_before_arabic_and_emoji() -> None:
    text, entities = parsed_html("😀 سلام <b>يا 🇸🇾 صديق</b>!")
    assert text == "😀 سلام يا 🇸🇾 صديق!"
    assert entities == [{"type": "bold", "offset": 8, "length": 12}]


def test_every_tag_becomes_its_entity() -> None:
    html = "<b>1</b><i>2</i><u>3</u><s>4</s><tg-spoiler>5</tg-spoiler><code>6</code><pre>7</pre>"
    kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"]
    assert found(html) == [(kind, str(n + 1)) for n, kind in enumerate(kinds)]
    html = "<strong>1</strong><em>2</em><ins>3</ins><del>4</del><span class='tg-spoiler'>5</span>"
    assert [kind for kind, _ in found(html)] == kinds[:5]


def test_quotations_links_and_times_carry_what_they_need() -> None:
    html = '<blockquote expandable>أ</blockquote><a href="https://example.org/a?b=1&amp;c=2">ب</a>'
    html += '<tg-time unix="1795500000" format="wDt">الثلاثاء</tg-time>'
    quote, link, moment = parsed_html(html)[1]
    assert quote["type"] == "expandable_blockquote"
    assert link["url"] == "https://example.org/a?b=1&c=2"
    assert (moment["unix_time"], moment["date_time_format"]) == (1795500000, "wDt")


def test_a_link_that_cannot_be_opened_stays_plain_text() -> None:
    assert found('<a href="javascript:alert(1)">x</a> <a href="">y</a>') == []


def test_code_with_a_language_is_one_entity() -> None:
    html = '<pre><code class="language-python">x = 1</code></pre>'
    assert parsed_html(html)[1] == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_bold_is_split_around_code_and_quotations_do_not_nest() -> None:
    assert found("<b>one <code>two</code> three</b>") == [
        ("bold", "one "),
        ("code", "two"),
        ("bold", " three"),
    ]
    html = "<blockquote>a<blockquote>b</blockquote></blockquote>"
    assert found(html) == [("blockquote", "ab")]


def test_character_references_are_read_and_others_left() -> None:
    assert (
        parsed_html("&lt;b&gt; &amp;amp; &quot; &#1587;&#x1F600; &nbsp; &")[0]
        == '<b> &amp; " س😀 &nbsp; &'
    )


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("سلام <p>x</p>", 'Unsupported start tag "p" at byte offset 9'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x:y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-time unix="soon">x</tg-time>', 'Tag "tg-time" must have a valid "unix"'),
    ],
)
def test_broken_html_is_refused_with_its_place(html: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed_html(html)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert reason in refused.value.description


def test_what_telegram_deletes_goes_and_entities_move_along() -> None:
    text, entities = cleaned(*parsed_html("  \u202bأ\r\u2028 \t<b> ب </b>\n"))
    assert text == "أ   ب"
    assert [cut(text, e["offset"], e["length"]) for e in entities] == [" ب"]
    assert cleaned("\u200f\u2067x\u2069\u061c")[0] == "\u200f\u2067x\u2069\u061c"
    assert cleaned("a\u200f\u200f\u200fb")[0] == "a\u200c\u200c\u200fb"


def test_an_entity_of_blanks_alone_is_dropped() -> None:
    assert found("x<b> </b>y<i></i>") == []


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_escaped_text_comes_back_whole(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain, entities = parsed_html(f"<b>{escaped}</b>")
    assert plain == text
    assert entities == ([{"type": "bold", "offset": 0, "length": units(text)}] if text else [])


@given(st.text(alphabet="<>/=\"' abipre&;#1\n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_markup_makes_the_parser_stumble(html: str) -> None:
    try:
        text, entities = cleaned(*parsed_html(html))
    except Refused:
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= units(text) for e in entities)


def test_links_mentions_hashtags_and_commands_are_found() -> None:
    text = (
        "😀 /latest@mojaz_bot عن #سوريا_اليوم و#أخبار في https://example.org/a، @someone me@example.org"
    )
    pieces = [(e["type"], cut(text, e["offset"], e["length"])) for e in with_found(text, [])]
    assert pieces == [
        ("bot_command", "/latest@mojaz_bot"),
        ("hashtag", "#سوريا_اليوم"),
        ("url", "https://example.org/a"),
        ("mention", "@someone"),
        ("email", "me@example.org"),
    ]


def test_nothing_is_found_within_code_or_links() -> None:
    text, entities = parsed_html('<code>/a #b</code> <a href="https://x.org">@someone</a> 1/2 a/b')
    assert [e["type"] for e in with_found(text, entities)] == ["code", "text_link"]


def test_at_most_a_hundred_entities_are_kept() -> None:
    assert len(with_found("#سوريا " * 150, [])) == 100

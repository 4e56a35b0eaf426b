"""Addresses as they are stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.links import canonical, same_page


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://Example.org/News/1", "https://example.org/News/1"),
        ("  http://example.org:80/a  ", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/#/news/1?a=b", "https://example.org/#/news/1?a=b"),
        ("https://example.org/a?utm_source=x#!أخبار/1", "https://example.org/a#!أخبار/1"),
        ("https://example.org/a#", "https://example.org/a"),
        ("https://example.org/a#/", "https://example.org/a"),
        ("https://example.org/a#!", "https://example.org/a"),
        ("https://example.org/a#!/", "https://example.org/a"),
        ("https://example.org/a#:~:text=x", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y&at_medium=z", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("https://example.org/ar/أخبار-اليوم.html", "https://example.org/ar/أخبار-اليوم.html"),
        ("https://example.org/%D8%A3%D8%AE", "https://example.org/%D8%A3%D8%AE"),
        ("https://موقع.example/خبر", "https://موقع.example/خبر"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_an_address_is_stored_in_one_spelling(url: str, stored: str) -> None:
    assert canonical(url) == stored


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "ftp://example.org/a", "file:///etc/passwd", "/news/1", "example", "https://",
        "https:///a", "http://exa mple.org/", "https://example.org/a\nb", "http://[::1/", "http://a:99999/",
        "tg://resolve?domain=x", "https://example.org/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(url: str) -> None:
    assert canonical(url) is None


@given(st.text() | st.text().map("https://".__add__) | st.text().map("https://a.example/#/".__add__))
def test_whatever_is_stored_is_stored_as_it_is(url: str) -> None:
    stored = canonical(url)
    if stored is not None:
        assert canonical(stored) == stored
        stored.encode()


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/news/1", "https://www.example.org/news/1/", "https://m.example.org/news/1",
        "https://amp.example.org/news/1", "https://www.m.example.org/news/1", "https://example.org/news/1/amp",
        "https://example.org/news/1/amp/", "https://example.org/news/1?amp=1", "https://example.org:443/news/1",
        "http://example.org/news/1?outputType=amp&utm_medium=x#top", "https://EXAMPLE.org/news/%31",
    ],
)  # fmt: skip
def test_spellings_of_one_page_compare_equal(other: str) -> None:
    assert same_page(other) == same_page("https://example.org/news/1") == "example.org/news/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://news.example.org/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a?x=1%26y=2", "https://example.org/a?x=1&y=2"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://example.org/camp", "https://example.org/c"),
        ("https://m.org/a", "https://org/a"),
        ("https://example.org/#/news/1", "https://example.org/#/news/2"),
        ("https://example.org/#!news/1", "https://example.org/#!news/2"),
        ("https://example.org/#/news/1", "https://example.org/"),
        ("https://example.org/#/news?id=1", "https://example.org/#/news?id=2"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


def test_spellings_of_one_route_compare_equal() -> None:
    route = same_page("https://example.org/#/أخبار/1")
    assert route == same_page("http://www.example.org#/%d8%a3%D8%AE%D8%A8%D8%A7%D8%B1/1/")


def test_encoded_and_plain_arabic_and_hosts_compare_equal() -> None:
    assert same_page("https://موقع.example/خبر?ب=1&ا=2") == same_page(
        "http://xn--4gbrim.example/%d8%ae%D8%A8%d8%b1?%D8%A7=2&%d8%a8=1"
    )


@given(
    st.text()
    | st.tuples(st.sampled_from(["", "#/", "#!"]), st.text()).map(
        lambda parts: f"https://example.org/{''.join(parts)}"
    )
)
def test_comparing_takes_any_text_and_settles(text: str) -> None:
    page = same_page(text)
    assert page == "" or same_page(f"https://{page}") == page

"""Addresses as they are stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.links import canonical


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://Example.org/News/1", "https://example.org/News/1"),
        ("  http://example.org:80/a  ", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#part", "https://example.org/a"),
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


@given(st.text() | st.text().map("https://".__add__))
def test_whatever_is_stored_is_stored_as_it_is(url: str) -> None:
    stored = canonical(url)
    if stored is not None:
        assert canonical(stored) == stored
        stored.encode()

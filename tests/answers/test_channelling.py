"""What a channel's post becomes, and which posts are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answers.channelling import Origin, Post, draft
from bot.model import ChatId

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
TEXT = (
    "افتتاح جسر جديد فوق النهر\n"
    "افتتح وزير النقل اليوم جسرا جديدا فوق النهر شمال المدينة بعد ثلاث سنوات من العمل فيه."
)
POST = Post(ChatId(-1005), 12, TEXT, "قناة الجسور", "bridges", AT)


def test_a_post_is_an_article_of_its_channel_with_the_posts_address() -> None:
    made = draft(POST)
    assert made is not None
    assert (made.source, made.url, made.post) == (
        "قناة الجسور",
        "https://t.me/bridges/12",
        "tg:-1005/12",
    )
    assert (made.text, made.published) == (TEXT, AT)


def test_a_private_channels_post_has_no_address_but_is_known_by_its_place() -> None:
    made = draft(replace(POST, username=""))
    assert made is not None
    assert (made.url, made.post) == ("", "tg:-1005/12")


def test_a_forwarded_post_keeps_its_origin() -> None:
    before = datetime(2026, 3, 9, tzinfo=UTC)
    made = draft(replace(POST, origin=Origin("وكالة", "https://t.me/agency/3", before)))
    assert made is not None
    assert (made.source, made.url, made.published) == ("وكالة", "https://t.me/agency/3", before)


def test_a_forwarded_post_without_an_open_origin_has_no_false_address() -> None:
    made = draft(replace(POST, origin=Origin("", "", AT)))
    assert made is not None
    assert (made.source, made.url) == ("قناة الجسور", "")


def test_the_parts_of_an_album_are_one_article() -> None:
    one, other = replace(POST, album="77"), replace(POST, album="77", number=13)
    assert one.name == other.name != POST.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "صباح الخير",
        "شاهد: https://t.me/other/5 https://example.org/" + "a/" * 40,
        "#خبر " * 40,
        "12 " * 50,
    ],
)
def test_what_has_too_few_words_is_no_article(text: str) -> None:
    assert draft(replace(POST, text=text)) is None

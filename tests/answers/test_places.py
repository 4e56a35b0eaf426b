"""A place that a reader names, in any of three languages, and a position, become a zone."""

import pytest

from bot.answers import places
from bot.topics import lexicon, query

NAMED = [
    ("دمشق", "Asia/Damascus"),
    ("Damas", "Asia/Damascus"),
    ("القاهره", "Africa/Cairo"),
    ("قاهرة", "Africa/Cairo"),
    ("le caire", "Africa/Cairo"),
    ("الرِّياض", "Asia/Riyadh"),
    ("سوريا", "Asia/Damascus"),
    ("syria", "Asia/Damascus"),
    ("New York", "America/New_York"),
    ("نيويورك", "America/New_York"),
    ("الدار البيضاء", "Africa/Casablanca"),
    ("الخليل", "Asia/Hebron"),
    ("Asia/Damascus", "Asia/Damascus"),
    ("UTC+3", "Etc/GMT-3"),
    ("غرينتش +٣", "Etc/GMT-3"),
    ("GMT-05:00", "Etc/GMT+5"),
    ("utc", "Etc/UTC"),
]


@pytest.mark.parametrize(("words", "zone"), NAMED)
def test_a_city_a_country_or_a_distance_names_a_zone(words: str, zone: str) -> None:
    assert places.find(words).zones == (zone,)


def test_a_country_with_several_zones_says_so() -> None:
    found = places.find("الولايات المتحدة")
    assert found.country == "US"
    assert "America/New_York" in found.zones


@pytest.mark.parametrize(
    "words", ["", "دمشقق", "قنطورسيا", "UTC+99", "../etc", "localtime", "x" * 5_000]
)
def test_what_names_no_place_names_no_zone(words: str) -> None:
    assert places.find(words).zones == ()


def test_a_slip_of_the_pen_has_a_nearest_place() -> None:
    assert places.nearest("دمشقق") == ("Asia/Damascus",)
    assert places.nearest("zzzzzzzz") == ()


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("حلب", "Asia/Damascus"),
        ("سورية", "Asia/Damascus"),
        ("جدة", "Asia/Riyadh"),
        ("Alep", "Asia/Damascus"),
    ],
)
def test_the_topics_know_further_names(words: str, zone: str) -> None:
    known = lexicon.load()
    assert places.of_topics(query.parse_topics(words, known).topics, known).zones == (zone,)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (33.5, 36.3, "Asia/Damascus"),
        (24.7, 46.7, "Asia/Riyadh"),
        (0, 0, "Etc/GMT"),
        (95, 0, ""),
        (0, 999, ""),
        (float("nan"), 0, ""),
    ],
)
def test_a_position_has_the_zone_in_which_it_lies(latitude: float, longitude: float, zone: str) -> None:
    assert places.zone_at(latitude, longitude) == zone

"""Countries and the cities of their zones, by CLDR's names."""

from zoneinfo import ZoneInfo

import pytest

from bot.model import Language
from bot.texts import zones


@pytest.mark.parametrize("language", Language)
def test_the_arab_countries_come_first_each_with_a_zone(language: Language) -> None:
    codes = zones.countries(language)
    assert set(codes[:22]) == set(zones.ARAB)
    assert len(codes) == len(set(codes)) > 200
    assert all(zones.zones_of(code) for code in codes)


def test_every_zone_that_is_offered_is_known_here_and_named_in_arabic() -> None:
    for zone in (zone for code in zones.ARAB for zone in zones.zones_of(code)):
        assert ZoneInfo(zone)
        assert "ء" <= zones.city(zone, "ar")[0] <= "ي", zone
        assert zones.zones_of(zones.country_of(zone))


@pytest.mark.parametrize(
    ("zone", "arabic", "english"),
    [
        ("Asia/Kolkata", "كالكتا", "Kolkata"),
        ("America/Argentina/Buenos_Aires", "بوينوس أيرس", "Buenos Aires"),
        ("Asia/Hebron", "الخليل", "Hebron"),
        ("Etc/GMT-3", "UTC+3", "UTC+3"),
        ("Etc/GMT+11", "UTC-11", "UTC-11"),
        ("Etc/UTC", "UTC", "UTC"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_has_its_citys_name_or_its_distance(zone: str, arabic: str, english: str) -> None:
    assert (zones.city(zone, "ar"), zones.city(zone, "en")) == (arabic, english)

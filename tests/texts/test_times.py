"""Ages, dates and zones as a reader says them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Language, Months
from bot.texts.catalogue import Catalogue
from bot.texts.times import Times, local_now, month_samples

CATALOGUE = Catalogue.load()
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def times(language: Language = Language.AR, zone: str = "Africa/Cairo") -> Times:
    return Times(CATALOGUE, language, local_now(NOON, zone))


AGES = [
    (timedelta(seconds=-5), "الآن"),
    (timedelta(seconds=59), "الآن"),
    (timedelta(minutes=1), "قبل دقيقة"),
    (timedelta(minutes=5), "قبل 5 دقائق"),
    (timedelta(minutes=59), "قبل 59 دقيقة"),
    (timedelta(hours=2, minutes=59), "قبل ساعتين"),
    (timedelta(hours=11, minutes=59), "قبل 11 ساعة"),
    (timedelta(hours=13), "أمس"),
    (timedelta(days=2), "قبل يومين"),
    (timedelta(days=6), "قبل 6 أيام"),
    (timedelta(days=7), "17 نوفمبر"),
    (timedelta(days=365), "24 نوفمبر 2025"),
]


@pytest.mark.parametrize(("past", "said"), AGES)
def test_an_age_is_said_as_people_say_it(past: timedelta, said: str) -> None:
    assert times().age(NOON - past) == said


def test_a_long_day_is_counted_in_hours_until_it_ends() -> None:
    late = Times(CATALOGUE, Language.AR, local_now(NOON.replace(hour=21), "Africa/Cairo"))
    assert late.age(NOON.replace(hour=1)) == "قبل 20 ساعة"


def test_a_moment_has_weekday_date_and_local_time() -> None:
    assert times().moment(NOON) == "الثلاثاء 24 نوفمبر، 12:00"
    assert times(Language.EN).moment(NOON) == "Tuesday 24 November, 12:00"


@pytest.mark.parametrize(
    ("zone", "month"),
    [("Asia/Damascus", "تشرين الثاني"), ("Africa/Algiers", "نوفمبر"), ("Africa/Casablanca", "نونبر")],
)
def test_months_have_the_names_of_the_readers_region(zone: str, month: str) -> None:
    assert times(zone=zone).day(NOON) == f"24 {month}"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "اليوم، الثلاثاء 24"), (1, "غدًا، الأربعاء 25"), (2, "الخميس 26")]
)
def test_a_coming_moment_says_today_or_tomorrow(days: int, said: str) -> None:
    assert times().coming(NOON + timedelta(days=days)).startswith(said)


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Africa/Cairo", Language.AR, "بتوقيت القاهرة"),
        ("America/New_York", Language.AR, "بتوقيت نيويورك"),
        ("Asia/Damascus", Language.EN, "Damascus time"),
        ("UTC", Language.AR, "بتوقيت UTC"),
    ],
)
def test_a_zone_is_named_by_its_city(zone: str, language: Language, said: str) -> None:
    assert times(language, zone).zone() == said


def choosing(
    months: Months | None = None,
    *,
    hijri: bool = False,
    language: Language = Language.AR,
    now: datetime = NOON,
) -> Times:
    return Times(CATALOGUE, language, local_now(now, "Africa/Cairo"), months, hijri)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (None, "24 نوفمبر"),
        (Months.LEVANT, "24 تشرين الثاني"),
        (Months.EGYPT, "24 نوفمبر"),
        (Months.MAGHREB, "24 نوفمبر"),
        (Months.MOROCCO, "24 نونبر"),
        (Months.BOTH, "24 تشرين الثاني (نوفمبر)"),
    ],
)
def test_months_that_a_reader_chose_stand_before_the_regions(months: Months | None, said: str) -> None:
    assert choosing(months).day(NOON) == said


def test_both_names_stand_before_the_year() -> None:
    past = NOON - timedelta(days=365)
    assert choosing(Months.BOTH).day(past) == "24 تشرين الثاني (نوفمبر) 2025"
    assert choosing(Months.BOTH, language=Language.EN).day(past) == "24 November 2025"


def test_each_choice_of_months_is_told_by_samples_of_its_own() -> None:
    assert len({month_samples(months) for months in Months}) == len(Months)
    assert month_samples(Months.MAGHREB) == ("جانفي", "جويلية")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        # the first days of these years as the calendar of Umm al-Qura was published
        (datetime(2023, 7, 19, 12, tzinfo=UTC), "1 محرم 1445"),
        (datetime(2024, 3, 11, 12, tzinfo=UTC), "1 رمضان 1445"),
        (datetime(2025, 6, 26, 12, tzinfo=UTC), "1 محرم 1447"),
    ],
)
def test_hijri_dates_are_those_of_umm_al_qura(day: datetime, said: str) -> None:
    told = choosing(hijri=True, now=day).lunar(day)
    assert told.startswith(said)
    assert told.endswith("تقريبًا")


def test_the_present_is_told_in_the_hijri_calendar_where_that_is_wanted() -> None:
    assert choosing().today() == "الثلاثاء 24 نوفمبر"
    assert choosing(hijri=True).today().startswith("الثلاثاء 24 نوفمبر · 14 جمادى الآخرة 1448")
    assert "12:00 · 14 " in choosing(hijri=True).present()


def test_years_that_no_calendar_reckons_have_no_hijri_date() -> None:
    assert choosing(hijri=True).lunar(datetime(1900, 1, 1, tzinfo=UTC)) == ""

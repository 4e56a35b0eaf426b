"""The settings over a real database: every button sets, none toggles, and old ones answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.answers.choices import chosen_days
from bot.model import (
    EVERY_DAY,
    DigestRecord,
    Digits,
    DueTime,
    Language,
    Length,
    Months,
    Preferences,
    Reply,
    Subscription,
    TopicId,
)
from bot.texts.settings_actions import (
    AllNews,
    AskZone,
    Country,
    DropTopic,
    DropWord,
    Hour,
    Mute,
    Open,
    Page,
    SetDay,
    SetDays,
    SetDigits,
    SetHijri,
    SetLanguage,
    SetLength,
    SetMonths,
    SetQuiet,
    SetSubscribed,
    SetTime,
    SettingsAction,
    SetZone,
    encode,
    mark,
)

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SYRIA, SPORT = TopicId("syria"), TopicId("football")
EIGHT, EVENING = time(8), time(20, 30)


async def press(room, action: SettingsAction, **fields: object) -> Reply:
    return await room.press(encode(action), **fields)


async def write(room, words: str = "", **fields: object) -> Reply:
    return await room.settings.settings(await room.ask(words, **fields))


async def due_at(room) -> dict[time, datetime]:
    """Each time of the chat with when it comes next, as the ledger's tick would find it."""
    found = await room.storage.chats.due(datetime(2027, 1, 1, tzinfo=UTC), 100)
    return {digest.at: digest.due for digest in found}


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


# --- the message ----------------------------------------------------------------------------------


async def test_settings_say_how_the_chat_stands_and_lead_everywhere(empty) -> None:
    assert "متوقف" in (await write(empty)).text
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    reply = await write(empty)
    assert "20:30" in reply.text
    assert "القاهرة، والساعة الآن 08:00" in reply.text
    for button in (button for row in reply.buttons for button in row):
        opened = await empty.press(button.action)
        assert opened.text
        assert opened.buttons


async def test_the_menus_word_opens_them_too(empty) -> None:
    reply = await empty.helping.plain_words(await empty.ask("الإعدادات"))
    assert reply == await write(empty)


@pytest.mark.parametrize("page", [page for page in Page if page is not Page.MAIN])
async def test_every_page_leads_back(news, page: Page) -> None:
    reply = await press(news, Open(page))
    actions = [button.action for row in reply.buttons for button in row]
    assert {encode(Open(Page.MAIN)), encode(Open(Page.TIMES))} & {*actions}


async def test_a_page_far_beyond_the_end_still_leads_back(news) -> None:
    for page in (Page.COUNTRIES, Page.SOURCES):
        assert "عودة إلى الإعدادات" in labels(await press(news, Open(page, 100_000)))


# --- each button twice ----------------------------------------------------------------------------

CHANGES = [
    SetZone("Asia/Damascus"),
    SetTime(EVENING, on=True),
    SetTime(EIGHT, on=False),
    SetSubscribed(on=False),
    SetSubscribed(on=True),
    SetDay(4, on=False),
    SetDay(4, on=True),
    SetDays(every=False),
    SetDays(every=True),
    AllNews(),
    DropTopic(SYRIA),
    DropTopic(SPORT, less=True),
    DropWord(mark("جسر"), wanted=True),
    DropWord(mark("حرب"), wanted=False),
    Mute(mark("Daily News"), on=True),
    Mute(mark("وكالة الأنباء"), on=False),
    SetLength(Length.LONG),
    SetLanguage(Language.EN),
    SetDigits(Digits.ARABIC),
    SetMonths(Months.BOTH),
    SetHijri(on=True),
    SetQuiet(None),
    SetQuiet((23, 6)),
]


async def settle(room) -> None:
    """A chat that chose a bit of everything."""
    chat = (await room.ask()).chat
    preferences = Preferences(
        wanted=("جسر",),
        unwanted=("حرب",),
        muted=("وكالة الأنباء",),
        less=(SPORT,),
        quiet=(EIGHT, time(9)),
    )
    await room.storage.chats.choose(replace(chat, preferences=preferences), ())
    await room.storage.chats.follow(chat.id, (SYRIA,))
    times = Subscription((EIGHT, time(12)), (SYRIA,), days=(0, 4))
    due = [DueTime(at, datetime(2026, 11, 27, at.hour - 2, tzinfo=UTC)) for at in times.times]
    await room.storage.chats.subscribe(chat.id, times, due)


@pytest.mark.parametrize("action", CHANGES, ids=encode)
async def test_a_button_that_is_pressed_twice_sets_once(news, action: SettingsAction) -> None:
    await settle(news)
    before = await news.chat()
    first = await press(news, action)
    chosen = await news.chat()
    second = await press(news, action)
    assert await news.chat() == chosen
    assert first.text
    assert second.text == first.text
    already = {SetSubscribed(on=True), SetDay(4, on=True)}
    assert (chosen == before) == (action in already)


@pytest.mark.parametrize(
    "action", [*CHANGES, Open(Page.MAIN), Hour(8), AskZone("Asia/Damascus")], ids=encode
)
async def test_in_a_group_members_change_nothing(news, action: SettingsAction) -> None:
    await settle(news)
    before = await news.chat()
    reply = await press(news, action, may_manage=False)
    assert (reply.text, reply.alert) == ("", True)
    assert "مشرفو المجموعة" in reply.toast
    assert await news.chat() == before


FORGED = [
    "1|P|",
    "1|P|Z|Mars/Olympus",
    "1|P|z|localtime2",
    "1|P|c|XX",
    "1|P|s|000000000000|1|0",
    "1|P|o|m|01",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_and_outdated_buttons_are_answered_and_change_nothing(news, data: str) -> None:
    await settle(news)
    before = await news.chat()
    reply = await news.press(data)
    assert "/settings" in reply.toast
    assert await news.chat() == before


# --- times and days -------------------------------------------------------------------------------


async def test_a_time_is_added_by_its_hour_and_minute(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("08:00"))
    hours = await press(empty, Open(Page.HOURS))
    minutes = await empty.press(empty.action(hours, "20"))
    times = await empty.press(empty.action(minutes, "20:30"))
    assert (await empty.chat()).subscription == Subscription((EIGHT, EVENING))
    assert "08:00 و20:30" in times.text
    assert {*await due_at(empty)} == {EIGHT, EVENING}


async def test_the_first_time_subscribes(empty) -> None:
    await press(empty, SetTime(EVENING, on=True))
    assert (await empty.chat()).subscription == Subscription((EVENING,))
    assert await due_at(empty) == {EVENING: datetime(2026, 11, 24, 18, 30, tzinfo=UTC)}


async def test_the_last_time_stays_and_a_seventh_finds_no_room(empty) -> None:
    await write(empty, "07:00 08:00 09:00 10:00 11:00 12:00")
    full = await press(empty, SetTime(time(13), on=True))
    assert "6 أوقات" in full.toast
    assert "6 أوقات" in (await write(empty, "13:05")).text
    for hour in (7, 8, 9, 10, 11, 12):
        last = await press(empty, SetTime(time(hour), on=False))
    assert "آخر وقت" in last.toast
    assert (await empty.chat()).subscription == Subscription((time(12),))


async def test_ending_and_beginning_keeps_what_was_chosen(empty) -> None:
    await settle(empty)
    await press(empty, SetSubscribed(on=False))
    assert not (await empty.chat()).subscription.active
    assert await due_at(empty) == {}
    await press(empty, SetSubscribed(on=True))
    assert (await empty.chat()).subscription == Subscription((EIGHT, time(12)), (SYRIA,), days=(0, 4))


async def test_days_choose_when_the_next_digest_comes(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    for day in (1, 2, 3):
        reply = await press(empty, SetDay(day, on=False))
    # Tuesday to Thursday are off: from Tuesday the next one is Friday's
    assert await due_at(empty) == {EVENING: datetime(2026, 11, 27, 18, 30, tzinfo=UTC)}
    assert {label for label in labels(reply) if "✓" in label} == {
        f"✓ {day}" for day in ("الأحد", "الاثنين", "الجمعة", "السبت")
    }


async def test_the_last_day_stays(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    for day in EVERY_DAY:
        last = await press(empty, SetDay(day, on=False))
    assert "يوم واحد" in last.toast
    assert (await empty.chat()).subscription.days == (6,)


async def test_days_can_be_chosen_before_there_is_a_subscription(empty) -> None:
    await press(empty, SetDays(every=False))
    assert await due_at(empty) == {}
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    assert (await empty.chat()).subscription.days == (0, 1, 2, 3, 6)


def test_days_are_sorted_and_each_once() -> None:
    assert chosen_days((0, 2), SetDay(1, on=True)) == (0, 1, 2)
    assert chosen_days((0, 2), SetDay(2, on=True)) == (0, 2)
    assert chosen_days((0,), SetDay(0, on=False)) == ()
    assert chosen_days((0,), SetDays(every=False)) == (0, 1, 2, 3, 6)


# --- the zone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["دمشق", "Damascus", "سورية", "حلب", "asia/damascus".title()])
async def test_a_place_is_confirmed_by_its_clock_before_it_counts(empty, words: str) -> None:
    asked = await write(empty, words)
    assert "الساعة عندك الآن 09:00؟" in asked.text
    assert (await empty.chat()).zone is None
    await empty.press(empty.action(asked, "نعم"))
    assert (await empty.chat()).zone == "Asia/Damascus"


async def test_no_leads_to_the_countries(empty) -> None:
    asked = await write(empty, "دمشق")
    assert "مصر" in labels(await empty.press(empty.action(asked, "لا")))
    assert (await empty.chat()).zone is None


async def test_a_country_with_several_zones_shows_their_clocks(empty) -> None:
    for reply in (await press(empty, Country("US")), await write(empty, "أمريكا")):
        assert "نيويورك 01:00" in labels(reply)
        assert labels(reply).index("لوس انجلوس 22:00") > labels(reply).index("هونولولو 20:00")


async def test_an_unknown_place_changes_nothing_and_offers_near_ones(empty) -> None:
    assert "«قنطورسيا»" in (await write(empty, "قنطورسيا")).text
    for words in ("Vladivostokk", "Casablanka", "جدةة"):
        near = await write(empty, words)
        assert near.buttons[0][0].action.startswith("1|P|z|")
        assert "لعلك تقصد" in near.text
    assert (await empty.chat()).zone is None


async def test_a_new_zone_moves_the_digest_times_to_its_own_clock(empty) -> None:
    await empty.subscribing.subscribe(await empty.ask("20:30"))
    reply = await press(empty, SetZone("Asia/Dubai"))
    assert await due_at(empty) == {EVENING: datetime(2026, 11, 24, 16, 30, tzinfo=UTC)}
    assert "دبي، والساعة الآن 10:00" in reply.text
    assert "اليوم، الثلاثاء 24 نوفمبر، 20:30" in reply.text


# the zone to which the reader goes after the digest of 24 November at 08:00 in Cairo came, and the
# local date of the next one
FLIGHTS = [("Asia/Dubai", 25), ("America/New_York", 25)]
FLIGHTS += [("Pacific/Honolulu", 25), ("Pacific/Kiritimati", 25)]


@pytest.mark.parametrize(("zone", "day"), FLIGHTS)
async def test_no_local_day_has_two_digests_after_a_flight(empty, zone: str, day: int) -> None:
    request = await empty.ask("08:00")
    await empty.subscribing.subscribe(request)
    record = DigestRecord(request.chat.id, date(2026, 11, 24), EIGHT, request.now, 3)
    await empty.storage.chats.record_digest(record, [], request.now + timedelta(days=1))
    await press(empty, SetZone(zone))
    due = (await due_at(empty))[EIGHT]
    local = empty.desk.local(await empty.chat(), due)
    assert (local.day, local.time()) == (day, EIGHT)


async def test_a_zone_without_a_subscription_is_just_kept(empty) -> None:
    await press(empty, SetZone("Asia/Tokyo"))
    assert (await empty.chat()).zone == "Asia/Tokyo"
    assert await due_at(empty) == {}

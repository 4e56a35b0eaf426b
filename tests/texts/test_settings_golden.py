"""Each page of the settings message in both languages, as it was read and approved.

After a change that is meant, run `WRITE_GOLDEN=1 pytest tests/texts/test_settings_golden.py` and read
what changed. The files show the marks that nobody sees as those of golden/ do.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape
from pathlib import Path

import pytest

from bot.model import (
    Chat,
    ChatId,
    ChatKind,
    Digits,
    Language,
    Length,
    Months,
    Preferences,
    Reply,
    SourceCount,
    Subscription,
    TopicId,
)
from bot.texts import direction, html, render_settings, settings_zones
from bot.texts import settings_pages as pages
from bot.texts.catalogue import Catalogue
from bot.texts.direction import FSI, LRM, PDI, RLM
from bot.texts.render_settings import Standing
from bot.texts.settings_actions import decode
from bot.texts.times import local_now
from bot.texts.voice import Voice

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SYRIA, SPORT = TopicId("syria"), TopicId("football")
NAMES = {SYRIA: ("سوريا", "Syria"), SPORT: ("كرة القدم", "Football")}
NEW = Chat(ChatId(7), ChatKind.PRIVATE)
CHOSEN = replace(
    NEW,
    zone="Asia/Damascus",
    follows=(SYRIA,),
    subscription=Subscription((time(8), time(20, 30)), (SYRIA,), days=(0, 2, 6)),
    preferences=Preferences(
        digits=Digits.ARABIC,
        months=Months.BOTH,
        hijri=True,
        length=Length.LONG,
        wanted=("غزة",),
        unwanted=("كرة القدم", "iPhone 15"),
        muted=("Daily News", "وكالة"),
        less=(SPORT,),
        quiet=None,
    ),
)
SOURCES = [SourceCount(f"صحيفة {n}", 20 - n, NOW) for n in range(9)]
SOURCES += [SourceCount("Daily News", 3, NOW)]
STORIES = {Length.SHORT: 4, Length.NORMAL: 8, Length.LONG: 14}


def standing(chat: Chat) -> Standing:
    return Standing(chat, time(8), NOW + timedelta(days=1) if chat.subscription else None)


STATES: dict[str, Callable[[Voice, Chat], Reply]] = {
    "main": lambda v, c: render_settings.main(v, standing(c)),
    "times": lambda v, c: pages.times(v, standing(c)),
    "hours": lambda v, c: pages.hours(v),
    "minutes": lambda v, c: pages.minutes(v, 7),
    "days": pages.days,
    "countries": lambda v, c: settings_zones.countries(v, 0),
    "countries-next": lambda v, c: settings_zones.countries(v, 22),
    "cities": lambda v, c: settings_zones.cities(v, "CD"),
    "confirm": lambda v, c: settings_zones.confirm(v, "Asia/Damascus"),
    "places": lambda v, c: settings_zones.places(v, "x", ["Asia/Gaza", "Asia/Hebron"], known=True),
    "place-unknown": lambda v, c: settings_zones.places(v, "<xyz>", [], known=False),
    "place-near": lambda v, c: settings_zones.places(v, "دمشقق", ["Asia/Damascus"], known=False),
    "topics": pages.topics,
    "words": pages.words,
    "words-bad": lambda v, c: pages.words(v, c, pages.bad_word(v, "<...>")),
    "words-full": lambda v, c: pages.words(v, c, pages.no_room(v, 20)),
    "sources": lambda v, c: pages.sources(v, c, SOURCES, 0),
    "sources-next": lambda v, c: pages.sources(v, c, SOURCES, 8),
    "sources-none": lambda v, c: pages.sources(v, NEW, [], 0),
    "length": lambda v, c: pages.length(v, c, STORIES),
    "language": lambda v, c: pages.language(v),
    "digits": pages.digits,
    "dates": pages.dates,
    "quiet": pages.quiet_hours,
    "toast-saved": lambda v, c: v.toast("toast-saved"),
    "toast-stale": lambda v, c: v.toast("toast-settings-stale"),
    "toast-most-times": lambda v, c: v.toast("toast-most-times", most=6),
    "toast-last-time": lambda v, c: v.toast("toast-last-time"),
    "toast-last-day": lambda v, c: v.toast("toast-last-day"),
}
OF_A_NEW_CHAT = ("main", "times", "days", "topics", "words", "digits", "dates", "quiet", "length")
SHOWN = str.maketrans({RLM: "⟨R⟩", LRM: "⟨L⟩", FSI: "⟦", PDI: "⟧"})
FOLDER = Path(__file__).parent / "golden_settings"
CASES = [(state, CHOSEN, state) for state in STATES]
CASES += [(state, NEW, f"new-{state}") for state in OF_A_NEW_CHAT]


def speaking(chat: Chat, language: Language, *, in_group: bool = False) -> Voice:
    return Voice(
        CATALOGUE,
        language,
        local_now(NOW, chat.zone or "Africa/Cairo"),
        lambda topic, spoken: NAMES[topic][spoken is Language.EN],
        "MojazBot",
        in_group=in_group,
        preferences=chat.preferences,
    )


def as_text(reply: Reply) -> str:
    """A reply as a reader of the golden files sees it: the message, then each row of buttons."""
    rows = [" ".join(f"[{b.label} → {b.action}]" for b in row) for row in reply.buttons]
    toast = [f"toast: {reply.toast}"] if reply.toast else []
    return "\n".join([reply.text, *rows, *toast]).strip().translate(SHOWN) + "\n"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("state", "chat", "name"), CASES, ids=[name for *_, name in CASES])
def test_each_page_reads_as_it_was_approved(
    state: str, chat: Chat, name: str, language: Language
) -> None:
    text = as_text(STATES[state](speaking(chat, language), chat))
    path = FOLDER / f"{name}.{language}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", STATES)
def test_each_page_is_one_that_telegram_takes(state: str, language: Language) -> None:
    reply = STATES[state](speaking(CHOSEN, language), CHOSEN)
    flat = [button for row in reply.buttons for button in row]
    assert html.size(reply.text).within(html.BUDGET)
    assert len(flat) <= 100
    assert all(len(row) <= 8 for row in reply.buttons)
    for button in flat:
        assert decode(button.action.removeprefix("1|P|")) is not None, button
    for line in unescape(re.sub("<[^>]*>", "", reply.text)).split("\n"):
        assert language is Language.EN or not line or direction.first_strong(line) == "R", line


@pytest.mark.parametrize("state", ["times", "countries", "topics", "words"])
def test_in_a_group_commands_carry_the_bots_name(state: str) -> None:
    reply = STATES[state](speaking(CHOSEN, Language.AR, in_group=True), CHOSEN)
    assert re.findall(r"/[a-z]+", reply.text.replace("</", "<")) != []
    assert not re.search(r"/(settings|follow|subscribe)(?!@MojazBot)", reply.text)


def test_every_golden_file_belongs_to_a_page() -> None:
    assert {path.name.rsplit(".", 2)[0] for path in FOLDER.iterdir()} == {name for *_, name in CASES}

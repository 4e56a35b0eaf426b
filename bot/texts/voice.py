"""How the bot speaks in one chat: its language, its clock, its name there, and what a line may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from babel import Locale

from bot.model import (
    EVERY_DAY,
    Button,
    Language,
    Preferences,
    Reply,
    Story,
    Subscription,
    TopicId,
)
from bot.texts import digits, direction, html
from bot.texts.catalogue import Catalogue
from bot.texts.html import Html
from bot.texts.times import Times

TOAST = 180
"""Characters of a toast: Telegram takes 200, and marks need room."""

WEEK = (6, 0, 1, 2, 3, 4, 5)
"""Weekdays as date.weekday() counts them, in the order in which they are shown: Sunday first."""

WORKDAYS = (0, 1, 2, 3, 6)
"""Sunday to Thursday, sorted: the working week of most of the bot's readers."""

PLAIN = Preferences()
"""Of a chat that chose nothing, and of the program itself."""

TopicNames = Callable[[TopicId, Language], str]
Headline = Callable[[Story], str]


def newest_title(story: Story) -> str:
    """The plainest headline: the newest article's."""
    return story.newest.title


@dataclass(frozen=True, slots=True)
class Voice:
    """What the `render_` modules need to speak to one chat."""

    catalogue: Catalogue
    language: Language
    now: datetime
    """The present in the chat's own zone."""
    names: TopicNames
    bot_name: str = ""
    """The bot's username without @; empty where it is not known."""
    in_group: bool = False
    """Commands are then written with the bot's name, since Telegram hands over no others."""
    is_admin: bool = False
    headline: Headline = newest_title
    preferences: Preferences = PLAIN
    """Digits, months and calendar are the chat's."""

    def line(self, key: str, **arguments: str | int) -> Html:
        """A text of the catalogues as HTML; strings among the arguments are escaped."""
        safe = {name: html.escape(v) if isinstance(v, str) else v for name, v in arguments.items()}
        return Html(self.catalogue.say(self.language, key, at=self.at, **safe))

    def label(self, key: str, **arguments: str | int) -> str:
        """A text of the catalogues for a button or a toast: not read as HTML."""
        return self.catalogue.say(self.language, key, at=self.at, **arguments)

    @property
    def at(self) -> str:
        return f"@{self.bot_name}" if self.in_group and self.bot_name else ""

    @property
    def times(self) -> Times:
        chosen = self.preferences
        return Times(self.catalogue, self.language, self.now, chosen.months, chosen.hijri)

    def topic(self, topic: TopicId) -> str:
        return self.names(topic, self.language)

    def listing(self, names: Iterable[str]) -> str:
        """Names one after the other, with the language's own comma."""
        return ("، " if self.language is Language.AR else ", ").join(names)

    def clocks(self, times: Sequence[time]) -> str:
        """Times of day: 08:00 و20:30."""
        return self.together([f"{at:%H:%M}" for at in times])

    def when(self, subscription: Subscription) -> dict[str, str | int]:
        """The variables of a text that tells when digests come."""
        times = subscription.times
        return {
            "days": self.days(subscription.days),
            "clock": self.clocks(times),
            "times": len(times),
            "zone": self.times.zone(),
        }

    def together(self, names: Sequence[str]) -> str:
        """Names with an "and" before the last one; in Arabic before each but the first."""
        *before, last = names
        if not before:
            return last
        first = self.together(before) if self.language is Language.AR else self.listing(before)
        return self.label("clock-and", clocks=first, clock=last)

    def days(self, days: Sequence[int]) -> str:
        """On which weekdays: كل يوم, كل أسبوع يومي السبت والأحد."""
        if tuple(days) == EVERY_DAY:
            return self.label("days-every")
        if tuple(days) == WORKDAYS:
            return self.label("days-work")
        named = [self.weekday(day) for day in sorted(days, key=WEEK.index)]
        return self.label("days-some", count=len(named), days=self.together(named))

    def weekday(self, day: int) -> str:
        return str(Locale(self.language.value).days["stand-alone"]["wide"][day])

    def deep_link(self, story: int) -> str:
        """An address that opens a story's card in a private chat; empty where the name is unknown."""
        return f"https://t.me/{self.bot_name}?start=r{story}" if self.bot_name else ""

    def reply(
        self, parts: Iterable[str], rows: Iterable[Iterable[Button]] = (), *, between: str = "\n\n"
    ) -> Reply:
        """One message of the parts that are not empty, with its buttons in reading order."""
        text = digits.in_markup(
            direction.lay_out(html.join(between, parts), self.language), self.preferences.digits
        )
        laid = direction.rows_rtl((tuple(row) for row in rows), self.language)
        return Reply(text, buttons=tuple(tuple(map(self._in_digits, row)) for row in laid))

    def _in_digits(self, button: Button) -> Button:
        return replace(button, label=digits.in_plain(button.label, self.preferences.digits))

    def toast(self, key: str, *, alert: bool = False, **arguments: str | int) -> Reply:
        """A short notice over the chat that leaves the message as it is."""
        text = html.shorten(self.label(key, **arguments), TOAST)
        laid = direction.lay_out_plain(text, self.language)
        return Reply(toast=digits.in_plain(laid, self.preferences.digits), alert=alert)

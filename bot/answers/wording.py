"""What a reader's words are, before they are looked up: numbers, times of day, links, menu words.

Pure. Topics' names are not told here but in bot/topics/query.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from bot.arabic.folding import fold, to_latin_digits

LONG_TEXT = 25
"""Words from which a message is taken for a text to summarise, not for a name to look up."""

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def number(words: str) -> int | None:
    """A positive whole number in Latin, Arabic or Persian digits, alone; it may follow r, # or №."""
    found = re.fullmatch(r"\s*[r#№]?\s*([0-9]{1,15})\s*", to_latin_digits(words), re.IGNORECASE)
    return int(found[1]) if found else None


def is_link(words: str) -> bool:
    """Whether the words are nothing but links."""
    return bool(_LINK.search(words)) and not _LINK.sub("", words).strip()


def links(words: str) -> list[str]:
    """The links in the words, in their order, each once."""
    return list(dict.fromkeys(found.group() for found in _LINK.finditer(words)))


def is_long(words: str) -> bool:
    return len(words.split()) >= LONG_TEXT


# --- menu words -----------------------------------------------------------------------------------


def _each(verbs: str, what: str) -> list[str]:
    """Each of some words before each of others: أوقف الموجز, أوقف الاشتراك."""
    return [f"{verb} {word}" for verb in verbs.split() for word in what.split()]


_MENU_WORDS = {
    "latest": ("آخر الأخبار", "الأخبار", "أخبار", "latest news", "latest", "news"),
    "topics": ("المواضيع", "مواضيع", "الموضوعات", "topics"),
    "digest": ("الموجز", "موجز", "الموجز الآن", "digest", "digest now"),
    "settings": ("الإعدادات", "إعدادات", "settings"),
    "unsubscribe": (
        *("إيقاف", "أوقف", "توقف", "stop", "unsubscribe"),
        *_each("إيقاف أوقف إلغاء ألغ ألغي", "الموجز الاشتراك اشتراكي"),
        *_each("إيقاف أوقف", "الرسائل الإرسال"),
        *_each("stop cancel", "digest subscription"),
    ),
    "subscribe": ("اشتراك", "اشترك", "الاشتراك", "subscribe"),
    "sources": ("المصادر", "مصادر", "sources"),
    "saved": ("المحفوظات", "محفوظاتي", "الأخبار المحفوظة", "saved", "saved stories"),
    "help": ("مساعدة", "المساعدة", "ساعدني", "help"),
    "start": ("ابدأ", "مرحبا", "السلام عليكم", "start", "hello", "hi"),
}
_COMMAND_OF = {fold(said): command for command, all_said in _MENU_WORDS.items() for said in all_said}


def menu_command(words: str) -> str:
    """The command that a menu's words stand for; empty where they stand for none."""
    return _COMMAND_OF.get(fold(" ".join(words.split()).strip(" .!؟?،")), "")


# --- times of day ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimesAndNames:
    """What was asked of a subscription."""

    times: tuple[time, ...]
    """Sorted, each once."""
    names: str
    """What is left: names of topics."""
    everything: bool
    """All news was asked for by name."""
    wrong: str = ""
    """What looks like a time and is none."""


_MORNING = ["صباحا", "صباح", "ص", "فجرا", "am", "a.m", "a.m."]
_EVENING = ["مساء", "مساءا", "م", "ليلا", "عصرا", "ظهرا", "pm", "p.m", "p.m."]
_HALF = "|".join(re.escape(word) for word in sorted([*_MORNING, *_EVENING], key=len, reverse=True))
_ALL = frozenset(
    fold(word)
    for word in ("الكل", "كل الأخبار", "جميع الأخبار", "كل شيء", "all", "all news", "everything")
)
_LEADING = re.compile(r"(?:^|(?<=\s))(?:الساعه|at|في|عند)\s+(?=[0-9])")
_JOINED = re.compile(r"(?<!\S)و(?=[0-9])")
"""08:00 و20:30"""
_AND = re.compile(r"(?<!\S)(?:و|and)(?!\S)")
_DAILY = re.compile(r"(?<!\S)(?:كل يوم|يوميا|every day|each day|daily)(?![^\s،,])", re.IGNORECASE)
"""How the bot itself says how often a digest comes; who says it back names no topic."""
_TIME = re.compile(
    rf"(?<!\S)(?P<hour>[0-9]{{1,4}})(?:[:.](?P<minute>[0-9]{{1,3}}))?"
    rf"(?:\s*(?P<half>{_HALF})(?![^\s،,]))?(?P<rest>[^\s،,]*)",
    re.IGNORECASE,
)


def times_and_names(words: str) -> TimesAndNames:
    """Parts "20:30 سوريا" into times and names: 8, ٨ صباحًا, 8pm and الثامنة صباحًا are times too."""
    plain = _LEADING.sub("", _JOINED.sub("", _DAILY.sub(" ", _spelled_plainly(words))))
    times: set[time] = set()
    for found in _TIME.finditer(plain):
        at = _time(found)
        if at is None:
            return TimesAndNames((), "", False, wrong=found.group().strip())
        times.add(at)
    names = " ".join(_AND.sub(" ", _TIME.sub(" ", plain)).split()).strip(" ،,")
    everything = fold(names) in _ALL
    return TimesAndNames(tuple(sorted(times)), "" if everything else names, everything)


def time_alone(words: str) -> time | None:
    """The time of day that words are and nothing else: 7:30, ٧ صباحًا. A bare number is none."""
    asked = times_and_names(words)
    plain = _spelled_plainly(words)
    is_told = re.search(rf"[0-9][:.][0-9]|[0-9]\s*(?:{_HALF})(?!\S)", plain, re.IGNORECASE)
    if len(asked.times) != 1 or asked.names or asked.everything or not is_told:
        return None
    return asked.times[0]


_TASHKEEL = re.compile("[\u064b-\u0652\u0640\u200e\u200f]")


def _spelled_plainly(words: str) -> str:
    """With Latin digits, the times that words tell among them: الثامنة والنصف مساء is 8:30 مساء."""
    plain = _TASHKEEL.sub("", to_latin_digits(words)).replace("الساعة", "الساعه")
    plain = re.sub(r"مساءا?|مساءً", "مساء", plain)
    return _OF_WORDS.sub(_in_digits, _NAMED_TIME.sub(_named_time, plain))


# --- times in words -------------------------------------------------------------------------------

_NAMED = {"noon": "12:00", "منتصف النهار": "12:00", "midnight": "0:00", "منتصف الليل": "0:00"}
_NAMED_TIME = re.compile(rf"(?<!\S)(?:12\s+)?({'|'.join(_NAMED)})(?![^\s،,])", re.IGNORECASE)
_ORDINALS = (
    *("الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة"),
    *("السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة"),
)
_HOURS = {name: hour for hour, name in enumerate(_ORDINALS, 1)} | {
    "الحادية عشرة": 11,
    "الثانية عشرة": 12,
}
_PARTS = {"والنصف": 30, "ونصف": 30, "والربع": 15, "وربع": 15, "والثلث": 20, "وثلث": 20}
_PARTS |= {f"{but} {part}": -minutes for but in ("إلا", "الا") for part, minutes in (
    ("ربعا", 15), ("الربع", 15), ("ربع", 15), ("ثلثا", 20), ("الثلث", 20), ("ثلث", 20)
)}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("ة", "[ةه]") for word in longest_first)


# an ordinal alone may belong to a name (الحرب العالمية الثانية): an hour has its noun or part of day
_OF_WORDS = re.compile(
    rf"(?<!\S)(?P<noun>الساعه\s+)?(?P<hour>{_any_of(_HOURS)})(?:\s+(?P<part>{_any_of(_PARTS)}))?"
    r"(?P<half>\s+(?:صباحا|صباح|فجرا|ظهرا|عصرا|مساء|ليلا))?(?![^\s،,])"
)


def _named_time(found: re.Match[str]) -> str:
    return _NAMED[found[1].lower()]


def _in_digits(found: re.Match[str]) -> str:
    if not found["noun"] and not found["half"]:
        return found.group()
    hour = _HOURS[found["hour"].replace("ه", "ة")]
    minute = _PARTS[found["part"]] if found["part"] else 0
    if minute < 0:
        hour, minute = hour - 1 or 12, minute + 60
    return f"{hour}:{minute:02}{found['half'] or ''}"


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    # 8:5 is no time that anyone writes; 8:75 and 830 are slips to ask about
    if found["rest"] or hour > 23 or minute > 59 or len(found["minute"] or "00") != 2:
        return None
    if half and not 1 <= hour <= 12:
        return time(hour, minute) if half in _EVENING and hour > 12 else None
    if half in _EVENING:
        hour = _evening(hour, half)
    elif half:
        hour %= 12
    return time(hour, minute)


def _evening(hour: int, half: str) -> int:
    """12 pm is noon, 12 at night midnight; 1 to 5 at night come after it, 10 and 11 before noon."""
    if half == "ليلا":
        return hour + 12 if 6 <= hour <= 11 else hour % 12
    return hour if half == "ظهرا" and hour in (10, 11) else hour % 12 + 12

"""Each line of each layout, as Chromium lays it out: right to left, and nothing in it turned round.

What is read are the boxes of the letters, not the letters: a line that a rule of ours calls right may
still be shown wrong. The layouts are those of the golden files; new ones are looked at as they come.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from bot.model import Language
from bot.texts import direction, html
from bot.texts.direction import FSI, LRM, PDI, RLM

pytestmark = pytest.mark.browser

TEXTS = Path(__file__).parents[1] / "texts"
MARKS = {"⟨R⟩": RLM, "⟨L⟩": LRM, "⟦": FSI, "⟧": PDI}
WIDTHS = (360, 1600)
"""Pixels: a small telephone, on which lines wrap, and as much as any line takes."""

TEMPLATES = ("{}", "<b>1.</b> {}", "• {} · Daily News · 07:10", "<b>3. مصر</b> — {}")
"""Where a headline stands: alone, in a list, among sources, in a digest."""


# --- what is seen ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letter:
    """A character that is seen, its place, and the number of the isolate that it stands in, or 0."""

    box: Any
    isolate: int

    @property
    def strong(self) -> str:
        return direction.first_strong(self.box.character)


Word = tuple[Letter, ...]
"""What stands between two spaces."""


def words(line: Sequence[Any]) -> list[Word]:
    found: list[list[Letter]] = [[]]
    isolate = opened = 0
    for box in line:
        character = box.character
        if character == FSI:
            opened += 1
            isolate = opened
        elif character == PDI:
            isolate = 0
        elif character.isspace():
            found.append([])
        elif is_seen(character):
            found[-1].append(Letter(box, isolate))
    return [tuple(letters) for letters in found if letters]


def is_seen(character: str) -> bool:
    return character not in (RLM, LRM) and unicodedata.category(character) not in ("Mn", "Cf", "Me")


def spelt(word: Word) -> str:
    return "".join(letter.box.character for letter in word)


def sides(line: Sequence[Any], side: str) -> list[str]:
    """The side of the line, then of each isolate: that of its first strong letter, else the left.

    Nothing for one with letters of both sides, as a command with an Arabic name has: there only its
    letters are judged, each kind by itself.
    """
    text = "".join(box.character for box in line)
    isolates = re.findall(f"{FSI}([^{PDI}]*)", text)
    outside = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", text)
    found = [side if side == "R" or not _has_both(outside) else ""]
    return found + ["" if _has_both(each) else direction.first_strong(each) or "L" for each in isolates]


def _has_both(text: str) -> bool:
    return {"L", "R"} <= {direction.first_strong(c) for c in text if c not in (RLM, LRM)}


def faults(line: Sequence[Any], side: str) -> Iterator[str]:
    """What is wrong with a line that should run from that side."""
    if re.search(f"[{RLM}{LRM}]{{2}}", "".join(box.character for box in line)):
        yield "two marks in a row"
    said, runs = words(line), sides(line, side)
    for one, following in pairwise(said):
        if not _is_in_order(one, following, runs):
            yield f"«{spelt(one)}» and «{spelt(following)}» stand the wrong way round"
    for word in said:
        if not _stands(word, runs):
            yield f"«{spelt(word)}» is turned round"


def _is_in_order(one: Word, following: Word, runs: Sequence[str]) -> bool:
    """Whether the words follow one another from the side of what holds them both."""
    last, first = one[-1], following[0]
    if not _in_one_row(last, first):
        return True
    if (last.isolate and last.isolate == first.isolate) or not runs[0]:
        return _is_followed(last, first, runs)
    before = [letter.box for letter in one if _in_one_row(letter, last)]
    behind = [letter.box for letter in following if _in_one_row(letter, first)]
    if runs[0] == "R":
        return max(box.right for box in behind) <= min(box.left for box in before) + 1
    return min(box.left for box in behind) >= max(box.right for box in before) - 1


# 07:10, 12.5, 2-1, 2020–2024, C++, a.b@c: one thing, whatever stands around it
_ONE_THING = re.compile(r"[\dA-Za-z]+(?:[:.,،/@_&'–+-][\dA-Za-z]+)*[+#]*")


def _stands(word: Word, runs: Sequence[str]) -> bool:
    """Whether the word's own characters follow one another."""
    one_thing = [range(*found.span()) for found in _ONE_THING.finditer(spelt(word))]
    for n, (a, b) in enumerate(pairwise(word)):
        if any(n in span and n + 1 in span for span in one_thing):
            if _in_one_row(a, b) and b.box.left < a.box.left - 1:
                return False
        elif not _is_followed(a, b, runs):
            return False
    return True


def _is_followed(a: Letter, b: Letter, runs: Sequence[str]) -> bool:
    """Whether b stands behind a: letters as their script runs, all else as what holds them does.

    A percent sign is right on either side of its number.
    """
    if a.isolate != b.isolate or not _in_one_row(a, b) or b.box.character in "%٪":
        return True
    side = a.strong if a.strong and a.strong == b.strong else runs[a.isolate]
    if not side:
        return True
    return bool(b.box.left <= a.box.left + 1 if side == "R" else b.box.left >= a.box.left - 1)


def _in_one_row(a: Letter, b: Letter) -> bool:
    return bool(abs(a.box.middle - b.box.middle) < 8)


async def seen(paper: Page, boxes: Any, texts: Sequence[str], width: int) -> list[list[Any]]:
    """The lines of all texts in one column of that width; a text that begins with [ is a button."""
    parts = [_as_on_the_page(text) for text in texts]
    column = f'<div id="column" style="width: {width}px">{"".join(parts)}</div>'
    await paper.evaluate("column => { document.body.innerHTML = column; }", column)
    return await boxes(paper.locator("#column"))


def _as_on_the_page(text: str) -> str:
    """As bot/sandbox/page/ makes it: a quotation is a block of its own, and takes its line's end."""
    if text.startswith("["):
        return f"<div class=keys><div><button>{escape(text[1:])}</button></div></div>"
    begun = text.replace("<blockquote expandable>", "<blockquote><div class=inner>")
    quoted = re.sub("</blockquote>\\n?", "</div></blockquote>", begun)
    return f"<div class=text>{quoted}</div>"


def wrong(lines: Sequence[Sequence[Any]], language: Language = Language.AR) -> list[str]:
    found = []
    for line in lines:
        text = "".join(box.character for box in line)
        side = direction.first_strong(text)
        # a button that holds nothing but a time has no side to lose
        if language is Language.AR and side == "L":
            found.append(f"{text}: runs from the left")
        found += [f"{text}: {fault}" for fault in faults(line, side or "L")]
    return found


# --- the layouts ----------------------------------------------------------------------------------


def layouts(language: Language) -> list[str]:
    """The messages and the buttons of all golden files."""
    found: list[str] = []
    for path in sorted(TEXTS.glob(f"golden*/*.{language}.txt")):
        text = path.read_text(encoding="utf-8").removesuffix("\n")
        for shown, mark in MARKS.items():
            text = text.replace(shown, mark)
        lines = text.split("\n")
        is_row = [re.match(r"\[.* → [^\]]*\]", line) is not None for line in lines]
        said = [line for line, row in zip(lines, is_row, strict=True) if not row]
        found.append("\n".join(said).removeprefix("toast: "))
        rows = [line for line, row in zip(lines, is_row, strict=True) if row]
        found += ["[" + label for row in rows for label in re.findall(r"\[(.*?) → [^\]]*\]", row)]
    return found


@pytest.mark.parametrize(
    ("language", "width"),
    [
        (Language.AR, 360),
        pytest.param(Language.AR, 1600, marks=pytest.mark.slow),
        pytest.param(Language.EN, 360, marks=pytest.mark.slow),
        pytest.param(Language.EN, 1600, marks=pytest.mark.slow),
    ],
)
async def test_every_line_of_every_layout_is_laid_out_right(
    paper: Page, boxes: Any, language: Language, width: int
) -> None:
    lines = await seen(paper, boxes, layouts(language), width)
    assert len(lines) > 500
    assert wrong(lines, language) == []


HARD = (
    "OpenAI تفتح مكتبًا في دبي وتوظف 20-30 مهندسًا",
    "Real Madrid 2-1 Barcelona: ريال مدريد يفوز على برشلونة",
    "برشلونة يهزم ريال مدريد 3-2 في الكلاسيكو",
    "🇸🇾 سوريا تفتح معبرًا مع 🇯🇴 الأردن",
    "iPhone 15 Pro Max يصل إلى القاهرة بسعر 1,299.99 دولارًا",
    "هاتف iPhone 15 Pro Max الجديد",
    "لغتا C++ وC# في 2020-2024",
    "من 10:00 إلى 12:30، ثم من 2020 إلى 2024",
    "ارتفاع مؤشر S&P 500 بنسبة 3.5% وتراجع النفط 0.7%",
    "COVID-19 يعود، وطائرة F-16 تسقط",
    "بيان الأمم المتحدة (UN) عن غزة: 15 قتيلًا",
    "قال (Hello, world) ثم مضى.",
    "اتصلوا على +963 11 222 3333 قبل 24/11/2026",
    "24/11/2026 07:10",
    "المادة 5 (أ) من القانون رقم 10/2026",
    "«رويترز»: 100 قتيل في هجوم على «New York Times»",
    "https://news.example/a/b?c=d رابط الخبر",
    "@mojaz_bot يقول: /latest ثم /subscribe 07:30",
    "A. B. Smith وزيرًا للخارجية",
    "عاجل | CNN: انفجار في مبنى «The Tower» وسط Paris",
    "3 أسباب وراء صعود Bitcoin إلى 100,000 دولار",
    "درجة الحرارة -5 مئوية، والمباراة 0-0",
    "50% من السكان و٣٠٪ من غيرهم",
    "فاز ميلان على إنتر 2–1 وتعادل نابولي 0–0",
    "Windows 11.5 يصل، وSpider-Man 3: No Way Home يعرض الساعة 19:30",
    "ℹ تنبيه: الخدمة تتوقف 15 دقيقة",
)


@pytest.mark.parametrize("width", WIDTHS)
async def test_hard_headlines_are_laid_out_right_wherever_they_stand(
    paper: Page, boxes: Any, width: int
) -> None:
    made = [
        direction.lay_out(template.format(html.link("https://news.example/1", headline)), Language.AR)
        for headline in HARD
        for template in TEMPLATES
    ]
    assert wrong(await seen(paper, boxes, made, width)) == []


async def test_a_line_that_is_wrong_is_told(paper: Page, boxes: Any) -> None:
    """The measure itself: without the marks these lines are wrong."""
    for line in (
        "OpenAI تفتح مكتبًا",
        "فاز الفريق 2-1 أمس",
        "يكتب بلغة C++",
        "🇸🇾 سوريا",
    ):
        bare = await seen(paper, boxes, [line], 1600)
        laid = await seen(paper, boxes, [direction.lay_out(line, Language.AR)], 1600)
        assert (bool(wrong(bare)), wrong(laid)) == (True, []), line


@pytest.mark.slow
@pytest.mark.news
@pytest.mark.parametrize("width", WIDTHS)
async def test_the_headlines_and_first_sentences_of_real_news(
    paper: Page, boxes: Any, shared: Path, width: int
) -> None:
    said = [text for article in articles(shared) for text in (article["title"], first(article["text"]))]
    made = [
        direction.lay_out(TEMPLATES[n % len(TEMPLATES)].format(html.escape(text)), Language.AR)
        for n, text in enumerate(filter(None, said))
    ]
    found: list[str] = []
    for start in range(0, len(made), 500):
        found += wrong(await seen(paper, boxes, made[start : start + 500], width))
    assert found == []


def articles(shared: Path) -> Iterator[dict[str, str]]:
    for path in sorted(shared.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                given = json.loads(line)
                if isinstance(given, dict) and given.get("title") and given.get("text"):
                    yield given


def first(text: str) -> str:
    return html.shorten(text, 300)

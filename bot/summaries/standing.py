"""Who may stand in a summary: a sentence that can be read alone, and what of it is shown.

Rules about one sentence; what it leans on is told in openings.py, which are chosen in summarise.py.
What a web page carries around an article is taken out by bot/intake/clean.py; the few forms here are
a second fence, for texts that never went through it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.arabic.quotations import is_well_quoted, quotations
from bot.arabic.stemming import NAMES
from bot.arabic.words import fold

FEWEST_WORDS = 7
"""A shorter sentence is a heading, a caption, an exclamation, or says too little to be one of three."""
FEWEST_AT_ALL = 3
"""A shorter one says nothing."""

_PAGE_SIGNS = ("©", "pic.twitter.com", "(@")
_PAGE_WORDS = (
    "copyright",
    "all rights reserved",
    "الحقوق محفوظه",
    "حقوق النشر",
    "حقوق الطبع",
    "اضغط هنا",
    "اضغط علي",
    "انقر هنا",
    "انقر علي",
    "قد يهمك",
    "منشور بالتعاون",
    "معرض الصور",
    "في هذا الفيديو",
    "عبر هذا الفيديو",
    "الفيديو اعلاه",
    "الفيديو ادناه",
    "الفيديو المرفق",
    "الفيديو التالي",
    "الصور اعلاه",
    "الصور ادناه",
    "الصور بالاعلي",
    "الصور المرفقه",
    "الصور التاليه",
)
_PAGE_OPENING = re.compile(
    r"(?:اقرا|اقراي|اقروا|طالع|شاهد|شاهدوا|انظر|استمع|تابعوا?|شاركوا?|اشترك|اضغط|انقر"
    r"|للمزيد|للاطلاع|للاشتراك|مواضيع ذات صله|موضوعات|اخبار ذات صله|ذات صله|روابط|المزيد|فيديو|بالفيديو"
    r"|بالصور|صوره|صور|مصدر الصوره|الصوره|تصوير|بقلم|اعداد|نشر في|نشرت في|تاريخ النشر|اخر تحديث) "
)
_PRESENTS = re.compile(
    r"(?:وهنا |هنا )?(?:نقدم|نستعرض|نعرض|ننقل|نترككم|نلقي|نرصد|نسلط) |(?:في ما|فيما|وفيما) يلي |اليكم "
)
"""How a page announces what stands on it."""
_BYLINE = re.compile(r"\W*(?:كتب|كتبت|تحرير|ترجمة|إعداد|المصدر|مصدر|الصورة|فيديو) ?:")
_LONGEST_CREDIT = 80
_CREDIT = re.compile(r"(?:getty|afp|reuters|epa|ap photo|shutterstock|رويترز|ا ف ب) $")
_TERMINAL = re.compile(r"[.!?؟…۔][\"”»›“'’)\]\s]*$")

_ATTRIBUTION = re.compile(r"و?(?:وفقا?|وفقًا|بحسب|حسب|حسبما|نقلا|من غير|من دون|بدون)\W")
_FEWEST_ATTRIBUTED = 14
"""Words from which on a sentence that opens with its source, without a comma, also says something."""
_QUESTION = re.compile(r"و?(?:كيف|هل|لماذا|متى|أين|ماذا)\W")
_QUOTE_ENDS = '"”»'
_FEWEST_QUOTED = 15
"""Words from which on a sentence may end with a quotation alone; a shorter one is a headline."""
_HANGING = re.compile(r"[؟?:،؛,][\s\"”»)]*$")


def is_furniture(sentence: str, folded: Sequence[str]) -> bool:
    """Whether it is a line of the page and not of the article: copyright, read also, caption, credit.

    folded: its words, folded.
    """
    words = " ".join(folded[:60]) + " "
    if (
        _PRESENTS.match(words)
        or _PAGE_OPENING.match(words)
        or any(each in words for each in _PAGE_WORDS)
    ):
        return True
    if _BYLINE.match(sentence) or any(each in sentence for each in _PAGE_SIGNS):
        return True
    return len(sentence) < _LONGEST_CREDIT and bool(_CREDIT.search(words))


def is_whole(sentence: str) -> bool:
    """Whether it ends as a statement does, and is one: no headline, question, or mere attribution."""
    words = len(sentence.split())
    tail = sentence[-80:]
    if words < FEWEST_AT_ALL or _HANGING.search(tail):
        return False
    if _QUESTION.match(sentence):
        return False
    if _ATTRIBUTION.match(sentence) and words < _FEWEST_ATTRIBUTED and "،" not in sentence:
        return False
    return bool(_TERMINAL.search(tail)) or (words >= _FEWEST_QUOTED and sentence[-1] in _QUOTE_ENDS)


def is_sound(sentence: str) -> bool:
    """Whether all its quotation marks and brackets have their partners."""
    return is_well_quoted(sentence) and sentence.count("(") == sentence.count(")")


_AGENCY = re.compile(r"^[^\n.!?؟\"“«]{0,70}?\((?=[^)]*[^\W\d])[^()\n]{2,30}\)\s*(?:[-–—]+|:)\s*")
_PLACE = re.compile(
    r"^([^\W\d_]+)(?:[ ،,/]+[^\W\d_]+){0,3}\s*[-–—]+\s*(?:[^-–—\n:«\"“]{2,25}?\s*[-–—:]+\s+)?"
)
_LEFT_OPEN = ":،؛,"
_BULLET = re.compile(r"^[\s\u200e\u200f]*[-–—•●▪■*◦‣·]+\s*")


def shown(sentence: str, *, opens_text: bool) -> tuple[int, int]:
    """(start, end) of what a reader is shown of the sentence.

    A dateline at the head of a text, a list's bullet, a colon or comma that nothing follows, and a
    quotation mark at an edge that has no partner stay out; what is left is still verbatim.
    """
    start, end = 0, len(sentence)
    if match := _BULLET.match(sentence):
        start = match.end()
    if opens_text:
        start += _dateline(sentence[start : start + 160])
    found = quotations(sentence)
    alone = (*found.unclosed, *found.strays)
    while start < end and (sentence[start].isspace() or start in alone):
        start += 1
    while end > start and (
        sentence[end - 1] in _LEFT_OPEN or end - 1 in alone or sentence[end - 1].isspace()
    ):
        end -= 1
    return (start, end) if start < end else (0, len(sentence))


def _dateline(head: str) -> int:
    """Length of the place and agency in front of a report, 0 where there is none."""
    if match := _AGENCY.match(head):
        return match.end()
    match = _PLACE.match(head)
    return match.end() if match and fold(match.group(1)) in NAMES else 0

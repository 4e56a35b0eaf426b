"""Who may stand in a summary: a sentence that can be read alone, and what of it is shown.

Rules about one sentence; which of them are chosen is decided in summarise.py. What a web page carries
around an article is taken out by bot/intake/clean.py; the few forms here are a second fence, for texts
that never went through it.
"""

from __future__ import annotations

import re
from enum import IntEnum

from bot.arabic.quotations import is_well_quoted, quotations
from bot.arabic.stemming import NAMES
from bot.arabic.words import fold, tokens

FEWEST_WORDS = 5
"""A shorter sentence is a heading, a caption or an exclamation."""


class Need(IntEnum):
    """What a sentence needs before it."""

    NOTHING = 0
    SOMETHING = 1
    """It goes on from what was said: it cannot be the first (وأضاف الوزير)."""
    PREDECESSOR = 2
    """It points at the sentence right before it (من جهته, كما, وهو)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_REPORTING = _words(
    "وأضاف وأضافت وأضافوا وتابع وتابعت وأردف وأردفت واستطرد واستطردت وأوضح وأوضحت وأشار وأشارت ولفت ولفتت "
    "واستدرك وزاد ومضى ومضت وختم وختمت واختتم واختتمت وشدد وشددت ونوه ونوهت وذكر وذكرت وأكد وأكدت وأكمل "
    "وواصل وواصلت وقال وقالت وكرر وبين وبينت وكان وكانت ويضيف وتضيف ويتابع وتتابع ويقول وتقول وكشف وكشفت "
    "وكتب وكتبت ورد وردت وصرح وصرحت ونقل ونقلت وعلق وعلقت أضاف أضافت أردف تابع تابعت وفي وخلال وبحسب "
    "وحسب ووفق ووفقا ولم ولا وقد وأفاد وأفادت وأعرب وأعربت واعتبر واعتبرت ورأى ورأت وطالب وطالبت ودعا ودعت"
)
_POINTING = _words(
    "كما وكما كذلك وكذلك أيضا وأيضا لكن ولكن لكنه لكنها ولكنه ولكنها بل وبل ثم لذلك ولذلك لذا ولذا وهو وهي "
    "وهم وهما هو هي هم وهذا وهذه وهؤلاء هذا هذه هؤلاء وذلك وتلك ذلك تلك حيث وحيث إذ وإذ فقد فإن فإنه فإنها "
    "وبالتالي بالتالي وعليه وبذلك بذلك وبهذا بهذا ولهذا لهذا وهكذا هكذا ومنها ومنهم وبينهم وبينها وفيها وفيه "
    "وعنه وعنها ومعه ومعها وإليه وإليها وله ولها ولهم وأنه وأنها وأنهم وإنه وإنها وبأنه وإلا إلا أما وأما "
    "فيما بينما وبينما حينها وحينها وقتها عندها وعندها بعدها وبعدها قبلها وقبلها وأن بدوره بدورها وبدوره وبدورها "
    "الأمر فهو فهي فهم فهذا فهذه وإنما إنما وإن ومع والذي والتي الذي التي وأنا وإذا فيه فيها منها أيضا ويأتي ويأتي"
)
_POINTING_PAIRS = frozenset(
    tuple(fold(pair).split())
    for pair in [
        "من جهته",
        "من جهتها",
        "من جهتهم",
        "من جانبه",
        "من جانبها",
        "ومن جهته",
        "ومن جهتها",
        "ومن جانبه",
        "ومن جانبها",
        "من ناحيته",
        "من ناحيتها",
        "ومن ناحيته",
        "في المقابل",
        "وفي المقابل",
        "بالمقابل",
        "على صعيد",
        "وعلى صعيد",
        "من جهة",
        "ومن جهة",
        "من ناحية",
        "ومن ناحية",
        "في السياق",
        "وفي السياق",
        "في سياق",
        "وفي سياق",
        "في هذا",
        "وفي هذا",
        "في ذلك",
        "وفي ذلك",
        "لهذا السبب",
        "بعد ذلك",
        "وبعد ذلك",
        "قبل ذلك",
        "وقبل ذلك",
        "إلى ذلك",
        "وإلى ذلك",
        "مع ذلك",
        "ومع ذلك",
        "رغم ذلك",
        "ورغم ذلك",
        "على الرغم",
        "إلا أن",
        "غير أن",
        "بيد أن",
        "على أن",
        "علاوة على",
        "وعلاوة على",
        "فضلا عن",
        "من هنا",
        "ومن هنا",
        "جاء ذلك",
        "وجاء ذلك",
        "يأتي ذلك",
        "ويأتي ذلك",
        "يأتي هذا",
        "ويأتي هذا",
        "جاء هذا",
        "وجاء هذا",
        "جاءت هذه",
        "وجاءت هذه",
        "في حين",
        "وفي حين",
        "من بين",
        "ومن بين",
        "على سبيل",
        "وعلى سبيل",
    ]
)
_REPORTED = _words("أن إن أنه إنه أنها إنها بأن بأنه بأنها إلى أنهم إنهم بالقول قائلا قائلة")
"""After a reporting verb: nobody is named who said it."""


def need(sentence: str) -> Need:
    """What the sentence needs before it, told by its opening words."""
    opening = tuple(token.folded for token in tokens(sentence[:120])[:3])
    if not opening:
        return Need.NOTHING
    if opening[0] in _POINTING or opening[:2] in _POINTING_PAIRS:
        return Need.PREDECESSOR
    if opening[0] in _REPORTING:
        bare = len(opening) > 1 and opening[1] in _REPORTED
        return Need.PREDECESSOR if bare else Need.SOMETHING
    return Need.NOTHING


_FURNITURE = re.compile(
    r"©|\bcopyright\b|all rights reserved|pic\.twitter\.com|\(@\w+\)"
    r"|(?:^|\W)(?:جميع |كل )?(?:الحقوق محفوظه|حقوق النشر|حقوق الطبع)"
    r"|^\W*(?:اقرا|اقرأي|اقروا|طالع|شاهد|شاهدوا|انظر|استمع|تابعوا?|شارك|شاركوا?|حمل|اشترك|اضغط|انقر|للمزيد|للاطلاع|للاشتراك"
    r"|مواضيع ذات صله|موضوعات|اخبار ذات صله|ذات صله|روابط|المزيد|فيديو|بالفيديو|بالصور|صوره|صور|مصدر الصوره|الصوره|تصوير"
    r"|كتب ?:|بقلم|اعداد|تحرير ?:|ترجمه ?:|المصدر ?:|مصدر ?:|نشر في|نشرت في|تاريخ النشر|اخر تحديث|حدث في)(?!\w)"
)
_CREDIT = re.compile(r"(?:getty|afp|reuters|epa|ap photo|shutterstock|رويترز|ا\.?ف\.?ب)\W*$")
_TERMINAL = re.compile(r"[.!?؟…۔][\"”»›“'’)\]\s]*$|[\"”»“]$")

_HANGING = re.compile(r"[؟?:،؛,][\s\"”»)]*$")


def is_furniture(sentence: str) -> bool:
    """Whether it is a line of the page and not of the article: copyright, read also, caption, credit."""
    folded = fold(sentence[:400])
    return bool(_FURNITURE.search(folded) or (len(folded) < 80 and _CREDIT.search(folded)))


def is_whole(sentence: str) -> bool:
    """Whether it ends as a statement does: not as a headline, a question, or before a speech."""
    tail = sentence[-80:]
    if len(sentence.split()) < FEWEST_WORDS or not _TERMINAL.search(tail):
        return False
    return not _HANGING.search(tail)


def is_sound(sentence: str) -> bool:
    """Whether all its quotation marks and brackets have their partners."""
    return is_well_quoted(sentence) and sentence.count("(") == sentence.count(")")


_AGENCY = re.compile(r"^[^\n.!?؟\"“«]{0,70}?\((?=[^)]*[^\W\d])[^()\n]{2,30}\)\s*(?:[-–—]+|:)\s*")
_PLACE = re.compile(
    r"^([^\W\d_]+)(?:[ ،,/]+[^\W\d_]+){0,3}\s*[-–—]+\s*(?:[^-–—\n:«\"“]{2,25}?\s*[-–—:]+\s+)?"
)
_BULLET = re.compile(r"^[\s\u200e\u200f]*[-–—•●▪■*◦‣·]+\s*")


def shown(sentence: str, *, opens_text: bool) -> tuple[int, int]:
    """(start, end) of what a reader is shown of the sentence.

    A dateline at the head of a text, a list's bullet, and a quotation mark at an edge that has no
    partner stay out; what is left is still verbatim.
    """
    start, end = 0, len(sentence)
    if match := _BULLET.match(sentence):
        start = match.end()
    if opens_text:
        start += _dateline(sentence[start : start + 160])
    found = quotations(sentence)
    alone = {*found.unclosed, *found.strays}
    while start < end and (sentence[start].isspace() or start in alone):
        start += 1
    while end > start and (sentence[end - 1].isspace() or end - 1 in alone):
        end -= 1
    return (start, end) if start < end else (0, len(sentence))


def _dateline(head: str) -> int:
    """Length of the place and agency in front of a report, 0 where there is none."""
    if match := _AGENCY.match(head):
        return match.end()
    match = _PLACE.match(head)
    return match.end() if match and fold(match.group(1)) in NAMES else 0

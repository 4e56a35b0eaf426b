"""The lines of a text: parted, unwrapped, and told by how they begin and end.

Pure. What a line is about, and whether it belongs to the article, is decided in phrases.py (by its
own words) and headlines.py (by its neighbours).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import Enum

from bot.arabic.stemming import split_prefix
from bot.arabic.words import Token, fold, is_stop_word, tokens

_CLOSERS = "\"'”’»›“„)]}\u200e\u200f\u202c\u2069 \xa0"
"""What may stand after a sentence's last sign; “ closes where a writer swapped the two."""

_STOPS = ".!…۔。"
_QUESTIONS = "؟?"

_BULLET = re.compile(r"(?:[•●▪▫◦·■□►▶▸‣⁃✔✓✅➤➡★☆◆◇*-]|[–—»>](?=\s))+\s*")
_NUMBER = re.compile(r"\(?\d{1,2}\s*[-.)–:]\s*(?!\d)")

_NARROWEST, _WIDEST = 40, 120
"""Columns: mail and typewriters wrap at 65 to 80; a paragraph of over 120 signs on one line shows
that lines are not wrapped."""
_FEWEST_WRAPPED = 3
_SHARE_FILLED = 0.8


_OPENERS = frozenset(
    fold(
        """
        قال قالت قالوا أضاف أضافت أكد أكدت أكدوا أوضح أوضحت أشار أشارت ذكر ذكرت صرح صرحت أعلن أعلنت
        كشف كشفت لفت لفتت شدد شددت تابع تابعت اعتبر اعتبرت رأى رأت نقل نقلت أفاد أفادت بين بينت نوه
        نوهت أعرب أعربت عبر عبرت دعا دعت طالب طالبت حذر حذرت نفى نفت كتب كتبت روى روت زعم زعمت ادعى
        توقع توقعت رجح رجحت وصف وصفت اتهم اتهمت انتقد انتقدت ندد نددت استنكر رحب رحبت علق علقت أدان
        أدانت وجه وجهت كان كانت كانوا يكون أصبح أصبحت صار بات باتت ظل ظلت بدأ بدأت بلغ بلغت وصل وصلت
        شهد شهدت جاء جاءت أتى تم تمت جرى جرت وقع وقعت قتل قتلت أصيب أصيبت توفي توفيت لقي لقيت عثر
        اعتقل اعتقلت أوقف أوقفت أطلق أطلقت أسفر أسفرت أدى أدت نشر نشرت أظهر أظهرت أثار أثارت عقد عقدت
        التقى التقت زار بحث ناقش وافق وافقت رفض رفضت قرر قررت قضى قضت حكم حكمت أمر أمرت فاز فازت خسر
        سجل سجلت أحرز حقق حققت حصل حصلت نال تلقى تعرض تعرضت ارتفع ارتفعت انخفض انخفضت تراجع تراجعت زاد
        زادت يذكر يشار يقول تقول يقولون يرى ترى يعتقد تعتقد يضيف تضيف يؤكد تؤكد يشير تشير يتوقع تعد
        يعد يبلغ تبلغ تأتي يأتي يوجد توجد ليس ليست لم لن لكن لكنه لكنها لكنهم كما أما إذ حيث بينما ثم
        فيما غير إلا إلى لذا لذلك كذلك أيضا هذا هذه ذلك تلك هو هي هم إنه إنها وذلك بدوره بدورها أن إن
        """
    ).split()
)
"""Words that open sentences of a report and hardly ever a headline: what was said or happened in the
past tense, particles that lean on the sentence before, pronouns. (Headlines open with who or what.)"""

_AFTER_FA = frozenset(
    fold(
        """
        في من عن على بعد قبل خلال مع منذ هو هي هم هذا هذه قد لم لا لن إن أن ما عند هناك كل
        """
    ).split()
)
"""Words that open a sentence after ف (so): فقد, فهذا, فلم."""

_SHORT_VERBS = frozenset(fold("شن حث حض بث نص حل ضم مر دل سد شق جر كف").split())
"""Verbs of two letters: after و (and) they are as short as words that begin with a و of their own."""

_OWN_WAW = frozenset(fold("وهم ولي والي وادي وعدة وهن وام").split())
"""Words with a و of their own that headlines begin with, though a short word stands after it."""
_AND_HAMZA = ("وإ", "وأ")
"""What tells وإلى and وأدى from والي (governor) and وادي (valley)."""


class Ending(Enum):
    """How a line ends."""

    STOP = "stop"
    """A full stop, an exclamation mark or an ellipsis, closing quotation marks aside."""
    SOFT = "soft"
    """A question mark, or a quotation that closes without a stop: sentences and headlines do both."""
    COLON = "colon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, a paragraph where the text is sound."""

    text: str
    """Without white space around it; never empty."""
    after_gap: bool = False
    """Whether a blank line stands before it."""
    is_item: bool = False
    """Whether markup shows it to be an item of a list and no link."""

    @property
    def bare(self) -> str:
        """The text without a bullet or a number at its head."""
        mark = _BULLET.match(self.text) or _NUMBER.match(self.text)
        return self.text[mark.end() :] if mark else self.text

    @property
    def has_bullet(self) -> bool:
        return _BULLET.match(self.text) is not None

    @property
    def has_number(self) -> bool:
        """Whether it begins as an item of a numbered list: `1- …`, `(٢) …`."""
        return _NUMBER.match(self.text) is not None

    @property
    def starts_anew(self) -> bool:
        """Whether it cannot be the wrapped rest of the line before it."""
        return self.after_gap or self.has_bullet or self.has_number

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def ending(self) -> Ending:
        core = self.text.rstrip(_CLOSERS)
        if core.endswith(tuple(_STOPS)):
            return Ending.STOP
        if core.endswith(tuple(_QUESTIONS)) or self.text.endswith(tuple("\"'”’»›“)]")):
            return Ending.SOFT
        return Ending.COLON if core.endswith(":") else Ending.OPEN


def opens_a_sentence(line: Line) -> bool:
    """Whether the line begins as a sentence of a report does: وأضاف, وفي, لكن, كما."""
    token = next(iter(tokens(line.bare[:80])), None)
    if token is None:
        return False
    first = token.folded
    if first in _OPENERS or _is_after_and(token):
        return True  # no headline begins with "and"
    return first.startswith("ف") and (first[1:] in _OPENERS or first[1:] in _AFTER_FA)


def _is_after_and(token: Token) -> bool:
    """Whether the word begins with و (and), and not with a و of its own as وزير and وفاة do.

    The prefixes' rules leave words of three letters whole, and all that could be a word of its own:
    function words and verbs are told here.
    """
    first, rest = token.folded, token.folded[1:]
    if split_prefix(first)[0].startswith("و") or first == "و":
        return True
    if not first.startswith("و") or (first in _OWN_WAW and not token.text.startswith(_AND_HAMZA)):
        return False
    return is_stop_word(rest) or rest in _OPENERS or rest.removesuffix("ت") in _SHORT_VERBS


def lines(text: str) -> list[Line]:
    """The lines of `text` that hold anything, hard-wrapped ones joined by single spaces."""
    found: list[Line] = []
    gap = False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            found.append(Line(stripped, after_gap=gap and bool(found)))
        gap = not stripped
    return _unwrapped(found)


def _unwrapped(found: list[Line]) -> list[Line]:
    width = max((len(line.text) for line in found), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return found
    fills = [_fills(line, following, width) for line, following in itertools.pairwise(found)]
    wrapped = _wrapped(found, fills)
    paragraphs: list[list[Line]] = []
    for place, line in enumerate(found):
        if place and wrapped[place - 1] and fills[place - 1] and not line.starts_anew:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [Line(" ".join(line.text for line in p), p[0].after_gap) for p in paragraphs]


def _wrapped(found: list[Line], fills: list[bool]) -> list[bool]:
    """For each line but the last, whether a program broke the text around there.

    It did where the next word would not have fitted on any line that breaks inside a sentence, three
    times on end: headlines in a list are not all as long as they can be. Where that holds for nearly
    all of the text it holds for the rest too.
    """
    inside = [
        not following.starts_anew and line.ending is not Ending.STOP
        for line, following in itertools.pairwise(found)
    ]
    breaks, filled = sum(inside), sum(i and f for i, f in zip(inside, fills, strict=True))
    if filled >= max(_FEWEST_WRAPPED, _SHARE_FILLED * breaks):
        return [True] * len(fills)
    wrapped: list[bool] = []
    # stretches without a break inside a sentence that leaves room
    for leaves_room, stretch in itertools.groupby(
        zip(inside, fills, strict=True), key=lambda at: at[0] and not at[1]
    ):
        at = list(stretch)
        wrapped += [not leaves_room and sum(i for i, _ in at) >= _FEWEST_WRAPPED] * len(at)
    return wrapped


def _fills(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    first_word = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first_word) > width - 2  # vowel marks take no column

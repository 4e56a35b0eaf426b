"""Lines that say who made an article and its pictures, when, and for which agency.

Pure. Each rule asks for a phrase and for the shape that such a line has, since most of the words occur
in sentences as well ("كتب" opens bylines and reports alike).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.arabic.words import fold
from bot.intake.lines import Ending, Line, opens_a_sentence


def any_of(*phrases: str) -> str:
    """A pattern for any of the phrases, parted by | or given singly, as they stand in folded text."""
    alternatives = [fold(phrase) for group in phrases for phrase in group.split("|")]
    return f"(?:{'|'.join(sorted(alternatives, key=len, reverse=True))})"


_SEPARATOR = r"\s*[:：|/\-–—]\s*"

_CREDIT = any_of(
    "كتب|كتبت|كتبه|بقلم|بواسطة|إعداد|أعده|أعدته|تحرير|ترجمة|تصوير|عدسة|تغطية|متابعة|حوار|حاوره|حاورها|حاورته",
    "مراسل|مراسلة|مراسلنا|مراسلتنا|تقرير|ريبورتاج|المصدر|مصدر|المصادر|مونتاج|إخراج|الكاتب|المحرر|المصور",
)
_ALSO = any_of("وتصوير|وتقديم|وتحرير|خاص|مصور|الخبر|المقال|صحفي")
_BYLINE = re.compile(rf"\(?{_CREDIT}\b(?:\s+{_ALSO}|\s+{any_of('في')}\s+\w+)?{_SEPARATOR}\S")
_PLAIN_BYLINE = re.compile(
    rf"{any_of('كتب|كتبت|بقلم|بواسطة|إعداد')}\s+\S|by\s+\w+\s+\w+|reporting\s+by\b|editing\s+by\b"
)
_EDITORS = re.compile(
    r"[(\[]\s*"
    + any_of("إعداد|تحرير|ترجمة|كتابة|تغطية|شارك|شاركت|reporting|editing|writing|additional")
    + r"\b.*[)\]]\W*"
)
_LONGEST_BYLINE, _LONGEST_NAME, _LONGEST_EDITORS = 10, 5, 30
"""Words: of a labelled byline, of كتب with a name, of an agency's list of editors."""

_GENRE = re.compile(any_of("ريبورتاج|تقرير|فيديو|بالفيديو|صور|بالصور|خاص|حصري|متابعات|exclusive|video"))

_STAMP_LABEL = re.compile(
    rf"(?:{any_of('نشر|تم')}\s+{any_of('النشر|نشره|نشرها|نشر|في|بتاريخ|يوم|التحديث|تحديثه')}"
    rf"|{any_of('تاريخ')}\s+{any_of('النشر|التحديث')}|{any_of('آخر')}\s+{any_of('تحديث|تعديل')}"
    rf"|{any_of('وقت|مدة|زمن')}\s+{any_of('القراءة')}|{any_of('حدث|عدل')}\s+{any_of('في|بتاريخ')}"
    r"|(?:last\s+updated|first\s+published|published|updated|posted)\b)"
)
_STAMP_WORD = re.compile(
    r"[\d/:.,\-–|+]+|"
    + any_of(
        "السبت|الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو",
        "أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|الأول|الثاني",
        "جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|الآخر|الآخرة|هـ|م|ص",
        "الساعة|قبل|بتوقيت|غرينتش|جرينتش|القاهرة|مكة|المكرمة|صباحا|مساء|ظهرا|منذ|ساعة|ساعات|دقيقة|دقائق|يوم|أيام",
        "on|at|gmt|utc|am|pm|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july",
        "august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    )
)
_LONGEST_STAMP = 14

_AGENCY_NAMES = """
    وكالات | الوكالات | وكالة | وكالات الأنباء | وكالة الأنباء | رويترز | وكالة رويترز | أ ف ب |
    فرانس برس | وكالة فرانس برس | د ب أ | الألمانية | أ ب | أسوشيتد برس | الأناضول | وكالة الأناضول
    | شينخوا | سبوتنيك | تاس | نوفوستي | إنترفاكس | بلومبرغ | بلومبرج | يونايتد برس | إفي | أنسا |
    كيودو | واس | وام | كونا | بنا | قنا | العمانية | سانا | وفا | معا | بترا | واع | وات | واج |
    لانا | سونا | أ ش أ | إرنا | فارس | تسنيم | فرانس 24 | سي إن إن | بي بي سي | بي بي سي عربي |
    الجزيرة | الجزيرة نت | العربية | العربية نت | الحدث | سكاي نيوز | سكاي نيوز عربية | دويتشه فيله
    | روسيا اليوم | آر تي | الحرة | الميادين | الشرق الأوسط | مواقع | مواقع إلكترونية | مواقع
    التواصل | مواقع التواصل الاجتماعي | صحف | صحافة | الصحافة | إنترنت | الإنترنت | متابعات | خاص |
    afp | ap | reuters | dpa | upi | efe | ansa | tass | xinhua | bloomberg | cnn | bbc | bbc news |
    bbc arabic | dw | rt | aa | apa | epa | getty | getty images | associated press | agencies |
    sputnik | france 24
"""
_AGENCIES = frozenset(re.sub(r"[\s.]", "", fold(name)) for name in _AGENCY_NAMES.split("|"))
"""The news agencies and broadcasters that Arabic pages credit, without spaces and dots."""
_SOURCE_LABEL = re.compile(rf"\W*{any_of('المصدر|مصدر|المصادر|نقلا عن|عن')}\s*[:：]?\s+")
_PARTS = re.compile(r"[/،,;؛|()\[\]\-–—:+&]+")
_LONGEST_TAG = 8

_IN_SENTENCES = any_of("بأن|بأنه|بأنها|بأنهم|كما|كأنها|التي|للصحفيين|للصحافيين")
"""What follows where a report speaks of someone's describing a picture: وصف الصورة بأنها مفبركة."""
_CAPTION = re.compile(
    rf"(?:{any_of('مصدر|التعليق|تعليق|حقوق')}\s+(?:{any_of('على')}\s+)?{any_of('الصورة|الصور|صورة')}"
    rf"|{any_of('وصف|شرح')}\s+{any_of('الصورة|الصور|صورة')}\b(?!\s+(?:{any_of('بال')}\w+|{_IN_SENTENCES})\b)"
    rf"|{any_of('صورة|صور')}\s+{any_of('أرشيفية|أرشيف|توضيحية|تعبيرية')}\b"
    rf"|{any_of('الصورة')}\s*[:(]|image\s+(?:copyright|caption|source)|media\s+caption"
    r"|photo\s*(?::|by|credit|courtesy)|(?:file|handout)\s+photo)"
)
_RELEASED = re.compile(
    rf"{any_of('صورة|صور')}\s+{any_of('متداولة|نشرتها|نشرها|وزعتها|وزعها|التقطت|التقطتها')}\b"
)
_TELLS = re.compile(
    r"\b"
    + any_of(
        "تظهر|أظهرت|تبين|توضح|أوضحت|تكشف|كشفت|تثبت|أثبتت|تؤكد|أكدت|تدل|توثق|وثقت|أثارت|تثير|انتشرت|حصدت",
        "أشعلت|صدمت|هزت|تسببت|أعادت|تحولت|دفعت|لقيت|كانت",
    )
    + r"\b"
)
"""What a report says of pictures: with a full stop it makes a sentence of what were a caption."""
_ARCHIVE = any_of("أرشيف|أرشيفية|من الأرشيف|الأرشيف|أرشيفي|صورة أرشيفية")
_LIBRARY = any_of(
    "رويترز|أ ف ب|فرانس برس|أ ب|الأناضول|getty images|getty|afp|reuters|ap|epa|shutterstock"
)
_PICTURE_CREDIT = re.compile(
    rf"(?:[(\[]\s*(?:{_ARCHIVE}|{_LIBRARY})\s*[)\]]|[-–—/|]\s*(?:{_ARCHIVE}|{_LIBRARY})|\bgetty\s*images)\W*$"
)
_CLOSING = re.compile(r"(?:[(\[]([^()\[\]]+)[)\]]|\s[-–—/|]\s*([^()\[\]\-–—/|]+))\W*$")
"""What a line closes with, in brackets or after a dash."""
_SHORT_NAME = re.compile(
    rf"\b{any_of('نقلت|قالت|ذكرت|أفادت|أوردت|بحسب|حسب|وفق|عن')}\s+{any_of('وكالة')}(?:\s+\w+){{1,3}}\s*$"
)
"""What stands before an agency's short name in a sentence: نقلت وكالة فرانس برس (أ ف ب)."""
_SENTENCE_BEFORE = re.compile(r"[.!؟](?:\s|[\"'”’»]*[(\[])")
_LONGEST_CAPTION, _LONGEST_CREDIT = 30, 4


def is_credit(line: Line, text: str, outlet: Collection[str]) -> bool:
    """Whether the line is a byline, a time stamp, an agency's tag or a caption.

    text: the line folded, without its bullet; outlet: folded words of the source's name.
    """
    return (
        _is_byline(line, text)
        or _is_stamp(line, text)
        or _is_caption(line, text)
        or _is_tag(line, text, outlet)
    )


def _is_byline(line: Line, text: str) -> bool:
    if _EDITORS.fullmatch(text):
        return line.words <= _LONGEST_EDITORS
    if line.ending in (Ending.STOP, Ending.COLON):
        return False
    if _GENRE.fullmatch(text):
        return True
    if _BYLINE.match(text):
        return line.words <= _LONGEST_BYLINE
    return line.words <= _LONGEST_NAME and _PLAIN_BYLINE.match(text) is not None


def _is_stamp(line: Line, text: str) -> bool:
    if line.words > _LONGEST_STAMP or not any(sign.isdigit() for sign in text):
        return False
    words = re.sub("[()،,]", " ", text).split()
    dated = sum(_STAMP_WORD.fullmatch(word.strip(".:")) is not None for word in words)
    if dated == len(words):
        return dated > 1
    return _STAMP_LABEL.match(text) is not None and dated * 2 >= len(words)


def _is_caption(line: Line, text: str) -> bool:
    if line.words > _LONGEST_CAPTION or line.ending is Ending.COLON:
        return False
    if _CAPTION.match(text):
        return True
    credit = _PICTURE_CREDIT.search(text)
    if _RELEASED.match(text):
        is_credited = credit is not None or _names_its_source(text)
        return is_credited or line.ending is not Ending.STOP or not _TELLS.search(text)
    return credit is not None and not _is_sentence(line, text, credit)


def _names_its_source(text: str) -> bool:
    """Whether a line on a picture that was given out closes with who gave it: any agency, any name."""
    closing = _CLOSING.search(text)
    if closing is None:
        return False
    bracketed, dashed = closing.groups()
    if bracketed is not None:
        return len(bracketed.split()) <= _LONGEST_CREDIT
    return _is_agency(dashed, ())


def _is_sentence(line: Line, text: str, credit: re.Match[str]) -> bool:
    """Whether what the credit closes is a sentence of a report and no caption."""
    # a paragraph may close with its agency: "… (رويترز)" after a full stop is cut elsewhere
    if _SENTENCE_BEFORE.search(text):
        return True
    opens = opens_a_sentence(line) or _SHORT_NAME.search(text[: credit.start()]) is not None
    return opens and _may_close_a_sentence(credit)


def _may_close_a_sentence(credit: re.Match[str]) -> bool:
    """What stands after a dash, and an archive, credit pictures alone."""
    return credit.group()[0] in "([" and re.search(_ARCHIVE, credit.group()) is None


def is_credited_sentence(line: Line) -> bool:
    """Whether the line, which alone were a caption, ends a paragraph of several: … (رويترز)."""
    text = fold(line.bare)
    credit = _PICTURE_CREDIT.search(text)
    if credit is None or not credit.start() or line.ending is not Ending.STOP:
        return False
    return _may_close_a_sentence(credit) and not (_CAPTION.match(text) or _RELEASED.match(text))


def _is_tag(line: Line, text: str, outlet: Collection[str]) -> bool:
    """Whether the line only names agencies or the outlet, and at most a place before them."""
    if line.words > _LONGEST_TAG or line.ending is Ending.COLON:
        return False
    parts = [
        part for part in _PARTS.split(_SOURCE_LABEL.sub("", text, count=1)) if re.search(r"\w", part)
    ]
    named = [_is_agency(part, outlet) for part in parts]
    if not named or not named[-1]:
        return False
    # القاهرة - رويترز: one place of at most two words may stand first
    return all(named) or (all(named[1:]) and len(parts[0].split()) <= 2)


def _is_agency(part: str, outlet: Collection[str]) -> bool:
    if re.sub(r"\W+", "", part) in _AGENCIES:
        return True
    words = set(re.findall(r"\w+", part))
    return bool(outlet) and words <= set(outlet)

"""What a line says of itself: links to other pages, prompts, embedded posts, rights and credits.

Pure. The phrases are those that Arabic (and English) news pages use around their articles; each rule
also asks for the shape that such a line has. Related headlines that carry no such phrase are told by
their neighbours, in headlines.py; bylines, captions and agencies stand in credits.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import Enum

from bot.arabic.words import fold
from bot.intake.credits import any_of, is_credit
from bot.intake.lines import Ending, Line, opens_a_sentence


class Says(Enum):
    """What a line is, as far as its own words tell."""

    NOTHING = "nothing"
    """No phrase of a page's surroundings."""
    SURROUNDING = "surrounding"
    """It does not belong to the article."""
    LINKS_FOLLOW = "links-follow"
    """Nor does it, and the headlines after it do not either: 'read also:'."""


# --- links to other pages --------------------------------------------------------------------------

_INVITE = any_of(
    "اقرأ|إقرأ|اقرئي|اقرؤوا|اقرأوا|اقرا|طالع|طالعوا|شاهد|شاهدي|شاهدوا|استمع|استمعوا|تابع|انظر|راجع"
)
_PAGES = any_of("مواضيع|موضوعات|أخبار|الأخبار|مقالات|روابط|قصص|تقارير|محتوى|فيديوهات|موضوع|خبر|مقال")
_TOLD = any_of(
    "التفاصيل|المعلومات|الأخبار|القصص|المقالات|المواضيع|الموضوعات|التقارير|الصور|الفيديوهات|هذه|هذا",
    "أخبار|تفاصيل|معلومات|مقالات|تقارير",
)
_MORE = rf"{any_of('أكثر')}\b(?!\s+{any_of('من')}\b)"
"""شاهد أكثر من مليون says how many watched."""
_RELATED = re.compile(
    rf"(?:{_INVITE}\s+(?:{any_of('في')}\s+\w+\s+)?(?:{any_of('أيضا|المزيد|كذلك')}\b|{_MORE})"
    rf"|{any_of('للمزيد')}\b(?!\s+{any_of('من')}\b)|{any_of('للمزيد|لمزيد')}\s+{any_of('من')}\s+{_TOLD}\b"
    rf"|{any_of('المزيد')}\s+{any_of('عن|حول|من')}\s+{any_of('هذا|هذه|الموضوع|القصة|التفاصيل|الأخبار')}\b"
    rf"|{any_of('قد|ربما')}\s+{any_of('يهمك|يهمكم|يعجبك|يعجبكم|تهمك|تهمكم|فاتك')}"
    rf"\s*(?:{any_of('أيضا|كذلك')}|:|$)"
    rf"|{any_of('لا')}\s+{any_of('يفوتك|تفوتك|يفوتكم')}\b"
    rf"|{_PAGES}\s+(?:{any_of('ذات|ذو')}\s+{any_of('صلة')}\b"
    rf"|{any_of('متعلقة|مرتبطة|مشابهة|مشابه|متصلة|مقترحة|أخرى')}\s*(?::|$)"
    rf"|{any_of('قد')}\s+(?:{any_of('يهم|تهم|يعجب|تعجب|يفوت|تفوت')}\w*"
    r"|\w+(?:\s+\w+)?\s*:|\w+(?:\s+\w+){0,2}$))"
    rf"|{any_of('ذات|ذو')}\s+{any_of('صلة')}\b"
    rf"|{any_of('الأكثر')}\s+{any_of('قراءة|مشاهدة|تداولا|شيوعا|شعبية|تعليقا|رواجا')}"
    rf"(?:\s+{any_of('الآن|اليوم|هذا الأسبوع')})?\s*(?::|$)"
    rf"|{any_of('اخترنا|مختارات')}(?:\s+{any_of('لك|لكم')})?\s*(?::|$)"
    rf"|{any_of('آخر|أحدث|أهم|أبرز')}\s+{any_of('الأخبار|العناوين|المواضيع|المستجدات')}\s*(?::|$)"
    rf"|{any_of('في هذا الموضوع|في هذا الملف')}\s*:?\s*$"
    r"|(?:read|see|watch)\s+(?:also|more|next)\b|also\s+(?:read|watch)\b"
    r"|related(?:\s+(?:articles?|stories|topics|content))?\s*:?\s*$|recommended\s*:?\s*$"
    r"|more\s+(?:on|about|from)\s+this\b|you\s+may\s+(?:also\s+)?(?:like|be)\b)"
)
_BARE_INVITATION = re.compile(
    any_of("اقرأ|إقرأ|شاهد|شاهدوا|استمع|طالع|بالفيديو|بالصور|فيديو|صور|بودكاست")
    + r"\s*(?:[:|/\-–—]|\.\.)"
    rf"|{any_of('شاهد|شاهدوا|تابع')}\s+{any_of('بالفيديو|بالصور')}\b"
    rf"|{any_of('لقراءة')}\s+{any_of('المزيد|الخبر|المقال|النص|التقرير')}\b"
)
_LONGEST_LINK = 25
"""Words of a line that names another page: its label and a headline of at most 20."""

# --- prompts ----------------------------------------------------------------------------------------

_NETWORKS = (
    "فيسبوك|فيس بوك|فايسبوك|تويتر|إكس|منصة إكس|واتساب|واتس آب|واتس اب|تلغرام|تليغرام|"
    "تليجرام|تيليغرام|تلجرام|انستغرام|إنستغرام|انستجرام|إنستجرام|يوتيوب|سناب شات|سنابشات|"
    "تيك توك|لينكد إن|لينكدإن|أخبار جوجل|أخبار غوغل|facebook|twitter|whatsapp|telegram|"
    "instagram|youtube|snapchat|tiktok|linkedin|google news|pinterest|reddit|viber|"
    "messenger|email|البريد الإلكتروني"
)
_NETWORK_WORDS = frozenset(fold(word) for word in re.split(r"[|\s]", _NETWORKS))
_OURS = any_of(
    "قناتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|موقعنا|تطبيقنا|نشرتنا|منصاتنا|معنا|رأيك|برأيك|رأيكم|أصدقائك",
    "النشرة البريدية|التعليقات|تعليقك|newsletter|our",
)
_THEIRS = any_of("نشرة|القناة|قناة|التطبيق|تطبيق|channel|app", _NETWORKS)
_TO_READERS = any_of("تابعونا|شاركونا|لمتابعتنا|follow|join|subscribe|download|sign up")
_TO_MANY = any_of(
    "تابعنا|شاركنا|تابعوا|اشتركوا|انضموا|حملوا|سجلوا|للاشتراك|للتواصل|للانضمام|لمتابعة|لتحميل"
)
"""Of many is asked what a report may also say of several in the past tense (انضموا, سجلوا), or of a
purpose: what the page offers, or where it is found, must follow at once."""
_TO_ONE = any_of("تابع|شارك|شاركها|شاركه|شاركوا|اشترك|انضم|حمل|سجل|أرسل|اترك|اكتب|يمكنكم|بإمكانكم|share")
"""So may what is asked of one (حمل, سجل, شارك): the line must also say whose page it is."""
_OFFERED = any_of("آخر|أحدث|أهم|أخبار|الأخبار|أخبارنا|التغطية|صفحة|صفحات|حساب|حسابات|مجموعة|خدمة|موقع")
_AT = rf"(?:{any_of('الآن|في|إلى|على|عبر|مع')}\s+){{0,2}}"
_PROMPT = re.compile(
    rf"{_TO_READERS}\b.*\b(?:{_OURS}|{_THEIRS})\b|(?:{_TO_MANY}|{_TO_ONE})\b.*\b{_OURS}\b"
    rf"|{_TO_MANY}\s+{_AT}(?:{_THEIRS}\b|{_OFFERED}\b.*\b{_THEIRS}\b)"
    rf"|{any_of('تابعوا')}\s+(?:\w+\s+){{1,4}}{any_of('على|عبر')}\s+{_THEIRS}\b"
    rf"|.{{0,60}}[؟?!]\s+(?:{_TO_READERS}|{_TO_MANY}|{_TO_ONE})\b.*\b{_OURS}\b"
)
_SHARE = re.compile(
    rf"{any_of('شارك|شاركها|انشر|اطبع|احفظ|أرسل|انسخ|نسخ|مشاركة|طباعة')}(?:\s+{any_of('هذا|هذه')})?"
    rf"(?:\s+{any_of('الخبر|المقال|المقالة|القصة|الموضوع|الصفحة|الرابط|التقرير|الفيديو')})?"
    rf"(?:\s+{any_of('مع أصدقائك|عبر|على|مع')})?\s*[:.!]?|share(?:\s+this\b.*)?"
)
_PRESS_HERE = re.compile(
    rf"{any_of('اضغط|اضغطوا|اضغطي|انقر|انقروا')}\s+{any_of('هنا|على الرابط|على هذا الرابط|على الصورة')}"
    r"|click\s+here"
)
_LOOK_AT = re.compile(
    any_of("شاهد|شاهدوا|تابع|تابعوا|استمع|استمعوا|إليكم|watch")
    + r"\b.*\b"
    + any_of(
        "في هذا الفيديو|في هذا المقطع|في الفيديو التالي|في الفيديو المرفق",
        "الفيديو أعلاه|الفيديو أدناه|in this video",
    )
)
_PRESENTS = re.compile(
    rf"(?:{any_of('هنا|وهنا')}\s+)?{any_of('نقدم|نستعرض|نعرض|ننقل|نترككم')}\s+{any_of('لكم|إليكم|مع')}\b"
)
"""How a page announces its own broadcast or gallery: وهنا ننقل لكم الحفل مباشرة."""
_CONTROL = re.compile(
    r"(?:"
    rf"(?:\d+\s+)?{any_of('تعليق|تعليقات|التعليقات|مشاهدة|مشاهدات|comments?')}"
    rf"|{any_of('أضف|اترك|اكتب')}\s+{any_of('تعليقا|تعليقك|تعليق')}"
    rf"|\d+\s+{any_of('دقيقة|دقائق')}\s+{any_of('للقراءة|قراءة')}|\d+\s+min(?:ute)?s?\s+read"
    rf"|{any_of('استمع')}\s+{any_of('إلى المقال|إلى الخبر|للمقال|للخبر|إلى التقرير')}"
    rf"|{any_of('شاهد|مشاهدة')}\s+{any_of('الفيديو|الصور')}"
    rf"|(?:{any_of('قراءة|عرض|تحميل')}\s+)?{any_of('المزيد')}|(?:read|load|show)\s+more"
    rf"|{any_of('من نفس القسم|حجم الخط|تكبير الخط|تصغير الخط|العودة إلى الأعلى|نسخ الرابط')}"
    rf"|{any_of('إعلان|إعلانات|مادة إعلانية|advertisement|sponsored')}"
    rf"|(?:{any_of('الكلمات|كلمات')}\s+{any_of('الدالة|دالة|المفتاحية|مفتاحية|الدلالية|دلالية')}"
    rf"|{any_of('وسوم|الوسوم|تاغات|tags')})\s*(?::.*)?"
    r"|(?:#\w+[\s،,]*)+"
    r")\s*[:.]?"
)
"""What pages print for their own buttons and labels, as whole lines."""
_LONGEST_PROMPT, _LONGEST_SHARE, _LONGEST_LOOK = 20, 8, 40

# --- rights, opinions, embedded posts ---------------------------------------------------------------

_RIGHTS = re.compile(
    rf"©|^\W*\(c\)|{any_of('جميع|كافة|كل')}\s+{any_of('الحقوق')}\s+{any_of('محفوظة')}"
    rf"|{any_of('حقوق')}\s+{any_of('النشر|الطبع|الملكية')}\s+(?:{any_of('والنشر|والطبع')}\s+)?{any_of('محفوظة')}"
    rf"|(?:^|[^\w\s]\s*|{any_of('جميع|كافة|كل')}\s+){any_of('حقوق')}\s+{any_of('النشر|الطبع')}"
    rf"\s+{any_of('والنشر|والطبع')}(?:\s*©|\s*\d|\s*:|\s+{any_of('ل')}\w|\W*$)"
    r"|\bcopyright\b|all\s+rights\s+reserved"
)
_THAT = re.compile(rf"\s{any_of('أن|بأن|أنه|بأنه|أنها|بأنها')}\s")
_IN_CLAUSE = re.compile(r"(?:\S+\s+){2,}\S*[^\W\d]\s+")
"""Three words or more with no sign after them: before a notice only a short name stands so."""
_DISCLAIMER = re.compile(
    rf"{any_of('لا|ولا')}\s+{any_of('تعبر|تعكس|يعبر|يعكس|تمثل|يمثل')}\s+(?:\w+\s+){{0,4}}{any_of('بالضرورة')}"
    rf"|{any_of('بالضرورة')}\s+(?:{any_of('عن')}\s+)?{any_of('رأي|آراء|وجهة|موقف|سياسة')}"
)
_PUBLISHED = re.compile(
    r"\b[وفبل]?"
    + any_of(
        "المقال|مقال|المقالة|المقالات|مقالات|الآراء|آراء|التعليقات|المشاركات|المنشورات|المنشورة|ما ينشر",
        "ما ورد|المدونة|المدونات|التدوينة|التدوينات|هذه المادة|المواد|المحتوى|هذا النص|وجهات النظر",
        "الكاتب|الكاتبة|كاتبه|كاتبها|كتابها|أصحابها|الموقع|الصحيفة|القناة|شبكة|هيئة التحرير",
    )
    + r"\b"
)
"""What a page that declines answerability speaks of: its articles, their writers, itself."""
_SAYS_THAT = re.compile(
    r"\b[وف]?"
    + any_of(
        "قال|قالت|يقول|تقول|قائلا|أكد|أكدت|يؤكد|تؤكد|مؤكدا|مؤكدة|أوضح|أوضحت|موضحا|موضحة|أضاف|أضافت|مضيفا",
        "أعلن|أعلنت|ذكر|ذكرت|أشار|أشارت|مشيرا|كتب|كتبت|اعتبر|اعتبرت|معتبرا|صرح|صرحت|أفاد|أفادت|لفت|شدد|شددت",
        "نفى|نفت|زعم|زعمت|كشف|كشفت|رد|ردت|تابع|تابعت",
    )
    + rf"\s(?:.*\s)?(?:{any_of('أن|بأن|أنه|بأنه|أنها|بأنها')}\s|\S*:)"
)
"""A report tells what someone says: أكدت الوزارة أن, وقال الوزير:."""
_SENTENCE_BEFORE = re.compile(r"((?:\S+\s+){5,}\S+[.!?؟…][\"'”’»)]*)\s.*")
"""A sentence of six words or more: no name, and no notice's label."""
_LONGEST_RIGHTS, _LONGEST_DISCLAIMER = 40, 60
_LONGEST = 1000
"""Characters of any line that is asked; a longer one is a paragraph."""

TWEET_SIGNATURE = re.compile(r"[—–-]\s*[^—–\n]{1,80}\(@\w{1,20}\)")
"""How an embedded tweet is signed: — name (@handle) date."""
_TWEET_PICTURE = re.compile(r"\bpic\.(?:twitter|x)\.com/\w+")
_ADDRESS = r"(?:https?://\S++|www\.\S++|(?:t\.me|t\.co|bit\.ly|youtu\.be)/\S++)"
_LINK_ALONE = re.compile(rf"(?:{_ADDRESS}|@\w++|[\W_])+")
_LONGEST_TWEET = 60


def says(line: Line, outlet: Collection[str]) -> Says:
    """What the line is by its own words. outlet: folded words of the source's name."""
    if len(line.text) > _LONGEST or line.words > _LONGEST_DISCLAIMER:
        return Says.NOTHING
    text = fold(line.bare)
    if line.words <= _LONGEST_LINK:
        if _RELATED.match(text):
            return Says.LINKS_FOLLOW if _is_label(line) else Says.SURROUNDING
        if _BARE_INVITATION.match(text) and line.ending is not Ending.STOP:
            return Says.SURROUNDING
    is_surrounding = is_credit(line, text, outlet) or any(
        rule(line, text) for rule in (_is_prompt, _is_rights, _is_post)
    )
    return Says.SURROUNDING if is_surrounding else Says.NOTHING


def _is_label(line: Line) -> bool:
    """'Read also:' alone, or with a word or two more, announces what follows."""
    return line.words <= (5 if line.ending is Ending.COLON else 3)


def _is_prompt(line: Line, text: str) -> bool:
    if _CONTROL.fullmatch(text) or (line.words <= _LONGEST_LOOK and _LOOK_AT.match(text)):
        return True
    if line.words <= _LONGEST_LOOK and line.ending is not Ending.COLON and _PRESENTS.match(text):
        return True
    if line.words > _LONGEST_PROMPT or line.ending is Ending.COLON:
        return line.words <= _LONGEST_SHARE and _SHARE.fullmatch(text) is not None
    words = set(re.findall(r"\w+", text))
    only_networks = bool(words) and words <= _NETWORK_WORDS
    shares = line.words <= _LONGEST_SHARE and _SHARE.fullmatch(text) is not None
    press = _PRESS_HERE.search(text)
    presses = press is not None and not _SAYS_THAT.search(text[: press.start()])
    return only_networks or shares or presses or _PROMPT.match(text) is not None


def _is_rights(line: Line, text: str) -> bool:
    if found := _RIGHTS.search(text):
        before = text[: found.start()]
        return line.words <= _LONGEST_RIGHTS and not _is_reported(line, before)
    found = _DISCLAIMER.search(text)
    return found is not None and _declines(text, text[: found.start()])


def _is_reported(line: Line, before: str) -> bool:
    """Whether a report speaks of the rights that are named after `before`.

    A notice begins with them, or with a name. A notice at a paragraph's end is cut off elsewhere.
    """
    if opens_a_sentence(line) or _THAT.search(before) or _SENTENCE_BEFORE.fullmatch(before):
        return True
    return _IN_CLAUSE.fullmatch(before) is not None and line.ending is Ending.STOP


def _declines(text: str, before: str) -> bool:
    """Whether the page says that an article is not its own opinion, and not a report that of someone."""
    if _SAYS_THAT.search(before) or not _PUBLISHED.search(text):
        return False
    # a sentence before it that speaks of something else is the article's: the end alone is cut off
    sentence = _SENTENCE_BEFORE.fullmatch(before)
    return sentence is None or _PUBLISHED.search(sentence.group(1)) is not None


def _is_post(line: Line, text: str) -> bool:
    if re.search(r"\w", text) and _LINK_ALONE.fullmatch(text):
        return True
    # the whole line: without its dash, taken for a bullet, a signature is none
    is_tweet = TWEET_SIGNATURE.search(line.text) or _TWEET_PICTURE.search(text)
    return line.words <= _LONGEST_TWEET and is_tweet is not None

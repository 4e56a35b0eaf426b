"""From a page's text to the article alone. The pages are invented, in the manner of real outlets."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.clean import LONGEST_MADE_TITLE, article, shortened
from bot.intake.documents import read
from bot.intake.markup import plain
from bot.model import Article, Draft, Refusal, RefusalReason

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = "أعلنت وزارة النقل في عمان، الثلاثاء، افتتاح خط جديد للحافلات يربط المطار بوسط المدينة."
SECOND = "وقال الوزير إن الخط سيعمل على مدار الساعة، وإن ثمن التذكرة لن يتجاوز دينارا واحدا."
THIRD = 'وأضاف: "نريد أن يصل كل مسافر إلى بيته بأمان، وسنزيد عدد الحافلات في الصيف".'
PARAGRAPHS = [FIRST, SECOND, THIRD]


def body_of(*lines: str, title: str = "خط حافلات جديد إلى المطار", source: str = "") -> list[str]:
    cleaned = article(Draft(text="\n".join(lines), title=title, source=source), NOW)
    assert isinstance(cleaned, Article)
    return cleaned.body.split("\n")


def test_an_article_without_surroundings_stays_as_it_is() -> None:
    assert body_of(*PARAGRAPHS) == PARAGRAPHS


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "– ", "", "■ ", "1. "])
def test_headlines_under_the_article_go(bullet: str) -> None:
    headlines = [
        "انتخابات مبكرة في النرويج بعد سقوط الحكومة",
        "الذهب يهبط إلى أدنى مستوى في شهرين",
        "هل تعود الرحلات إلى القمر هذا العام؟",
        "مدرب المنتخب: سنلعب من أجل الفوز بالكأس",
    ]
    assert body_of(*PARAGRAPHS, *(bullet + line for line in headlines)) == PARAGRAPHS


def test_headlines_between_paragraphs_go() -> None:
    links = ["زلزال قوي يضرب سواحل تشيلي ولا ضحايا", "أول جراحة قلب بالروبوت في تونس"]
    assert body_of(FIRST, SECOND, *links, THIRD) == PARAGRAPHS


def test_a_single_headline_of_another_matter_goes() -> None:
    assert body_of(FIRST, "مهرجان السينما يكرم ثلاثة مخرجين من المغرب", SECOND, THIRD) == PARAGRAPHS


@pytest.mark.parametrize(
    "label",
    ["اقرأ أيضا:", "اقرأ أيضاً", "شاهد أيضًا:", "مواضيع ذات صلة:", "قد يهمك أيضا:", "الأكثر قراءة"],
)
def test_what_a_label_announces_goes_with_it(label: str) -> None:
    links = ["مطار جديد في الجنوب", "كم تكلف تذكرة القطار؟"]
    assert body_of(FIRST, label, *links, SECOND, THIRD) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "للمزيد: أسعار الوقود ترتفع للمرة الثانية",
        "للمزيد - هل ترتفع أسعار الوقود مجددا؟",
        "اقرأ أيضا: أسعار الوقود ترتفع للمرة الثانية.",
        "شاهد: لحظة وصول أول حافلة إلى المطار",
        "بالفيديو.. اضغط هنا لمشاهدة لحظة الوصول",
        "كتب: سامر الخطيب",
        "كتبت ليلى حداد",
        "عمان - رويترز",
        "(رويترز)",
        "أ ف ب / د ب أ",
        "المصدر: وكالات",
        "وكالات",
        "نشر في: 12 مارس 2025 - 10:30",
        "آخر تحديث: الثلاثاء 3 حزيران/يونيو 2025",
        "الثلاثاء 12 آذار 2025",
        "مصدر الصورة: غيتي",
        "التعليق على الصورة، حافلات في محطة وسط المدينة.",
        "حافلة في وسط المدينة (أرشيف)",
        "ركاب أمام المحطة - Getty Images",
        "(إعداد سامر الخطيب للنشرة العربية - تحرير ليلى حداد)",
        "جميع الحقوق محفوظة © 2025",
        "تابعونا على فيسبوك وتويتر",
        "اشتركوا في قناتنا على تلغرام لتصلكم الأخبار أولا بأول.",
        "وهنا ننقل لكم رحلة أول حافلة مباشرة من المحطة.",
        "شارك هذا الخبر",
        "شارك المقال عبر",
        "فيسبوك تويتر واتساب",
        "https://example.org/news/1",
        "— وزارة النقل (@transport) March 12, 2025",
        "افتتحنا اليوم الخط الجديد pic.twitter.com/Ab12Cd",
        "المصدر : الأفق + وكالات",
        "مراسلنا في القاهرة: سامر الخطيب",
        "قبل 3 ساعات",
        "3 دقائق للقراءة",
        "استمع إلى المقال",
        "شاهد بالفيديو.. لحظة وصول أول حافلة",
        "كلمات مفتاحية: حافلات، مطار",
        "#حافلات #عمان",
        "إعلان",
        "اقرأ المزيد",
        "ما رأيك؟ شاركنا في التعليقات",
        "لقراءة المزيد اضغط هنا",
        "الآراء الواردة في المقال لا تعبر بالضرورة عن رأي الموقع.",
        "هذا المقال بقلم ليلى حداد، والآراء الواردة فيه تعبر عن رأيها، ولا تعكس بالضرورة رأي الشبكة.",
        "نود التنويه إلى أن المواد المنشورة لا تعبر بالضرورة عن سياسة الصحيفة.",
        "جميع الحقوق محفوظة لصحيفة الأفق.",
        "يمنع نسخ أي مادة من مواد الموقع، جميع الحقوق محفوظة.",
        "حقوق الطبع والنشر لموقع الأفق",
        "Copyright 2018 AFP. All rights reserved.",
        "انضموا إلى قناة الأفق على تلغرام.",
        "تابعوا صحيفة الأفق على فيسبوك وتويتر.",
        "سجلوا الآن في نشرة الأفق المسائية.",
        "للاشتراك في نشرة الأفق المسائية اضغط على الصورة.",
        "صورة نشرتها الوزارة تظهر الحافلة الجديدة (رويترز)",
        "صورة نشرتها وكالة الأنباء تظهر الحافلة الجديدة في محطة المطار - أ ف ب.",
        "صورة وزعتها الوزارة للحافلة الجديدة.",
        "مبنى وزارة النقل في وسط العاصمة بعد افتتاحه مطلع العام (أرشيف).",
        "شاهد أكثر: لحظة وصول أول حافلة",
        "للمزيد من التفاصيل زوروا صفحة الوزارة",
        "مواضيع قد تهمك",
        "ركاب ينتظرون أول حافلة أمام محطة المطار صباح الثلاثاء - رويترز.",
        "كان الركاب ينتظرون أول حافلة أمام المحطة – أ ف ب.",
        "ركاب ينتظرون أول حافلة أمام محطة المطار صباح الثلاثاء (رويترز).",
        "ركاب أمام المحطة (رويترز).",
        "تم افتتاح المحطة الأولى قبل عشر سنوات (أرشيف).",
        "وصف الصورة ركاب ينتظرون أول حافلة أمام المحطة.",
        "وصف الصورة: ركاب ينتظرون أول حافلة",
        "شرح الصورة ركاب ينتظرون أول حافلة أمام المحطة",
        "صورة وزعتها الوزارة تظهر الحافلة الجديدة (وزارة النقل العمانية).",
        "صورة وزعتها الوزارة تظهر الحافلة الجديدة - العمانية.",
        "لمزيد من أخبار عمان",
        "للمزيد من أخبار النقل زوروا صفحتنا",
        "موضوعات قد تفيدك: الحافلات",
        "مقالات قد تنال إعجابك",
        "قصص قد تود قراءتها أيضا",
    ],
)
def test_a_line_that_says_what_it_is_goes(line: str) -> None:
    assert body_of(FIRST, line, SECOND, THIRD) == PARAGRAPHS
    assert body_of(*PARAGRAPHS, line) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "كتب الوزير على صفحته أن العمل انتهى.",
        "شارك آلاف السكان في حفل الافتتاح.",
        "شاهد الملايين حفل الافتتاح على التلفزيون الرسمي.",
        "تابع الوزير قائلا إن العمل مستمر.",
        "المزيد من الحافلات سيصل قريبا، بحسب الوزارة.",
        "نشر في اليوم نفسه بيان عن الأسعار.",
        "وشاركت رويترز الخبر.",
        "نقدم خدمة أفضل كل عام، كما يقول الوزير.",
        "سجل فيسبوك في المدينة أرباحا قياسية هذا العام.",
        "حمل تطبيق الحافلات أكثر من ألف مسافر في يوم واحد.",
        "يمكنكم شراء التذكرة عبر التطبيق في أي وقت، بحسب الوزارة.",
        "قد يعجبك المكان إذا زرته في الربيع، كما يقول السكان.",
        "التعليقات التي نشرت على الخبر كانت كثيرة.",
        "منذ خمس سنوات والناس ينتظرون.",
        "مصدر في الوزارة: الأسعار لن ترتفع هذا العام.",
        "صورة المدينة تغيرت كثيرا خلال عشر سنوات.",
        "وأكدت الوزارة أن تصريحات السفير لا تعبر بالضرورة عن موقف الحكومة.",
        "تصريحات السفير لا تعبر بالضرورة عن موقف الحكومة، بحسب الوزارة.",
        "أكد رئيس التحرير أن المقال لا يعبر بالضرورة عن رأي الصحيفة.",
        "وقال إن المعاهدة تضمن أن كل الحقوق محفوظة للاجئين في العودة والتعويض.",
        "المعاهدة تنص على أن جميع الحقوق محفوظة للأقليات.",
        "وأوضح المحامي أن قانون حقوق النشر والطبع الجديد يعاقب المخالفين بالسجن سنتين.",
        "يعاقب قانون حقوق النشر والطبع الجديد المخالفين بالسجن سنتين.",
        "ورفعت الشركة دعوى copyright ضد المغني أمام محكمة في نيويورك.",
        "رفعت الشركة دعوى copyright ضد المغني أمام محكمة في نيويورك.",
        "انضموا إلى الاحتجاجات بعد دعوات على فيسبوك وتويتر.",
        "سجلوا مقطع الفيديو ثم نشروه على يوتيوب قبل أن تحذفه الشركة.",
        "للتواصل مع أسرهم استخدم المهاجرون واتساب وفيسبوك.",
        "صورة نشرتها الوزارة تظهر حجم الدمار في المدينة القديمة.",
        "صور متداولة أثارت غضبا واسعا في البلاد.",
        "وصف الصورة بأنها مفبركة، ونفى الخبر كله.",
        "وذكرت الوزارة أن الهجوم وقع فجرا (رويترز)",
        "الجيش دخل المدينة فجرا، بحسب ما نقلت وكالة فرانس برس (أ ف ب).",
        "الجيش دخل المدينة فجرا بعد حصار دام أسبوعين.(رويترز)",
        "شاهد أكثر من ثلاثة ملايين مشاهد المباراة على التلفزيون.",
        "لمزيد من الضغط على الشركات رفعت الوزارة الضرائب.",
        "وتقول الرسالة المزيفة للمستخدم: اضغط هنا لتحديث حسابك.",
        "خبر قد يغير مسار الانتخابات في البلاد.",
        "خبر قد يصدم الجميع.",
        "وصف الصورة التي نشرتها الوزارة لا يطابق الواقع.",
        "وأكدت الوزارة أن الحافلات وصلت كلها إلى الميناء مساء أمس (رويترز).",
        "الحافلات وصلت كلها. السائقون لم يصلوا بعد (رويترز).",
        "محطات الخط",
        "ثمن التذكرة وساعات العمل",
        "لماذا تأخر المشروع؟",
        '"لن نرفع الأسعار"',
        "نعم.",
    ],
)
def test_sentences_subheadings_and_quotations_of_the_article_stay(line: str) -> None:
    assert body_of(FIRST, line, SECOND, THIRD) == [FIRST, line, SECOND, THIRD]


def test_a_long_subheading_stays_where_it_names_what_follows() -> None:
    heading = "عدد الحافلات في الصيف يزيد على أربعين"
    following = "سيزيد عدد الحافلات في الصيف إلى أربعين، كما جاء في بيان الوزارة الذي نشر أمس."
    assert body_of(FIRST, heading, following) == [FIRST, heading, following]


@pytest.mark.parametrize(
    "items",
    [
        ["- محطة المطار", "- محطة الجامعة", "- محطة وسط المدينة"],
        ["1- التسجيل على الموقع الرسمي", "2- دفع ثمن التذكرة", "3- الحضور قبل الموعد"],
        ["السائقون: أحمد علي - سامر حسن - نبيل عودة", "الفنيون: رامي سعد - خالد عمر - ماهر جابر"],
    ],
)
def test_a_list_that_the_article_introduces_stays(items: list[str]) -> None:
    lines = [FIRST, "ويمر الخط بما يلي:", *items]
    assert body_of(*lines) == lines
    assert body_of(*lines, SECOND) == [*lines, SECOND]


TERMS = [
    "رحلة كل عشر دقائق في ساعات الذروة من الصباح إلى المساء",
    "تذكرة واحدة لجميع الخطوط",
    "خصم للطلاب وكبار السن بنسبة النصف في كل أيام العام",
]
LINKS = ["زلزال قوي يضرب سواحل تشيلي ولا ضحايا", "أول جراحة قلب بالروبوت في تونس"]


def html_list(*items: str) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def linked(*headlines: str) -> str:
    return html_list(*(f'<a href="/news/1">{headline}</a>' for headline in headlines))


@pytest.mark.parametrize("heading", ["شروط الخدمة", "أبرز مراحل المشروع", "ما الذي يجده الركاب فيها:"])
def test_a_list_without_links_stays_with_the_heading_that_announces_it(heading: str) -> None:
    own = f"<h2>{heading}</h2>{html_list(*TERMS)}"
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    assert body_of(paragraphs[0], own, *paragraphs[1:]) == [FIRST, heading, *TERMS, SECOND, THIRD]
    assert body_of(*paragraphs, own) == [*PARAGRAPHS, heading, *TERMS]


def test_a_list_of_links_goes_from_under_one_without() -> None:
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>شروط الخدمة</p>{html_list(*TERMS)}{linked(*LINKS)}"
    assert body_of(text) == [FIRST, SECOND, "شروط الخدمة", *TERMS]


@pytest.mark.parametrize("heading", ["", "<h2>من أخبار العالم في هذا الأسبوع كله</h2>"])
def test_a_list_without_links_that_nothing_announces_goes(heading: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert body_of(f"{paragraphs}{heading}{html_list(*LINKS)}") == PARAGRAPHS


def test_an_item_with_a_link_among_others_is_one_of_them() -> None:
    link = '<a href="/fares">لائحة الأسعار</a> التي تنشرها الوزارة على موقعها كل شهر'
    above = f"<p>{FIRST}</p><p>ويلتزم المشغل بما يلي:</p>"
    text = f"{above}{html_list(*TERMS[:2], link, TERMS[2])}<p>{SECOND}</p>"
    assert len(body_of(text)) == 7


@pytest.mark.parametrize("above", ["شروط الخدمة الجديدة", "ويلتزم المشغل بالشروط التالية."])
def test_a_bulleted_list_that_is_announced_stays(above: str) -> None:
    items = [f"- {term}" for term in TERMS]
    assert body_of(FIRST, above, *items, SECOND) == [FIRST, above, *items, SECOND]
    assert body_of(*PARAGRAPHS, above, *items) == [*PARAGRAPHS, above, *items]


def test_a_list_of_markdown_stays_with_its_heading() -> None:
    items = [f"- {term}" for term in TERMS]
    content = "\n\n".join(["# خط حافلات جديد", *PARAGRAPHS, "## شروط الخدمة", "\n".join(items)])
    (draft,) = read("news.md", content.encode())
    assert isinstance(draft, Draft)
    cleaned = article(draft, NOW)
    assert isinstance(cleaned, Article)
    assert cleaned.body.split("\n") == [*PARAGRAPHS, "شروط الخدمة", *items]


@pytest.mark.parametrize(
    "items",
    [
        ["• وقف إطلاق النار خلال 48 ساعة", "• تبادل جميع الأسرى", "• فتح المعابر أمام المساعدات"],
        ["• الحافلات الجديدة كلها كهربائية", "• السائقون من سكان المدينة", "• يمنع التدخين فيها"],
        [f"• {term}" for term in TERMS],
    ],
)
def test_bulleted_lines_are_a_list_where_a_line_announces_them(items: list[str]) -> None:
    for above in ("أبرز النقاط", "وجاء في البيان ما يلي:"):
        assert body_of(FIRST, above, *items, SECOND) == [FIRST, above, *items, SECOND]
        assert body_of(*PARAGRAPHS, above, *items) == [*PARAGRAPHS, above, *items]
    assert body_of(*PARAGRAPHS, *items) == PARAGRAPHS


def test_bulleted_names_of_a_sites_sections_go() -> None:
    assert body_of(*PARAGRAPHS, "• رياضة", "• اقتصاد وأسواق", "• ثقافة") == PARAGRAPHS


def test_headlines_under_a_rubric_go() -> None:
    headlines = [f"- {headline}" for headline in (*LINKS, "محافظ البنك المركزي يعلن خفض الفائدة")]
    assert body_of(*PARAGRAPHS, "أخبار العالم", *headlines) == PARAGRAPHS


def test_lines_that_all_begin_alike_are_the_articles_own() -> None:
    lines = [FIRST]
    for number, station in enumerate(["المطار", "الجامعة", "السوق"], 5):
        lines += [f"زمن الوصول إلى {station} بالحافلة الجديدة: {number} دقائق", SECOND[:-number] + "."]
    assert body_of(*lines) == lines


def test_a_last_sentence_without_its_stop_stays() -> None:
    last = "افتتاح الخط الجديد للحافلات في المطار يربط المدينة"
    assert body_of(FIRST, SECOND, last) == [FIRST, SECOND, last]
    assert body_of(FIRST, "ويتوقع أن يستخدمه كثيرون") == [FIRST, "ويتوقع أن يستخدمه كثيرون"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ولم يصدر أي تعليق من الجانب الروسي حتى الآن",
        "ومن المقرر أن يسافر الوزير إلى موسكو غدا",
        "وفي بيروت خرج الآلاف إلى الشوارع مساء أمس",
        "وقد نفت دمشق هذه الأنباء أكثر من مرة",
        "وحول أسعار الوقود رفض الوزير أن يجيب الصحفيين",
        "وإلى جانب ذلك خرجت مظاهرات في مدن أخرى",
        "وأدى الحريق إلى إغلاق ثلاثة مصانع قريبة",
        "وشن الطيران سلسلة من الغارات فجر اليوم",
        "وضمت القائمة لاعبين من ثلاثة أندية محلية",
        "و قال شهود إن النيران وصلت إلى السوق",
    ],
)
def test_a_sentence_that_begins_with_and_needs_no_stop(sentence: str) -> None:
    assert body_of(FIRST, SECOND, sentence) == [FIRST, SECOND, sentence]
    assert body_of(FIRST, sentence, SECOND) == [FIRST, sentence, SECOND]


@pytest.mark.parametrize(
    "headline",
    [
        "وزير المالية يزور مصانع الجنوب في جولة مفاجئة",
        "واشنطن تفرض عقوبات جديدة على ثلاثة مصارف",
        "وفاة ممثلة شهيرة عن عمر ناهز ثمانين عاما",
        "وداع مؤثر لحارس المنتخب بعد عشرين موسما",
        "وفد أوروبي يصل إلى بيروت مطلع الأسبوع",
        "وام: وصول سفينة مساعدات إلى ميناء عدن",
        "والي الخرطوم يفتتح مدرسة جديدة للبنات",
        "وادي حلفا يستقبل أول قطار منذ عقود",
    ],
)
def test_a_headline_may_begin_with_a_waw_of_its_own(headline: str) -> None:
    assert body_of(*PARAGRAPHS, headline) == PARAGRAPHS
    assert body_of(FIRST, headline, SECOND, THIRD) == PARAGRAPHS


def test_a_text_that_uses_no_stops_stays_whole() -> None:
    lines = [
        "افتتاح الخط الجديد للحافلات اليوم",
        "الوزير يركب أول حافلة إلى المطار",
        "الأسعار تبدأ من دينار",
    ]
    assert body_of(*lines) == lines


def test_a_page_of_links_alone_leaves_a_headline_without_a_body() -> None:
    assert body_of("اقرأ أيضا:", "زلزال قوي يضرب سواحل تشيلي", "مطار جديد في الجنوب") == [""]


def test_a_text_of_one_line_is_kept_whatever_it_says() -> None:
    line = "شاهد في هذا الفيديو لحظة وصول أول حافلة إلى المطار"
    assert body_of(line) == [line]


def test_a_list_under_a_heading_in_a_text_without_stops_stays() -> None:
    lines = ["قرارات مجلس الوزراء اليوم", "- زيادة عدد الحافلات", "- خفض ثمن التذكرة للطلاب"]
    assert body_of(*lines) == lines


def test_headlines_under_a_paragraph_without_its_stop_go() -> None:
    links = ["- زلزال قوي يضرب سواحل تشيلي ولا ضحايا", "- أول جراحة قلب بالروبوت في تونس"]
    paragraph = f"{FIRST[:-1]} كما كان مقررا في خطة النقل العام منذ سنوات عدة"
    assert body_of(paragraph, *links) == [paragraph]


def test_a_dateline_stays() -> None:
    line = "عمان، الأردن (CNN)-- افتتح خط جديد للحافلات يربط المطار بوسط المدينة."
    assert body_of(line, SECOND) == [line, SECOND]


@pytest.mark.parametrize("repeated", ["خط حافلات جديد إلى المطار", "خطّ حافلات جديد إلى المطار."])
def test_a_headline_that_is_repeated_above_the_text_goes(repeated: str) -> None:
    assert body_of(repeated, *PARAGRAPHS) == PARAGRAPHS


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    assert body_of(FIRST, SECOND, THIRD, SECOND) == PARAGRAPHS


def test_a_credit_glued_to_a_paragraph_is_cut_off() -> None:
    assert body_of(f"{FIRST} تقرير: سامر الخطيب وليلى حداد") == [FIRST]
    assert body_of(FIRST, f"{SECOND} (رويترز)") == [FIRST, SECOND]
    assert body_of(f"{FIRST} للمزيد: أسعار الوقود ترتفع", SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "notice", ["جميع الحقوق محفوظة © 2018", "المقال لا يعبر بالضرورة عن رأي الموقع."]
)
def test_a_notice_glued_to_a_paragraph_does_not_take_it_along(notice: str) -> None:
    visit = "الوزير نفسه زار محطة الحافلات الجديدة في وسط المدينة مساء أمس"
    paragraph = f"{visit}، والتقى سائقيها وركابها، ووعدهم بالمزيد."
    assert body_of(f"{paragraph} {notice}", SECOND) == [paragraph, SECOND]


def test_the_outlets_own_name_is_a_tag() -> None:
    assert body_of(*PARAGRAPHS, "صحيفة الأفق", source="صحيفة الأفق") == PARAGRAPHS
    assert body_of(*PARAGRAPHS, "صحيفة الأفق / أ ف ب", source="صحيفة الأفق") == PARAGRAPHS


def test_an_embedded_tweet_goes_with_its_signature() -> None:
    tweet = ["افتتحنا اليوم الخط الجديد #عمان", "— وزارة النقل (@transport) March 12, 2025"]
    introduction = "وكتبت الوزارة على تويتر:"
    assert body_of(FIRST, introduction, *tweet, SECOND) == [FIRST, introduction, SECOND]


def test_hard_wrapped_lines_become_paragraphs() -> None:
    def wrap(text: str) -> str:
        return re.sub(r"(.{1,60})(?:\s|$)", r"\1\n", text)

    wrapped = "\n".join(wrap(paragraph) for paragraph in PARAGRAPHS)
    assert body_of(wrapped) == PARAGRAPHS


def test_headlines_under_hard_wrapped_paragraphs_go() -> None:
    wrapped = "\n".join(
        re.sub(r"(.{1,60})(?:\s|$)", r"\1\n", paragraph).rstrip()
        for paragraph in [f"{FIRST[:-1]}، {SECOND}", f"{SECOND[:-1]}، {THIRD}"]
    )
    headlines = ["زلزال قوي يضرب سواحل تشيلي", "أول جراحة قلب بالروبوت في تونس والمغرب هذا العام"]
    assert " ".join(body_of(wrapped, *headlines)) == " ".join(wrapped.split())


def test_headlines_of_like_lengths_are_not_taken_for_wrapped_lines() -> None:
    headlines = [
        "- محافظ البنك المركزي يعلن خفض الفائدة",
        "- المنتخب يعود من البطولة بلا أهداف هذا العام",
    ] * 3
    assert body_of(*PARAGRAPHS, *headlines) == PARAGRAPHS


def test_markup_in_a_field_is_taken_for_what_it_means() -> None:
    third = THIRD.replace('"', "&quot;")
    text = f"<p>{FIRST}</p><script>alert('x')</script><p>{SECOND}<br/>{third}</p>"
    assert body_of(text) == PARAGRAPHS


def test_a_pasted_headline_becomes_the_title() -> None:
    cleaned = article(Draft(text=f"خط حافلات جديد إلى المطار\n\n{FIRST}\n{SECOND}"), NOW)
    assert isinstance(cleaned, Article)
    assert (cleaned.title, cleaned.body) == ("خط حافلات جديد إلى المطار", f"{FIRST}\n{SECOND}")


def test_without_a_title_the_first_sentence_is_shortened_at_a_word() -> None:
    sentence = f"{FIRST[:-1]} كما كان مقررا في خطة النقل العام منذ سنوات عدة."
    cleaned = article(Draft(text=f"{sentence} {SECOND}"), NOW)
    assert isinstance(cleaned, Article)
    assert 80 < len(cleaned.title) <= LONGEST_MADE_TITLE
    assert sentence.startswith(cleaned.title.removesuffix("…") + " ")


def test_a_made_title_leaves_no_quotation_open() -> None:
    before = "أعلنت وزارة النقل في عمان افتتاح خط جديد للحافلات، وقالت"
    text = f"{before} “نريد أن يصل كل مسافر إلى بيته بأمان وسرعة وراحة وأن يدفع أقل مما يدفعه اليوم”."
    cleaned = article(Draft(text=text), NOW)
    assert isinstance(cleaned, Article)
    assert cleaned.title == f"{before}…"


def test_a_headline_alone_is_an_article() -> None:
    cleaned = article(Draft(title="خط  حافلات\nجديد"), NOW)
    assert isinstance(cleaned, Article)
    assert (cleaned.title, cleaned.body) == ("خط حافلات جديد", "")


def test_an_article_is_never_dated_after_it_came_in() -> None:
    for given_time, wanted in (
        (None, NOW),
        (NOW + timedelta(days=3), NOW),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
    ):
        cleaned = article(Draft(text=FIRST, published=given_time), NOW)
        assert isinstance(cleaned, Article)
        assert (cleaned.published, cleaned.received) == (wanted, NOW)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (Draft(text=" \n", line=3), RefusalReason.EMPTY),
        (Draft(text="... 2018 !!"), RefusalReason.NO_WORDS),
        (Draft(text="https://example.org/some-page"), RefusalReason.NO_WORDS),
        (Draft(text=FIRST, url="javascript:alert(1)"), RefusalReason.BAD_URL),
        (Draft(text="ا" * 1_000_001), RefusalReason.TOO_LONG),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(draft: Draft, reason: RefusalReason) -> None:
    refused = article(draft, NOW)
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.line) == (reason, draft.line)


arabic_lines = st.lists(
    st.text(alphabet='ابتوقالهمن .،:؟"-•#@/<>&;12\u200f\u064b', max_size=80), max_size=12
).map("\n".join)


@given(st.text() | arabic_lines, st.text(max_size=20))
def test_every_paragraph_stands_in_the_text(text: str, title: str) -> None:
    cleaned = article(Draft(text=text, title=title), NOW)
    if isinstance(cleaned, Article):
        given_words = " ".join(plain(text).split())
        for paragraph in cleaned.body.split("\n"):
            assert " ".join(paragraph.split()) in given_words
        assert cleaned.title.strip() == cleaned.title != ""
        (cleaned.title + cleaned.body).encode()


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_a_shortened_text_is_never_longer(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest


@pytest.mark.news
def test_none_of_the_headlines_under_the_seed_page_survives(shared: Path) -> None:
    (draft,) = read("seed.txt", (shared / "seed-article.txt").read_bytes())
    assert isinstance(draft, Draft)
    cleaned = article(draft, NOW)
    assert isinstance(cleaned, Article)
    lines = [line for line in draft.text.split("\n") if line.strip()]
    assert cleaned.body.split("\n") == [line.strip() for line in lines[:7]]


@pytest.mark.news
@pytest.mark.parametrize(
    "changed", ["no bullets", "headlines in the middle", "no stops in the headlines' dash"]
)
def test_the_seed_page_is_clean_in_other_layouts_too(shared: Path, changed: str) -> None:
    lines = [
        line.strip() for line in (shared / "seed-article.txt").read_text().split("\n") if line.strip()
    ]
    own, links = lines[:7], lines[7:]
    if changed != "no stops in the headlines' dash":
        links = [line.lstrip("- ") for line in links]
    text = own[:3] + links + own[3:] if changed == "headlines in the middle" else own + links
    cleaned = article(Draft(text="\n\n".join(text)), NOW)
    assert isinstance(cleaned, Article)
    assert cleaned.body.split("\n") == own


@pytest.mark.news
def test_every_article_of_the_week_keeps_nearly_all_of_its_words(shared: Path) -> None:
    kept = given_words = 0
    for line in (shared / "arabic-news-week.jsonl").read_text().splitlines():
        record = json.loads(line)
        cleaned = article(Draft(text=record["text"], title=record["title"], url=record["url"]), NOW)
        assert isinstance(cleaned, Article)
        assert len(cleaned.body.split()) * 2 > len(record["text"].split())
        kept += len(cleaned.body.split())
        given_words += len(record["text"].split())
    assert 0.99 < kept / given_words < 1

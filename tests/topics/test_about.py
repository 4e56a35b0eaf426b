"""What an article is about, as against what it mentions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.topics.about import about, without_dateline
from bot.topics.lexicon import load

LEXICON = load()
LABELS = Path(__file__).parents[1] / "data" / "topic-labels.jsonl"


def topics(title: str, body: str) -> set[str]:
    return {weight.topic for weight in about(title, body, LEXICON)}


def test_particles_before_a_name_are_understood() -> None:
    for word in ("بسوريا", "وسوريا", "لسوريا", "وبسوريا", "وللسوريين", "السورية", "بسورية"):
        assert "syria" in topics(f"حوار طويل {word} اليوم", f"تحدث الخبير عن الحياة {word} أمس.")


def test_letters_of_a_word_are_no_particles() -> None:
    found = topics("والد يفتح بنكا", "والدة الطفل في البنك وكل ولد في كوبري يلعب بكرة.")
    assert not found & {"cuba", "india", "syria", "egypt"}


def test_a_passing_mention_is_not_what_an_article_is_about() -> None:
    body = "أعلنت بلدية باريس خطة جديدة للحدائق. " + "الأشجار تزرع في كل حي من المدينة. " * 12
    assert "morocco" not in topics("باريس تزرع الأشجار", body + "وسبق أن زار الوفد المغرب.")


def test_where_a_report_was_written_is_not_what_it_is_about() -> None:
    assert without_dateline("القاهرة (وكالة) -- وصل الوفد.").strip() == "وصل الوفد."
    assert "egypt" not in topics("الوفد يصل", "القاهرة (رويترز) - وصل الوفد إلى اليابان صباح اليوم.")


def test_a_newspapers_country_is_not_what_an_article_is_about() -> None:
    body = "قالت صحيفة الصباح الهندية إن النفط ارتفع. وصعد برميل النفط ثلاثة دولارات."
    assert "india" not in topics("النفط يرتفع", body)
    assert "oil" in topics("النفط يرتفع", body)


def test_one_name_of_two_places_goes_to_the_one_that_the_text_speaks_of() -> None:
    assert "amman" in topics(
        "اجتماع في عمان", "اجتمع الوزير الأردني بضيفه في عمان، وقال الأردن إنه ناجح."
    )
    found = topics("السلطان يستقبل الوزير في عمان", "استقبل السلطان في عمان وزير التجارة.")
    assert "oman" in found
    assert "amman" not in found


@pytest.mark.parametrize(
    ("title", "body", "right", "wrong"),
    [
        ("إفطار في عمان", "تناول العاهل الأردني الإفطار في عمان مع دورية شرطة.", "amman", "oman"),
        ("لقاء في عمان", "زار الوزير الأردني سلطنة عمان، وشكر العمانيين في مسقط.", "oman", "amman"),
        ("طرابلس تشتعل", "احتج لبنانيون في طرابلس شمالي لبنان.", "tripoli-lebanon", "libya"),
        ("طرابلس تهدأ", "قالت حكومة ليبيا إن طرابلس هادئة، وشكرت لبنان.", "tripoli", "tripoli-lebanon"),
        ("هجوم في جورجيا", "قالت الشرطة الأمريكية إن المسلح فر من جورجيا.", "georgia-us", "georgia"),
        ("جورجيا تقترع", "زار الوزير الأمريكي تبليسي والتقى رئيسة جورجيا.", "georgia", "georgia-us"),
        ("يوفنتوس يهزم روما", "فاز يوفنتوس على روما في ختام الدوري الإيطالي.", "as-roma", "rome"),
        ("روما تبدأ موسمها", "قالت بلدية روما إن إيطاليا تستقبل السياح.", "rome", "as-roma"),
        ("السوداني في الموصل", "وصل محمد شياع السوداني رئيس وزراء العراق، وقال السوداني إنه باق.",
         "mohammed-shia-al-sudani", "sudan"),
        ("العدالة والتنمية يتراجع", "خسر العدالة والتنمية في المغرب مقاعده.", "pjd", "akp"),
        ("العدالة والتنمية يفوز", "فاز العدالة والتنمية في تركيا.", "akp", "pjd"),
    ],
)  # fmt: skip
def test_of_namesakes_the_one_that_the_text_speaks_of_is_meant(
    title: str, body: str, right: str, wrong: str
) -> None:
    found = topics(title, body)
    assert right in found
    assert wrong not in found


@pytest.mark.parametrize(
    ("title", "body", "wrong"),
    [
        ("طفلة درعا بشريا", "استخدم المسلحون في اليمن الطفلة درعا بشريا.", "deraa"),
        ("تكريم الفائزين", "تسلم اللاعب درعا من الوزير، ثم تسلم زميله درعا.", "deraa"),
        ("بلتون تستعد للسوق", "أعلنت مجموعة بلتون المالية زيادة حصة بلتون.", "john-bolton"),
        ("زفاف هاري وميغان ميركل", "تزوج الأمير هاري ميغان ميركل في القصر.", "angela-merkel"),
        ("فاغنر يعتزل", "قال المهاجم ساندرو فاغنر إنه سيغيب عن كأس العالم في روسيا.", "wagner"),
        ("جنازة في تونس", "شيع التونسيون الفقيدة في الضاحية الجنوبية لتونس.", "dahieh"),
        ("جدة تحتفل", "احتفلت جدة بريطانية بعيدها المئة مع أحفادها.", "jeddah"),
        ("طبق حمص", "حضر الطاهي أكبر طبق حمص في الفندق.", "homs"),
        ("دوما على حق", "قال الكاتب إن الحقيقة تنتصر دوما.", "eastern-ghouta"),
        ("أنباء عن صفقة", "سرت شائعات عن بيع النادي، ثم سرت أنباء تنفيها.", "sirte"),
        ("إصابة المدافع", "يعاني اللاعب من تمزق في الرباط الداخلي.", "rabat"),
        ("إلى الأفضل", "يسعى خصومه إلى النيل من سمعته، ولن يقدروا على النيل منه.", "nile"),
        ("الشرق الأقصى", "يزور الوفد بلدان الشرق الأقصى ويبلغ حده الأقصى.", "al-aqsa"),
        ("طالبان يفوزان", "فاز طالبان من الجامعة بالجائزة الأولى.", "taliban"),
        ("حماس كبير", "لعب الفريق بكل حماس أمام جمهوره.", "hamas"),
        ("عثر عليه ميتا", "عثر على الرجل ميتا في بيته.", "meta"),
        ("نصيب الأسد", "نال الفيلم نصيب الأسد من الجوائز.", "bashar-al-assad"),
        ("خالد بن سلمان في واشنطن", "التقى الأمير خالد بن سلمان الوزير.", "mohammed-bin-salman"),
        ("محاكمة هانتر بايدن", "بدأت محاكمة هانتر بايدن في ولاية ديلاوير.", "joe-biden"),
        ("ميدفيديف يتأهل", "فاز دانييل ميدفيديف في الدورة.", "dmitry-medvedev"),
        ("هجوم في برشلونة", "دهست شاحنة المارة، وقالت شرطة برشلونة إنه إرهاب.", "barcelona"),
        ("يونايتد إيرلاينز", "ألغت يونايتد إيرلاينز مئات الرحلات.", "manchester-united"),
        ("دوري الأبطال", "خسر الأهلي في دوري الأبطال أمام ضيفه الأفريقي.", "champions-league"),
        ("نيجريا تنتخب", "بدأ الاقتراع في نيجريا اليوم.", "niger"),
        ("جامعة كولومبيا", "قال باحثون في جامعة كولومبيا إنهم يدرسون الأمر.", "colombia"),
        ("سحالي غينيا الجديدة", "تعيش السحالي في غينيا الجديدة.", "guinea"),
        ("مجلس الأمن القومي", "قال مجلس الأمن القومي الأمريكي إنه يدرس الرد.", "security-council"),
        ("انقلاب حافلة", "أصيب ركاب في انقلاب حافلة على الطريق.", "coups"),
        ("إجهاض المحاولة", "تحدثت الشرطة عن إجهاض محاولة تهريب.", "abortion"),
    ],
)  # fmt: skip
def test_a_name_that_is_another_word_or_anothers_too_is_no_topic_by_itself(
    title: str, body: str, wrong: str
) -> None:
    assert wrong not in topics(title, body)


@pytest.mark.parametrize(
    ("title", "body", "right"),
    [
        ("قصف درعا", "قصفت الطائرات السورية درعا مساء أمس.", "deraa"),
        ("فاغنر تنسحب", "انسحبت مجموعة فاغنر من المدينة.", "wagner"),
        ("فاغنر تقاتل", "قتل مسلحو فاغنر جنودا في مالي.", "wagner"),
        ("حمص تستقبل العائدين", "عاد نازحون سوريون إلى حمص.", "homs"),
        ("غارات على الضاحية الجنوبية", "قال لبنان إن الضاحية الجنوبية قصفت.", "dahieh"),
        ("طالبان تسيطر", "سيطرت طالبان على شرق أفغانستان.", "taliban"),
        ("حماس ترد", "قالت حماس في قطاع غزة إنها سترد.", "hamas"),
        ("ميتا تسرح موظفين", "قالت شركة ميتا المالكة لفيسبوك إنها تسرح موظفين.", "meta"),
        ("برشلونة يفوز", "فاز برشلونة في مباراة الدوري وسجل ميسي.", "barcelona"),
        ("الأسد يزور", "التقى الأسد في دمشق وفدا، وقالت سوريا إنه مرحب به.", "bashar-al-assad"),
        ("زيدان يستقيل", "استقال مدرب ريال مدريد زيدان من منصبه.", "zinedine-zidane"),
        ("بولتون يحذر", "حذر جون بولتون إيران، وقال بولتون إن الرد قريب.", "john-bolton"),
    ],
)  # fmt: skip
def test_such_a_name_counts_in_full_or_beside_what_it_belongs_to(
    title: str, body: str, right: str
) -> None:
    assert right in topics(title, body)


@pytest.mark.parametrize(
    ("title", "body", "right"),
    [
        ("انفجار في الموصل يقتل عشرة أشخاص", "انفجرت سيارة في سوق الموصل.", {"mosul", "iraq"}),
        ("قصف على حمص", "قتل ثلاثة أشخاص في قصف على حمص.", {"homs", "syria"}),
        ("معارك عنيفة في درعا", "تجددت المعارك في درعا ليلا.", {"deraa", "syria"}),
        ("درعا تشيع قتلاها", "شيع أهالي المدينة قتلى القصف.", {"deraa"}),
        ("حريق في محطة قطارات جدة", "أخمد حريق محطة قطارات جدة.", {"jeddah", "saudi-arabia"}),
        ("مواجهات في الضفة", "أصيب شبان في مواجهات في الضفة.", {"west-bank", "palestine"}),
        ("معارك في الرقة", "دارت معارك قرب الرقة.", {"raqqa", "syria"}),
        ("سيول درنة", "جرفت السيول بيوتا في درنة.", {"derna", "libya"}),
        ("اشتباكات سرت", "وقعت اشتباكات قرب سرت.", {"sirte", "libya"}),
        ("قصف دوما", "سقطت قذائف على دوما.", {"eastern-ghouta", "syria"}),
        ("مأرب تحت القصف", "سقط صاروخ على مدينة مأرب.", {"marib", "yemen"}),
        ("غارة على الضاحية الجنوبية", "هزت غارة الضاحية الجنوبية.", {"dahieh", "lebanon"}),
        ("ماتيس: لا انسحاب", "قال ماتيس إنه لا انسحاب.", {"james-mattis", "united-states"}),
        ("بولتون يحذر", "قال بولتون إن الرد قريب.", {"john-bolton", "united-states"}),
        ("ليبرمان يستقيل", "أعلن ليبرمان استقالته.", {"avigdor-lieberman", "israel"}),
        ("بن سلمان يلتقي ماكرون", "بحث بن سلمان الأمر.", {"mohammed-bin-salman", "saudi-arabia"}),
        ("الأسد يتحدث", "قال الأسد إنه باق.", {"bashar-al-assad", "syria"}),
        ("البرهان يصل", "وصل البرهان صباح اليوم.", {"abdel-fattah-al-burhan", "sudan"}),
        ("حماس ترد", "قالت حماس إنها سترد.", {"hamas", "palestine"}),
        ("طالبان تهاجم", "هاجمت طالبان قاعدة.", {"taliban", "afghanistan"}),
        ("فاغنر تنسحب", "انسحبت فاغنر من باخموت.", {"wagner", "russia"}),
        ("زلزال في جورجيا", "ضرب زلزال جورجيا.", {"georgia"}),
    ],
)  # fmt: skip
def test_a_name_counts_by_itself_where_it_means_the_topic_first(
    title: str, body: str, right: set[str]
) -> None:
    assert right <= topics(title, body)


@pytest.mark.parametrize(
    ("title", "body", "wrong"),
    [
        ("بولتون تستعد", "أعلنت مجموعة بلتون أرباحها، وقالت بولتون إنها راضية.", "john-bolton"),
        ("ماتيس في باريس", "يعرض المتحف لوحات ماتيس، ويقول النقاد إن ماتيس كبير.", "james-mattis"),
        ("ذكريات لاعب", "ورث اللاعب الاسم عن جده، وقال إن جده علمه.", "jeddah"),
        ("مولر يسجل", "قال توماس مولر إنه سعيد، وسجل مولر هدفين.", "robert-mueller"),
        ("حمص للإفطار", "تحتاج الوصفة إلى علبة حمص، ثم يهرس حمص العلبة.", "homs"),
        ("الأسد يهرب", "هرب الأسد من حديقة الحيوان، ثم أعيد الأسد.", "bashar-al-assad"),
    ],
)  # fmt: skip
def test_such_a_name_is_a_short_one_beside_what_it_means_else(title: str, body: str, wrong: str) -> None:
    assert wrong not in topics(title, body)


def test_an_ordinary_word_is_no_country() -> None:
    assert "mali" not in topics("مشروع مالي جديد", "تقرير مالي عن وضع مالي صعب في شركة.")
    assert "mali" in topics("هجوم في مالي", "قتل جنود في مالي، وقالت حكومة مالي إن الجيش رد.")


@pytest.mark.parametrize(
    ("title", "body", "wrong"),
    [
        ("والدة لاعب كوبري", "زار والد اللاعب بنك الدم في كوبري القبة، ثم عاد والده.", "cuba"),
        ("كوبا أمريكا", "تبدأ كوبا أمريكا في الصيف، وكوبا أمريكا بطولة المنتخبات.", "cuba"),
        ("أنبوب جديد", "يبلغ نصف قطر الأنبوب مترا، ويزيد قطر الأنبوب عند المحطة.", "qatar"),
        ("بعد المغرب", "تقام صلاة المغرب في الساحة، ويفتح السوق بعد المغرب.", "morocco"),
        ("هند تغني", "غنت هند في الحفل، وقالت هند إن اللحن جديد.", "india"),
        ("دعم مالي", "قدم البنك دعما ماليا ضمن تقرير مالي عن وضع مالي صعب.", "mali"),
        ("بندقية قديمة", "وجد الصياد البندقية في البيت، وكانت البندقية صدئة.", "venice"),
        ("مدرسة بنين", "افتتحت مدرسة بنين في الحي، وفيها بنين وبنات.", "benin"),
        ("سلاح الجو", "قال قائد سلاح الجو إن سلاح الجو تدرب.", "weather"),
    ],
)
def test_ordinary_words_are_no_topics(title: str, body: str, wrong: str) -> None:
    assert wrong not in topics(title, body)


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("وفد إلى قطر يبحث بقطر ملفا", "qatar"),
        ("المغرب يستضيف القمة", "morocco"),
        ("رئيس تشاد يزور نجامينا", "chad"),
        ("وزير أردني في الأردن", "jordan"),
        ("لقاء بأوكرانيا وللأوكرانيين", "ukraine"),
        ("كالسوريين وفي سورية", "syria"),
        ("فلبريطانيا رأي وبإنكلترا آخر", "united-kingdom"),
        ("مهرجان البندقية يبدأ", "venice"),
    ],
)
def test_names_beside_their_traps_are_still_topics(title: str, right: str) -> None:
    assert right in topics(title, title + ".")


def test_a_family_name_counts_where_the_full_name_stands_too() -> None:
    assert "mohamed-salah" in topics("صلاح يسجل", "سجل محمد صلاح هدفين، وقال صلاح إنه سعيد.")
    assert "mohamed-salah" not in topics("صلاح الأحوال", "دعا الشيخ إلى صلاح المجتمع.")


def test_a_city_speaks_for_its_country() -> None:
    assert {"aleppo", "syria"} <= topics("سوق حلب يفتح", "عاد تجار حلب إلى سوق حلب القديم في حلب.")


def test_nothing_is_about_nothing() -> None:
    assert about("", "", LEXICON) == ()


def test_weights_fall_and_stay_between_the_threshold_and_one() -> None:
    weights = [one.weight for one in about("مصر والسودان", "مصر والسودان والنيل ومصر.", LEXICON)]
    assert weights == sorted(weights, reverse=True)
    assert all(0.5 <= weight <= 1 for weight in weights)


@pytest.mark.news
def test_the_seed_page_is_about_syria_and_russia(shared: Path) -> None:
    lines = (shared / "seed-article.txt").read_text(encoding="utf-8").splitlines()
    found = topics("", "\n".join(lines[:7]))
    assert {"syria", "russia", "vladimir-putin"} <= found
    assert not found & {"sudan", "egypt", "lebanon", "congo"}


@pytest.mark.news
def test_the_labelled_week_is_told_right(shared: Path) -> None:
    week = map(json.loads, (shared / "arabic-news-week.jsonl").read_text(encoding="utf-8").splitlines())
    found = {one["id"]: topics(one["title"], one["text"]) for one in week}
    scores = []
    for label in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        right, doubtful = set(label["articles"]), set(label["doubtful"])
        told = {id_ for id_, named in found.items() if label["topic"] in named} - doubtful
        scores.append(2 * len(told & right) / (len(told) + len(right)))
    assert len(scores) >= 10
    assert sum(scores) / len(scores) >= 0.9

## Feeds

error-fetch = تعذّر فتح الرابط: لم يجب الموقع كما ينبغي. جرّبه بعد قليل، أو الصق النص هنا.
error-feed = لا أجد في هذا الرابط خلاصة أخبار (RSS أو Atom أو JSON Feed)، ولا صفحة تدل على واحدة.

n-feeds = { $feeds ->
    [zero] لا خلاصات
    [one] خلاصة واحدة
    [two] خلاصتان
    [few] { $feeds } خلاصات
    [many] { $feeds } خلاصة
   *[other] { $feeds } خلاصة
}
n-new-articles = { $articles ->
    [zero] لا جديد فيها
    [one] مقال جديد واحد
    [two] مقالان جديدان
    [few] { $articles } مقالات جديدة
    [many] { $articles } مقالًا جديدًا
   *[other] { $articles } مقال جديد
}

## The list

feeds-title = الخلاصات
feeds-faulty = لا تُقرأ: { $feeds }
feeds-hint = اضغط رقم الخلاصة لتقرأها الآن أو تزيلها، أو اكتب: <code>/removefeed{ $at } 12</code>
feeds-empty = لا خلاصات بعد. الخلاصة (RSS أو Atom أو JSON Feed) تُقرأ من تلقاء نفسها كلما حان وقتها، وتُحفظ مقالاتها هنا.
feeds-starter = أو ابدأ بقائمة جاهزة ({ n-feeds }): { $names }.
feed-first = لم تُقرأ بعد
feed-checked = آخر قراءة: { $age }
feed-tried = آخر محاولة: { $age }
feed-next = القراءة التالية: { $when }
feed-next-try = المحاولة التالية: { $when }
feed-changed = آخر جديد: { $age }
feed-soon = بعد لحظات
feed-in-minutes = { $minutes ->
    [zero] بعد لحظات
    [one] بعد دقيقة
    [two] بعد دقيقتين
    [few] بعد { $minutes } دقائق
    [many] بعد { $minutes } دقيقة
   *[other] بعد { $minutes } دقيقة
}
feed-in-hours = { $hours ->
    [zero] بعد لحظات
    [one] بعد ساعة
    [two] بعد ساعتين
    [few] بعد { $hours } ساعات
    [many] بعد { $hours } ساعة
   *[other] بعد { $hours } ساعة
}
feed-failures = { $failures ->
    [zero] تعذّرت آخر قراءة { $age }
    [one] تعذّرت القراءة مرة واحدة، { $age }
    [two] تعذّرت القراءة مرتين متتاليتين، أولاهما { $age }
    [few] تعذّرت القراءة { $failures } مرات متتالية، أولاها { $age }
    [many] تعذّرت القراءة { $failures } مرة متتالية، أولاها { $age }
   *[other] تعذّرت القراءة { $failures } مرة متتالية، أولاها { $age }
}
feed-reason = السبب: { $reason }
feed-is-gone = أزالها موقعها نهائيًا، فلا تُقرأ بعد الآن.
feed-is-removed = أُزيلت، فلا تُقرأ بعد الآن.
feed-number = رقم الخلاصة { $number }
feed-category = الصنف: { $category }

## Adding

addfeed-ask =
    <b>لإضافة خلاصة</b>
    • اكتب بعد الأمر رابطها، أو رابط صفحة تدل عليها: <code>/addfeed{ $at } https://news.example/rss</code>
    • أو عدة روابط في رسالة واحدة
    • أو رد على رسالة فيها روابط بالأمر /addfeed{ $at }
    • أو أرسل قائمة خلاصات (ملف OPML) واكتب في تعليقها /addfeed{ $at }
addfeed-no-address = لا أجد رابطًا في «{ $words }». اكتبه كاملًا بعد الأمر: <code>/addfeed{ $at } https://news.example/rss</code>
addfeed-bad-list = لا أستطيع أن آخذ من هذا الملف قائمة خلاصات (OPML). السبب: <code>{ $cause }</code>
addfeed-many = { $most ->
    [zero] لا أقرأ روابط الآن.
    [one] لا أقرأ في الرسالة الواحدة أكثر من رابط واحد.
    [two] لا أقرأ في الرسالة الواحدة أكثر من رابطين.
    [few] لا أقرأ في الرسالة الواحدة أكثر من { $most } روابط.
    [many] لا أقرأ في الرسالة الواحدة أكثر من { $most } رابطًا.
   *[other] لا أقرأ في الرسالة الواحدة أكثر من { $most } رابط.
} أرسل الباقي بعدها، أو أرسلها كلها في ملف OPML واكتب في تعليقه /addfeed{ $at }
feeds-reading = { $feeds ->
    [zero] لا خلاصات لتُقرأ.
    [one] أقرأ الخلاصة…
    [two] أقرأ الخلاصتين…
    [few] أقرأ { $feeds } خلاصات…
    [many] أقرأ { $feeds } خلاصة…
   *[other] أقرأ { $feeds } خلاصة…
}
feeds-progress = أقرأ الخلاصات: { $done } من { $total }
feed-added = أُضيفت الخلاصة وقُرئت: { n-new-articles }.
feed-back = عادت الخلاصة وقُرئت: { n-new-articles }.
feed-known = هذه الخلاصة مضافة من قبل.
feed-restored = عادت الخلاصة، وتُقرأ { $when }.
feed-pending = أُضيفت الخلاصة، ولم تكتمل قراءتها بعد. تُقرأ في الدقائق القادمة.
feed-waiting = أُضيفت الخلاصة، وتعذّرت قراءتها الآن. تُعاد المحاولة من تلقاء نفسها.
feed-refused = لم تُضف الخلاصة: { $reason }.
feed-again = لإضافة غيرها: /addfeed{ $at }
feed-read-now = قُرئت الآن: { n-new-articles }.
feed-not-read = تعذّرت قراءتها الآن.
feed-being-read = تُقرأ الآن. افتح بطاقتها بعد قليل.
feed-unfinished = لم تكتمل قراءتها في الوقت المسموح به، وتُعاد من تلقاء نفسها.
feed-offers = تدل هذه الصفحة على { $feeds ->
    [zero] لا شيء
    [one] خلاصة واحدة
    [two] خلاصتين
    [few] { $feeds } خلاصات
    [many] { $feeds } خلاصة
   *[other] { $feeds } خلاصة
}. أيها تريد؟
feed-of-link = هذا الرابط خلاصة أخبار لا مقال، فلم يُخزَّن منه شيء.
feed-of-link-add = أضفها لتُقرأ من الآن كلما نُشر فيها خبر، أو أرسل رابط مقال واحد.
feed-held = مضافة من قبل
feed-offers-left = ومما دلت عليه الصفحة:
feed-offers-more = { $feeds ->
    [zero] ولا غيرها
    [one] وخلاصة أخرى
    [two] وخلاصتان أخريان
    [few] و{ $feeds } خلاصات أخرى
    [many] و{ $feeds } خلاصة أخرى
   *[other] و{ $feeds } خلاصة أخرى
}. لإضافة واحدة منها اكتب رابطها بعد /addfeed{ $at }
feeds-section-added = <b>أُضيفت وقُرئت</b> ({ n-feeds })
feeds-section-back = <b>عادت وقُرئت</b> ({ n-feeds })
feeds-section-known = <b>مضافة من قبل</b> ({ n-feeds })
feeds-section-waiting = <b>أُضيفت، وتُعاد محاولة قراءتها</b> ({ n-feeds })
feeds-section-pending = <b>أُضيفت، وتُقرأ في الدقائق القادمة</b> ({ n-feeds })
feeds-section-offers = <b>صفحات تدل على خلاصات، فأضف ما تريد منها</b>
feeds-section-refused = <b>لم تُضف</b> ({ n-feeds })
feeds-more = { $count ->
    [zero] ولا غيرها
    [one] وواحدة غيرها
    [two] واثنتان غيرها
    [few] و{ $count } غيرها
    [many] و{ $count } غيرها
   *[other] و{ $count } غيرها
}
feeds-next = كل الخلاصات: /feeds{ $at }
starter-added = أُضيفت القائمة الجاهزة ({ n-feeds })، وتُقرأ خلاصاتها واحدة بعد أخرى في الدقائق القادمة.
starter-known = القائمة الجاهزة كلها مضافة من قبل.

## Removing, reading, exporting

removefeed-ask =
    اكتب رقم الخلاصة بعد الأمر، مثل:
    <code>/removefeed{ $at } 12</code>
    والأرقام في القائمة: /feeds{ $at }
checkfeed-ask =
    اكتب رقم الخلاصة بعد الأمر لتُقرأ الآن، مثل:
    <code>/checkfeed{ $at } 12</code>
    والأرقام في القائمة: /feeds{ $at }
feed-missing = لا خلاصة بالرقم { $number }. كل الخلاصات: /feeds{ $at }
feed-removed = أُزيلت الخلاصة «{ $name }»، ويبقى ما حُفظ منها من مقالات.
feeds-exported =
    قائمة الخلاصات كلها ({ n-feeds }) بصيغة OPML، وتفهمها برامج قراءة الخلاصات.
    لإضافتها من جديد أرسل هذا الملف واكتب في تعليقه /addfeed{ $at }
feeds-export-private = قد يكون في روابط الخلاصات ما هو خاص. اطلب القائمة في محادثة خاصة معي.

## What admins are told

alert-failing = <b>خلاصة لا تُقرأ</b>
alert-failing-say = ما زلت أحاول قراءتها، وتطول المدة بين محاولة وأخرى.
alert-gone = <b>خلاصة أزالها موقعها</b>
alert-back = <b>خلاصة عادت تُقرأ</b>

## Why a feed was not read

fault-address = ليس رابطًا يُفتح
fault-user = في الرابط اسم مستخدم أو كلمة مرور، ولا أفتح مثله
fault-private = الرابط في شبكة خاصة، ولا أفتح إلا العناوين العامة
fault-port = المنفذ { $value } في الرابط ليس من منافذ الويب
fault-name = لا موقع بهذا الاسم
fault-certificate = تعذّر الاتصال الآمن بالموقع، أو شهادته غير سليمة
fault-connection = تعذّر الاتصال بالموقع
fault-slow = لم يجب الموقع في الوقت المسموح به
fault-redirects = يحيل الموقع من عنوان إلى آخر بلا نهاية
fault-robots = لا يسمح الموقع للبرامج بقراءة هذا الرابط
fault-rules = تعذّر الآن أن يُعرف ما يسمح الموقع بقراءته (robots.txt)
fault-server = في الموقع عطل ({ $value })
fault-busy = يطلب الموقع التمهل ({ $value })
fault-gone = أُزيلت من الموقع نهائيًا ({ $value })
fault-missing = لا شيء في الموقع عند هذا الرابط ({ $value })
fault-refused = يرفض الموقع أن يُقرأ هذا الرابط ({ $value })
fault-status = أجاب الموقع بالرمز { $value }
fault-large = الجواب أكبر مما أقرأ
fault-heavy = تحتاج قراءتها إلى وقت أو ذاكرة أكثر مما يُسمح به
fault-ours = حدث خطأ عند قراءتها، وقد سُجّل
fault-broken = الجواب مقطوع أو تالف
fault-empty = الجواب فارغ
fault-several = صفحة تدل على عدة خلاصات، لا خلاصة واحدة
fault-page = صارت عند هذا الرابط صفحة لا خلاصة
fault-none = ليس خلاصة (RSS أو Atom أو JSON Feed)، ولا صفحة تدل على واحدة
fault-markup = صيغتها تالفة فلا تُقرأ
fault-other = { $value }

## Buttons and toasts

button-feeds = كل الخلاصات
button-feed-add = أضف خلاصة
button-feed-open = بطاقة الخلاصة
button-feed-check = اقرأها الآن
button-feed-remove = أزلها
button-feed-address = افتح الرابط
button-feed-choose = أضف { $number }
button-feed-choose-named = أضف { $number }: { $name }
button-feed-add-this = أضف هذه الخلاصة
button-feeds-starter = أضف القائمة الجاهزة
button-feeds-export = صدّر القائمة (OPML)
button-feeds-back = عودة إلى الخلاصات
toast-feed-gone = لم تعد هذه الخلاصة هنا. كل الخلاصات: /feeds
toast-feed-removed = أُزيلت الخلاصة.
toast-feed-restored = عادت الخلاصة.
menu-feeds = الخلاصات وحالها
menu-addfeed = إضافة خلاصة (RSS)
menu-removefeed = إزالة خلاصة
menu-checkfeed = قراءة خلاصة الآن

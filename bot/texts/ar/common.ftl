### الكلام العربي للبوت. النصوص التي تصير رسائل مكتوبة بصيغة HTML، والأزرار والتنبيهات نص صرف.
### { $at } is empty, or @ and the bot's name in groups. Keys and variables are the same in en.ftl.

## Counted nouns

n-stories = { $stories ->
    [zero] لا أخبار
    [one] خبر واحد
    [two] خبران
    [few] { $stories } أخبار
    [many] { $stories } خبرًا
   *[other] { $stories } خبر
}
n-sources = { $sources ->
    [zero] لا مصادر
    [one] مصدر واحد
    [two] مصدران
    [few] { $sources } مصادر
    [many] { $sources } مصدرًا
   *[other] { $sources } مصدر
}
n-articles = { $articles ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $articles } مقالات
    [many] { $articles } مقالًا
   *[other] { $articles } مقال
}
n-subscribers = { $subscribers ->
    [zero] لا مشتركين
    [one] مشترك واحد
    [two] مشتركان
    [few] { $subscribers } مشتركين
    [many] { $subscribers } مشتركًا
   *[other] { $subscribers } مشترك
}
from-sources = { $sources ->
    [zero] من دون مصدر معروف
    [one] من مصدر واحد
    [two] من مصدرين
    [few] من { $sources } مصادر
    [many] من { $sources } مصدرًا
   *[other] من { $sources } مصدر
}
reading-time = { $minutes ->
    [zero] قراءة في أقل من دقيقة
    [one] قراءة في دقيقة
    [two] قراءة في دقيقتين
    [few] قراءة في { $minutes } دقائق
    [many] قراءة في { $minutes } دقيقة
   *[other] قراءة في { $minutes } دقيقة
}

## Times

age-now = الآن
age-minutes = { $minutes ->
    [zero] الآن
    [one] قبل دقيقة
    [two] قبل دقيقتين
    [few] قبل { $minutes } دقائق
    [many] قبل { $minutes } دقيقة
   *[other] قبل { $minutes } دقيقة
}
age-hours = { $hours ->
    [zero] الآن
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $hours } ساعات
    [many] قبل { $hours } ساعة
   *[other] قبل { $hours } ساعة
}
age-days = { $days ->
    [zero] اليوم
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $days } أيام
    [many] قبل { $days } يومًا
   *[other] قبل { $days } يوم
}
age-yesterday = أمس
when-today = اليوم، { $moment }
when-tomorrow = غدًا، { $moment }
zone = بتوقيت { $city }
at-clock = { $times ->
    [zero] في الساعة { $clock }
    [one] في الساعة { $clock }
    [two] في الساعتين { $clock }
    [few] في الساعات { $clock }
    [many] في الساعات { $clock }
   *[other] في الساعات { $clock }
}
clock-and = { $clocks } و{ $clock }

## Lists

latest-title = آخر الأخبار
search-title = نتائج البحث عن «{ $words }»
topics-title = <b>المواضيع</b>
topics-day = عدد الأخبار في آخر 24 ساعة
topics-hint = اضغط موضوعًا لتقرأ أخباره، أو اكتب اسم أي موضوع بعد <code>/topic{ $at }</code>.
topics-hint-private = اضغط موضوعًا لتقرأ أخباره، أو اكتب اسم أي موضوع.
topics-empty = لم يصل في آخر 24 ساعة خبر عن موضوع معروف. آخر ما وصل: /latest{ $at }
topic-count = { $topic } ({ $stories })
topic-ask = <b>أي موضوع تريد؟</b>
sources-title = <b>المصادر</b>
source-newest = أحدثها { $age }
list-range = الأخبار من { $from } إلى { $to }
list-one = الخبر { $from }
list-hint = اضغط رقم الخبر لتقرأ ملخصه.
more-sources = { $sources ->
    [zero] لا مصادر أخرى
    [one] ومصدر آخر
    [two] ومصدران آخران
    [few] و{ $sources } مصادر أخرى
    [many] و{ $sources } مصدرًا آخر
   *[other] و{ $sources } مصدر آخر
}
untitled = خبر بلا عنوان

## Nothing to show

latest-empty = لا أخبار بعد. ستجدها هنا حالما تصل، ويصلك موجزها كل يوم إن اشتركت: /subscribe{ $at }
latest-empty-admin =
    لا أخبار بعد. لإدخال الأخبار:
    • أرسل ملفًا (<code>txt</code> أو <code>md</code> أو <code>html</code> أو <code>json</code> أو <code>jsonl</code> أو <code>csv</code> أو <code>xml</code>) واكتب في تعليقه /ingest
    • أو اكتب نص المقال أو رابطه بعد /ingest
    • أو رد على رسالة فيها مقال بالأمر /ingest
list-over = لا أخبار بعد هذه الصفحة. لقراءتها من أولها: /latest{ $at }
topic-empty = لا أخبار عن «{ $topic }» بعد. آخر ما وصل عن غيره: /latest{ $at }
topic-unknown = لا أعرف موضوعًا باسم «{ $words }»، ولا أجد هذه الكلمات في نصوص الأخبار.
topic-guessed = لا أعرف موضوعًا باسم «{ $words }»، ولعلك تقصد «{ $topic }»:
topic-searched = لا أعرف موضوعًا باسم «{ $words }»، وهذه الأخبار التي وردت فيها الكلمات:
topic-searched-near = لا أعرف موضوعًا باسم «{ $words }» (أم تقصد «{ $topic }»؟)، وهذه الأخبار التي وردت فيها الكلمات:
topic-nearest = لعلك تقصد:
topic-see-all = كل المواضيع: /topics{ $at }
search-ask =
    اكتب بعد الأمر ما تبحث عنه، مثل:
    <code>/search{ $at } وقف إطلاق النار</code>
    والعبارة بين علامتي تنصيص تُطلب كما هي:
    <code>/search{ $at } "مجلس الأمن"</code>
search-empty = لا أجد خبرًا فيه «{ $words }». جرّب كلمات أقل، أو اختر موضوعًا: /topics{ $at }
sources-empty = لا مصادر بعد. ستظهر هنا مع أول خبر. للمساعدة: /help{ $at }
read-ask =
    اكتب رقم الخبر بعد الأمر، مثل:
    <code>/read{ $at } 12</code>
    أو افتح الأخبار من قائمتها: /latest{ $at }
read-missing = لا خبر بالرقم { $number }. لعله حُذف. آخر الأخبار: /latest{ $at }

## A story

card-no-text = لم يصل من هذا الخبر غير عنوانه.
card-sources = المصادر
card-related = أخبار ذات صلة
card-number = رقم الخبر { $number }
summary-title = ملخص النص
summary-whole = النص قصير، فلا يُختصر.
summary-saved = عدد الكلمات: { $to } من أصل { $from }
summary-next = لاختصار نص آخر: /summarize{ $at } · آخر الأخبار: /latest{ $at }
summary-ask =
    أرسل نصًا أو رابطًا بعد الأمر /summarize{ $at }، أو رد بهذا الأمر على رسالة أو ملف فيه نص طويل، فأختصره بجمل منه كما هي.
summary-no-file = لاختصار ملف، رد عليه بالأمر /summarize{ $at }، أو أرسله والأمر في تعليقه.
link-alone =
    لا أفتح الروابط. الصق نص المقال هنا لأختصره، أو ابحث عن الخبر بكلمات منه: /search{ $at }

## Digests

digest-morning = موجز الصباح
digest-midday = موجز الظهيرة
digest-evening = موجز المساء
digest-counts = { n-stories } { from-sources } · { reading-time }
digest-counts-plain = { n-stories } · { reading-time }
digest-late = وصلك هذا الموجز متأخرًا بسبب انقطاع في الخدمة.
digest-left-out = { $stories ->
    [zero] لم يبق خبر آخر.
    [one] وبقي خبر لم يتسع له الموجز: /latest{ $at }
    [two] وبقي خبران لم يتسع لهما الموجز: /latest{ $at }
    [few] وبقيت { $stories } أخبار لم يتسع لها الموجز: /latest{ $at }
    [many] وبقي { $stories } خبرًا لم يتسع لها الموجز: /latest{ $at }
   *[other] وبقي { $stories } خبر لم يتسع لها الموجز: /latest{ $at }
}
digest-all = هذا كل شيء.
digest-stop = لإيقاف الموجز: /stop{ $at }
digest-daily = ليصلك الموجز كل يوم: /subscribe{ $at }
digest-nothing = لا أخبار جديدة منذ الموجز السابق. لقراءة ما سبق: /latest{ $at }
digest-nothing-day = لا أخبار جديدة في آخر 24 ساعة. لقراءة ما سبق: /latest{ $at }

## Subscriptions

subscribed = تم الاشتراك
subscribed-all = يصل الموجز { $days } { at-clock } { $zone }، وفيه كل الأخبار.
subscribed-topics = يصل الموجز { $days } { at-clock } { $zone }، وفيه أخبار هذه المواضيع: { $topics }.
subscribed-next = الموجز التالي: { $when }
subscribed-hint =
    لتغيير الوقت أو المواضيع:
    <code>/subscribe{ $at } 20:30 سوريا</code>
    لكل الأخبار:
    <code>/subscribe{ $at } الكل</code>
    للإيقاف: /unsubscribe{ $at }
subscribe-bad-time =
    لا أفهم الوقت «{ $words }». اكتبه هكذا:
    <code>/subscribe{ $at } 08:00</code>
    <code>/subscribe{ $at } 8:30 مساءً</code>
    <code>/subscribe{ $at } 20:30 سوريا</code>
subscribe-unknown = لا أعرف موضوعًا باسم «{ $words }»، ولم يتغير شيء في الاشتراك.
subscribe-again = اكتب الأمر من جديد بالاسم الصحيح، أو اختر من كل المواضيع: /topics{ $at }
subscribe-see-all = اختر من كل المواضيع: /topics{ $at }
unsubscribed = أُوقف الموجز، ولن يصل بعد الآن. إن غيّرت رأيك فالزر يعيده كما كان، أو: /subscribe{ $at }
unsubscribed-none = لا اشتراك هنا ليُوقَف. ليصل الموجز كل يوم: /subscribe{ $at }
undo-nothing = لا اشتراك سابق ليعود.
manage-refused = مشرفو المجموعة وحدهم يغيّرون اشتراكها. ولك أن تشترك وحدك في محادثة خاصة معي.
follow-ask =
    اكتب اسم الموضوع بعد الأمر، مثل:
    <code>/follow{ $at } سوريا</code>
unfollow-ask =
    اكتب اسم الموضوع بعد الأمر، مثل:
    <code>/unfollow{ $at } سوريا</code>
follow-unknown = لا أعرف موضوعًا باسم «{ $words }»، ولم يتغير شيء.
follow-none = لا تتابع موضوعًا بعينه. تُرتَّب أخبار الموجز بأهميتها.
follow-now = المواضيع التي تتابعها، وأخبارها أول ما في الموجز: { $topics }.
follow-limited = لكن اشتراكك مقصور على: { $topics }. ليشمل كل الأخبار: <code>/subscribe{ $at } الكل</code>
follow-most = لا متسع لأكثر من { $most } موضوعًا. لإلغاء متابعة بعضها: /settings
unfollow-none = لم تكن تتابع: { $topics }.
names-most = لا يقبل الأمر أكثر من { $most } اسمًا في المرة الواحدة، ولم يتغير شيء.
follow-hint-subscribe = ليصل الموجز كل يوم: /subscribe{ $at }
follow-hint-digest = الموجز الآن: /digest{ $at }

## Help

help =
    <b>الأخبار</b>
    /latest{ $at } — آخر الأخبار
    /topics{ $at } — المواضيع وعدد أخبارها
    <code>/topic{ $at } سوريا</code> — أخبار موضوع
    <code>/search{ $at } مجلس الأمن</code> — بحث في النصوص
    <code>/read{ $at } 12</code> — خبر برقمه
    /sources{ $at } — المصادر وأخبار كل منها
    /saved{ $at } — الأخبار التي حفظتها
    <code>/summarize{ $at } نص</code> — ملخص نص طويل

    <b>الموجز اليومي</b>
    /digest{ $at } — الموجز الآن
    <code>/subscribe{ $at } 08:00</code> — موجز كل يوم في هذه الساعة
    <code>/subscribe{ $at } 20:30 سوريا</code> — أخبار موضوع وحدها
    <code>/follow{ $at } سوريا</code> — موضوع يتقدم غيره في الموجز
    <code>/unfollow{ $at } سوريا</code> — لا يتقدم بعد الآن
    /settings{ $at } — الأوقات والأيام والتوقيت والمصادر واللغة والأرقام
    /unsubscribe{ $at } — إيقاف الموجز

    <b>عن البوت</b>
    /start{ $at } — موجز اليوم والاشتراك بضغطة
    /privacy{ $at } — ما يُحفظ عنك ولماذا
    /mydata{ $at } — ملف بكل ما يُحفظ عنك
    /forgetme{ $at } — محوه كله
help-private = ويكفي أن تكتب اسم موضوع مثل «سوريا»، أو أن ترسل نصًا طويلًا أو رابط مقال لأختصره.
help-admin =
    <b>لمديري البوت</b>
    /ingest{ $at } — إدخال مقالات: نص أو رابط بعد الأمر، أو رد على رسالة، أو ملف
    /feeds{ $at } — الخلاصات (RSS) وحالها
    <code>/addfeed{ $at } https://news.example/rss</code> — إضافة خلاصة
    <code>/checkfeed{ $at } 12</code> — قراءة خلاصة الآن
    <code>/removefeed{ $at } 12</code> — إزالة خلاصة
    /channel{ $at } — قنوات تيليغرام مصادر للأخبار
    <code>/delete{ $at } 12</code> — حذف مقال
    /stats{ $at } — أرقام البوت
    <code>/broadcast{ $at } نص</code> — رسالة إلى كل المشتركين
    /backup{ $at } — نسخة من قاعدة البيانات
privacy =
    <b>ما يُحفظ ولماذا</b>
    • رقم هذه المحادثة ونوعها، لتصل إليها الأجوبة والموجز.
    • ما اختير فيها: أوقات الموجز وأيامه ومواضيعه، وكلمات ومصادر تُقدَّم أو تُستبعد، واللغة والتوقيت والأرقام.
    • الأخبار التي حُفظت فيها، لتجدها من جديد.
    • متى وصل آخر موجز، كي لا يتكرر، وأي الرسائل وصلت: ثلاثة أيام من دون نصها.
    • رسائلك إلى البوت وأجوبته إلى أن يتم الجواب، كي لا يضيع منها شيء إن انقطعت الخدمة، ثم يُمحى نصها.
    • رابط ترسله تُفتح صفحته مرة واحدة لتُختصر، ولا يعرف موقعها من أرسله.

    لا تُحفظ أسماء ولا أرقام هواتف ولا مواقع، ولا يُعطى شيء منها لأحد، ولا إعلانات هنا.
    كل ما يُحفظ عن هذه المحادثة في ملف: /mydata{ $at }
    لمحوه كله: /forgetme{ $at }
    لإيقاف الموجز: /unsubscribe{ $at }
unknown-command = لا أعرف الأمر <code>/{ $command }</code>.
unknown-nearest = لعلك تقصد: { $commands }
unknown-help = كل الأوامر: /help{ $at }

## Admins

admin-only = هذا الأمر لمديري البوت وحدهم. ما يمكنك: /help{ $at }
ingest-ask =
    <b>لإدخال المقالات</b>
    • اكتب نص المقال أو رابطه بعد /ingest{ $at }
    • أو رد على رسالة فيها مقال بالأمر /ingest{ $at }
    • أو أرسل ملفًا (<code>txt</code> أو <code>md</code> أو <code>html</code> أو <code>json</code> أو <code>jsonl</code> أو <code>csv</code> أو <code>xml</code>، مضغوطًا أو غير مضغوط) واكتب في تعليقه /ingest{ $at }
    • أو أرسل قائمة خلاصات (ملف <code>opml</code>) بالتعليق نفسه، فتُضاف خلاصاتها
ingest-link = لا أفتح الروابط. الصق نص المقال بعد /ingest{ $at }.
ingest-reading = أقرأ المقالات…
ingest-progress = أقرأ المقالات: { $done } من { $total }
ingest-stored = <b>حُفظ</b> ({ n-articles })
ingest-known = <b>معروف من قبل</b> ({ n-articles })
ingest-refused = <b>رُفض</b> ({ n-records })
n-records = { $records ->
    [zero] لا شيء
    [one] سجل واحد
    [two] سجلان
    [few] { $records } سجلات
    [many] { $records } سجلًا
   *[other] { $records } سجل
}
ingest-line = السطر { $line }: { $reason }
ingest-nothing = لم أجد فيما أُرسل مقالًا واحدًا. لمعرفة ما أقبله: /ingest{ $at }
ingest-next = لقراءة ما وصل: /latest{ $at }
and-more = { $count ->
    [zero] ولا غيرها
    [one] وواحد غيرها
    [two] واثنان غيرها
   *[other] و{ $count } غيرها
}
delete-ask =
    اكتب رقم المقال بعد الأمر، مثل:
    <code>/delete{ $at } 12</code>
    والأرقام في جواب /ingest{ $at } وفي بطاقة كل خبر.
deleted = حُذف المقال { $number } من كل مكان: { $title }
delete-missing = لا مقال بالرقم { $number }، ولم يُحذف شيء. الأخبار: /latest{ $at }
delete-is-story =
    الرقم { $number } لخبر لا لمقال، ولم يُحذف شيء. مقالات هذا الخبر:
stats-title = أرقام البوت
stats-articles = { n-articles } في { $stories ->
    [zero] لا خبر
    [one] خبر واحد
    [two] خبرين
    [few] { $stories } أخبار
    [many] { $stories } خبرًا
   *[other] { $stories } خبر
} { from-sources }
stats-chats = المحادثات: { $chats } · { n-subscribers }
stats-sent = رسائل أُرسلت: { $sent } · تنتظر: { $queued } · تعذّرت: { $dead }
stats-days = المقالات التي وصلت كل يوم
stats-day = { $bar } { $articles } · { $day }
stats-next = لإدخال مقالات: /ingest{ $at }

set-aside = تعذّر الرد على التحديث رقم { $update } بعد عدة محاولات، فوُضع جانبًا. السبب: <code>{ $cause }</code>
set-aside-more = { $updates ->
    [zero] ولم يوضع جانبًا تحديث غيره.
    [one] ووُضع جانبًا قبله تحديث آخر.
    [two] ووُضع جانبًا قبله تحديثان آخران.
    [few] ووُضعت جانبًا قبله { $updates } تحديثات أخرى.
    [many] ووُضع جانبًا قبله { $updates } تحديثًا آخر.
   *[other] ووُضع جانبًا قبله { $updates } تحديث آخر.
}
dead-letter = تعذّر إيصال رسالة إلى المحادثة { $chat }. السبب: <code>{ $cause }</code>
dead-letters-more = { $letters ->
    [zero] ولم يتعذّر إيصال غيرها.
    [one] وتعذّر قبلها إيصال رسالة أخرى.
    [two] وتعذّر قبلها إيصال رسالتين أخريين.
    [few] وتعذّر قبلها إيصال { $letters } رسائل أخرى.
    [many] وتعذّر قبلها إيصال { $letters } رسالة أخرى.
   *[other] وتعذّر قبلها إيصال { $letters } رسالة أخرى.
}

## Why a record was refused

refused-empty = لا نص فيه ولا عنوان
refused-not-an-object = ليس كائن JSON
refused-broken-json = صيغة JSON غير سليمة
refused-wrong-type = حقل فيه ما ليس نصًا
refused-bad-date = تاريخ لا يُقرأ
refused-bad-url = رابط غير سليم
refused-too-long = أطول مما يُقبل
refused-no-words = لا كلمات فيه تُقرأ
refused-too-slow = طالت قراءته أكثر مما يُسمح به
refused-detail = { $reason } ({ $detail })

## Errors

error-unexpected = حدث خطأ غير متوقع، وقد سُجّل. حاول مرة أخرى بعد قليل، أو: /help{ $at }
error-configuration = في إعداد البوت خطأ، ومشغّله يجد سببه في السجل.
error-unreadable-document = لا أستطيع قراءة هذا الملف. أقبل <code>txt</code> و<code>md</code> و<code>html</code> و<code>json</code> و<code>jsonl</code> و<code>csv</code> و<code>xml</code>، مضغوطة أو غير مضغوطة.
error-damaged-document = هذا الملف المضغوط تالف أو ناقص، فلم يُقرأ منه شيء. اضغطه وأرسله من جديد.
error-storage = المخزن لا يستجيب الآن. حاول مرة أخرى بعد قليل.
error-took-too-long = طال العمل أكثر مما يُسمح به فأُوقف. جرّب نصًا أو ملفًا أقصر.
error-busy = أعمل الآن على طلبات كثيرة، فلم أنفّذ هذا الطلب. أرسله مرة أخرى بعد دقيقة.
error-telegram = لم يقبل تيليغرام هذا الطلب. إن كان ملفًا كبيرًا فقسّمه وأرسله من جديد.

## Buttons and toasts

button-latest = آخر الأخبار
button-topics = المواضيع
button-digest = الموجز الآن
button-help = مساعدة
button-private = محادثة خاصة معي
button-previous = السابق
button-next = التالي
button-refresh = حدّث
button-source = اقرأ من المصدر
button-back = عودة إلى القائمة
button-more = جمل أخرى
button-less = جمل أقل
button-subscribe = اشترك: كل يوم { $clock }
button-unsubscribe = أوقف الموجز
button-undo = تراجع
button-follow = تابع: { $topic }
button-unfollow = ألغِ متابعة: { $topic }
toast-stale = هذا الزر لم يعد يعمل. اطلب قائمة جديدة: /latest
toast-manage = مشرفو المجموعة وحدهم يغيّرون هذا.
toast-in-channel = مشرفو القناة وحدهم يغيّرون منشوراتها. لك أن تسألني في محادثة خاصة.
toast-deleted = حُذف هذا الخبر.
toast-followed = صار «{ $topic }» من أول ما في الموجز.
toast-unfollowed = لم يعد «{ $topic }» يتقدم في الموجز.

## Command menus and the bot's profile

menu-start = موجز اليوم والاشتراك بضغطة
menu-latest = آخر الأخبار
menu-topic = أخبار موضوع: اكتب اسمه
menu-topics = المواضيع وعدد أخبارها
menu-search = بحث في نصوص الأخبار
menu-read = خبر برقمه
menu-digest = الموجز الآن
menu-subscribe = موجز كل يوم: الوقت والمواضيع
menu-unsubscribe = إيقاف الموجز
menu-stop = إيقاف الموجز
menu-follow = موضوع يتقدم في الموجز
menu-unfollow = موضوع لا يتقدم بعد الآن
menu-settings = الأوقات والتوقيت والمصادر واللغة والأرقام
menu-sources = المصادر
menu-summarize = ملخص نص طويل
menu-help = مساعدة
menu-privacy = ما يُحفظ عنك ولماذا
menu-saved = الأخبار التي حفظتها
menu-mydata = ملف بكل ما يُحفظ عنك
menu-forgetme = محو كل ما يُحفظ عنك
menu-broadcast = رسالة إلى كل المشتركين
menu-backup = نسخة من قاعدة البيانات
menu-ingest = إدخال مقالات
menu-delete = حذف مقال
menu-stats = أرقام البوت
bot-name = موجز
bot-description =
    موجز يجمع ما تنشره المصادر العربية عن الحدث الواحد في خبر واحد، ويختصره بجمل من المقالات نفسها كما نُشرت، ويرسل إليك موجز اليوم في الساعة التي تختارها.
    اضغط «ابدأ».
bot-short-description = أخبار اليوم بجمل من مصادرها، وموجز يومي في الساعة التي تختارها.

## The settings message: its first page

settings-title = الإعدادات
settings-line = <b>{ $name }:</b> { $value }
settings-hint = اضغط ما تريد أن تغيّره.
settings-times = أوقات الموجز
settings-days = أيام الموجز
settings-zone = التوقيت
settings-topics = المواضيع
settings-only = الموجز لأخبار
settings-words = الكلمات
settings-sources = المصادر
settings-length = طول الموجز
settings-language = اللغة
settings-digits = الأرقام
settings-dates = التاريخ
settings-quiet = ساعات الهدوء
settings-back = عودة إلى الإعدادات
settings-chosen = ✓ { $label }
settings-drop = ✕ { $label }
settings-off = الموجز متوقف
settings-zone-now = { $city }، والساعة الآن { $clock }
settings-none-followed = لا تتابع موضوعًا بعينه
settings-no-words = بلا شروط
settings-words-wanted = مطلوب منها: { $words }
settings-words-unwanted = مستبعد: { $words }
settings-all-sources = كلها
settings-muted = { $sources ->
    [zero] كلها
    [one] كلها إلا مصدرًا واحدًا
    [two] كلها إلا مصدرين
    [few] كلها إلا { $sources } مصادر
    [many] كلها إلا { $sources } مصدرًا
   *[other] كلها إلا { $sources } مصدر
}
settings-quiet-hours = من { $from } إلى { $to }
settings-quiet-never = بلا ساعات هدوء
settings-months-of-zone = بحسب التوقيت ({ $sample })
settings-with-hijri = { $months }، مع التاريخ الهجري

## Weekdays

days-every = كل يوم
days-work = كل أسبوع من الأحد إلى الخميس
days-some = { $count ->
    [zero] كل يوم
    [one] كل أسبوع يوم { $days }
    [two] كل أسبوع يومي { $days }
    [few] كل أسبوع أيام { $days }
    [many] كل أسبوع أيام { $days }
   *[other] كل أسبوع أيام { $days }
}
hijri = { $day } { $month } { $year } هجرية تقريبًا

## Digest times

settings-times-are = يصل الموجز { $days } { at-clock } { $zone }.
settings-times-off = الموجز اليومي متوقف. اضغط زر الاشتراك، أو أضف وقتًا.
settings-times-hint = لإضافة أي وقت بالدقيقة: <code>/settings{ $at } 07:42</code>
settings-add-time = أضف وقتًا
settings-hours-ask = في أي ساعة يصل الموجز؟
settings-minutes-ask = في أي دقيقة؟

## Days

settings-days-ask = في أي الأيام يصل الموجز؟
settings-work-days = من الأحد إلى الخميس

## Time zone

settings-zone-ask = اختر بلدك، أو اكتب اسم مدينتك: <code>/settings{ $at } دمشق</code>
settings-zone-share = أو أرسل موقعك إلى هذه المحادثة: يُعرف منه التوقيت، ولا يُحفظ الموقع.
settings-cities-ask = في { $country } أكثر من توقيت. أي مدينة ساعتها ساعتك؟
settings-clock-ask = الساعة عندك الآن { $clock }؟
settings-clock-where = { $place } · { $day }
settings-place = { $city } ({ $country })
settings-yes = نعم
settings-no = لا
settings-places = كتبت «{ $words }». أي هذه تقصد؟
settings-place-unknown = لا أعرف مدينة ولا بلدًا باسم «{ $words }»، ولم يتغير شيء.
settings-place-near = لعلك تقصد واحدة من هذه، أو اختر بلدك:

## Topics

settings-followed = تتقدم في الموجز: { $topics }.
settings-topics-only = الموجز لأخبار هذه المواضيع وحدها: { $topics }.
settings-less = تتأخر في الموجز: { $topics }.
settings-topics-hint =
    لتقديم موضوع:
    <code>/follow{ $at } سوريا</code>
    ليكون الموجز لمواضيع وحدها:
    <code>/subscribe{ $at } سوريا، مصر</code>
settings-all-news = كل الأخبار
settings-drop-less = ✕ يتأخر: { $label }

## Words

settings-words-say = تُطلب هذه الكلمات في عناوين الأخبار وملخصاتها، أيًّا كان رسمها، سواء أكانت معها «ال» وحروف العطف والجر أم لم تكن. والكلمات المتتالية عبارة واحدة.
settings-wanted = لا يأتي في الموجز إلا خبر فيه واحدة من هذه: { $words }.
settings-unwanted = لا يظهر خبر فيه واحدة من هذه: { $words }.
settings-words-hint =
    لطلب كلمة:
    <code>/settings{ $at } +غزة</code>
    لاستبعاد كلمة أو عبارة:
    <code>/settings{ $at } -كرة القدم</code>
settings-word-bad = لا كلمة تُقرأ في «{ $words }»، أو هي أطول مما يُقبل.
settings-words-full = { $most ->
    [zero] لا متسع لكلمات أخرى.
    [one] لا متسع لأكثر من كلمة واحدة.
    [two] لا متسع لأكثر من كلمتين.
    [few] لا متسع لأكثر من { $most } كلمات.
    [many] لا متسع لأكثر من { $most } كلمة.
   *[other] لا متسع لأكثر من { $most } كلمة.
} احذف واحدة أولًا.
settings-drop-wanted = ✕ مطلوبة: { $label }
settings-drop-unwanted = ✕ مستبعدة: { $label }

## Sources

settings-sources-say = اضغط مصدرًا لتكتمه أو لتعيده. المصدر المكتوم لا تظهر مقالاته في الموجز ولا في القوائم.
settings-sources-none = لا مصادر بعد. ستظهر هنا مع أول خبر.

## What the choices leave

digest-nothing-chosen = لا أخبار جديدة توافق ما اخترته من مواضيع وكلمات ومصادر. لتغييره: /settings{ $at }
list-nothing-chosen = لا يبقى هنا خبر بعد ما استبعدته من كلمات ومصادر. لتغييره: /settings{ $at }

## Length, language, digits, dates, quiet hours

settings-length-ask = كم يطول الموجز؟
length-short = قصير
length-normal = عادي
length-long = طويل
settings-length-option = { $label }: { n-stories }
settings-language-ask = بأي لغة أكلمك؟ أما الأخبار فبلغتها كما نُشرت.
settings-digits-ask = بأي أرقام تقرأ؟
digits-latin = أرقام لاتينية
digits-arabic = أرقام عربية ٠١٢٣
settings-dates-ask = بأي أسماء تقرأ الشهور؟ اليوم: { $today }
settings-hijri-off = بلا تاريخ هجري
settings-hijri-on = مع التاريخ الهجري
settings-hijri-say = والتاريخ الهجري بحساب تقويم أم القرى، فقد يختلف عن رؤية الهلال بيوم أو يومين.
settings-quiet-say = ما لم تطلبه، كرسائل مديري البوت، يصل في هذه الساعات بلا صوت. أما الموجز فيصل في وقته الذي اخترته.

## Toasts

toast-saved = حُفظ.
toast-settings-stale = هذا الزر لم يعد يعمل. اطلب الإعدادات من جديد: /settings
toast-last-time = هذا آخر وقت للموجز. لإيقافه اضغط «أوقف الموجز».
toast-last-day = لا بد من يوم واحد على الأقل. لإيقاف الموجز: /stop
toast-most-times = { $most ->
    [zero] لا متسع لأوقات أخرى.
    [one] لا متسع لأكثر من وقت واحد في اليوم.
    [two] لا متسع لأكثر من وقتين في اليوم.
    [few] لا متسع لأكثر من { $most } أوقات في اليوم.
    [many] لا متسع لأكثر من { $most } وقتًا في اليوم.
   *[other] لا متسع لأكثر من { $most } وقت في اليوم.
}

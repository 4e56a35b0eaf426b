## Kept stories

saved-title = المحفوظات
saved-empty = لا أخبار محفوظة هنا بعد. افتح خبرًا من القائمة واضغط تحته «احفظ» لتجده هنا: /latest{ $at }
saved-full = بلغت المحفوظات حدها: { n-stories }. أزل منها ما لم تعد تريده لتحفظ غيره.
button-keep = احفظ
button-drop = أزل من المحفوظات
button-drop-one = أزل { $number }
button-share = شارك
button-less-of = أقل من هذا: { $topic }
button-less-undo = أعده كما كان: { $topic }
toast-kept = حُفظ الخبر. تجد المحفوظات في /saved
toast-dropped = أُزيل الخبر من المحفوظات.
toast-kept-full = المحفوظات ممتلئة، وحدها { $most }. أزل منها لتحفظ غيرها: /saved
toast-less = صارت أخبار «{ $topic }» في آخر الموجز.
toast-less-undone = عادت أخبار «{ $topic }» إلى مكانها في الموجز.

## A chat's own data

mydata-caption =
    كل ما يُحفظ عن هذه المحادثة، في ملف واحد.
    لمحوه كله: /forgetme{ $at }
mydata-refused = مشرفو المجموعة وحدهم يطلبون بياناتها أو يمحونها. ولك أن تطلب بياناتك في محادثة خاصة معي.
forget-ask =
    <b>أتريد محو كل ما يُحفظ عن هذه المحادثة؟</b>
    يُمحى الاشتراك والإعدادات والمواضيع التي تتابعها والأخبار المحفوظة وما ينتظر من رسائل، ولا رجعة فيه.
    لأخذ نسخة منها أولًا: /mydata{ $at }
button-forget = امحُ كل شيء
button-not-forget = لا تمحُ شيئًا
forgotten =
    مُحي كل ما حُفظ عن هذه المحادثة، ولن يصلها موجز بعد الآن. وتُمحى آخر آثارها خلال ثوانٍ.
    للبدء من جديد: /start{ $at }
forget-not = لم يُمحَ شيء. ما يُحفظ ولماذا: /privacy{ $at }

## Broadcasts and copies

broadcast-ask =
    اكتب بعد الأمر ما يصل إلى كل المشتركين، مثل:
    <code>/broadcast{ $at } تتوقف الخدمة الليلة ساعة للصيانة.</code>
broadcast-long = النص أطول مما يُقبل: طوله { $units } حرفًا، والحد { $most }. اختصره وأرسله من جديد بعد /broadcast{ $at }
broadcast-nobody = لا مشتركين لتصل إليهم رسالة. الأرقام: /stats{ $at }
broadcast-confirm = تصل هذه الرسالة إلى كل المشتركين ({ n-subscribers }):
broadcast-quiet = من كان في ساعات هدوئه تصله بلا صوت.
broadcast-done = الرسالة في طريقها إلى المشتركين ({ n-subscribers }).
broadcast-next = كم أُرسل وكم ينتظر: /stats{ $at }
broadcast-thrown = لم تُرسل الرسالة. لكتابة غيرها: /broadcast{ $at }
button-send = أرسل إلى الجميع
button-not-send = لا ترسل
toast-admins = هذا الزر لمديري البوت وحدهم.
toast-broadcast-gone = لم تعد هذه الرسالة هنا. اكتبها من جديد بعد /broadcast
file-size = { $megabytes } ميغابايت
backup-caption = نسخة من قاعدة البيانات كلها ({ $size }). فيها ما اختاره القراء، فاحفظها في مكان آمن. الأرقام: /stats{ $at }
backup-path =
    نسخة قاعدة البيانات أكبر من أن تُرسل هنا ({ $size }). تجدها على جهاز البوت:
    <code>{ $path }</code>
backup-kept = { $copies ->
    [zero] لا تبقى في ذلك المجلد نسخ سابقة.
    [one] تبقى في ذلك المجلد أحدث نسخة وحدها، ويُحذف ما قبلها.
    [two] تبقى في ذلك المجلد أحدث نسختين، ويُحذف ما قبلهما.
    [few] تبقى في ذلك المجلد أحدث { $copies } نسخ، ويُحذف ما قبلها.
    [many] تبقى في ذلك المجلد أحدث { $copies } نسخة، ويُحذف ما قبلها.
   *[other] تبقى في ذلك المجلد أحدث { $copies } نسخة، ويُحذف ما قبلها.
}
backup-private = في نسخة قاعدة البيانات ما اختاره القراء. اطلبها في محادثة خاصة معي.

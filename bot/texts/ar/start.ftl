## The first minute

start-title = أهلًا بك في موجز
start-what = أجمع ما تنشره المصادر عن الحدث الواحد في خبر واحد، وأختصره بجمل من المقالات نفسها كما نُشرت.
start-offer = اضغط «اشترك» ليصلك الموجز كل يوم في الساعة { $clock } { $zone }، ثم غيّر الوقت إن شئت.
start-offer-group = أنشر موجز اليوم في هذه المجموعة إن اشترك لها أحد مشرفيها بالزر الأول: كل يوم في الساعة { $clock } { $zone }، أو في ساعة يختارها. والأخبار لكل الأعضاء: /latest{ $at }
start-offer-channel = أنشر موجز اليوم في هذه القناة إن اشترك لها أحد مشرفيها بالزر الأول: كل يوم في الساعة { $clock } { $zone }، أو في ساعة يختارها.
start-subscribed = يصل الموجز { $days } { at-clock } { $zone }.
start-help = كل ما أستطيعه: /help{ $at }
start-empty = لا أخبار بعد. اشترك الآن ليصلك أول موجز حالما تصل الأخبار.
start-time-ask = في أي ساعة تريد الموجز؟
start-time-other = ساعة أخرى
start-time-hint = أو اكتب أي وقت بالدقيقة: <code>/subscribe{ $at } 07:42</code>
start-time-written = أتريد أن يصلك الموجز كل يوم في الساعة { $clock } { $zone }؟
start-time-set = نعم، كل يوم { $clock }
start-zone-no = لا، غيّر التوقيت
start-zone-ask = في أي بلد أنت؟
start-zone-hint = أو اكتب اسم مدينتك: <code>/settings{ $at } دمشق</code>
start-countries-more = بلدان أخرى
start-done = كل شيء جاهز
start-next = لتغيير المواضيع والأيام وغيرها: /settings{ $at }

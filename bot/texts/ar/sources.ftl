# The list of sources, and the stories of one.

sources-hint = اضغط اسم المصدر لتقرأ أحدث أخباره.
source-title = أخبار من «{ $source }»
source-empty = لا أخبار من «{ $source }» الآن. آخر الأخبار كلها: /latest{ $at }
button-sources = كل المصادر

## Links, pages and files

error-page = لا أجد في هذه الصفحة مقالًا يُقرأ. جرّب رابط المقال نفسه، أو الصق نصه هنا.
error-table = لا أعرف أعمدة هذا الجدول. اكتب في سطره الأول أسماءها، ومنها العنوان أو النص: <code>title,text,url,source,published</code>
error-feed-list = هذا الملف قائمة مصادر (OPML) لا مقالات فيها. لإضافة ما فيه أرسله وفي تعليقه /addfeed{ $at }
error-many-articles = في هذا الملف أكثر من مقال، وأنا أختصر مقالًا واحدًا. الصق نصه هنا.
error-document-too-large = الملف أكبر مما أقرأ: أقصاه { $megabytes } ميغابايت بعد فك ضغطه. قسّمه وأرسله من جديد.
error-file-too-large = الملف أكبر مما أختصره، وأقصاه { $megabytes } ميغابايت. الصق نصه هنا.
refused-bad-row = خلايا السطر ليست بعدد الأعمدة
refused-not-opened = تعذّرت قراءة الرابط
ingest-many-links = أقرأ في المرة الواحدة { $most } روابط على الأكثر. أرسل الباقي بعدها.

-- Pairs of common words as terms of their own (storage/common_pairs.py): a phrase of such words need not be
-- looked for at the places of both in every article that holds them.
CREATE VIRTUAL TABLE article_search_anew USING fts5 (
    title, body, topics, pairs,
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

-- common_pairs comes from storage/common_pairs.py; the bar between title and body is no word
INSERT INTO article_search_anew (rowid, title, body, topics, pairs)
SELECT rowid, title, body, topics, common_pairs(title || ' | ' || body) FROM article_search ORDER BY rowid;

DROP TABLE article_search;
ALTER TABLE article_search_anew RENAME TO article_search;

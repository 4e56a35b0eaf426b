-- Articles, the stories that they form, and what finds them again.
-- Times are microseconds since 1970 in UTC. JSON is text. Files here are only ever added, never changed.

-- one row a counter: 'id' numbers articles and stories alike, so that a number never means two things
CREATE TABLE numbers (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) WITHOUT ROWID;

INSERT INTO numbers (name, value) VALUES ('id', 0), ('term', 0), ('articles', 0), ('sent', 0), ('dead', 0);

-- `recency` orders articles by their time of publication: milliseconds, then the low 20 bits of the id.
-- It is the row id of the full text index too, so that newest first is a walk and never a sort.
CREATE TABLE articles (
    id INTEGER NOT NULL PRIMARY KEY,
    recency BIGINT NOT NULL,
    story BIGINT NOT NULL,
    published BIGINT NOT NULL,
    received BIGINT NOT NULL,
    source TEXT NOT NULL,
    category TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    topics TEXT NOT NULL,
    words_digest TEXT NOT NULL
);

CREATE UNIQUE INDEX articles_by_recency ON articles (recency);
CREATE INDEX articles_by_story ON articles (story, recency);
CREATE INDEX articles_by_arrival ON articles (received, published, story, recency);
CREATE INDEX articles_by_source ON articles (source, published);
CREATE UNIQUE INDEX articles_by_url ON articles (url) WHERE url <> '';
CREATE UNIQUE INDEX articles_by_words ON articles (words_digest) WHERE words_digest <> '';

-- the long words of an article, apart, so that lists do not read past them
CREATE TABLE article_texts (
    article INTEGER NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    abstract TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);

CREATE TABLE stories (
    id INTEGER NOT NULL PRIMARY KEY,
    newest BIGINT NOT NULL
);

CREATE INDEX stories_by_newest ON stories (newest);

CREATE TABLE article_topics (
    topic TEXT NOT NULL,
    recency BIGINT NOT NULL,
    story BIGINT NOT NULL,
    received BIGINT NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (topic, recency)
) WITHOUT ROWID;

CREATE INDEX article_topics_by_arrival ON article_topics (received, topic, story);

-- how many articles hold each term of a fingerprint; `id` stands for the term in article_terms
CREATE TABLE terms (
    term TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL,
    articles BIGINT NOT NULL
) WITHOUT ROWID;

-- which articles hold a term, by spans of three days: what is written and asked at one time lies together
CREATE TABLE article_terms (
    span BIGINT NOT NULL,
    term BIGINT NOT NULL,
    recency BIGINT NOT NULL,
    PRIMARY KEY (span, term, recency)
) WITHOUT ROWID;

-- The words are folded terms parted by single spaces already: only spaces part tokens here. `topics`
-- holds the topics' ids, so that topics and words are found in one walk.
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, body, topics,
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);

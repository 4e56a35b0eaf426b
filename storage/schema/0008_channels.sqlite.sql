-- What an article is known by besides its address as it was given, and the channels whose posts are kept.

-- `name` is a page in one spelling for all of its addresses, or the place of a channel's post
CREATE TABLE article_names (
    name TEXT NOT NULL PRIMARY KEY,
    article BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX article_names_by_article ON article_names (article);

CREATE TABLE channel_sources (
    chat BIGINT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    username TEXT NOT NULL,
    since BIGINT NOT NULL
) WITHOUT ROWID;

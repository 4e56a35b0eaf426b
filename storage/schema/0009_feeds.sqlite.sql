-- Feeds, when each is asked next, and what was seen of their entries.

-- state: active, failing, gone, removed, offered. next_check: none where it is not asked.
-- claimed: until when a visit holds it. read: the last visit that saw its entries, which a 304 leaves as they
-- are. since: when it was added, and after that when it was offered or removed.
-- gap: seconds. Ids are never given twice: articles are known as entries of a feed's number.
CREATE TABLE feeds (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    next_check BIGINT,
    claimed BIGINT NOT NULL DEFAULT 0,
    checked BIGINT,
    answered BIGINT,
    changed BIGINT,
    "read" BIGINT,
    gap DOUBLE PRECISION,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since BIGINT,
    error TEXT NOT NULL DEFAULT '',
    since BIGINT NOT NULL
);

CREATE INDEX feeds_due ON feeds (next_check, id) WHERE next_check IS NOT NULL;
CREATE INDEX feeds_aside ON feeds (state, since) WHERE state IN ('removed', 'offered');

-- last_seen: to the day. An entry that its feed has not held for long is forgotten.
CREATE TABLE feed_entries (
    feed BIGINT NOT NULL,
    identity TEXT NOT NULL,
    digest TEXT NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (feed, identity)
) WITHOUT ROWID;

CREATE INDEX feed_entries_by_time ON feed_entries (last_seen);

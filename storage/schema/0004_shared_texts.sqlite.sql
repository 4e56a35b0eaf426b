-- Words that many messages share stand once: a wave of digests repeats a few texts by the thousand.
-- `queued` is when they were put in; they go with the last row that is still to be sent.

CREATE TABLE shared_texts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    buttons TEXT NOT NULL,
    queued BIGINT NOT NULL
);

CREATE INDEX shared_texts_by_time ON shared_texts (queued);

-- null: the row's words are its own
ALTER TABLE outbox ADD COLUMN shared BIGINT;

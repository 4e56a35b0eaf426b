-- Stories that chats keep, files that wait to be sent, chats that are being forgotten, and broadcasts.

CREATE TABLE saved (
    chat BIGINT NOT NULL,
    story BIGINT NOT NULL,
    saved BIGINT NOT NULL,
    PRIMARY KEY (chat, story)
) WITHOUT ROWID;

CREATE INDEX saved_by_time ON saved (chat, saved, story);
CREATE INDEX saved_by_story ON saved (story);

-- The document of an outbox row with the same id, apart, so that walking the outbox does not read past it.
-- It goes with the row's end.
CREATE TABLE outbox_files (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    content BLOB NOT NULL
);

-- Chats whose last traces go at `due`: by then the answer that says so has been sent.
CREATE TABLE forgetting (
    chat INTEGER NOT NULL PRIMARY KEY,
    due BIGINT NOT NULL
);

-- state: asked, going, done. `reached` is the last chat that the broadcast was queued for, in the order of
-- ids; a done one keeps its number and its figure alone, so that a second press finds them.
CREATE TABLE broadcasts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    asked BIGINT NOT NULL,
    reached BIGINT NOT NULL,
    queued BIGINT NOT NULL DEFAULT 0
);

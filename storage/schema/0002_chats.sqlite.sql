-- Chats, what they chose, when their digests are due, and the ledger of digests that were made.

CREATE TABLE chats (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    language TEXT,
    zone TEXT,
    follows TEXT NOT NULL DEFAULT '[]',
    -- the subscription: minutes of the local day and topics, as JSON; all three are null where there is none
    times TEXT,
    topics TEXT,
    active SMALLINT,
    last_digest BIGINT
);

CREATE INDEX chats_by_subscription ON chats (active, state);

-- `minute` of the local day; `held` is 1 while the chat is lost: the row waits and is not due
CREATE TABLE due_times (
    chat BIGINT NOT NULL,
    minute SMALLINT NOT NULL,
    due BIGINT NOT NULL,
    held SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (chat, minute)
) WITHOUT ROWID;

CREATE INDEX due_times_by_due ON due_times (due, chat, minute) WHERE held = 0;

CREATE TABLE digests (
    chat BIGINT NOT NULL,
    local_date TEXT NOT NULL,
    minute SMALLINT NOT NULL,
    covers_until BIGINT NOT NULL,
    stories INTEGER NOT NULL,
    PRIMARY KEY (chat, local_date, minute)
) WITHOUT ROWID;

CREATE INDEX digests_by_date ON digests (local_date);

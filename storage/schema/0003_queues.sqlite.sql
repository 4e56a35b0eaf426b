-- The two doors: messages on their way out, updates that came in.

-- lane: 0 reply, 1 alert, 2 digest, 3 broadcast. state: queued, in-flight, sent, dead.
-- front: 1 on the oldest open row of a chat in its lane, the only one that may be sent; the others are
-- not in the indexes that claiming walks, so a chat with thousands of rows costs no more than one with one.
-- not_before: 0, or until when the row is put off. holds_chat: 1 where it holds back its whole chat.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    chat BIGINT NOT NULL,
    lane SMALLINT NOT NULL,
    state TEXT NOT NULL,
    front SMALLINT NOT NULL,
    not_before BIGINT NOT NULL DEFAULT 0,
    holds_chat SMALLINT NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL,
    buttons TEXT NOT NULL,
    preview SMALLINT NOT NULL,
    silent SMALLINT NOT NULL,
    reply_to BIGINT,
    thread BIGINT,
    edits BIGINT,
    edits_row BIGINT,
    message BIGINT,
    cause TEXT NOT NULL DEFAULT '',
    closed BIGINT
);

CREATE INDEX outbox_ready ON outbox (lane, id) WHERE state = 'queued' AND front = 1 AND not_before = 0;
CREATE INDEX outbox_put_off ON outbox (not_before, id) WHERE state = 'queued' AND front = 1 AND not_before > 0;
CREATE INDEX outbox_open ON outbox (chat, lane, id) WHERE state IN ('queued', 'in-flight');
CREATE INDEX outbox_held ON outbox (chat, not_before) WHERE holds_chat = 1;
CREATE INDEX outbox_in_flight ON outbox (chat) WHERE state = 'in-flight';
CREATE INDEX outbox_closed ON outbox (closed) WHERE state IN ('sent', 'dead');

-- state: waiting, done, aside. A done row keeps its number alone.
CREATE TABLE inbox (
    id INTEGER NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    received BIGINT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    cause TEXT NOT NULL DEFAULT '',
    closed BIGINT
);

CREATE INDEX inbox_waiting ON inbox (received, id) WHERE state = 'waiting';
CREATE INDEX inbox_closed ON inbox (closed) WHERE state IN ('done', 'aside');

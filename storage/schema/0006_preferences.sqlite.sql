-- What a chat chose about what it reads and how, as JSON, and the weekdays of its digests as a bit each
-- (1 is Monday, 64 Sunday). Null: what a chat has that chose nothing.

ALTER TABLE chats ADD COLUMN preferences TEXT;

ALTER TABLE chats ADD COLUMN days SMALLINT;

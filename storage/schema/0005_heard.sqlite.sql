-- The language of a private chat's reader, as Telegram last told it: digests are in it like answers.

ALTER TABLE chats ADD COLUMN heard TEXT;

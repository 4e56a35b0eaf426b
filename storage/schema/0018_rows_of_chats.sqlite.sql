-- What is left of one chat is found without walking all that was sent or answered for days: to forget the
-- chat, to show it what is kept, and to move it to a new id. Its open rows stand in outbox_open.

CREATE INDEX outbox_closed_of_chat ON outbox (chat) WHERE state IN ('sent', 'dead');
CREATE INDEX inbox_aside ON inbox (id) WHERE state = 'aside';

-- Whose claim a feed's is: the next start of the program that a kill ended releases what it left under its name.
-- Empty: of a program that others like it may run beside; such a claim ends with its time alone.

ALTER TABLE feeds ADD COLUMN claimed_by TEXT NOT NULL DEFAULT '';

CREATE INDEX feeds_claimed ON feeds (claimed_by) WHERE claimed_by <> '';

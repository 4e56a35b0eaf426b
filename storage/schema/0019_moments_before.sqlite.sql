-- From which moment a digest time was moved on last: where a clock that was wrong moved it years ahead, it goes
-- back there. Null: it was never moved since it was chosen.

ALTER TABLE due_times ADD COLUMN previous BIGINT;

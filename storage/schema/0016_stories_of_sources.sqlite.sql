-- The newest stories of one source are a walk over this index alone, and so is the newest time of a source,
-- which its recency holds: nothing reads the index by time of publication any more.

CREATE INDEX articles_of_source ON articles (source, recency, story) WHERE source <> '';

DROP INDEX articles_by_source;

-- Articles may go from one story to another: what repeats a story's number goes with them, and numbers of
-- stories that became part of another one still find it.

-- `id` was a story; what was in it is in `story` now
CREATE TABLE former_stories (
    id INTEGER NOT NULL PRIMARY KEY,
    story BIGINT NOT NULL
);

CREATE INDEX former_stories_by_story ON former_stories (story);

CREATE TRIGGER story_moves AFTER UPDATE OF story ON articles WHEN OLD.story <> NEW.story BEGIN
    UPDATE article_topics SET story = NEW.story
    WHERE topic IN (SELECT value FROM json_each(OLD.topics)) AND recency = OLD.recency;
    UPDATE article_topic_pairs SET story = NEW.story
    WHERE first IN (SELECT value FROM json_each(OLD.topics))
    AND second IN (SELECT value FROM json_each(OLD.topics)) AND recency = OLD.recency;
END;

-- by which near-copies are told, and the article whose near-copy one is
ALTER TABLE article_texts ADD COLUMN sketch BLOB NOT NULL DEFAULT X'';
ALTER TABLE articles ADD COLUMN copy_of BIGINT;

CREATE INDEX articles_by_original ON articles (copy_of) WHERE copy_of IS NOT NULL;

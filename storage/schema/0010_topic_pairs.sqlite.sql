-- Which articles are about two topics at once, and how many came from each source. Both follow from
-- `articles` and are kept by it. On a large database this file takes a minute for a million articles.

-- `first` < `second`. Two topics that seldom meet are found in one walk, not by comparing two long lists.
CREATE TABLE article_topic_pairs (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    recency BIGINT NOT NULL,
    story BIGINT NOT NULL,
    PRIMARY KEY (first, second, recency)
) WITHOUT ROWID;

-- topic after topic: the pages that are written to are few at a time
INSERT OR IGNORE INTO article_topic_pairs (first, second, recency, story)
SELECT held.topic, other.value, held.recency, held.story
FROM article_topics AS held CROSS JOIN articles AS a ON a.recency = held.recency
CROSS JOIN json_each(a.topics) AS other
WHERE other.value > held.topic;

CREATE TRIGGER topic_pairs_come AFTER INSERT ON articles BEGIN
    INSERT INTO article_topic_pairs (first, second, recency, story)
    SELECT DISTINCT one.value, other.value, NEW.recency, NEW.story
    FROM json_each(NEW.topics) AS one CROSS JOIN json_each(NEW.topics) AS other
    WHERE one.value < other.value;
END;

CREATE TRIGGER topic_pairs_go AFTER DELETE ON articles BEGIN
    DELETE FROM article_topic_pairs
    WHERE first IN (SELECT value FROM json_each(OLD.topics))
    AND second IN (SELECT value FROM json_each(OLD.topics)) AND recency = OLD.recency;
END;

CREATE TRIGGER topic_pairs_change AFTER UPDATE OF topics ON articles WHEN OLD.topics <> NEW.topics BEGIN
    DELETE FROM article_topic_pairs
    WHERE first IN (SELECT value FROM json_each(OLD.topics))
    AND second IN (SELECT value FROM json_each(OLD.topics)) AND recency = OLD.recency;
    INSERT INTO article_topic_pairs (first, second, recency, story)
    SELECT DISTINCT one.value, other.value, NEW.recency, NEW.story
    FROM json_each(NEW.topics) AS one CROSS JOIN json_each(NEW.topics) AS other
    WHERE one.value < other.value;
END;

CREATE TABLE source_counts (
    source TEXT NOT NULL PRIMARY KEY,
    articles BIGINT NOT NULL
) WITHOUT ROWID;

INSERT INTO source_counts (source, articles)
SELECT source, COUNT(*) FROM articles WHERE source <> '' GROUP BY source;

CREATE TRIGGER source_counts_grow AFTER INSERT ON articles WHEN NEW.source <> '' BEGIN
    INSERT INTO source_counts (source, articles) VALUES (NEW.source, 1)
    ON CONFLICT (source) DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER source_counts_shrink AFTER DELETE ON articles WHEN OLD.source <> '' BEGIN
    UPDATE source_counts SET articles = articles - 1 WHERE source = OLD.source;
    DELETE FROM source_counts WHERE source = OLD.source AND articles = 0;
END;

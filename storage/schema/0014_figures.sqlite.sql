-- How many stories and chats there are, and how many articles each topic has: kept as they change, since
-- counting takes half a second where there are a million articles. On a large database this file takes about
-- as long, once.

INSERT INTO numbers (name, value) SELECT 'stories', COUNT(*) FROM stories;
INSERT INTO numbers (name, value) SELECT 'chats', COUNT(*) FROM chats WHERE state = 'active';
INSERT INTO numbers (name, value)
SELECT 'subscribers', COUNT(*) FROM chats WHERE active = 1 AND state = 'active';

CREATE TRIGGER stories_grow AFTER INSERT ON stories BEGIN
    UPDATE numbers SET value = value + 1 WHERE name = 'stories';
END;

CREATE TRIGGER stories_shrink AFTER DELETE ON stories BEGIN
    UPDATE numbers SET value = value - 1 WHERE name = 'stories';
END;

CREATE TRIGGER chats_come AFTER INSERT ON chats WHEN NEW.state = 'active' BEGIN
    UPDATE numbers SET value = value + 1
    WHERE name = 'chats' OR (name = 'subscribers' AND NEW.active = 1);
END;

CREATE TRIGGER chats_go AFTER DELETE ON chats WHEN OLD.state = 'active' BEGIN
    UPDATE numbers SET value = value - 1
    WHERE name = 'chats' OR (name = 'subscribers' AND OLD.active = 1);
END;

CREATE TRIGGER chats_change AFTER UPDATE OF state, active ON chats
WHEN OLD.state <> NEW.state OR OLD.active IS NOT NEW.active BEGIN
    UPDATE numbers SET value = value + (NEW.state = 'active') - (OLD.state = 'active') WHERE name = 'chats';
    UPDATE numbers SET value = value + (NEW.state = 'active' AND COALESCE(NEW.active, 0) = 1)
                                     - (OLD.state = 'active' AND COALESCE(OLD.active, 0) = 1)
    WHERE name = 'subscribers';
END;

CREATE TABLE topic_counts (
    topic TEXT NOT NULL PRIMARY KEY,
    articles BIGINT NOT NULL
) WITHOUT ROWID;

INSERT INTO topic_counts (topic, articles) SELECT topic, COUNT(*) FROM article_topics GROUP BY topic;

CREATE TRIGGER topic_counts_grow AFTER INSERT ON article_topics BEGIN
    INSERT INTO topic_counts (topic, articles) VALUES (NEW.topic, 1)
    ON CONFLICT (topic) DO UPDATE SET articles = articles + 1;
END;

CREATE TRIGGER topic_counts_shrink AFTER DELETE ON article_topics BEGIN
    UPDATE topic_counts SET articles = articles - 1 WHERE topic = OLD.topic;
    DELETE FROM topic_counts WHERE topic = OLD.topic AND articles = 0;
END;

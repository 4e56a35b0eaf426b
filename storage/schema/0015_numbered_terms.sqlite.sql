-- What stories are found by stands apart from the long words, and names terms by their numbers: it is
-- read for dozens of articles whenever one arrives. `terms` holds their numbers, the heaviest first,
-- `weights` the thousandths of their weights; four and two bytes each, little-endian.
CREATE TABLE fingerprints (
    article INTEGER NOT NULL PRIMARY KEY,
    terms BLOB NOT NULL,
    weights BLOB NOT NULL,
    sketch BLOB NOT NULL
);

-- packed_numbers and packed_weights come from storage/packing.py
INSERT INTO fingerprints (article, terms, weights, sketch)
SELECT article,
    packed_numbers((
        SELECT json_group_array(number) FROM (
            SELECT (SELECT id FROM terms WHERE term = json_extract(pair.value, '$[0]')) AS number
            FROM json_each(fingerprint) AS pair ORDER BY pair.key
        )
    )),
    packed_weights((
        SELECT json_group_array(weight) FROM (
            SELECT json_extract(pair.value, '$[1]') AS weight
            FROM json_each(fingerprint) AS pair ORDER BY pair.key
        )
    )),
    sketch
FROM article_texts;

ALTER TABLE article_texts DROP COLUMN fingerprint;
ALTER TABLE article_texts DROP COLUMN sketch;

-- how many articles hold each term, by its number: counts change with every article, terms do not
CREATE TABLE term_counts (
    id INTEGER NOT NULL PRIMARY KEY,
    articles BIGINT NOT NULL
);

INSERT INTO term_counts (id, articles) SELECT id, articles FROM terms ORDER BY id;

ALTER TABLE terms DROP COLUMN articles;
